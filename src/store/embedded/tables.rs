//! The tables in the storage engine, how it is set up, and what is asked of it.

use std::{
    ops::Bound,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError, RwLock, RwLockReadGuard,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use fjall::{
    CompressionType, Database, Keyspace, KeyspaceCreateOptions, PersistMode,
    config::{BlockSizePolicy, CompressionPolicy, PinningPolicy},
};
use foldhash::HashMap;

use super::{
    behind::{self, Newest},
    changes::Changes,
    fault::Fault,
    layout::{self, BEHIND_FORMAT, ERASED_FORMAT, FORMAT, FORMAT_KEY, SECRET_KEY, TIMES_KEY},
};
use crate::{
    statistics::{Subject, Sums},
    store::{
        Key, Past, Record,
        deltas::{self, OfTenants},
    },
};

const MIB: u64 = 1024 * 1024;

/// Records are small and mostly served from the engine's own hot learners: this is for those who come back.
const CACHE: u64 = 32 * MIB;
/// When sealed journals reach this, the tables that keep the oldest alive are flushed. With the journal being written
/// (sealed at 64 MB or more) all of them take up to twice as much disk, and reading them back takes about a second.
const JOURNALS: u64 = 64 * MIB;
/// Records are rewritten often, and a version that is replaced before the flush never reaches a table file. Up to four
/// full ones can wait for the flush: at most five times this in memory.
const LEARNERS_BUFFER: u64 = 32 * MIB;
/// Files of batches' rows that are worth merging when a store is closed, in bytes: that takes a moment, and a stop should not.
const MUCH: u64 = 64 * 1024 * 1024;
/// Twice what may stand in batches' rows, so that half of it is replaced before it leaves memory.
const BATCHES_BUFFER: u64 = 32 * MIB;
/// The other tables grow slowly.
const OTHER_BUFFER: u64 = 8 * MIB;
/// Logged decisions say much the same, and are seldom read: in large blocks they take a third of the room.
const DECISIONS_BLOCK: u32 = 128 * 1024;
/// Times are little more than keys, which say much the same as well; some of them are read with every learner who comes back.
const TIMES_BLOCK: u32 = 16 * 1024;
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
    pub(super) database: Database,
    pub(super) path: PathBuf,
    pub(super) learners: Keyspace,
    /// Records of whole batches.
    pub(super) batches: Keyspace,
    /// The newest of them.
    pub(super) newest: Arc<Newest>,
    pub(super) decisions: Keyspace,
    pub(super) outcomes: Keyspace,
    pub(super) attention: Keyspace,
    pub(super) statistics: Keyspace,
    /// When learners were heard of, and decisions logged.
    pub(super) times: Keyspace,
    /// Tombstones.
    pub(super) erased: Keyspace,
    /// What is written to have a journal end.
    pub(super) filler: Keyspace,
    pub(super) meta: Keyspace,
    /// Whether there are tombstones: where nobody was erased, nobody is looked for.
    pub(super) some_erased: AtomicBool,
    /// Held while the store is copied as it was at one moment: what is erased meanwhile stays in files for as long.
    pub(super) copying: Mutex<()>,
    /// Held while rows are gone through. What is being read cannot be dropped from files.
    going_through: RwLock<()>,
}

impl Tables {
    /// Makes a new, empty store at `path`, durable when this returns.
    pub(super) fn create(path: &Path, secret: [u8; 16]) -> Result<(), Fault> {
        let tables = Self::at(path)?;
        let mut changes = tables.changes();
        changes.meta(FORMAT_KEY, &FORMAT.to_be_bytes());
        changes.meta(SECRET_KEY, &secret);
        changes.meta(TIMES_KEY, &[]);
        changes.sync()
    }

