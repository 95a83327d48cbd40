//! The words, in English. Of the process, never of the person: one short sentence, no guilt, no loss, no comparison, no
//! feelings, no inflated praise (Kluger & DeNisi 1996; Brummelman et al. 2014).

use crate::reason::Reason;

/// The id of a wording, such as `error-run-2`.
#[must_use]
pub fn message_id(reason: Reason, wording: u8) -> String {
    format!("{}-{}", reason.name(), wording + 1)
}

/// The sentence of a wording.
#[must_use]
pub fn wording(reason: Reason, wording: u8) -> &'static str {
    wordings(reason).get(usize::from(wording)).copied().unwrap_or_default()
}

/// All wordings of a reason.
#[must_use]
pub fn wordings(reason: Reason) -> &'static [&'static str] {
    match reason {
        Reason::StreakMilestone => &[
            "Several right in a row, and these were not easy ones.",
            "Each of the last few came out right at the first try.",
            "That careful way of working is holding up, item after item.",
            "A run of right answers on demanding items: the method works.",
        ],
        Reason::Comeback => &[
            "That one came out right after a hard stretch: trying again worked.",
            "Right this time, on a new item. Working through the errors paid off.",
            "The last few were hard, and this one is solved. Keep that approach.",
            "A new item, and it is right: back on track after a hard stretch.",
        ],
        Reason::PersistencePaidOff => &[
            "Solved, after several tries. Staying with it paid off.",
            "That took a few attempts, and each one brought it closer.",
            "Going back over it worked: the item is solved.",
            "Staying with this one got it done.",
        ],
        Reason::MasteryReached => &[
            "Three in a row on a skill that took work: it is ready to build on.",
            "This skill was hard at first, and now it holds three times running.",
            "Practice shows here: three right in a row on this skill.",
            "The work on this skill paid off. It could be time for a harder one.",
        ],
        Reason::PersonalBest => &[
            "That is your longest run of right answers so far.",
            "A new longest run, built one checked step at a time.",
            "Your longest run yet: one right first try after another.",
            "No earlier run of yours was this long: the routine works.",
        ],
        Reason::RealImprovement => &[
            "Your recent answers are clearly better than your earlier ones.",
            "Compared with where you began, more of your answers now come out right.",
            "The practice shows: more right at the first try than before.",
            "Your last answers mark a real step up from your earlier ones.",
        ],
        Reason::FrustrationRising => &[
            "This is a hard stretch. An easier item first can open the way.",
            "These items ask a lot. One smaller step at a time can help.",
            "It can help to step back and look for the part you already know.",
            "Another angle might help here: start from what is given.",
        ],
        Reason::ErrorRun => &[
            "Errors show where to look. Go back to the step before the answer.",
            "These are tricky. Try saying in your own words what is asked.",
            "A hint can be a good next step here.",
            "Take one item slowly and check each step on the way.",
        ],
        Reason::WheelSpinning => &[
            "A worked example could help more here than another try.",
            "This skill needs another way in: see how one is solved, step by step.",
            "Looking at a solved one first can make the next try easier.",
            "Time for a new approach: follow one example through, then try again.",
        ],
        Reason::SlowStruggle => &[
            "These take real time. A hint could make the next step clearer.",
            "This kind of item takes careful work: a hint can show where it turns.",
            "Taking time is fine here. Try writing down what is known first.",
            "When an item takes this long, a small hint often gets it moving.",
        ],
        Reason::Stuck => &[
            "Not sure how to begin? Write down what is given and what is asked.",
            "A hint is there if the first step is not clear.",
            "Any first step is a start: try one and see where it leads.",
            "It can help to read the question once more, aloud.",
        ],
        Reason::HintReliance => &[
            "Before the next hint, try one step of your own: it makes hints work better.",
            "Read the last hint again, then do a similar step without it.",
            "Next time, try the first step before opening a hint.",
            "See which step the hint solved, and try that one yourself next.",
        ],
        Reason::RapidGuessing => &[
            "Take a moment to read the whole question first.",
            "A little more time on each item gives the answer a chance.",
            "Try to say why an answer fits before choosing it.",
            "Slow and steady works here: read, think, then answer.",
        ],
        Reason::LowConfidenceSuccess => &[
            "That was right. The way you worked it out holds.",
            "Right at the first try: that method is worth keeping.",
            "Your steps led to the right answer. Use them on the next one too.",
            "That answer is right, and so was the thinking behind it.",
        ],
        Reason::LongSession => &[
            "You have been at it for a while: a short break helps things settle.",
            "A few minutes away from the screen can make the next items easier.",
            "This is a good point to stretch and come back fresh.",
            "Long practice sticks better with a pause in between.",
        ],
    }
}
