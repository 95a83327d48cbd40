//! The expectation: every answer of the training learners is a row.

use super::{Design, Log, Unsupported, logistic, weight};
use crate::estimate::{Model, Term, Terms, Weights};

/// Answers below which nothing is fitted.
const ENOUGH_ANSWERS: usize = 2_000;
/// Learners below which nothing is fitted.
const ENOUGH_LEARNERS: usize = 20;
/// A nudge toward zero that only matters to terms a log says nothing about.
const PENALTY: f64 = 1e-5;

#[derive(Default)]
struct Rows {
    answers: Vec<(Terms, bool)>,
    learners: usize,
}

pub(super) fn fit(logs: &[Log], model: &Model) -> Result<Weights, Unsupported> {
    let refuse = |missing| Unsupported { part: "expectation", missing };
    let mut design = Design::new(Term::ALL.len());
    let (mut answers, mut learners) = (0, 0);
    for log in logs {
        let folds = log.folds.run(model, |rows: &mut Rows, _, taken| {
            rows.learners = rows.learners.max(taken.number as usize + 1);
            rows.answers.extend(taken.turn.seen.answer.map(|answer| (taken.turn.terms, answer.correct)));
        });
        let total = folds.iter().map(|rows| rows.answers.len()).sum();
        answers += total;
        learners += folds.iter().map(|rows| rows.learners).sum::<usize>();
        for (terms, correct) in folds.iter().flat_map(|rows| &rows.answers) {
            design.push(terms, *correct, weight(total)).map_err(|error| refuse(error.to_string()))?;
        }
    }
    if answers < ENOUGH_ANSWERS || learners < ENOUGH_LEARNERS {
        return Err(refuse(format!(
            "{answers} answers of {learners} learners to fit to, at least {ENOUGH_ANSWERS} of {ENOUGH_LEARNERS} are needed"
        )));
    }
    let bounds = Term::ALL.map(Term::bound);
    let solution =
        logistic(&design, &bounds, &[0.0; Term::ALL.len()], PENALTY).map_err(|error| refuse(error.to_string()))?;
    let mut weights = Weights { bias: solution.bias, ..Weights::default() };
    for (place, weight) in weights.weights.iter_mut().zip(solution.weights) {
        *place = weight;
    }
    Ok(weights)
}
