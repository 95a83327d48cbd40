//! Hot learners: those heard from lately, in memory, with what is pending.
//!
//! The next event builds on the pending record; readers and duplicates wait until it is committed. No guard is held across an
//! await and never two at once.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use dashmap::{DashMap, Entry};

use super::Error;
use crate::{
    event::Timestamp,
    learner::Learner,
    store::{Key, Receipt, Store},
};

/// One learner in memory.
#[derive(Debug)]
pub(super) struct Slot {
    /// The record, pending changes included.
    pub learner: Learner,
    /// The newest commit; `None` while there was none since loading.
    pub receipt: Option<Receipt>,
    /// When it was last used.
    pub touched: Timestamp,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Hot {
    slots: DashMap<Key, Slot>,
    /// Counts removals: a record loaded before one may be out of date.
    removals: AtomicU64,
}

impl Hot {
    /// Runs `use_slot` on the learner, loaded from the store if it has to be. A learner nobody knows starts empty.
    pub async fn with<T>(
        &self,
        store: &Arc<dyn Store>,
        key: &Key,
        now: Timestamp,
        mut use_slot: impl FnMut(&mut Slot) -> T,
    ) -> Result<T, Error> {
        loop {
            if let Some(mut slot) = self.slots.get_mut(key) {
                slot.touched = slot.touched.max(now);
                return Ok(use_slot(&mut slot));
            }
            let removals = self.removals.load(Ordering::Acquire);
            let learner = match store.load(key).await? {
                Some(record) => Learner::decode(&record.bytes)?,
                None => Learner::default(),
            };
            if let Entry::Vacant(vacant) = self.slots.entry(key.clone())
                && self.removals.load(Ordering::Acquire) == removals
            {
                vacant.insert(Slot { learner, receipt: None, touched: now });
            }
        }
    }

    /// Forgets a learner whose commit failed: what is on disk is loaded again.
    pub fn evict(&self, key: &Key) {
        self.removals.fetch_add(1, Ordering::AcqRel);
        let failed =
            |slot: &Slot| slot.receipt.as_ref().is_some_and(|receipt| matches!(receipt.outcome(), Some(Err(_))));
        self.slots.remove_if(key, |_, slot| failed(slot));
    }

    /// Forgets a learner nobody has heard of, so that asking does not fill memory.
    pub fn forget_unknown(&self, key: &Key) {
        self.slots.remove_if(key, |_, slot| slot.learner.version() == 0);
    }

    /// Lets learners go that were not used since `before` and have nothing pending. Returns how many.
    pub fn let_go(&self, before: Timestamp) -> usize {
        let idle = |slot: &Slot| {
            slot.touched < before && slot.receipt.as_ref().is_none_or(|receipt| receipt.outcome().is_some())
        };
        let mut gone = 0;
        self.slots.retain(|_, slot| {
            let goes = idle(slot);
            if goes {
                // Before the slot goes, so that whoever loaded meanwhile sees that it may have missed it.
                self.removals.fetch_add(1, Ordering::AcqRel);
                gone += 1;
            }
            !goes
        });
        gone
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.slots.len()
    }
}
