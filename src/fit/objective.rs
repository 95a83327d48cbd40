//! What logistic regression minimises: `Σ w·logloss(y, b + x·β) / Σ w + penalty/2 · Σ (s·(β − prior))²`, where `s` is a
//! column's standard deviation: what is shrunk is what a column does to the log-odds, so the unit it is in does not matter.
//! The bias is free. The penalty makes it strictly convex.
//!
//! The rows are summed in chunks of a fixed size, and the chunks in their order, so the number of threads does not change a
//! bit of the result.

use std::thread;

use super::Design;
use crate::estimate::Bound;

/// Rows summed at a time.
const CHUNK: usize = 4096;
/// A column that deviates by less is constant: a standardised coefficient in the thousands, divided by it, is no `f32`.
const DEVIATION: f64 = 1e-35;

/// How a column is standardised, and what its coefficient may be. The bias is the last of them.
pub(super) struct Column {
    mean: f64,
    deviation: f64,
    pub low: f64,
    pub high: f64,
    /// What the coefficient is drawn to, as the column is.
    prior: f64,
    penalty: f64,
}

/// The cost at a point, its slopes there, and how they change: one row per slope.
#[derive(Clone)]
pub(super) struct Parabola {
    pub cost: f64,
    pub slopes: Vec<f64>,
    pub curvature: Vec<f64>,
}

/// What is minimised, in standardised coefficients and the bias where every column is at its mean.
pub(super) struct Objective<'a> {
    design: &'a Design,
    pub columns: Vec<Column>,
    threads: usize,
}

impl Column {
    fn standardised(&self, value: f32) -> f64 {
        if self.deviation > 0.0 { (f64::from(value) - self.mean) / self.deviation } else { 0.0 }
    }

    /// What the standardised coefficient is drawn to.
    fn drawn(&self) -> f64 {
        self.prior * self.deviation
    }
}

impl<'a> Objective<'a> {
    pub fn new(design: &'a Design, bounds: &[Bound], prior: &[f32], penalty: f64) -> Self {
        // Counted from the first row, so that a constant column deviates by zero and not by a rounding error.
        let first: Vec<f64> = design.rows.iter().take(design.width).map(|&value| f64::from(value)).collect();
        let from = |origin: &[f64], column: usize, value: f64| value - origin.get(column).copied().unwrap_or_default();
        let means = design.means(|column, value| from(&first, column, value));
        let variances = design.means(|column, value| from(&means, column, from(&first, column, value)).powi(2));
        let moments = first.iter().zip(means).zip(variances).map(|((first, mean), variance)| (first + mean, variance));
        let mut columns: Vec<Column> = (moments.zip(bounds).zip(prior))
            .map(|(((mean, variance), bound), &prior)| {
                let deviation = Some(variance.sqrt()).filter(|&deviation| deviation >= DEVIATION).unwrap_or_default();
                let (low, high) = range(*bound);
                Column { mean, deviation, low, high, prior: f64::from(prior), penalty }
            })
            .collect();
        let (low, high) = range(Bound::Free);
        columns.push(Column { mean: 0.0, deviation: 0.0, low, high, prior: 0.0, penalty: 0.0 });
        Self { design, columns, threads: thread::available_parallelism().map_or(1, usize::from) }
    }

    /// Where to start: at the prior, as near as the bounds allow.
    pub fn start(&self) -> Vec<f64> {
        self.columns.iter().map(|column| column.drawn().clamp(column.low, column.high)).collect()
    }

    /// From standardised columns back to columns as they are: the bias and the coefficients.
    pub fn restored(&self, point: &[f64]) -> (f32, Vec<f32>) {
        let (mut bias, mut weights) = (point.last().copied().unwrap_or_default(), Vec::with_capacity(point.len()));
        for (column, at) in self.columns.iter().zip(point).take(self.design.width) {
            let constant = column.prior.clamp(column.low, column.high);
            let weight = if column.deviation > 0.0 { at / column.deviation } else { constant };
            bias -= weight * column.mean;
            weights.push(weight as f32);
        }
        (bias as f32, weights)
    }

