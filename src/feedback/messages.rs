//! The words, in English. Of the process, never of the person: one short sentence, no guilt, no loss, no comparison, no
//! feelings, no inflated praise (Kluger & DeNisi 1996; Brummelman et al. 2014), and no step that the platform may not have:
//! that is the suggestion's part.

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
            "A steady run on items that are not easy: keep going like this.",
            "A run of right answers on demanding items: the method works.",
        ],
        Reason::Comeback => &[
            "After a hard stretch, this one came out right at the first try.",
            "Right this time, on a new item, after several that did not work out.",
            "The last few were hard, and this one is solved: keep going.",
            "A new item, and it is right: back on track.",
        ],
        Reason::PersistencePaidOff => &[
            "Solved, after several tries. Staying with it paid off.",
            "That took a few attempts, and the last one got there.",
            "Going back over it worked: the item is solved.",
            "Staying with this one got it done.",
        ],
        Reason::MasteryReached => &[
            "Three in a row on a skill that took work: it is ready to build on.",
            "This skill was hard at first, and now it holds three times running.",
            "Practice shows here: three right in a row on this skill.",
            "The work on this skill paid off: it holds up item after item.",
        ],
        Reason::PersonalBest => &[
            "That is your longest run of right answers so far.",
            "A new longest run, built one item at a time.",
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
            "This is a hard stretch. Start with the part you are sure of.",
            "These items ask a lot. One smaller step at a time can help.",
            "It can help to step back and look for the part you already know.",
            "Another angle might help here: start from what is given.",
        ],
        Reason::ErrorRun => &[
            "Errors show where to look. Go back to the step before the answer.",
            "These are tricky. Try saying in your own words what is asked.",
            "Go through one of these again, line by line.",
            "Take one item slowly and check each step on the way.",
        ],
        Reason::WheelSpinning => &[
            "Another way in could help more here than another quick try.",
            "Try explaining one solved step to yourself, then the next.",
            "Looking back at one that worked can make the next try easier.",
            "Time for a new approach: say each step before doing it.",
        ],
        Reason::SlowStruggle => &[
            "These take real time. Writing the steps down can make the next one clearer.",
            "This kind of item takes careful work: look for the step where it turns.",
            "Taking time is fine here. Try writing down what is known first.",
            "When an item takes this long, going back to the question often helps.",
        ],
        Reason::Stuck => &[
            "Writing down what is given and what is asked can show the next step.",
            "If the next step is not clear, try a smaller case of the same kind.",
            "Any step is a start: try one and see where it leads.",
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
            "That answer is right. Notice what worked, and use it again.",
        ],
        Reason::LongSession => &[
            "You have been at it for a while: a short break helps things settle.",
            "A few minutes away from the screen can make the next items easier.",
            "This is a good point to stretch and come back fresh.",
            "Long practice sticks better with a pause in between.",
        ],
    }
}
