//! What is known: learners and decisions. Reads wait for what is pending, and so only ever show what is on disk.

use super::{Decision, Engine, Error, Logged, Report, decision, hot};
use crate::{event::Timestamp, store::Key};

/// What is known about a learner.
#[derive(Clone, Debug)]
pub struct Profile {
    /// How it is going.
    pub report: Report,
    /// The last decisions, newest first.
    pub decisions: Vec<Decision>,
    /// How many events and nudges were applied.
    pub sequence: u64,
}

impl Engine {
    /// One learner, as of the newest event on disk.
    pub async fn profile(&self, key: &Key, signals: bool, now: Timestamp) -> Result<Profile, Error> {
        let look = |slot: &mut hot::Slot| {
            let reply = self.reply(&slot.learner, key, None, signals, slot.receipt.clone(), &self.live.snapshot());
            // Decisions made under other rules cannot be told by these.
            let kept = slot.learner.traces.iter().rev().filter(|_| self.rules.made(&slot.learner));
            (reply, kept.map(|trace| Self::named(key, trace)).collect())
        };
        let (reply, decisions) = self.hot.with(&self.store, key, now, look).await?;
        if reply.sequence == 0 {
            self.hot.forget_unknown(key);
            return Err(Error::UnknownLearner);
        }
        self.settle(&reply).await?;
        Ok(Profile { report: reply.report, decisions, sequence: reply.sequence })
    }

    /// What a decision was made on: from the log if it spoke, from the record if it is among the last eight.
    pub async fn explain(&self, id: &str, now: Timestamp) -> Result<(Decision, Logged), Error> {
        let (key, sequence) = decision::parse(id)?;
        if let Some(bytes) = self.store.decision(&key, sequence).await? {
            let logged = Logged::decode(&bytes)?;
            return Ok((Self::named(&key, &logged.trace), logged));
        }
        let look = |slot: &mut hot::Slot| {
            let trace = slot.learner.traces.iter().find(|trace| trace.sequence == sequence).copied();
            let kept = trace.filter(|_| self.rules.made(&slot.learner));
            (kept, self.reply(&slot.learner, &key, None, false, slot.receipt.clone(), &self.live.snapshot()))
        };
        let (trace, reply) = self.hot.with(&self.store, &key, now, look).await?;
        if reply.sequence == 0 {
            self.hot.forget_unknown(&key);
        }
        self.settle(&reply).await?;
        let trace = trace.ok_or(Error::UnknownDecision)?;
        Ok((Self::named(&key, &trace), self.logged(&trace)))
    }
}
