//! What is remembered about one learner: fixed size, whatever happens, in 800 bytes.

mod codec;
mod gauges;
mod layout;
mod parts;
mod readings;
mod scalar;
mod seen;

use arrayvec::ArrayVec;

pub use codec::Malformed;
pub use gauges::{CEILING, Gauge, Gauges, HALF_LIVES};
pub use parts::{
    Clock, LastAnswer, Level, Mood, Opportunity, Pace, Place, Progress, Said, Session, Skill, Spoken, Trace,
};
pub use readings::{Reading, Readings};
pub use scalar::{F24, LogOdds, Unit, logistic};
pub use seen::Seen;

/// How many event ids are remembered.
pub const SEEN: usize = 32;
/// How many skills are remembered, the last used first.
pub const SKILLS: usize = 5;
/// How many attempts a content fault can take back.
pub const OPPORTUNITIES: usize = 8;
/// How many decisions can be explained.
pub const TRACES: usize = 8;

/// One learner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learner {
    /// How many events and nudges were applied. The next one gets the next number; commits are versioned by it.
    pub sequence: u64,
    /// The rules the last decisions were made under: a hash of policy and model.
    pub rules: u16,
    /// A hash of the ids that stood before the last 32 in the batch they came in; zero where they came otherwise.
    pub before: u32,
    /// Where the learner is in time.
    pub clock: Clock,
    /// Known events, newest last.
    pub seen: ArrayVec<Seen, SEEN>,
    /// The sitting under way.
    pub session: Session,
    /// Counts and runs over everything.
    pub progress: Progress,
    /// The item in hand.
    pub place: Place,
    /// The learner's own speed.
    pub pace: Pace,
    /// What happened lately, fading.
    pub gauges: Gauges,
    /// Skills, the last used first.
    pub skills: ArrayVec<Skill, SKILLS>,
    /// The last attempts and opportunities, newest last.
    pub attempts: ArrayVec<Opportunity, OPPORTUNITIES>,
    /// The estimates' own past: frustration, confidence, disengagement, wheel-spinning.
    pub moods: [Mood; 4],
    /// What was said, and when.
    pub said: Said,
    /// The last decisions, newest last.
    pub traces: ArrayVec<Trace, TRACES>,
}

impl Learner {
    /// The known event with that id.
    #[must_use]
    pub fn recall(&self, id: u64) -> Option<&Seen> {
        self.seen.iter().rev().find(|seen| seen.is(id))
    }
}

/// The part of an item's or a skill's hash that the record keeps; never zero, which means none.
#[must_use]
pub fn short(hash: u64) -> u32 {
    (hash as u32).max(1)
}

/// Appends, forgetting the oldest where it is full.
pub fn push<T, const N: usize>(ring: &mut ArrayVec<T, N>, item: T) {
    if ring.is_full() {
        ring.remove(0);
    }
    ring.push(item);
}
