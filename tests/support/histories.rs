//! Random histories, as platforms send them at their best and at their worst, and an engine to feed them to.

#![allow(dead_code, unused_imports, reason = "each test binary compiles this module and uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

mod room;

use std::{collections::HashMap, ops::Range};

use hearten::event::{Action, Attempt, Clocks, Event, Feeling, Hint, Id, Mode, Timestamp};
use proptest::{collection::vec, prelude::*};

pub use room::{RULES, Room, assessed};

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
/// 2026-09-21, a Monday.
pub const START: i64 = 1_790_000_000_000;

/// One step of a history; the [`Scribe`] makes an event of it.
#[derive(Clone, Debug)]
pub struct Step {
    /// Since the step before.
    pub gap_ms: i64,
    pub at: At,
    pub skills: Vec<u64>,
    pub action: Action,
    pub twist: Twist,
}

/// Where a step happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At {
    Same,
    New,
    /// An item from before, by how far back.
    Old(u64),
    Nowhere,
}

/// What is unusual about a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Twist {
    Nothing,
    Untimed,
    /// It says that it happened this long ago.
    Behind(i64),
    /// It took this long to arrive.
    Delayed(i64),
    Device(u32),
    Mode(Mode),
    NewSession,
}

#[derive(Clone, Debug)]
pub struct History {
    pub untimed: bool,
    pub names_sessions: bool,
    pub counts: bool,
    pub steps: Vec<Step>,
}

/// Writes the events of one learner.
#[derive(Clone, Debug)]
pub struct Scribe {
    learner: Id,
    untimed: bool,
    names_sessions: bool,
    counts: bool,
    written: u64,
    items: u64,
    item: u64,
    sessions: u64,
    device_seq: HashMap<u32, u64>,
    pub now: i64,
}

impl Scribe {
    pub fn new(learner: &str, history: &History) -> Self {
        Self {
            learner: Id::parse("learner_id", learner).unwrap(),
            untimed: history.untimed,
            names_sessions: history.names_sessions,
            counts: history.counts,
            written: 0,
            items: 0,
            item: 0,
            sessions: 1,
            device_seq: HashMap::new(),
            now: START,
        }
    }

    pub fn event(&mut self, step: &Step) -> Event {
        self.written += 1;
        self.now += step.gap_ms;
        self.sessions += u64::from(step.twist == Twist::NewSession);
        let session = self.names_sessions.then_some(self.sessions as u32);
        // A sitting that ended does not come back.
        self.sessions += u64::from(step.action == Action::SessionEnded);
        match step.at {
            At::New => (self.items, self.item) = (self.items + 1, self.items + 1),
            At::Old(back) => {
                self.items = self.items.max(1);
                self.item = self.items.saturating_sub(back).max(1);
            }
            At::Same | At::Nowhere => {}
        }
        let (behind, delay) = match step.twist {
            Twist::Behind(ms) => (ms, 0),
            Twist::Delayed(ms) => (0, ms),
            _ => (0, 0),
        };
        let device = if let Twist::Device(device) = step.twist { device } else { 0 };
        let seq = self.device_seq.entry(device).or_default();
        *seq += u64::from(behind == 0);
        Event {
            id: Id::parse("event_id", &format!("e{}", self.written)).unwrap(),
            learner: self.learner.clone(),
            session,
            class: None,
            mode: if let Twist::Mode(mode) = step.twist { mode } else { Mode::Practice },
            item: (step.at != At::Nowhere && self.item > 0).then_some(self.item),
            skills: step.skills.iter().copied().collect(),
            clocks: Clocks {
                occurred_at: Some(Timestamp::from_millis(self.now - behind)),
                sent_at: None,
                received_at: Some(Timestamp::from_millis(self.now + delay)),
            },
            untimed: self.untimed || step.twist == Twist::Untimed,
            device,
            device_seq: self.counts.then_some(*seq),
            suggested: false,
            action: step.action,
        }
    }

    pub fn events(mut self, history: &History) -> Vec<Event> {
        history.steps.iter().map(|step| self.event(step)).collect()
    }
}

impl History {
    pub fn events(&self) -> Vec<Event> {
        Scribe::new("ana", self).events(self)
    }
}

pub fn answer(correct: bool, response_ms: impl Into<Option<u32>>) -> Action {
    Action::Attempt(Attempt { correct, response_ms: response_ms.into(), number: None, last: false })
}

pub fn step(gap_ms: i64, at: At, action: Action) -> Step {
    Step { gap_ms, at, skills: vec![1], action, twist: Twist::Nothing }
}

/// A stretch of answers: how often right, how often on a new item, in what time.
fn answers(right: f64, new_item: f64, ms: Range<u32>, len: Range<usize>) -> BoxedStrategy<Vec<Step>> {
    let one =
        (prop::bool::weighted(right), prop::bool::weighted(new_item), ms, prop::option::weighted(0.8, 0..20_000u32));
    let one = one.prop_map(|(correct, new_item, ms, pause)| {
        let at = if new_item { At::New } else { At::Same };
        // Where no time is sent, the gap is all there is.
        step(i64::from(ms + pause.unwrap_or(0)), at, answer(correct, pause.map(|_| ms.max(1))))
    });
    vec(one, len).boxed()
}

