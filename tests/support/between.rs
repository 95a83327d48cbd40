//! A store in memory that a test comes between.

use std::sync::Arc;

use hearten::{
    event::Timestamp,
    statistics::{Subject, Sums},
    store::{Commit, Erased, Erasure, Key, Memory, Meter, Past, Pending, Receipt, Record, Store},
};

/// What a test does on the way to the store; unless stated, nothing.
pub trait Way: Send + Sync + 'static {
    fn before_outcome<'a>(&'a self, _: &'a Key) -> Pending<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn instead_of_commit(&self, _: &Commit) -> Option<Receipt> {
        None
    }
}

pub struct Between<W> {
    kept: Memory,
    pub way: W,
}

impl<W> Between<W> {
    pub fn new(way: W) -> Self {
        Self { kept: Memory::new(), way }
    }
}

impl<W: Way> Store for Between<W> {
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>> {
        self.kept.load(key)
    }

    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>> {
        self.kept.decision(key, number)
    }

    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>> {
        Box::pin(async move {
            self.way.before_outcome(key).await?;
            self.kept.outcome(key, number).await
        })
    }

    fn attention<'a>(
        &'a self,
        tenant: &'a str,
        class: u64,
        after: &'a str,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<str>>> {
        self.kept.attention(tenant, class, after, limit)
    }

    fn statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>> {
        self.kept.statistics()
    }

    fn commit(&self, commit: Commit) -> Receipt {
        self.way.instead_of_commit(&commit).unwrap_or_else(|| self.kept.commit(commit))
    }

    fn decisions<'a>(&'a self, key: &'a Key, after: u64, limit: usize) -> Pending<'a, Vec<Past>> {
        self.kept.decisions(key, after, limit)
    }

    fn erase<'a>(&'a self, erasure: Erasure) -> Pending<'a, Erased> {
        self.kept.erase(erasure)
    }

    fn forget_decisions(&self, before: Timestamp) -> Pending<'_, u64> {
        self.kept.forget_decisions(before)
    }

    fn unheard(&self, before: Timestamp, limit: usize) -> Pending<'_, Vec<Key>> {
        self.kept.unheard(before, limit)
    }

    fn secret(&self) -> [u8; 16] {
        self.kept.secret()
    }

    fn healthy(&self) -> bool {
        self.kept.healthy()
    }

    fn meter(&self) -> &Arc<Meter> {
        self.kept.meter()
    }

    fn close(&self) -> Pending<'_, ()> {
        self.kept.close()
    }
}
