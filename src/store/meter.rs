//! How a store's writing goes, in numbers.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use crate::histogram::Histogram;

/// Commits of a batch: powers of two up to the largest batch.
const COMMITS: &[f64; 11] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0];
/// From a disk with a cache of its own to one that is about to fail.
const SECONDS: &[f64; 15] =
    &[0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];

/// What is counted of a store's writing. A store that writes nothing to a disk counts nothing.
#[derive(Debug)]
pub struct Meter {
    /// Commits of each batch that was written.
    pub batch_commits: Histogram,
    /// How long each batch took to be on disk, in seconds.
    pub batch_seconds: Histogram,
    pending: AtomicU64,
}

impl Default for Meter {
    fn default() -> Self {
        let (batch_commits, batch_seconds) = (Histogram::new(COMMITS), Histogram::new(SECONDS));
        Self { batch_commits, batch_seconds, pending: AtomicU64::new(0) }
    }
}

impl Meter {
    /// Commits that were handed over and are not yet on disk.
    #[must_use]
    pub fn pending(&self) -> u64 {
        self.pending.load(Relaxed)
    }

    pub(super) fn queued(&self) {
        self.pending.fetch_add(1, Relaxed);
    }

    pub(super) fn written(&self, commits: usize, took: Duration) {
        self.batch_commits.observe(commits as f64);
        self.batch_seconds.observe(took.as_secs_f64());
        self.gone(commits);
    }

    /// These wait no longer: written, or lost with the store.
    pub(super) fn gone(&self, commits: usize) {
        self.pending.fetch_sub(commits as u64, Relaxed);
    }
}
