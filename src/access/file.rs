//! Files that are read again when they change: keys, certificates, what tokens are signed with.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The largest, in bytes: some ten thousand keys.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Files that are used together, and what stood in them last.
#[derive(Debug)]
pub struct File {
    paths: Vec<PathBuf>,
    last: Vec<Vec<u8>>,
}

impl File {
    /// Reads them for the first time.
    ///
    /// # Errors
    /// Where one cannot be read; the error names it.
    pub fn open<'a>(paths: impl IntoIterator<Item = &'a Path>) -> io::Result<Self> {
        let paths: Vec<PathBuf> = paths.into_iter().map(Path::to_path_buf).collect();
        let last = read(&paths)?;
        Ok(Self { paths, last })
    }

    /// What stood in them.
    #[must_use]
    pub fn contents(&self) -> &[Vec<u8>] {
        &self.last
    }

    /// Whether they changed since; what stands in them now is then in [`File::contents`]. Contents are compared, not times:
    /// a secret that is mounted changes by a link, and some disks count in whole seconds.
    ///
    /// # Errors
    /// Where one cannot be read; what stood there stays.
    pub fn changed(&mut self) -> io::Result<bool> {
        let now = read(&self.paths)?;
        let changed = now != self.last;
        self.last = now;
        Ok(changed)
    }
}

fn read(paths: &[PathBuf]) -> io::Result<Vec<Vec<u8>>> {
    let read = |path: &PathBuf| {
        let about = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let size = fs::metadata(path).map_err(about)?.len();
        if size > MOST_BYTES {
            return Err(about(io::Error::other(format!("has {size} bytes: at most {MOST_BYTES} are read"))));
        }
        fs::read(path).map_err(about)
    };
    paths.iter().map(read).collect()
}
