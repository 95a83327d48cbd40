//! What a message is held against.

use super::{Case, Followed, case::HORIZON};

/// A proximal outcome. Each is defined for every case: whoever left counts with what was given until then, and with nothing
/// for the rest. Nobody is left out for leaving, so a message that makes some leave cannot look good by those who stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Right answers beyond what was expected of those that were given, by the five that could have been: −1 to 1. An answer
    /// that was not given counts as neither. The primary outcome. Where expectations are off, merely staying longer moves it, so
    /// it is read beside [`Outcome::Left`].
    Success,
    /// Left before the fifth opportunity: 0 or 1.
    Left,
    /// Rapid guesses, by the five answers that could have been given: 0 to 1.
    Rapid,
    /// Came back on another day to the same skill, and was right: 0 or 1.
    Remembered,
}

impl Outcome {
    /// All but the primary one.
    pub const SECONDARY: [Self; 3] = [Self::Left, Self::Rapid, Self::Remembered];

    /// Its value in a case.
    #[must_use]
    pub fn of(self, case: &Case) -> f64 {
        let Followed { stayed, opportunities, successes, rapid, remembered } = case.followed;
        let horizon = f64::from(HORIZON);
        match self {
            Self::Success => (f64::from(successes) - f64::from(opportunities) * case.expected) / horizon,
            Self::Left => f64::from(u8::from(!stayed)),
            Self::Rapid => f64::from(rapid) / horizon,
            Self::Remembered => f64::from(u8::from(remembered == Some(true))),
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Left => "left",
            Self::Rapid => "rapid",
            Self::Remembered => "remembered",
        }
    }

    /// Whether it is 0 or 1.
    #[must_use]
    pub fn is_yes_or_no(self) -> bool {
        matches!(self, Self::Left | Self::Remembered)
    }

    /// Whether more of it is good.
    #[must_use]
    pub fn more_is_better(self) -> bool {
        matches!(self, Self::Success | Self::Remembered)
    }
}
