//! Logistic regression with bounds on the signs of its coefficients.
//!
//! There is one optimum, whoever finds it. Newton's steps do: each goes to the lowest point within bounds of the parabola
//! that fits the cost where it starts, which PANOC finds. The rows are read once per step, some ten times in all, however
//! much the columns say the same.

use optimization_engine::constraints::Rectangle;
use optimization_engine::panoc::{PANOCCache, PANOCOptimizer};
use optimization_engine::{Problem, SolverError};

use super::{
    Design,
    objective::{Column, Objective, Parabola, dot},
};
use crate::estimate::Bound;

/// Done when no slope this steep is left that the bounds would let it go down; scikit-learn stops at 1e-4.
const SLOPE: f64 = 1e-9;
/// Passes over the rows to get there. Ten are many.
const PASSES: usize = 100;
/// What a cost may rise by only for how it is rounded.
const ROUNDING: f64 = 1e-14;
/// For PANOC, within a step: the fixed-point residual to stop at, in units of the slope. The next step makes up the rest.
const NEAR: f64 = 1e-4;
const ITERATIONS: usize = 2000;

/// Why nothing was fitted.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Failed {
    /// A row, the bounds or the prior are not as wide as the design.
    #[error("{found} values for {width} columns")]
    Shape {
        /// How many columns there are.
        width: usize,
        /// How many values were given for them.
        found: usize,
    },
    /// A number nothing can be learned from.
    #[error("a value that is not finite, a weight below zero, or a penalty that is not above")]
    Value,
    /// No row that weighs anything, or no column.
    #[error("no rows, or no columns")]
    Empty,
    /// Nothing to tell apart.
    #[error("every outcome is {0}: nothing to tell apart")]
    OneClass(bool),
    /// Stopped short of the optimum.
    #[error("no optimum found: a slope of {slope:e} is left")]
    NotConverged {
        /// The steepest slope left, in standardised columns.
        slope: f64,
    },
    /// The solver came upon numbers it could not go on with.
    #[error("the solver failed: {0}")]
    Solver(#[from] SolverError),
}

/// The optimum.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The log-odds where every column is zero.
    pub bias: f32,
    /// One coefficient per column.
    pub weights: Vec<f32>,
}

/// Fits one coefficient per column. A column that is the same in every row, or all but the same, keeps its prior, as near
/// as its bound allows.
///
/// # Errors
///
/// If the arguments do not fit the design, or there is nothing to learn from it.
pub fn fit(design: &Design, bounds: &[Bound], prior: &[f32], penalty: f64) -> Result<Solution, Failed> {
    let width = design.width;
    if let Some(found) = [bounds.len(), prior.len()].into_iter().find(|&found| found != width) {
        return Err(Failed::Shape { width, found });
    }
    if !(penalty.is_finite() && penalty > 0.0 && prior.iter().all(|value| value.is_finite())) {
        return Err(Failed::Value);
    }
    let (Some(&(first, _)), 1..) = (design.outcomes.first(), width) else { return Err(Failed::Empty) };
    if design.outcomes.iter().all(|&(outcome, _)| outcome == first) {
        return Err(Failed::OneClass(first));
    }
    let objective = Objective::new(design, bounds, prior, penalty);
    let (bias, weights) = objective.restored(&optimum(&objective)?);
    Ok(Solution { bias, weights })
}

/// Where the cost is least.
fn optimum(objective: &Objective) -> Result<Vec<f64>, Failed> {
    let columns = &objective.columns;
    let mut point = objective.start();
    let (mut here, mut passes) = (objective.parabola(&point), 1);
    loop {
        let slope = steepest(columns, &point, &here);
        if !(slope.is_finite() && here.cost.is_finite()) {
            return Err(Failed::NotConverged { slope });
        }
        if slope < SLOPE {
            return Ok(point);
        }
        let mut step = step(columns, &point, &here, slope)?;
        (point, here) = loop {
            if passes == PASSES {
                return Err(Failed::NotConverged { slope });
            }
            passes += 1;
            let ways = columns.iter().zip(&point).zip(&step);
            let next: Vec<f64> = ways.map(|((c, at), step)| (at + step).clamp(c.low, c.high)).collect();
            let there = objective.parabola(&next);
            if there.cost <= here.cost + ROUNDING {
                break (next, there);
            }
            // Too far for the parabola to hold: half of it then.
            step.iter_mut().for_each(|step| *step /= 2.0);
        };
    }
}

/// The steepest slope that the bounds would let a point go down.
fn steepest(columns: &[Column], point: &[f64], parabola: &Parabola) -> f64 {
    let within = columns.iter().zip(point).zip(&parabola.slopes);
    within.map(|((c, at), slope)| (at - (at - slope).clamp(c.low, c.high)).abs()).fold(0.0, f64::max)
}

/// The way to the parabola's lowest point within bounds.
fn step(columns: &[Column], point: &[f64], parabola: &Parabola, slope: f64) -> Result<Vec<f64>, Failed> {
    // PANOC does not learn from steps as short as the last ones are, so they are counted in units of the slope. A power of
    // two rounds nothing, so what goes to its bound arrives there.
    let unit = slope.log2().floor().exp2();
    let bent =
        |step: &[f64]| -> Vec<f64> { parabola.curvature.chunks_exact(step.len()).map(|row| dot(row, step)).collect() };
    let slopes = |step: &[f64], slopes: &mut [f64]| {
        for ((slope, start), bent) in slopes.iter_mut().zip(&parabola.slopes).zip(bent(step)) {
            *slope = start / unit + bent;
        }
        Ok(())
    };
    let cost = |step: &[f64], cost: &mut f64| {
        *cost = dot(&parabola.slopes, step) / unit + dot(&bent(step), step) / 2.0;
        Ok(())
    };
    let ways = columns.iter().zip(point);
    let (low, high): (Vec<f64>, Vec<f64>) = ways.map(|(c, at)| ((c.low - at) / unit, (c.high - at) / unit)).unzip();
    let bounds = Rectangle::new(Some(&low), Some(&high));
    let mut step = vec![0.0; point.len()];
    let mut cache = PANOCCache::new(step.len(), NEAR, step.len());
    PANOCOptimizer::new(Problem::new(&bounds, slopes, cost), &mut cache).with_max_iter(ITERATIONS).solve(&mut step)?;
    Ok(step.into_iter().map(|step| step * unit).collect())
}
