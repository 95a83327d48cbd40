//! The core over a log: the engine without its store and its threads.

use std::{collections::HashMap, sync::Arc};

use crate::{
    engine::{Ask, Rules, Turn, apply},
    estimate::Model,
    event::Event,
    feedback::Policy,
    learner::Learner,
    statistics::{Snapshot, Subject, Sums},
};

/// After how many events new item statistics are seen.
const RENEW_EVERY: usize = 1_000;
/// A constant: nothing hashed with it outlives the process.
const SECRET: [u8; 16] = *b"kept in no store";

/// Learners on their way through a log.
pub struct Course {
    rules: Rules,
    learners: HashMap<Arc<str>, (u32, Learner)>,
    statistics: Snapshot,
    learns: bool,
    added: Vec<(Subject, Sums)>,
    since_renewal: usize,
}

/// What came of one event.
pub struct Taken<'a> {
    /// The learner's number, from 0 in the order of the log.
    pub number: u32,
    /// As the event left them.
    pub learner: &'a Learner,
    /// The statistics in use.
    pub statistics: &'a Snapshot,
    /// What it showed.
    pub turn: Turn,
}

impl Course {
    /// With what is known of items so far; `learns` if answers are to be added to that.
    #[must_use]
    pub fn new(model: Model, statistics: Snapshot, learns: bool) -> Self {
        let rules = Rules::new(model, Policy::silent());
        Self { rules, learners: HashMap::new(), statistics, learns, added: Vec::new(), since_renewal: 0 }
    }

    /// Takes one event, each learner's in order; `None` if it is known already.
    pub fn take(&mut self, event: &Event) -> Option<Taken<'_>> {
        self.since_renewal += 1;
        if self.since_renewal >= RENEW_EVERY {
            self.renew();
        }
        let number = self.learners.len() as u32;
        let (number, learner) =
            self.learners.entry(event.learner.shared()).or_insert_with(|| (number, Learner::default()));
        let id = event.id.keyed_hash(&SECRET);
        if learner.recall(id).is_some() {
            return None;
        }
        let ask = Ask { decide: false, ..Ask::default() };
        let turn = apply(&self.rules, learner, event, &self.statistics, ask, id);
        if self.learns {
            self.added.extend(turn.added.iter().copied());
        }
        Some(Taken { number: *number, learner, statistics: &self.statistics, turn })
    }

    /// The coefficients in use.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.rules.model
    }

    /// What is known of items at the end.
    #[must_use]
    pub fn into_statistics(mut self) -> Snapshot {
        self.renew();
        self.statistics
    }

    fn renew(&mut self) {
        self.since_renewal = 0;
        self.statistics.extend(self.added.drain(..));
    }
}
