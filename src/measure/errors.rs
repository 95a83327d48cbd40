//! How far predicted probabilities are from what happened.

use super::Weights;

/// Log loss takes no probability to be surer than this, so that one confident mistake stays finite.
const SUREST: f64 = 1e-6;

/// Calibration is looked at in so many bins of equal width.
const BINS: usize = 15;

/// Predictions held against outcomes, added up by cluster once, to be measured under many weights.
#[derive(Clone, Debug)]
pub struct Errors(Option<Vec<Sums>>);

/// One cluster's sums.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    rows: f64,
    log_loss: f64,
    squares: f64,
    /// Per bin, what was predicted beyond what came.
    excess: [f64; BINS],
}

impl Errors {
    /// Adds up the rows.
    #[must_use]
    pub fn new(predictions: &[f32], outcomes: &[bool], clusters: &[u32]) -> Self {
        let sound = predictions.len() == outcomes.len() && predictions.len() == clusters.len();
        if !sound || predictions.iter().any(|prediction| prediction.is_nan()) {
            return Self(None);
        }
        let count = clusters.iter().max().map_or(0, |most| *most as usize + 1);
        let mut sums = vec![Sums::default(); count];
        for ((&prediction, &outcome), &cluster) in predictions.iter().zip(outcomes).zip(clusters) {
            if let Some(sums) = sums.get_mut(cluster as usize) {
                sums.add(f64::from(prediction), outcome);
            }
        }
        Self(Some(sums))
    }

    /// The mean of −ln of the probability given to what happened, probabilities clamped to 1e-6 … 1 − 1e-6.
    #[must_use]
    pub fn log_loss(&self, weights: &Weights) -> Option<f64> {
        self.mean(weights, |sums| sums.log_loss)
    }

    /// The mean squared difference between probability and outcome.
    #[must_use]
    pub fn brier(&self, weights: &Weights) -> Option<f64> {
        self.mean(weights, |sums| sums.squares)
    }

    /// The expected calibration error: in 15 bins of equal width, each open above but the last, how far the mean prediction
    /// is from the mean outcome, averaged over bins by their weight.
    #[must_use]
    pub fn calibration_error(&self, weights: &Weights) -> Option<f64> {
        // A bin's weight cancels: its share times the difference of its means is the difference of its sums over all weight.
        let bins = (0..BINS).map(|bin| self.mean(weights, |sums| sums.excess.get(bin).copied().unwrap_or_default()));
        bins.map(|mean| mean.map(f64::abs)).sum()
    }

    fn mean(&self, weights: &Weights, of: impl Fn(&Sums) -> f64) -> Option<f64> {
        let (mut sum, mut total) = (0.0, 0.0);
        for (cluster, sums) in (0..).zip(self.0.as_ref()?) {
            let weight = f64::from(weights.of(cluster));
            sum += weight * of(sums);
            total += weight * sums.rows;
        }
        (total > 0.0 && sum.is_finite()).then(|| sum / total)
    }
}

impl Sums {
    fn add(&mut self, prediction: f64, outcome: bool) {
        let came = f64::from(u8::from(outcome));
        let sure = prediction.clamp(SUREST, 1.0 - SUREST);
        self.rows += 1.0;
        self.log_loss += if outcome { -sure.ln() } else { -(-sure).ln_1p() };
        self.squares += (prediction - came).powi(2);
        let bin = (prediction * BINS as f64) as usize;
        if let Some(excess) = self.excess.get_mut(bin.min(BINS - 1)) {
            *excess += prediction - came;
        }
    }
}
