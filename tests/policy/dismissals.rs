//! Whoever turns a reason away hears less of it, by rule, and is told so.

use hearten::{
    engine::Reply,
    event::Event,
    feedback::because,
    reason::{Cause, Held, Limit, Outcome, Reason, Verdict},
};
use proptest::{prelude::*, sample::select};

use super::{
    histories::{At, HOUR, History, MINUTE, Room, Scribe, answer, config, step},
    plan::Plan,
};

/// A learner who answers wrong, and hears about it whenever nothing is in the way.
struct Learner {
    room: Room,
    scribe: Scribe,
}

impl Learner {
    fn under(plan: &Plan) -> Self {
        let history = History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() };
        Self { room: Room::under(plan.policy()), scribe: Scribe::new("ana", &history) }
    }

    fn errs_after(&mut self, gap_ms: i64) -> (Event, Reply) {
        let event = self.scribe.event(&step(gap_ms, At::New, answer(false, 20_000)));
        let reply = self.room.submit(&event);
        (event, reply)
    }
}

fn held(reply: &Reply) -> Option<Held> {
    reply.decision.as_ref().unwrap().held
}

fn spoke(reply: &Reply) -> bool {
    matches!(reply.decision.as_ref().unwrap().verdict, Verdict::Spoken { .. })
}

fn errors(dismissals: Option<u32>) -> Plan {
    Plan { dismissals, ..Plan::only(&[Reason::ErrorRun]) }
}

#[test]
fn a_reason_dismissed_three_times_is_heard_once_a_day_and_the_explanation_says_so() {
    for turned_away in [Outcome::Dismissed, Outcome::Unhelpful] {
        let mut ana = Learner::under(&errors(None));
        for _ in 0..3 {
            let (_, said) = ana.errs_after(MINUTE);
            assert!(spoke(&said));
            ana.room.report(&said, turned_away).unwrap();
        }
        let (_, silent) = ana.errs_after(2 * HOUR);
        let told = silent.decision.as_ref().unwrap();
        assert_eq!(told.verdict, Verdict::Silent { cause: Cause::Cap, instead_of: Some(Reason::ErrorRun) });
        // 24 hours after the last.
        assert_eq!(told.held, Some(Held { limit: Limit::Dismissed, wait: 22 * 60 }));
        let explained = ana.room.explained(&silent).unwrap();
        assert_eq!(explained.decision.held, told.held);
        let because = because(&silent.rules.policy, Cause::Cap, Some(Reason::ErrorRun), told.held);
        assert_eq!(
            because,
            "The learner has turned this away 3 times, so it is said once a day at most, and may be said again in 22 h."
        );
        // Another day, another one, and no more.
        assert!(spoke(&ana.errs_after(23 * HOUR).1));
        assert_eq!(held(&ana.errs_after(MINUTE).1).unwrap().limit, Limit::Dismissed);
    }
}

#[test]
fn two_dismissals_are_none_and_one_that_helped_begins_anew() {
    let mut ana = Learner::under(&errors(None));
    for outcome in [Outcome::Dismissed, Outcome::Dismissed, Outcome::Helpful, Outcome::Dismissed, Outcome::Dismissed] {
        let (_, said) = ana.errs_after(HOUR);
        assert!(spoke(&said), "{outcome:?}");
        ana.room.report(&said, outcome).unwrap();
    }
    let (_, third) = ana.errs_after(HOUR);
    ana.room.report(&third, Outcome::Dismissed).unwrap();
    assert_eq!(held(&ana.errs_after(HOUR).1).unwrap().limit, Limit::Dismissed);
    // The learner thinks better of it.
    ana.room.report(&third, Outcome::Helpful).unwrap();
    assert!(spoke(&ana.errs_after(HOUR).1));
}

#[test]
fn a_dismissal_counts_once_however_often_it_is_told_and_in_which_words() {
    let mut ana = Learner::under(&errors(Some(2)));
    let (_, said) = ana.errs_after(HOUR);
    for outcome in [Outcome::Shown, Outcome::Dismissed, Outcome::Dismissed, Outcome::Unhelpful, Outcome::Shown] {
        ana.room.report(&said, outcome).unwrap();
    }
    let (event, next) = ana.errs_after(HOUR);
    assert!(spoke(&next));
    assert_eq!(ana.room.learner(&event).said.dismissals[Reason::ErrorRun as usize - 1], 1);
}

#[test]
fn a_dismissal_is_of_its_reason_and_of_no_other() {
    let plan = Plan { dismissals: Some(1), ..Plan::only(&[Reason::ErrorRun, Reason::Comeback]) };
    let mut ana = Learner::under(&plan);
    let (_, said) = ana.errs_after(HOUR);
    ana.room.report(&said, Outcome::Dismissed).unwrap();
    assert_eq!(held(&ana.errs_after(HOUR).1).unwrap().limit, Limit::Dismissed);
    let right = ana.scribe.event(&step(MINUTE, At::New, answer(true, 20_000)));
    assert!(spoke(&ana.room.submit(&right)));
}

proptest! {
    #![proptest_config(config(48))]

    /// However messages and reports come, no day has more of a reason than its dismissals allow.
    #[test]
    fn no_day_has_more_than_dismissals_allow(
        dismissals in 1..=3u32, per_day in 1..=3u32,
        steps in prop::collection::vec((1..40i64, select(&[Outcome::Dismissed, Outcome::Unhelpful, Outcome::Helpful, Outcome::Shown][..])), 10..60),
    ) {
        let plan = Plan { dismissed_per_day: Some(per_day), ..errors(Some(dismissals)) };
        let mut ana = Learner::under(&plan);
        let (mut now, mut turned_away) = (0, 0);
        let mut said: Vec<i64> = Vec::new();
        for (gap, outcome) in steps {
            now += gap * 15;
            let (_, reply) = ana.errs_after(gap * 15 * MINUTE);
            let today = said.iter().filter(|at| now - **at < 24 * 60).count() as u32;
            let weary = turned_away >= dismissals && today >= per_day;
            prop_assert!(!(weary && spoke(&reply)));
            // Told is the limit that lasts longest: of two that last as long, either.
            prop_assert!(weary || held(&reply).is_none_or(|held| held.limit != Limit::Dismissed));
            if spoke(&reply) {
                said.push(now);
                ana.room.report(&reply, outcome).unwrap();
                match outcome {
                    Outcome::Dismissed | Outcome::Unhelpful => turned_away += 1,
                    Outcome::Helpful => turned_away = 0,
                    _ => {}
                }
            }
        }
    }
}
