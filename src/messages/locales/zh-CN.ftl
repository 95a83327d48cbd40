### Chinese (simplified). Plain 你, or no pronoun at all; both suit adults too, who therefore need no wording of their own.

## Right several times running at the first try, on items that were not easy. $count: how many, 5 or more.

streak-milestone-1 = 连续答对{ $count }题，而且这些题都不容易。
    .age-6-9 = 连着做对了{ $count }道题，里面还有难题。
streak-milestone-2 = 最近这{ $count }题，每一题都是一次就答对的。
    .age-6-9 = 这{ $count }道题，都是一次就做对的。
streak-milestone-3 = 做难题也一直很稳，现在的解题方法靠得住。
    .age-6-9 = 你做题的办法很管用。
streak-milestone-4 = 难题一道一道地解，已经接连做对{ $count }道。
    .age-6-9 = 一道一道做，连对了{ $count }道。
streak-milestone-5 = 现在用的步骤，做更难的题也行得通。
    .age-6-9 = 这些步骤，做难题也能用。
streak-milestone-6 = 连续{ $count }题都是第一次就答对，把用到的这些步骤继续用下去。
    .age-6-9 = 连对{ $count }道，接着用这些步骤。

## Right, without help, on another item after several wrong answers.

comeback-1 = 前面那一段不容易，这道题一次就答对了。
    .age-6-9 = 刚才的题很难，这一道做对了。
comeback-2 = 前面几道没做出来，换了一道新题，这次对了。
    .age-6-9 = 换了一道新题，做对了。
comeback-3 = 刚才几道题都挺难，这道解出来了，接着往下做吧。
    .age-6-9 = 你一直在试，这道做对了。
comeback-4 = 新的一题答对了，做题的节奏回来了。
    .age-6-9 = 又对了，就这样接着做。
comeback-5 = 之前的那些尝试，也是做对这道题要走的一段路。
    .age-6-9 = 前面一次次地试，一步步走到了这里。
comeback-6 = 这样做行得通。看看这题是怎么做的，用到下一题上。
    .age-6-9 = 这样做有用，下次也这样做。

## Solved after several wrong answers at the same item. $tries: how many tries it took, 4 or more.

persistence-paid-off-1 = 试了几次，解出来了，坚持有了结果。
    .age-6-9 = 你坚持做，现在做出来了。
persistence-paid-off-2 = 一共试了{ $tries }次，最后一次做对了。
    .age-6-9 = 试到第{ $tries }次，做对了。
persistence-paid-off-3 = 回头重新看一遍起了作用，题目解出来了。
    .age-6-9 = 回头再看一看，就做出来了。
persistence-paid-off-4 = 没有放下这道题，一直做到解出来为止。
    .age-6-9 = 一直做下去，就做成了。
persistence-paid-off-5 = 一次接一次地试，现在这道题做出来了。
    .age-6-9 = 试了又试，解出来了。
persistence-paid-off-6 = 这道题不是一下子就能看透的，你找到了突破口。
    .age-6-9 = 题很难，你找到了办法。

## Three right first tries in a row at a skill that was missed before.

mastery-reached-1 = 这是下过功夫的知识点，现在连对三题，可以在这个基础上往前走了。
    .age-6-9 = 连对三道，可以接着往上学了。
mastery-reached-2 = 这类题一开始很难，现在连续三次都做对了。
    .age-6-9 = 以前很难，现在会做了。
mastery-reached-3 = 练习见效了：这类题接连答对三道。
    .age-6-9 = 连着对了三道，练习有用。
mastery-reached-4 = 在这个知识点上花的功夫有了回报，换一题也照样做得出来。
    .age-6-9 = 在这里下的功夫，起作用了。
mastery-reached-5 = 先是错了几次，后来连对三题，本领就是这样练出来的。
    .age-6-9 = 做错的那几次，也帮你走到了这里。
mastery-reached-6 = 三题都是一次答对，现在可以用学到的去做更难的题了。
    .age-6-9 = 三道都对了，可以用它做别的题了。

## The learner's longest run of right first tries so far. $count: how many, 8 or more.

personal-best-1 = 连续答对{ $count }题，这是你目前最长的一次连对。
    .age-6-9 = 连对{ $count }道，是你最长的一次。
personal-best-2 = 一题一题地积累，刷新了自己的连对纪录。
    .age-6-9 = 一道一道做，连对的纪录变长了。
personal-best-3 = 接连{ $count }题都是第一次就答对，这是你目前连对最多的一回。
    .age-6-9 = 一道接一道，对了{ $count }道。
personal-best-4 = 以前哪一次连对都没有这么长，你的做题习惯很管用。
    .age-6-9 = 以前还没有连对过这么多。