    /// Opens what [`Tables::create`] made, and returns its secret too.
    pub(super) fn open(path: &Path) -> Result<(Self, [u8; 16]), Fault> {
        let tables = Self::at(path)?;
        match tables.format()? {
            Some(FORMAT | ERASED_FORMAT | BEHIND_FORMAT) => {}
            Some(other) => return Err(Fault::Format(other)),
            None => return Err(Fault::Unreadable("its format")),
        }
        let secret = tables.meta.get(SECRET_KEY)?.and_then(|bytes| bytes.as_ref().try_into().ok());
        Ok((tables, secret.ok_or(Fault::Unreadable("its secret"))?))
    }

    /// The tables at `path`, made where there are none.
    pub(super) fn at(path: &Path) -> Result<Self, Fault> {
        let database = Database::builder(path)
            .cache_size(CACHE)
            .max_journaling_size(JOURNALS)
            .max_cached_files(Some(OPEN_FILES))
            .worker_threads(WORKERS)
            // Rows are too small to be worth it, and filler has to fill.
            .journal_compression(CompressionType::None)
            .open()?;
        // Values stay beside their keys: splitting them off pays from several KiB on. Where a row is, is kept in memory, some ten
        // MiB a million learners: a row that is read for the first time is read from the disk once.
        let options = |buffer| {
            KeyspaceCreateOptions::default()
                .max_memtable_size(buffer)
                .index_block_pinning_policy(PinningPolicy::all(true))
                .filter_block_pinning_policy(PinningPolicy::all(true))
        };
        let table = |name, buffer| database.keyspace(name, || options(buffer));
        let packed = |name, block| {
            let packed = || {
                options(OTHER_BUFFER)
                    .data_block_size_policy(BlockSizePolicy::all(block))
                    .data_block_compression_policy(CompressionPolicy::all(CompressionType::Lz4))
            };
            database.keyspace(name, packed)
        };
        let erased = table("erased", OTHER_BUFFER)?;
        let some_erased = erased.first_key_value().map(fjall::Guard::key).transpose()?.is_some();
        Ok(Self {
            path: path.to_owned(),
            learners: table("learners", LEARNERS_BUFFER)?,
            batches: table("batches", BATCHES_BUFFER)?,
            newest: Arc::default(),
            decisions: packed("decisions", DECISIONS_BLOCK)?,
            outcomes: table("outcomes", OTHER_BUFFER)?,
            attention: table("attention", OTHER_BUFFER)?,
            statistics: table("statistics", OTHER_BUFFER)?,
            times: packed("times", TIMES_BLOCK)?,
            erased,
            filler: table("filler", OTHER_BUFFER)?,
            meta: table("meta", OTHER_BUFFER)?,
            some_erased: some_erased.into(),
            copying: Mutex::default(),
            going_through: RwLock::default(),
            database,
        })
    }

    /// To be held while rows are gone through, one after another.
    pub(super) fn reading(&self) -> RwLockReadGuard<'_, ()> {
        self.going_through.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs this while nobody goes through rows.
    pub(super) fn unread<T>(&self, run: impl FnOnce() -> T) -> T {
        let _alone = self.going_through.write().unwrap_or_else(PoisonError::into_inner);
        run()
    }

    /// Whether a learner of whom nothing is stored was erased for good; `hash` is their tombstone.
    pub(super) fn is_erased(&self, hash: impl FnOnce() -> Vec<u8>) -> Result<bool, Fault> {
        Ok(self.some_erased.load(Ordering::Acquire) && self.erased.contains_key(hash())?)
    }

    pub(super) fn record(&self, key: &[u8], hash: impl FnOnce() -> Vec<u8>) -> Result<Option<Record>, Fault> {
        if let Some(record) = self.newest.with(key, Record::clone) {
            return Ok(Some(record));
        }
        let Some(value) = self.learners.get(key)? else {
            return if self.is_erased(hash)? { Err(Fault::Erased) } else { Ok(None) };
        };
        let (version, bytes) = layout::split_record(&value)?;
        Ok(Some(Record { version, bytes: bytes.to_vec() }))
    }

