//! What is kept on disk: inputs worth starting from, and those that failed.

use std::{
    env, fs,
    hash::{DefaultHasher, Hasher},
    path::PathBuf,
};

/// More files of a target than this nobody looks through.
const MOST_FILES: usize = 64;
/// Larger inputs are made from smaller ones.
const MOST_BYTES: usize = 2048;

/// The corpus of one target.
pub struct Corpus {
    directory: PathBuf,
    files: usize,
    growing: bool,
}

impl Corpus {
    pub fn of(target: &str) -> Self {
        let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
        Self { directory, files: 0, growing: env::var_os("HEARTEN_FUZZ_KEEP").is_some() }
    }

    /// All inputs, those that failed once first, always in one order.
    pub fn read(&mut self) -> Vec<Vec<u8>> {
        let mut inputs = Vec::new();
        for directory in [self.directory.join("failures"), self.directory.clone()] {
            let entries = fs::read_dir(directory).into_iter().flatten().flatten();
            let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
            files.sort();
            inputs.extend(files.iter().filter_map(|path| fs::read(path).ok()));
        }
        self.files = inputs.len();
        inputs
    }

    /// Keeps an input that was answered as none before, if that is wanted and it is small.
    pub fn found(&mut self, input: &[u8]) {
        if self.growing && self.files < MOST_FILES && input.len() <= MOST_BYTES {
            self.files += 1;
            self.write("", input);
        }
    }

    /// Keeps an input that failed, whatever its size; where.
    pub fn failed(&self, input: &[u8]) -> PathBuf {
        self.write("failures", input)
    }

    fn write(&self, under: &str, input: &[u8]) -> PathBuf {
        let mut hasher = DefaultHasher::new();
        hasher.write(input);
        let directory = self.directory.join(under);
        let path = directory.join(format!("{:016x}", hasher.finish()));
        let written = fs::create_dir_all(&directory).and_then(|()| fs::write(&path, input));
        if let Err(error) = written {
            eprintln!("{}: {error}", path.display());
        }
        path
    }
}
