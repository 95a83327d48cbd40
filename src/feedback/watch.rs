//! How often in a row an estimate came over its threshold, and where a budget of alerts puts that threshold.
//!
//! A budget becomes a quantile of the learner's own past: the threshold moves up after a moment that came over it and down
//! after one that did not, by steps that balance where the wanted share comes over (Robbins & Monro 1951). It goes on moving,
//! because learners change.

use super::{Policy, Rule, Watched, policy::Level, trigger::Measure};
use crate::{
    estimate::{Assessment, Estimate, Head},
    learner::Learner,
};

/// How far the threshold moves, at most: a few alerts in a row close the door, and an hour of calm opens it again.
const STEP: f32 = 0.05;
/// Answers an hour at work where little is known, and the hours that weigh as much as what is known.
const USUAL: (f32, f32) = (50.0, 0.5);
/// Where a threshold begins.
const FIRST: f32 = 0.65;
/// The share of moments that may come over a threshold.
const SHARES: (f32, f32) = (0.001, 0.5);
const MOST_RUNNING: u8 = 15;
const UNITS: f32 = 65_535.0;

impl Watched {
    fn estimate(self, assessment: &Assessment) -> Option<&Estimate> {
        let head = match self {
            Self::Frustration => Head::Frustration,
            Self::Confidence => Head::Confidence,
            Self::WheelSpinning => Head::WheelSpinning,
        };
        assessment.estimates.get(head as usize)
    }

    /// Where a budget puts the threshold for this learner, 0 to 1.
    pub(super) fn threshold(self, learner: &Learner) -> f32 {
        f32::from(self.of(learner).threshold) / UNITS
    }
}

/// The rules that look at an estimate.
fn watching(policy: &Policy) -> impl Iterator<Item = (&Rule, &'static Measure, Watched, Level)> {
    policy.rules.iter().filter_map(|rule| {
        let measure = rule.trigger.measure.as_ref()?;
        Some((rule, measure, measure.watched?, rule.level?))
    })
}

/// Counts how often in a row each estimate came over its threshold, before a decision is made on it.
pub fn watch(policy: &Policy, learner: &mut Learner, assessment: &Assessment) {
    for (rule, measure, watched, level) in watching(policy) {
        let Some(estimate) = watched.estimate(assessment) else { continue };
        let Some(watch) = learner.watches.get_mut(watched as usize) else { continue };
        let threshold = match level {
            Level::At(threshold) => {
                watch.threshold = 0;
                threshold
            }
            Level::AlertsPerHour(_) => {
                if watch.threshold == 0 {
                    let first = if measure.low { 1.0 - FIRST } else { FIRST };
                    watch.threshold = (first * UNITS) as u16;
                }
                f32::from(watch.threshold) / UNITS
            }
        };
        watch.running = match over(measure, estimate.score, threshold) {
            _ if rule.running < 2 => 0,
            false => 0,
            // What learners say of themselves needs no second time.
            true if estimate.reported => MOST_RUNNING,
            true => (watch.running + 1).min(MOST_RUNNING),
        };
    }
}

/// Moves the thresholds that budgets set, after the decision.
pub fn learn(policy: &Policy, learner: &mut Learner, assessment: &Assessment) {
    for (_, measure, watched, level) in watching(policy) {
        let Level::AlertsPerHour(budget) = level else { continue };
        let Some(estimate) = watched.estimate(assessment).filter(|estimate| !estimate.reported) else { continue };
        let (usual, weight) = USUAL;
        let hours = learner.clock.active_ms as f32 / 3_600_000.0;
        let answers_an_hour = (learner.progress.attempts as f32 + usual * weight) / (hours + weight);
        let share = (budget / answers_an_hour).clamp(SHARES.0, SHARES.1);
        let Some(watch) = learner.watches.get_mut(watched as usize) else { continue };
        let threshold = f32::from(watch.threshold) / UNITS;
        let step = STEP * if over(measure, estimate.score, threshold) { 1.0 - share } else { -share };
        let moved = if measure.low { threshold - step } else { threshold + step };
        watch.threshold = (moved.clamp(0.01, 0.99) * UNITS) as u16;
    }
}

fn over(measure: &Measure, score: f32, threshold: f32) -> bool {
    if measure.low { score <= threshold } else { score >= threshold }
}
