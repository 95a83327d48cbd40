//! Restraint: when nothing is said, and how little is said at all, over random histories.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

#[path = "support/histories.rs"]
mod histories;

use std::collections::{BTreeMap, BTreeSet};

use hearten::{
    engine::{Ask, Options, Reply},
    event::{Action, Event, Hint, Mode},
    feedback::candidates,
    learner::{Learner, Reading},
    messages::Catalogues,
    reason::{Cause, Kind, Reason, Verdict},
};
use histories::{At, History, RULES, Room, Scribe, answer, config, history, step};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

/// One decision, with what was known around it.
struct Told {
    event: Event,
    before: Learner,
    after: Learner,
    reply: Reply,
    /// The server spoke first.
    nudge: bool,
}

impl Told {
    fn spoken(&self) -> Option<(Reason, u8)> {
        match self.reply.decision.as_ref()?.verdict {
            Verdict::Spoken { reason, wording } => Some((reason, wording)),
            _ => None,
        }
    }
}

/// Lives through a history, nudged wherever the server would.
fn live(room: &Room, history: &History, ask: Ask) -> Vec<Told> {
    let mut scribe = Scribe::new("ana", history);
    let mut told: Vec<Told> = Vec::new();
    let mut patience: Option<i64> = None;
    for step in &history.steps {
        if let (Some(ms), Some(last)) = (patience, told.last())
            && step.gap_ms > ms
        {
            let (event, before) = (last.event.clone(), last.after.clone());
            if let Some(reply) = room.nudge(&event, last.reply.sequence, scribe.now + ms) {
                let after = room.learner(&event);
                told.push(Told { event, before, after, reply, nudge: true });
            }
        }
        let event = scribe.event(step);
        let before = room.learner(&event);
        let reply = room.ask(&event, Options { ask, ..Options::default() });
        patience = reply.patience_ms;
        let after = room.learner(&event);
        told.push(Told { event, before, after, reply, nudge: false });
    }
    told
}

fn told(history: &History) -> Vec<Told> {
    live(&Room::new(), history, Ask::default())
}

