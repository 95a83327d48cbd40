//! The directory a store lives in: whose it is, and how a new one comes to be.
//!
//! ```text
//! hearten-data/lock   locked while a process has the store; the kernel lets go when that process dies
//! hearten-data/data   the storage engine's files
//! hearten-data/new    a store in the making, renamed to `data` when whole
//! hearten-data/import   a store that is being imported, renamed to `data` when whole
//! hearten-data/copy   a backup that is being made, renamed to `data` when whole
//! hearten-data/control  where a running server can be asked for a copy (`commands/control.rs`)
//! ```

use std::{
    ffi::OsStr,
    fs::{self, DirBuilder, File, TryLockError},
    io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
};

use super::fault::Fault;

const LOCK: &str = "lock";
pub(super) const DATA: &str = "data";
/// A store that is being imported.
pub(super) const IMPORT: &str = "import";
/// A backup that is being made.
const COPY: &str = "copy";
const NEW: &str = "new";
/// The same of what is to be imported.
const NEW_IMPORT: &str = "import.new";
/// The socket over which a server that has the store is asked for backups.
const CONTROL: &str = "control";

/// A directory that this process alone uses, for as long as this value lives.
#[derive(Debug)]
pub(super) struct Directory {
    path: PathBuf,
    lock: File,
}

impl Directory {
    /// Takes the directory for this process, making it where there is none.
    pub(super) fn claim(path: &Path) -> Result<Self, Fault> {
        if path.exists() {
            refuse_foreign(path)?;
        }
        // Learners are in it by their ids: it is nobody else's to read.
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        let lock = File::options().create(true).truncate(false).write(true).open(path.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), lock }),
            Err(TryLockError::WouldBlock) => Err(Fault::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes a store of what `create` fills, anew if that was begun before, where there is none. Cut short, it leaves what no server takes for a store.
    pub(super) fn copy(&self, create: impl FnOnce(&Path) -> Result<(), Fault>) -> Result<(), Fault> {
        let copy = self.path.join(COPY);
        for begun in [&copy, &self.path.join(NEW)] {
            if begun.try_exists()? {
                fs::remove_dir_all(begun)?;
            }
        }
        create(&copy)?;
        fs::rename(copy, self.path.join(DATA))?;
        Ok(sync(&self.path)?)
    }

    /// Removes a copy that never became a store.
    pub(super) fn abandon(self) -> io::Result<()> {
        fs::remove_dir_all(self.path.join(COPY))?;
        fs::remove_file(self.path.join(LOCK))?;
        fs::remove_dir(&self.path)
    }

    /// Whether a whole store is there.
    pub(super) fn holds_store(path: &Path) -> bool {
        path.join(DATA).is_dir()
    }

    /// Where the engine's files are. The first time they are made by `create` in a place of their own: a crash half-way
    /// leaves something to throw away, never half a store.
    pub(super) fn data(&self, create: impl FnOnce(&Path) -> Result<(), Fault>) -> Result<PathBuf, Fault> {
        let begun =
            |name: &str| Ok::<_, io::Error>(!Self::holds_store(&self.path) && self.path.join(name).try_exists()?);
        if begun(IMPORT)? || begun(NEW_IMPORT)? {
            return Err(Fault::HalfImported);
        }
        if begun(COPY)? {
            return Err(Fault::HalfCopied);
        }
        self.place(DATA, create)
    }

    /// A place for the engine's files by any name.
    pub(super) fn place(&self, name: &str, create: impl FnOnce(&Path) -> Result<(), Fault>) -> Result<PathBuf, Fault> {
        let data = self.path.join(name);
        if !data.try_exists()? {
            let new = self.path.join(if name == IMPORT { NEW_IMPORT } else { NEW });
            if new.try_exists()? {
                fs::remove_dir_all(&new)?;
            }
            create(&new)?;
            fs::rename(&new, &data)?;
            sync(&self.path)?;
            if let Some(parent) = self.path.canonicalize()?.parent() {
                sync(parent)?;
            }
        }
        Ok(data)
    }
}

/// By closing alone it would stay locked for as long as a program that is just being started has this process's files.
impl Drop for Directory {
    fn drop(&mut self) {
        // Where that fails, closing does it.
        let _ = self.lock.unlock();
    }
}

/// A mistyped path must not scatter a store among somebody's files.
fn refuse_foreign(path: &Path) -> Result<(), Fault> {
    if !path.is_dir() {
        return Err(Fault::NotADirectory);
    }
    if path.join(DATA).is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        // A fresh volume has `lost+found`, a mounted or versioned directory hidden files.
        let ours =
            [LOCK, NEW, IMPORT, NEW_IMPORT, COPY, CONTROL, "lost+found"].map(OsStr::new).contains(&name.as_os_str());
        let name = name.to_string_lossy();
        if !ours && !name.starts_with('.') {
            return Err(Fault::Foreign(name.into_owned()));
        }
    }
    Ok(())
}

/// A rename is durable once its directory is.
pub(super) fn sync(directory: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(directory)?.sync_all() } else { Ok(()) }
}

/// Makes durable what is in a directory, at any depth.
pub(super) fn sync_all(directory: &Path) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() { sync_all(&entry.path())? } else { File::open(entry.path())?.sync_all()? }
    }
    sync(directory)
}
