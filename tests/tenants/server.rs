//! An engine over a store that can be closed and opened again.

use std::sync::{Arc, LazyLock};

use hearten::{
    engine::{Engine, Error, Explained, Options, Profile, Reply, Resent, RuleBook, Rules, Statistics},
    estimate::Model,
    event::Event,
    feedback::Policy,
    learner::Preferences,
    messages::Catalogues,
    reason::{Outcome, Reason},
    statistics::{Subject, Sums},
    store::{Embedded, Key, Memory, Store},
};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use super::{at, models::MODEL, plan::Plan};

/// Rules that differ in policy, in words, or in the model.
pub static RULES: LazyLock<[Rules; 4]> = LazyLock::new(|| {
    let plan = Plan::only(&Reason::ALL).to_string();
    let easily = |name: &str, frustrated: u32| {
        let text = plan.replace("frustration_high_for = 10", &format!("frustration_high_for = {frustrated}"));
        let text = text.replace("wheel_spinning = 0.75", "wheel_spinning = 0.2");
        let text = text.replace("wheel_spinning_opportunities = 8", "wheel_spinning_opportunities = 3");
        Policy::parse(&text.replace("random-1", name)).unwrap()
    };
    let mut english = Catalogues::sources().into_iter().find(|source| source.name == "en.ftl").unwrap();
    let [one, other] = ["-1 = ", "-2 = "];
    english.text = english.text.replace(one, "-x = ").replace(other, one).replace("-x = ", other);
    let words = Arc::new(Catalogues::with(&[english]).unwrap());
    let model = Model::builtin().unwrap();
    [
        Rules::new(model.clone(), easily("talks", 2)),
        Rules::new(model.clone(), easily("talks", 2)).with_catalogues(words),
        Rules::new(model, Policy::builtin().unwrap()),
        Rules::new(Model::parse(MODEL).unwrap(), easily("talks-too", 3)),
    ]
});

/// Where the store is.
pub enum Place {
    Memory(Arc<Memory>),
    Directory(TempDir),
}

impl Place {
    fn open(&self) -> Arc<dyn Store> {
        match self {
            Self::Memory(store) => Arc::clone(store) as Arc<dyn Store>,
            Self::Directory(home) => Arc::new(Embedded::open(home.path()).unwrap()),
        }
    }

    pub fn new(durable: bool) -> Self {
        if durable { Self::Directory(tempfile::tempdir().unwrap()) } else { Self::Memory(Arc::new(Memory::new())) }
    }
}

pub struct Server {
    runtime: Runtime,
    place: Place,
    store: Option<Arc<dyn Store>>,
    engine: Option<Engine>,
}

impl Server {
    pub fn new(place: Place, book: RuleBook) -> Self {
        let runtime = Builder::new_current_thread().build().unwrap();
        let mut server = Self { runtime, place, store: None, engine: None };
        server.restart(book);
        server
    }

    pub fn restart(&mut self, book: RuleBook) {
        (self.engine, self.store) = (None, None);
        let store = self.place.open();
        let engine = Engine::open(book, Arc::clone(&store), Statistics::Learn);
        self.engine = Some(self.runtime.block_on(engine).unwrap());
        self.store = Some(store);
    }

    pub fn engine(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }

    pub fn submit(&self, key: &Key, event: &Event, options: Options, ms: i64) -> Result<Reply, Error> {
        self.settled(self.runtime.block_on(self.engine().submit(key, event, options, at(ms))))
    }

    pub fn repeat(&self, key: &Key, ms: i64) -> Result<Reply, Error> {
        self.settled(self.runtime.block_on(self.engine().repeat(key, true, at(ms))))
    }

    pub fn nudge(&self, key: &Key, sequence: u64, ms: i64) -> Option<Reply> {
        let nudged = self.runtime.block_on(self.engine().nudge(key, sequence, None, at(ms))).unwrap();
        nudged.map(|reply| self.settled(Ok(reply)).unwrap())
    }

    fn settled(&self, reply: Result<Reply, Error>) -> Result<Reply, Error> {
        let mut reply = reply?;
        self.runtime.block_on(self.engine().settle(&mut reply))?;
        Ok(reply)
    }

    pub fn taken_before(&self, key: &Key, events: &[&Event], ms: i64) -> Vec<Resent> {
        self.runtime.block_on(self.engine().taken_before(key, events, at(ms))).unwrap()
    }

    pub fn report(&self, tenant: &str, id: &str, outcome: Outcome, ms: i64) -> Result<(Outcome, bool), Error> {
        let mut reported = self.runtime.block_on(self.engine().report(&Arc::from(tenant), id, outcome, at(ms)))?;
        self.runtime.block_on(self.engine().settle_report(&mut reported))?;
        Ok((reported.outcome, reported.duplicate))
    }

    pub fn explain(&self, tenant: &str, id: &str, ms: i64) -> Result<Explained, Error> {
        self.runtime.block_on(self.engine().explain(&Arc::from(tenant), id, at(ms)))
    }

    pub fn profile(&self, key: &Key, ms: i64) -> Result<Profile, Error> {
        self.runtime.block_on(self.engine().profile(key, true, at(ms)))
    }

    pub fn class(&self, key: &Key, ms: i64) -> u64 {
        self.runtime.block_on(self.engine().class(key, at(ms))).unwrap()
    }

    pub fn prefer(&self, key: &Key, wanted: &Preferences, ms: i64) -> Preferences {
        let change = |preferences: &mut Preferences| *preferences = wanted.clone();
        self.runtime.block_on(self.engine().prefer(key, change, at(ms))).unwrap()
    }

    /// A class's list, read in pages of one.
    pub fn struggling(&self, tenant: &str, class: u64, ms: i64) -> Vec<hearten::engine::Struggle> {
        let (tenant, mut listed, mut after) = (Arc::from(tenant), Vec::new(), Some(Arc::from("")));
        while let Some(from) = after {
            let page = self.runtime.block_on(self.engine().struggling(&tenant, class, &from, 1, at(ms))).unwrap();
            listed.extend(page.learners);
            after = page.next;
        }
        listed
    }

    /// The sums in the store, in order.
    pub fn sums(&self) -> Vec<(Arc<str>, Subject, Sums)> {
        let mut rows = self.runtime.block_on(self.store.as_ref().unwrap().statistics()).unwrap();
        rows.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        rows
    }
}

/// All of a reply that a client could be told.
pub fn told(reply: &Result<Reply, Error>) -> String {
    match reply {
        Ok(Reply { report, decision, duplicate, sequence, patience_ms, rules, pending, .. }) => format!(
            "{report:?} {decision:?} {duplicate} {sequence} {patience_ms:?} {} {} {} {}",
            rules.policy.version,
            rules.model.version,
            pending.key.tenant(),
            pending.key.learner()
        ),
        Err(error) => error.to_string(),
    }
}

pub fn profiled(profile: &Result<Profile, Error>) -> String {
    match profile {
        Ok(Profile { report, rules, preferences, class, decisions, sequence }) => {
            format!("{report:?} {} {preferences:?} {class} {decisions:?} {sequence}", rules.policy.version)
        }
        Err(error) => error.to_string(),
    }
}
