//! How the learner is doing: one expectation and four estimates, each a logistic model over the record.

mod expectation;
mod feature;
mod head;
mod model;
mod shape;
mod term;
mod terms;

pub use expectation::Weights;
pub use feature::{Feature, Features};
pub use head::{Assessment, Calibration, Estimate, Head, Signal, Trend, assess, believe, feel, signals};
pub use model::{Linear, Model, Unusable};
pub use shape::Bound;
pub use term::{Term, Terms};

/// From a probability to log-odds, away from the ends.
pub(crate) fn logit(probability: f32) -> f32 {
    let p = probability.clamp(0.02, 0.98);
    (p / (1.0 - p)).ln()
}
