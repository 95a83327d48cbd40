//! The core over a log, twice in step: one learner under two policies, all else the same.

use std::{collections::HashMap, sync::Arc};

use hearten::{
    engine::{Ask, Rules, apply},
    event::{Action, Event},
    learner::Learner,
    reason::Verdict,
    statistics::{Snapshot, Subject, Sums},
};

use super::story::{Moment, Story};

/// After how many events new item statistics are seen, as in an offline replay.
const RENEW_EVERY: u64 = 1_000;
/// A constant: nothing hashed with it outlives the process.
const SECRET: [u8; 16] = *b"kept in no store";

/// Learners on their way through a log.
pub(super) struct Lockstep {
    rules: [Rules; 2],
    walks: HashMap<Arc<str>, Walk>,
    statistics: Snapshot,
    learns: bool,
    added: Vec<(Subject, Sums)>,
    passed: u64,
    /// Events whose id was known already: nothing comes of them.
    pub known: u64,
}

struct Walk {
    /// In the order of the log.
    number: usize,
    learners: [Learner; 2],
    story: Story,
}

impl Lockstep {
    pub fn new(rules: [Rules; 2], learns: bool) -> Self {
        let (statistics, added) = (Snapshot::default(), Vec::new());
        Self { rules, walks: HashMap::new(), statistics, learns, added, passed: 0, known: 0 }
    }

    /// Takes one event, each learner's in order.
    pub fn take(&mut self, event: &Event) {
        let number = self.walks.len();
        let walk = self.walks.entry(event.learner.shared()).or_insert_with(|| Walk {
            number,
            learners: [Learner::default(), Learner::default()],
            story: Story { learner: event.learner.shared(), moments: Vec::new() },
        });
        let id = event.id.keyed_hash(&SECRET);
        let ([a, b], [under_a, under_b]) = (&mut walk.learners, &self.rules);
        if a.recall(id).is_some() {
            self.known += 1;
        } else {
            let turn = apply(under_a, a, event, &self.statistics, Ask::default(), id);
            apply(under_b, b, event, &self.statistics, Ask::default(), id);
            if self.learns {
                // No policy changes what an answer shows about an item.
                self.added.extend(turn.added);
            }
            walk.story.moments.push(Moment::new(event, answer(event), a.clock.active_ms, [&*a, &*b].map(decided)));
        }
        self.passed += 1;
        if self.passed.is_multiple_of(RENEW_EVERY) {
            self.statistics.extend(self.added.drain(..));
        }
    }

    /// What happened to each learner, in the order in which the log names them.
    pub fn into_stories(self) -> Vec<Story> {
        let mut walks: Vec<Walk> = self.walks.into_values().collect();
        walks.sort_unstable_by_key(|walk| walk.number);
        walks.into_iter().map(|walk| walk.story).collect()
    }
}

fn decided(learner: &Learner) -> Verdict {
    learner.traces.last().map_or(Verdict::Undecided, |trace| trace.verdict)
}

fn answer(event: &Event) -> Option<bool> {
    match event.action {
        Action::Attempt(attempt) => Some(attempt.correct),
        _ => None,
    }
}