    /// The cost around a point: one pass over the rows.
    pub fn parabola(&self, point: &[f64]) -> Parabola {
        let size = point.len();
        let nothing = Parabola { cost: 0.0, slopes: vec![0.0; size], curvature: vec![0.0; size * size] };
        let mut parts = vec![nothing.clone(); self.design.len().div_ceil(CHUNK)];
        let share = parts.len().div_ceil(self.threads);
        thread::scope(|scope| {
            let rows = self.design.rows.chunks(share * CHUNK * self.design.width);
            let outcomes = self.design.outcomes.chunks(share * CHUNK);
            for ((parts, rows), outcomes) in parts.chunks_mut(share).zip(rows).zip(outcomes) {
                scope.spawn(move || {
                    let chunks = rows.chunks(CHUNK * self.design.width).zip(outcomes.chunks(CHUNK));
                    for (part, (rows, outcomes)) in parts.iter_mut().zip(chunks) {
                        self.add(part, point, rows, outcomes);
                    }
                });
            }
        });
        let mut all = parts.into_iter().fold(nothing, |mut all, part| {
            all.cost += part.cost;
            all.slopes.iter_mut().zip(part.slopes).for_each(|(all, part)| *all += part);
            all.curvature.iter_mut().zip(part.curvature).for_each(|(all, part)| *all += part);
            all
        });
        let total: f64 = self.design.outcomes.iter().map(|&(_, weight)| f64::from(weight)).sum();
        all.cost /= total;
        all.slopes.iter_mut().chain(&mut all.curvature).for_each(|sum| *sum /= total);
        // Every size + 1 values, the diagonal.
        let diagonal = all.curvature.iter_mut().step_by(size + 1);
        for (((column, at), slope), curve) in self.columns.iter().zip(point).zip(&mut all.slopes).zip(diagonal) {
            let away = at - column.drawn();
            all.cost += column.penalty / 2.0 * away * away;
            *slope += column.penalty * away;
            *curve += column.penalty;
        }
        all
    }

    /// Adds one chunk of rows.
    fn add(&self, sums: &mut Parabola, point: &[f64], rows: &[f32], outcomes: &[(bool, f32)]) {
        let mut values = vec![1.0; point.len()];
        for (row, &(outcome, weight)) in rows.chunks_exact(self.design.width).zip(outcomes) {
            for ((standardised, &value), column) in values.iter_mut().zip(row).zip(&self.columns) {
                *standardised = column.standardised(value);
            }
            // How far the odds lean to what happened; nothing here overflows, however far.
            let lean = dot(&values, point) * if outcome { 1.0 } else { -1.0 };
            let odds = (-lean.abs()).exp();
            let missed = if lean < 0.0 { 1.0 } else { odds } / (1.0 + odds);
            let weight = f64::from(weight);
            sums.cost += weight * (odds.ln_1p() + (-lean).max(0.0));
            let pull = weight * if outcome { -missed } else { missed };
            let bend = weight * missed * (1.0 - missed);
            for ((slope, curves), value) in
                sums.slopes.iter_mut().zip(sums.curvature.chunks_exact_mut(point.len())).zip(&values)
            {
                *slope += pull * value;
                let bend = bend * value;
                curves.iter_mut().zip(&values).for_each(|(curve, value)| *curve += bend * value);
            }
        }
    }
}

/// The least and the greatest value.
fn range(bound: Bound) -> (f64, f64) {
    match bound {
        Bound::Free => (f64::NEG_INFINITY, f64::INFINITY),
        Bound::AtLeastZero => (0.0, f64::INFINITY),
        Bound::AtMostZero => (f64::NEG_INFINITY, 0.0),
    }
}

pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
