//! A store written to a directory.

use std::{fs, os::unix::fs::DirBuilderExt as _, path::Path};

use super::{
    Error, Moved,
    files::{self, Writer},
    line,
    manifest::{Entry, FORMAT, Manifest, NAME},
};
use crate::{
    clock,
    store::{Key, Moving},
};

/// Learners of one file. A file is written again where it was not whole.
const PER_FILE: u64 = 10_000;
/// Learners that are read at once.
const PAGE: usize = 1_000;

pub(super) const SECRET: &str = "secret.jsonl";
pub(super) const STATISTICS: &str = "statistics.jsonl";
pub(super) const POLICIES: &str = "policies.jsonl";
pub(super) const TOMBSTONES: &str = "tombstones.jsonl";
const LEARNERS: &str = "learners-";

/// Whether a file holds learners.
pub(super) fn of_learners(name: &str) -> bool {
    name.starts_with(LEARNERS)
}

/// Writes all of a store to a directory, or goes on where that was interrupted. `kind` says what store it is; `tell` hears how many
/// learners are written.
///
/// Each learner is as at one moment. Sums and whoever was erased are read last, so they are no older than any learner.
///
/// # Errors
/// Whatever cannot be read or written, and a directory that holds something else.
pub async fn export(
    store: &dyn Moving,
    kind: &str,
    directory: &Path,
    mut tell: impl FnMut(u64),
) -> Result<Moved, Error> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(Error::file(directory))?;
    let _claim = claim(directory)?;
    let mut manifest = begun(store, kind, directory)?;
    let before = manifest.learners;
    if !manifest.complete {
        let mut lists = store.lists().await?;
        while !manifest.files.iter().any(|file| file.name == STATISTICS) {
            let newest = manifest.files.iter().rev().find_map(|file| file.keys.as_ref());
            let after = newest.map(|[_, (tenant, learner)]| Key::new(tenant.as_str(), learner.as_str()));
            let number = manifest.files.iter().filter(|file| file.keys.is_some()).count() + 1;
            let mut file = Learners::create(directory, number, after)?;
            while file.writer.lines() < PER_FILE {
                let mut page = store.learners(file.last.as_ref(), PAGE).await?;
                for whole in &mut page {
                    whole.classes.extend(lists.remove(&whole.key).unwrap_or_default());
                }
                if !file.write(page)? {
                    break;
                }
                tell(manifest.learners + file.writer.lines());
            }
            match file.keep(directory)? {
                Some(entry) => note(&mut manifest, entry, directory)?,
                None => rest(store, &mut manifest, directory).await?,
            }
        }
        if !manifest.files.iter().any(|file| file.name == TOMBSTONES) {
            rest(store, &mut manifest, directory).await?;
        }
        manifest.complete = true;
        manifest.write(directory)?;
    }
    Ok(Moved { learners: manifest.learners, before, decisions: manifest.decisions })
}

/// Nobody else writes there meanwhile.
pub(super) fn claim(directory: &Path) -> Result<fs::File, Error> {
    let claim = fs::File::open(directory).map_err(Error::file(directory))?;
    match claim.try_lock() {
        Ok(()) => Ok(claim),
        Err(fs::TryLockError::WouldBlock) => {
            Err(Error::directory(directory, "is used by another export or import at this moment"))
        }
        Err(fs::TryLockError::Error(error)) => Err(Error::file(directory)(error)),
    }
}

