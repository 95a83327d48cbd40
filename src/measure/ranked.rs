//! How well scores tell two outcomes apart.

use super::{Weights, order::Order};

/// Rows ranked by their scores, to be measured under many weights.
#[derive(Clone, Debug)]
pub struct Ranked(Order<bool>);

impl Ranked {
    /// Sorts the rows, once.
    #[must_use]
    pub fn new(scores: &[f32], outcomes: &[bool], clusters: &[u32]) -> Self {
        Self(Order::new(scores, outcomes.iter().copied(), clusters))
    }

    /// The area under the ROC curve: how likely a row that came true has a higher score than one that did not, ties
    /// counting half. One pass.
    #[must_use]
    pub fn auc(&self, weights: &Weights) -> Option<f64> {
        self.0.pairs(weights, Some).share()
    }
}
