//! Whom a teacher should see: those who keep struggling, for as long as they do, in the class they are in.

use hearten::{
    engine::Struggle,
    event::{Action, Event, Feeling},
    feedback::Policy,
    learner::{Learner, Level},
    reason::Reason,
};
use proptest::prelude::*;

use super::{
    histories::{At, History, MINUTE, RULES, Room, Scribe, Step, answer, config, history, step},
    plan::plan,
};

const CLASS: u64 = 7;
const OTHER: u64 = 8;

/// A learner in a class, under the policy that is built in.
struct Pupil {
    room: Room,
    scribe: Scribe,
    class: Option<u64>,
}

impl Pupil {
    fn new() -> Self {
        let history = History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() };
        Self { room: Room::new(), scribe: Scribe::new("ana", &history), class: Some(CLASS) }
    }

    fn does(&mut self, step: &Step) -> Learner {
        let event = Event { class: self.class, ..self.scribe.event(step) };
        self.room.submit(&event);
        self.room.learner(&event)
    }

    fn answers(&mut self, correct: bool) -> Learner {
        self.does(&answered(correct))
    }

    /// At a skill of its own, so that none is spun on.
    fn errs_anywhere(&mut self) -> Learner {
        let skill = self.scribe.now as u64;
        self.does(&Step { skills: vec![skill], ..answered(false) })
    }

    fn listed(&self) -> Option<Struggle> {
        let list = self.room.struggling(CLASS);
        assert!(list.len() <= 1);
        list.into_iter().next()
    }
}

fn answered(correct: bool) -> Step {
    step(MINUTE, At::New, answer(correct, 20_000))
}

#[test]
fn sustained_frustration_lists_and_relief_takes_off() {
    let mut ana = Pupil::new();
    let least = RULES.policy.attention.frustration_high_for;
    let mut errors = 0;
    while ana.listed().is_none() {
        let learner = ana.errs_anywhere();
        errors += 1;
        assert_eq!(ana.listed().is_some(), learner.moods[0].high_for >= least, "{errors} errors");
        assert!(errors < 60, "never");
    }
    assert!(errors >= usize::from(least));
    let struggle = ana.listed().unwrap();
    assert_eq!((&*struggle.learner, struggle.reason), ("ana", Reason::FrustrationRising));
    assert_eq!(struggle.since_secs, Some(ana.scribe.now as u64 / 1000));
    assert_eq!(struggle.evidence, [("frustration_high_for", f32::from(least), f32::from(least))]);
    assert!(struggle.tried.is_empty(), "what was said before is not what was tried since");
    // It stays as it is while it goes on.
    ana.errs_anywhere();
    assert_eq!(ana.listed().unwrap().since_secs, struggle.since_secs);
    let mut rights = 0;
    while ana.listed().is_some() {
        ana.answers(true);
        rights += 1;
        assert!(rights < 10, "for ever");
    }
    // And is over: one more error is one error.
    ana.answers(false);
    assert_eq!(ana.listed(), None);
}

/// Whoever says that all is well and errs on is still struggling, as since before.
#[test]
fn what_a_learner_reports_does_not_begin_the_struggle_anew() {
    let mut ana = Pupil::new();
    while ana.listed().is_none() {
        ana.errs_anywhere();
    }
    let since = ana.listed().unwrap().since_secs;
    ana.does(&step(MINUTE, At::Nowhere, Action::SelfReport { feeling: Feeling::Frustration, thousandths: 100 }));
    for _ in 0..8 {
        ana.errs_anywhere();
        assert_eq!(ana.listed().map(|listed| listed.since_secs), Some(since));
    }
}

#[test]
fn what_a_trial_held_out_was_not_tried() {
    let text =
        Policy::BUILTIN.replacen("[reasons.frustration-rising]\n", "[reasons.frustration-rising]\ntrial = 0.9\n", 1);
    let mut ana = Pupil { room: Room::under(Policy::parse(&text).unwrap()), ..Pupil::new() };
    let mut held_out = 0;
    for _ in 0..100 {
        let learner = ana.errs_anywhere();
        let Some(struggle) = ana.listed() else { continue };
        let since = struggle.since_secs.unwrap();
        let messages = || learner.said.spoken.iter().filter(|spoken| spoken.at_secs >= since);
        assert_eq!(struggle.tried.len(), messages().filter(|spoken| !spoken.held_out).count());
        held_out = held_out.max(messages().filter(|spoken| spoken.held_out).count());
    }
    assert!(held_out > 0);
}

