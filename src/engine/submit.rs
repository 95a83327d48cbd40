//! Taking an event: at once where that can be, with patience where something has to be waited for.

use super::{Decision, Engine, Error, Options, Reply, Report, attention, hot::Slot, tenants::Tenant, turn, words};
use crate::{
    event::{Event, Timestamp},
    learner::Seen,
    store::{Commit, Key},
};

/// An event on its way to its learner, with the hash of its id.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub key: &'a Key,
    pub id: u64,
    pub event: &'a Event,
    pub options: Options,
    pub now: Timestamp,
}

impl Engine {
    /// Applies one event. The answer is final once [`Engine::settle`] returns; events of one learner are applied in the
    /// order of these calls' first polls that find the learner in memory.
    pub async fn submit(&self, key: &Key, event: &Event, options: Options, now: Timestamp) -> Result<Reply, Error> {
        // What is rare is boxed, here and in `settled`: a call has room for all it may ever wait for, and that is copied.
        match self.submit_at_once(key, event, options, now) {
            Some(reply) => reply,
            None => Box::pin(self.submit_with_patience(key, event, options, now)).await,
        }
    }

    /// The same where there is nothing to wait for: the learner is in memory, nobody else changes what is stored, and the event is
    /// new. Otherwise nothing is done.
    pub fn submit_at_once(
        &self,
        key: &Key,
        event: &Event,
        options: Options,
        now: Timestamp,
    ) -> Option<Result<Reply, Error>> {
        if options.dry_run || self.store.shared() {
            return None;
        }
        let id = event.id.keyed_hash(&self.secret);
        let turn = |key: &Key, slot: &mut Slot| match slot.learner.recall(id) {
            Some(_) => None,
            None => Some(self.fresh(slot, Sent { key, id, event, options, now })),
        };
        match self.hot.at_once(key, now, turn)? {
            Ok(turned) => turned,
            Err(error) => Some(Err(error)),
        }
    }

    /// The same for whatever [`Engine::submit_at_once`] did nothing about.
    pub async fn submit_with_patience(
        &self,
        key: &Key,
        event: &Event,
        options: Options,
        now: Timestamp,
    ) -> Result<Reply, Error> {
        let id = event.id.keyed_hash(&self.secret);
        let sent = Sent { key, id, event, options, now };
        if options.dry_run {
            let reply = self.look(key, now, |slot| self.turn(slot, sent)).await?;
            self.hot.forget_unknown(key);
            return reply;
        }
        let reply = if self.store.shared() {
            let (key_again, event_again) = (key.clone(), event.clone());
            let turn = move |engine: &Self, slot: &mut Slot| {
                engine.turn(slot, Sent { key: &key_again, id, event: &event_again, options, now })
            };
            let reply = self.change(key, now, turn).await?;
            // Who knows the event may have old news of what came after it.
            let old = reply.duplicate && self.refresh(key).await?;
            if old { self.known_again(sent, &reply.pending).await? } else { reply }
        } else {
            self.hot.with_key(&self.store, key, now, |key, slot| self.turn(slot, Sent { key, ..sent })).await??
        };
        if reply.duplicate { self.recall_words(reply).await } else { Ok(reply) }
    }

    pub(super) fn turn(&self, slot: &mut Slot, sent: Sent<'_>) -> Result<Reply, Error> {
        match slot.learner.recall(sent.id).copied() {
            Some(seen) => self.known(slot, sent, seen),
            None => self.fresh(slot, sent),
        }
    }

    /// An event that was taken before.
    fn known(&self, slot: &Slot, Sent { key, id, event, options, .. }: Sent<'_>, seen: Seen) -> Result<Reply, Error> {
        if !seen.has_payload(event.contents()) {
            return Err(Error::IdReused);
        }
        let (book, tenant) = (self.book.load(), self.tenants.of(key.tenant()));
        let (rules, statistics) = (book.of(key.tenant()), tenant.live.snapshot());
        let decision = Self::recalled(rules, &slot.learner, key, id);
        let reply = Self::reply(rules, slot, key, decision, options.signals, &statistics);
        Ok(Reply { duplicate: true, ..reply })
    }

    /// One that was not.
    fn fresh(&self, slot: &mut Slot, sent: Sent<'_>) -> Result<Reply, Error> {
        self.tenants.with(sent.key.tenant(), |tenant| self.fresh_of(tenant, slot, sent))
    }

    fn fresh_of(&self, tenant: &Tenant, slot: &mut Slot, sent: Sent<'_>) -> Result<Reply, Error> {
        let Sent { key, id, event, options, now } = sent;
        let (book, statistics) = (self.book.load(), tenant.live.snapshot());
        let rules = book.of(key.tenant());
        let ask = self.with_lots(rules, key, options.ask);
        if options.dry_run {
            let mut learner = slot.learner.clone();
            let turn = turn::apply(rules, &mut learner, event, &statistics, ask, id);
            // What was not kept has no name.
            let decision = turn.decided.as_ref().map(|trace| {
                let message = words::message(rules, &learner.preferences, options.ask.locale, trace);
                Decision { id: None, message, ..Self::named(rules, key, trace) }
            });
            let report = Report::new(turn.assessment, options.signals.then_some(turn.features), &statistics);
            return Ok(Reply::new(key, rules, &learner, report, decision, slot));
        }
        let (after, listed) = (slot.learner.version(), attention::listed(&slot.learner));
        let mut turn = turn::apply(rules, &mut slot.learner, event, &statistics, ask, id);
        let trace = turn.decided;
        let preferences = &slot.learner.preferences;
        let message = trace.as_ref().and_then(|trace| words::message(rules, preferences, options.ask.locale, trace));
        let counted = tenant.live.count(std::mem::take(&mut turn.added));
        let commit = Commit {
            decision: Self::entry(rules, &slot.learner, &turn, message.as_deref(), &statistics),
            attention: attention::changes(listed, attention::listed(&slot.learner)),
            statistics: counted.added,
            ..Self::commit(key, slot, after, now)
        };
        let receipt = self.store.commit(commit);
        tenant.live.sent(counted.bearer, &receipt);
        slot.receipt = Some(receipt);
        let decision = trace.map(|trace| Decision { message, ..Self::named(rules, key, &trace) });
        let report = Report::new(turn.assessment, options.signals.then_some(turn.features), &statistics);
        let reply = Reply::new(key, rules, &slot.learner, report, decision, slot);
        let patience_ms = turn::patience_ms(rules, &slot.learner, event, &turn);
        Ok(Reply { patience_ms, ..reply })
    }
}