/// What is there of this export already, as far as it is whole.
fn begun(store: &dyn Moving, kind: &str, directory: &Path) -> Result<Manifest, Error> {
    let secret = line::Secret::new(store.secret());
    if let Some(mut manifest) = Manifest::read(directory)? {
        let theirs = files::read::<line::Secret>(directory, SECRET)?.next().transpose()?;
        if manifest.store != kind || theirs.as_ref() != Some(&secret) {
            return Err(Error::directory(directory, "holds an export of another store"));
        }
        let mut whole = Vec::new();
        for file in &manifest.files {
            if !files::fits(directory, file)? {
                break;
            }
            whole.push(file.clone());
        }
        if manifest.complete && whole.len() == manifest.files.len() {
            return Err(Error::directory(
                directory,
                "holds a whole export already: give another directory for another",
            ));
        }
        manifest.complete = false;
        manifest.files = whole;
        manifest.count();
        return Ok(manifest);
    }
    let mut entries =
        fs::read_dir(directory).map_err(Error::file(directory))?.map(|entry| entry.map(|e| e.file_name()));
    // A secret without a manifest is what an export leaves that was cut short at its very start.
    let foreign = entries.find(|name| {
        let ours = [SECRET.to_owned(), format!("{SECRET}.part"), format!("{NAME}.part")];
        !name.as_ref().is_ok_and(|name| ours.iter().any(|our| name == our.as_str()))
    });
    if foreign.is_some() {
        return Err(Error::directory(directory, "holds something else, and no export"));
    }
    let id = files::random_id().map_err(Error::file(directory))?;
    let hearten = env!("CARGO_PKG_VERSION").to_owned();
    let (store, began_ms) = (kind.to_owned(), clock::now().as_millis());
    let (format, complete, learners, decisions, files) = (FORMAT, false, 0, 0, Vec::new());
    let mut manifest = Manifest { format, hearten, id, store, began_ms, complete, learners, decisions, files };
    let mut file = Writer::create(directory, SECRET)?;
    file.line(&secret)?;
    note(&mut manifest, file.keep(0, None)?, directory)?;
    Ok(manifest)
}

/// A file is whole.
fn note(manifest: &mut Manifest, entry: Entry, directory: &Path) -> Result<(), Error> {
    manifest.files.push(entry);
    manifest.count();
    manifest.write(directory)
}

/// What a store keeps besides learners; whoever was erased last, so that nobody is missing who is gone from the store by then.
async fn rest(store: &dyn Moving, manifest: &mut Manifest, directory: &Path) -> Result<(), Error> {
    let there = |manifest: &Manifest, name| manifest.files.iter().any(|file| file.name == name);
    if !there(manifest, STATISTICS) {
        let mut statistics = store.statistics().await?;
        statistics.sort_by(|(one, first, _), (other, second, _)| (one, first).cmp(&(other, second)));
        let mut file = Writer::create(directory, STATISTICS)?;
        for (tenant, subject, sums) in statistics {
            file.line(&line::Statistics::new(&tenant, subject, sums))?;
        }
        note(manifest, file.keep(0, None)?, directory)?;
    }
    if !there(manifest, POLICIES) {
        let mut file = Writer::create(directory, POLICIES)?;
        for policy in store.policies().await? {
            file.line(&line::Policy::from(policy))?;
        }
        note(manifest, file.keep(0, None)?, directory)?;
    }
    let mut file = Writer::create(directory, TOMBSTONES)?;
    let mut tombstones = store.tombstones().await?;
    tombstones.sort_unstable();
    for hash in tombstones {
        file.line(&line::Tombstone::new(hash))?;
    }
    note(manifest, file.keep(0, None)?, directory)
}

/// A file of learners in the making.
struct Learners {
    writer: Writer,
    first: Option<Key>,
    last: Option<Key>,
    decisions: u64,
    name: String,
}

impl Learners {
    /// After the last learner of the file before.
    fn create(directory: &Path, number: usize, after: Option<Key>) -> Result<Self, Error> {
        let name = format!("{LEARNERS}{number:06}.jsonl");
        Ok(Self { writer: Writer::create(directory, &name)?, first: None, last: after, decisions: 0, name })
    }

    /// Whether there were any.
    fn write(&mut self, page: Vec<crate::store::Whole>) -> Result<bool, Error> {
        let any = !page.is_empty();
        for whole in page {
            self.first.get_or_insert_with(|| whole.key.clone());
            self.last = Some(whole.key.clone());
            self.decisions += whole.decisions.len() as u64;
            self.writer.line(&line::Learner::from(whole))?;
        }
        Ok(any)
    }

    /// Nothing where there were none.
    fn keep(self, directory: &Path) -> Result<Option<Entry>, Error> {
        let Some((first, last)) = self.first.zip(self.last) else {
            let path = directory.join(format!("{}.part", self.name));
            return fs::remove_file(&path).map(|()| None).map_err(Error::file(&path));
        };
        let names = |key: Key| (key.tenant().to_string(), key.learner().to_string());
        self.writer.keep(self.decisions, Some([names(first), names(last)])).map(Some)
    }
}
