//! Commits on their way to the committer, gathered into batches as they arrive.

use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use crate::store::{Commit, Error, Meter, Receipt, receipt::Promise};

/// Bounds the memory of one batch and the time its first commit waits for its last. A batch is whatever arrived while
/// the one before was being synced, so that many are only seen under overload.
const LARGEST_BATCH: usize = 1024;

/// Commits that are written together, and share one outcome.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) commits: Vec<Commit>,
    pub(super) promise: Promise,
}

impl Batch {
    fn add(&mut self, commit: Commit) -> Receipt {
        self.commits.push(commit);
        self.promise.receipt()
    }
}

/// The queue itself. It has no bound of its own: what waits is bounded by the calls the server admits, and streams are not read from while too much does.
#[derive(Debug, Default)]
pub(super) struct Queue {
    state: Mutex<State>,
    arrived: Condvar,
    pub(super) meter: Arc<Meter>,
}

#[derive(Debug, Default)]
struct State {
    batches: VecDeque<Batch>,
    /// Why nothing more is accepted.
    refusal: Option<Error>,
    /// Whether the committer sleeps: waking it costs a system call, which a busy one need not be sent.
    asleep: bool,
}

impl Queue {
    /// Adds a commit at the end, without waiting.
    pub(super) fn push(&self, commit: Commit) -> Receipt {
        let mut guard = self.state();
        let state = &mut *guard;
        if let Some(refusal) = &state.refusal {
            return Receipt::settled(Err(refusal.clone()));
        }
        self.meter.queued();
        let receipt = match state.batches.back_mut() {
            Some(batch) if batch.commits.len() < LARGEST_BATCH => batch.add(commit),
            _ => {
                let mut batch = Batch::default();
                let receipt = batch.add(commit);
                state.batches.push_back(batch);
                receipt
            }
        };
        let asleep = std::mem::take(&mut state.asleep);
        drop(guard);
        if asleep {
            self.arrived.notify_one();
        }
        receipt
    }

    /// Sleeps until there is a batch; none means that the queue is closed and empty.
    pub(super) fn next(&self) -> Option<Batch> {
        let mut state = self.state();
        loop {
            if let Some(batch) = state.batches.pop_front() {
                return Some(batch);
            }
            if state.refusal.is_some() {
                return None;
            }
            state.asleep = true;
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    pub(super) fn accepting(&self) -> bool {
        self.state().refusal.is_none()
    }

    /// Accepts nothing more; what is queued is still written.
    pub(super) fn close(&self) {
        self.state().refusal.get_or_insert(Error::Closed);
        self.arrived.notify_one();
    }

    /// Accepts nothing more, and fails what is queued.
    pub(super) fn poison(&self, error: &Error) {
        let mut state = self.state();
        state.refusal = Some(error.clone());
        let waiting = std::mem::take(&mut state.batches);
        drop(state);
        for batch in waiting {
            self.meter.gone(batch.commits.len());
            batch.promise.settle(Err(error.clone()));
        }
    }

    /// Nothing panics while it holds this lock, and the state is whole at every step.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
