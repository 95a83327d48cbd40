//! The number a message may carry: one a reason, and always one that the decision was made on.

use crate::{
    learner::{Reading, Readings},
    reason::Reason,
};

/// A number in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placeable {
    /// What it goes by in catalogues, without the `$`.
    pub name: &'static str,
    /// One of the kind that comes up, for whoever looks at catalogues.
    pub sample: u32,
    reading: Reading,
    more: u32,
}

impl Placeable {
    /// What the messages of a reason may carry.
    #[must_use]
    pub fn of(reason: Reason) -> Option<Self> {
        match reason {
            Reason::StreakMilestone => Some(Self { name: "count", sample: 5, reading: Reading::SuccessRun, more: 0 }),
            Reason::PersonalBest => Some(Self { name: "count", sample: 9, reading: Reading::SuccessRun, more: 0 }),
            // The errors, and the answer that solved it.
            Reason::PersistencePaidOff => {
                Some(Self { name: "tries", sample: 4, reading: Reading::ItemErrors, more: 1 })
            }
            Reason::LongSession => {
                Some(Self { name: "minutes", sample: 45, reading: Reading::SessionMinutes, more: 0 })
            }
            _ => None,
        }
    }

    /// The number at a decision.
    #[must_use]
    pub fn value(&self, readings: &Readings) -> u32 {
        readings.get(self.reading) as u32 + self.more
    }
}
