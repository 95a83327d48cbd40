//! Which limit held a message back, and for how long.

/// One limit of a policy. The numbers are the API's and the record's: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Limit {
    /// Opportunities between two messages of a kind.
    Cooldown = 1,
    /// Time between any two messages.
    Pause = 2,
    /// Opportunities between two messages of a reason.
    ReasonCooldown = 3,
    /// Encouragements a session.
    Session = 4,
    /// Messages an hour at work.
    Hour = 5,
    /// Messages a day.
    Day = 6,
    /// Messages of a reason a session.
    ReasonSession = 7,
    /// Messages of a reason an hour at work.
    ReasonHour = 8,
    /// Messages of a reason a day.
    ReasonDay = 9,
    /// The hours in which nothing is said.
    QuietHours = 10,
    /// No more messages can be remembered while the oldest still counts.
    Memory = 11,
    /// Messages a day of a reason that the learner has turned away.
    Dismissed = 12,
    /// A trial showed that messages of this reason do harm.
    Guard = 13,
}

/// What the wait for a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Opportunities.
    Opportunities,
    /// Minutes by the clock; at work where there is none.
    Minutes,
    /// Minutes at work.
    MinutesAtWork,
    /// Until the next session.
    Session,
    /// For good.
    Never,
}

impl Limit {
    /// All of them, by number.
    pub const ALL: [Self; 13] = [
        Self::Cooldown,
        Self::Pause,
        Self::ReasonCooldown,
        Self::Session,
        Self::Hour,
        Self::Day,
        Self::ReasonSession,
        Self::ReasonHour,
        Self::ReasonDay,
        Self::QuietHours,
        Self::Memory,
        Self::Dismissed,
        Self::Guard,
    ];

    /// What its wait is counted in.
    #[must_use]
    pub fn unit(self) -> Unit {
        match self {
            Self::Cooldown | Self::ReasonCooldown => Unit::Opportunities,
            Self::Pause | Self::QuietHours | Self::Day | Self::ReasonDay | Self::Memory | Self::Dismissed => {
                Unit::Minutes
            }
            Self::Session | Self::ReasonSession => Unit::Session,
            Self::Hour | Self::ReasonHour => Unit::MinutesAtWork,
            Self::Guard => Unit::Never,
        }
    }

    /// The limit with this number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|limit| *limit as u8 == number)
    }
}

/// A limit that held a message back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub limit: Limit,
    /// How long from then on, in its unit and rounded up; zero where that cannot be told.
    pub wait: u16,
}

impl Held {
    /// The longest wait that can be kept.
    pub const LONGEST: u16 = (1 << 12) - 1;

    /// For a wait of so many opportunities, or until the next session.
    #[must_use]
    pub fn new(limit: Limit, wait: u32) -> Self {
        Self { limit, wait: u16::try_from(wait).unwrap_or(Self::LONGEST).min(Self::LONGEST) }
    }

    /// For a wait of so many seconds.
    #[must_use]
    pub fn secs(limit: Limit, secs: u64) -> Self {
        Self::new(limit, u32::try_from(secs.div_ceil(60)).unwrap_or(u32::MAX))
    }
}
