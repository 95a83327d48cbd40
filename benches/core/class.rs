//! Learners at work: attempts, two in three right, at five hundred items of forty skills, as they come off the wire.

use std::{
    hint::black_box,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use hearten::{
    engine::{Engine, Options, Reply, Rules, Statistics},
    estimate::Model,
    event::{Event, Timestamp},
    feedback::Policy,
    learner::Learner,
    rpc::{self, pb},
    store::{Key, Memory, Store as _},
};
use prost::Message as _;

/// Events of each learner before anything is measured, so that records are as large as they get.
const BEFORE: u64 = 40;
/// Events that are made ready at a time, outside of what is measured.
const READY: u64 = 10_000;
/// Twenty seconds from one event of a learner to the next.
const STEP_MS: i64 = 20_000;

/// How far an event goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It is made.
    Made,
    /// It is decoded and checked.
    Read,
    /// The engine answers it.
    Engine,
    /// Its answer is encoded.
    Whole,
}

pub struct Class {
    engine: Engine,
    store: Arc<Memory>,
    learners: u64,
    tenant: Arc<str>,
    /// Events so far.
    number: u64,
    random: fastrand::Rng,
}

impl Class {
    pub fn new(learners: u64) -> Self {
        Self::under(learners, Policy::BUILTIN)
    }

    /// The same where a fifth of every message but one is held out.
    pub fn on_trial(learners: u64) -> Self {
        let mut policy = String::new();
        for line in Policy::BUILTIN.lines() {
            policy += &format!("{line}\n");
            if line.starts_with("[reasons.") && line != "[reasons.stuck]" {
                policy += "trial = 0.2\nselection = \"adaptive\"\n";
            }
        }
        Self::under(learners, &policy)
    }

    fn under(learners: u64, policy: &str) -> Self {
        let store = Arc::new(Memory::new());
        let rules = Rules::new(Model::builtin().unwrap(), Policy::parse(policy).unwrap());
        let engine = at_once(Engine::open(rules, store.clone(), Statistics::Learn)).unwrap();
        let (tenant, random) = ("default".into(), fastrand::Rng::with_seed(7));
        let mut class = Self { engine, store, learners, tenant, number: 0, random };
        // Of a million, few rounds: it is the reach over memory that counts.
        let rounds = if learners > 100_000 { 4 } else { BEFORE };
        for _ in 0..rounds * learners {
            let (key, bytes) = class.made(class.number % learners);
            at_once(class.whole(&key, &bytes));
        }
        class.engine.renew_statistics();
        class
    }

    /// When it begins.
    pub fn start() -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000)
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(Self::start().as_millis() + (self.number / self.learners) as i64 * STEP_MS)
    }

    /// The next event of a learner, as it comes off the wire.
    fn made(&mut self, learner: u64) -> (Key, Vec<u8>) {
        self.number += 1;
        let name = format!("learner-{learner}");
        let attempt = pb::Attempt {
            correct: Some(!(self.number * 7 + learner).is_multiple_of(3)),
            response_time: Some(pb::Duration { seconds: 9, nanos: 0 }),
            ..pb::Attempt::default()
        };
        let sent = pb::Event {
            event_id: format!("event-{}", self.number),
            learner_id: name.clone(),
            session_id: "session-1".to_owned(),
            item_id: format!("item-{}", (self.number / self.learners + learner * 7) % 500),
            skill_ids: vec![format!("skill-{}", learner % 40)],
            action: Some(pb::event::Action::Attempt(attempt)),
            ..pb::Event::default()
        };
        (Key::new(&self.tenant, &name), sent.encode_to_vec())
    }

    /// The next event of a learner met at random.
    pub fn next(&mut self) -> (Key, Vec<u8>) {
        let learner = self.random.u64(..self.learners);
        self.made(learner)
    }

    fn event(&self, sent: &pb::Event) -> Event {
        rpc::event(sent, Some(self.now())).unwrap()
    }

    async fn submit(&self, key: &Key, event: &Event) -> Reply {
        let mut reply = self.engine.submit(key, event, Options::default(), self.now()).await.unwrap();
        self.engine.settle(&mut reply).await.unwrap();
        reply
    }

    /// Decode, engine, encode.
    async fn whole(&self, key: &Key, bytes: &[u8]) -> rpc::Written {
        let sent = pb::Event::decode(bytes).unwrap();
        let event = self.event(&sent);
        let reply = self.submit(key, &event).await;
        rpc::answer(sent, &reply)
    }

    /// Takes so many events so far.
    pub fn run(&mut self, count: u64, stage: Stage) {
        for _ in 0..count {
            let (key, bytes) = self.next();
            if stage == Stage::Made {
                continue;
            }
            let sent = pb::Event::decode(bytes.as_slice()).unwrap();
            let event = self.event(&sent);
            if stage >= Stage::Engine {
                let reply = at_once(self.submit(&key, &event));
                if stage == Stage::Whole {
                    black_box(rpc::answer(sent, &reply));
                }
            }
        }
    }

    /// How long so many events take whole.
    pub fn timed(&mut self, count: u64) -> Duration {
        self.in_parts(count, |class, events| {
            let began = now();
            for (key, bytes) in &events {
                black_box(at_once(class.whole(key, bytes)));
            }
            began.elapsed()
        })
    }

    /// The same of the engine's stage alone.
    pub fn timed_engine(&mut self, count: u64) -> Duration {
        self.in_parts(count, |class, events| {
            let read = |(key, bytes): (Key, Vec<u8>)| (key, class.event(&pb::Event::decode(bytes.as_slice()).unwrap()));
            let events: Vec<(Key, Event)> = events.into_iter().map(read).collect();
            let began = now();
            for (key, event) in &events {
                black_box(at_once(class.submit(key, event)));
            }
            began.elapsed()
        })
    }

    fn in_parts(&mut self, count: u64, run: impl Fn(&Self, Vec<(Key, Vec<u8>)>) -> Duration) -> Duration {
        let mut left = count;
        let mut took = Duration::ZERO;
        while left > 0 {
            let part = left.min(READY);
            let events = (0..part).map(|_| self.next()).collect();
            took += run(self, events);
            left -= part;
        }
        took
    }

    /// An event and its answer.
    pub fn answered(&mut self) -> (pb::Event, Reply) {
        let (key, bytes) = self.next();
        let sent = pb::Event::decode(bytes.as_slice()).unwrap();
        let reply = at_once(self.submit(&key, &self.event(&sent)));
        (sent, reply)
    }

    /// A learner's record.
    pub fn learner(&self) -> Learner {
        let key = Key::new(&self.tenant, "learner-1");
        let record = at_once(self.store.load(&key)).unwrap().unwrap();
        Learner::decode(&record.bytes).unwrap()
    }
}

/// What the store that forgets is asked for is there at once, so that nothing has to wait.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits"),
    }
}

fn now() -> Instant {
    #[allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]
    Instant::now()
}
