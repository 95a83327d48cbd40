//! A message that nobody saw has spent nothing, and what was seen stays seen.

use hearten::{
    engine::{Error, Reply},
    event::Event,
    reason::{Cause, Limit, Outcome, Reason, Verdict},
};
use proptest::{prelude::*, sample::Index, sample::select};

use super::{
    histories::{At, HOUR, History, MINUTE, Room, SECOND, Scribe, answer, config, history, step},
    life::{Told, live},
    plan::{Plan, Planned, plan},
};

/// A learner who answers wrong every minute, and hears about it as often as the policy lets them.
struct Struggling {
    room: Room,
    scribe: Scribe,
}

impl Struggling {
    fn under(plan: &Plan) -> Self {
        let history = History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() };
        Self { room: Room::under(plan.policy()), scribe: Scribe::new("ana", &history) }
    }

    fn errs(&mut self) -> (Event, Reply) {
        self.errs_after(MINUTE)
    }

    fn errs_after(&mut self, gap_ms: i64) -> (Event, Reply) {
        let event = self.scribe.event(&step(gap_ms, At::New, answer(false, 20_000)));
        let reply = self.room.submit(&event);
        (event, reply)
    }

    fn said(reply: &Reply) -> bool {
        matches!(reply.decision.as_ref().unwrap().verdict, Verdict::Spoken { .. })
    }

    /// The limit that held it back; `None` if it was said.
    fn held(reply: &Reply) -> Option<Limit> {
        let decision = reply.decision.as_ref().unwrap();
        assert_ne!(Self::said(reply), decision.held.is_some(), "{decision:?}");
        decision.held.map(|held| held.limit)
    }
}

fn errors() -> Plan {
    Plan::only(&[Reason::ErrorRun])
}

/// For each limit, a policy that has only this one: one message is let through, and nothing else for an hour. Where another
/// message was seen a minute before, that one just does not stand in its way.
fn limits(seen_before: bool) -> Vec<(Limit, Plan)> {
    let (cap, cooldown, pause_secs) = if seen_before { (2, 2, 150) } else { (1, 9, 600) };
    let own = |change: &dyn Fn(&mut Planned)| errors().with(Reason::ErrorRun, change);
    vec![
        (Limit::Cooldown, Plan { cooldown, ..errors() }),
        (Limit::Pause, Plan { pause_secs, ..errors() }),
        (Limit::ReasonCooldown, own(&|rule| rule.cooldown = cooldown)),
        (Limit::Session, Plan { encouragements_per_session: cap, ..errors() }),
        (Limit::Hour, Plan { per_hour: cap, ..errors() }),
        (Limit::Day, Plan { per_day: cap, ..errors() }),
        (Limit::ReasonSession, own(&|rule| rule.per_session = Some(cap))),
        (Limit::ReasonHour, own(&|rule| rule.per_hour = Some(cap))),
        (Limit::ReasonDay, own(&|rule| rule.per_day = Some(cap))),
    ]
}

#[test]
fn a_message_not_shown_counts_for_no_limit_and_any_other_for_each() {
    for (limit, plan) in limits(false) {
        for outcome in Outcome::ALL.map(Some).into_iter().chain([None]) {
            // Valid for an hour, so that nothing expires.
            let mut ana = Struggling::under(&Plan { valid_secs: 3600, ..plan.clone() });
            let (_, said) = ana.errs();
            assert_eq!(Struggling::held(&said), None, "{limit:?}");
            if let Some(outcome) = outcome {
                assert_eq!(ana.room.report(&said, outcome).unwrap().outcome, outcome);
            }
            let (_, next) = ana.errs();
            let counts = outcome != Some(Outcome::NotShown);
            assert_eq!(Struggling::held(&next), counts.then_some(limit), "{outcome:?}");
            // Two in a row were not shown, and the third counts again.
            if !counts {
                ana.room.report(&next, Outcome::NotShown).unwrap();
                assert_eq!(Struggling::held(&ana.errs().1), None, "{limit:?}");
                assert_eq!(Struggling::held(&ana.errs().1), Some(limit));
            }
        }
    }
}

