//! The default policy: what each reason asks for, and how much is said at all.

use Comparison::{AtLeast, AtMost, Equal};
use Reading::{
    Answer, Confidence, Considered, Correct, Elsewhere, ErrorRun, Frustration, FrustrationHighFor, Gain, GivenAway,
    Idle, ItemErrors, JustMastered, LongestRun, Milestone, Rapid, RecentHelp, RecentRapid, RunSurprise, SessionMinutes,
    SkillOpportunities, Slowness, Slump, SuccessRun, Timed, Unassisted, WheelSpinning,
};

use crate::{
    learner::Reading,
    reason::{Reason, Suggestion},
};

/// How a reading is compared with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The reading is the threshold or more.
    AtLeast,
    /// The reading is the threshold or less.
    AtMost,
    /// The reading is the threshold.
    Equal,
}

/// One thing a reason asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// What is looked at.
    pub reading: Reading,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what.
    pub threshold: f32,
}

impl Condition {
    /// Whether it holds for a value.
    #[must_use]
    pub fn holds(&self, value: f32) -> bool {
        // Readings are kept in steps; half of the finest is no difference.
        let slack = 1e-3;
        match self.comparison {
            AtLeast => value >= self.threshold - slack,
            AtMost => value <= self.threshold + slack,
            Equal => (value - self.threshold).abs() <= slack,
        }
    }
}

/// What one reason asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The reason.
    pub reason: Reason,
    /// All of these must hold.
    pub conditions: &'static [Condition],
    /// Attempts that must be known of the learner.
    pub evidence: u32,
    /// The next step that goes with it.
    pub suggestion: Option<Suggestion>,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restraint {
    /// Opportunities between two messages of a kind.
    pub cooldown: u32,
    /// Messages in an hour at work.
    pub per_active_hour: usize,
    /// Messages in 24 hours (untimed: in eight hours at work).
    pub per_day: usize,
    /// Encouragements in a session.
    pub encouragements_per_session: u8,
    /// Nudges in a session.
    pub nudges_per_session: u8,
    /// Silence shorter than this is never being stuck, in milliseconds.
    pub nudge_floor_ms: i64,
    /// How long a message stays valid, in seconds.
    pub valid_secs: u64,
    /// Arriving later than this, an event is stale, in milliseconds.
    pub stale_ms: i64,
}

/// Rules, best first, and restraint.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Policy {
    /// Its name, in every decision.
    pub version: &'static str,
    /// The rules; the first that is met wins.
    pub rules: &'static [Rule],
    /// How much is said.
    pub restraint: Restraint,
}

impl Policy {
    /// The policy that comes with this release. Thresholds are priors unless a source is named.
    pub const DEFAULT: Self = Self {
        version: "default-2",
        rules: RULES,
        restraint: Restraint {
            cooldown: 5,
            per_active_hour: 6,
            per_day: 10,
            encouragements_per_session: 3,
            nudges_per_session: 2,
            nudge_floor_ms: 5_000,
            valid_secs: 60,
            stale_ms: 60_000,
        },
    };

    /// The rule for a reason.
    #[must_use]
    pub fn rule(&self, reason: Reason) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.reason == reason)
    }
}

const fn yes(reading: Reading) -> Condition {
    Condition { reading, comparison: Equal, threshold: 1.0 }
}

const fn no(reading: Reading) -> Condition {
    Condition { reading, comparison: Equal, threshold: 0.0 }
}

const fn at_least(reading: Reading, threshold: f32) -> Condition {
    Condition { reading, comparison: AtLeast, threshold }
}

const fn at_most(reading: Reading, threshold: f32) -> Condition {
    Condition { reading, comparison: AtMost, threshold }
}

