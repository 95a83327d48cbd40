//! Every decision follows from its own explanation, whatever became of the policy since.

use hearten::{
    engine::{Error, Logged, Rules},
    event::Event,
    feedback::{Candidate, Policy, candidates},
    learner::Volume,
    reason::{Cause, Held, Limit, Reason, Verdict},
};
use proptest::{prelude::*, sample::Index};

use super::{
    histories::{RULES, Room, Scribe, config, history},
    life::live_with,
    plan::plan,
};

/// What a decision must have come to, as far as its explanation tells: who would have spoken, and why not where that is no
/// matter of restraint.
fn foretold(logged: &Logged) -> (Option<Reason>, Option<Cause>) {
    let candidates = candidates(&logged.rules, &logged.trace.readings);
    let reason = |candidate: &Candidate| candidate.rule.reason();
    if let Some(best) = candidates.iter().find(|candidate| candidate.cause.is_none()) {
        return (Some(reason(best)), None);
    }
    let passed_over = candidates.iter().find(|candidate| candidate.met());
    (passed_over.map(reason), Some(passed_over.and_then(|candidate| candidate.cause).unwrap_or(Cause::NothingToSay)))
}

/// The cause that goes with a limit, as the API documents them.
fn cause(limit: Limit) -> Cause {
    match limit {
        Limit::Cooldown | Limit::Pause | Limit::ReasonCooldown => Cause::Cooldown,
        Limit::QuietHours => Cause::QuietHours,
        Limit::Guard => Cause::Trial,
        Limit::Session | Limit::Hour | Limit::Day => Cause::Cap,
        Limit::ReasonSession | Limit::ReasonHour | Limit::ReasonDay | Limit::Memory | Limit::Dismissed => Cause::Cap,
    }
}

