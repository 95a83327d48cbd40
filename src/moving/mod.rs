//! A whole store as files, and back: one JSON object a line, a manifest that tells what belongs to it, and checksums of all of it.
//!
//! [`export`] writes learners in the store's order, so many a file, and notes each file in the manifest once it is whole and on
//! disk. [`Import`] reads them into a store in the making. Both go on where they were interrupted.

mod export;
mod files;
mod import;
mod line;
mod manifest;

use std::{io, path::Path, sync::Arc};

pub use export::export;
pub use import::Import;

use crate::store;

/// How much was moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Learners, those included that an earlier run moved.
    pub learners: u64,
    /// Learners that an earlier run had moved.
    pub before: u64,
    /// Logged decisions.
    pub decisions: u64,
}

/// Why a store could not be moved.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{path}: {why}")]
    File {
        /// Which.
        path: Arc<str>,
        /// Why not.
        why: io::Error,
    },
    /// A line is not what it should be.
    #[error("{path}:{line}: {why}")]
    Line {
        /// The file.
        path: Arc<str>,
        /// Which line, from 1.
        line: u64,
        /// What is wrong with it.
        why: String,
    },
    /// A file is not the one that was written.
    #[error("{path}: {why}")]
    Spoilt {
        /// Which.
        path: Arc<str>,
        /// How that shows.
        why: &'static str,
    },
    /// The directory cannot be used.
    #[error("{path} {why}")]
    Directory {
        /// Which.
        path: Arc<str>,
        /// Why not.
        why: &'static str,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    fn file(path: &Path) -> impl Fn(io::Error) -> Self {
        move |why| Self::File { path: path.to_string_lossy().into(), why }
    }

    fn directory(path: &Path, why: &'static str) -> Self {
        Self::Directory { path: path.to_string_lossy().into(), why }
    }

    fn spoilt(path: &Path, why: &'static str) -> Self {
        Self::Spoilt { path: path.to_string_lossy().into(), why }
    }
}
