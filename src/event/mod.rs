//! What a learner did: validated and free of any transport. What does not parse here does not exist further up.

mod action;
mod contents;
mod id;
mod tenant;
mod time;

pub use action::{Action, Attempt, Feeling, Hint};
pub use id::{Id, MAX_ID_BYTES, Name, class_hash, item_hash, skill_hash, zone_hash};
pub use tenant::Tenant;
pub use time::Timestamp;

use arrayvec::ArrayVec;

/// The most skills one event may name.
pub const MAX_SKILLS: usize = 16;

/// An event that cannot be taken: which field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct Invalid {
    /// The field's path in the API, relative to the event, such as `attempt.response_time`.
    pub field: String,
    /// What is wrong, and what would be right.
    pub problem: String,
}

impl Invalid {
    /// Names a field and its problem.
    pub fn new(field: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }
}

/// What is at stake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Errors are free; the only mode in which anything is said.
    #[default]
    Practice,
    /// Counts towards a grade.
    Graded,
    /// An examination.
    Exam,
}

/// When an event happened, by the clocks involved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// By the device's clock, when it happened.
    pub occurred_at: Option<Timestamp>,
    /// By the device's clock, when it was sent.
    pub sent_at: Option<Timestamp>,
    /// By the server's clock, when it arrived; a replay has none.
    pub received_at: Option<Timestamp>,
}

impl Clocks {
    /// When it happened by the server's clock. The device's error is what `sent_at` differs by on arrival; without
    /// `sent_at` all that is known is that nothing happens after it is received.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        match (self.occurred_at, self.sent_at, self.arrived_at()) {
            (Some(occurred), Some(sent), Some(arrived)) => Some((occurred + (arrived - sent)).min(arrived)),
            (Some(occurred), _, Some(arrived)) => Some(occurred.min(arrived)),
            (Some(occurred), _, None) => Some(occurred),
            (None, _, arrived) => arrived,
        }
    }

    /// When it arrived; in a replay, when it was sent.
    fn arrived_at(&self) -> Option<Timestamp> {
        self.received_at.or(self.sent_at)
    }

    /// How long it waited before it arrived, in milliseconds. In a replay, what the device itself held it back.
    #[must_use]
    pub fn delay_ms(&self) -> i64 {
        match (self.at(), self.arrived_at()) {
            (Some(at), Some(received)) => received - at,
            _ => 0,
        }
    }
}

/// One validated event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique for the learner.
    pub id: Id,
    /// Who.
    pub learner: Id,
    /// The hash of the sitting, where the platform names one; never zero.
    pub session: Option<u32>,
    /// The hash of the class, where the platform names one.
    pub class: Option<u64>,
    /// What is at stake.
    pub mode: Mode,
    /// The hash of item and part.
    pub item: Option<u64>,
    /// The hashes of the skills, each once.
    pub skills: ArrayVec<u64, MAX_SKILLS>,
    /// When.
    pub clocks: Clocks,
    /// The order is known, the clock is not.
    pub untimed: bool,
    /// The hash of the device; zero where none is named.
    pub device: u32,
    /// The device's own count, from 1.
    pub device_seq: Option<u64>,
    /// The learner came to the item by a suggestion that went with a message.
    pub suggested: bool,
    /// What was done.
    pub action: Action,
}

impl Event {
    /// When it happened by the server's clock; `None` where the order is all that is known.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        if self.untimed { None } else { self.clocks.at() }
    }
}
