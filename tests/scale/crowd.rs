//! Many learners of five skills each, with records as full as they get, made through the engine.

use std::{path::Path, sync::Arc, time::Duration};

use arrayvec::ArrayVec;
use hearten::{
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    event::{Action, Attempt, Clocks, Event, Hint, Id, Mode, Timestamp, class_hash, item_hash, skill_hash},
    feedback::Policy,
    store::{Embedded, Key, Store as _},
};

/// More than the ids that a record remembers.
const EVENTS: u64 = 36;
const SKILLS: u64 = 5;
/// Learners of a class.
const CLASS: usize = 30;
/// 2026-09-21, a Monday.
const START: i64 = 1_790_000_000_000;
/// Learners that are under way at once.
const AT_ONCE: usize = 64;

pub fn name(number: usize) -> String {
    format!("learner-{number:07}")
}

/// Numbers that look random, and are the same for a seed.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// What one learner did, in order.
fn history(number: usize) -> impl Iterator<Item = Event> {
    let mut random = Random(number as u64);
    let learner = Id::parse("learner_id", &name(number)).unwrap();
    let ability = 30 + random.below(65);
    let mut at = START + (number % 100_000) as i64 * 10_000;
    (0..EVENTS).map(move |place| {
        // Two sittings; the second is a day later.
        let gap = if place == EVENTS / 2 { 86_400_000 } else { 4_000 + random.below(70_000) as i64 };
        at += gap;
        let skill = random.below(SKILLS);
        let item = format!("item-{skill}-{}", random.below(200));
        let response_ms = Some(2_000 + random.below(40_000) as u32).filter(|_| place != EVENTS / 2);
        let action = if random.chance(10) {
            Action::Hint(Hint { level: 1, bottom_out: random.chance(20) })
        } else {
            Action::Attempt(Attempt { correct: random.chance(ability), response_ms, number: None, last: false })
        };
        let skill = Id::parse("skill_ids", &format!("skill-{skill}")).unwrap();
        let item = Id::parse("item_id", &item).unwrap();
        let class = Id::parse("class_id", &format!("class-{}", number / CLASS)).unwrap();
        let when = Some(Timestamp::from_millis(at));
        Event {
            id: Id::parse("event_id", &format!("e{place}")).unwrap(),
            learner: learner.clone(),
            session: Some(1 + (place * 2 / EVENTS) as u32),
            class: Some(class_hash((&class).into())),
            mode: Mode::Practice,
            item: Some(item_hash((&item).into(), None)),
            skills: ArrayVec::from_iter([skill_hash((&skill).into())]),
            clocks: Clocks { occurred_at: when, sent_at: when, received_at: when },
            untimed: false,
            device: 7,
            device_seq: Some(place + 1),
            suggested: false,
            action,
        }
    })
}

async fn learn(engine: &Engine, number: usize) {
    let key = Key::new("default", &name(number));
    let mut newest = None;
    for event in history(number) {
        let now = event.at().unwrap();
        newest = Some(engine.submit(&key, &event, Options::default(), now).await.unwrap());
    }
    // Commits of a learner are written in order: the last one tells of all.
    engine.settle(newest.as_mut().unwrap()).await.unwrap();
}

/// Makes a store of so many learners.
pub async fn fill(directory: &Path, learners: usize) {
    let store = Arc::new(Embedded::open(directory).unwrap());
    let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
    let engine = Arc::new(Engine::open(rules, Arc::clone(&store) as _, Statistics::Learn).await.unwrap());
    let mut under_way = tokio::task::JoinSet::new();
    for first in 0..AT_ONCE {
        let engine = Arc::clone(&engine);
        under_way.spawn(async move {
            for number in (first..learners).step_by(AT_ONCE) {
                learn(&engine, number).await;
                if first == 0 && number % (AT_ONCE * 100) == 0 {
                    engine.renew_statistics();
                    // They are done with.
                    engine.let_go(Timestamp::from_millis(i64::MAX), Timestamp::default());
                    if number % (AT_ONCE * 1_000) == 0 {
                        eprintln!("{number} learners are there");
                    }
                }
            }
        });
    }
    while let Some(done) = under_way.join_next().await {
        done.unwrap();
    }
    store.close().await.unwrap();
    drop((engine, store));
    tokio::time::sleep(Duration::from_millis(10)).await;
}