    pub(super) fn decision(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.decisions.get(key)?.map(|value| value.to_vec()))
    }

    pub(super) fn outcome(&self, key: &[u8]) -> Result<Option<u8>, Fault> {
        Ok(self.outcomes.get(key)?.and_then(|value| value.first().copied()))
    }

    /// A learner's decisions after this number, with what became of their messages.
    pub(super) fn decisions(&self, key: &Key, after: u64, limit: usize) -> Result<Vec<Past>, Fault> {
        let Some(first) = after.checked_add(1) else { return Ok(Vec::new()) };
        let range = layout::decision_key(key, first)..=layout::decision_key(key, u64::MAX);
        let _reading = self.reading();
        let mut past = Vec::new();
        for row in self.decisions.range(range).take(limit) {
            let (key, bytes) = row.into_inner()?;
            let number = key.last_chunk().ok_or(Fault::Unreadable("a decision's key"))?;
            let outcome = self.outcome(&key)?;
            past.push(Past { number: u64::from_be_bytes(*number), bytes: bytes.to_vec(), outcome });
        }
        Ok(past)
    }

    /// The ids after `after` in the rows that begin like this.
    pub(super) fn attention(&self, class: &[u8], after: &str, limit: usize) -> Result<Vec<Arc<str>>, Fault> {
        let from = [class, after.as_bytes()].concat();
        let _reading = self.reading();
        let mut ids = Vec::new();
        for row in self.attention.range((Bound::Excluded(from), Bound::<Vec<u8>>::Unbounded)).take(limit) {
            let key = row.key()?;
            let Some(id) = key.strip_prefix(class) else { break };
            ids.push(Arc::from(std::str::from_utf8(id).map_err(|_| Fault::Unreadable("a row of attention"))?));
        }
        Ok(ids)
    }

    /// The rows by which a learner is on lists, whichever they are.
    pub(super) fn lists_with(&self, key: &Key) -> Result<Vec<Vec<u8>>, Fault> {
        let (first, last) = (layout::attention_key(key, 0), layout::class_key(key.tenant(), u64::MAX));
        let of_learner = |row: &[u8]| row.len() == first.len() && row.ends_with(key.learner().as_bytes());
        let _reading = self.reading();
        let mut rows = Vec::new();
        for row in self.attention.range(layout::class_key(key.tenant(), 0)..) {
            let row = row.key()?;
            if row.get(..last.len()).is_none_or(|class| class > last.as_slice()) {
                break;
            }
            rows.extend(of_learner(&row).then(|| row.to_vec()));
        }
        Ok(rows)
    }

    pub(super) fn statistics(&self) -> Result<Vec<(Arc<str>, Subject, Sums)>, Fault> {
        let mut all = OfTenants::default();
        let _reading = self.reading();
        for row in self.statistics.iter() {
            let (key, value) = row.into_inner()?;
            // They come last.
            if key.first() == Some(&layout::ADDED) {
                deltas::add(&value, &mut all).ok_or(Fault::Unreadable(SUMS))?;
                continue;
            }
            let read = layout::split_sums(&key).zip(Sums::from_bytes(&value));
            let ((name, subject), sums) = read.ok_or(Fault::Unreadable(SUMS))?;
            all.add(name, [(subject, sums)]);
        }
        Ok(all.listed())
    }

    /// Writes rows for what batches left in theirs before the store was left: records, and sums.
    pub(super) fn catch_up(&self) -> Result<(), Fault> {
        let (mut added, mut changes, mut some) = (OfTenants::default(), self.changes(), false);
        let mut newest: HashMap<Vec<u8>, Vec<u8>> = HashMap::default();
        for row in self.batches.iter() {
            let (key, records) = row.into_inner()?;
            let records = behind::decode(&records)?;
            newest.extend(records.into_iter().map(|(key, value)| (key.to_vec(), value.to_vec())));
            changes.no_batch(&key);
            some = true;
        }
        for (key, value) in newest {
            changes.record(key, value);
        }
        for row in self.statistics.prefix([layout::ADDED]) {
            let (key, value) = row.into_inner()?;
            deltas::add(&value, &mut added).ok_or(Fault::Unreadable(SUMS))?;
            changes.no_sums(&key);
            some = true;
        }
        for (tenant, subject, mut sums) in added.listed() {
            let key = layout::sums_key(&tenant, subject);
            sums += self.sums(&key)?.unwrap_or_default();
            changes.sums(key, sums);
        }
        if some { changes.sync() } else { Ok(()) }
    }

    fn format(&self) -> Result<Option<u32>, Fault> {
        let format = self.meta.get(FORMAT_KEY)?.and_then(|bytes| bytes.as_ref().try_into().ok());
        Ok(format.map(u32::from_be_bytes))
    }

    /// From now on this is the format, unless it is a later one.
    pub(super) fn raise_format(&self, to: u32, changes: &mut Changes<'_>) -> Result<(), Fault> {
        if self.format()?.is_none_or(|format| format < to) {
            changes.meta(FORMAT_KEY, &to.to_be_bytes());
        }
        Ok(())
    }

    /// The stored version of a record.
    pub(super) fn version(&self, key: &[u8]) -> Result<Option<u64>, Fault> {
        if let Some(version) = self.newest.with(key, |record| record.version) {
            return Ok(Some(version));
        }
        let Some(value) = self.learners.get(key)? else { return Ok(None) };
        Ok(Some(layout::split_record(&value)?.0))
    }

    /// The stored sums of one subject.
    pub(super) fn sums(&self, key: &[u8]) -> Result<Option<Sums>, Fault> {
        let Some(value) = self.statistics.get(key)? else { return Ok(None) };
        Sums::from_bytes(&value).map(Some).ok_or(Fault::Unreadable(SUMS))
    }

    /// About how many rows all tables have: what was deleted or replaced, and not yet compacted, counts.
    pub(super) fn rows(&self) -> u64 {
        let names = self.database.list_keyspace_names();
        let tables = names.iter().filter_map(|name| self.database.keyspace(name, KeyspaceCreateOptions::default).ok());
        tables.map(|table| table.approximate_len() as u64).sum()
    }

    /// The hour in which a learner was last heard of, if that is known.
    pub(super) fn heard(&self, learner: &[u8]) -> Result<Option<u32>, Fault> {
        let Some(value) = self.times.get(layout::heard_key(learner))? else { return Ok(None) };
        let hour = value.as_ref().try_into().map_err(|_| Fault::Unreadable("when a learner was heard of"))?;
        Ok(Some(u32::from_be_bytes(hour)))
    }

    /// Changes to be made together.
    pub(super) fn changes(&self) -> Changes<'_> {
        Changes::new(self)
    }

    /// All that rows of learners stand in.
    pub(super) fn of_learners(&self) -> [&Keyspace; 7] {
        [&self.learners, &self.batches, &self.decisions, &self.outcomes, &self.attention, &self.statistics, &self.times]
    }

    /// Waits while flushing and compaction are behind, and fails when they have failed.
    pub(super) fn wait_for_room(&self) -> Result<(), Fault> {
        let (buffers, files) = CROWDED;
        let behind = |table: &&Keyspace| table.sealed_memtable_count() >= buffers || table.l0_table_count() >= files;
        while self.of_learners().iter().any(behind) {
            self.pause()?;
        }
        Ok(())
    }

    /// Merges what batches' rows left behind in files, where that is much: once records have rows of their own, nobody reads it.
    pub(super) fn tidy(&self) {
        if self.batches.disk_space() < MUCH {
            return;
        }
        let merge = || -> Result<(), Fault> {
            self.unread(|| self.batches.rotate_memtable())?;
            while self.batches.sealed_memtable_count() > 0 {
                self.pause()?;
            }
            Ok(self.batches.major_compact()?)
        };
        if let Err(fault) = merge() {
            tracing::debug!(error = %fault, "files keep what nobody reads any more");
        }
    }

    /// Waits a moment for the engine, and fails if it has failed.
    pub(super) fn pause(&self) -> Result<(), Fault> {
        // Nothing to persist: this is how to ask it.
        self.database.persist(PersistMode::Buffer)?;
        thread::sleep(Duration::from_millis(5));
        Ok(())
    }
}
