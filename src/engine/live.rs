//! Item statistics as decisions see them: an immutable snapshot, renewed at intervals.

use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;

use super::turn::Added;
use crate::statistics::{Snapshot, Tally};

/// Whether item statistics are learnt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Statistics {
    /// Opportunities are counted, and the snapshot is renewed at intervals.
    #[default]
    Learn,
    /// The snapshot stays as it was at the start, and nothing is counted: the same events give the same decisions.
    Frozen,
}

/// The snapshot in use, and what has come in since.
#[derive(Debug)]
pub(super) struct Live {
    mode: Statistics,
    snapshot: ArcSwap<Snapshot>,
    tally: Mutex<Tally>,
}

impl Live {
    pub fn new(mode: Statistics, snapshot: Snapshot) -> Self {
        Self { mode, snapshot: ArcSwap::from_pointee(snapshot), tally: Mutex::default() }
    }

    /// The snapshot in use.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }

    /// Counts what an event added; returns it if it is to be stored.
    pub fn count(&self, added: Added) -> Added {
        if self.mode == Statistics::Frozen || added.is_empty() {
            return Added::new();
        }
        // A tally is whole between any two additions, so a panic elsewhere leaves nothing broken.
        let mut tally = self.tally.lock().unwrap_or_else(PoisonError::into_inner);
        for (subject, sums) in &added {
            tally.add(*subject, *sums);
        }
        added
    }

    /// Takes what has come in into a new snapshot.
    pub fn renew(&self) {
        let tally = std::mem::take(&mut *self.tally.lock().unwrap_or_else(PoisonError::into_inner));
        if !tally.is_empty() {
            self.snapshot.store(Arc::new(self.snapshot.load().with(tally)));
        }
    }
}
