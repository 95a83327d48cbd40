//! The tables in the storage engine, how it is set up, and what is asked of it.

use std::{ops::Bound, path::Path, sync::Arc, thread, time::Duration};

use fjall::{Database, Keyspace, KeyspaceCreateOptions, OwnedWriteBatch, PersistMode};

use super::{
    fault::Fault,
    layout::{self, FORMAT, FORMAT_KEY, SECRET_KEY},
};
use crate::{
    event::Tenant,
    statistics::{Subject, Sums},
    store::Record,
};

const MIB: u64 = 1024 * 1024;

/// Records are small and mostly served from the engine's own hot learners: this is for those who come back.
const CACHE: u64 = 32 * MIB;
/// When sealed journals reach this, the tables that keep the oldest alive are flushed. With the journal being written
/// (sealed at 64 MB or more) all of them take up to twice as much disk, and reading them back takes about a second.
const JOURNALS: u64 = 128 * MIB;
/// Records are rewritten often, and a version that is replaced before the flush never reaches a table file. Up to four
/// full ones can wait for the flush: at most five times this in memory.
const LEARNERS_BUFFER: u64 = 32 * MIB;
/// The other tables grow slowly.
const OTHER_BUFFER: u64 = 8 * MIB;
/// Files kept open. The usual limit of a process is 1,024, and streams need theirs.
const OPEN_FILES: usize = 128;
/// One thread flushes while the other compacts.
const WORKERS: usize = 2;

/// Unflushed buffers, and files not yet compacted, at which writing waits. The engine itself waits at 4 and 30, for
/// ever if its workers have died meanwhile.
const CROWDED: (usize, usize) = (3, 24);

const SUMS: &str = "a row of statistics";

/// The tables.
pub(super) struct Tables {
    database: Database,
    learners: Keyspace,
    decisions: Keyspace,
    outcomes: Keyspace,
    attention: Keyspace,
    statistics: Keyspace,
    meta: Keyspace,
}

impl Tables {
    /// Makes a new, empty store at `path`, durable when this returns.
    pub(super) fn create(path: &Path, secret: [u8; 16]) -> Result<(), Fault> {
        let tables = Self::at(path)?;
        let mut changes = tables.changes();
        changes.batch.insert(&tables.meta, FORMAT_KEY, FORMAT.to_be_bytes());
        changes.batch.insert(&tables.meta, SECRET_KEY, secret);
        changes.sync()
    }

    /// Opens what [`Tables::create`] made, and returns its secret too.
    pub(super) fn open(path: &Path) -> Result<(Self, [u8; 16]), Fault> {
        let tables = Self::at(path)?;
        let format = tables.meta.get(FORMAT_KEY)?.and_then(|bytes| bytes.as_ref().try_into().ok());
        match format.map(u32::from_be_bytes) {
            Some(FORMAT) => {}
            Some(other) => return Err(Fault::Format(other)),
            None => return Err(Fault::Unreadable("its format")),
        }
        let secret = tables.meta.get(SECRET_KEY)?.and_then(|bytes| bytes.as_ref().try_into().ok());
        Ok((tables, secret.ok_or(Fault::Unreadable("its secret"))?))
    }

    fn at(path: &Path) -> Result<Self, Fault> {
        let database = Database::builder(path)
            .cache_size(CACHE)
            .max_journaling_size(JOURNALS)
            .max_cached_files(Some(OPEN_FILES))
            .worker_threads(WORKERS)
            .open()?;
        let table = |name, buffer| {
            // Values stay beside their keys: splitting them off pays from several KiB on.
            database.keyspace(name, || KeyspaceCreateOptions::default().max_memtable_size(buffer))
        };
        Ok(Self {
            learners: table("learners", LEARNERS_BUFFER)?,
            decisions: table("decisions", OTHER_BUFFER)?,
            outcomes: table("outcomes", OTHER_BUFFER)?,
            attention: table("attention", OTHER_BUFFER)?,
            statistics: table("statistics", OTHER_BUFFER)?,
            meta: table("meta", OTHER_BUFFER)?,
            database,
        })
    }

    pub(super) fn record(&self, key: &[u8]) -> Result<Option<Record>, Fault> {
        let Some(value) = self.learners.get(key)? else { return Ok(None) };
        let (version, bytes) = layout::split_record(&value)?;
        Ok(Some(Record { version, bytes: bytes.to_vec() }))
    }

