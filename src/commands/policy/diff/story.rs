//! What a learner did, and what was decided each time under both policies.

use std::sync::Arc;

use hearten::{
    event::{Event, Id},
    reason::{Reason, Verdict},
};

/// One learner's way through the log.
pub(super) struct Story {
    pub learner: Arc<str>,
    pub moments: Vec<Moment>,
}

/// One event, and what came of it.
pub(super) struct Moment {
    /// The event, where the policies decide differently.
    pub changed: Option<Id>,
    /// Time at work up to it. No policy moves a clock, so there is one.
    pub active_ms: u64,
    /// Right or wrong, of an attempt.
    pub answer: Option<bool>,
    /// Under A and under B.
    pub verdicts: [Verdict; 2],
}

impl Moment {
    pub fn new(event: &Event, answer: Option<bool>, active_ms: u64, verdicts: [Verdict; 2]) -> Self {
        let [a, b] = verdicts.map(meaning);
        let changed = (a != b).then(|| event.id.clone());
        Self { changed, active_ms, answer, verdicts }
    }

    /// The change is one of what is said, not of a silence.
    pub fn is_heard(&self) -> bool {
        let [a, b] = self.said();
        a != b
    }

    /// Why something is said, under A and under B.
    pub fn said(&self) -> [Option<Reason>; 2] {
        self.verdicts.map(|verdict| match verdict {
            Verdict::Spoken { reason, .. } => Some(reason),
            _ => None,
        })
    }
}

impl Story {
    /// Time at work, all in all.
    pub fn active_ms(&self) -> u64 {
        self.moments.last().map_or(0, |moment| moment.active_ms)
    }

    /// How many decisions change.
    pub fn changed(&self) -> usize {
        self.moments.iter().filter(|moment| moment.changed.is_some()).count()
    }

    /// When something is said, in time at work, under A and under B.
    pub fn said_at(&self) -> [Vec<u64>; 2] {
        let mut at = [Vec::new(), Vec::new()];
        for moment in &self.moments {
            for (at, _) in at.iter_mut().zip(moment.said()).filter(|(_, said)| said.is_some()) {
                at.push(moment.active_ms);
            }
        }
        at
    }
}

/// The same decision in other words is the same: wordings go round, so which is next follows from what was said before.
fn meaning(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Spoken { reason, .. } => Verdict::Spoken { reason, wording: 0 },
        silent => silent,
    }
}