fn spoken(told: &[Told]) -> Vec<(&Told, Reason, u8)> {
    told.iter().filter_map(|told| told.spoken().map(|(reason, wording)| (told, reason, wording))).collect()
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn praise_never_follows_an_error(history in history(2..12)) {
        for (told, reason, _) in spoken(&told(&history)) {
            let right = matches!(told.event.action, Action::Attempt(attempt) if attempt.correct);
            prop_assert!(reason.kind() == Kind::Encouragement || right && !told.nudge, "{reason:?}");
        }
    }

    #[test]
    fn messages_need_practice_now(history in history(2..12)) {
        for (told, ..) in spoken(&told(&history)) {
            let Told { event, before, .. } = told;
            prop_assert_eq!(event.mode, Mode::Practice);
            prop_assert!(event.untimed || event.clocks.delay_ms() <= 60_000);
            let newest = before.clock.device_at.filter(|_| before.clock.device == event.device);
            if let (Some(at), Some(newest)) = (event.at(), newest) {
                prop_assert!(event.device_seq.is_some() || newest - at <= 2_000);
            }
        }
    }

    #[test]
    fn there_is_never_much(history in history(6..24)) {
        let told = told(&history);
        let spoken = spoken(&told);
        for (place, (last, ..)) in spoken.iter().enumerate() {
            let until = &spoken[..=place];
            let at_work = |told: &Told| told.after.clock.active_ms / 1000;
            let this_hour = until.iter().filter(|(told, ..)| at_work(last) - at_work(told) < 60 * 60).count();
            prop_assert!(this_hour <= 6, "{this_hour} in an hour at work");
            // Where one clock runs through, time of day is known.
            let at = |told: &Told| told.reply.decision.as_ref().unwrap().at_secs;
            if until.iter().all(|(told, ..)| at(told).is_some() && told.event.device == 0) {
                let today = until.iter().filter(|(told, ..)| at(last).unwrap() - at(told).unwrap() < 24 * 60 * 60);
                prop_assert!(today.count() <= 10);
            }
        }
    }

    #[test]
    fn three_encouragements_and_two_nudges_a_session(history in history(6..24)) {
        let history = History { names_sessions: true, ..history };
        let told = told(&history);
        let mut encouraged: BTreeMap<u32, usize> = BTreeMap::new();
        let mut nudged: BTreeMap<u32, usize> = BTreeMap::new();
        for (told, reason, _) in spoken(&told) {
            let session = told.event.session.unwrap();
            *nudged.entry(session).or_default() += usize::from(told.nudge);
            *encouraged.entry(session).or_default() += usize::from(reason.kind() == Kind::Encouragement);
        }
        prop_assert!(encouraged.values().all(|count| *count <= 3), "{encouraged:?}");
        prop_assert!(nudged.values().all(|count| *count <= 2), "{nudged:?}");
    }

    #[test]
    fn five_opportunities_lie_between_messages_of_a_kind(history in history(6..24)) {
        let mut last: BTreeMap<bool, u32> = BTreeMap::new();
        for (told, reason, _) in spoken(&told(&history)) {
            let now = told.after.progress.opportunities;
            let before = last.insert(reason.kind() == Kind::Celebration, now);
            prop_assert!(before.is_none_or(|before| now >= before + 5), "{reason:?}");
        }
    }

    #[test]
    fn no_wording_comes_again_before_all_others_of_its_reason(history in history(6..24)) {
        let told = told(&history);
        let mut heard: BTreeMap<Reason, Vec<u8>> = BTreeMap::new();
        let mut last = String::new();
        for (told, reason, chosen) in spoken(&told) {
            let message = told.reply.decision.as_ref().unwrap().message.as_ref().unwrap();
            prop_assert!(!message.text.is_empty());
            prop_assert_ne!(&last, &message.text);
            last = message.text.clone();
            let wordings = usize::from(Catalogues::builtin().each().next().unwrap().wordings(reason));
            let heard = heard.entry(reason).or_default();
            prop_assert!(!heard.iter().rev().take(wordings - 1).any(|earlier| *earlier == chosen), "{heard:?} {chosen}");
            heard.push(chosen);
        }
    }

    #[test]
    fn unasked_there_is_no_verdict(history in history(2..10)) {
        let ask = Ask { decide: false, ..Ask::default() };
        for told in live(&Room::new(), &history, ask).iter().filter(|told| !told.nudge) {
            prop_assert_eq!(&told.reply.decision, &None);
            // All that changes is which session it was in.
            let heard = |learner: &Learner| learner.said.spoken.iter().map(|spoken| spoken.sequence).collect::<Vec<_>>();
            prop_assert_eq!(heard(&told.after), heard(&told.before));
            prop_assert_eq!(&told.after.said.wordings, &told.before.said.wordings);
        }
    }

    #[test]
    fn secret_results_stay_secret(history in history(2..12)) {
        let ask = Ask { correctness_shown: false, ..Ask::default() };
        for (_, reason, _) in spoken(&live(&Room::new(), &history, ask)) {
            prop_assert!(matches!(reason, Reason::Stuck | Reason::LongSession), "{reason:?}");
        }
    }

    #[test]
    fn an_event_sent_again_changes_nothing(history in history(1..6), picks in prop::collection::vec(any::<prop::sample::Index>(), 1..12)) {
        let events = history.events();
        let room = Room::new();
        let mut replies = Vec::new();
        for (event, pick) in events.iter().zip(picks.iter().cycle()) {
            replies.push((event, room.submit(event)));
            let window = &replies[replies.len().saturating_sub(32)..];
            let (known, reply) = pick.get(window);
            let kept = room.bytes(event);
            let again = room.submit(known);
            prop_assert!(again.duplicate && !reply.duplicate);
            prop_assert_eq!(room.bytes(event), kept);
            let (again, first) = (again.decision.unwrap(), reply.decision.as_ref().unwrap());
            prop_assert_eq!((&again.id, again.verdict), (&first.id, first.verdict));
            // Of older silences only what was decided is kept, not when.
            let forgotten = again.at_secs.is_none() && matches!(again.verdict, Verdict::Silent { .. });
            prop_assert!(forgotten || again.at_secs == first.at_secs);
        }
    }

    #[test]
    fn a_dry_run_foresees_and_changes_nothing(history in history(1..6)) {
        let room = Room::new();
        for event in history.events() {
            let kept = room.bytes(&event);
            let foreseen = room.ask(&event, Options { dry_run: true, ..Options::default() });
            prop_assert_eq!(room.bytes(&event), kept);
            let real = room.submit(&event);
            prop_assert!(!real.duplicate);
            prop_assert_eq!(foreseen.decision.unwrap().verdict, real.decision.unwrap().verdict);
            prop_assert_eq!(foreseen.report, real.report);
        }
    }

    #[test]
    fn learners_do_not_touch_each_other(histories in prop::collection::vec(history(1..5), 3), turns in prop::collection::vec(0..3usize, 40)) {
        let apart: Vec<Vec<Verdict>> = histories.iter().map(|history| {
            let room = Room::new();
            history.events().iter().map(|event| room.verdict(event)).collect()
        }).collect();
        let room = Room::new();
        let write = |(place, history)| Scribe::new(&format!("learner {place}"), history).events(history).into_iter();
        let mut left: Vec<_> = histories.iter().enumerate().map(write).collect();
        let mut together = vec![Vec::new(); 3];
        let all = histories.iter().map(|history| history.steps.len()).sum::<usize>() * 40;
        for turn in turns.into_iter().chain(0..3).cycle().take(all) {
            together[turn].extend(left[turn].next().map(|event| room.verdict(&event)));
        }
        prop_assert_eq!(together, apart);
    }

    #[test]
    fn every_decision_follows_from_its_own_readings(history in history(2..12)) {
        let room = Room::new();
        for event in history.events() {
            let reply = room.submit(&event);
            let trace = room.explain(&reply).trace;
            let met: Vec<_> = candidates(&RULES.policy.rules, &trace.readings).into_iter().filter(|each| each.met()).collect();
            let attempts = trace.readings.get(Reading::Attempts) as u32;
            prop_assert_eq!(attempts, reply.report.assessment.attempts.min(32));
            let best = met.iter().find(|candidate| candidate.rule.evidence <= attempts).or(met.first());
            let chosen = match trace.verdict {
                Verdict::Spoken { reason, .. } => Some(reason),
                Verdict::Silent { instead_of, .. } => instead_of,
                Verdict::Undecided => None,
            };
            let unproven = best.is_some_and(|best| best.rule.evidence > attempts);
            let unsaid = matches!(trace.verdict, Verdict::Silent { cause, .. } if cause != Cause::InsufficientEvidence);
            let expected = best.filter(|_| !(unproven && unsaid)).map(|best| best.rule.reason());
            prop_assert_eq!(chosen, expected);
        }
    }
}

