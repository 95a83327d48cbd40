//! What is remembered about one learner: fixed size, whatever happens, in 800 bytes.

mod codec;
mod follow;
mod gauges;
mod layout;
mod locale;
mod old_layout;
mod parts;
mod preferences;
mod readings;
mod said;
mod scalar;
mod seen;
mod told;
mod traces;

use arrayvec::ArrayVec;

pub use codec::Malformed;
pub use follow::{AllFollowed, AllHeard, Came, FOLLOWS, Follow, Followed, Heard, Since, WINDOW};
pub use gauges::{CEILING, Gauge, Gauges, HALF_LIVES};
pub use locale::Locale;
pub use parts::{
    Attention, Clock, LastAnswer, Level, Mood, Opportunity, Pace, Place, Progress, Report, Session, Skill, Trace, Watch,
};
pub use preferences::{AgeBand, Preferences, Volume, Zone};
pub use readings::{Flags, Reading, Readings};
pub use said::{DISMISSALS, SPOKEN, Said, Spoken};
pub use scalar::{F24, LogOdds, Unit, logistic};
pub use seen::Seen;
pub use told::{Told, Value};
pub use traces::Traces;

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
    /// How many events and nudges were applied. The next one gets the next number, and its decision goes by it.
    pub sequence: u64,
    /// How many changes were made besides: preferences, and what became of messages.
    pub changes: u64,
    /// The rules the last decisions were made under: a hash of policy and model.
    pub rules: u16,
    /// A sum over the ids that came in one large batch and are not among the last 32; zero where the last came otherwise.
    pub before: u32,
    /// Where the learner is in time.
    pub clock: Clock,
    /// Known events, newest last.
    pub seen: ArrayVec<Seen, SEEN>,
    /// After which of them a nudge took a number: a bit each, the newest lowest.
    pub nudges: u32,
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
    /// What the learner said about frustration and confidence, while it stands in for them.
    pub reports: [Report; 2],
    /// What the policy's thresholds on frustration, confidence and wheel-spinning saw.
    pub watches: [Watch; 3],
    /// What was said, and when.
    pub said: Said,
    /// Decisions made by lot, while it is seen what comes of them, oldest first.
    pub follows: ArrayVec<Follow, FOLLOWS>,
    /// What was asked for.
    pub preferences: Preferences,
    /// The class last worked in, by 48 bits of its hash; zero where none was named.
    pub class: u64,
    /// Set while a teacher should have a look.
    pub attention: Option<Attention>,
    /// The last decisions.
    pub traces: Traces,
}

impl Learner {
    /// The known event with that id.
    #[must_use]
    pub fn recall(&self, id: u64) -> Option<&Seen> {
        self.seen.iter().rev().find(|seen| seen.is(id))
    }

    /// The number of the known event with that id.
    #[must_use]
    pub fn sequence_of(&self, id: u64) -> Option<u64> {
        self.sequence_at(self.seen.iter().rposition(|seen| seen.is(id))?)
    }

    /// The number of the known event at that place.
    #[must_use]
    pub fn sequence_at(&self, place: usize) -> Option<u64> {
        let back = self.seen.len().checked_sub(place + 1)? as u32;
        let nudges = self.nudges & (u32::MAX >> 31u32.saturating_sub(back));
        Some(self.sequence.saturating_sub(u64::from(back + nudges.count_ones())))
    }

    /// The decision of that number, if it is still known.
    #[must_use]
    pub fn decision(&self, number: u64) -> Option<Trace> {
        self.traces.all().into_iter().find(|trace| trace.sequence == number)
    }

    /// Remembers an event that has just taken its number.
    pub fn remember(&mut self, seen: Seen) {
        push(&mut self.seen, seen);
        self.nudges <<= 1;
    }

    /// What commits are versioned by.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.sequence.saturating_add(self.changes)
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
