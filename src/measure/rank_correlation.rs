//! How far two columns put rows in the same order.

use super::{Weights, order::Order};

/// Rows ranked by each of two columns, say an estimate and what the learner said.
#[derive(Clone, Debug)]
pub struct RankCorrelation {
    first: Order<usize>,
    second: Order<usize>,
    clusters: Vec<u32>,
}

impl RankCorrelation {
    /// Sorts the rows, once by each column.
    #[must_use]
    pub fn new(first: &[f32], second: &[f32], clusters: &[u32]) -> Self {
        let order = |column| Order::new(column, 0..clusters.len(), clusters);
        Self { first: order(first), second: order(second), clusters: clusters.to_vec() }
    }

    /// Spearman's rho: the correlation of midranks. A row of weight n counts, and takes up ranks, as if it stood there
    /// n times. `None` also if one of the columns is the same everywhere.
    #[must_use]
    pub fn rho(&self, weights: &Weights) -> Option<f64> {
        let (first, second) = (self.midranks(&self.first, weights), self.midranks(&self.second, weights));
        let (mut covariance, mut first_variance, mut second_variance) = (0.0, 0.0, 0.0);
        for ((first, second), &cluster) in first.iter().zip(second).zip(&self.clusters) {
            let weight = f64::from(weights.of(cluster));
            covariance += weight * first * second;
            first_variance += weight * first * first;
            second_variance += weight * second * second;
        }
        let spread = (first_variance * second_variance).sqrt();
        (spread > 0.0).then(|| (covariance / spread).clamp(-1.0, 1.0))
    }

    /// Twice every row's midrank, from their mean: the weight below its tie less the weight above.
    fn midranks(&self, order: &Order<usize>, weights: &Weights) -> Vec<f64> {
        let weigh = |cluster: u32| f64::from(weights.of(cluster));
        let mut ranks = vec![0.0; self.clusters.len()];
        let mut below = 0.0;
        let mut above: f64 = self.clusters.iter().copied().map(weigh).sum();
        for tie in order.ties() {
            let weight: f64 = tie.iter().map(|row| weigh(row.cluster)).sum();
            above -= weight;
            for row in tie {
                if let Some(rank) = ranks.get_mut(row.tag) {
                    *rank = below - above;
                }
            }
            below += weight;
        }
        ranks
    }
}
