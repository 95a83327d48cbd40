//! Changes to learners on a store that others write to as well. A change is made on the record in memory at once; where it turns
//! out that the record was changed elsewhere meanwhile, it is made again on what is stored, together with all that was built on it
//! and in the same order.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Engine, Error, Pending, Reply, hot::Slot, submit::Sent};
use crate::{
    event::Timestamp,
    learner::Learner,
    store::{self, Key, Lineage, Receipt},
};

type Make = dyn Fn(&Engine, &mut Slot) -> Result<Reply, Error> + Send + Sync;

/// A change that can be made again.
pub(super) struct Change<M: ?Sized = Make> {
    /// What came of making it again, until whoever waits for it takes that.
    again: Mutex<Option<Box<Result<Reply, Error>>>>,
    make: M,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Change(..)")
    }
}

impl Change {
    fn outcome(&self) -> std::sync::MutexGuard<'_, Option<Box<Result<Reply, Error>>>> {
        self.again.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The changes of one learner that are not known to be kept, oldest first.
pub(super) type Unsettled = VecDeque<(Receipt, Arc<Change>)>;

/// Nothing more will come of it: it is kept, or nobody knows and whoever sent it sends it again. After a conflict it is made again.
pub(super) fn is_over(receipt: &Receipt) -> bool {
    !matches!(receipt.outcome(), None | Some(Err(store::Error::Conflict)))
}

impl Reply {
    /// The answer to a change that may have to be made again.
    fn of(mut self, change: &Arc<Change>) -> Self {
        self.pending.change = Some(Arc::clone(change));
        self
    }
}

impl Engine {
    /// Makes a change, and keeps how to make it until it is settled.
    pub(super) async fn change(
        &self,
        key: &Key,
        now: Timestamp,
        make: impl Fn(&Self, &mut Slot) -> Result<Reply, Error> + Send + Sync + 'static,
    ) -> Result<Reply, Error> {
        let change: Arc<Change> = Arc::new(Change { again: Mutex::default(), make });
        let reply = self.hot.with(&self.store, key, now, |slot| self.make(slot, &change)).await??;
        Ok(reply.of(&change))
    }

    fn make(&self, slot: &mut Slot, change: &Arc<Change>) -> Result<Reply, Error> {
        let reply = (change.make)(self, slot)?;
        while slot.unsettled.front().is_some_and(|(receipt, _)| is_over(receipt)) {
            slot.unsettled.pop_front();
        }
        if let Some(receipt) = &slot.receipt {
            slot.unsettled.push_back((receipt.clone(), Arc::clone(change)));
        }
        Ok(reply)
    }

    /// The answer to a known event, on what others made of the learner since. What is on disk stays known where they have forgotten it;
    /// what was not yet may never have got there.
    pub(super) async fn known_again(&self, sent: Sent<'_>, known: &Pending) -> Result<Reply, Error> {
        let Sent { key, id, event, options, now } = sent;
        let (key_again, event) = (key.clone(), event.clone());
        let on_disk = known.receipt.as_ref().is_none_or(|receipt| matches!(receipt.outcome(), Some(Ok(()))));
        let turn = move |engine: &Self, slot: &mut Slot| match slot.learner.recall(id) {
            None if on_disk => Ok(engine.repeated(slot, &key_again, options.signals)),
            _ => engine.turn(slot, Sent { key: &key_again, id, event: &event, options, now }),
        };
        self.change(key, now, turn).await
    }

    /// The answer to a change whose commit found a conflict: what comes of it on what is stored now.
    pub(super) async fn again(&self, pending: &Pending) -> Result<Reply, Error> {
        let Pending { key, lineage, change, .. } = pending;
        let Some(change) = change else { return Err(store::Error::Conflict.into()) };
        self.mend(key, lineage).await?;
        let made = change.outcome().take();
        let made = match made {
            Some(made) => (*made)?,
            // The learner has left memory meanwhile, and what was pending with it.
            None => self.hot.with(&self.store, key, Timestamp::default(), |slot| self.make(slot, change)).await??,
        };
        // It may meet another.
        Ok(made.of(change))
    }

    /// Takes a learner up as stored, where what is in memory was made of what no longer is.
    pub(super) async fn mend(&self, key: &Key, broken: &Lineage) -> Result<(), Error> {
        broken.break_off();
        if !self.hot.peek(key, |slot| slot.lineage.is(broken)).unwrap_or_default() {
            return Ok(());
        }
        let stored = match self.store.load(key).await {
            Ok(stored) => stored,
            Err(error) => {
                self.hot.forget_lineage(key, broken);
                return Err(error.into());
            }
        };
        let learner = stored.map_or_else(|| Ok(Learner::default()), |record| Learner::decode(&record.bytes))?;
        self.hot.peek(key, |slot| {
            if slot.lineage.is(broken) {
                let unsettled = slot.take_up(learner);
                for (_, change) in unsettled.into_iter().filter(|(receipt, _)| !is_over(receipt)) {
                    // Nobody waits for it: it was never answered, and whoever sent it sends it again, or has done so elsewhere.
                    if Arc::strong_count(&change) == 1 {
                        continue;
                    }
                    let made = self.make(slot, &change);
                    *change.outcome() = Some(Box::new(made));
                }
            }
        });
        Ok(())
    }

    /// Makes sure that a learner is in memory as stored, where others may have changed what is stored. One with changes on their way
    /// there is left alone: their receipts tell. Returns whether what was seen before may be old news.
    pub(super) async fn refresh(&self, key: &Key) -> Result<bool, Error> {
        if !self.store.shared() {
            return Ok(false);
        }
        let settled = |slot: &mut Slot| slot.is_kept();
        let known = self.hot.peek(key, |slot| settled(slot).then(|| slot.lineage.clone()));
        let Some(lineage) = known.flatten() else { return Ok(true) };
        let stored = match self.store.load(key).await {
            Ok(stored) => stored,
            Err(error) => {
                self.hot.forget_lineage(key, &lineage);
                return Err(error.into());
            }
        };
        let learner = stored.map_or_else(|| Ok(Learner::default()), |record| Learner::decode(&record.bytes))?;
        let old = self.hot.peek(key, |slot| {
            if !slot.lineage.is(&lineage) || !settled(slot) {
                return true;
            }
            let old = slot.learner.version() < learner.version();
            if old {
                slot.take_up(learner);
            }
            old
        });
        Ok(old.unwrap_or(true))
    }

    /// Looks at a learner as stored: what is seen is on disk when this returns.
    pub(super) async fn look<T>(
        &self,
        key: &Key,
        now: Timestamp,
        mut look: impl FnMut(&mut Slot) -> T,
    ) -> Result<T, Error> {
        loop {
            self.refresh(key).await?;
            let look = |slot: &mut Slot| (look(slot), slot.receipt.clone(), slot.lineage.clone());
            let (seen, receipt, lineage) = self.hot.with(&self.store, key, now, look).await?;
            match self.kept(key, receipt.as_ref()).await {
                Err(Error::Store(store::Error::Conflict)) => self.mend(key, &lineage).await?,
                kept => return kept.map(|()| seen),
            }
        }
    }
}
