//! What is to be written, on its way to the committer: commits, gathered into batches as they arrive, and between them what has
//! to come after those before it and before those after it.

use std::{
    collections::VecDeque,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::oneshot;

use super::company::{Company, PATIENCE};
use crate::{
    event::Timestamp,
    store::{Commit, Erased, Erasure, Error, Meter, Receipt, receipt::Promise},
};

/// Bounds the memory of one batch and the time its first commit waits for its last. A batch is what arrived while the one before was
/// being synced, and within a millisecond after that where many come; so that many are only seen under overload.
pub(super) const LARGEST_BATCH: usize = 1024;

/// Whoever waits to hear how something went.
pub(super) type Answer<T> = oneshot::Sender<Result<T, Error>>;

/// Somebody who is to be erased.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) erasure: Erasure,
    pub(super) answer: Answer<Erased>,
}

/// One step of the committer.
#[derive(Debug)]
pub(super) enum Step {
    Commits(Batch),
    Erase(Vec<Asked>),
    Forget(Timestamp, Answer<u64>),
    WriteOut(Answer<()>),
}

impl Step {
    /// Tells whoever waits that it will not be done.
    fn fail(self, meter: &Meter, error: &Error) {
        match self {
            Self::Commits(batch) => {
                meter.gone(batch.commits.len());
                batch.promise.settle(Err(error.clone()));
            }
            Self::Erase(asked) => asked.into_iter().for_each(|Asked { answer, .. }| {
                let _ = answer.send(Err(error.clone()));
            }),
            Self::Forget(_, answer) => {
                let _ = answer.send(Err(error.clone()));
            }
            Self::WriteOut(answer) => {
                let _ = answer.send(Err(error.clone()));
            }
        }
    }
}

/// Commits that are written together, and share one outcome.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) commits: Vec<Commit>,
    pub(super) promise: Promise,
}

impl Batch {
    fn add(&mut self, commit: Commit) -> Receipt {
        let receipt = self.promise.receipt_at(self.commits.len() as u32);
        self.commits.push(commit);
        receipt
    }
}

/// The queue itself. It has no bound of its own: what waits is bounded by the calls the server admits, and streams are not read from while too much does.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    arrived: Condvar,
    pub(super) meter: Arc<Meter>,
    /// How long a batch waits for company.
    patience: Duration,
}

impl Default for Queue {
    fn default() -> Self {
        Self { state: Mutex::default(), arrived: Condvar::new(), meter: Arc::default(), patience: PATIENCE }
    }
}

#[derive(Debug, Default)]
struct State {
    steps: VecDeque<Step>,
    /// Why nothing more is accepted.
    refusal: Option<Error>,
    /// The committer sleeps until so many steps or commits are there: waking it costs a system call, which a busy one need not be
    /// sent.
    awaited: Option<usize>,
    company: Company,
}

impl State {
    /// How much there is to do: commits if nothing else is asked for.
    fn count(&self) -> usize {
        match self.steps.front() {
            Some(Step::Commits(batch)) if self.steps.len() == 1 && self.refusal.is_none() => batch.commits.len(),
            Some(_) => usize::MAX,
            None => 0,
        }
    }
}

impl Queue {
    /// Adds a commit at the end, without waiting.
    pub(super) fn push(&self, commit: Commit) -> Receipt {
        let add = |steps: &mut VecDeque<Step>| {
            self.meter.queued();
            if let Some(Step::Commits(batch)) = steps.back_mut()
                && batch.commits.len() < LARGEST_BATCH
            {
                return batch.add(commit);
            }
            let mut batch = Batch::default();
            let receipt = batch.add(commit);
            steps.push_back(Step::Commits(batch));
            receipt
        };
        self.add(add).unwrap_or_else(|refusal| Receipt::settled(Err(refusal)))
    }

    /// Erases somebody, after what is queued. Those asked for one after another are erased together.
    pub(super) fn erase(&self, erasure: Erasure) -> oneshot::Receiver<Result<Erased, Error>> {
        self.ask(|steps, answer| {
            let asked = Asked { erasure, answer };
            match steps.back_mut() {
                Some(Step::Erase(others)) if others.len() < LARGEST_BATCH => others.push(asked),
                _ => steps.push_back(Step::Erase(vec![asked])),
            }
        })
    }

    /// Forgets some decisions of before this time.
    pub(super) fn forget(&self, before: Timestamp) -> oneshot::Receiver<Result<u64, Error>> {
        self.ask(|steps, answer| steps.push_back(Step::Forget(before, answer)))
    }

    /// Puts everything that is queued where whoever goes through the tables finds it.
    pub(super) fn write_out(&self) -> oneshot::Receiver<Result<(), Error>> {
        self.ask(|steps, answer| steps.push_back(Step::WriteOut(answer)))
    }

