//! Coefficients from logs.
//!
//! One learner in five is held out, by a hash of the id. The others' answers give the item statistics and the coefficients;
//! every learner's rows are seen with the statistics of other folds only, so that nobody's answers predict themselves.

mod design;
mod expectation;
mod file;
mod folds;
mod heads;
mod logistic;
mod objective;
mod rows;

pub use design::Design;
pub use file::Fitted;
pub use folds::Folds;
pub use logistic::{Failed, Solution, fit as logistic};

use crate::{
    estimate::{Head, Model, Unusable},
    evaluate::{Course, Report, Split, Witness},
    event::Event,
};

/// How many parts a model has: the expectation and the heads.
pub const PARTS: usize = 1 + Head::ALL.len();

/// One log's events, in its order.
pub struct Log {
    folds: Folds,
    held_out: Vec<Event>,
}

/// What kept a part of the model from being fitted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{part} stays as it was: {missing}")]
pub struct Unsupported {
    /// The part.
    pub part: &'static str,
    /// What is missing.
    pub missing: String,
}

impl Log {
    /// Splits a log.
    #[must_use]
    pub fn new(events: Vec<Event>, split: Split) -> Self {
        let (held_out, training) = events.into_iter().partition(|event| split.holds_out(event.learner.as_str()));
        Self { folds: Folds::new(training, split), held_out }
    }

    /// How well a model does on the learners held out, items warm.
    #[must_use]
    pub fn judge(&self, model: &Model) -> Report {
        let (witness, known) = self.witness(model);
        Report::new(model.version.clone(), known, &witness, None)
    }

    fn witness(&self, model: &Model) -> (Witness, u64) {
        let statistics = self.folds.statistics();
        let known = statistics.version();
        let mut course = Course::new(model.clone(), statistics, true);
        let mut witness = Witness::default();
        for event in &self.held_out {
            if let Some(taken) = course.take(event) {
                witness.see(model, event, &taken);
            }
        }
        (witness, known)
    }
}

/// Fits everything the logs support, starting from `model`; the rest stays as it is there, and is told.
pub fn fit(logs: &[Log], model: &Model, name: &str) -> Result<(Fitted, Vec<Unsupported>), Unusable> {
    let mut fitted = Fitted::new(name, model);
    let mut unsupported = Vec::new();
    match expectation::fit(logs, model) {
        Ok(weights) => fitted.expect(weights),
        Err(reason) => unsupported.push(reason),
    }
    // What counts as unexpected has changed.
    let rows = rows::Rows::gather(logs, &fitted.model()?);
    for head in Head::ALL {
        match heads::fit(&rows, head) {
            Ok(linear) => fitted.set(head, linear),
            Err(reason) => unsupported.push(reason),
        }
    }
    fitted.calibrated = heads::calibrated(logs, &fitted.model()?, model);
    Ok((fitted, unsupported))
}

/// A log large beside others counts more than they do, but not in proportion: a log of sixteen times the rows, eight times.
fn weight(rows: usize) -> f32 {
    (rows.max(1) as f32).powf(-0.25)
}
