//! Where learners are kept, and the promise that goes with it: a commit whose receipt resolves is on disk.
//!
//! The store knows bytes, versions and sums, not what a record means: encoding is `learner`'s.

mod deltas;
mod embedded;
mod key;
mod lineage;
mod memory;
mod meter;
mod moving;
mod outcome;
mod postgres;
mod receipt;
mod tombstone;
mod version;

use std::{
    fs::File,
    future::Future,
    io::{self, Read as _},
    pin::Pin,
    sync::Arc,
};

use arrayvec::ArrayVec;
pub use embedded::Embedded;
pub use key::Key;
pub use lineage::Lineage;
pub use memory::Memory;
pub use meter::Meter;
pub use moving::{About, Begun, Describe, Kept, Moving, Published, Rest, Restoring, Whole, each_page};
pub use postgres::{Layout, Migrated, Policies, Postgres};
pub use receipt::Receipt;

use crate::{
    event::Timestamp,
    reason::Reason,
    statistics::{Subject, Sums},
};

/// A learner's record as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// How many changes made it; it rises with every commit.
    pub version: u64,
    /// The encoded record.
    pub bytes: Vec<u8>,
}

/// Everything one event changes, stored together or not at all.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Whose.
    pub key: Key,
    /// The version of the record that this one was made of; zero for a learner nobody knew.
    pub after: u64,
    /// The changes this one builds on.
    pub lineage: Lineage,
    /// When, by the server's clock: what retention goes by.
    pub at: Timestamp,
    /// The record after the event.
    pub record: Record,
    /// A decision, when something was said.
    pub decision: Option<Spoken>,
    /// What became of a message, by the number of its decision.
    pub outcome: Option<(u64, u8)>,
    /// The classes on whose lists the learner is from now on, or is no longer.
    pub attention: ArrayVec<(u64, bool), 2>,
    /// What the event adds to the tenant's sums.
    pub statistics: Vec<(Subject, Sums)>,
}

impl Commit {
    /// A record and nothing else, after that of version `after`.
    #[must_use]
    pub fn new(key: Key, after: u64, record: Record) -> Self {
        Self::of(key, Lineage::default(), after, record, Timestamp::default())
    }

    /// The same at a time, on what was changed before.
    #[must_use]
    pub fn of(key: Key, lineage: Lineage, after: u64, record: Record, at: Timestamp) -> Self {
        Self {
            key,
            after,
            lineage,
            at,
            record,
            decision: None,
            outcome: None,
            attention: ArrayVec::new(),
            statistics: Vec::new(),
        }
    }
}

/// A decision that said something, as it is logged.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// Its number, which rises with every decision of a learner.
    pub number: u64,
    /// Why it spoke.
    pub reason: Reason,
    /// The wording.
    pub message_id: String,
    /// The policy that decided.
    pub policy_version: Arc<str>,
    /// All that explains it, encoded.
    pub bytes: Vec<u8>,
}

/// A logged decision as it is read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its number.
    pub number: u64,
    /// All that explains it, encoded.
    pub bytes: Vec<u8>,
    /// What became of the message, where that was reported.
    pub outcome: Option<u8>,
}

/// Whom to erase.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// Who.
    pub key: Key,
    /// The class on whose list the learner is. Where it is not named, whoever is erased for good is taken off every list: the record
    /// may not have been readable.
    pub class: Option<u64>,
    /// Items whose sums tell of this learner, as hardly anybody else met them: rows with fewer than [`FEW`] attempts go.
    pub items: Vec<Subject>,
    /// Nothing more is taken of this learner from then on.
    pub for_good: bool,
    /// Only if nothing was committed since this time: on a store that others write to, they may just have done so.
    pub unheard_since: Option<Timestamp>,
}

/// Sums of fewer opportunities than these may tell of a single learner.
pub const FEW: u64 = 5;

/// What was erased, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Records: one, or none if there was none.
    pub records: u64,
    /// Logged decisions.
    pub decisions: u64,
    /// Reports of what became of messages.
    pub outcomes: u64,
    /// Rows of sums.
    pub statistics: u64,
}

