//! Content faults: the item was wrong, not the learner.

use super::*;

/// One item's events, eight attempts at most with what follows.
fn at_one_item() -> impl Strategy<Value = Vec<Step>> {
    let actions = any_action().prop_filter("stays at the item", |action| {
        matches!(action, Action::Attempt(_) | Action::Hint(_) | Action::Skip)
    });
    vec(actions, 1..4).prop_map(|actions| {
        let places = [At::New].into_iter().chain(std::iter::repeat(At::Same));
        actions.into_iter().zip(places).map(|(action, at)| step(20_000, at, action)).collect()
    })
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn a_content_fault_takes_back_what_the_item_did(
        history in history(0..6), faulty in at_one_item(), others in vec(any::<bool>(), 0..4), skill in 1..4u64,
    ) {
        let of_skill = |step: Step| Step { skills: vec![skill], ..step };
        let mut scribe = Scribe::new("ana", &history);
        let past: Vec<Event> = history.steps.iter().map(|step| scribe.event(step)).collect();
        let faulty: Vec<Event> = faulty.into_iter().map(|step| scribe.event(&of_skill(step))).collect();
        let after = |correct: bool| of_skill(step(30_000, At::New, answer(correct, 20_000)));
        let others: Vec<Event> = others.into_iter().map(|correct| scribe.event(&after(correct))).collect();
        let mut fault = scribe.event(&step(0, At::Nowhere, Action::ContentFault));
        fault.item = faulty[0].item;

        let with = Room::after(&[&past[..], &faulty, &others, std::slice::from_ref(&fault)].concat()).learner(&fault);
        let without = Room::after(&[&past[..], &others].concat()).learner(&fault);
        let counts = |learner: &Learner| {
            let progress = &learner.progress;
            let skill = learner.skills.iter().find(|known| u64::from(known.id) == skill);
            let of_skill = skill.map_or((0, 0), |skill| (skill.opportunities, skill.successes));
            ((progress.attempts, progress.opportunities, progress.successes), of_skill)
        };
        prop_assert_eq!(counts(&with), counts(&without));
        // How far runs went before is not known; they never come out longer than they would have been. An earlier fault
        // may have cut one short.
        let earlier = history.steps.iter().any(|step| step.action == Action::ContentFault);
        // Where clocks lag, what the faulty item interrupts would have been a pause, and a pause ends runs too.
        let lags = |step: &Step| matches!(step.twist, Twist::Behind(_) | Twist::Delayed(_) | Twist::Untimed);
        let paused = history.steps.iter().any(lags);
        let (with_fault, without_it) = (with.clone(), without.clone());
        let runs = |learner: &Learner| {
            let progress = &learner.progress;
            [u16::from(progress.error_run), u16::from(progress.slump), progress.success_run]
        };
        for (with, without) in runs(&with).into_iter().zip(runs(&without)) {
            prop_assert!(with <= without || earlier || paused, "{:?} after a fault, {:?} without", runs(&with_fault), runs(&without_it));
        }
    }

    #[test]
    fn a_faulty_item_in_hand_leads_only_to_silence(
        history in history(0..6), before in at_one_item(), actions in vec(any_action(), 1..5),
    ) {
        let mut scribe = Scribe::new("ana", &history);
        let steps = history.steps.iter().cloned().chain(before);
        let mut events: Vec<Event> = steps.map(|step| scribe.event(&step)).collect();
        events.push(scribe.event(&step(1_000, At::Same, Action::ContentFault)));
        let room = Room::after(&events);
        let counted = room.learner(&events[0]).progress.attempts;
        for action in actions.into_iter().take_while(|action| *action != Action::SessionEnded) {
            let event = scribe.event(&step(1_000, At::Same, action));
            let verdict = room.verdict(&event);
            prop_assert!(matches!(verdict, Verdict::Silent { cause: Cause::ContentFault, .. }), "{verdict:?}");
            prop_assert_eq!(room.learner(&event).progress.attempts, counted);
        }
    }
}

/// What is left of the run was as hard as before: of a run that is easy now nothing is said about hard items.
#[test]
fn a_run_keeps_its_mean_surprise() {
    let mut scribe = Scribe::new("ana", &plain(Vec::new()));
    let right = step(MINUTE, At::New, answer(true, 20_000));
    let events: Vec<Event> = (0..6).map(|_| scribe.event(&right)).collect();
    let room = Room::after(&events);
    let mean = || {
        let progress = room.learner(&events[0]).progress;
        (progress.success_run, progress.run_surprise.get() / f32::from(progress.success_run))
    };
    let (_, before) = mean();
    for (number, run) in [(2, 5), (4, 4)] {
        let fault = scribe.event(&step(1_000, At::Nowhere, Action::ContentFault));
        room.submit(&Event { item: events[number].item, ..fault });
        let (left, after) = mean();
        assert!(left == run && (after - before).abs() < 1e-4, "{before} {after}");
    }
}

#[test]
fn a_skill_met_again_is_not_charged_for_what_was_forgotten() {
    let of = |skill, correct| Step { skills: vec![skill], ..step(MINUTE, At::New, answer(correct, 20_000)) };
    // Skill 1 goes wrong, five others push it out, it comes back, and only then its first item turns out to be faulty.
    let mut steps: Vec<Step> = [1, 2, 3, 4, 5, 6].into_iter().map(|skill| of(skill, skill != 1)).collect();
    steps.extend([of(1, true), step(0, At::Old(6), Action::ContentFault), of(1, true), of(1, true)]);
    let mut events = plain(steps).events();
    events[7].item = events[0].item;
    let learner = Room::after(&events).learner(&events[0]);
    for skill in &learner.skills {
        assert!(skill.successes <= skill.opportunities, "{skill:?}");
    }
}
