//! A budget of alerts: by each learner's own past, about so many moments an hour come over the threshold.

use hearten::{feedback::Watched, reason::Reason};

use super::{
    histories::{At, History, Room, Scribe, answer, step},
    plan::Plan,
};

/// Counts and times of a learner's alerts.
const ANSWERS: usize = 6_000;
/// Until the threshold has found its place.
const SETTLED: usize = 2_000;

/// Under a budget of so many an hour: the share of answers at which the estimate came over the learner's own threshold, and
/// how many answers the learner gives an hour.
fn share(reason: Reason, budget: f32, errors: f64, gap_ms: i64) -> (f64, f64) {
    let plan = Plan::only(&[reason]).with(reason, |rule| {
        (rule.threshold, rule.alerts_per_hour) = (None, Some(budget));
    });
    let (watched, head) = match reason {
        Reason::FrustrationRising => (Watched::Frustration, 0),
        _ => (Watched::Confidence, 1),
    };
    let room = Room::under(plan.policy());
    let history = History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() };
    let mut scribe = Scribe::new("ana", &history);
    let (mut alerts, mut dice) = (0, 1u64);
    for count in 0..ANSWERS {
        // Knuth's MMIX: the same learner every time.
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let correct = (dice >> 33) as f64 / f64::from(1u32 << 31) >= errors;
        let event = scribe.event(&step(gap_ms, At::New, answer(correct, 15_000)));
        let threshold = f32::from(watched.of(&room.learner(&event)).threshold) / 65_535.0;
        let estimate = room.submit(&event).report.assessment.estimates[head].score;
        let over = if head == 0 { estimate >= threshold } else { estimate <= threshold };
        alerts += usize::from(over && count >= SETTLED);
    }
    (alerts as f64 / (ANSWERS - SETTLED) as f64, 3_600_000.0 / gap_ms as f64)
}

#[test]
fn about_as_many_moments_an_hour_come_over_the_threshold_as_the_budget_says() {
    for reason in [Reason::FrustrationRising, Reason::LowConfidenceSuccess] {
        for (errors, gap_ms) in [(0.2, 60_000), (0.5, 60_000), (0.35, 30_000)] {
            for budget in [1.0, 2.0, 6.0, 12.0] {
                let (share, answers_an_hour) = share(reason, budget, errors, gap_ms);
                let alerts_an_hour = share * answers_an_hour;
                eprintln!("{} {errors} {gap_ms} {budget}: {alerts_an_hour:.2}", reason.name());
                let budget = f64::from(budget);
                assert!(
                    (budget / 1.25..budget * 1.25).contains(&alerts_an_hour),
                    "{alerts_an_hour} of {budget} an hour"
                );
            }
        }
    }
}
