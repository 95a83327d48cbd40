//! What holds from any state a learner can be in, whatever happened before.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

#[path = "laws/faults.rs"]
mod faults;
#[path = "support/histories.rs"]
mod histories;

use hearten::{
    estimate::{Features, believe},
    event::{Action, Attempt, Clocks, Event, Timestamp},
    learner::{Gauge, Gauges, Learner},
    reason::{Cause, Verdict},
    statistics::Snapshot,
};
use histories::{At, History, MINUTE, RULES, Room, Scribe, Step, Twist, answer, any_action, config, history, step};
use proptest::{collection::vec, prelude::*};

/// The learner before and after one more event at the end of a history.
fn around(history: &History, last: &Step) -> (Learner, Learner, Event) {
    let mut scribe = Scribe::new("ana", history);
    let events: Vec<Event> = history.steps.iter().map(|step| scribe.event(step)).collect();
    let room = Room::after(&events);
    let mut event = scribe.event(last);
    let before = room.learner(&event);
    if last.gap_ms == 0 {
        // Untimed events moved the scribe's clock, but no clock of the learner's.
        event.clocks.occurred_at = before.clock.last_at.or(event.clocks.occurred_at);
    }
    room.submit(&event);
    (before, room.learner(&event), event)
}

/// As the model has it: what learners say of themselves stands in for it, and ends when it ends.
fn frustration(learner: &Learner) -> f32 {
    believe(&RULES.model, learner, &Features::of(&RULES.model, learner, &Snapshot::default()))[0]
}

fn attempt() -> impl Strategy<Value = Attempt> {
    (any::<bool>(), prop::option::of(1..3u32), any::<bool>()).prop_map(|(correct, number, last)| Attempt {
        correct,
        response_ms: None,
        number,
        last,
    })
}

fn somewhere() -> impl Strategy<Value = At> {
    prop_oneof![Just(At::Same), Just(At::New), (0..4u64).prop_map(At::Old), Just(At::Nowhere)]
}

