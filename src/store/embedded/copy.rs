//! A copy of the store as it is at one moment, made while it goes on being written.
//!
//! It is put together beside its place and takes it when it is whole and on disk: what a copy that was cut short leaves is no
//! store, and the next one throws it away.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::PoisonError,
};

use fjall::{KeyspaceCreateOptions, Readable as _};

use super::{
    directory::{self, Directory},
    fault::Fault,
    tables::Tables,
};

/// How many rows are written, some two MiB, before the disk has to take them and whoever waits is told.
const EVERY: u64 = 4_096;

/// Copies all tables to `place`, where nothing may be. `tell` hears how many rows were copied and ends it by saying no.
pub(super) fn copy(
    tables: &Tables,
    store: &Path,
    place: &Path,
    mut tell: impl FnMut(u64) -> bool,
) -> Result<u64, Fault> {
    if place.symlink_metadata().is_ok() {
        return Err(Fault::Exists);
    }
    if is_within(place, store)? {
        return Err(Fault::Within);
    }
    let beside = beside(place)?;
    if Directory::holds_store(&beside) {
        // It lacked nothing but its name, and it is of another day.
        return Err(Fault::LeftOver(beside.display().to_string()));
    }
    let directory = Directory::claim(&beside)?;
    let mut copied = 0;
    let whole = directory.copy(|files| {
        copied = fill(tables, files, &mut tell)?;
        Ok(directory::sync_all(files)?)
    });
    if let Err(fault) = whole {
        // Of no use to anybody, and it may have filled the disk.
        let _ = directory.abandon();
        return Err(fault);
    }
    // An empty directory that appeared meanwhile would be written over without a word; anything else is an error.
    fs::rename(&beside, place)?;
    directory::sync(place.canonicalize()?.parent().unwrap_or(place))?;
    Ok(copied)
}

/// Whether a place to be made would be among the files of a store.
fn is_within(place: &Path, store: &Path) -> io::Result<bool> {
    let store = store.canonicalize()?;
    let there = std::path::absolute(place)?.ancestors().find_map(|path| path.canonicalize().ok());
    Ok(there.is_some_and(|path| path.starts_with(store)))
}

/// Where a copy is put together: on the same disk, and by its name no store.
fn beside(place: &Path) -> Result<PathBuf, Fault> {
    let name = place.file_name().ok_or_else(|| io::Error::other("it has no name"))?;
    let mut part = OsString::from(name);
    part.push(".part");
    Ok(place.with_file_name(part))
}

/// Has the disk take what was written so far. Left to itself the system would keep much of it and then write that at once, and a
/// commit's sync would wait for all of it.
fn write_out(files: &Path) -> io::Result<()> {
    let number = |entry: &fs::DirEntry| entry.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
    let newest = fs::read_dir(files)?.filter_map(Result::ok).max_by_key(number);
    newest.map_or(Ok(()), |entry| fs::File::open(entry.path())?.sync_data())
}

fn fill(tables: &Tables, files: &Path, tell: &mut impl FnMut(u64) -> bool) -> Result<u64, Fault> {
    let _copying = tables.copying.lock().unwrap_or_else(PoisonError::into_inner);
    // One moment for all tables; batches that are committed later are not seen.
    let now = tables.database.snapshot();
    let copy = Tables::at(files)?;
    let mut copied = 0;
    for name in tables.database.list_keyspace_names() {
        let table = |of: &Tables| of.database.keyspace(&name, KeyspaceCreateOptions::default);
        let (from, to) = (table(tables)?, table(&copy)?);
        let mut rows = now.iter(&from).peekable();
        if rows.peek().is_none() {
            continue;
        }
        // Rows come in order, so they go into files as they are: no journal, no buffer.
        let mut filling = to.start_ingestion()?;
        for row in rows {
            let (key, value) = row.into_inner()?;
            filling.write(key, value)?;
            copied += 1;
            if copied % EVERY == 0 {
                write_out(&to.path().join("tables"))?;
                if !tell(copied) {
                    return Err(Fault::Stopped);
                }
            }
        }
        filling.finish()?;
    }
    tell(copied);
    Ok(copied)
}
