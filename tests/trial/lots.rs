//! Lots: balanced, the same for the same decision whatever happens around it, and nothing but the message depends on them.

use hearten::{
    engine::{Ask, Rules, apply},
    feedback::{Lots, Policy},
    learner::{Learner, Volume},
    reason::{Cause, Outcome, Reason, Verdict},
    statistics::Snapshot,
    store::Erased,
};
use proptest::prelude::*;

use super::{
    histories::{History, RULES, Room, Scribe, config, history},
    worked::{Work, decided, policy},
};

/// What a learner hears, decision by decision: reason and whether it was said.
fn heard(room: &Room, learner: &str, history: &History) -> Vec<Option<(Reason, bool)>> {
    let events = Scribe::new(learner, history).events(history);
    events.iter().map(|event| decided(&room.submit(event))).collect()
}

proptest! {
    #![proptest_config(config(64))]

    /// Held out or not, a message spends its budget: with a trial the very same moments come up as without.
    #[test]
    fn nothing_but_the_message_depends_on_the_lot(history in history(2..12), share in 0.05f32..0.9) {
        let (plain, tried) = (Room::new(), Room::under(policy(&format!("trial = {share}"))));
        let reasons = |heard: Vec<Option<(Reason, bool)>>| heard.into_iter().map(|one| one.map(|(reason, _)| reason));
        let (without, with) = (heard(&plain, "ana", &history), heard(&tried, "ana", &history));
        prop_assert!(reasons(without).eq(reasons(with)));
    }

    /// Whatever happens around it, and on whichever server: a stop and a start, other learners, the same event again. What is drawn
    /// follows from the store's secret, the learner and the event.
    #[test]
    fn the_same_decision_draws_the_same(history in history(2..8), other in history(1..4), stop in 0..40usize) {
        let tried = policy("trial = 0.5");
        let mut room = Room::under(tried.clone());
        let (secret, rules) = (room.secret(), Rules::new(RULES.model.clone(), tried.clone()));
        let ask = Ask { lots: Lots::new(&secret, "default", "ana"), ..Ask::default() };
        let (mine, theirs) = (Scribe::new("ana", &history).events(&history), Scribe::new("bo", &other).events(&other));
        let mut alone = Learner::default();
        for (place, event) in mine.iter().enumerate() {
            if let Some(other) = theirs.get(place) {
                room.submit(other);
            }
            if place == stop {
                room = room.restarted(tried.clone());
            }
            let reply = room.submit(event);
            let turn = apply(&rules, &mut alone, event, &Snapshot::default(), ask, event.id.keyed_hash(&secret));
            prop_assert_eq!(reply.decision.as_ref().map(|told| told.verdict), turn.decided.map(|trace| trace.verdict));
            let again = room.submit(event);
            prop_assert!(again.duplicate);
            prop_assert_eq!(decided(&again), decided(&reply));
        }
        prop_assert_eq!(mine.last().map(|event| room.learner(event)), mine.last().map(|_| alone));
    }
}

/// Within four standard deviations of what is asked for, for every share, over learners and over the decisions of one.
#[test]
fn as_many_are_held_out_as_the_policy_says() {
    for share in [0.05, 0.2, 0.5, 0.9] {
        let room = Room::under(policy(&format!("trial = {share}")));
        let (mut said, mut held_out) = (0u32, 0u32);
        for learner in 0..400 {
            let mut work = Work::new(&room, &format!("learner-{learner}"));
            for _ in 0..12 {
                match decided(&work.answers(false, 60_000).1) {
                    Some((_, true)) => said += 1,
                    Some((_, false)) => held_out += 1,
                    None => {}
                }
            }
        }
        let n = f64::from(said + held_out);
        let (off, deviation) = (f64::from(held_out) - n * share, (n * share * (1.0 - share)).sqrt());
        eprintln!("{share}: {held_out} of {n}");
        assert!(n > 600.0 && off.abs() < 4.0 * deviation, "{held_out} of {n} at {share}");
    }
}

/// Learners, tenants and stores draw apart, although their events have the same ids.
#[test]
fn whoever_it_is_draws_for_themselves() {
    let secret = [7; 16];
    let lots = Lots::new(&secret, "north", "ana");
    assert_eq!(lots, Lots::new(&secret, "north", "ana"));
    for other in [
        Lots::new(&secret, "north", "bo"),
        Lots::new(&secret, "south", "ana"),
        Lots::new(&secret, "northa", "na"),
        Lots::new(&[8; 16], "north", "ana"),
    ] {
        assert_ne!(lots, other);
    }
}

