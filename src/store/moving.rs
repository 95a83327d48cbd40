//! Everything a store keeps, taken out learner by learner and put into another.

use std::{collections::HashMap, sync::Arc};

use super::{Error, Key, Pending, Record, Store};
use crate::{
    event::Timestamp,
    reason::Reason,
    statistics::{Subject, Sums},
};

/// All that is kept of one learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Who.
    pub key: Key,
    /// The record.
    pub record: Record,
    /// When the learner was last heard of, where the store knows.
    pub heard_at: Option<Timestamp>,
    /// The logged decisions, oldest first.
    pub decisions: Vec<Kept>,
    /// The classes on whose lists the learner is, in order.
    pub classes: Vec<u64>,
}

/// A logged decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub number: u64,
    /// When it was committed, where the store knows.
    pub at: Option<Timestamp>,
    /// All that explains it, encoded.
    pub bytes: Vec<u8>,
    /// What became of the message, where that was reported.
    pub outcome: Option<u8>,
}

/// What stands in a decision's bytes that some stores keep beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Why it spoke.
    pub reason: Reason,
    /// The wording.
    pub message_id: String,
    /// The policy that decided.
    pub policy_version: String,
}

/// A policy that all servers on a store follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Whose; empty for everybody without one of their own.
    pub tenant: String,
    /// Its text.
    pub policy: String,
    /// Since when.
    pub at: Timestamp,
}

/// What a store keeps besides learners.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rest {
    /// All sums.
    pub statistics: Vec<(Arc<str>, Subject, Sums)>,
    /// Hashes of those who were erased for good, under the store's secret.
    pub tombstones: Vec<[u8; 16]>,
    /// Policies that were published.
    pub policies: Vec<Published>,
}

/// A store that everything can be taken out of.
pub trait Moving: Store {
    /// The learners after this one in the store's own order, `limit` at most; none means that there are no more. Each is as it was
    /// at one moment, decisions included.
    fn learners<'a>(&'a self, after: Option<&'a Key>, limit: usize) -> Pending<'a, Vec<Whole>>;

    /// Places on lists, where the store keeps them apart from learners and does not tell them with these.
    fn lists(&self) -> Pending<'_, HashMap<Key, Vec<u64>>> {
        Box::pin(async { Ok(HashMap::new()) })
    }

    /// Those who were erased for good.
    fn tombstones(&self) -> Pending<'_, Vec<[u8; 16]>>;

    /// Policies that were published.
    fn policies(&self) -> Pending<'_, Vec<Published>>;

    /// About how many learners there are.
    fn about(&self) -> Pending<'_, u64>;
}

/// Goes through all learners of a store, so many at a time.
pub async fn each_page(store: &dyn Moving, limit: usize, mut take: impl FnMut(&[Whole])) -> Result<(), Error> {
    let mut last = None;
    loop {
        let learners = store.learners(last.as_ref(), limit).await?;
        let Some(newest) = learners.last() else { return Ok(()) };
        last = Some(newest.key.clone());
        take(&learners);
    }
}

/// A new store in the making. It cannot be served before it is [finished](Restoring::finish), and what was put into it stays there
/// if that is interrupted.
pub trait Restoring: Send + Sync {
    /// Puts learners in, durably; those who are there already with the same version are left as they are. Returns how many were new.
    fn put<'a>(&'a self, learners: Vec<Whole>, about: Describe) -> Pending<'a, u64>;

    /// Puts in what is left, once whatever was there before, and makes it a store.
    fn finish<'a>(&'a self, rest: Rest) -> Pending<'a, ()>;
}

/// Reads what decisions are about, for stores that do not.
pub type Describe = fn(&[u8]) -> Option<About>;

/// How far a store in the making is.
pub enum Begun {
    /// It takes learners.
    Open(Box<dyn Restoring>),
    /// It was finished before.
    Finished,
}
