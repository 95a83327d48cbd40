//! What a platform might do besides showing the message.

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

impl Suggestion {
    /// All of them, by number.
    pub const ALL: [Self; 7] = [
        Self::OfferHint,
        Self::WorkedExample,
        Self::EasierItem,
        Self::TakeBreak,
        Self::SlowDown,
        Self::HarderItem,
        Self::AskTeacher,
    ];

    /// Its name in policies, such as `offer-hint`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OfferHint => "offer-hint",
            Self::WorkedExample => "worked-example",
            Self::EasierItem => "easier-item",
            Self::TakeBreak => "take-break",
            Self::SlowDown => "slow-down",
            Self::HarderItem => "harder-item",
            Self::AskTeacher => "ask-teacher",
        }
    }
}