/// A class hears the same for a day; on other days and in other classes it is drawn anew.
#[test]
fn a_class_is_held_out_together_for_a_day() {
    let room = Room::under(policy("trial = 0.5\ntrial_unit = \"class\""));
    let mut drawn = Vec::new();
    for class in 1..=40 {
        let said: Vec<bool> = (0..5)
            .map(|learner| {
                let mut work = Work::new(&room, &format!("{class}-{learner}"));
                work.class = Some(class);
                let (_, reply) = work.errs_until_decided();
                decided(&reply).unwrap().1
            })
            .collect();
        assert!(said.iter().all(|one| *one == said[0]), "class {class}: {said:?}");
        drawn.push(said[0]);
    }
    let said = drawn.iter().filter(|said| **said).count();
    assert!((8..=32).contains(&said), "{said} of 40");
}

#[test]
fn a_message_held_out_is_explained_and_nobody_can_report_on_it() {
    let room = Room::under(policy("trial = 0.9"));
    let (_, reply) = (0..20)
        .map(|learner| Work::new(&room, &format!("learner-{learner}")).errs_until_decided())
        .find(|(_, reply)| decided(reply).is_some_and(|(_, said)| !said))
        .unwrap();
    let explained = room.explained(&reply).unwrap();
    let trial = explained.logged.trial.unwrap();
    assert!(trial.drawn.held_out && (trial.drawn.propensity() - 0.1).abs() < 1e-4, "{trial:?}");
    assert!(trial.expected.get() > 0.0 && trial.opportunity >= 2, "{trial:?}");
    assert!(!explained.logged.rules.is_empty() && explained.logged.message.is_none());
    assert!(room.report(&reply, Outcome::Shown).is_err());
}

/// What the log keeps is there for good, however much comes after it.
#[test]
fn a_message_held_out_long_ago_is_still_explained() {
    let room = Room::under(policy("trial = 0.9"));
    let mut work = Work::new(&room, "ana");
    let replies: Vec<_> = (0..300).map(|_| work.answers(false, 600_000).1).collect();
    let held_out: Vec<_> = replies.iter().filter(|reply| decided(reply).is_some_and(|(_, said)| !said)).collect();
    assert!(held_out.len() > 1, "{}", held_out.len());
    for reply in held_out {
        assert!(room.explained(reply).unwrap().logged.trial.unwrap().drawn.held_out);
    }
}

/// Off is off, also for lots: nobody who has switched messages off is part of a trial.
#[test]
fn whoever_has_switched_off_is_in_no_trial() {
    let room = Room::under(policy("trial = 0.5"));
    let mut work = Work::new(&room, "ana");
    let (event, _) = work.answers(false, 60_000);
    room.prefer(&event, |preferences| preferences.volume = Volume::Off);
    for _ in 0..30 {
        let (event, reply) = work.answers(false, 60_000);
        let verdict = reply.decision.as_ref().unwrap().verdict;
        assert!(matches!(verdict, Verdict::Silent { cause: Cause::SwitchedOff, .. }), "{verdict:?}");
        assert!(room.learner(&event).follows.is_empty() && room.explain(&reply).trial.is_none());
    }
}

/// A trial is the policy's to begin: there is none in the one that is built in, nor where a policy only watches.
#[test]
fn without_a_trial_nothing_is_left_to_chance() {
    let text = format!(
        "shadow = true\n{}",
        Policy::BUILTIN.replace("[reasons.error-run]", "[reasons.error-run]\ntrial = 0.5")
    );
    for room in [Room::new(), Room::under(Policy::parse(&text).unwrap())] {
        let mut work = Work::new(&room, "ana");
        for _ in 0..40 {
            let (event, reply) = work.answers(false, 60_000);
            let learner: Learner = room.learner(&event);
            assert!(learner.follows.is_empty() && learner.said.spoken.iter().all(|spoken| !spoken.held_out));
            assert!(!matches!(reply.decision.unwrap().verdict, Verdict::Silent { cause: Cause::Trial, .. }));
        }
    }
}

/// What is held about a learner goes with them: also what was left to chance.
#[test]
fn an_erased_learner_leaves_no_trial_behind() {
    let room = Room::under(policy("trial = 0.5"));
    let mut work = Work::new(&room, "ana");
    let logged = (0..60).filter(|_| decided(&work.answers(false, 600_000).1).is_some()).count() as u64;
    let Erased { decisions, .. } = room.erase("ana");
    // What came of a decision may stand beside the next, or by itself.
    assert!(decisions > logged, "{decisions} of {logged}");
}
