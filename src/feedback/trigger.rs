//! What calls for a message: one trigger a reason. What makes a reason what it is stands here and cannot be set; where its
//! threshold lies is the policy's.
//!
//! | reason | because |
//! |---|---|
//! | streak-milestone, personal-best | praise is worth something only where success was not sure (Brummelman et al. 2014): both ask for surprise |
//! | comeback | on logged tutors nine in ten successes after errors at the *same* item come within 5 s: only another item, unassisted and considered, tells recovery from guessing |
//! | persistence-paid-off | effort that led somewhere is what process praise is about (Kamins & Dweck 1999) |
//! | mastery-reached | three in a row on a skill that was missed twice (Beck & Gong 2013) |
//! | real-improvement | the learner's own past, never others', is the comparison (Kluger & DeNisi 1996) |
//! | frustration-rising | the estimate of `MODEL.md`, at more than one estimate in a row |
//! | error-run | after repeated errors help is what a good help-seeker asks for (Aleven et al. 2006); how many is a prior |
//! | wheel-spinning | more of the same does not help there (Beck & Gong 2013) |
//! | slow-struggle | long times on wrong answers: effort without progress |
//! | stuck | silence past the item's own 95th percentile (log-normal times, van der Linden 2007) |
//! | hint-reliance | answers taken from bottom-out hints teach little (Aleven et al. 2006; Baker et al. 2004) |
//! | rapid-guessing | answers below a tenth of the usual time are guesses (Wise & Ma 2012) |
//! | low-confidence-success | confidence follows well-founded confirmation, not general praise (Kluger & DeNisi 1996) |
//! | long-session | breaks; the length is a prior |

use super::Condition;
use crate::{
    learner::{Learner, Reading, Watch},
    reason::Reason,
};

/// What calls for a message of one reason.
#[derive(Debug, PartialEq)]
pub struct Trigger {
    /// The reason.
    pub reason: Reason,
    /// All of these must hold.
    pub gates: &'static [Condition],
    /// What the policy sets a threshold on, if anything.
    pub measure: Option<Measure>,
}

/// A reading that a policy sets a threshold on.
#[derive(Debug, PartialEq)]
pub struct Measure {
    /// Which.
    pub reading: Reading,
    /// Low values call for the message, not high ones.
    pub low: bool,
    /// The thresholds that make sense.
    pub range: (f32, f32),
    /// What the threshold means, for whoever writes a policy.
    pub meaning: &'static str,
    /// For estimates: how often they came over the threshold is followed, and a budget may set it.
    pub watched: Option<Watched>,
}

/// An estimate that policies may watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watched {
    /// Frustration.
    Frustration,
    /// Confidence.
    Confidence,
    /// Wheel-spinning.
    WheelSpinning,
}

impl Watched {
    /// All of them, in the record's order.
    pub const ALL: [Self; 3] = [Self::Frustration, Self::Confidence, Self::WheelSpinning];

    /// How often in a row, as decisions see it.
    #[must_use]
    pub fn running(self) -> Reading {
        match self {
            Self::Frustration => Reading::FrustrationRunning,
            Self::Confidence => Reading::ConfidenceRunning,
            Self::WheelSpinning => Reading::WheelSpinningRunning,
        }
    }

    /// Where a budget puts the threshold, as decisions see it.
    #[must_use]
    pub fn alert(self) -> Reading {
        match self {
            Self::Frustration => Reading::FrustrationAlert,
            Self::Confidence => Reading::ConfidenceAlert,
            Self::WheelSpinning => Reading::WheelSpinningAlert,
        }
    }

    /// What the record knows of it.
    #[must_use]
    pub fn of(self, learner: &Learner) -> Watch {
        learner.watches.get(self as usize).copied().unwrap_or_default()
    }
}

const fn count(reading: Reading, most: f32, meaning: &'static str) -> Option<Measure> {
    Some(Measure { reading, low: false, range: (1.0, most), meaning, watched: None })
}

const fn share(reading: Reading, meaning: &'static str) -> Option<Measure> {
    Some(Measure { reading, low: false, range: (0.0, 1.0), meaning, watched: None })
}

const fn estimate(reading: Reading, low: bool, watched: Watched, meaning: &'static str) -> Option<Measure> {
    Some(Measure { reading, low, range: (0.0, 1.0), meaning, watched: Some(watched) })
}

impl Trigger {
    /// The trigger of a reason.
    #[must_use]
    pub fn of(reason: Reason) -> &'static Self {
        match reason {
            Reason::StreakMilestone => &STREAK_MILESTONE,
            Reason::Comeback => &COMEBACK,
            Reason::PersistencePaidOff => &PERSISTENCE_PAID_OFF,
            Reason::MasteryReached => &MASTERY_REACHED,
            Reason::PersonalBest => &PERSONAL_BEST,
            Reason::RealImprovement => &REAL_IMPROVEMENT,
            Reason::FrustrationRising => &FRUSTRATION_RISING,
            Reason::ErrorRun => &ERROR_RUN,
            Reason::WheelSpinning => &WHEEL_SPINNING,
            Reason::SlowStruggle => &SLOW_STRUGGLE,
            Reason::Stuck => &STUCK,
            Reason::HintReliance => &HINT_RELIANCE,
            Reason::RapidGuessing => &RAPID_GUESSING,
            Reason::LowConfidenceSuccess => &LOW_CONFIDENCE_SUCCESS,
            Reason::LongSession => &LONG_SESSION,
        }
    }
}

