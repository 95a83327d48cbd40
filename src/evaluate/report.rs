//! The figures, each with its interval, beside its rivals'.

use std::fmt;

use serde::Serialize;

use super::{Witness, agreement, answers, onset, spinning};
use crate::{
    event::Feeling,
    measure::{Bootstrap, Errors, Interval, RankCorrelation, Ranked, Weights},
};

/// How often learners are drawn anew.
const REPLICATES: usize = 400;
/// Below this, drawing them anew tells little.
const FEW_LEARNERS: usize = 10;
/// Where drawing them starts.
const SEED: u64 = 2013;

/// A value and the middle 95 % of what it is when learners are drawn anew.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// On the log as it is.
    pub value: f64,
    /// The 2.5th percentile.
    pub low: f64,
    /// The 97.5th percentile.
    pub high: f64,
}

/// A rival's value, and how much better ours is on the same rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rival {
    /// What it goes by.
    pub name: &'static str,
    /// Its own value.
    pub figure: Figure,
    /// Ours against it, paired; above zero where ours is better.
    pub gain: Figure,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// What it is.
    pub name: &'static str,
    /// Ours.
    pub ours: Figure,
    /// Theirs.
    pub rivals: Vec<Rival>,
}

/// What one estimate was held against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// What was predicted.
    pub name: &'static str,
    /// What counted as true.
    pub outcome: &'static str,
    /// Rows.
    pub rows: usize,
    /// Learners in them.
    pub learners: usize,
    /// Share of rows that came true.
    pub share: f64,
    /// How well.
    pub measures: Vec<Measure>,
    /// What else is to be known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// Everything that could be measured on a log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The coefficients.
    pub model_version: String,
    /// Opportunities that item statistics summarised before the log began.
    pub warm: u64,
    /// Learners in the log.
    pub learners: usize,
    /// Answers in it, retries included.
    pub answers: usize,
    /// What was measured; an outcome that never or always came has no section.
    pub sections: Vec<Section>,
}

impl Report {
    /// Holds what was believed against what came; beside a warm start also what a cold one believed of the same answers.
    #[must_use]
    pub fn new(model_version: String, warm: u64, witness: &Witness, cold: Option<&Witness>) -> Self {
        let learners = witness.learners();
        let judge = Judge { bootstrap: Bootstrap::new(learners, REPLICATES, SEED), ones: Weights::ones(learners) };
        let sections = [
            answers::section(&judge, "next answer", witness),
            cold.and_then(|cold| answers::section(&judge, "next answer, cold start", cold)),
            spinning::section(&judge, witness),
            onset::section(&judge, witness),
            agreement::section(&judge, &witness.said, Feeling::Confidence),
            agreement::section(&judge, &witness.said, Feeling::Frustration),
        ];
        let sections = sections.into_iter().flatten().collect();
        Self { model_version, warm, learners, answers: witness.answers.len(), sections }
    }
}

impl Section {
    pub(super) fn new(
        name: &'static str,
        outcome: &'static str,
        outcomes: &[bool],
        clusters: &[u32],
        measures: Vec<Measure>,
    ) -> Self {
        let mut learners = clusters.to_vec();
        learners.sort_unstable();
        learners.dedup();
        let share = outcomes.iter().filter(|outcome| **outcome).count() as f64 / outcomes.len().max(1) as f64;
        let few = learners.len() < FEW_LEARNERS;
        let notes =
            few.then(|| format!("fewer than {FEW_LEARNERS} learners: the intervals say little")).into_iter().collect();
        Self { name, outcome, rows: outcomes.len(), learners: learners.len(), share, measures, notes }
    }

    /// A measure by its name.
    #[must_use]
    pub fn measure(&self, name: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.name == name)
    }
}

/// Rows, what came of them, and what was said before.
pub(super) struct Scored<'a> {
    pub outcomes: &'a [bool],
    pub clusters: &'a [u32],
    pub ours: &'a [f32],
    pub rivals: &'a [(&'static str, Vec<f32>)],
}

/// Takes measures and their intervals.
pub(super) struct Judge {
    pub bootstrap: Bootstrap,
    pub ones: Weights,
}

/// Where a measure is better.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Better {
    Higher,
    Lower,
}

impl Judge {
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

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>6.3} [{:.3}, {:.3}]", self.value, self.low, self.high)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { model_version, warm, learners, answers, .. } = self;
        writeln!(f, "{answers} answers of {learners} learners, model {model_version}")?;
        match warm {
            0 => writeln!(f, "cold: nothing was known of items before the log began")?,
            _ => writeln!(f, "warm: items were known from {warm} opportunities before the log began")?,
        }
        writeln!(f, "In brackets 95 % intervals over learners drawn anew; a gain above zero is ours.")?;
        for section in &self.sections {
            let Section { name, outcome, rows, learners, share, .. } = section;
            writeln!(f, "\n{name}: {rows} rows of {learners} learners, {:.1} % {outcome}", share * 100.0)?;
            for Measure { name, ours, rivals } in &section.measures {
                writeln!(f, "  {name:<42} {ours}")?;
                for Rival { name, figure, gain } in rivals {
                    writeln!(f, "    {name:<40} {figure}   gain {gain:+}")?;
                }
            }
            for note in &section.notes {
                writeln!(f, "  {note}")?;
            }
        }
        Ok(())
    }
}
