//! Hot learners: those heard from lately, in memory, with what is pending.
//!
//! Whoever is quiet for a while is kept as bytes ([`Place`]). The next event builds on the pending record; readers and duplicates
//! wait until it is committed. No guard is held across an await and never two at once.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use dashmap::{DashMap, Entry};
use foldhash::quality::RandomState;

use super::{
    Error,
    change::{Unsettled, is_over},
    place::Place,
};
use crate::{
    event::Timestamp,
    learner::Learner,
    store::{Key, Lineage, Receipt, Store},
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
    /// What its commits build on.
    pub lineage: Lineage,
    /// Where others write to the store as well, the changes that may have to be made again.
    pub unsettled: Unsettled,
    /// Whoever it stands for is being erased, and is not to be loaded again before that is done.
    erasing: bool,
}

impl Slot {
    pub(super) fn new(learner: Learner, touched: Timestamp) -> Self {
        Self {
            learner,
            receipt: None,
            touched,
            lineage: Lineage::default(),
            unsettled: Unsettled::new(),
            erasing: false,
        }
    }

    /// Everything that was done to it is on disk.
    pub(super) fn is_kept(&self) -> bool {
        let kept = |receipt: &Receipt| matches!(receipt.outcome(), Some(Ok(())));
        self.receipt.as_ref().is_none_or(kept) && self.unsettled.iter().all(|(receipt, _)| is_over(receipt))
    }

    /// Stands in for somebody who is being erased.
    pub fn empty(&mut self) {
        *self = Self { erasing: true, ..Self::new(Learner::default(), self.touched) };
    }

    /// Goes on from what is stored; returns the changes that were not known to be kept.
    pub fn take_up(&mut self, stored: Learner) -> Unsettled {
        std::mem::replace(self, Self::new(stored, self.touched)).unsettled
    }
}

/// Parts of the map, each with a lock of its own: with a million learners, one is held for some 100 µs while all are looked at.
const PARTS: usize = 256;

/// All of them.
#[derive(Debug)]
pub(super) struct Hot {
    places: DashMap<Key, Place, RandomState>,
    /// Counts removals: a record loaded before one may be out of date.
    removals: AtomicU64,
}

impl Default for Hot {
    fn default() -> Self {
        Self {
            places: DashMap::with_hasher_and_shard_amount(RandomState::default(), PARTS),
            removals: AtomicU64::default(),
        }
    }
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
        self.with_key(store, key, now, |_, slot| use_slot(slot)).await
    }

    /// The same at once, if the learner is in memory; with the key as it is kept here, which is found again without reading it.
    pub fn at_once<T>(
        &self,
        key: &Key,
        now: Timestamp,
        use_slot: impl FnOnce(&Key, &mut Slot) -> T,
    ) -> Option<Result<T, Error>> {
        let mut found = self.places.get_mut(key)?;
        let (key, place) = found.pair_mut();
        Some(place.open().map_err(Error::from).map(|slot| {
            slot.touched = slot.touched.max(now);
            use_slot(key, slot)
        }))
    }

    /// The same, with that key.
    pub async fn with_key<T>(
        &self,
        store: &Arc<dyn Store>,
        key: &Key,
        now: Timestamp,
        mut use_slot: impl FnMut(&Key, &mut Slot) -> T,
    ) -> Result<T, Error> {
        loop {
            if let Some(used) = self.at_once(key, now, &mut use_slot) {
                return used;
            }
            let removals = self.removals.load(Ordering::Acquire);
            let learner = match store.load(key).await? {
                Some(record) => Learner::decode(&record.bytes)?,
                None => Learner::default(),
            };
            if let Entry::Vacant(vacant) = self.places.entry(key.clone())
                && self.removals.load(Ordering::Acquire) == removals
            {
                vacant.insert(Place::of(learner, now));
            }
        }
    }

    /// Runs `use_slot` on the learner if in memory.
    pub fn peek<T>(&self, key: &Key, use_slot: impl FnOnce(&mut Slot) -> T) -> Option<T> {
        self.places.get_mut(key).and_then(|mut place| place.open().ok().map(use_slot))
    }

    /// Forgets a learner who builds on what is no longer there.
    pub fn forget_lineage(&self, key: &Key, gone: &Lineage) {
        self.forget_if(key, |slot| slot.lineage.is(gone), true);
    }

    /// Forgets a learner whose commit failed: what is on disk is loaded again.
    pub fn evict(&self, key: &Key) {
        let failed =
            |slot: &Slot| slot.receipt.as_ref().is_some_and(|receipt| matches!(receipt.outcome(), Some(Err(_))));
        self.forget_if(key, failed, true);
    }

    /// Forgets a learner, whatever is pending of them.
    pub fn forget(&self, key: &Key) {
        self.removals.fetch_add(1, Ordering::AcqRel);
        self.places.remove(key);
    }

    /// Forgets a learner nobody has heard of, so that asking does not fill memory.
    pub fn forget_unknown(&self, key: &Key) {
        self.forget_if(key, |slot| slot.learner.version() == 0 && !slot.erasing, false);
    }

    /// Forgets a learner who was not changed since loading.
    pub fn forget_unchanged(&self, key: &Key) {
        self.forget_if(key, |slot| slot.receipt.is_none(), true);
    }

    /// Who is kept as bytes is on disk and known.
    fn forget_if(&self, key: &Key, goes: impl Fn(&Slot) -> bool, counts: bool) {
        if counts {
            self.removals.fetch_add(1, Ordering::AcqRel);
        }
        self.places.remove_if(key, |_, place| place.opened().is_some_and(&goes));
    }

    /// Lets learners go that were not used since `before` and have nothing pending; keeps those in few bytes that were not used
    /// since `quiet`. Returns how many went.
    pub fn let_go(&self, before: Timestamp, quiet: Timestamp) -> usize {
        let mut gone = 0;
        self.places.retain(|_, place| {
            let goes = place.touched() < before && place.opened().is_none_or(done);
            if goes {
                // Before the slot goes, so that whoever loaded meanwhile sees that it may have missed it.
                self.removals.fetch_add(1, Ordering::AcqRel);
                gone += 1;
            } else if place.touched() < quiet {
                place.pack();
            }
            !goes
        });
        gone
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }
}

/// Nothing is pending. Whoever waits for a change that met a conflict makes it again, on the learner as loaded anew.
fn done(slot: &Slot) -> bool {
    // What came after an erasure is on disk after it.
    slot.receipt.as_ref().map_or(!slot.erasing, |receipt| receipt.outcome().is_some())
}
