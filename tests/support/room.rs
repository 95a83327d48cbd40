//! An engine to live a history in.

use std::sync::{Arc, LazyLock};

use hearten::{
    engine::{Engine, Error, Explained, Logged, Options, Reply, Reported, Rules, Statistics, Struggle},
    estimate::{Assessment, Features, Model, assess},
    event::{Event, Timestamp},
    feedback::Policy,
    learner::{Learner, Preferences},
    reason::{Outcome, Verdict},
    statistics::Snapshot,
    store::{Erased, Key, Memory, Store},
};
use tokio::runtime::{Builder, Runtime};

use super::START;

pub static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap()));

/// An engine with frozen statistics over a store that shows what it keeps.
pub struct Room {
    runtime: Runtime,
    store: Arc<Memory>,
    engine: Engine,
}

impl Room {
    pub fn new() -> Self {
        Self::under(RULES.policy.clone())
    }

    /// A room where another policy decides.
    pub fn under(policy: Policy) -> Self {
        let rules = Rules::new(RULES.model.clone(), policy);
        let runtime = Builder::new_current_thread().build().unwrap();
        let store = Arc::new(Memory::new());
        let engine = Engine::open(rules, Arc::clone(&store) as Arc<dyn Store>, Statistics::Frozen);
        let engine = runtime.block_on(engine).unwrap();
        Self { runtime, store, engine }
    }

    /// The server was stopped and started again on what it kept, with the same policy or another.
    pub fn restarted(self, policy: Policy) -> Self {
        let Self { runtime, store, engine } = self;
        drop(engine);
        let rules = Rules::new(RULES.model.clone(), policy);
        let engine = Engine::open(rules, Arc::clone(&store) as Arc<dyn Store>, Statistics::Frozen);
        let engine = runtime.block_on(engine).unwrap();
        Self { runtime, store, engine }
    }

    /// The room after these events.
    pub fn after(events: &[Event]) -> Self {
        let room = Self::new();
        for event in events {
            room.submit(event);
        }
        room
    }

    pub fn submit(&self, event: &Event) -> Reply {
        self.ask(event, Options::default())
    }

    pub fn ask(&self, event: &Event, options: Options) -> Reply {
        let now = Timestamp::from_millis(START);
        self.runtime.block_on(self.engine.submit(&key(event), event, options, now)).unwrap()
    }

    /// What ids are hashed with and lots drawn from.
    pub fn secret(&self) -> [u8; 16] {
        self.store.secret()
    }

    pub fn nudge(&self, event: &Event, sequence: u64, now: i64) -> Option<Reply> {
        self.runtime.block_on(self.engine.nudge(&key(event), sequence, None, Timestamp::from_millis(now))).unwrap()
    }

    pub fn verdict(&self, event: &Event) -> Verdict {
        self.submit(event).decision.unwrap().verdict
    }

    /// The learner's record as stored.
    pub fn bytes(&self, event: &Event) -> Vec<u8> {
        let record = self.runtime.block_on(self.store.load(&key(event))).unwrap();
        record.map(|record| record.bytes).unwrap_or_default()
    }

    pub fn learner(&self, event: &Event) -> Learner {
        let bytes = self.bytes(event);
        if bytes.is_empty() { Learner::default() } else { Learner::decode(&bytes).unwrap() }
    }

    fn id(reply: &Reply) -> String {
        reply.decision.as_ref().unwrap().name()
    }

    pub fn explain(&self, reply: &Reply) -> Logged {
        self.explained(reply).unwrap().logged
    }

    pub fn explained(&self, reply: &Reply) -> Result<Explained, Error> {
        let id = &Self::id(reply);
        self.runtime.block_on(self.engine.explain(&Arc::from("default"), id, Timestamp::from_millis(START)))
    }

    pub fn report(&self, reply: &Reply, outcome: Outcome) -> Result<Reported, Error> {
        let id = &Self::id(reply);
        self.runtime.block_on(self.engine.report(&Arc::from("default"), id, outcome, Timestamp::from_millis(START)))
    }

    /// The learner of this event asks for something.
    pub fn prefer(&self, event: &Event, change: impl Fn(&mut Preferences)) {
        self.runtime.block_on(self.engine.prefer(&key(event), change, Timestamp::from_millis(START))).unwrap();
    }

    /// A learner is erased for good.
    pub fn erase(&self, learner: &str) -> Erased {
        let key = Key::new("default", learner);
        self.runtime.block_on(self.engine.erase(&key, Timestamp::from_millis(START))).unwrap()
    }

    /// Another policy decides from here on.
    pub fn adopt(&self, policy: Policy) {
        self.engine.adopt(Rules::new(RULES.model.clone(), policy));
    }

    /// Whom the teacher of a class should see.
    pub fn struggling(&self, class: u64) -> Vec<Struggle> {
        let default = Arc::from("default");
        let list = self.engine.struggling(&default, class, "", 1000, Timestamp::from_millis(START));
        self.runtime.block_on(list).unwrap().learners
    }

    /// Whom the store has on a class's list.
    pub fn listed(&self, class: u64) -> Vec<Arc<str>> {
        self.runtime.block_on(self.store.attention("default", class, "", 1000)).unwrap()
    }
}

fn key(event: &Event) -> Key {
    Key::new("default", event.learner.as_str())
}

pub fn assessed(learner: &Learner) -> Assessment {
    assess(&RULES.model, learner, &Features::of(&RULES.model, learner, &Snapshot::default()))
}