    pub(super) fn decision(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.decisions.get(key)?.map(|value| value.to_vec()))
    }

    pub(super) fn outcome(&self, key: &[u8]) -> Result<Option<u8>, Fault> {
        Ok(self.outcomes.get(key)?.and_then(|value| value.first().copied()))
    }

    /// The ids after `after` in the rows that begin like this.
    pub(super) fn attention(&self, class: &[u8], after: &str, limit: usize) -> Result<Vec<Arc<str>>, Fault> {
        let from = [class, after.as_bytes()].concat();
        let mut ids = Vec::new();
        for row in self.attention.range((Bound::Excluded(from), Bound::<Vec<u8>>::Unbounded)).take(limit) {
            let key = row.key()?;
            let Some(id) = key.strip_prefix(class) else { break };
            ids.push(Arc::from(std::str::from_utf8(id).map_err(|_| Fault::Unreadable("a row of attention"))?));
        }
        Ok(ids)
    }

    pub(super) fn statistics(&self) -> Result<Vec<(Arc<str>, Subject, Sums)>, Fault> {
        // The rows of a tenant lie together, and share its name.
        let mut tenant = Arc::<str>::from(Tenant::DEFAULT);
        let read = |row: fjall::Guard| {
            let (key, value) = row.into_inner()?;
            let read = layout::split_sums(&key).zip(Sums::from_bytes(&value));
            let ((name, subject), sums) = read.ok_or(Fault::Unreadable(SUMS))?;
            if *tenant != *name {
                tenant = Arc::from(name);
            }
            Ok((Arc::clone(&tenant), subject, sums))
        };
        self.statistics.iter().map(read).collect()
    }

    /// The stored version of a record.
    pub(super) fn version(&self, key: &[u8]) -> Result<Option<u64>, Fault> {
        let Some(value) = self.learners.get(key)? else { return Ok(None) };
        Ok(Some(layout::split_record(&value)?.0))
    }

    /// The stored sums of one subject.
    pub(super) fn sums(&self, key: &[u8]) -> Result<Option<Sums>, Fault> {
        let Some(value) = self.statistics.get(key)? else { return Ok(None) };
        Sums::from_bytes(&value).map(Some).ok_or(Fault::Unreadable(SUMS))
    }

    /// Changes to be made together.
    pub(super) fn changes(&self) -> Changes<'_> {
        Changes { batch: self.database.batch(), tables: self }
    }

    /// Waits while flushing and compaction are behind, and fails when they have failed.
    pub(super) fn wait_for_room(&self) -> Result<(), Fault> {
        let (buffers, files) = CROWDED;
        let tables = [&self.learners, &self.decisions, &self.outcomes, &self.attention, &self.statistics];
        while tables.iter().any(|t| t.sealed_memtable_count() >= buffers || t.l0_table_count() >= files) {
            // Nothing to persist: this is how to ask the engine whether it has failed.
            self.database.persist(PersistMode::Buffer)?;
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

/// Changes that are made together or not at all.
pub(super) struct Changes<'a> {
    tables: &'a Tables,
    batch: OwnedWriteBatch,
}

impl Changes<'_> {
    pub(super) fn record(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.batch.insert(&self.tables.learners, key, value);
    }

    pub(super) fn decision(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.batch.insert(&self.tables.decisions, key, value);
    }

    pub(super) fn outcome(&mut self, key: Vec<u8>, value: u8) {
        self.batch.insert(&self.tables.outcomes, key, [value]);
    }

    pub(super) fn attention(&mut self, key: Vec<u8>, listed: bool) {
        if listed {
            self.batch.insert(&self.tables.attention, key, []);
        } else {
            self.batch.remove(&self.tables.attention, key);
        }
    }

    pub(super) fn sums(&mut self, key: Vec<u8>, sums: Sums) {
        self.batch.insert(&self.tables.statistics, key, sums.to_bytes());
    }

    /// Makes them durable. Reads see nothing of them before.
    ///
    /// `fdatasync` is enough: it covers the journal's length and blocks, and all it leaves out is the time of the change.
    pub(super) fn sync(self) -> Result<(), Fault> {
        Ok(self.batch.durability(Some(PersistMode::SyncData)).commit()?)
    }
}
