//! Why Hearten speaks and why it stays silent: the codes that every layer shares.

mod cause;
mod limit;
mod outcome;
mod placement;
mod suggestion;
mod verdict;

pub use cause::Cause;
pub use limit::{Held, Limit, Unit};
pub use outcome::{Outcome, Unseen};
pub use placement::Placement;
pub use suggestion::Suggestion;
pub use verdict::Verdict;

/// The two kinds of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Help to go on.
    Encouragement,
    /// Something went well.
    Celebration,
}

/// Why something is said. The numbers are the API's and the record's: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Reason {
    /// A run of right answers that was not to be expected.
    StreakMilestone = 1,
    /// Right, unassisted and considered, on another item after three or more errors.
    Comeback = 2,
    /// Solved after several tries at the same item, with time taken.
    PersistencePaidOff = 3,
    /// Three in a row on a skill that had been hard.
    MasteryReached = 4,
    /// The longest run yet.
    PersonalBest = 5,
    /// Recent answers are clearly better than earlier ones.
    RealImprovement = 6,
    /// The frustration estimate is high, and not for the first time.
    FrustrationRising = 7,
    /// Several errors in a row.
    ErrorRun = 8,
    /// Many opportunities on a skill without three in a row.
    WheelSpinning = 9,
    /// Long times on wrong answers.
    SlowStruggle = 10,
    /// Silence beyond the item's usual time.
    Stuck = 11,
    /// Answers taken from bottom-out hints.
    HintReliance = 12,
    /// Answers too quick to have been read.
    RapidGuessing = 13,
    /// Right, while confidence is likely still low.
    LowConfidenceSuccess = 14,
    /// A long time without a break.
    LongSession = 15,
}

impl Reason {
    /// All of them, by number.
    pub const ALL: [Self; 15] = [
        Self::StreakMilestone,
        Self::Comeback,
        Self::PersistencePaidOff,
        Self::MasteryReached,
        Self::PersonalBest,
        Self::RealImprovement,
        Self::FrustrationRising,
        Self::ErrorRun,
        Self::WheelSpinning,
        Self::SlowStruggle,
        Self::Stuck,
        Self::HintReliance,
        Self::RapidGuessing,
        Self::LowConfidenceSuccess,
        Self::LongSession,
    ];

    /// Celebrations follow right answers; everything else encourages.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::StreakMilestone
            | Self::Comeback
            | Self::PersistencePaidOff
            | Self::MasteryReached
            | Self::PersonalBest
            | Self::RealImprovement => Kind::Celebration,
            Self::FrustrationRising
            | Self::ErrorRun
            | Self::WheelSpinning
            | Self::SlowStruggle
            | Self::Stuck
            | Self::HintReliance
            | Self::RapidGuessing
            | Self::LowConfidenceSuccess
            | Self::LongSession => Kind::Encouragement,
        }
    }

    /// Its name in policies, reports and message ids, such as `error-run`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::StreakMilestone => "streak-milestone",
            Self::Comeback => "comeback",
            Self::PersistencePaidOff => "persistence-paid-off",
            Self::MasteryReached => "mastery-reached",
            Self::PersonalBest => "personal-best",
            Self::RealImprovement => "real-improvement",
            Self::FrustrationRising => "frustration-rising",
            Self::ErrorRun => "error-run",
            Self::WheelSpinning => "wheel-spinning",
            Self::SlowStruggle => "slow-struggle",
            Self::Stuck => "stuck",
            Self::HintReliance => "hint-reliance",
            Self::RapidGuessing => "rapid-guessing",
            Self::LowConfidenceSuccess => "low-confidence-success",
            Self::LongSession => "long-session",
        }
    }

    /// The reason with this number.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| *reason as u16 == number)
    }

    /// The reason of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}
