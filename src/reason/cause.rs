//! Why nothing is said.

/// Why nothing is said. The numbers are the API's and the record's: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Cause {
    /// Nothing calls for a message.
    NothingToSay = 1,
    /// Too little is known of the learner.
    InsufficientEvidence = 2,
    /// A message of this kind was made a moment ago.
    Cooldown = 3,
    /// Enough was said this session, this hour or today.
    Cap = 4,
    /// Another reason had more to say: of those that compete, never of a whole decision.
    Dominated = 5,
    /// The learner has switched messages off.
    SwitchedOff = 6,
    /// The learner has turned messages down to less than this one.
    LowerVolume = 7,
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
    /// The policy only watches: it decides and says nothing.
    Shadow = 13,
    /// It was held out by a trial, or is no longer said since a trial showed that it does harm.
    Trial = 14,
    /// It is within the policy's quiet hours where the learner is.
    QuietHours = 15,
}

impl Cause {
    /// All of them, by number.
    pub const ALL: [Self; 15] = [
        Self::NothingToSay,
        Self::InsufficientEvidence,
        Self::Cooldown,
        Self::Cap,
        Self::Dominated,
        Self::SwitchedOff,
        Self::LowerVolume,
        Self::NotPractice,
        Self::Late,
        Self::Stale,
        Self::Hidden,
        Self::ContentFault,
        Self::Shadow,
        Self::Trial,
        Self::QuietHours,
    ];

    /// Its name, such as `nothing-to-say`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NothingToSay => "nothing-to-say",
            Self::InsufficientEvidence => "insufficient-evidence",
            Self::Cooldown => "cooldown",
            Self::Cap => "cap",
            Self::Dominated => "dominated",
            Self::SwitchedOff => "switched-off",
            Self::LowerVolume => "lower-volume",
            Self::NotPractice => "not-practice",
            Self::Late => "late",
            Self::Stale => "stale",
            Self::Hidden => "hidden",
            Self::ContentFault => "content-fault",
            Self::Shadow => "shadow",
            Self::Trial => "trial",
            Self::QuietHours => "quiet-hours",
        }
    }

    /// The cause with this number.
    #[must_use]
    pub fn from_number(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| *cause as u16 == number)
    }

    /// The cause of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.name() == name)
    }
}
