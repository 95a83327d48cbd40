//! Agreement with what learners say about themselves.

use super::{
    Section,
    judge::{Judge, Scored},
};
use crate::event::Feeling;

/// A report of this intensity or more counts as strong.
pub const HIGH: f32 = 0.8;

/// One self-report, beside what was believed before it.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    /// Who.
    pub learner: u32,
    /// About what.
    pub feeling: Feeling,
    /// How strongly, 0 to 1.
    pub intensity: f32,
    /// The estimate of it.
    pub estimate: f32,
    /// The simplest rival: for confidence the last answer's correctness, then its item's easiness; for frustration an
    /// exponentially weighted error rate.
    pub rival: f32,
}

impl Said {
    pub(super) fn new(
        learner: u32,
        feeling: Feeling,
        intensity: f32,
        [frustration, confidence, ..]: [f32; 4],
        answer: Option<f32>,
        ew_errors: f32,
    ) -> Self {
        let (estimate, rival) = match feeling {
            Feeling::Frustration => (frustration, ew_errors),
            Feeling::Confidence => (confidence, answer.unwrap_or_default()),
        };
        Self { learner, feeling, intensity, estimate, rival }
    }
}

pub(super) fn section(judge: &Judge, said: &[Said], feeling: Feeling) -> Option<Section> {
    let said: Vec<&Said> = said.iter().filter(|said| said.feeling == feeling).collect();
    let (name, rival) = match feeling {
        Feeling::Frustration => ("self-reported frustration", "exponentially weighted errors"),
        Feeling::Confidence => ("self-reported confidence", "correctness, then easiness"),
    };
    let clusters: Vec<u32> = said.iter().map(|said| said.learner).collect();
    let estimates: Vec<f32> = said.iter().map(|said| said.estimate).collect();
    let rivals: Vec<f32> = said.iter().map(|said| said.rival).collect();
    let intensities: Vec<f32> = said.iter().map(|said| said.intensity).collect();
    let strong: Vec<bool> = intensities.iter().map(|intensity| *intensity >= HIGH).collect();
    let scored =
        Scored { outcomes: &strong, clusters: &clusters, ours: &estimates, rivals: &[(rival, rivals.clone())] };
    let measures = vec![
        judge.auc("AUC for a report of 0.8 or more", &scored)?,
        judge.correlation("rank correlation", &intensities, &scored)?,
    ];
    Some(Section::new(name, "reports of 0.8 or more", &strong, &clusters, measures))
}