personal-best-5 = 一步一步做到了连对{ $count }题，比自己以前的哪一次都多。
    .age-6-9 = 一步一步，连对了{ $count }道。
personal-best-6 = 这是到现在最长的一次连对。每次作答前怎么做的，就继续怎么做。
    .age-6-9 = 这次连对最长，就这样做下去。

## Right clearly more often of late than before.

real-improvement-1 = 和前一段时间相比，现在答对的题更多了。
    .age-6-9 = 现在做对的更多了。
real-improvement-2 = 从开始到现在，你答对的题越来越多。
    .age-6-9 = 比刚开始时做对得更多了。
real-improvement-3 = 练习的效果看得出来：第一次就答对的比以前多。
    .age-6-9 = 一次就做对的，变多了。
real-improvement-4 = 最近的作答比以前实实在在地上了一个台阶。
    .age-6-9 = 比以前进了一步。
real-improvement-5 = 练过的内容开始见效，一次做对的题多起来了。
    .age-6-9 = 练过的地方，现在会做了。
real-improvement-6 = 做题的方式有了好的变化，把它保持下去。
    .age-6-9 = 新办法有用，接着用。

## A wrong answer in a hard stretch, so what helps is a next step. None of these names a feeling.

frustration-rising-1 = 这一段比较难。先从有把握的部分做起。
    .age-6-9 = 先做会的那一部分。
frustration-rising-2 = 这些题要求不低。把步子分小，一次走一步，也许会有帮助。
    .age-6-9 = 一次只做一小步。
frustration-rising-3 = 不妨退一步看看，找找哪一部分是已经会的。
    .age-6-9 = 找一找你知道的地方。
frustration-rising-4 = 换个角度也许有用：从题目给出的条件开始想。
    .age-6-9 = 先看题目告诉了你什么。
frustration-rising-5 = 难题有时要试好几次。下一次只改动一个小地方。
    .age-6-9 = 改一个地方，再试一试。
frustration-rising-6 = 挑一道题慢慢做，每一步单独写一行。
    .age-6-9 = 每一步都写在新的一行。

## Several wrong answers in a row.

error-run-1 = 错误会告诉我们该看哪里。回到得出答案的前一步看看。
    .age-6-9 = 看看答案前面的那一步。
error-run-2 = 这几道题有点绕。试着用自己的话说说题目问的是什么。
    .age-6-9 = 先用自己的话说一说题目。
error-run-3 = 从最近的题里选一道，一行一行地再看一遍。
    .age-6-9 = 选一道做过的题，一行一行再看看。
error-run-4 = 慢慢做一道题，每走一步就检查一步。
    .age-6-9 = 慢慢做，每步都看一看。
error-run-5 = 找找最近几道题有什么共同点，把那一部分再看一遍。
    .age-6-9 = 这几道题，哪里是一样的？
error-run-6 = 想一个同类但更简单的例子：那一题是怎么做的？
    .age-6-9 = 想一道和它差不多、更简单的题。

## Many tries at one skill without getting there.

wheel-spinning-1 = 这里换一条思路，可能比马上再试一次更有用。
    .age-6-9 = 换个办法试一试。
wheel-spinning-2 = 试着给自己讲讲一个已经解出的步骤，再讲下一个。
    .age-6-9 = 给自己讲讲其中一步怎么做。
wheel-spinning-3 = 回头看看以前做出来的题，下一次可能会容易些。
    .age-6-9 = 回头看一道做出来的题。
wheel-spinning-4 = 可以换个做法了：每一步先说出来，再动手。
    .age-6-9 = 先说一步，再做一步。
wheel-spinning-5 = 找出还不清楚的那一步，只练这一步。
    .age-6-9 = 哪一步难？就练那一步。
wheel-spinning-6 = 把最近两次的做法放在一起，看看哪里不一样。
    .age-6-9 = 把两次的做法摆在一起看看。

## Wrong, after a long time, and not for the first time.

slow-struggle-1 = 这类题确实费时间。把步骤写下来，下一步可能会更清楚。
    .age-6-9 = 一边做，一边写步骤。
slow-struggle-2 = 这种题要细细地做：找一找关键在哪一步。
    .age-6-9 = 找到难的那一步。
slow-struggle-3 = 这里多花点时间没关系。先试着写下已知的内容。
    .age-6-9 = 慢慢来，写下你知道的。
slow-struggle-4 = 一道题做得久了，回到题目再读读，常常有用。
    .age-6-9 = 把题目再读一遍。
slow-struggle-5 = 先检查最没把握的那一步，再看其他的。
    .age-6-9 = 哪一步还拿不准？
