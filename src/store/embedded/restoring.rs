//! An embedded store in the making: beside the place of a whole one, so that nothing can be served from it before it is.

use std::{
    fs, io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Embedded,
    directory::{self, DATA, Directory, IMPORT},
    fault::Fault,
    layout::{self, ERASED_FORMAT, FORMAT_KEY, TIMES_KEY},
    tables::Tables,
};
use crate::store::{Begun, Describe, Error, Pending, Rest, Restoring, Whole};

/// Where it is kept which export a store was made from.
const FROM: &str = "from";

struct Making {
    directory: Directory,
    tables: Mutex<Option<Arc<Tables>>>,
}

impl Embedded {
    /// Begins a new store from an export, or goes on with it.
    ///
    /// # Errors
    /// [`Error::Open`] if a store is there that was not made from it.
    pub fn restore(path: impl AsRef<Path>, id: &str, secret: [u8; 16]) -> Result<Begun, Error> {
        let path = path.as_ref();
        begin(path, id, secret)
            .map_err(|fault| Error::Open { path: path.to_string_lossy().into(), why: fault.reason() })
    }
}

fn begin(path: &Path, id: &str, secret: [u8; 16]) -> Result<Begun, Fault> {
    let directory = Directory::claim(path)?;
    let from = |tables: &Tables| Ok::<_, Fault>(tables.meta.get(FROM)?.is_some_and(|from| *from == *id.as_bytes()));
    if Directory::holds_store(path) {
        let (tables, _) = Tables::open(&path.join(DATA))?;
        return if from(&tables)? { Ok(Begun::Finished) } else { Err(Fault::Taken) };
    }
    let making = directory.place(IMPORT, |new| {
        Tables::create(new, secret)?;
        let tables = Tables::at(new)?;
        tables.meta.insert(FROM, id.as_bytes())?;
        tables.meta.insert(TIMES_KEY, [])?;
        Ok(tables.database.persist(fjall::PersistMode::SyncAll)?)
    })?;
    let (tables, _) = Tables::open(&making)?;
    if !from(&tables)? {
        return Err(Fault::OtherImport);
    }
    Ok(Begun::Open(Box::new(Making { directory, tables: Mutex::new(Some(Arc::new(tables))) })))
}

impl Making {
    fn tables(&self) -> Result<Arc<Tables>, Error> {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner).clone().ok_or(Error::Closed)
    }

    /// The making becomes the store.
    fn rename(&self) -> Result<(), Fault> {
        let path = self.directory.path();
        fs::rename(path.join(IMPORT), path.join(DATA))?;
        Ok(directory::sync(path)?)
    }
}

impl Restoring for Making {
    fn put<'a>(&'a self, learners: Vec<Whole>, _: Describe) -> Pending<'a, u64> {
        Box::pin(async {
            let tables = self.tables()?;
            blocking(move || put(&tables, learners)).await
        })
    }

    fn finish<'a>(&'a self, rest: Rest) -> Pending<'a, ()> {
        Box::pin(async {
            let tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or(Error::Closed)?;
            // The files must be nobody's before they move.
            blocking(move || finish(&tables, &rest)).await?;
            self.rename().map_err(written)
        })
    }
}

fn put(tables: &Tables, learners: Vec<Whole>) -> Result<u64, Fault> {
    tables.wait_for_room()?;
    let mut changes = tables.changes();
    let mut new = 0;
    for Whole { key, record, heard_at, decisions, classes } in learners {
        let heard_at = heard_at.unwrap_or_default();
        let row = layout::learner_key(&key);
        match tables.version(&row)? {
            Some(version) if version == record.version => continue,
            Some(_) => return Err(Fault::Taken),
            None => new += 1,
        }
        for kept in decisions {
            let row = layout::decision_key(&key, kept.number);
            if let Some(outcome) = kept.outcome {
                changes.outcome(row.clone(), outcome);
            }
            changes.decision(row, kept.bytes, layout::time(kept.at.unwrap_or(heard_at)));
        }
        classes.into_iter().for_each(|class| changes.attention(layout::attention_key(&key, class), true));
        changes.heard(&row, None, Some(layout::hour(heard_at)));
        changes.record(row, layout::record_value(&record));
    }
    changes.sync()?;
    Ok(new)
}

/// Sums are set, not added: as often as it is done, they are there once.
fn finish(tables: &Tables, rest: &Rest) -> Result<(), Fault> {
    if !rest.tombstones.is_empty() {
        let mut changes = tables.changes();
        changes.meta(FORMAT_KEY, &ERASED_FORMAT.to_be_bytes());
        rest.tombstones.iter().for_each(|hash| changes.tombstone(hash.to_vec()));
        changes.sync()?;
    }
    for rows in rest.statistics.chunks(1_024) {
        tables.wait_for_room()?;
        let mut changes = tables.changes();
        for (tenant, subject, sums) in rows {
            changes.sums(layout::sums_key(tenant, *subject), *sums);
        }
        changes.sync()?;
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Fault> + Send + 'static) -> Result<T, Error> {
    let outcome = tokio::task::spawn_blocking(work).await;
    outcome.unwrap_or_else(|stopped| Err(io::Error::other(stopped).into())).map_err(written)
}

fn written(fault: Fault) -> Error {
    Error::Write(fault.reason())
}
