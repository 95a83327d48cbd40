//! A directory that [`export`](super::export()) wrote, read into a store in the making.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use super::{
    Error, Moved,
    export::{POLICIES, SECRET, STATISTICS, TOMBSTONES, claim, of_learners},
    files, line,
    manifest::{Entry, Manifest, NAME},
};
use crate::{
    event::Timestamp,
    store::{Published, Rest, Restoring, Whole, tombstone},
};

/// Learners that are put in at once.
const AT_ONCE: usize = 1_000;

/// A whole export.
#[derive(Debug)]
pub struct Import {
    directory: PathBuf,
    manifest: Manifest,
    secret: [u8; 16],
    _claim: File,
}

impl Import {
    /// Looks whether everything is there and as it was written.
    ///
    /// # Errors
    /// What is missing or was changed, by file and, where that can be told, by line.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        let claim = claim(directory)?;
        let manifest = Manifest::read(directory)?
            .ok_or_else(|| Error::directory(directory, "holds no export: there is no manifest.json"))?;
        if !manifest.complete {
            return Err(Error::directory(directory, "holds half an export: run the same `hearten export` again"));
        }
        for file in &manifest.files {
            check(directory, file)?;
        }
        if let Some(missing) = [SECRET, STATISTICS, POLICIES, TOMBSTONES]
            .into_iter()
            .find(|name| !manifest.files.iter().any(|file| file.name == *name))
        {
            return Err(Error::spoilt(&directory.join(missing), "is not in the manifest"));
        }
        let secret = one(directory, SECRET, |line: line::Secret| line.secret())?
            .ok_or_else(|| Error::spoilt(&directory.join(SECRET), "holds no secret"))?;
        Ok(Self { directory: directory.to_owned(), manifest, secret, _claim: claim })
    }

    /// What tells this export from any other.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.manifest.id
    }

    /// The secret of the store it is of.
    #[must_use]
    pub fn secret(&self) -> [u8; 16] {
        self.secret
    }

    /// How many learners it holds.
    #[must_use]
    pub fn learners(&self) -> u64 {
        self.manifest.learners
    }

    /// How many published policies it holds.
    #[must_use]
    pub fn policies(&self) -> u64 {
        self.manifest.files.iter().find(|file| file.name == POLICIES).map_or(0, |file| file.lines)
    }

    /// Puts everything into a store, what is there already left as it is. `tell` hears how many learners are in.
    ///
    /// # Errors
    /// A line that cannot be read, by file and number, and whatever the store refuses.
    pub async fn run(&self, store: &dyn Restoring, mut tell: impl FnMut(u64)) -> Result<Moved, Error> {
        let rest = self.rest()?;
        let mut moved = Moved::default();
        for file in self.manifest.files.iter().filter(|file| of_learners(&file.name)) {
            let mut gathered = Vec::with_capacity(AT_ONCE);
            let mut lines = files::read(&self.directory, &file.name)?;
            for number in 1.. {
                let Some(line) = lines.next() else { break };
                let whole = line::Learner::whole(line?).map_err(|why| self.line(&file.name, number, why))?;
                moved.decisions += whole.decisions.len() as u64;
                gathered.push(self.timed(whole));
                if gathered.len() == AT_ONCE {
                    self.put(store, std::mem::take(&mut gathered), &rest, &mut moved).await?;
                    tell(moved.learners);
                }
            }
            self.put(store, gathered, &rest, &mut moved).await?;
            tell(moved.learners);
        }
        store.finish(rest).await?;
        Ok(moved)
    }

    /// Whoever was erased while the export was made stays erased.
    async fn put(
        &self,
        store: &dyn Restoring,
        mut learners: Vec<Whole>,
        rest: &Rest,
        moved: &mut Moved,
    ) -> Result<(), Error> {
        if !rest.tombstones.is_empty() {
            let erased = |whole: &Whole| {
                let hash = tombstone(self.secret, &whole.key);
                rest.tombstones.binary_search_by(|erased| erased.as_slice().cmp(&hash)).is_ok()
            };
            learners.retain(|whole| !erased(whole));
        }
        let all = learners.len() as u64;
        let new = store.put(learners, line::about).await?;
        moved.learners += all;
        moved.before += all - new.min(all);
        Ok(())
    }

    /// Where nobody knows when something was, it was when the export began.
    fn timed(&self, mut whole: Whole) -> Whole {
        let began = Timestamp::from_millis(self.manifest.began_ms);
        let heard_at = *whole.heard_at.get_or_insert(began);
        whole.decisions.iter_mut().for_each(|kept| _ = kept.at.get_or_insert(heard_at));
        whole
    }

    fn rest(&self) -> Result<Rest, Error> {
        let statistics = all(&self.directory, STATISTICS, line::Statistics::sums)?;
        let mut tombstones = all(&self.directory, TOMBSTONES, |line: line::Tombstone| line.hash())?;
        tombstones.sort_unstable();
        Ok(Rest {
            statistics: statistics.into_iter().map(|(tenant, subject, sums)| (tenant.into(), subject, sums)).collect(),
            tombstones,
            policies: all(&self.directory, POLICIES, |line: line::Policy| Ok(Published::from(line)))?,
        })
    }

    fn line(&self, name: &str, line: u64, why: String) -> Error {
        line_error(&self.directory, name, line, why)
    }
}

fn line_error(directory: &Path, name: &str, line: u64, why: String) -> Error {
    Error::Line { path: directory.join(name).to_string_lossy().into(), line, why }
}

/// Whether a file is as it was written; if not, which line is not.
fn check(directory: &Path, file: &Entry) -> Result<(), Error> {
    if file.name.contains('/') {
        return Err(Error::spoilt(&directory.join(NAME), "it names a file elsewhere"));
    }
    if files::fits(directory, file)? {
        return Ok(());
    }
    let mut lines = 0;
    for line in files::read::<serde_json::Value>(directory, &file.name)? {
        line?;
        lines += 1;
    }
    let path = directory.join(&file.name);
    Err(Error::spoilt(
        &path,
        if lines == file.lines {
            "lines were changed for others"
        } else {
            "lines are missing, or more than were written"
        },
    ))
}

/// Everything that stands in a file.
fn all<T: serde::de::DeserializeOwned, U>(
    directory: &Path,
    name: &str,
    read: impl Fn(T) -> Result<U, String>,
) -> Result<Vec<U>, Error> {
    let lines = (1..).zip(files::read(directory, name)?);
    lines.map(|(number, line)| read(line?).map_err(|why| line_error(directory, name, number, why))).collect()
}

fn one<T: serde::de::DeserializeOwned, U>(
    directory: &Path,
    name: &str,
    read: impl Fn(T) -> Result<U, String>,
) -> Result<Option<U>, Error> {
    Ok(all(directory, name, read)?.into_iter().next())
}
