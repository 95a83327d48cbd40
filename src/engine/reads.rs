//! What is known: learners and decisions. Reads wait for what is pending, and so only ever show what is on disk.

use std::sync::Arc;

use arrayvec::ArrayVec;

use super::{Decision, Engine, Error, Logged, Number, Reply, Report, Rules, decision, hot, rights::known};
use crate::{
    estimate::Features,
    event::Timestamp,
    learner::{Followed, Preferences},
    reason::{Outcome, Verdict},
    store::Key,
};

/// What is known about a learner.
#[derive(Clone, Debug)]
pub struct Profile {
    /// How it is going.
    pub report: Report,
    /// The rules in force.
    pub rules: Arc<Rules>,
    /// What was asked for.
    pub preferences: Preferences,
    /// The hash of the class last worked in; zero where none was named.
    pub class: u64,
    /// The last decisions, newest first.
    pub decisions: Vec<Decision>,
    /// How many events and nudges were applied.
    pub sequence: u64,
}

/// Why a decision was made.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The decision.
    pub decision: Decision,
    /// What it was made on, and by.
    pub logged: Logged,
    /// What became of the message, if it was reported.
    pub outcome: Option<Outcome>,
}

impl Explained {
    /// What came of earlier decisions that were made by lot, each with the id it goes by.
    pub fn followed(&self) -> impl Iterator<Item = (String, &Followed)> {
        let name = |followed: &Followed| {
            let named = self.decision.id.as_ref().map(|id| Number { sequence: followed.number, ..id.clone() });
            named.map(|number| number.name()).unwrap_or_default()
        };
        self.logged.followed.iter().map(move |followed| (name(followed), followed))
    }
}

impl Engine {
    /// One learner, as of the newest change on disk.
    pub async fn profile(&self, key: &Key, signals: bool, now: Timestamp) -> Result<Profile, Error> {
        let (rules, tenant) = (self.rules(key.tenant()), self.tenants.of(key.tenant()));
        let look = |slot: &mut hot::Slot| {
            let learner = &slot.learner;
            let reply = Self::reply(&rules, slot, key, None, signals, &tenant.live.snapshot());
            // Decisions made under other rules cannot be told by these.
            let traces = if rules.made(learner) { learner.traces.all() } else { ArrayVec::new() };
            let decisions: Vec<Decision> = traces.iter().rev().map(|trace| Self::named(&rules, key, trace)).collect();
            (reply, decisions, learner.preferences.clone(), learner.class, learner.version())
        };
        let (reply, decisions, preferences, class, version) = known(self.look(key, now, look).await)?;
        if version == 0 {
            self.hot.forget_unknown(key);
            return Err(Error::UnknownLearner);
        }
        let mut told = Vec::new();
        for decision in decisions {
            match decision.verdict {
                Verdict::Spoken { .. } => told.extend(self.recall(&rules, key, decision).await?),
                _ => told.push(decision),
            }
        }
        let Reply { report, sequence, .. } = reply;
        Ok(Profile { report, rules, preferences, class, decisions: told, sequence })
    }

    /// The hash of the class a learner last worked in, as of the newest change on disk; zero where none was named, and of whoever
    /// is not known.
    pub async fn class(&self, key: &Key, now: Timestamp) -> Result<u64, Error> {
        let look = |slot: &mut hot::Slot| (slot.learner.class, slot.learner.version());
        let (class, version) = match known(self.look(key, now, look).await) {
            Err(Error::UnknownLearner) => (0, 0),
            looked => looked?,
        };
        if version == 0 {
            self.hot.forget_unknown(key);
        }
        Ok(class)
    }

    /// The same for the learner a decision was about.
    pub async fn class_behind(&self, tenant: &str, id: &str, now: Timestamp) -> Result<u64, Error> {
        let (key, _) = decision::parse(tenant, id)?;
        self.class(&key, now).await
    }

    /// What a decision was made on: from the log if it spoke, from the record if it is among the last eight.
    pub async fn explain(&self, tenant: &str, id: &str, now: Timestamp) -> Result<Explained, Error> {
        let (key, sequence) = decision::parse(tenant, id)?;
        let (rules, tenant) = (self.rules(tenant), self.tenants.of(tenant));
        let logged = self.store.decision(&key, sequence).await?.map(|bytes| Logged::decode(&bytes)).transpose()?;
        let told = logged.as_ref().map(|logged| logged.followed.clone()).unwrap_or_default();
        if let Some(logged) = logged.filter(Logged::explains) {
            let policy_version = Arc::from(logged.policy_version.as_str());
            let (offer, message) = (logged.offer, logged.words(&rules));
            let decision = Decision { policy_version, message, offer, ..Self::named(&rules, &key, &logged.trace) };
            let outcome = self.store.outcome(&key, sequence).await?.and_then(Outcome::from_number);
            return Ok(Explained { decision, logged, outcome });
        }
        let look = |slot: &mut hot::Slot| {
            let (learner, statistics) = (&slot.learner, tenant.live.snapshot());
            let logged = learner.decision(sequence).filter(|_| rules.made(learner)).map(|trace| {
                // What the estimates were made of is known while the learner is as the decision left them, and items as it saw them.
                let newest = learner.sequence == sequence && trace.statistics == statistics.version();
                let features = newest.then(|| Features::of(&rules.model, learner, &statistics));
                Self::logged(&rules, &trace, features.as_ref(), &statistics)
            });
            (logged, learner.version())
        };
        let (logged, version) = match known(self.look(&key, now, look).await) {
            Err(Error::UnknownLearner) => (None, 0),
            looked => looked?,
        };
        if version == 0 {
            self.hot.forget_unknown(&key);
        }
        let logged = Logged { followed: told, ..logged.ok_or(Error::UnknownDecision)? };
        Ok(Explained { decision: Self::named(&rules, &key, &logged.trace), logged, outcome: None })
    }
}