    fn ask<T>(&self, add: impl FnOnce(&mut VecDeque<Step>, Answer<T>)) -> oneshot::Receiver<Result<T, Error>> {
        let (answer, waiting) = oneshot::channel();
        if let Err(refusal) = self.add(|steps| add(steps, answer)) {
            let (answer, refused) = oneshot::channel();
            let _ = answer.send(Err(refusal));
            return refused;
        }
        waiting
    }

    fn add<T>(&self, add: impl FnOnce(&mut VecDeque<Step>) -> T) -> Result<T, Error> {
        let mut guard = self.state();
        let state = &mut *guard;
        if let Some(refusal) = &state.refusal {
            return Err(refusal.clone());
        }
        let added = add(&mut state.steps);
        let awaited = state.awaited.is_some_and(|count| count <= state.count());
        if awaited {
            state.awaited = None;
        }
        drop(guard);
        if awaited {
            self.arrived.notify_one();
        }
        Ok(added)
    }

    /// Sleeps until there is a step, commits in good company; none means that the queue is closed and empty.
    pub(super) fn next(&self) -> Option<Step> {
        let mut state = self.state();
        while state.steps.is_empty() {
            if state.refusal.is_some() {
                return None;
            }
            state.awaited = Some(1);
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let wanted = state.company.wanted().filter(|wanted| state.count() < *wanted);
        if let Some(wanted) = wanted {
            state.awaited = Some(wanted);
            let alone = |state: &mut State| state.count() < wanted;
            let waited = self.arrived.wait_timeout_while(state, self.patience, alone);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            state.awaited = None;
        }
        let step = state.steps.pop_front();
        // What something else cut short teaches nothing, nor does what has more behind it.
        if let (Some(Step::Commits(batch)), true) = (&step, state.steps.is_empty() && state.refusal.is_none()) {
            state.company.came(batch.commits.len(), wanted.is_some());
        }
        step
    }

    pub(super) fn accepting(&self) -> bool {
        self.state().refusal.is_none()
    }

    /// Why nothing more is accepted.
    pub(super) fn refusal(&self) -> Error {
        self.state().refusal.clone().unwrap_or(Error::Closed)
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
        let waiting = std::mem::take(&mut state.steps);
        drop(state);
        waiting.into_iter().for_each(|step| step.fail(&self.meter, error));
    }

    /// Nothing panics while it holds this lock, and the state is whole at every step.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Key, Record};

    fn push(queue: &Queue, count: u64) {
        for version in 1..=count {
            let commit = Commit::new(Key::new("default", "ana"), version - 1, Record { version, bytes: Vec::new() });
            queue.push(commit);
        }
    }

    /// How many commits come next.
    fn next(queue: &Queue) -> Option<usize> {
        match queue.next()? {
            Step::Commits(batch) => Some(batch.commits.len()),
            _ => None,
        }
    }

    /// One that has seen many commits at a time, and waits for more.
    fn taught(patience: Duration) -> Arc<Queue> {
        let queue = Arc::new(Queue { patience, ..Queue::default() });
        push(&queue, 100);
        assert_eq!(next(&queue), Some(100));
        assert_eq!(queue.state().company.wanted(), Some(125));
        queue
    }

    /// Longer than any test takes: whoever waits so long is woken.
    const LONG: Duration = Duration::from_secs(60);

    /// What a batch of ten commits comes to that waits for company while this is done.
    fn meanwhile(queue: &Arc<Queue>, act: impl FnOnce(&Queue)) -> Option<usize> {
        push(queue, 10);
        let sleeper = Arc::clone(queue);
        let asleep = std::thread::spawn(move || next(&sleeper));
        while queue.state().awaited.is_none() && !asleep.is_finished() {
            std::thread::yield_now();
        }
        act(queue);
        let began = tokio::time::Instant::now();
        let came = asleep.join().unwrap();
        assert!(began.elapsed() < LONG / 2, "it was not woken");
        came
    }

    #[test]
    fn what_does_not_come_is_waited_for_once() {
        let queue = taught(PATIENCE);
        push(&queue, 10);
        assert_eq!(next(&queue), Some(10));
        assert_eq!(queue.state().company.wanted(), None);
    }

    #[test]
    fn the_wait_is_over_when_all_are_there() {
        let queue = taught(LONG);
        let came = meanwhile(&queue, |queue| {
            push(queue, 114);
            assert_eq!(queue.state().awaited, Some(125));
            push(queue, 1);
        });
        assert_eq!((came, queue.state().company.wanted()), (Some(125), Some(156)));
    }

    #[test]
    fn whatever_else_is_asked_for_ends_the_wait_and_teaches_nothing() {
        let queue = taught(LONG);
        assert_eq!(meanwhile(&queue, |queue| drop(queue.write_out())), Some(10));
        assert!(matches!(queue.next(), Some(Step::WriteOut(_))));
        assert_eq!(queue.state().company.wanted(), Some(125));
        assert_eq!(meanwhile(&queue, Queue::close), Some(10));
        assert_eq!((next(&queue), queue.state().company.wanted()), (None, Some(125)));
    }
}