fn all(gauges: &Gauges) -> impl Iterator<Item = f32> {
    Gauge::ALL.into_iter().flat_map(|gauge| gauges.get(gauge)).collect::<Vec<_>>().into_iter()
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn an_error_never_lowers_frustration(history in history(0..6), attempt in attempt(), at in somewhere()) {
        let attempt = Attempt { correct: false, ..attempt };
        let (before, after, _) = around(&history, &step(0, at, Action::Attempt(attempt)));
        prop_assert!(frustration(&after) >= frustration(&before));
    }

    #[test]
    fn slow_and_right_is_no_struggle(
        history in history(0..6), attempt in attempt(), at in somewhere(), ms in 600_000..=86_400_000u32, gap in 0..MINUTE,
    ) {
        let attempt = Attempt { correct: true, response_ms: Some(ms), ..attempt };
        let (before, after, _) = around(&history, &step(gap, at, Action::Attempt(attempt)));
        prop_assert!(frustration(&after) <= frustration(&before));
    }

    #[test]
    fn a_right_first_try_never_lowers_what_is_expected_of_its_skills(history in history(0..6), ms in 1..600_000u32) {
        let (before, after, event) = around(&history, &step(i64::from(ms), At::New, answer(true, ms)));
        let expect = |learner| RULES.model.expect(learner, None, &event.skills, &Snapshot::default()).probability;
        prop_assert!(expect(&after) >= expect(&before));
    }

    #[test]
    fn an_opportunity_counts_once_at_each_of_its_skills(
        history in history(0..6), skills in prop::collection::btree_set(1..9u64, 1..=5), correct in any::<bool>(),
    ) {
        let skills: Vec<u64> = skills.into_iter().collect();
        let last = Step { skills: skills.clone(), ..step(MINUTE, At::New, answer(correct, 20_000)) };
        let (before, after, _) = around(&history, &last);
        let count = |learner: &Learner, id: u64| {
            learner.skills.iter().find(|skill| u64::from(skill.id) == id).map_or(0, |skill| skill.opportunities)
        };
        for id in skills {
            prop_assert_eq!(count(&after, id), count(&before, id) + 1);
        }
    }

    #[test]
    fn time_moves_everything_toward_rest(history in history(1..6), one in 1..10 * MINUTE, more in 1..100 * MINUTE) {
        let events = history.events();
        let gauges = Room::after(&events).learner(&events[0]).gauges;
        let after = |ms| {
            let mut later = gauges.clone();
            later.decay(ms);
            all(&later).collect::<Vec<_>>()
        };
        for ((before, soon), late) in all(&gauges).zip(after(one)).zip(after(one + more)) {
            prop_assert!(soon < before || before == 0.0);
            prop_assert!((0.0..=soon).contains(&late));
        }
        prop_assert_eq!(after(0), all(&gauges).collect::<Vec<_>>());
        prop_assert_eq!(after(-one), all(&gauges).collect::<Vec<_>>());
    }

    #[test]
    fn scores_are_probabilities(history in history(1..8)) {
        let room = Room::new();
        for event in history.events() {
            let assessment = room.submit(&event).report.assessment;
            let scores = assessment.estimates.iter().map(|estimate| estimate.score);
            for score in scores.chain([assessment.p_next_correct]) {
                prop_assert!((0.0..=1.0).contains(&score), "{assessment:?}");
            }
        }
    }

    #[test]
    fn a_time_of_zero_is_no_time(history in history(0..6), correct in any::<bool>(), at in somewhere(), gap in 0..MINUTE) {
        let parse = |ms| Action::Attempt(Attempt::parse(Some(correct), None, ms, 0, false).unwrap());
        let (_, zero, _) = around(&history, &step(gap, at, parse(Some(0))));
        let (_, missing, _) = around(&history, &step(gap, at, parse(None)));
        prop_assert_eq!(zero, missing);
    }

    #[test]
    fn a_time_nobody_knows_weighs_nothing(history in history(0..6), attempt in attempt(), at in somewhere()) {
        let last = Step { twist: Twist::Untimed, ..step(MINUTE, at, Action::Attempt(attempt)) };
        let (before, after, _) = around(&history, &last);
        prop_assert_eq!(&after.pace, &before.pace);
        for gauge in [Gauge::SlowError, Gauge::Rapid, Gauge::FastRetry] {
            prop_assert!(after.gauges.get(gauge) <= before.gauges.get(gauge));
        }
    }

    #[test]
    fn a_late_event_is_counted_and_changes_no_clock(
        history in history(1..6), attempt in attempt(), behind in 5 * MINUTE..100 * MINUTE, device in 0..3u32,
    ) {
        let mut scribe = Scribe::new("ana", &History { untimed: false, ..history.clone() });
        let mut events: Vec<Event> = history.steps.iter().map(|step| scribe.event(step)).collect();
        // The device says once when it is, so that it can be late after that.
        let mut newest = scribe.event(&step(0, At::New, answer(true, 20_000)));
        newest.device = device;
        let mut late = scribe.event(&step(0, At::New, Action::Attempt(attempt)));
        late.device = device;
        late.device_seq = newest.device_seq;
        late.clocks.occurred_at = newest.clocks.occurred_at.map(|at| at + -behind);
        events.push(newest);
        let room = Room::after(&events);
        let before = room.learner(&late);
        let verdict = room.verdict(&late);
        let after = room.learner(&late);
        prop_assert!(matches!(verdict, Verdict::Silent { cause: Cause::Late, .. }), "{verdict:?}");
        prop_assert_eq!(after.progress.attempts, before.progress.attempts + 1);
        prop_assert_eq!(after.clock.last_at, before.clock.last_at);
        prop_assert_eq!(after.session.started_at, before.session.started_at);
    }

    /// What it tells of the item in hand is what happened before: the learner is as far there as the newest event said.
    #[test]
    fn a_late_event_leaves_the_visit_as_it_was(
        history in history(1..6), actions in vec(any_action(), 1..4), place in 0..2usize, late in any_action(), behind in 3_000..10 * MINUTE,
    ) {
        let mut scribe = Scribe::new("ana", &History { untimed: false, counts: false, ..history.clone() });
        let mut events: Vec<Event> = history.steps.iter().map(|step| scribe.event(step)).collect();
        let at = [At::New].into_iter().chain(std::iter::repeat(At::Same));
        events.extend(actions.into_iter().zip(at).map(|(action, at)| scribe.event(&step(20_000, at, action))));
        let room = Room::after(&events);
        let news = scribe.event(&Step { twist: Twist::Behind(behind), ..step(0, [At::Same, At::Old(1)][place], late) });
        let before = room.learner(&news);
        prop_assert_eq!(room.submit(&news).patience_ms, None, "nobody waits for what comes after it");
        let after = room.learner(&news);
        let (before, after) = (before.place, after.place);
        prop_assert_eq!((after.item, after.hidden, after.interrupted), (before.item, before.hidden, before.interrupted));
        prop_assert!(after.since >= before.since && after.closed >= before.closed && after.nudged >= before.nudged);
        // What was done before the visit began does not end it.
        prop_assert!(after.closed == before.closed || news.at() >= before.since);
    }

    #[test]
    fn nothing_happens_after_it_is_received(occurred: Option<i64>, sent: Option<i64>, received: i64) {
        let [occurred_at, sent_at] = [occurred, sent].map(|at| at.map(Timestamp::from_millis));
        let received_at = Some(Timestamp::from_millis(received));
        let at = Clocks { occurred_at, sent_at, received_at }.at();
        prop_assert!(at <= received_at);
    }

    #[test]
    fn a_wrong_clock_that_says_when_it_sent_does_no_harm(history in history(1..6), error in -1_000_000 * MINUTE..1_000_000 * MINUTE) {
        let by_clock = |error: i64| {
            let mut events = history.events();
            for event in &mut events {
                let clocks = &mut event.clocks;
                clocks.sent_at = clocks.received_at.map(|at| at + error);
                clocks.occurred_at = clocks.occurred_at.map(|at| at + error);
            }
            let mut learner = Room::after(&events).learner(&events[0]);
            // What was sent is remembered as it was sent.
            learner.seen.clear();
            learner
        };
        prop_assert_eq!(by_clock(error), by_clock(0));
    }
}

