//! One event in, one decision out: find the learner, apply, decide, commit, answer.

mod decision;
mod error;
mod hot;
mod live;
mod reads;
mod turn;

use std::{hash::Hasher, sync::Arc};

use siphasher::sip::SipHasher13;

pub use decision::{Decision, Logged};
pub use error::Error;
pub use live::Statistics;
pub use reads::Profile;
pub use turn::{Added, Ask, Rules, Turn, apply};

use crate::{
    estimate::{Assessment, Signal, assess, signals},
    event::{Event, Timestamp},
    learner::{Learner, SEEN, Trace},
    reason::Verdict,
    statistics::Snapshot,
    store::{Commit, Key, Receipt, Record, Store},
};

/// The engine: any number of learners, each strictly in order.
pub struct Engine {
    rules: Rules,
    store: Arc<dyn Store>,
    secret: [u8; 16],
    hot: hot::Hot,
    live: live::Live,
}

/// How it is going, with what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The estimates.
    pub assessment: Assessment,
    /// What they are made of; empty where they were not asked for.
    pub signals: Vec<Signal>,
    /// The item statistics in use.
    pub statistics_version: u64,
}

/// The answer to an event. Not to be sent before [`Engine::settle`] has said that it is on disk.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Whose.
    pub key: Key,
    /// How it is going.
    pub report: Report,
    /// What was decided, where that was asked for.
    pub decision: Option<Decision>,
    /// The event was known already.
    pub duplicate: bool,
    /// The learner's newest sequence number.
    pub sequence: u64,
    /// How long the learner may be quiet before it means being stuck, in milliseconds.
    pub patience_ms: Option<i64>,
    receipt: Option<Receipt>,
}

/// How an event is to be taken, and how much is wanted in answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What is asked of the event.
    pub ask: Ask,
    /// Signals are wanted.
    pub signals: bool,
    /// Nothing is kept.
    pub dry_run: bool,
}

impl Engine {
    /// Opens the engine on a store.
    pub async fn open(rules: Rules, store: Arc<dyn Store>, statistics: Statistics) -> Result<Self, Error> {
        let snapshot = store.statistics().await?.into_iter().collect();
        let secret = store.secret();
        Ok(Self { rules, store, secret, hot: hot::Hot::default(), live: live::Live::new(statistics, snapshot) })
    }

    /// Applies one event. The answer is final once [`Engine::settle`] returns; events of one learner are applied in the
    /// order of these calls' first polls that find the learner in memory.
    pub async fn submit(&self, key: &Key, event: &Event, options: Options, now: Timestamp) -> Result<Reply, Error> {
        let id = event.id.keyed_hash(&self.secret);
        let reply = self.hot.with(&self.store, key, now, |slot| self.turn(slot, key, id, event, options)).await??;
        if options.dry_run {
            self.hot.forget_unknown(key);
        }
        if reply.duplicate { self.recall_when(reply).await } else { Ok(reply) }
    }

    /// The record knows what it said to its last 32 events, and when for the last eight decisions; the log knows the rest.
    async fn recall_when(&self, mut reply: Reply) -> Result<Reply, Error> {
        let forgotten = reply
            .decision
            .as_ref()
            .filter(|decision| decision.at_secs.is_none() && matches!(decision.verdict, Verdict::Spoken { .. }));
        if let Some(Decision { id, .. }) = forgotten {
            self.settle(&reply).await?;
            let (key, sequence) = decision::parse(id)?;
            if let Some(bytes) = self.store.decision(&key, sequence).await?
                && let Some(decision) = &mut reply.decision
            {
                decision.at_secs = Logged::decode(&bytes)?.trace.at_secs;
            }
        }
        Ok(reply)
    }

    fn turn(&self, slot: &mut hot::Slot, key: &Key, id: u64, event: &Event, options: Options) -> Result<Reply, Error> {
        let statistics = self.live.snapshot();
        if let Some(seen) = slot.learner.recall(id) {
            if !seen.has_payload(event.contents()) {
                return Err(Error::IdReused);
            }
            let sequence = seen.sequence(slot.learner.sequence);
            let known = slot.learner.traces.iter().find(|trace| trace.sequence == sequence);
            let decision = match seen.verdict() {
                None | Some(Verdict::Undecided) => None,
                Some(verdict) => {
                    let at_secs = known.and_then(|trace| trace.at_secs);
                    Some(Decision { id: decision::id(key, sequence), verdict, at_secs })
                }
            };
            let reply = self.reply(&slot.learner, key, decision, options.signals, slot.receipt.clone(), &statistics);
            return Ok(Reply { duplicate: true, ..reply });
        }
        if options.dry_run {
            let mut learner = slot.learner.clone();
            turn::apply(&self.rules, &mut learner, event, &statistics, options.ask, id);
            // What was not kept has no name.
            let trace = learner.traces.last().filter(|_| options.ask.decide);
            let decision = trace.map(|trace| Decision { id: String::new(), ..Self::named(key, trace) });
            return Ok(self.reply(&learner, key, decision, options.signals, slot.receipt.clone(), &statistics));
        }
        let turn = turn::apply(&self.rules, &mut slot.learner, event, &statistics, options.ask, id);
        let trace = slot.learner.traces.last().filter(|_| options.ask.decide).copied();
        slot.receipt = Some(self.commit(key, &slot.learner, trace.as_ref(), self.live.count(turn.added)));
        let decision = trace.map(|trace| Self::named(key, &trace));
        let reply = self.reply(&slot.learner, key, decision, options.signals, slot.receipt.clone(), &statistics);
        let patience_ms = turn::patience_ms(&self.rules, &slot.learner, event, &statistics);
        Ok(Reply { patience_ms, ..reply })
    }

