//! What learners say of themselves stands in for the estimate, and for no longer than it may.

use hearten::{
    event::{Action, Feeling},
    feedback::candidates,
    learner::Reading,
    reason::{Outcome, Reason, Verdict},
};
use proptest::prelude::*;

use super::{
    histories::{At, HOUR, History, MINUTE, Room, Step, answer, config, history, step},
    life::{Told, live},
    plan::Plan,
};

const THRESHOLD: f32 = 0.6;

/// Frustration, at two estimates in a row and without restraint.
fn frustration() -> Plan {
    Plan::only(&[Reason::FrustrationRising]).with(Reason::FrustrationRising, |rule| {
        (rule.threshold, rule.running) = (Some(THRESHOLD), 2);
    })
}

fn says(thousandths: u16) -> Step {
    step(10_000, At::Nowhere, Action::SelfReport { feeling: Feeling::Frustration, thousandths })
}

fn answers(correct: bool, count: usize) -> Vec<Step> {
    vec![step(MINUTE, At::New, answer(correct, 20_000)); count]
}

fn lived(steps: Vec<Step>) -> Vec<Told> {
    let history = History { untimed: false, names_sessions: false, counts: false, steps };
    live(&Room::under(frustration().policy()), &history)
}

/// Which of the steps after the first so many were spoken after.
fn heard_after(skip: usize, steps: Vec<Step>) -> Vec<bool> {
    lived(steps).iter().skip(skip).map(|told| told.reason() == Some(Reason::FrustrationRising)).collect()
}

#[test]
fn a_report_is_enough_at_the_very_next_error() {
    let after = |said: Vec<Step>| heard_after(8 + said.len(), [answers(true, 8), said, answers(false, 1)].concat());
    assert_eq!(after(vec![]), [false], "the estimate alone is not");
    assert_eq!(after(vec![says(590)]), [false]);
    assert_eq!(after(vec![says(610)]), [true]);
    assert_eq!(after(vec![says(1000)]), [true]);
    assert_eq!(after(vec![says(1000), says(100)]), [false], "the newest counts");
}

#[test]
fn five_answers_after_a_report_of_calm_are_left_alone() {
    let upset = 12;
    // No message is shown, so that no limit can silence.
    let heard = |steps: Vec<Step>| {
        let room = Room::under(frustration().policy());
        let history = History { untimed: false, names_sessions: false, counts: false, steps };
        let heard = |event| {
            let reply = room.submit(event);
            let spoken = matches!(reply.decision.as_ref().unwrap().verdict, Verdict::Spoken { .. });
            spoken && room.report(&reply, Outcome::NotShown).is_ok()
        };
        history.events().iter().map(heard).collect::<Vec<bool>>()
    };
    let without = heard(answers(false, upset + 7));
    assert!(without[upset..].iter().all(|heard| *heard), "{without:?}");
    let calm = heard([answers(false, upset), vec![says(0)], answers(false, 7)].concat());
    // Five, and the sixth is the first of two estimates in a row.
    assert_eq!(calm[upset + 1..], [false, false, false, false, false, false, true]);
}

#[test]
fn a_report_of_distress_is_over_after_five_answers() {
    let steps = [answers(true, 12), vec![says(1000)]].concat();
    let reported = |more: usize| {
        let told = lived([steps.clone(), answers(true, more), answers(false, 1)].concat());
        let last = told.last().unwrap();
        assert_eq!(
            last.reason() == Some(Reason::FrustrationRising),
            last.reply.report.assessment.estimates[0].reported
        );
        last.reply.report.assessment.estimates[0].reported
    };
    assert_eq!([0, 1, 3, 4, 5, 6].map(reported), [true, true, true, true, false, false]);
}

#[test]
fn a_report_is_over_with_the_session() {
    let ended = vec![step(MINUTE, At::Nowhere, Action::SessionEnded)];
    let begun = vec![step(31 * MINUTE, At::New, Action::ItemStarted)];
    for (over, between) in [(false, vec![]), (true, ended), (true, begun)] {
        let told = lived([answers(true, 8), vec![says(1000)], between, answers(false, 1)].concat());
        let last = told.last().unwrap();
        assert_eq!(last.reason().is_none(), over);
        assert_eq!(last.reply.report.assessment.estimates[0].reported, !over);
    }
}

/// A budget is a share of what the estimate says, and reports are no estimate.
#[test]
fn a_report_leaves_the_learners_own_threshold_where_it_is() {
    let plan = frustration().with(Reason::FrustrationRising, |rule| {
        (rule.threshold, rule.alerts_per_hour) = (None, Some(2.0));
    });
    let steps = [answers(true, 8), vec![says(1000)], answers(false, 5), answers(false, 1)].concat();
    let history = History { untimed: false, names_sessions: false, counts: false, steps };
    let told = live(&Room::under(plan.policy()), &history);
    let thresholds: Vec<u16> = told.iter().map(|told| told.after.watches[0].threshold).collect();
    assert!(thresholds[..8].windows(2).all(|pair| pair[1] < pair[0]), "calm lowers it: {thresholds:?}");
    assert!(thresholds[8..14].iter().all(|threshold| *threshold == thresholds[7]), "{thresholds:?}");
    assert_ne!(thresholds[14], thresholds[13]);
}

proptest! {
    #![proptest_config(config(128))]

    /// Wherever the learner comes from.
    #[test]
    fn a_report_counts_from_any_state(history in history(0..8), thousandths in 0..=1000u16, gap_ms in 1..20 * MINUTE) {
        let last = vec![says(thousandths), step(gap_ms, At::New, answer(false, 20_000))];
        let steps = [history.steps.clone(), last].concat();
        let told = live(&Room::under(frustration().policy()), &History { steps, untimed: false, ..history });
        let last = told.last().unwrap();
        let policy = frustration().policy();
        let trace = last.after.traces.last().unwrap();
        let met = candidates(&policy.rules, &trace.readings)[0].met();
        prop_assert_eq!(trace.readings.get(Reading::SelfReported), 1.0);
        let said = f32::from(thousandths) / 1000.0;
        prop_assert!((trace.readings.get(Reading::Frustration) - said).abs() <= 1.0 / 255.0);
        // Next to the threshold, either.
        prop_assert!(met == (said >= THRESHOLD) || (said - THRESHOLD).abs() <= 2.0 / 255.0, "{said}");
    }

    #[test]
    fn no_report_outlives_five_answers_or_a_break(history in history(0..8), thousandths in 0..=1000u16, count in 0..8usize, gap_ms in 1..2 * HOUR) {
        let mut after = vec![step(MINUTE, At::New, answer(false, 20_000)); count];
        after.push(step(gap_ms, At::New, answer(false, None)));
        let steps = [history.steps.clone(), vec![says(thousandths)], after].concat();
        let told = live(&Room::under(frustration().policy()), &History { steps, untimed: false, ..history });
        let reported = told.last().unwrap().reply.report.assessment.estimates[0].reported;
        prop_assert_eq!(reported, count < 5 && gap_ms <= 30 * MINUTE);
    }
}
