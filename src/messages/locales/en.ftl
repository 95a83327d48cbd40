### English.
###
### One message a wording: `reason-1`, `reason-2` … Its value is for everybody who is ten or older, or whose age is not known;
### `.age-6-9` is for the youngest. `.age-10-13`, `.age-14` and `.age-adult` may stand beside it where a language needs them.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 = { $count } right in a row, and these were not easy ones.
    .age-6-9 = { $count } right in a row, hard ones too.
streak-milestone-2 = Each of the last { $count } came out right at the first try.
    .age-6-9 = The last { $count } were right first time.
streak-milestone-3 = A steady run on hard items: the way you work them out is holding up.
    .age-6-9 = Your way of working it out works.
streak-milestone-4 = { $count } hard ones in a row, worked out one by one.
    .age-6-9 = { $count } in a row, one by one.
streak-milestone-5 = The steps you use work on harder items too.
    .age-6-9 = Your steps work on hard ones too.
streak-milestone-6 = { $count } first tries in a row are right. Keep the steps that got you here.
    .age-6-9 = { $count } in a row. Keep those steps.

## Right, without help, on another item after several wrong answers.

comeback-1 = After a hard stretch, this one came out right at the first try.
    .age-6-9 = That was hard, and this one is right.
comeback-2 = Right this time, on a new item, after several that did not work out.
    .age-6-9 = A new one, and it is right.
comeback-3 = The last few were hard, and this one is solved: keep going.
    .age-6-9 = You kept trying, and this is right.
comeback-4 = A new item, and it is right: back on track.
    .age-6-9 = Right again. Keep going like this.
comeback-5 = The tries before this one were part of the way to it.
    .age-6-9 = All those tries led up to this one.
comeback-6 = That worked. See what you did here, and take it to the next one.
    .age-6-9 = That worked. Do it like this again.

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = Solved, after several tries. Staying with it paid off.
    .age-6-9 = You stayed with it. Now it is solved.
persistence-paid-off-2 = It took { $tries } tries, and the last one got there.
    .age-6-9 = Try number { $tries } was the right one.
persistence-paid-off-3 = Going back over it worked: the item is solved.
    .age-6-9 = You went back, and it worked.
persistence-paid-off-4 = Staying with this one got it done.
    .age-6-9 = You kept at it, and it worked.
persistence-paid-off-5 = One try after another, and now it is solved.
    .age-6-9 = Try after try, and it is solved.
persistence-paid-off-6 = This one did not open at once, and you found the way in.
    .age-6-9 = It was hard, and you found the way.

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = Three in a row on a skill that took work: it is ready to build on.
    .age-6-9 = Three in a row. You can build on it.
mastery-reached-2 = This skill was hard at first, and now it holds three times running.
    .age-6-9 = It was hard before. Now it works.
mastery-reached-3 = Practice shows here: three right in a row on this skill.
    .age-6-9 = Three right in a row: practice helps.
mastery-reached-4 = The work on this skill paid off: it holds up item after item.
    .age-6-9 = Your work on this is paying off.
mastery-reached-5 = First some mistakes, then three right in a row: that is how a skill grows.
    .age-6-9 = First it went wrong, now it is right.
mastery-reached-6 = Three right first tries: you can use this skill for harder things now.
    .age-6-9 = Three right. Now use it for more.

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = That is your longest run of right answers so far: { $count }.
    .age-6-9 = { $count } in a row, your longest run yet.
personal-best-2 = A new longest run, built one item at a time.
    .age-6-9 = A new longest run, one by one.
personal-best-3 = Your longest run yet: { $count } right first tries, one after another.
    .age-6-9 = { $count } right in a row is new for you.
personal-best-4 = No earlier run of yours was this long: your routine works.
    .age-6-9 = No run of yours was this long before.
personal-best-5 = Step by step to { $count } in a row, more than in any run of yours before.
    .age-6-9 = Step by step to { $count } in a row.
personal-best-6 = Your longest run so far. Whatever you do before each answer, keep doing it.
    .age-6-9 = Your longest run. Keep doing that.

## Right clearly more often of late than before.

real-improvement-1 = More of your answers are right than some time ago.
    .age-6-9 = You get more right than before.
real-improvement-2 = Since you began, more and more of your answers come out right.
    .age-6-9 = More are right than at the start.
real-improvement-3 = The practice shows: more right at the first try than before.
    .age-6-9 = More right the first time now.
real-improvement-4 = Your last answers are a real step up from your earlier ones.
    .age-6-9 = That is a step up from before.
real-improvement-5 = What you worked on is showing: more items come out right first time.
    .age-6-9 = What you worked on works now.
real-improvement-6 = Something in how you work has changed for the better: keep that.
    .age-6-9 = Your new way helps. Keep it up.

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = This is a hard stretch. Start with the part you are sure of.
    .age-6-9 = Start with the part you know.
frustration-rising-2 = These items ask a lot. One smaller step at a time can help.
    .age-6-9 = Take one small step at a time.
frustration-rising-3 = It can help to step back and look for the part you already know.
    .age-6-9 = Look for a part you know.
frustration-rising-4 = Another angle might help here: start from what is given.
    .age-6-9 = Start with what you are told.
frustration-rising-5 = Hard items can take several tries. Change one small thing in the next one.
    .age-6-9 = Try again, and change one thing.
frustration-rising-6 = Take one item slowly, and put each step on a line of its own.
    .age-6-9 = Write each step on a new line.

## Several wrong answers in a row.

error-run-1 = Errors show where to look. Go back to the step before the answer.
    .age-6-9 = Look at the step before the answer.
