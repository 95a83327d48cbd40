//! Where commits wait for the database. Learners are spread over a few lanes; each writes what gathered while it wrote the batch
//! before, and so keeps the order of every learner's commits.

use std::{
    collections::VecDeque,
    hash::Hasher,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use deadpool_postgres::Pool;
use siphasher::sip::SipHasher13;
use tokio::{sync::Notify, task::JoinSet, time::Instant};

use super::{ask::soon, batch, connect::Cut, fault::Fault, gathered::Gathered};
use crate::store::{Commit, Error, Key, Meter, Receipt, outcome::Refused};

/// Batches that are written at once: while one waits for the disk, the next is on its way.
const LANES: usize = 3;

/// All lanes.
pub(super) struct Lanes {
    lanes: [Arc<Lane>; LANES],
    state: Arc<State>,
}

/// What lanes have in common.
pub(super) struct State {
    pub pool: Pool,
    pub cut: Cut,
    pub secret: [u8; 16],
    pub meter: Arc<Meter>,
    /// The database was reached when it was last tried.
    pub reachable: AtomicBool,
    /// Too much waits to be added to the sums.
    pub crowded: AtomicBool,
}

/// What waits in one lane.
#[derive(Default)]
struct Lane {
    waiting: Mutex<Waiting>,
    arrived: Notify,
}

#[derive(Default)]
struct Waiting {
    full: VecDeque<Gathered>,
    last: Gathered,
    closed: bool,
}

impl Lanes {
    /// Starts them; they end when this is dropped and what waits is written.
    pub(super) fn start(state: Arc<State>) -> (Self, JoinSet<()>) {
        let (lanes, mut running) = (<[Arc<Lane>; LANES]>::default(), JoinSet::new());
        for lane in &lanes {
            running.spawn(run(Arc::clone(&state), Arc::clone(lane)));
        }
        (Self { lanes, state }, running)
    }

    /// Queues a commit. What waits is bounded by the calls and streams that are let in; while the database cannot be reached,
    /// nothing does.
    pub(super) fn push(&self, commit: Commit) -> Receipt {
        if !self.state.reachable.load(Ordering::Acquire) {
            return Receipt::settled(Err(unreachable()));
        }
        let Some(lane) = self.lanes.get(lane_of(&commit.key)) else { return Receipt::settled(Err(Error::Closed)) };
        lane.push(commit, &self.state.meter)
    }

    /// Whether all of them take commits.
    pub(super) fn are_open(&self) -> bool {
        self.lanes.iter().all(|lane| !lane.waiting().closed)
    }
}

impl Drop for Lanes {
    fn drop(&mut self) {
        self.lanes.iter().for_each(|lane| lane.close());
    }
}

impl Lane {
    fn push(&self, commit: Commit, meter: &Meter) -> Receipt {
        let mut waiting = self.waiting();
        let Waiting { full, last, closed } = &mut *waiting;
        if *closed {
            return Receipt::settled(Err(Error::Closed));
        }
        meter.queued();
        if last.is_full() {
            full.push_back(last.take());
        }
        let first = full.is_empty() && last.is_empty();
        let receipt = last.add(commit);
        drop(waiting);
        if first {
            self.arrived.notify_one();
        }
        receipt
    }

    fn close(&self) {
        self.waiting().closed = true;
        self.arrived.notify_one();
    }

    /// What gathered; none means that the lane is closed and empty.
    async fn next(&self) -> Option<Gathered> {
        loop {
            {
                let mut waiting = self.waiting();
                if let Some(batch) = waiting.full.pop_front() {
                    return Some(batch);
                }
                if !waiting.last.is_empty() {
                    return Some(waiting.last.take());
                }
                if waiting.closed {
                    return None;
                }
            }
            self.arrived.notified().await;
        }
    }

    /// Nothing panics while it holds this lock.
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn unreachable() -> Error {
    Error::Unreachable("it could not be when it was last tried".into())
}

fn lane_of(key: &Key) -> usize {
    let mut hasher = SipHasher13::new();
    hasher.write(key.tenant().as_bytes());
    hasher.write_u8(0);
    hasher.write(key.learner().as_bytes());
    (hasher.finish() % LANES as u64) as usize
}

/// Closes a lane when its task ends, be it by a panic, and fails what waits in it.
struct Ending<'a> {
    lane: &'a Lane,
    meter: &'a Meter,
    /// Commits that are being written.
    under_way: usize,
}

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        let mut waiting = self.lane.waiting();
        let Waiting { full, last, .. } = std::mem::take(&mut *waiting);
        waiting.closed = true;
        drop(waiting);
        let left: usize = full.iter().chain([&last]).map(|batch| batch.commits().len()).sum();
        self.meter.gone(left + self.under_way);
    }
}