fn hints(len: Range<usize>) -> BoxedStrategy<Vec<Step>> {
    let one =
        (any::<bool>(), any::<bool>(), 1..20_000u32, any::<bool>()).prop_map(|(bottom_out, correct, ms, again)| {
            let hint = Action::Hint(Hint { level: 1, bottom_out });
            let hint = step(i64::from(ms), if again { At::Same } else { At::New }, hint);
            [hint, step(i64::from(ms), At::Same, answer(correct, ms))]
        });
    vec(one, len).prop_map(|pairs| pairs.into_iter().flatten().collect()).boxed()
}

pub fn any_action() -> impl Strategy<Value = Action> {
    let attempt = (any::<bool>(), prop::option::of(1..=86_400_000u32), prop::option::of(1..4u32), any::<bool>());
    let feeling = prop_oneof![Just(Feeling::Frustration), Just(Feeling::Confidence)];
    prop_oneof![
        6 => attempt.prop_map(|(correct, response_ms, number, last)| {
            Action::Attempt(Attempt { correct, response_ms, number, last })
        }),
        2 => (any::<u32>(), any::<bool>()).prop_map(|(level, bottom_out)| Action::Hint(Hint { level, bottom_out })),
        1 => Just(Action::Skip),
        2 => Just(Action::ItemStarted),
        2 => any::<bool>().prop_map(|hidden| Action::FocusChanged { hidden }),
        1 => (feeling, 0..=1000u16).prop_map(|(feeling, thousandths)| Action::SelfReport { feeling, thousandths }),
        1 => Just(Action::ContentFault),
        1 => Just(Action::SessionEnded),
    ]
}

fn any_twist() -> impl Strategy<Value = Twist> {
    prop_oneof![
        12 => Just(Twist::Nothing),
        1 => Just(Twist::Untimed),
        1 => (0..2 * HOUR).prop_map(Twist::Behind),
        1 => (0..2 * HOUR).prop_map(Twist::Delayed),
        2 => (1..3u32).prop_map(Twist::Device),
        1 => prop_oneof![Just(Mode::Graded), Just(Mode::Exam)].prop_map(Twist::Mode),
        1 => Just(Twist::NewSession),
    ]
}

pub fn any_step() -> impl Strategy<Value = Step> {
    let gap = prop_oneof![Just(0), 1..MINUTE, MINUTE..5 * MINUTE, 5 * MINUTE..40 * MINUTE, HOUR..30 * HOUR];
    let at =
        prop_oneof![4 => Just(At::Same), 4 => Just(At::New), 2 => (0..6u64).prop_map(At::Old), 1 => Just(At::Nowhere)];
    (gap, at, skills(), any_action(), any_twist()).prop_map(|(gap_ms, at, skills, action, twist)| Step {
        gap_ms,
        at,
        skills,
        action,
        twist,
    })
}

/// More skills than a record keeps, so that some are forgotten.
fn skills() -> impl Strategy<Value = Vec<u64>> {
    let many = prop::collection::btree_set(1..9u64, 0..8).prop_map(|skills| skills.into_iter().collect());
    prop_oneof![3 => (1..4u64).prop_map(|skill| vec![skill]), 1 => many.boxed().prop_shuffle()]
}

/// Stretches of one kind, so that runs come about, with anything at all in between.
fn stretch() -> impl Strategy<Value = Vec<Step>> {
    let steps = prop_oneof![
        3 => answers(0.97, 1.0, 8_000..40_000, 2..14),
        3 => answers(0.05, 0.9, 8_000..40_000, 2..9),
        2 => answers(0.5, 0.8, 5_000..60_000, 2..14),
        2 => answers(0.15, 0.1, 6_000..60_000, 2..7),
        1 => answers(0.2, 0.8, 50..1_800, 2..9),
        1 => answers(0.1, 0.8, 90_000..600_000, 2..7),
        1 => answers(0.7, 1.0, 150_000..240_000, 4..20),
        1 => hints(2..6),
        2 => vec(any_step(), 1..6).boxed(),
    ];
    (steps, skills(), any::<bool>()).prop_map(|(mut steps, skills, one_subject)| {
        if one_subject {
            steps.iter_mut().for_each(|step| step.skills.clone_from(&skills));
        }
        steps
    })
}

pub fn history(stretches: Range<usize>) -> impl Strategy<Value = History> {
    let manners = (prop::bool::weighted(0.2), any::<bool>(), any::<bool>());
    (manners, vec(stretch(), stretches)).prop_map(|((untimed, names_sessions, counts), stretches)| History {
        untimed,
        names_sessions,
        counts,
        steps: stretches.into_iter().flatten().collect(),
    })
}

pub fn config(cases: u32) -> ProptestConfig {
    // A failing input is printed whole: put it into a test of its own instead of a file of seeds.
    let default = ProptestConfig { failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() };
    // PROPTEST_CASES asks for more, overnight say.
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    ProptestConfig { cases, ..default }
}
