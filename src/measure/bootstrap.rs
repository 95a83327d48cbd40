//! How sure a measure is: it is taken again on learners drawn anew.

use std::{num::NonZero, thread};

use super::Weights;

/// Where the middle 95 % of the replicates lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The 2.5th percentile.
    pub low: f64,
    /// The 97.5th percentile.
    pub high: f64,
}

/// Replicates of a clustered bootstrap: in each, as many clusters are drawn, with replacement, as there are. Rows of
/// one learner come and go together, since they are not independent.
#[derive(Clone, Debug)]
pub struct Bootstrap(Vec<Weights>);

impl Bootstrap {
    /// Draws the replicates; the same seed draws the same.
    #[must_use]
    pub fn new(clusters: usize, replicates: usize, seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        Self((0..replicates).map(|_| draw(clusters, &mut random)).collect())
    }

    /// The interval of a measure.
    #[must_use]
    pub fn interval(&self, metric: impl Fn(&Weights) -> Option<f64> + Sync) -> Option<Interval> {
        Interval::of(self.values(metric))
    }

    /// A measure on each replicate. Two of them differ pair by pair: a paired difference is taken from both. Threads share the
    /// work; how many makes no difference.
    #[must_use]
    pub fn values(&self, metric: impl Fn(&Weights) -> Option<f64> + Sync) -> Vec<Option<f64>> {
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        let share = self.0.len().div_ceil(threads).max(1);
        let mut values = vec![None; self.0.len()];
        thread::scope(|scope| {
            for (values, replicates) in values.chunks_mut(share).zip(self.0.chunks(share)) {
                let metric = &metric;
                scope.spawn(move || {
                    for (value, weights) in values.iter_mut().zip(replicates) {
                        *value = metric(weights);
                    }
                });
            }
        });
        values
    }
}

impl Interval {
    /// By percentiles of what the replicates gave; `None` if fewer than half of them have a value.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Option<f64>>) -> Option<Self> {
        let values: Vec<Option<f64>> = values.into_iter().collect();
        let mut known: Vec<f64> = values.iter().copied().flatten().filter(|value| value.is_finite()).collect();
        if known.len() * 2 < values.len() {
            return None;
        }
        known.sort_unstable_by(f64::total_cmp);
        Some(Self { low: quantile(&known, 0.025)?, high: quantile(&known, 0.975)? })
    }
}

/// One replicate.
fn draw(clusters: usize, random: &mut fastrand::Rng) -> Weights {
    let mut multiplicities = vec![0_u16; clusters];
    for _ in 0..clusters {
        // Drawn as `u64`, so that a seed means the same on every machine.
        if let Some(multiplicity) = multiplicities.get_mut(random.u64(..clusters as u64) as usize) {
            *multiplicity = multiplicity.saturating_add(1);
        }
    }
    multiplicities.into()
}

/// A quantile of sorted values, between two of them by linear interpolation.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = sorted.len().saturating_sub(1) as f64 * share;
    let (low, high) = (sorted.get(place.floor() as usize)?, sorted.get(place.ceil() as usize)?);
    Some(low + (high - low) * place.fract())
}
