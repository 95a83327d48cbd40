//! What belongs to an export: its files with their checksums, and whether that is all.

use std::{
    fs,
    io::{self, ErrorKind, Write as _},
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{Error, files};

/// Goes up whenever an older Hearten could misread what a newer one wrote.
pub(super) const FORMAT: u32 = 1;
pub(super) const NAME: &str = "manifest.json";

/// The manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub format: u32,
    /// The release that began it.
    pub hearten: String,
    /// Tells this export from any other.
    pub id: String,
    /// What kind of store it is of.
    pub store: String,
    pub began_ms: i64,
    /// Nothing is missing.
    pub complete: bool,
    pub learners: u64,
    pub decisions: u64,
    /// In the order they were written.
    pub files: Vec<Entry>,
}

/// One file that is whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub name: String,
    pub lines: u64,
    pub decisions: u64,
    pub sha256: String,
    /// Of a file of learners, tenant and id of the first and of the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keys: Option<[(String, String); 2]>,
}

impl Manifest {
    /// The one in a directory, if there is one.
    pub(super) fn read(directory: &Path) -> Result<Option<Self>, Error> {
        let path = directory.join(NAME);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.map_err(Error::file(&path))?,
        };
        let manifest: Self = serde_json::from_str(&text).map_err(|error| Error::Line {
            path: path.to_string_lossy().into(),
            line: error.line() as u64,
            why: error.to_string(),
        })?;
        if manifest.format == FORMAT {
            Ok(Some(manifest))
        } else {
            Err(Error::spoilt(&path, "its format is one that this version of Hearten does not know: use a newer one"))
        }
    }

    /// Takes the place of the one before at once, durably.
    pub(super) fn write(&self, directory: &Path) -> Result<(), Error> {
        let path = directory.join(NAME);
        let put = || -> io::Result<()> {
            let mut file = files::create(&path)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.sync_all()?;
            files::keep(&path)
        };
        put().map_err(Error::file(&path))
    }

    /// How many learners its files hold.
    pub(super) fn count(&mut self) {
        let learners = self.files.iter().filter(|file| file.keys.is_some());
        self.learners = learners.map(|file| file.lines).sum();
        self.decisions = self.files.iter().map(|file| file.decisions).sum();
    }
}
