//! What coefficients are learned from.

use super::Failed;

/// What to learn from: rows of signals, each with its outcome and how much it weighs.
#[derive(Clone, Debug)]
pub struct Design {
    pub(super) width: usize,
    /// Row after row.
    pub(super) rows: Vec<f32>,
    /// Per row, the outcome and the weight.
    pub(super) outcomes: Vec<(bool, f32)>,
}

impl Design {
    /// Without rows yet, for so many columns.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self { width, rows: Vec::new(), outcomes: Vec::new() }
    }

    /// Adds a row. One that weighs nothing is left out.
    ///
    /// # Errors
    ///
    /// If it is not as wide as the design, or has a value that is not finite, or a negative weight.
    pub fn push(&mut self, row: &[f32], outcome: bool, weight: f32) -> Result<(), Failed> {
        if row.len() != self.width {
            return Err(Failed::Shape { width: self.width, found: row.len() });
        }
        if !(weight.is_finite() && weight >= 0.0 && row.iter().all(|value| value.is_finite())) {
            return Err(Failed::Value);
        }
        if weight > 0.0 {
            self.rows.extend_from_slice(row);
            self.outcomes.push((outcome, weight));
        }
        Ok(())
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    /// Per column, the weighted mean of something about its values.
    pub(super) fn means(&self, each: impl Fn(usize, f64) -> f64) -> Vec<f64> {
        let (mut sums, mut total) = (vec![0.0; self.width], 0.0);
        for (row, &(_, weight)) in self.rows.chunks_exact(self.width).zip(&self.outcomes) {
            total += f64::from(weight);
            for (column, (sum, &value)) in sums.iter_mut().zip(row).enumerate() {
                *sum += f64::from(weight) * each(column, f64::from(value));
            }
        }
        sums.into_iter().map(|sum| sum / total).collect()
    }
}