const RULES: &[Rule] = &[
    // Celebrations: each asks for a right answer, so none can follow a wrong one. None rewards guessing.
    Rule {
        reason: Reason::Comeback,
        conditions: &[
            yes(Answer),
            yes(Correct),
            yes(Unassisted),
            yes(Considered),
            yes(Elsewhere),
            at_least(Slump, 3.0),
        ],
        evidence: 4,
        suggestion: None,
    },
    Rule {
        reason: Reason::PersistencePaidOff,
        conditions: &[
            yes(Answer),
            yes(Correct),
            no(Unassisted),
            yes(Considered),
            no(GivenAway),
            at_least(ItemErrors, 3.0),
        ],
        evidence: 4,
        suggestion: None,
    },
    // Three in a row: Beck & Gong 2013.
    Rule {
        reason: Reason::MasteryReached,
        conditions: &[yes(Answer), yes(Correct), yes(Unassisted), no(Rapid), yes(JustMastered)],
        evidence: 5,
        suggestion: Some(Suggestion::HarderItem),
    },
    Rule {
        reason: Reason::StreakMilestone,
        conditions: &[
            yes(Answer),
            yes(Correct),
            yes(Unassisted),
            no(Rapid),
            yes(Milestone),
            at_least(RunSurprise, 0.25),
        ],
        evidence: 5,
        suggestion: None,
    },
    Rule {
        reason: Reason::PersonalBest,
        conditions: &[
            yes(Answer),
            yes(Correct),
            yes(Unassisted),
            no(Rapid),
            yes(LongestRun),
            at_least(SuccessRun, 8.0),
            at_least(RunSurprise, 0.15),
        ],
        evidence: 15,
        suggestion: None,
    },
    Rule {
        reason: Reason::RealImprovement,
        conditions: &[yes(Answer), yes(Correct), yes(Unassisted), no(Rapid), at_least(Gain, 0.25)],
        evidence: 15,
        suggestion: None,
    },
    // Encouragements after a wrong answer, the most particular first.
    Rule {
        reason: Reason::RapidGuessing,
        conditions: &[yes(Answer), no(Correct), yes(Rapid), at_least(RecentRapid, 2.0)],
        evidence: 3,
        suggestion: Some(Suggestion::SlowDown),
    },
    Rule {
        reason: Reason::FrustrationRising,
        conditions: &[yes(Answer), no(Correct), at_least(Frustration, 0.65), at_least(FrustrationHighFor, 2.0)],
        evidence: 5,
        suggestion: Some(Suggestion::EasierItem),
    },
    Rule {
        reason: Reason::WheelSpinning,
        conditions: &[yes(Answer), no(Correct), at_least(WheelSpinning, 0.7), at_least(SkillOpportunities, 6.0)],
        evidence: 6,
        suggestion: Some(Suggestion::WorkedExample),
    },
    Rule {
        reason: Reason::HintReliance,
        conditions: &[yes(Answer), yes(GivenAway), at_least(RecentHelp, 3.0)],
        evidence: 3,
        suggestion: Some(Suggestion::WorkedExample),
    },
    Rule {
        reason: Reason::SlowStruggle,
        conditions: &[yes(Answer), no(Correct), at_least(Slowness, 1.0), at_least(ErrorRun, 2.0)],
        evidence: 5,
        suggestion: Some(Suggestion::OfferHint),
    },
    Rule {
        reason: Reason::ErrorRun,
        conditions: &[yes(Answer), no(Correct), at_least(ErrorRun, 3.0)],
        evidence: 3,
        suggestion: Some(Suggestion::OfferHint),
    },
    // Encouragements at other moments.
    Rule {
        reason: Reason::LowConfidenceSuccess,
        conditions: &[yes(Answer), yes(Correct), yes(Unassisted), yes(Considered), at_most(Confidence, 0.50)],
        evidence: 5,
        suggestion: None,
    },
    Rule { reason: Reason::Stuck, conditions: &[yes(Idle)], evidence: 0, suggestion: Some(Suggestion::OfferHint) },
    Rule {
        reason: Reason::LongSession,
        conditions: &[yes(Answer), yes(Timed), at_least(SessionMinutes, 45.0)],
        evidence: 5,
        suggestion: Some(Suggestion::TakeBreak),
    },
];