#[test]
fn what_goes_unreported_counts_unless_a_later_message_was_reported_and_its_time_is_over() {
    let valid_secs = 120;
    // How the message after it was reported, how long after that one the next error comes, whether it counts.
    let cases = [
        (None, 121 * SECOND, true),
        (Some(Outcome::NotShown), 60 * SECOND, true),
        (Some(Outcome::NotShown), 61 * SECOND, false),
    ];
    for (outcome, gap_ms, counts) in cases {
        for (limit, plan) in limits(false) {
            // Two messages under a policy without limits.
            let mut ana = Struggling::under(&Plan { valid_secs, ..errors() });
            let (_, unreported) = ana.errs();
            assert_eq!(Struggling::held(&unreported), None);
            let (_, later) = ana.errs();
            if let Some(outcome) = outcome {
                ana.room.report(&later, outcome).unwrap();
            }
            ana.room.adopt(Plan { valid_secs, ..plan }.policy());
            let (_, next) = ana.errs_after(gap_ms);
            assert_eq!(Struggling::held(&next), counts.then_some(limit), "{outcome:?} {gap_ms}");
        }
    }
}

/// Whoever reports at the end of a session has not shown that the newest message went unseen.
#[test]
fn the_newest_message_counts_however_late_its_report() {
    let valid_secs = 120;
    for (limit, plan) in limits(true) {
        let mut ana = Struggling::under(&Plan { valid_secs, ..errors() });
        let (_, first) = ana.errs();
        ana.room.report(&first, Outcome::Shown).unwrap();
        let (_, unreported) = ana.errs();
        assert_eq!(Struggling::held(&unreported), None);
        ana.room.adopt(Plan { valid_secs, ..plan }.policy());
        let (_, next) = ana.errs_after(121 * SECOND);
        assert_eq!(Struggling::held(&next), Some(limit));
    }
}

#[test]
fn reactions_count_more_than_having_been_seen_and_nothing_is_unseen() {
    use Outcome::{Dismissed, Helpful, NotShown, Shown, Unhelpful};
    // What was known, what is told, what is known then.
    let cases = [
        (Shown, Shown, Some(Shown)),
        (Shown, NotShown, None),
        (Shown, Helpful, Some(Helpful)),
        (Shown, Dismissed, Some(Dismissed)),
        (NotShown, NotShown, Some(NotShown)),
        (NotShown, Shown, Some(Shown)),
        (NotShown, Dismissed, Some(Dismissed)),
        (Dismissed, Shown, Some(Dismissed)),
        (Dismissed, NotShown, None),
        (Dismissed, Helpful, Some(Helpful)),
        (Helpful, Shown, Some(Helpful)),
        (Helpful, Unhelpful, Some(Unhelpful)),
        (Helpful, NotShown, None),
        (Unhelpful, Shown, Some(Unhelpful)),
        (Unhelpful, Helpful, Some(Helpful)),
        (Unhelpful, NotShown, None),
    ];
    // Also where the message is so old that the record has forgotten it.
    for (messages_since, (before, told, known)) in [0, 11].into_iter().flat_map(|since| cases.map(|case| (since, case)))
    {
        let mut ana = Struggling::under(&Plan { cooldown: 2, ..errors() });
        let (event, said) = ana.errs();
        for _ in 0..messages_since {
            // Two days each: or there would be no room for so many.
            assert_eq!(Struggling::held(&ana.errs_after(25 * HOUR).1), Some(Limit::Cooldown));
            assert_eq!(Struggling::held(&ana.errs_after(25 * HOUR).1), None);
        }
        assert!(!ana.room.report(&said, before).unwrap().duplicate);
        let kept = ana.room.bytes(&event);
        let reported = ana.room.report(&said, told);
        let case = format!("{told:?} after {before:?}, {messages_since} messages since");
        match (reported, known) {
            (Ok(reported), Some(known)) => {
                assert_eq!((reported.outcome, reported.duplicate), (known, known == before), "{case}");
                assert_eq!(ana.room.bytes(&event) == kept, known == before, "{case}");
            }
            (Err(Error::WasSeen), None) => assert_eq!(ana.room.bytes(&event), kept, "{case}"),
            (reported, _) => panic!("{case}: {reported:?}"),
        }
        assert_eq!(ana.room.explained(&said).unwrap().outcome, Some(known.unwrap_or(before)), "{case}");
    }
}

