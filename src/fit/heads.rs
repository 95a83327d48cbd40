//! The heads, each against what it is meant to foretell.

use super::{
    Design, Log, Unsupported, logistic,
    rows::{Row, Rows},
};
use crate::{
    estimate::{Head, Linear, Model},
    evaluate::{Opportunity, spells, spun},
    measure::{Errors, Weights},
};

/// Rows it takes to fit a head, learners they come from, and rows of the rarer outcome.
const ENOUGH: [usize; 3] = [200, 10, 30];
/// A nudge toward zero that only matters to features a log says nothing about.
const PENALTY: f64 = 1e-5;
/// What learners say is always little: weights are drawn to zero in earnest.
const PENALTY_SAID: f64 = 0.1;
/// To be called calibrated, scores may be this far from frequencies on each log that has so many learners held out, and at most
/// this share of sequences may end undecided: those that do are not like the others.
const CALIBRATED: f64 = 0.05;
const ENOUGH_TO_TELL: usize = 30;
const UNDECIDED: f64 = 0.1;

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
    if solution.weights.iter().all(|weight| weight.abs() < 0.000_05) {
        return Err(refuse("nothing in these logs foretells it".to_owned()));
    }
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
/// chance of something that logs show. A head that stayed as it was, where no log can tell, keeps what it was called.
pub(super) fn calibrated(logs: &[Log], model: &Model, before: &Model) -> Vec<Head> {
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
        let spells = spells(&witness.opportunities);
        let undecided = spells.iter().filter(|spell| spell.spun().is_none()).count() as f64;
        let close = error.is_some_and(|error| error <= CALIBRATED);
        let tells = witness.learners() >= ENOUGH_TO_TELL && !rows.is_empty();
        tells.then_some(close && undecided <= UNDECIDED * spells.len() as f64)
    };
    let verdicts: Vec<bool> = logs.iter().filter_map(matches).collect();
    let unchanged = model.head(Head::WheelSpinning) == before.head(Head::WheelSpinning);
    if verdicts.is_empty() && unchanged && before.is_calibrated(Head::WheelSpinning) {
        return vec![Head::WheelSpinning];
    }
    if !verdicts.is_empty() && verdicts.into_iter().all(|verdict| verdict) {
        vec![Head::WheelSpinning]
    } else {
        Vec::new()
    }
}
