//! Struggle that has not begun: predicted only where no error run is under way, on the items after the current one.

use std::collections::HashMap;

use super::{
    Opportunity, Section, Witness,
    judge::{Better, Judge, Scored},
};
use crate::measure::Weights;

/// How many opportunities ahead are looked at.
const HORIZON: usize = 10;
/// Opportunities missed in a row that are a struggle.
const ERRORS: u32 = 3;
/// An hour at work.
const ACTIVE_HOUR_MS: u64 = 60 * 60 * 1000;

/// Every opportunity that has ten more of its learner's after it in the log, and whether within those a third error in a row is
/// made, counting a run under way, or a bottom-out hint is shown.
#[must_use]
pub fn struggles(opportunities: &[Opportunity]) -> Vec<(usize, bool)> {
    ahead(opportunities, |now, ahead| {
        let mut run = now.error_run;
        Some(ahead.iter().any(|next| {
            run = if next.met { 0 } else { run + 1 };
            run >= ERRORS || next.given_away
        }))
    })
}

/// The same for a rapid answer, where times are known.
#[must_use]
pub fn rapid_answers(opportunities: &[Opportunity]) -> Vec<(usize, bool)> {
    ahead(opportunities, |_, ahead| {
        let timed = ahead.iter().all(|opportunity| opportunity.timed);
        timed.then(|| ahead.iter().any(|opportunity| opportunity.rapid))
    })
}

fn ahead(
    opportunities: &[Opportunity],
    comes: impl Fn(&Opportunity, &[&Opportunity]) -> Option<bool>,
) -> Vec<(usize, bool)> {
    let mut by_learner: HashMap<u32, Vec<usize>> = HashMap::new();
    for (place, opportunity) in opportunities.iter().enumerate() {
        by_learner.entry(opportunity.learner).or_default().push(place);
    }
    let asked = |window: &[usize]| {
        let (place, ahead) = window.split_first()?;
        let ahead: Vec<&Opportunity> = ahead.iter().filter_map(|place| opportunities.get(*place)).collect();
        Some((*place, comes(opportunities.get(*place)?, &ahead)?))
    };
    let mut asked: Vec<_> =
        by_learner.values().flat_map(|places| places.windows(HORIZON + 1).filter_map(asked)).collect();
    asked.sort_unstable();
    asked
}

pub(super) fn section(judge: &Judge, witness: &Witness) -> Option<Section> {
    let mut asked = struggles(&witness.opportunities);
    asked.retain(|(place, _)| witness.opportunities.get(*place).is_some_and(|opportunity| opportunity.error_run == 0));
    let rows: Vec<&Opportunity> = asked.iter().filter_map(|(place, _)| witness.opportunities.get(*place)).collect();
    let outcomes: Vec<bool> = asked.iter().map(|(_, struggle)| *struggle).collect();
    let clusters: Vec<u32> = rows.iter().map(|row| row.learner).collect();
    let column = |value: fn(&Opportunity) -> f32| rows.iter().map(|row| value(row)).collect::<Vec<f32>>();
    let ours = column(|row| {
        let [frustration, ..] = row.after.scores;
        frustration
    });
    let rivals = [
        ("exponentially weighted errors", column(|row| row.ew_errors)),
        ("the same, hardly forgetting", column(|row| row.slow_ew_errors)),
        ("learner's mean", column(|row| row.mean_errors)),
    ];
    let scored = Scored { outcomes: &outcomes, clusters: &clusters, ours: &ours, rivals: &rivals };
    let auc = judge.auc("AUC", &scored)?;
    let hours: Vec<f64> = witness.active_ms.iter().map(|ms| *ms as f64 / ACTIVE_HOUR_MS as f64).collect();
    let precision = judge.compare("precision at one alert an active hour", Better::Higher, &scored, |scores| {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        let score = |row: &usize| scores.get(*row).copied().unwrap_or_default();
        order.sort_by(|one, other| score(other).total_cmp(&score(one)));
        let (outcomes, clusters, hours) = (&outcomes, &clusters, &hours);
        move |weights: &Weights| {
            let alerts: f64 = (0u32..).zip(hours).map(|(learner, hours)| f64::from(weights.of(learner)) * hours).sum();
            let (mut spent, mut hits) = (0.0, 0.0);
            for row in &order {
                let weight = f64::from(weights.of(*clusters.get(*row)?));
                if spent + weight > alerts.max(1.0) {
                    break;
                }
                spent += weight;
                hits += if *outcomes.get(*row)? { weight } else { 0.0 };
            }
            (spent > 0.0).then(|| hits / spent)
        }
    });
    let measures = [auc].into_iter().chain(precision).collect();
    let mut section =
        Section::new("struggle onset", "struggling within ten opportunities", &outcomes, &clusters, measures);
    let hours = hours.iter().sum::<f64>();
    section.notes.push(format!(
        "precision: {hours:.0} hours at work (72 s an opportunity where there is no clock), as many alerts in all, the highest \
         scores of the whole log, whoever has them"
    ));
    Some(section)
}
