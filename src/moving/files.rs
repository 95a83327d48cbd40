//! Files of lines: written beside their place until they are whole, readable by nobody else, with a checksum over all.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use aws_lc_rs::digest::{Context, Digest, SHA256};
use serde::{Serialize, de::DeserializeOwned};

use super::{Error, manifest::Entry};
use crate::store::random;

/// No line is longer: a learner has 800 bytes of record, and decisions under retention.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Where a file is until it is whole.
fn beside(path: &Path) -> PathBuf {
    let mut part = OsString::from(path);
    part.push(".part");
    part.into()
}

/// Begins a file that [`keep`] puts in its place.
pub(super) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(beside(path))
}

/// Puts a file that is whole and on disk into its place.
pub(super) fn keep(path: &Path) -> io::Result<()> {
    fs::rename(beside(path), path)?;
    match path.parent() {
        Some(directory) => File::open(directory)?.sync_all(),
        None => Ok(()),
    }
}

/// A file that is being written.
pub(super) struct Writer {
    path: PathBuf,
    out: BufWriter<File>,
    hash: Context,
    lines: u64,
}

impl Writer {
    pub(super) fn create(directory: &Path, name: &str) -> Result<Self, Error> {
        let path = directory.join(name);
        let file = create(&path).map_err(Error::file(&path))?;
        Ok(Self { path, out: BufWriter::new(file), hash: Context::new(&SHA256), lines: 0 })
    }

    pub(super) fn line(&mut self, line: &impl Serialize) -> Result<(), Error> {
        let mut text = serde_json::to_vec(line).map_err(|error| Error::file(&self.path)(error.into()))?;
        seal(&mut text);
        text.push(b'\n');
        self.hash.update(&text);
        self.lines += 1;
        self.out.write_all(&text).map_err(Error::file(&self.path))
    }

    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// It is whole: on disk and in its place when this returns.
    pub(super) fn keep(self, decisions: u64, keys: Option<[(String, String); 2]>) -> Result<Entry, Error> {
        let Self { path, out, hash, lines } = self;
        let file = out.into_inner().map_err(|error| Error::file(&path)(error.into_error()))?;
        file.sync_all().and_then(|()| keep(&path)).map_err(Error::file(&path))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Entry { name, lines, decisions, sha256: hex(hash.finish()), keys })
    }
}

/// Whether a file is as it was when it was written. One that is not there is not.
pub(super) fn fits(directory: &Path, entry: &Entry) -> Result<bool, Error> {
    let path = directory.join(&entry.name);
    let Ok(mut file) = File::open(&path) else { return Ok(false) };
    let mut hash = Context::new(&SHA256);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(Error::file(&path))?;
        if read == 0 {
            return Ok(hex(hash.finish()) == entry.sha256);
        }
        hash.update(buffer.get(..read).unwrap_or_default());
    }
}

/// Reads a file line by line, up to the first that is not what was written.
pub(super) fn read<T: DeserializeOwned>(
    directory: &Path,
    name: &str,
) -> Result<impl Iterator<Item = Result<T, Error>>, Error> {
    let path = directory.join(name);
    let mut file = BufReader::new(File::open(&path).map_err(Error::file(&path))?);
    let mut number = 0;
    let mut failed = false;
    Ok(std::iter::from_fn(move || {
        let mut text = Vec::new();
        number += 1;
        let read = (&mut file).take(LONGEST).read_until(b'\n', &mut text);
        match read {
            _ if failed => return None,
            Ok(0) => return None,
            Err(error) => return Some(Err(Error::file(&path)(error))),
            Ok(_) => {}
        }
        let line =
            text.strip_suffix(b"\n").filter(|line| sealed(line)).ok_or("it was changed, or cut short".to_owned());
        let value = line.and_then(|line| serde_json::from_slice(line).map_err(|error| error.to_string()));
        failed = value.is_err();
        Some(value.map_err(|why| Error::Line { path: path.to_string_lossy().into(), line: number, why }))
    }))
}

/// A line of an export ends with a short checksum of what stands before it, so that a line that was spoilt can be named.
const SEAL: &[u8] = b",\"sum\":\"";

fn seal(object: &mut Vec<u8>) {
    // What ends the object goes behind the checksum.
    if object.pop() == Some(b'}') {
        let sum = short(object);
        object.extend([SEAL, sum.as_bytes(), b"\"}"].concat());
    }
}

fn sealed(line: &[u8]) -> bool {
    let Some(place) = line.len().checked_sub(SEAL.len() + 10) else { return false };
    let Some((object, end)) = line.split_at_checked(place) else { return false };
    end == [SEAL, short(object).as_bytes(), b"\"}"].concat()
}

fn short(object: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&SHA256, object);
    digest.as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// What tells one export from any other.
pub(super) fn random_id() -> io::Result<String> {
    Ok(random()?.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn hex(digest: Digest) -> String {
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_changed_is_told() {
        let mut line = br#"{"tenant":"default"}"#.to_vec();
        seal(&mut line);
        assert!(sealed(&line));
        assert!(serde_json::from_slice::<serde_json::Value>(&line).is_ok());
        for place in 0..line.len() {
            let mut changed = line.clone();
            changed[place] ^= 1;
            assert!(!sealed(&changed), "{}", String::from_utf8_lossy(&changed));
        }
        assert!(!sealed(b"") && !sealed(&line[1..]));
    }
}
