//! Training learners in folds, each with the item statistics of the others.

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
    split: Split,
    /// In the order of the log.
    events: Vec<Event>,
    /// What each fold adds to the statistics.
    added: Vec<Snapshot>,
}

impl Folds {
    pub(super) fn new(events: Vec<Event>, split: Split) -> Self {
        let mut added: Vec<Snapshot> = (0..FOLDS).map(|_| Snapshot::default()).collect();
        // What an answer adds depends on no coefficient, only on what was known of items by then.
        let mut course = Course::new(Model::default(), Snapshot::default(), true);
        for event in &events {
            let fold = split.fold(event.learner.as_str(), FOLDS) as usize;
            if let (Some(taken), Some(added)) = (course.take(event), added.get_mut(fold)) {
                added.extend(taken.turn.added);
            }
        }
        Self { split, events, added }
    }

    /// What all of them add to the item statistics.
    pub(super) fn statistics(&self) -> Snapshot {
        together(&self.added)
    }

    /// Runs everybody through the core, each fold with the statistics of the others, and a state of its own.
    pub(super) fn run<S: Default>(&self, model: &Model, mut see: impl FnMut(&mut S, &Event, &Taken)) -> Vec<S> {
        let run = |fold: u64| {
            let others = (0..).zip(&self.added).filter(|(other, _)| *other != fold).map(|(_, added)| added);
            let mut course = Course::new(model.clone(), together(others), false);
            let mut state = S::default();
            for event in self.events.iter().filter(|event| self.split.fold(event.learner.as_str(), FOLDS) == fold) {
                if let Some(taken) = course.take(event) {
                    see(&mut state, event, &taken);
                }
            }
            state
        };
        (0..FOLDS).map(run).collect()
    }
}

fn together<'a>(parts: impl IntoIterator<Item = &'a Snapshot>) -> Snapshot {
    let mut all = Snapshot::default();
    for part in parts {
        all.extend(part.clone());
    }
    all
}
