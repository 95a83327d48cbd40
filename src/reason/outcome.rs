//! What became of a message, as the platform tells it.

/// What became of a message. The numbers are the API's and the record's: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Outcome {
    /// The learner saw it.
    Shown = 1,
    /// The platform did not show it.
    NotShown = 2,
    /// The learner closed it.
    Dismissed = 3,
    /// The learner found it helpful.
    Helpful = 4,
    /// The learner did not find it helpful.
    Unhelpful = 5,
}

/// A message that was seen cannot be reported unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unseen;

impl Outcome {
    /// All of them, by number.
    pub const ALL: [Self; 5] = [Self::Shown, Self::NotShown, Self::Dismissed, Self::Helpful, Self::Unhelpful];

    /// The outcome with this number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| *outcome as u8 == number)
    }

    /// Its name, such as `not-shown`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::NotShown => "not-shown",
            Self::Dismissed => "dismissed",
            Self::Helpful => "helpful",
            Self::Unhelpful => "unhelpful",
        }
    }

    /// What is known once this is reported after `before`: whoever reacts has seen, the newest reaction counts, and what
    /// was seen stays seen.
    pub fn after(self, before: Option<Self>) -> Result<Self, Unseen> {
        match (self, before) {
            (Self::NotShown, None | Some(Self::NotShown)) => Ok(Self::NotShown),
            (Self::NotShown, Some(_)) => Err(Unseen),
            (Self::Shown, Some(reaction @ (Self::Dismissed | Self::Helpful | Self::Unhelpful))) => Ok(reaction),
            (told, _) => Ok(told),
        }
    }
}