/// What can go wrong.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// A write failed. Nothing more is accepted until a restart: after a failed sync nobody knows what is on disk.
    #[error("the store refuses writes since one failed ({0}); free space or fix the disk, then restart")]
    Poisoned(Arc<str>),
    /// The store is closed.
    #[error("the store is closed")]
    Closed,
    /// Another process changed the learner meanwhile: the change is to be made again, on what is stored now.
    #[error("the learner was changed elsewhere meanwhile")]
    Conflict,
    /// The learner was erased for good.
    #[error("the learner was erased")]
    Erased,
    /// The store cannot be reached for now; it is asked again and again, and serves again when it can be.
    #[error("the store cannot be reached: {0}")]
    Unreachable(Arc<str>),
    /// What was to be put in could not be.
    #[error("the store could not be written: {0}")]
    Write(Arc<str>),
    /// What is stored there cannot be read any more; asking again does not help.
    #[error("what is stored there is damaged: {0}")]
    Damaged(Arc<str>),
    /// The store did not do what was asked of it.
    #[error("the store failed at this: {0}")]
    Read(Arc<str>),
    /// No copy could be made.
    #[error("no copy was made at {path}: {why}")]
    Copy {
        /// Where it should have been.
        path: Arc<str>,
        /// Why not.
        why: Arc<str>,
    },
    /// Another process has it open.
    #[error("the store at {0} could not be opened: another process has it open")]
    InUse(Arc<str>),
    /// The store could not be opened.
    #[error("the store at {path} could not be opened: {why}")]
    Open {
        /// Where it was looked for.
        path: Arc<str>,
        /// Why not.
        why: Arc<str>,
    },
}

pub(crate) use tombstone::tombstone;

/// A future that a store hands out.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A place to keep learners.
pub trait Store: Send + Sync + 'static {
    /// Whether other processes change what is kept, too. If so, a learner in memory may be out of date, and a commit may find a
    /// [conflict](Error::Conflict).
    fn shared(&self) -> bool {
        false
    }

    /// The newest committed record of a learner; [`Error::Erased`] of one who was erased for good.
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>>;

    /// The logged decision of this number.
    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>>;

    /// A learner's logged decisions, oldest first, from the first after the number `after` on, `limit` at most.
    fn decisions<'a>(&'a self, key: &'a Key, after: u64, limit: usize) -> Pending<'a, Vec<Past>>;

    /// What became of the message of the decision of this number.
    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>>;

    /// The learners on a class's list, by id, from the first after `after` on, `limit` at most.
    fn attention<'a>(&'a self, tenant: &'a str, class: u64, after: &'a str, limit: usize)
    -> Pending<'a, Vec<Arc<str>>>;

    /// All sums, each with its tenant, read once at the start.
    fn statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>>;

    /// Of a [shared](Store::shared) store, the sums that have changed since they were last asked for, as they are now.
    fn changed_statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Queues a commit without waiting. A learner's commits become durable in the order of these calls; of several records of one
    /// learner in a batch only the newest is written.
    fn commit(&self, commit: Commit) -> Receipt;

    /// Erases a learner: record, decisions, outcomes, places on lists. Queued when this is called, after the commits before it; what
    /// is committed later is refused, if it is for good. When it resolves, nothing of the learner can be read from the store's
    /// files any more.
    fn erase<'a>(&'a self, erasure: Erasure) -> Pending<'a, Erased>;

    /// Forgets decisions, and what became of their messages, that were committed before this time. Returns how many decisions.
    fn forget_decisions(&self, before: Timestamp) -> Pending<'_, u64>;

    /// Learners of whom nothing was committed since this time, `limit` at most.
    fn unheard(&self, before: Timestamp, limit: usize) -> Pending<'_, Vec<Key>>;

    /// The secret that event ids are hashed with, made once per store and kept in it.
    fn secret(&self) -> [u8; 16];

    /// Whether writes are still accepted.
    fn healthy(&self) -> bool;

    /// How its writing goes.
    fn meter(&self) -> &Arc<Meter>;

    /// Makes everything queued durable, then refuses more. Safe to call again.
    fn close(&self) -> Pending<'_, ()>;
}

/// A secret from the operating system; hashing with what a stranger could guess would let them craft ids that collide.
pub(crate) fn random() -> io::Result<[u8; 16]> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}