error-run-2 = These are tricky. Try saying in your own words what is asked.
    .age-6-9 = Say it in your own words first.
error-run-3 = Go through one of these again, line by line.
    .age-6-9 = Go over one again, line by line.
error-run-4 = Take one item slowly and check each step on the way.
    .age-6-9 = Go slowly and check each step.
error-run-5 = Look for what the last few have in common, and go over that part again.
    .age-6-9 = What is the same in the last few?
error-run-6 = Think of a simpler case of the same kind: how does it go there?
    .age-6-9 = Think of an easier one like it.

## Many tries at one skill without getting there.

wheel-spinning-1 = Another way in could help more here than one more try the same way.
    .age-6-9 = Try it in another way.
wheel-spinning-2 = Try explaining one solved step to yourself, then the next.
    .age-6-9 = Tell yourself how one step goes.
wheel-spinning-3 = Looking back at one that worked can make the next try easier.
    .age-6-9 = Look back at one that worked.
wheel-spinning-4 = Time for a new approach: say each step before doing it.
    .age-6-9 = Say each step, then do it.
wheel-spinning-5 = Look for the one step that is still unclear, and work on that alone.
    .age-6-9 = Which step is hard? Work on that one.
wheel-spinning-6 = Put your last two tries side by side and see where they differ.
    .age-6-9 = Put two tries side by side.

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = These take real time. Writing the steps down can make the next one clearer.
    .age-6-9 = Write your steps down as you go.
slow-struggle-2 = This kind of item takes careful work: look for the step that decides it.
    .age-6-9 = Find the step that is hard.
slow-struggle-3 = Taking time is fine here. Try writing down what is known first.
    .age-6-9 = Take your time. Write what you know.
slow-struggle-4 = When an item takes this long, going back to the question often helps.
    .age-6-9 = Read the question once more.
slow-struggle-5 = Check the step you are least sure of before all the rest.
    .age-6-9 = Which step are you not sure of?
slow-struggle-6 = Split the item in two, and finish one part first.
    .age-6-9 = Split it in two. Do one part first.

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = Writing down what is given and what is asked can show the next step.
    .age-6-9 = Write down what you know.
stuck-2 = If the next step is not clear, try a smaller case of the same kind.
    .age-6-9 = Try a smaller one first.
stuck-3 = Any step is a start: try one and see where it leads.
    .age-6-9 = Any step is a good start.
stuck-4 = It can help to read the question once more, aloud.
    .age-6-9 = Read the question out loud.
stuck-5 = Cover everything but the question: what does it want to know?
    .age-6-9 = What does the question want?
stuck-6 = A quick sketch can show what words alone do not.
    .age-6-9 = Draw a quick picture of it.

## An answer taken from a hint, after other hints.

hint-reliance-1 = Before the next hint, try one step of your own: it makes hints work better.
    .age-6-9 = Try one step before the next hint.
hint-reliance-2 = Read the last hint again, then do a similar step without it.
    .age-6-9 = Read the hint, then try without it.
hint-reliance-3 = Next time, try the first step before opening a hint.
    .age-6-9 = First try it, then look at a hint.
hint-reliance-4 = See which step the hint solved, and try that one yourself next.
    .age-6-9 = Which step did the hint do for you?
hint-reliance-5 = Close the hint, and say in your own words what it showed.
    .age-6-9 = Close the hint. What did it show?
hint-reliance-6 = Hints help most when they answer a question of yours: look for it first.
    .age-6-9 = What do you want the hint to tell you?

## Wrong answers too quick to have been read.

rapid-guessing-1 = Take a moment to read the whole question first.
    .age-6-9 = Read the question to the end.
rapid-guessing-2 = A little more time on each item can show what it asks.
    .age-6-9 = Take a bit more time for each one.
rapid-guessing-3 = Try to say why an answer fits before choosing it.
    .age-6-9 = Say why it fits before you choose.
rapid-guessing-4 = Slow and steady works here: read, think, then answer.
    .age-6-9 = Read, think, then answer.
rapid-guessing-5 = Before you answer, find the words that say what is asked.
    .age-6-9 = Find the words that say what to do.
rapid-guessing-6 = Try the next one with a short stop before the answer.
    .age-6-9 = Stop for a moment, then answer.

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = That was right. The way you worked it out holds.
    .age-6-9 = That was right. Your way works.
low-confidence-success-2 = Right at the first try: that method is worth keeping.
    .age-6-9 = Right first time. Keep that way.
low-confidence-success-3 = Your steps led to the right answer. Use them on the next one too.
    .age-6-9 = Use the same steps on the next one.
low-confidence-success-4 = That answer is right. Notice what worked, and use it again.
    .age-6-9 = Right. What did you do? Do it again.
low-confidence-success-5 = The answer is right, and it came from your own steps.
    .age-6-9 = Right, and with your own steps.
low-confidence-success-6 = That worked. Say in a few words how you got there, for the next one.
    .age-6-9 = That worked. How did you do it?

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = You have been at it for a while: a short break helps things settle.
    .age-6-9 = A short break will help now.
long-session-2 = A few minutes away from the screen can make the next items easier.
    .age-6-9 = Look away from the screen for a bit.
long-session-3 = This is a good point to stretch and come back fresh.
    .age-6-9 = Stand up and stretch for a bit.
long-session-4 = Long practice sticks better with a pause in between.
    .age-6-9 = A pause helps you to remember.
long-session-5 = That was { $minutes } minutes of work in one go: time for some water and a short walk.
    .age-6-9 = { $minutes } minutes in one go. Get some water.
long-session-6 = Stop here for five minutes if you can: the work will keep.
    .age-6-9 = The work can wait for five minutes.
