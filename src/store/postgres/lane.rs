//! Where commits wait for the database. Learners are spread over a few lanes; each writes what gathered while it wrote the batch
//! before, and so keeps the order of every learner's commits.

use std::{
    hash::Hasher,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use deadpool_postgres::Pool;
use siphasher::sip::SipHasher13;
use tokio::{sync::mpsc, task::JoinSet, time::Instant};

use super::{ask::soon, batch, connect::Cut, fault::Fault};
use crate::store::{Commit, Error, Key, Meter, Receipt, receipt::Promise};

/// Batches that are written at once: while one waits for the disk, the next is on its way.
const LANES: usize = 3;
/// The most commits of a batch.
const LARGEST_BATCH: usize = 1_024;

struct Waiting {
    commit: Commit,
    promise: Promise,
}

/// All lanes.
pub(super) struct Lanes {
    senders: Vec<mpsc::UnboundedSender<Waiting>>,
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

impl Lanes {
    /// Starts them; they end when this is dropped and what waits is written.
    pub(super) fn start(state: Arc<State>) -> (Self, JoinSet<()>) {
        let mut running = JoinSet::new();
        let senders = (0..LANES).map(|_| {
            let (sender, receiver) = mpsc::unbounded_channel();
            running.spawn(run(Arc::clone(&state), receiver));
            sender
        });
        let senders = senders.collect();
        (Self { senders, state }, running)
    }

    /// Queues a commit. What waits is bounded by the calls and streams that are let in; while the database cannot be reached,
    /// nothing does.
    pub(super) fn push(&self, commit: Commit) -> Receipt {
        if !self.state.reachable.load(Ordering::Acquire) {
            return Receipt::settled(Err(unreachable()));
        }
        let Some(sender) = self.senders.get(lane_of(&commit.key)) else { return Receipt::settled(Err(Error::Closed)) };
        let promise = Promise::default();
        let receipt = promise.receipt();
        self.state.meter.queued();
        if sender.send(Waiting { commit, promise }).is_err() {
            self.state.meter.gone(1);
            return Receipt::settled(Err(Error::Closed));
        }
        receipt
    }
}

pub(super) fn unreachable() -> Error {
    Error::Unreachable("it could not be when it was last tried".into())
}

fn lane_of(key: &Key) -> usize {
    let mut hasher = SipHasher13::new();
    hasher.write(key.tenant.as_bytes());
    hasher.write_u8(0);
    hasher.write(key.learner.as_bytes());
    (hasher.finish() % LANES as u64) as usize
}

async fn run(state: Arc<State>, mut waiting: mpsc::UnboundedReceiver<Waiting>) {
    let mut gathered = Vec::with_capacity(LARGEST_BATCH);
    while waiting.recv_many(&mut gathered, LARGEST_BATCH).await > 0 {
        let (commits, promises): (Vec<Commit>, Vec<Promise>) =
            gathered.drain(..).map(|Waiting { commit, promise }| (commit, promise)).unzip();
        let began = Instant::now();
        match write(&state, &commits).await {
            Ok(outcomes) => {
                state.meter.written(commits.len(), began.elapsed());
                promises.into_iter().zip(outcomes).for_each(|(promise, outcome)| promise.settle(outcome));
            }
            Err(fault) => {
                state.meter.gone(commits.len());
                state.lost(&fault);
                let error = Error::from(fault);
                promises.into_iter().for_each(|promise| promise.settle(Err(error.clone())));
            }
        }
    }
}

async fn write(state: &State, commits: &[Commit]) -> Result<Vec<Result<(), Error>>, Fault> {
    if !state.reachable.load(Ordering::Acquire) {
        // They were queued while one before them was waited for.
        return Err(Fault::Late);
    }
    let crowded = state.crowded.load(Ordering::Acquire);
    let until = soon();
    state.again(|| state.once(until, async |client| batch::write(client, state.secret, crowded, commits).await)).await
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