/// A break was proposed twice, ten minutes apart. What becomes of one is nothing to the other, and what was shown after all
/// counts again.
#[test]
fn a_break_that_was_not_shown_is_proposed_again_unless_it_was_shown_after_all_or_another_was() {
    let plan = Plan { valid_secs: 3600, ..Plan::only(&[Reason::LongSession]) };
    let plan = plan.with(Reason::LongSession, |rule| rule.threshold = Some(10.0));
    let cases: [(&[(usize, Outcome)], usize); 6] = [
        (&[], 10),
        (&[(1, Outcome::NotShown)], 1),
        (&[(1, Outcome::NotShown), (1, Outcome::Shown)], 10),
        (&[(0, Outcome::NotShown)], 10),
        (&[(0, Outcome::NotShown), (0, Outcome::Dismissed)], 10),
        (&[(1, Outcome::NotShown), (0, Outcome::NotShown), (0, Outcome::Shown), (1, Outcome::Shown)], 10),
    ];
    for (reports, minutes) in cases {
        let mut ana = Struggling::under(&plan);
        let mut proposed = Vec::new();
        while proposed.len() < 2 {
            let (_, reply) = ana.errs();
            proposed.extend(Struggling::said(&reply).then_some(reply));
        }
        for (which, outcome) in reports {
            ana.room.report(&proposed[*which], *outcome).unwrap();
        }
        let next = (1..30).find(|_| Struggling::said(&ana.errs().1));
        assert_eq!(next, Some(minutes), "{reports:?}");
    }
}

#[test]
fn only_what_was_said_has_an_outcome() {
    for shadow in [false, true] {
        let mut ana = Struggling::under(&Plan { shadow, cooldown: 5, ..errors() });
        let (event, first) = ana.errs();
        assert_eq!(ana.room.report(&first, Outcome::Shown).is_ok(), !shadow);
        let (_, held) = ana.errs();
        let kept = ana.room.bytes(&event);
        let silent = if shadow { vec![first, held] } else { vec![held] };
        for silent in silent {
            for outcome in Outcome::ALL {
                let refused = ana.room.report(&silent, outcome);
                assert!(
                    matches!(refused, Err(Error::NothingSaid)),
                    "{outcome:?} of {:?}: {refused:?}",
                    silent.decision
                );
            }
        }
        assert_eq!(ana.room.bytes(&event), kept);
    }
}

proptest! {
    #![proptest_config(config(96))]

    /// Whatever is reported when: what was seen and is still valid keeps to the limits, and a report sent twice changes nothing.
    #[test]
    fn what_was_seen_keeps_to_the_limits(
        plan in plan(), history in history(6..20), reports in prop::collection::vec((any::<Index>(), select(&Outcome::ALL[..])), 0..40),
    ) {
        let room = Room::under(plan.policy());
        let mut reports = reports.into_iter();
        let told = super::life::live_with(&room, &history, |event, told| {
            let said: Vec<&Told> = told.iter().filter(|told| told.reason().is_some()).collect();
            let Some((pick, outcome)) = reports.next().filter(|_| !said.is_empty()) else { return };
            let message = &pick.get(&said).reply;
            let reported = room.report(message, outcome);
            let kept = room.bytes(event);
            let again = room.report(message, outcome);
            assert_eq!(room.bytes(event), kept, "told twice");
            match (reported, again) {
                (Ok(first), Ok(again)) => assert!(again.duplicate && again.outcome == first.outcome),
                (Err(Error::WasSeen), Err(Error::WasSeen)) => assert_eq!(outcome, Outcome::NotShown),
                reported => panic!("{reported:?}"),
            }
        });
        let outcome = |told: &Told| room.explained(&told.reply).unwrap().outcome;
        let seen: Vec<&Told> = told.iter().filter(|told| told.reason().is_some()).filter(|told| {
            outcome(told).is_some_and(|outcome| outcome != Outcome::NotShown)
        }).collect();
        // Told of at once, they were never given back.
        for pair in seen.windows(2) {
            let (before, now) = (pair[0], pair[1]);
            let reported_meanwhile = now.before.said.spoken.iter().any(|spoken| {
                spoken.sequence == before.reply.sequence && spoken.outcome.is_some_and(|outcome| outcome != Outcome::NotShown)
            });
            let since = now.after.progress.opportunities.saturating_sub(before.after.progress.opportunities);
            let same_kind = now.reason().unwrap().kind() == before.reason().unwrap().kind();
            prop_assert!(!(reported_meanwhile && same_kind) || since >= plan.cooldown, "{since} of {}", plan.cooldown);
        }
    }
}

/// Without a word from the platform nothing changes: what it does not report is as good as seen.
#[test]
fn a_platform_that_reports_nothing_is_never_given_anything_back() {
    let steps = vec![step(10 * MINUTE, At::New, answer(false, 20_000)); 12];
    let history = History { untimed: false, names_sessions: false, counts: false, steps };
    let plan = Plan { valid_secs: 5, encouragements_per_session: 3, ..errors() };
    let told = live(&Room::under(plan.policy()), &history);
    assert_eq!(told.iter().filter(|told| told.reason() == Some(Reason::ErrorRun)).count(), 3);
    let capped = |told: &Told| matches!(told.verdict(), Verdict::Silent { cause: Cause::Cap, .. });
    assert!(told[3..].iter().all(capped));
}
