//! Training learners in folds, each with the item statistics of the others.

use super::everybody;
use crate::{
    estimate::Model,
    evaluate::{Course, Split, Taken},
    event::Event,
    statistics::Snapshot,
};

/// More folds, statistics nearer to those of a warm server.
const FOLDS: u64 = 10;

/// A log's training learners.
pub struct Folds {
    /// Events of each fold, in the order of the log, and what they add to the statistics.
    folds: Vec<(Vec<Event>, Snapshot)>,
}

impl Folds {
    pub(super) fn new(training: Vec<Event>, split: Split) -> Self {
        let mut folds: Vec<(Vec<Event>, Snapshot)> = (0..FOLDS).map(|_| Default::default()).collect();
        for event in training {
            let fold = split.fold(event.learner.as_str(), FOLDS);
            if let Some((events, _)) = folds.get_mut(fold as usize) {
                events.push(event);
            }
        }
        for (events, added) in &mut folds {
            // What counts as an opportunity depends on no coefficient.
            let mut course = Course::new(Model::default(), Snapshot::default(), true);
            for event in &*events {
                course.take(event);
            }
            *added = course.into_statistics();
        }
        Self { folds }
    }

    /// What all of them add to the item statistics.
    pub(super) fn statistics(&self) -> Snapshot {
        everybody(self.folds.iter().map(|(_, added)| added.clone()))
    }

    /// Runs everybody through the core, each fold with the statistics of the others. `begin` is called before each fold.
    pub(super) fn run<S>(
        &self,
        model: &Model,
        mut begin: impl FnMut() -> S,
        mut see: impl FnMut(&mut S, &Event, &Taken),
    ) -> Vec<S> {
        let places = 0..self.folds.len();
        let run = |(place, (events, _)): (usize, &(Vec<Event>, Snapshot))| {
            let others = places.clone().zip(&self.folds).filter(|(other, _)| *other != place);
            let statistics = everybody(others.map(|(_, (_, added))| added.clone()));
            let mut course = Course::new(model.clone(), statistics, false);
            let mut state = begin();
            for event in events {
                if let Some(taken) = course.take(event) {
                    see(&mut state, event, &taken);
                }
            }
            state
        };
        self.folds.iter().enumerate().map(run).collect()
    }
}