const ANSWER: Condition = Condition::yes(Reading::Answer);
const RIGHT: Condition = Condition::yes(Reading::Correct);
const WRONG: Condition = Condition::no(Reading::Correct);
const UNASSISTED: Condition = Condition::yes(Reading::Unassisted);
const NOT_RAPID: Condition = Condition::no(Reading::Rapid);
const CONSIDERED: Condition = Condition::yes(Reading::Considered);

// Celebrations: each asks for a right answer, so none can follow a wrong one, and none for one that may be a guess.

static STREAK_MILESTONE: Trigger = Trigger {
    reason: Reason::StreakMilestone,
    gates: &[ANSWER, RIGHT, UNASSISTED, NOT_RAPID, Condition::yes(Reading::Milestone)],
    measure: share(Reading::RunSurprise, "mean surprise over the run, 0 to 1"),
};

static COMEBACK: Trigger = Trigger {
    reason: Reason::Comeback,
    gates: &[ANSWER, RIGHT, UNASSISTED, CONSIDERED, Condition::yes(Reading::Elsewhere)],
    measure: count(Reading::Slump, 20.0, "wrong answers since the last unassisted right one"),
};

static PERSISTENCE_PAID_OFF: Trigger = Trigger {
    reason: Reason::PersistencePaidOff,
    gates: &[ANSWER, RIGHT, Condition::no(Reading::Unassisted), CONSIDERED, Condition::no(Reading::GivenAway)],
    measure: count(Reading::ItemErrors, 20.0, "wrong answers at the item before it was solved"),
};

static MASTERY_REACHED: Trigger = Trigger {
    reason: Reason::MasteryReached,
    gates: &[ANSWER, RIGHT, UNASSISTED, NOT_RAPID, Condition::yes(Reading::JustMastered)],
    measure: None,
};

static PERSONAL_BEST: Trigger = Trigger {
    reason: Reason::PersonalBest,
    gates: &[
        ANSWER,
        RIGHT,
        UNASSISTED,
        NOT_RAPID,
        Condition::yes(Reading::LongestRun),
        Condition::at_least(Reading::RunSurprise, 0.15),
    ],
    measure: count(Reading::SuccessRun, 100.0, "right, unassisted answers in a row"),
};

static REAL_IMPROVEMENT: Trigger = Trigger {
    reason: Reason::RealImprovement,
    gates: &[ANSWER, RIGHT, UNASSISTED, NOT_RAPID],
    measure: share(Reading::Gain, "recent success rate less the long-run one, 0 to 1"),
};

// Encouragements after a wrong answer.

static FRUSTRATION_RISING: Trigger = Trigger {
    reason: Reason::FrustrationRising,
    gates: &[ANSWER, WRONG],
    measure: estimate(Reading::Frustration, false, Watched::Frustration, "the frustration estimate, 0 to 1"),
};

static ERROR_RUN: Trigger = Trigger {
    reason: Reason::ErrorRun,
    gates: &[ANSWER, WRONG],
    measure: count(Reading::ErrorRun, 20.0, "wrong answers in a row"),
};

static WHEEL_SPINNING: Trigger = Trigger {
    reason: Reason::WheelSpinning,
    gates: &[ANSWER, WRONG, Condition::at_least(Reading::SkillOpportunities, 6.0)],
    measure: estimate(Reading::WheelSpinning, false, Watched::WheelSpinning, "the wheel-spinning estimate, 0 to 1"),
};

static SLOW_STRUGGLE: Trigger = Trigger {
    reason: Reason::SlowStruggle,
    gates: &[ANSWER, WRONG, Condition::at_least(Reading::ErrorRun, 2.0)],
    measure: Some(Measure {
        reading: Reading::Slowness,
        low: false,
        range: (0.0, 8.0),
        meaning: "response time against the usual, in deviations",
        watched: None,
    }),
};

static HINT_RELIANCE: Trigger = Trigger {
    reason: Reason::HintReliance,
    gates: &[ANSWER, Condition::yes(Reading::GivenAway)],
    measure: count(
        Reading::RecentHelp,
        15.0,
        "hints (twice for the bottom-out one), fading over 180 s, a quarter less once the answer is right",
    ),
};

static RAPID_GUESSING: Trigger = Trigger {
    reason: Reason::RapidGuessing,
    gates: &[ANSWER, WRONG, Condition::yes(Reading::Rapid)],
    measure: count(Reading::RecentRapid, 15.0, "rapid answers, fading over 180 s"),
};

// Encouragements at other moments.

static LOW_CONFIDENCE_SUCCESS: Trigger = Trigger {
    reason: Reason::LowConfidenceSuccess,
    gates: &[ANSWER, RIGHT, UNASSISTED, CONSIDERED],
    measure: estimate(Reading::Confidence, true, Watched::Confidence, "the confidence estimate, 0 to 1"),
};

static STUCK: Trigger = Trigger { reason: Reason::Stuck, gates: &[Condition::yes(Reading::Idle)], measure: None };

static LONG_SESSION: Trigger = Trigger {
    reason: Reason::LongSession,
    gates: &[ANSWER, Condition::yes(Reading::Timed)],
    measure: count(Reading::SessionMinutes, 240.0, "minutes at work without a break of five minutes"),
};
