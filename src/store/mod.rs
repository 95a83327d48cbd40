//! Where learners are kept, and the promise that goes with it: a commit whose receipt resolves is on disk.
//!
//! The store knows bytes, versions and sums, not what a record means: encoding is `learner`'s.

mod embedded;
mod memory;
mod meter;
mod receipt;
mod version;

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use arrayvec::ArrayVec;
pub use embedded::Embedded;
pub use memory::Memory;
pub use meter::Meter;
pub use receipt::Receipt;

use crate::statistics::{Subject, Sums};

/// Whose record it is. Every key carries its tenant from the first day.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The tenant, [`Tenant::DEFAULT`](crate::event::Tenant::DEFAULT) where none is named.
    pub tenant: Arc<str>,
    /// The learner's id as the platform gave it.
    pub learner: Arc<str>,
}

/// A learner's id is personal data: it stays out of logs, and so out of `Debug`.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

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
    /// The record after the event.
    pub record: Record,
    /// A decision, when something was said, and its number.
    pub decision: Option<(u64, Vec<u8>)>,
    /// What became of a message, by the number of its decision.
    pub outcome: Option<(u64, u8)>,
    /// The classes on whose lists the learner is from now on, or is no longer.
    pub attention: ArrayVec<(u64, bool), 2>,
    /// What the event adds to the tenant's sums.
    pub statistics: Vec<(Subject, Sums)>,
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
    /// A read failed.
    #[error("the store could not be read: {0}")]
    Read(Arc<str>),
    /// The store could not be opened.
    #[error("the store at {path} could not be opened: {why}")]
    Open {
        /// Where it was looked for.
        path: Arc<str>,
        /// Why not.
        why: Arc<str>,
    },
}

/// A future that a store hands out.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A place to keep learners. One process owns it.
pub trait Store: Send + Sync + 'static {
    /// The newest committed record of a learner.
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>>;

    /// The logged decision of this number.
    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>>;

    /// What became of the message of the decision of this number.
    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>>;

    /// The learners on a class's list, by id, from the first after `after` on, `limit` at most.
    fn attention<'a>(&'a self, tenant: &'a str, class: u64, after: &'a str, limit: usize)
    -> Pending<'a, Vec<Arc<str>>>;

    /// All sums, each with its tenant, read once at the start.
    fn statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>>;

    /// Queues a commit without waiting. Commits become durable in the order of these calls; of several records of one
    /// learner in a batch only the newest is written.
    fn commit(&self, commit: Commit) -> Receipt;

    /// The secret that event ids are hashed with, made once per store and kept in it.
    fn secret(&self) -> [u8; 16];

    /// Whether writes are still accepted.
    fn healthy(&self) -> bool;

    /// How its writing goes.
    fn meter(&self) -> &Arc<Meter>;

    /// Makes everything queued durable, then refuses more. Safe to call again.
    fn close(&self) -> Pending<'_, ()>;
}
