//! When nothing is said, whatever a policy would say.

use hearten::{
    event::Mode,
    feedback::{Policy, candidates},
    learner::Volume,
    reason::{Cause, Verdict},
};
use proptest::{prelude::*, sample::Index};

use super::{
    histories::{Room, Step, Twist, config, history},
    life::{Told, live, live_with, spoken},
    plan::{Plan, plan},
};

/// Off is off: silent, and said to be so.
fn off(told: &Told) -> bool {
    matches!(told.verdict(), Verdict::Silent { cause: Cause::SwitchedOff, .. }) && !told.nudge
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn off_is_off_from_the_next_event_on(plan in plan(), history in history(2..16), point: Index) {
        let (room, point) = (Room::under(plan.policy()), point.index(history.steps.len()));
        let mut events = 0;
        let told = live_with(&room, &history, |event, _| {
            if events == point {
                room.prefer(event, |preferences| preferences.volume = Volume::Off);
            }
            events += 1;
        });
        let before = told.iter().position(off).unwrap_or(told.len());
        prop_assert_eq!(told[..before].iter().filter(|told| !told.nudge).count(), point);
        prop_assert!(told[before..].iter().all(off));
    }

    #[test]
    fn off_is_off_for_what_was_said_before_and_no_longer_than_it_lasts(plan in plan(), history in history(2..16)) {
        let room = Room::under(plan.policy());
        let told = live(&room, &history);
        // As far as the record still knows of them.
        let known = &told[told.len().saturating_sub(16)..];
        let volume = |volume| room.prefer(&told[0].event, move |preferences| preferences.volume = volume);
        volume(Volume::Off);
        for told in known.iter().filter(|told| !told.nudge) {
            let again = room.submit(&told.event);
            prop_assert!(again.duplicate);
            match told.verdict() {
                Verdict::Spoken { reason, .. } => {
                    let silent = Verdict::Silent { cause: Cause::SwitchedOff, instead_of: Some(reason) };
                    prop_assert_eq!(again.decision.unwrap().verdict, silent);
                }
                silent => prop_assert_eq!(again.decision.unwrap().verdict, silent),
            }
        }
        volume(Volume::Normal);
        for (told, _) in spoken(known).into_iter().filter(|(told, _)| !told.nudge) {
            prop_assert_eq!(room.submit(&told.event).decision, told.reply.decision.clone());
        }
    }

    #[test]
    fn graded_work_and_examinations_are_left_alone(plan in plan(), mut history in history(2..12), modes: Vec<bool>) {
        for (step, exam) in history.steps.iter_mut().zip(modes.iter().chain([&true]).cycle()) {
            step.twist = Twist::Mode(if *exam { Mode::Exam } else { Mode::Graded });
        }
        for told in live(&Room::under(plan.policy()), &history) {
            prop_assert_eq!(told.reason(), None);
            prop_assert!(told.reply.patience_ms.is_none(), "nobody waits to interrupt");
        }
    }

    /// A shadow decides as its policy would, message for message, and says nothing.
    #[test]
    fn a_shadow_tells_what_would_have_been_said(plan in plan(), history in history(2..16)) {
        let rooms = [false, true].map(|shadow| Room::under(Plan { shadow, ..plan.clone() }.policy()));
        for event in history.events() {
            let [real, shadow] = [0, 1].map(|room: usize| rooms[room].submit(&event).decision.unwrap());
            match real.verdict {
                Verdict::Spoken { reason, .. } => {
                    let silent = Verdict::Silent { cause: Cause::Shadow, instead_of: Some(reason) };
                    prop_assert_eq!((shadow.verdict, shadow.held), (silent, None));
                }
                silent => prop_assert_eq!((shadow.verdict, shadow.held), (silent, real.held)),
            }
        }
    }

    #[test]
    fn a_shadow_never_speaks_first(plan in plan(), history in history(2..16)) {
        let plan = Plan { shadow: true, ..plan };
        prop_assert!(live(&Room::under(plan.policy()), &history).iter().all(|told| told.reason().is_none() && !told.nudge));
    }

    #[test]
    fn a_volume_reaches_only_what_lists_it(plan in plan(), history in history(2..16), quiet: bool, point: Index) {
        let (volume, point) = (if quiet { Volume::Quiet } else { Volume::CelebrationsOnly }, point.index(history.steps.len()));
        let (policy, mut events) = (plan.policy(), 0);
        let room = Room::under(policy.clone());
        let told = live_with(&room, &history, |event, _| {
            if events == point {
                room.prefer(event, |preferences| preferences.volume = volume);
            }
            events += 1;
        });
        let lists = |policy: &Policy, reason| policy.rule(reason).unwrap().volumes.contains(&volume);
        for told in told.iter().filter(|told| told.after.preferences.volume == volume) {
            match told.verdict() {
                Verdict::Spoken { reason, .. } => prop_assert!(lists(&policy, reason), "{reason:?} at {volume:?}"),
                Verdict::Silent { cause: Cause::LowerVolume, instead_of } => prop_assert!(!lists(&policy, instead_of.unwrap())),
                _ => {}
            }
            let trace = told.after.traces.last().unwrap();
            for candidate in candidates(&policy.rules, &trace.readings).iter().filter(|candidate| candidate.met()) {
                let lower = candidate.cause == Some(Cause::LowerVolume);
                prop_assert!(lower != candidate.rule.volumes.contains(&volume) || candidate.cause == Some(Cause::InsufficientEvidence));
            }
        }
    }

    #[test]
    fn an_event_sent_again_says_what_it_said_and_changes_no_byte(plan in plan(), history in history(2..12), picks: Vec<Index>) {
        let room = Room::under(plan.policy());
        let mut sent = Vec::new();
        for (event, pick) in history.events().iter().zip(picks.iter().cycle()) {
            sent.push((event.clone(), room.submit(event)));
            let (known, first) = pick.get(&sent[sent.len().saturating_sub(32)..]);
            let kept = room.bytes(event);
            let again = room.submit(known);
            prop_assert!(again.duplicate);
            prop_assert_eq!(room.bytes(event), kept);
            let (again, first) = (again.decision.unwrap(), first.decision.clone().unwrap());
            prop_assert_eq!((&again.id, again.verdict), (&first.id, first.verdict));
            if matches!(again.verdict, Verdict::Spoken { .. }) {
                prop_assert_eq!(again, first);
            }
        }
    }

    #[test]
    fn what_is_late_never_speaks(plan in plan(), history in history(2..10), last in history(1..2), behind in 60_001..7_200_000i64) {
        let (room, stale_ms) = (Room::under(plan.policy()), i64::from(plan.stale_secs) * 1000);
        let steps: Vec<Step> = history.steps.into_iter().chain(last.steps).collect();
        let history = super::histories::History { steps, untimed: false, counts: false, ..history };
        let mut events = history.events();
        let mut late = events.split_off(history.steps.len() / 2);
        for event in events {
            room.submit(&event);
        }
        for event in &mut late {
            event.clocks.received_at = event.clocks.occurred_at.map(|at| at + stale_ms + 1);
            let verdict = room.verdict(event);
            prop_assert!(event.untimed || !matches!(verdict, Verdict::Spoken { .. }), "stale: {verdict:?}");
            // And again, from another id, older than what its device just told.
            event.id = hearten::event::Id::parse("event_id", &format!("{}-late", event.id.shared())).unwrap();
            event.clocks.occurred_at = event.clocks.occurred_at.map(|at| at + -behind);
            event.clocks.received_at = event.clocks.occurred_at;
            let verdict = room.verdict(event);
            prop_assert!(event.untimed || !matches!(verdict, Verdict::Spoken { .. }), "late: {verdict:?}");
        }
    }
}
