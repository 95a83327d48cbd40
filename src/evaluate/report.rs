//! The figures, each with its interval, beside its rivals'.

use serde::Serialize;

use super::{Witness, agreement, answers, judge::Judge, onset, spinning};
use crate::event::Feeling;

/// Below this, drawing learners anew tells little.
const FEW_LEARNERS: usize = 10;

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
        let judge = Judge::new(learners);
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