slow-struggle-6 = 把题目分成两块，先完成其中一块。
    .age-6-9 = 分成两半，先做一半。

## Nothing has happened at an item for longer than usual. Whether answers were right is not told here.

stuck-1 = 写下已知什么、要求什么，下一步可能就看出来了。
    .age-6-9 = 把知道的写下来。
stuck-2 = 下一步不清楚的话，先试一个同类的小例子。
    .age-6-9 = 先拿一个小一点的例子试试。
stuck-3 = 从哪一步入手都是开始：试一步，看看通向哪里。
    .age-6-9 = 从哪一步开始都可以。
stuck-4 = 把题目再读一遍，读出声来，也许有帮助。
    .age-6-9 = 大声读一读题目。
stuck-5 = 只留下问句，其余都遮住：它想问什么？
    .age-6-9 = 题目问的是什么？
stuck-6 = 随手画个草图，有时能看出光靠文字看不出的东西。
    .age-6-9 = 画一张简单的图。

## An answer taken from a hint, after other hints.

hint-reliance-1 = 看下一条提示之前，先自己走一步，这样提示会更有用。
    .age-6-9 = 看下一个提示前，先试一步。
hint-reliance-2 = 再读一遍刚才的提示，然后不看提示做一个类似的步骤。
    .age-6-9 = 读一读提示，然后不看它试试。
hint-reliance-3 = 下次打开提示之前，先试试第一步。
    .age-6-9 = 先试一试，再看提示。
hint-reliance-4 = 看看提示解决了哪一步，接下来自己试试那一步。
    .age-6-9 = 提示帮你做了哪一步？
hint-reliance-5 = 关上提示，用自己的话说说它讲了什么。
    .age-6-9 = 关上提示。它说了什么？
hint-reliance-6 = 提示能回答你的疑问时最有用：先想想自己要问什么。
    .age-6-9 = 你想让提示告诉你什么？

## Wrong answers too quick to have been read.

rapid-guessing-1 = 先花一点时间，把整道题读完。
    .age-6-9 = 把题目读到最后。
rapid-guessing-2 = 每道题多留一点时间，更有机会找到答案。
    .age-6-9 = 每道题多用一点时间。
rapid-guessing-3 = 选答案之前，试着说说它为什么合适。
    .age-6-9 = 选之前，先说说为什么选它。
rapid-guessing-4 = 这里适合慢一点、稳一点：先读，再想，然后答。
    .age-6-9 = 读一读，想一想，再回答。
rapid-guessing-5 = 作答之前，找出说明题目要求的词语。
    .age-6-9 = 找一找，哪些词说了要做什么。
rapid-guessing-6 = 做下一题时，试着在作答前停一停。
    .age-6-9 = 停一下，再回答。

## Right, and it may not seem so to the learner. Confidence is not named.

low-confidence-success-1 = 答对了，你的解法站得住。
    .age-6-9 = 做对了，你的办法行得通。
low-confidence-success-2 = 第一次就答对了，这个方法值得保留。
    .age-6-9 = 一次就做对了，接着用这个办法。
low-confidence-success-3 = 你用的步骤得出了正确答案，下一题也用上。
    .age-6-9 = 下一道也用这些步骤。
low-confidence-success-4 = 这个答案是对的。看看是什么起了作用，下回再用。
    .age-6-9 = 对了。想想怎么做的，下次还这样做。
low-confidence-success-5 = 答案正确，而且是靠自己的步骤得出来的。
    .age-6-9 = 做对了，用的是自己的步骤。
low-confidence-success-6 = 做出来了。用几句话说说是怎么做到的，下一题用得上。
    .age-6-9 = 做出来了。你是怎么做的？

## A long time without a break. $minutes: how long, at least 45. Whether answers were right is not told here.

long-session-1 = 已经做了好一阵子，休息一小会儿，有助于消化学过的内容。
    .age-6-9 = 现在歇一会儿，有好处。
long-session-2 = 离开屏幕几分钟，后面的题可能会更好做。
    .age-6-9 = 眼睛离开屏幕一会儿。
long-session-3 = 这里正好停一停，活动活动身体，再接着来。
    .age-6-9 = 站起来，伸伸胳膊伸伸腿。
long-session-4 = 长时间练习，中间停一停，记得更牢。
    .age-6-9 = 歇一歇，能记得更牢。
long-session-5 = 已经一口气学了{ $minutes }分钟，喝点水，走动走动吧。
    .age-6-9 = 连着学了{ $minutes }分钟，去喝点水吧。
long-session-6 = 方便的话，在这里停五分钟，剩下的题可以回来再做。
    .age-6-9 = 题目可以等你五分钟。
