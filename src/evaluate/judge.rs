//! Takes a measure of ours and of each rival on the same rows, with intervals and paired differences.

use super::{Figure, Measure, Rival};
use crate::measure::{Bootstrap, Errors, Interval, RankCorrelation, Ranked, Weights};

/// How often learners are drawn anew.
const REPLICATES: usize = 400;
/// Where drawing them starts.
const SEED: u64 = 2013;

/// Rows, what came of them, and what was said before.
pub(super) struct Scored<'a> {
    pub outcomes: &'a [bool],
    pub clusters: &'a [u32],
    pub ours: &'a [f32],
    pub rivals: &'a [(&'static str, Vec<f32>)],
}

/// Takes measures and their intervals.
pub(super) struct Judge {
    bootstrap: Bootstrap,
    ones: Weights,
}

/// Where a measure is better.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Better {
    Higher,
    Lower,
}

impl Judge {
    /// Of so many learners.
    pub fn new(learners: usize) -> Self {
        Self { bootstrap: Bootstrap::new(learners, REPLICATES, SEED), ones: Weights::ones(learners) }
    }

    /// Area under the ROC curve.
    pub fn auc(&self, name: &'static str, rows: &Scored) -> Option<Measure> {
        self.compare(name, Better::Higher, rows, |scores| {
            let ranked = Ranked::new(scores, rows.outcomes, rows.clusters);
            move |weights: &Weights| ranked.auc(weights)
        })
    }

    /// Log loss, Brier score and expected calibration error, for those that speak of probabilities.
    pub fn errors(&self, rows: &Scored) -> Vec<Measure> {
        let of = |name, metric: fn(&Errors, &Weights) -> Option<f64>| {
            self.compare(name, Better::Lower, rows, |scores| {
                let errors = Errors::new(scores, rows.outcomes, rows.clusters);
                move |weights: &Weights| metric(&errors, weights)
            })
        };
        let measures = [
            of("log loss", Errors::log_loss),
            of("Brier", Errors::brier),
            of("calibration error", Errors::calibration_error),
        ];
        measures.into_iter().flatten().collect()
    }

    /// Spearman's rho with `truth`.
    pub fn correlation(&self, name: &'static str, truth: &[f32], rows: &Scored) -> Option<Measure> {
        self.compare(name, Better::Higher, rows, |scores| {
            let correlation = RankCorrelation::new(scores, truth, rows.clusters);
            move |weights: &Weights| correlation.rho(weights)
        })
    }

    /// One metric of ours and of every rival, and the paired differences.
    pub fn compare<M: Fn(&Weights) -> Option<f64> + Sync>(
        &self,
        name: &'static str,
        better: Better,
        rows: &Scored,
        metric: impl Fn(&[f32]) -> M,
    ) -> Option<Measure> {
        let take = |scores: &[f32]| {
            let metric = metric(scores);
            Some((metric(&self.ones)?, self.bootstrap.values(metric)))
        };
        let (value, drawn) = take(rows.ours)?;
        let ours = figure(value, drawn.iter().copied())?;
        let sign = if better == Better::Higher { 1.0 } else { -1.0 };
        let against = |(name, scores): &(&'static str, Vec<f32>)| {
            let (theirs, theirs_drawn) = take(scores)?;
            let differences =
                drawn.iter().zip(&theirs_drawn).map(|(ours, theirs)| Some(sign * ((*ours)? - (*theirs)?)));
            let gain = figure(sign * (value - theirs), differences)?;
            Some(Rival { name, figure: figure(theirs, theirs_drawn.iter().copied())?, gain })
        };
        Some(Measure { name, ours, rivals: rows.rivals.iter().filter_map(against).collect() })
    }
}

fn figure(value: f64, drawn: impl Iterator<Item = Option<f64>>) -> Option<Figure> {
    let Interval { low, high } = Interval::of(drawn)?;
    Some(Figure { value, low, high })
}
