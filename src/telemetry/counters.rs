//! Counters that are told apart by words known when the server was built, so that there is no end of them only in theory.

use std::{
    hash::Hash,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use dashmap::DashMap;

/// A counter for each key.
#[derive(Debug)]
pub(super) struct Counters<K: Eq + Hash>(DashMap<K, AtomicU64>);

impl<K: Copy + Eq + Hash + Ord> Counters<K> {
    /// Counts one.
    pub(super) fn add(&self, key: K) {
        // Nearly always it is there, and looking does not keep others from looking.
        if let Some(count) = self.0.get(&key) {
            count.fetch_add(1, Relaxed);
            return;
        }
        self.0.entry(key).or_default().fetch_add(1, Relaxed);
    }

    /// All of them, in order.
    pub(super) fn read(&self) -> Vec<(K, u64)> {
        let mut counts: Vec<_> = self.0.iter().map(|count| (*count.key(), count.load(Relaxed))).collect();
        counts.sort_unstable();
        counts
    }
}

impl<K: Copy + Eq + Hash + Ord> Default for Counters<K> {
    fn default() -> Self {
        Self(DashMap::new())
    }
}