    /// Holds one learner's part of a batch, in the order it is to be applied in, against what is remembered: how many of its
    /// events were taken when it was sent before, and are no longer remembered one by one. Also what to hand on with each
    /// event ([`Ask::before`]) so that this can be told the next time.
    pub async fn taken_before(&self, key: &Key, events: &[&Event], now: Timestamp) -> Result<(usize, Vec<u32>), Error> {
        if events.len() <= SEEN {
            return Ok((0, vec![0; events.len()]));
        }
        let ids: Vec<u64> = events.iter().map(|event| event.id.keyed_hash(&self.secret)).collect();
        // The hash of the first none, one, two … ids; never zero.
        let mut chain = vec![1];
        let mut hasher = SipHasher13::new();
        for id in &ids {
            hasher.write_u64(*id);
            chain.push((hasher.finish() as u32).max(1));
        }
        let before =
            |place: usize| place.checked_sub(SEEN - 1).and_then(|place| chain.get(place)).copied().unwrap_or(0);
        let look = |slot: &mut hot::Slot| {
            let learner = &slot.learner;
            let places = learner.seen.iter().map(|seen| ids.iter().position(|id| seen.is(*id)));
            let earliest = places.collect::<Option<Vec<usize>>>().and_then(|places| places.into_iter().min());
            earliest.filter(|place| learner.before != 0 && chain.get(*place) == Some(&learner.before)).unwrap_or(0)
        };
        let taken = self.hot.with(&self.store, key, now, look).await?;
        Ok((taken, (0..ids.len()).map(before).collect()))
    }

    /// The answer to an event that was taken before, and what came of it forgotten since.
    pub async fn repeat(&self, key: &Key, signals: bool, now: Timestamp) -> Result<Reply, Error> {
        let look = |slot: &mut hot::Slot| {
            self.reply(&slot.learner, key, None, signals, slot.receipt.clone(), &self.live.snapshot())
        };
        let reply = self.hot.with(&self.store, key, now, look).await?;
        Ok(Reply { duplicate: true, ..reply })
    }

    /// The learner has been quiet since the event that made it `sequence`: speaks if that is worth it.
    pub async fn nudge(&self, key: &Key, sequence: u64, now: Timestamp) -> Result<Option<Reply>, Error> {
        let speak = |slot: &mut hot::Slot| {
            if slot.learner.sequence != sequence {
                return None;
            }
            let statistics = self.live.snapshot();
            if !turn::nudge(&self.rules, &mut slot.learner, now, &statistics) {
                return None;
            }
            let trace = slot.learner.traces.last().copied()?;
            slot.receipt = Some(self.commit(key, &slot.learner, Some(&trace), turn::Added::new()));
            let decision = Some(Self::named(key, &trace));
            Some(self.reply(&slot.learner, key, decision, false, slot.receipt.clone(), &statistics))
        };
        self.hot.with(&self.store, key, now, speak).await
    }

    /// Waits until an answer is on disk. On an error it is not known whether it got there: the event is to be sent again.
    pub async fn settle(&self, reply: &Reply) -> Result<(), Error> {
        match &reply.receipt {
            None => Ok(()),
            Some(receipt) => receipt.wait().await.map_err(|error| {
                self.hot.evict(&reply.key);
                Error::Store(error)
            }),
        }
    }

    /// Takes what was counted since the last time into the snapshot that decisions see.
    pub fn renew_statistics(&self) {
        self.live.renew();
    }

    /// Lets learners leave memory that were not heard from since `before`. Returns how many did.
    pub fn let_go(&self, before: Timestamp) -> usize {
        self.hot.let_go(before)
    }

    /// How many learners are in memory.
    #[must_use]
    pub fn hot_learners(&self) -> usize {
        self.hot.len()
    }

    /// The rules decisions follow.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether events are still taken.
    #[must_use]
    pub fn healthy(&self) -> bool {
        self.store.healthy()
    }

    /// Makes everything durable and takes no more.
    pub async fn close(&self) -> Result<(), Error> {
        Ok(self.store.close().await?)
    }

    fn commit(&self, key: &Key, learner: &Learner, trace: Option<&Trace>, added: turn::Added) -> Receipt {
        let spoken = trace.filter(|trace| matches!(trace.verdict, Verdict::Spoken { .. }));
        self.store.commit(Commit {
            key: key.clone(),
            record: Record { version: learner.sequence, bytes: learner.encode() },
            decision: spoken.map(|trace| self.logged(trace).encode()),
            statistics: added.into_iter().collect(),
        })
    }

    fn logged(&self, trace: &Trace) -> Logged {
        Logged {
            trace: *trace,
            model_version: self.rules.model.version.clone(),
            policy_version: self.rules.policy.version.to_owned(),
        }
    }

    fn named(key: &Key, trace: &Trace) -> Decision {
        Decision { id: decision::id(key, trace.sequence), verdict: trace.verdict, at_secs: trace.at_secs }
    }

    fn reply(
        &self,
        learner: &Learner,
        key: &Key,
        decision: Option<Decision>,
        full: bool,
        receipt: Option<Receipt>,
        statistics: &Snapshot,
    ) -> Reply {
        let model = &self.rules.model;
        let report = Report {
            assessment: assess(model, learner, statistics),
            signals: if full { signals(model, learner, statistics) } else { Vec::new() },
            statistics_version: statistics.version(),
        };
        let sequence = learner.sequence;
        Reply { key: key.clone(), report, decision, duplicate: false, sequence, patience_ms: None, receipt }
    }
}