/// Submits steps one by one; the last verdict.
fn last_verdict(history: &History, adjust: impl Fn(usize, &mut Event)) -> Verdict {
    let mut events = history.events();
    events.iter_mut().enumerate().for_each(|(place, event)| adjust(place, event));
    let room = Room::new();
    events.iter().map(|event| room.verdict(event)).last().unwrap()
}

fn plain(steps: Vec<Step>) -> History {
    History { untimed: false, names_sessions: false, counts: false, steps }
}

#[test]
fn a_device_is_late_only_against_itself() {
    let by_device = |place| Twist::Device(if place == 0 { 1 } else { 2 });
    let steps = (0..3).map(|place| Step { twist: by_device(place), ..step(MINUTE, At::New, answer(true, 20_000)) });
    let history = plain(steps.collect());
    let late = |verdict| matches!(verdict, Verdict::Silent { cause: Cause::Late, .. });
    // The first device counted to 100, the second begins to count with its second event.
    let counts = [Some(100), None, Some(1)];
    assert!(!late(last_verdict(&history, |place, event| event.device_seq = counts[place])));
    // The second device's clock is behind and first heard of with its second event.
    let behind = |place: usize, event: &mut Event| match place {
        1 => event.untimed = true,
        2 => event.clocks.occurred_at = event.clocks.occurred_at.map(|at| at + -5 * MINUTE),
        _ => {}
    };
    assert!(!late(last_verdict(&history, behind)));
}

#[test]
fn a_clock_cannot_creep_back() {
    let steps = vec![step(0, At::New, answer(true, 20_000)); 20];
    let creep = |place: usize, event: &mut Event| {
        event.clocks.occurred_at = event.clocks.occurred_at.map(|at| at + -1_500 * place as i64);
    };
    let verdict = last_verdict(&plain(steps), creep);
    assert!(matches!(verdict, Verdict::Silent { cause: Cause::Late, .. }), "{verdict:?}");
}
