//! What came after the wordings of a message: sums of their own kind, in the same eight numbers as any other.
//!
//! A wording that is seldom drawn stands for more: what came after it is weighed by one over the chance it had (Horvitz & Thompson
//! 1952). So wordings can be compared whatever chances they had at which time, and replicas still merge by addition.

use super::{Subject, Sums};
use crate::reason::Reason;

/// Weights and rewards are summed in steps of 1/1024.
const STEPS: f64 = 1024.0;
/// What is no age and no language: everybody together.
const EVERYBODY: (u8, u32) = (7, 0);
/// What is known is of one period and the one before: what helped a year ago need not help now.
const PERIOD_SECS: u64 = 28 * 24 * 60 * 60;

/// A wording in a span of four weeks, of some learners or of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Of which message.
    pub reason: Reason,
    /// Which, 0 to 14.
    pub number: u8,
    /// Whose: an age, as a number below seven, and a language, by a hash; `None` is everybody's.
    pub among: Option<(u8, u32)>,
    /// When, in spans of four weeks since 1970.
    pub period: u16,
}

impl Wording {
    /// The span a time is in; where there is no clock, the first.
    #[must_use]
    pub fn period(at_secs: Option<u64>) -> u16 {
        (at_secs.unwrap_or_default() / PERIOD_SECS) as u16 & 0x1FFF
    }

    /// Whether what is kept under this place is of learners of an age, and not of everybody.
    #[must_use]
    pub fn is_among(place: u64, age: u8) -> bool {
        let of_age = (place >> (32 + 13)) as u8 & 7 == age;
        of_age && age != EVERYBODY.0
    }

    /// What its sums are kept under.
    #[must_use]
    pub fn subject(self) -> Subject {
        let (age, language) = self.among.unwrap_or(EVERYBODY);
        let parts = [(4, self.reason as u64), (4, self.number.into()), (3, age.into()), (13, self.period.into())];
        let packed = parts.into_iter().fold(0, |packed, (bits, part)| packed << bits | part & ((1 << bits) - 1));
        Subject::Wording(packed << 32 | u64::from(language))
    }
}

impl Sums {
    /// A wording was said that had this chance, 1/256 to 1, and this came after it, 0 to 1.
    #[must_use]
    pub fn heard(chance: f64, reward: f64) -> Self {
        Self { attempts: 1, ability: steps(1.0 / chance), ..Self::liked(chance, reward) }
    }

    /// A learner said something about a wording: it adds to what came after it, or takes from that.
    #[must_use]
    pub fn liked(chance: f64, reward: f64) -> Self {
        Self { slope_score: steps(reward / chance), ..Self::default() }
    }

    /// What comes after a wording in the mean, drawn `toward` a value as if by so much weight.
    #[must_use]
    pub fn worth(&self, toward: f64, strength: f64) -> f64 {
        // Weights are above zero; whatever else a store may hold, nothing is divided by zero.
        let [weight, reward] = [self.ability, self.slope_score].map(|sum| sum as f64 / STEPS);
        (reward + strength * toward) / (weight.max(0.0) + strength)
    }
}

fn steps(x: f64) -> i64 {
    (x * STEPS).round() as i64
}
