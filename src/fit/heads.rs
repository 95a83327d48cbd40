//! The heads, each against what it is meant to foretell.

use super::{
    Design, Log, Unsupported, logistic,
    rows::{Row, Rows},
};
use crate::{
    estimate::{Head, Linear, Model},
    evaluate::{Opportunity, spun},
    measure::{Errors, Weights},
};

/// Rows it takes to fit a head, learners they come from, and rows of the rarer outcome.
const ENOUGH: [usize; 3] = [200, 10, 30];
/// A nudge toward zero that only matters to features a log says nothing about.
const PENALTY: f64 = 1e-5;
/// What learners say is always little: weights are drawn to zero in earnest.
const PENALTY_SAID: f64 = 0.1;
/// To be called calibrated, scores may be this far from frequencies on each log that has so many held-out rows.
const CALIBRATED: f64 = 0.05;
const ENOUGH_TO_TELL: usize = 300;

/// Fits one head: to what learners said where they were asked often enough, else to what they did.
pub(super) fn fit(rows: &Rows, head: Head) -> Result<Linear, Unsupported> {
    let refuse = |missing| Unsupported { part: head.name(), missing };
    let [said, behaved] =
        [&rows.said, &rows.behaved].map(|rows| rows.get(head as usize).map_or(&[][..], Vec::as_slice));
    let (rows, penalty) =
        if missing(said).is_none() || behaved.is_empty() { (said, PENALTY_SAID) } else { (behaved, PENALTY) };
    if let Some(missing) = missing(rows) {
        return Err(refuse(missing));
    }
    let (features, bounds): (Vec<_>, Vec<_>) = head.shape().into_iter().unzip();
    let mut design = Design::new(features.len());
    for row in rows {
        design.push(&row.features, row.outcome, row.weight).map_err(|error| refuse(error.to_string()))?;
    }
    let prior = vec![0.0; features.len()];
    let solution = logistic(&design, &bounds, &prior, penalty).map_err(|error| refuse(error.to_string()))?;
    Ok(Linear { bias: solution.bias, weights: features.into_iter().zip(solution.weights).collect() })
}

/// What rows lack to be fitted to.
fn missing(rows: &[Row]) -> Option<String> {
    let [enough, enough_learners, enough_rare] = ENOUGH;
    let mut learners: Vec<usize> = rows.iter().map(|row| row.learner).collect();
    learners.sort_unstable();
    learners.dedup();
    let came = rows.iter().filter(|row| row.outcome).count();
    let rare = came.min(rows.len() - came);
    let lacks = rows.len() < enough || learners.len() < enough_learners || rare < enough_rare;
    lacks.then(|| {
        format!(
            "{} cases of {} learners, {rare} of the rarer outcome, where {enough} of {enough_learners} with {enough_rare} are needed",
            rows.len(),
            learners.len()
        )
    })
}

/// The heads whose scores match frequencies, on the held-out learners of every log that can tell. Only wheel-spinning is a
/// chance of something that logs show.
pub(super) fn calibrated(logs: &[Log], model: &Model) -> Vec<Head> {
    let matches = |log: &Log| {
        let (witness, _) = log.witness(model);
        let decided = spun(&witness.opportunities);
        let outcomes: Vec<bool> = decided.iter().map(|(_, outcome)| *outcome).collect();
        let rows: Vec<&Opportunity> =
            decided.iter().filter_map(|(place, _)| witness.opportunities.get(*place)).collect();
        let score =
            |row: &&Opportunity| row.after.scores.get(Head::WheelSpinning as usize).copied().unwrap_or_default();
        let scores: Vec<f32> = rows.iter().map(score).collect();
        let learners: Vec<u32> = rows.iter().map(|row| row.learner).collect();
        let error = Errors::new(&scores, &outcomes, &learners).calibration_error(&Weights::ones(witness.learners()));
        (rows.len() >= ENOUGH_TO_TELL).then(|| error.is_some_and(|error| error <= CALIBRATED))
    };
    let verdicts: Vec<bool> = logs.iter().filter_map(matches).collect();
    if !verdicts.is_empty() && verdicts.into_iter().all(|verdict| verdict) {
        vec![Head::WheelSpinning]
    } else {
        Vec::new()
    }
}
