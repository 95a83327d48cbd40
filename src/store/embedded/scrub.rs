//! Cleans the engine's files of rows that are gone.
//!
//! Removing a row adds to what is written: its bytes stay in a journal until the journal is dropped, and in table files until
//! those are merged. The engine ends a journal only once it is full, so it is filled; it drops it once every table is on disk,
//! so they are flushed; and it merges all files of a table when told to.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    sync::{
        PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use fjall::Keyspace;

use super::{fault::Fault, tables::Tables};

/// Written at a time to fill a journal: commits wait for no more than this.
const PIECE: usize = 4 * 1024 * 1024;
/// A full journal takes sixteen pieces; far more than that fill none.
const PIECES: usize = 64;
/// How often files are looked at while they are waited for, and how many looks pass before the engine is reminded.
const LOOK: Duration = Duration::from_millis(10);
const LOOKS: usize = 50;

/// Leaves nothing in files of what was removed before this was called.
pub(super) fn scrub(tables: &Tables, stopping: &AtomicBool) -> Result<(), Fault> {
    let (path, scrub) = (tables.path.as_path(), Scrub { tables, stopping });
    let journals = files(path, "jnl")?;
    scrub.fill(&journals)?;
    scrub.until_gone(&journals)?;
    let _copying = tables.copying.lock().unwrap_or_else(PoisonError::into_inner);
    let merged = scrub.table_files()?;
    for table in tables.of_learners().into_iter().chain([&tables.filler]) {
        scrub.go_on()?;
        table.major_compact()?;
    }
    scrub.until_gone(&merged)
}

struct Scrub<'a> {
    tables: &'a Tables,
    stopping: &'a AtomicBool,
}

impl Scrub<'_> {
    fn go_on(&self) -> Result<(), Fault> {
        if self.stopping.load(Ordering::Acquire) { Err(Fault::Stopping) } else { Ok(()) }
    }

    /// Writes until there is another journal.
    fn fill(&self, journals: &HashSet<PathBuf>) -> Result<(), Fault> {
        for _ in 0..PIECES {
            self.go_on()?;
            let mut changes = self.tables.changes();
            changes.filler(vec![0; PIECE]);
            changes.sync()?;
            // Journals are looked at with every flush.
            self.flush(&self.tables.filler)?;
            if !files(&self.tables.path, "jnl")?.is_subset(journals) {
                return Ok(());
            }
        }
        Err(io::Error::other("the journal does not end").into())
    }

    fn flush(&self, table: &Keyspace) -> Result<(), Fault> {
        // Nobody may be reading then: what is being read cannot be dropped later.
        self.tables.unread(|| table.rotate_memtable())?;
        while table.sealed_memtable_count() > 0 {
            self.tables.pause()?;
        }
        Ok(())
    }

    /// Flushes every table. It has something to flush, so that what it has on disk is newer than any journal that has ended.
    fn flush_all(&self) -> Result<(), Fault> {
        let mut changes = self.tables.changes();
        changes.nothing();
        changes.sync()?;
        for table in self.tables.of_learners().into_iter().chain([&self.tables.filler]) {
            self.flush(table)?;
        }
        // Those that are written to rarely hold back a journal as well.
        for table in [&self.tables.erased, &self.tables.meta] {
            self.flush(table)?;
        }
        Ok(())
    }

    fn until_gone(&self, old: &HashSet<PathBuf>) -> Result<(), Fault> {
        loop {
            self.flush_all()?;
            for _ in 0..LOOKS {
                self.go_on()?;
                if !old.iter().any(|file| file.exists()) {
                    return Ok(());
                }
                thread::sleep(LOOK);
            }
        }
    }

    /// The files of tables that are merged.
    fn table_files(&self) -> Result<HashSet<PathBuf>, Fault> {
        let mut all = HashSet::new();
        for table in self.tables.of_learners().into_iter().chain([&self.tables.filler]) {
            for file in fs::read_dir(table.path().join("tables"))? {
                all.insert(file?.path());
            }
        }
        Ok(all)
    }
}

fn files(path: &Path, ending: &str) -> io::Result<HashSet<PathBuf>> {
    let files = fs::read_dir(path)?.map(|file| Ok(file?.path()));
    let files = files.filter(|file: &io::Result<PathBuf>| {
        file.as_ref().map_or(true, |file| file.extension().is_some_and(|extension| extension == ending))
    });
    files.collect()
}
