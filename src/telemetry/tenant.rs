//! What is counted of a tenant.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
};

use super::counters::Counters;
use crate::{
    estimate::{Assessment, Head},
    histogram::Histogram,
    reason::{Cause, Outcome, Reason, Verdict},
    stripes::Stripes,
};

const RECEIVED: usize = 0;
const SENT: usize = 1;

/// Scores and chances.
const SHARES: &[f64; 10] = &[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// What became of an event that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It changed the learner's record.
    Taken = 0,
    /// It was known.
    Duplicate = 1,
    /// It was refused.
    Rejected = 2,
}

impl Arrival {
    pub(super) const ALL: [(Self, &'static str); 3] =
        [(Self::Taken, "taken"), (Self::Duplicate, "duplicate"), (Self::Rejected, "rejected")];
}

/// What the estimates were, of everybody: by tenant they would be too many numbers for what they tell.
#[derive(Debug)]
pub(super) struct Estimates {
    pub(super) heads: [Histogram; Head::ALL.len()],
    pub(super) p_next_correct: Histogram,
}

/// A tenant's counters. Counting is an addition or two, so that this is kept by whoever counts often.
#[derive(Debug)]
pub struct Tenant {
    name: Arc<str>,
    estimates: Arc<Estimates>,
    calls: Counters<(&'static str, &'static str)>,
    counted: Stripes<Counted>,
    pub(super) streams: AtomicI64,
}

/// What some of the threads counted, by number.
#[derive(Debug, Default)]
struct Counted {
    events: [AtomicU64; Arrival::ALL.len()],
    spoken: [AtomicU64; 1 + Reason::ALL.len()],
    silent: [AtomicU64; 32],
    outcomes: [AtomicU64; 1 + Outcome::ALL.len()],
    /// Messages of streams: received, and sent.
    messages: [AtomicU64; 2],
}

impl Default for Estimates {
    fn default() -> Self {
        Self { heads: Head::ALL.map(|_| Histogram::new(SHARES)), p_next_correct: Histogram::new(SHARES) }
    }
}

impl Tenant {
    pub(super) fn new(name: &str, estimates: &Arc<Estimates>) -> Self {
        Self {
            name: Arc::from(name),
            estimates: Arc::clone(estimates),
            calls: Counters::default(),
            counted: Stripes::default(),
            streams: AtomicI64::new(0),
        }
    }

    /// The name it is counted under.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// An event arrived. One that was only tried out does not count.
    pub fn event(&self, arrival: Arrival) {
        add(&self.counted.mine().events, arrival as usize);
    }

    /// It was decided whether to say something. What was decided before does not count again.
    pub fn decided(&self, verdict: &Verdict) {
        match *verdict {
            Verdict::Undecided => {}
            Verdict::Spoken { reason, .. } => add(&self.counted.mine().spoken, reason as usize),
            Verdict::Silent { cause, .. } => add(&self.counted.mine().silent, cause as usize),
        }
    }

    /// It was estimated how a learner is doing.
    pub fn estimated(&self, assessment: &Assessment) {
        for (scores, estimate) in self.estimates.heads.iter().zip(&assessment.estimates) {
            scores.observe(estimate.score.into());
        }
        self.estimates.p_next_correct.observe(assessment.p_next_correct.into());
    }

    /// A message came in by a stream.
    pub(super) fn received(&self) {
        add(&self.counted.mine().messages, RECEIVED);
    }

    /// A message went out by a stream.
    pub(super) fn sent(&self) {
        add(&self.counted.mine().messages, SENT);
    }

    /// It was reported what became of a message.
    pub fn outcome(&self, outcome: Outcome) {
        add(&self.counted.mine().outcomes, outcome as usize);
    }

    pub(super) fn called(&self, method: &'static str, code: &'static str) {
        self.calls.add((method, code));
    }

    pub(super) fn calls(&self) -> Vec<((&'static str, &'static str), u64)> {
        self.calls.read()
    }

    pub(super) fn events(&self) -> [(&'static str, u64); Arrival::ALL.len()] {
        Arrival::ALL.map(|(arrival, name)| (name, self.count(|counted| &counted.events, arrival as usize)))
    }

    pub(super) fn spoken(&self) -> [(Reason, u64); Reason::ALL.len()] {
        Reason::ALL.map(|reason| (reason, self.count(|counted| &counted.spoken, reason as usize)))
    }

    pub(super) fn silent(&self) -> [(Cause, u64); Cause::ALL.len()] {
        Cause::ALL.map(|cause| (cause, self.count(|counted| &counted.silent, cause as usize)))
    }

    pub(super) fn outcomes(&self) -> [(Outcome, u64); Outcome::ALL.len()] {
        Outcome::ALL.map(|outcome| (outcome, self.count(|counted| &counted.outcomes, outcome as usize)))
    }

    pub(super) fn messages(&self) -> [(&'static str, u64); 2] {
        [(RECEIVED, "received"), (SENT, "sent")]
            .map(|(place, name)| (name, self.count(|counted| &counted.messages, place)))
    }

    /// What all threads counted in a place.
    fn count<const N: usize>(&self, counts: impl Fn(&Counted) -> &[AtomicU64; N], place: usize) -> u64 {
        let count = |counted| counts(counted).get(place).map_or(0, |count| count.load(Relaxed));
        self.counted.all().map(count).sum()
    }
}

fn add(counts: &[AtomicU64], place: usize) {
    if let Some(count) = counts.get(place) {
        count.fetch_add(1, Relaxed);
    }
}
