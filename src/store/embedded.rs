//! The store inside the process: files in a directory, no server to run.
//!
//! A commit joins the batch that is gathering ([`queue`]); the committer writes one batch at a time, atomically and with
//! one sync ([`committer`], [`writer`]), and only then settles its receipts. The first failed write ends writing for
//! good: after a failed sync the kernel may have dropped what it could not write, and a second sync would say all is
//! well. What failed is unknown rather than undone, and a restart shows which.

mod committer;
mod directory;
mod fault;
mod layout;
mod queue;
mod tables;
mod writer;

use std::{
    fmt,
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

use self::{committer::Committer, directory::Directory, fault::Fault, tables::Tables, writer::Writer};
use super::{Commit, Error, Key, Meter, Pending, Receipt, Record, Store};
use crate::statistics::{Subject, Sums};

/// A store in a directory that this process alone uses.
pub struct Embedded {
    // In the order in which they must go: last writes, then the files, then the claim on the directory.
    committer: Committer,
    tables: Arc<Tables>,
    secret: [u8; 16],
    directory: Directory,
}

impl Embedded {
    /// Opens the store in a directory, and makes one where there is none. Reads the journal, so it can take a second,
    /// and blocks meanwhile.
    ///
    /// # Errors
    /// [`Error::Open`] if another process has it open, something else is there, it was written by a newer Hearten, or it
    /// is damaged.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        Self::claim(path).map_err(|fault| Error::Open { path: path.to_string_lossy().into(), why: fault.reason() })
    }

    fn claim(path: &Path) -> Result<Self, Fault> {
        let directory = Directory::claim(path)?;
        let data = directory.data(|new| Tables::create(new, random()?))?;
        let (tables, secret) = Tables::open(&data)?;
        let tables = Arc::new(tables);
        let mut writer = Writer::new(Arc::clone(&tables));
        let committer = Committer::start(move |commits| writer.write(commits))?;
        Ok(Self { committer, tables, secret, directory })
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
            outcome.map_err(|fault| Error::Read(fault.reason()))
        })
    }
}

/// From the operating system; hashing with what a stranger could guess would let them craft ids that collide.
fn random() -> io::Result<[u8; 16]> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Leaves the secret out.
impl fmt::Debug for Embedded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Embedded").field("directory", &self.directory).finish_non_exhaustive()
    }
}

impl Store for Embedded {
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>> {
        let key = layout::learner_key(key);
        self.read(move |tables| tables.record(&key))
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