/// Without speech the properties above would hold of anything: over a fixed corpus, each reason and cause comes about.
#[test]
fn every_reason_and_cause_comes_about() {
    let mut runner = TestRunner::deterministic();
    let random = (0..200).map(|_| history(6..16).new_tree(&mut runner).unwrap().current());
    // Low-confidence success is rare: a right answer after dozens of items that began with a hint and went no further.
    let hint = step(20_000, At::New, Action::Hint(Hint { level: 1, bottom_out: false }));
    let [wrong, right] = [false, true].map(|correct| step(12_000, At::New, answer(correct, 12_000)));
    let rare = [vec![right.clone(); 3], vec![hint; 40], vec![wrong; 2], vec![right]].concat();
    let rare = History { untimed: false, names_sessions: false, counts: false, steps: rare };
    let (mut reasons, mut causes) = (BTreeMap::<Reason, usize>::new(), BTreeSet::<Cause>::new());
    for history in random.chain([rare]) {
        for told in told(&history) {
            match told.reply.decision.unwrap().verdict {
                Verdict::Spoken { reason, .. } => *reasons.entry(reason).or_default() += 1,
                Verdict::Silent { cause, .. } => drop(causes.insert(cause)),
                Verdict::Undecided => {}
            }
        }
    }
    eprintln!("{reasons:?}");
    let never: Vec<Reason> = Reason::ALL.into_iter().filter(|reason| !reasons.contains_key(reason)).collect();
    assert!(never.is_empty(), "{never:?}");
    // Those that take another policy, or a preference; and the one that is never a whole decision's.
    let elsewhere =
        [Cause::Dominated, Cause::SwitchedOff, Cause::LowerVolume, Cause::Shadow, Cause::QuietHours, Cause::Trial];
    let never = Cause::ALL.into_iter().filter(|cause| !causes.contains(cause) && !elsewhere.contains(cause));
    let never: Vec<Cause> = never.collect();
    assert!(never.is_empty(), "{never:?}");
}
