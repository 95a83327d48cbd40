//! The store inside the process: files in a directory, no server to run.
//!
//! A commit joins the batch that is gathering ([`queue`]); the committer writes one batch at a time, atomically and with
//! one sync ([`committer`], [`writer`]), and only then settles its receipts. The first failed write ends writing for
//! good: after a failed sync the kernel may have dropped what it could not write, and a second sync would say all is
//! well. What failed is unknown rather than undone, and a restart shows which.

mod behind;
mod changes;
mod committer;
mod company;
mod copy;
mod directory;
mod erase;
mod eraser;
mod fault;
mod layout;
mod moving;
mod queue;
mod restoring;
mod scrub;
mod sums;
mod tables;
mod times;
mod writer;

use std::{fmt, path::Path, sync::Arc};

use tokio::sync::oneshot;

use self::{
    committer::Committer,
    directory::Directory,
    eraser::{Eraser, Erasing},
    fault::Fault,
    tables::Tables,
    writer::Writer,
};
use super::{
    Commit, Erased, Erasure, Error, Key, Meter, Past, Pending, Receipt, Record, Store, random, tombstone::tombstone,
};
use crate::{
    clock,
    event::Timestamp,
    statistics::{Subject, Sums},
};

/// A store in a directory that this process alone uses.
pub struct Embedded {
    // In the order in which they must go: last writes, then cleaning, then the files, then the claim on the directory.
    committer: Committer,
    _erasing: Erasing,
    tables: Arc<Tables>,
    secret: [u8; 16],
    directory: Directory,
}

impl Embedded {
    /// Opens the store in a directory, and makes one where there is none. Reads the journal, so it can take a second,
    /// and blocks meanwhile.
    ///
    /// # Errors
    /// [`Error::InUse`] if another process has it open; [`Error::Open`] if something else is there, it was written by a newer
    /// Hearten, or it is damaged.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        Self::claim(path).map_err(|fault| fault.opening(path))
    }

    /// Opens the store in a directory, and makes none.
    ///
    /// # Errors
    /// [`Error::Open`], also where there is no store.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        if !Directory::holds_store(path) {
            return Err(Fault::Nothing.opening(path));
        }
        Self::open(path)
    }

    fn claim(path: &Path) -> Result<Self, Fault> {
        let directory = Directory::claim(path)?;
        let data = directory.data(|new| Tables::create(new, random()?))?;
        let (tables, secret) = Tables::open(&data)?;
        tables.date(clock::now())?;
        tables.catch_up()?;
        let (tables, eraser) = (Arc::new(tables), Arc::<Eraser>::default());
        let erasing = Erasing::start(Arc::clone(&eraser), Arc::clone(&tables))?;
        let committer = Committer::start(Writer::new(Arc::clone(&tables), secret, eraser))?;
        Ok(Self { committer, _erasing: erasing, tables, secret, directory })
    }

    /// Copies the store as it is now to a place where nothing is, and blocks until the copy is whole and on disk; commits go on
    /// meanwhile. What was acknowledged before this is called is in it. `tell` hears how many rows were copied so far, and
    /// stops it by saying no. Returns how many there were.
    ///
    /// # Errors
    /// [`Error::Copy`] if something is there, or the copy cannot be written.
    pub fn copy(&self, place: &Path, tell: impl FnMut(u64) -> bool) -> Result<u64, Error> {
        let failed = |fault: Fault| Error::Copy { path: place.to_string_lossy().into(), why: fault.reason() };
        copy::copy(&self.tables, self.directory.path(), place, tell).map_err(failed)
    }

    /// About how many rows there are.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.rows()
    }

    /// Reads may wait for the disk, so they leave the threads that serve.
    fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Tables) -> Result<T, Fault> + Send + 'static,
    ) -> Pending<'_, T> {
        let tables = Arc::clone(&self.tables);
        Box::pin(async {
            let outcome = tokio::task::spawn_blocking(move || read(&tables)).await;
            let outcome = outcome.map_err(|stopped| Error::Read(stopped.to_string().into()))?;
            outcome.map_err(|fault| match fault {
                Fault::Erased => Error::Erased,
                fault if fault.is_damage() => Error::Damaged(fault.reason()),
                fault => Error::Read(fault.reason()),
            })
        })
    }

    /// Waits for an answer; there is none where the step or one before it failed, or the store was closed.
    async fn answer<T>(&self, waiting: oneshot::Receiver<Result<T, Error>>) -> Result<T, Error> {
        match waiting.await {
            Ok(answer) => answer,
            Err(_) => Err(self.committer.queue().refusal()),
        }
    }
}

/// Leaves the secret out.
impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("directory", &self.directory).finish_non_exhaustive()
    }
}

impl Store for Embedded {
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>> {
        let (row, key, secret) = (layout::learner_key(key), key.clone(), self.secret);
        self.read(move |tables| {
            let record = tables.record(&row, || tombstone(secret, &key))?;
            if record.is_some() {
                // The committer will ask for it, and all who wait for it should not wait for the disk as well.
                tables.heard(&row)?;
            }
            Ok(record)
        })
    }

    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>> {
        let key = layout::decision_key(key, number);
        self.read(move |tables| tables.decision(&key))
    }

    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>> {
        let key = layout::decision_key(key, number);
        self.read(move |tables| tables.outcome(&key))
    }

    fn attention<'a>(
        &'a self,
        tenant: &'a str,
        class: u64,
        after: &'a str,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<str>>> {
        let (class, after) = (layout::class_key(tenant, class), after.to_owned());
        self.read(move |tables| tables.attention(&class, &after, limit))
    }

    fn statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>> {
        self.read(Tables::statistics)
    }

    fn commit(&self, commit: Commit) -> Receipt {
        self.committer.commit(commit)
    }

    fn decisions<'a>(&'a self, key: &'a Key, after: u64, limit: usize) -> Pending<'a, Vec<Past>> {
        let key = key.clone();
        self.read(move |tables| tables.decisions(&key, after, limit))
    }

    fn erase<'a>(&'a self, erasure: Erasure) -> Pending<'a, Erased> {
        let waiting = self.committer.queue().erase(erasure);
        Box::pin(self.answer(waiting))
    }

    fn forget_decisions(&self, before: Timestamp) -> Pending<'_, u64> {
        Box::pin(async move {
            let mut all = 0;
            loop {
                // A step at a time, so that commits get in between.
                match self.answer(self.committer.queue().forget(before)).await? {
                    0 => return Ok(all),
                    some => all += some,
                }
            }
        })
    }

    fn unheard(&self, before: Timestamp, limit: usize) -> Pending<'_, Vec<Key>> {
        self.read(move |tables| tables.unheard(before, limit))
    }

    fn secret(&self) -> [u8; 16] {
        self.secret
    }

    fn healthy(&self) -> bool {
        self.committer.accepting()
    }

    fn meter(&self) -> &Arc<Meter> {
        self.committer.meter()
    }

    fn close(&self) -> Pending<'_, ()> {
        Box::pin(self.committer.stop())
    }
}
