//! A message as it is said.

use unic_langid::{CharacterDirection, LanguageIdentifier};

use crate::reason::Reason;

/// What a learner is shown, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The wording, such as `error-run-2`.
    pub id: String,
    /// The catalogue it is from, BCP 47.
    pub locale: String,
    /// Which way it runs.
    pub direction: Direction,
    /// The sentence to show.
    pub text: String,
    /// The same without symbols, to be read out.
    pub plain_text: String,
    /// How long it takes to be noticed and read, in seconds.
    pub display_secs: u16,
    /// The learner wants nothing to move.
    pub reduced_motion: bool,
}

/// Which way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Direction {
    /// From left to right.
    LeftToRight = 1,
    /// From right to left.
    RightToLeft = 2,
}

impl Direction {
    /// As HTML has it.
    #[must_use]
    pub fn as_html(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// Which way a language is written.
    #[must_use]
    pub fn of(locale: &LanguageIdentifier) -> Self {
        match locale.character_direction() {
            CharacterDirection::RTL => Self::RightToLeft,
            _ => Self::LeftToRight,
        }
    }
}

/// The id of a wording, such as `error-run-2`.
#[must_use]
pub fn message_id(reason: Reason, wording: u8) -> String {
    format!("{}-{}", reason.name(), wording + 1)
}
