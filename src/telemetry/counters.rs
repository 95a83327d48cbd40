//! Counters that are told apart by words known when the server was built, so that there is no end of them only in theory.

use std::{
    collections::BTreeMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
};

use foldhash::HashMap;

use crate::stripes::Stripes;

/// A counter for each key. Each of a few threads has its own, so that hardly any waits for another.
#[derive(Debug)]
pub(super) struct Counters<K>(Stripes<Mutex<HashMap<K, u64>>>);

impl<K: Copy + Eq + Hash + Ord> Counters<K> {
    /// Counts one.
    pub(super) fn add(&self, key: K) {
        *lock(self.0.mine()).entry(key).or_default() += 1;
    }

    /// All of them, in order.
    pub(super) fn read(&self) -> Vec<(K, u64)> {
        let mut counts = BTreeMap::new();
        for counted in self.0.all() {
            for (key, count) in &*lock(counted) {
                *counts.entry(*key).or_default() += count;
            }
        }
        counts.into_iter().collect()
    }
}

impl<K> Default for Counters<K> {
    fn default() -> Self {
        Self(Stripes::default())
    }
}

/// Counts are whole between any two of them.
fn lock<K>(counts: &Mutex<HashMap<K, u64>>) -> MutexGuard<'_, HashMap<K, u64>> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}