/// Two of three wrong on one skill, and never three in a row.
#[test]
fn wheel_spinning_lists_and_mastery_takes_off() {
    let mut ana = Pupil::new();
    let mut answers = 0;
    while ana.listed().is_none() {
        ana.answers(answers % 3 == 2);
        answers += 1;
        assert!(answers < 60, "never");
    }
    let struggle = ana.listed().unwrap();
    let criteria = RULES.policy.attention;
    assert_eq!(struggle.reason, Reason::WheelSpinning);
    let [(_, score, least), (_, opportunities, enough), _] = struggle.evidence[..] else { panic!("{struggle:?}") };
    assert!(score >= least && opportunities >= enough);
    assert!((least, enough) == (criteria.wheel_spinning, f32::from(criteria.wheel_spinning_opportunities)));
    // What may be spun on is another skill's matter, until the first is known.
    ana.does(&Step { skills: vec![2], ..answered(true) });
    assert_eq!(ana.listed().map(|listed| listed.reason), Some(Reason::WheelSpinning));
    for _ in 0..3 {
        ana.answers(true);
    }
    assert_eq!(ana.listed(), None);
}

#[test]
fn a_skill_left_for_five_others_is_no_longer_spun_on() {
    let mut ana = Pupil::new();
    for answers in 0..20 {
        if ana.listed().is_none() {
            ana.answers(answers % 3 == 2);
        }
    }
    assert_eq!(ana.listed().unwrap().reason, Reason::WheelSpinning);
    for skill in 2..=6 {
        assert!(ana.listed().is_some());
        ana.does(&Step { skills: vec![skill], ..answered(true) });
    }
    assert_eq!(ana.listed(), None);
}

#[test]
fn a_change_of_class_moves_who_is_listed() {
    let mut ana = Pupil::new();
    for _ in 0..20 {
        ana.answers(false);
    }
    let listed = ana.listed();
    assert!(listed.is_some());
    ana.class = Some(OTHER);
    ana.does(&step(MINUTE, At::New, Action::ItemStarted));
    assert_eq!((ana.room.struggling(CLASS), ana.room.listed(CLASS)), (vec![], vec![]));
    assert_eq!(ana.room.struggling(OTHER), Vec::from_iter(listed));
    // Whoever names no class is where they were.
    ana.class = None;
    ana.answers(false);
    assert_eq!(ana.room.struggling(OTHER).len(), 1);
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn one_wrong_answer_lists_nobody(history in history(0..8), calm in 1..20usize) {
        let mut ana = Pupil::new();
        for step in &history.steps {
            ana.does(step);
        }
        // Three right answers master the skill, and after some more nothing is high.
        let last = (0..calm + 3).map(|_| ana.answers(true)).last().unwrap();
        let calm = last.attention.is_none() && last.moods[0].level != Level::High;
        ana.answers(false);
        prop_assert!(!calm || ana.listed().is_none());
    }

    #[test]
    fn a_newcomer_is_never_listed_for_an_error(plan in plan(), ms in 1..600_000u32) {
        let mut ana = Pupil { room: Room::under(plan.policy()), ..Pupil::new() };
        ana.does(&step(MINUTE, At::New, answer(false, ms)));
        prop_assert_eq!(ana.listed(), None);
    }

    /// The list of a class holds whom their records say it holds, at any time.
    #[test]
    fn lists_are_what_records_say(history in history(2..16), classes in prop::collection::vec(prop::option::of(CLASS..=OTHER), 1..20)) {
        let mut ana = Pupil::new();
        for (step, class) in history.steps.iter().zip(classes.iter().cycle()) {
            ana.class = *class;
            let learner = ana.does(step);
            for class in [CLASS, OTHER] {
                let list = ana.room.struggling(class);
                let expected = learner.attention.filter(|_| learner.class == class);
                prop_assert_eq!(list.first().map(|listed| listed.reason), expected.map(|attention| attention.reason));
                // Nor does the store keep whom it would not show.
                prop_assert_eq!(ana.room.listed(class).len(), list.len());
            }
        }
    }
}