async fn run(state: Arc<State>, lane: Arc<Lane>) {
    let mut ending = Ending { lane: &lane, meter: &state.meter, under_way: 0 };
    while let Some(batch) = lane.next().await {
        let (count, began) = (batch.commits().len(), Instant::now());
        ending.under_way = count;
        let written = write(&state, &batch).await;
        ending.under_way = 0;
        match written {
            Ok(refused) => {
                state.meter.written(count, began.elapsed());
                batch.settle(Ok(refused));
            }
            Err(fault) => {
                state.meter.gone(count);
                state.lost(&fault);
                batch.settle(Err(Error::from(fault)));
            }
        }
    }
}

async fn write(state: &State, batch: &Gathered) -> Result<Refused, Fault> {
    if !state.reachable.load(Ordering::Acquire) {
        // They were queued while one before them was waited for.
        return Err(Fault::Late);
    }
    let crowded = state.crowded.load(Ordering::Acquire);
    let until = soon();
    state.again(|| state.once(until, async |client| batch::write(client, state.secret, crowded, batch).await)).await
}

impl State {
    /// Notes that the database was not reached, if that is what is wrong; until it is, whoever asks is told at once.
    pub(super) fn lost(&self, fault: &Fault) {
        // That one connection ended tells nothing of the next.
        if fault.is_cut() {
            self.leave_connections();
        } else {
            self.away(fault);
        }
    }

    /// The same, where every connection ends that is made.
    pub(super) fn away(&self, fault: &Fault) {
        if (fault.is_away() || fault.is_cut()) && self.reachable.swap(false, Ordering::AcqRel) {
            tracing::warn!(error = %fault, "the database cannot be reached: refusing events until it can be");
        }
    }

    /// Notes that it was.
    pub(super) fn found(&self) {
        if !self.reachable.swap(true, Ordering::AcqRel) {
            tracing::info!("the database can be reached again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Record;

    fn commit(version: u64) -> Commit {
        let key = Key::new("default", "ana");
        Commit::new(key, version - 1, Record { version, bytes: Vec::new() })
    }

    #[tokio::test]
    async fn what_waits_comes_in_batches_and_is_written_before_the_lane_ends() {
        let (lane, meter) = (Lane::default(), Meter::default());
        let receipts: Vec<_> = (1..=1_500).map(|version| lane.push(commit(version), &meter)).collect();
        lane.close();
        for many in [1_024, 476] {
            let batch = lane.next().await.unwrap();
            assert_eq!(batch.commits().len(), many);
            batch.settle(Ok(Refused::new()));
        }
        assert!(lane.next().await.is_none());
        assert!(receipts.iter().all(|receipt| matches!(receipt.outcome(), Some(Ok(())))));
    }

    #[tokio::test]
    async fn a_lane_that_waits_is_told_of_what_comes() {
        let (lane, meter) = (Arc::new(Lane::default()), Meter::default());
        let written = tokio::spawn({
            let lane = Arc::clone(&lane);
            async move {
                while let Some(batch) = lane.next().await {
                    batch.settle(Ok(Refused::new()));
                }
            }
        });
        for version in 1..=3 {
            // It sleeps by then.
            tokio::task::yield_now().await;
            lane.push(commit(version), &meter).wait().await.unwrap();
        }
        lane.close();
        written.await.unwrap();
    }

    #[tokio::test]
    async fn a_lane_whose_task_panics_keeps_nobody_waiting() {
        let (lane, meter) = (Arc::new(Lane::default()), Arc::new(Meter::default()));
        let receipts = [1, 2].map(|version| lane.push(commit(version), &meter));
        let task = tokio::spawn({
            let (lane, meter) = (Arc::clone(&lane), Arc::clone(&meter));
            async move {
                let _ending = Ending { lane: &lane, meter: &meter, under_way: 0 };
                panic!("a bug");
            }
        });
        assert!(task.await.unwrap_err().is_panic());
        for receipt in receipts {
            assert!(matches!(receipt.wait().await, Err(Error::Poisoned(_))));
        }
        assert!(matches!(lane.push(commit(3), &meter).wait().await, Err(Error::Closed)));
        assert_eq!(meter.pending(), 0);
    }
}
