//! What each head is fitted to: features at a moment, and what came of it.

use super::{Log, weight};
use crate::{
    estimate::{Bound, Feature, Features, Head, Model},
    evaluate::{HIGH, Opportunity, Taken, Witness, rapid_answers, spun, struggles},
    event::{Action, Event, Feeling},
};

/// Struggle that has not begun is the harder half of what frustration is to foretell, and the half that is of use.
const CALM_WEIGHT: f32 = 4.0;

/// One moment.
pub(super) struct Row {
    pub features: Vec<f32>,
    pub outcome: bool,
    pub weight: f32,
    /// A number of the learner's own, over all logs.
    pub learner: usize,
}

/// Rows by head, in the order of [`Head::ALL`].
#[derive(Default)]
pub(super) struct Rows {
    /// Held against what the learners did next.
    pub behaved: [Vec<Row>; 4],
    /// Held against what they said.
    pub said: [Vec<Row>; 4],
    learners: usize,
}

/// Each head's features at one moment.
type PerHead = [Vec<f32>; 4];

/// What one fold showed.
#[derive(Default)]
struct Fold {
    witness: Witness,
    /// Per opportunity.
    features: Vec<PerHead>,
    reports: Vec<Told>,
}

/// What a learner said.
struct Told {
    learner: usize,
    feeling: Feeling,
    intensity: f32,
    features: PerHead,
}

impl Rows {
    /// From the training learners of all logs.
    pub fn gather(logs: &[Log], model: &Model) -> Self {
        let shapes = Head::ALL.map(Head::shape);
        let see = |fold: &mut Fold, event: &Event, taken: &Taken| {
            let before = fold.witness.opportunities.len();
            fold.witness.see(model, event, taken);
            if fold.witness.opportunities.len() > before {
                fold.features.push(features(&shapes, model, taken));
            }
            if let Action::SelfReport { feeling, thousandths } = event.action {
                fold.reports.push(Told {
                    learner: taken.number as usize,
                    feeling,
                    intensity: f32::from(thousandths) / 1000.0,
                    features: features(&shapes, model, taken),
                });
            }
        };
        let mut rows = Self::default();
        for log in logs {
            let folds = log.folds.run(model, see);
            let found: Vec<_> = folds.iter().map(|fold| behaviours(&fold.witness.opportunities)).collect();
            let totals: [usize; 4] =
                std::array::from_fn(|head| found.iter().filter_map(|found| found.get(head)).map(Vec::len).sum());
            for (fold, found) in folds.into_iter().zip(found) {
                rows.behaved(&fold, &found, totals.map(weight));
                let learners = fold.witness.learners();
                rows.said(fold.reports);
                rows.learners += learners;
            }
        }
        rows
    }

    fn behaved(&mut self, fold: &Fold, found: &[Vec<(usize, bool)>; 4], weights: [f32; 4]) {
        for (head, (found, weight)) in Head::ALL.into_iter().zip(found.iter().zip(weights)) {
            let Some(rows) = self.behaved.get_mut(head as usize) else { continue };
            rows.extend(found.iter().filter_map(|(place, outcome)| {
                let opportunity = fold.witness.opportunities.get(*place)?;
                let calm = head == Head::Frustration && opportunity.error_run == 0;
                Some(Row {
                    features: fold.features.get(*place)?.get(head as usize)?.clone(),
                    outcome: *outcome,
                    weight: if calm { weight * CALM_WEIGHT } else { weight },
                    learner: self.learners + opportunity.learner as usize,
                })
            }));
        }
    }

    fn said(&mut self, reports: Vec<Told>) {
        for Told { learner, feeling, intensity, features } in reports {
            let head = match feeling {
                Feeling::Frustration => Head::Frustration,
                Feeling::Confidence => Head::Confidence,
            };
            let features = features.into_iter().nth(head as usize);
            if let (Some(rows), Some(features)) = (self.said.get_mut(head as usize), features) {
                let outcome = intensity >= HIGH;
                rows.push(Row { features, outcome, weight: 1.0, learner: self.learners + learner });
            }
        }
    }
}

fn features(shapes: &[Vec<(Feature, Bound)>; 4], model: &Model, taken: &Taken) -> PerHead {
    let features = Features::of(model, taken.learner, taken.statistics);
    shapes.each_ref().map(|shape| shape.iter().map(|(feature, _)| features.get(*feature)).collect())
}

/// What each head is to foretell, where behaviour can show it. Confidence never shows.
fn behaviours(opportunities: &[Opportunity]) -> [Vec<(usize, bool)>; 4] {
    [struggles(opportunities), Vec::new(), rapid_answers(opportunities), spun(opportunities)]
}
