//! Why Hearten speaks and why it stays silent: the codes that every layer shares.

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
    /// The frustration estimate is high, for the second time running at least.
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
        if self <= Self::RealImprovement { Kind::Celebration } else { Kind::Encouragement }
    }

    /// The name its messages start with, such as `error-run`.
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
}

/// Why nothing is said. The numbers are the API's and the record's: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Cause {
    /// Nothing calls for a message.
    NothingToSay = 1,
    /// Too little is known of the learner, or it was seen only once.
    InsufficientEvidence = 2,
    /// A message of this kind was made a moment ago.
    Cooldown = 3,
    /// Enough was said this session, this hour or today.
    Cap = 4,
    /// The work is graded or an examination.
    NotPractice = 8,
    /// The event is older than what is already known from its device.
    Late = 9,
    /// The event arrived over a minute after it occurred.
    Stale = 10,
    /// The page is hidden, or the learner is not told whether answers are right.
    Hidden = 11,
    /// The item in hand was reported faulty.
    ContentFault = 12,
}

impl Cause {
    /// All of them, by number.
    pub const ALL: [Self; 9] = [
        Self::NothingToSay,
        Self::InsufficientEvidence,
        Self::Cooldown,
        Self::Cap,
        Self::NotPractice,
        Self::Late,
        Self::Stale,
        Self::Hidden,
        Self::ContentFault,
    ];

    /// Its name, such as `nothing-to-say`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NothingToSay => "nothing-to-say",
            Self::InsufficientEvidence => "insufficient-evidence",
            Self::Cooldown => "cooldown",
            Self::Cap => "cap",
            Self::NotPractice => "not-practice",
            Self::Late => "late",
            Self::Stale => "stale",
            Self::Hidden => "hidden",
            Self::ContentFault => "content-fault",
        }
    }

    /// The cause with this number.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| *cause as u16 == number)
    }
}

/// What a decision came to, small enough to remember for every known event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No decision was asked for.
    Undecided,
    /// Something is said.
    Spoken {
        /// Why.
        reason: Reason,
        /// Which of the reason's wordings, 0 to 15.
        wording: u8,
    },
    /// Nothing is said.
    Silent {
        /// Why not.
        cause: Cause,
        /// What would have been said.
        instead_of: Option<Reason>,
    },
}

impl Verdict {
    const SPOKEN: u16 = 1 << 8;

    /// Nine bits that [`Verdict::from_code`] reads back.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Undecided => 0,
            Self::Spoken { reason, wording } => Self::SPOKEN | (reason as u16) << 4 | u16::from(wording & 15),
            Self::Silent { cause, instead_of } => (cause as u16) << 4 | instead_of.map_or(0, |reason| reason as u16),
        }
    }

    /// Reads nine bits.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        let (high, low) = (code >> 4 & 15, code & 15);
        match code {
            0 => Some(Self::Undecided),
            0x100..=0x1FF => Some(Self::Spoken { reason: Reason::from_number(high)?, wording: low as u8 }),
            0x10..=0xFF => {
                let instead_of = if low == 0 { None } else { Some(Reason::from_number(low)?) };
                Some(Self::Silent { cause: Cause::from_number(high)?, instead_of })
            }
            _ => None,
        }
    }
}

/// A next step that may go with a message. The numbers are the API's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Suggestion {
    /// Offer a hint.
    OfferHint = 1,
    /// Show a worked example.
    WorkedExample = 2,
    /// Offer an easier item.
    EasierItem = 3,
    /// Propose a break.
    TakeBreak = 4,
    /// Make room for thought.
    SlowDown = 5,
    /// Offer a harder item.
    HarderItem = 6,
    /// Point to the teacher.
    AskTeacher = 7,
}