/// The longest that a limit can make anybody wait.
fn longest(policy: &Policy, reason: Reason, limit: Limit) -> u32 {
    let minutes = |secs: u64| secs.div_ceil(60) as u32;
    let longest = match limit {
        Limit::Cooldown => policy.restraint.cooldown,
        Limit::ReasonCooldown => policy.rule(reason).unwrap().cooldown,
        Limit::Pause => minutes(policy.restraint.pause_secs),
        Limit::Session | Limit::ReasonSession | Limit::Guard => 0,
        Limit::Hour | Limit::ReasonHour => 60,
        Limit::Day | Limit::ReasonDay | Limit::Dismissed | Limit::Memory | Limit::QuietHours => 24 * 60,
    };
    longest.min(Held::LONGEST.into())
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn every_decision_follows_from_its_explanation(plan in plan(), history in history(2..12)) {
        let policy = plan.policy();
        let room = Room::under(policy.clone());
        for event in history.events() {
            let reply = room.submit(&event);
            let logged = room.explain(&reply);
            prop_assert_eq!(logged.rules.len(), policy.rules.len());
            let (reason, silent) = foretold(&logged);
            let held = reply.decision.as_ref().unwrap().held;
            // All that is known of the learner, as far as evidence goes.
            let attempts = reply.report.assessment.attempts.min(32);
            let proven = |reason: Reason| policy.rule(reason).unwrap().evidence <= attempts;
            match reply.decision.as_ref().unwrap().verdict {
                Verdict::Spoken { reason: spoken, .. } => {
                    prop_assert_eq!((Some(spoken), silent), (reason, None));
                    prop_assert!(proven(spoken), "{spoken:?} at {attempts} attempts");
                }
                Verdict::Silent { cause: Cause::NothingToSay | Cause::InsufficientEvidence | Cause::LowerVolume, instead_of } => {
                    prop_assert_eq!((instead_of, Some(logged.trace.verdict)), (reason, reply.decision.as_ref().map(|told| told.verdict)));
                    prop_assert!(silent.is_some());
                    let unproven = instead_of.is_some_and(|reason| !proven(reason));
                    // Nobody here has asked for less.
                    let reaches = |reason: Reason| policy.rule(reason).unwrap().volumes.contains(&Volume::Normal);
                    let turned_down = instead_of.is_some_and(|reason| !reaches(reason));
                    prop_assert_eq!(silent == Some(Cause::LowerVolume), turned_down);
                    prop_assert_eq!(silent == Some(Cause::InsufficientEvidence), unproven && !turned_down);
                }
                Verdict::Silent { cause: Cause::Cooldown | Cause::Cap | Cause::QuietHours, instead_of } => {
                    prop_assert_eq!((instead_of, silent), (reason, None));
                    prop_assert!(held.is_some());
                }
                // Nothing could have been said: only who won is told.
                Verdict::Silent { instead_of, .. } => prop_assert_eq!(instead_of, reason.filter(|_| silent.is_none())),
                Verdict::Undecided => prop_assert!(false, "undecided"),
            }
            if let Some(Held { limit, wait }) = held {
                let told = Verdict::Silent { cause: cause(limit), instead_of: reason };
                prop_assert_eq!(logged.trace.verdict, told);
                prop_assert!(u32::from(wait) <= longest(&policy, reason.unwrap(), limit), "{limit:?}: {wait}");
                let endless = matches!(limit, Limit::Session | Limit::ReasonSession | Limit::Memory);
                let never = matches!(limit, Limit::Hour) && policy.restraint.per_hour == 0
                    || matches!(limit, Limit::Day) && policy.restraint.per_day == 0;
                prop_assert!(wait > 0 || endless || never, "{limit:?} without a wait");
            }
        }
    }

    #[test]
    fn what_was_said_explains_itself_by_the_rules_it_was_said_by(
        before in plan(), after in plan(), history in history(4..16), point: Index,
    ) {
        let [before, after] = [before, after].map(|plan| plan.policy());
        let (room, point) = (Room::under(before.clone()), point.index(history.steps.len()));
        let mut events = 0;
        let told = live_with(&room, &history, |_, _| {
            if events == point {
                room.adopt(after.clone());
            }
            events += 1;
        });
        // A nudge comes between two events, and the change came before both.
        let changed = told.iter().position(|told| told.reply.rules.policy.version != before.version).unwrap_or(told.len());
        prop_assert!(told[changed..].iter().all(|told| told.reply.rules.policy.version == after.version));
        for (place, told) in told.iter().enumerate() {
            let policy = if place < changed { &before } else { &after };
            let decision = told.reply.decision.as_ref().unwrap();
            prop_assert_eq!(&decision.policy_version, &policy.version);
            if told.reason().is_none() {
                continue;
            }
            let explained = room.explained(&told.reply).unwrap();
            prop_assert_eq!(&explained.decision, decision);
            prop_assert_eq!(&explained.logged.policy_version, &*policy.version);
            prop_assert_eq!(foretold(&explained.logged), (told.reason(), None));
            let asked = |policy: &[hearten::feedback::Rule]| policy.iter().map(|rule| {
                (rule.reason(), rule.conditions.clone(), rule.level, rule.running, rule.evidence)
            }).collect::<Vec<_>>();
            prop_assert_eq!(asked(&explained.logged.rules), asked(&policy.rules));
        }
    }

    /// What was decided before a change is told as it was decided, before anything else happens and after.
    #[test]
    fn a_duplicate_names_the_policy_that_decided(before in plan(), after in plan(), history in history(2..8)) {
        let [before, after] = [before, after].map(|plan| plan.policy());
        let room = Room::under(before.clone());
        let mut events = history.events();
        let next = events.pop().unwrap();
        let sent: Vec<_> = events.into_iter().map(|event| (room.submit(&event), event)).collect();
        // The record keeps 16 bits of what decided: one change in 65,536 goes unnoticed.
        prop_assume!(!Rules::new(RULES.model.clone(), after.clone()).made(&room.learner(&next)));
        room.adopt(after.clone());
        for anything_since in [false, true] {
            for (first, event) in sent.iter().rev().take(16) {
                let (first, again) = (first.decision.clone().unwrap(), room.submit(event).decision.unwrap());
                prop_assert_eq!((&again.id, again.verdict), (&first.id, first.verdict));
                let silent = matches!(again.verdict, Verdict::Silent { .. });
                let forgotten = again.policy_version.is_empty() && silent;
                prop_assert!(forgotten || again.policy_version == before.version, "{}", again.policy_version);
            }
            for (first, _) in sent.iter().rev().take(8) {
                let silent = matches!(first.decision.as_ref().unwrap().verdict, Verdict::Silent { .. });
                let explained = room.explained(first);
                let unknown = matches!(explained, Err(Error::UnknownDecision));
                prop_assert!(unknown == silent, "explained by rules that did not make it");
            }
            if !anything_since {
                prop_assert_eq!(room.submit(&next).decision.unwrap().policy_version, after.version.clone());
            }
        }
    }

    #[test]
    fn learners_do_not_touch_each_other(
        plan in plan(), histories in prop::collection::vec(history(1..5), 3), turns in prop::collection::vec(0..3usize, 40),
    ) {
        let decide = |room: &Room, event: &Event| {
            let decision = room.submit(event).decision.unwrap();
            (decision.verdict, decision.held, decision.at_secs)
        };
        let write = |(place, history)| Scribe::new(&format!("learner {place}"), history).events(history).into_iter();
        let apart: Vec<Vec<_>> = histories.iter().enumerate().map(|one| {
            let room = Room::under(plan.policy());
            write(one).map(|event| decide(&room, &event)).collect()
        }).collect();
        let room = Room::under(plan.policy());
        let mut left: Vec<_> = histories.iter().enumerate().map(write).collect();
        let mut together = vec![Vec::new(); 3];
        let all = histories.iter().map(|history| history.steps.len()).sum::<usize>() * 40;
        for turn in turns.into_iter().chain(0..3).cycle().take(all) {
            together[turn].extend(left[turn].next().map(|event| decide(&room, &event)));
        }
        prop_assert_eq!(together, apart);
    }
}
