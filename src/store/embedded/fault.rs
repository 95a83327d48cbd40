//! Why the embedded store could not do something, in words for whoever has to fix it.

use std::{io, path::Path, sync::Arc};

use crate::store::{Error, version::Backwards};

/// What went wrong inside; what that means for the caller (open, read, write) is decided where it is caught.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("{}", describe(.0))]
    Engine(#[from] fjall::Error),
    #[error(transparent)]
    Backwards(#[from] Backwards),
    #[error("it is not a directory")]
    NotADirectory,
    #[error("the directory holds other things (such as {0:?}) and no Hearten store")]
    Foreign(String),
    #[error("another process has it open")]
    InUse,
    #[error("it has format {0}, which this version of Hearten does not know: use a newer one")]
    Format(u32),
    #[error("it is damaged: {0} cannot be read")]
    Unreadable(&'static str),
    #[error("what is being imported into it is not whole: run the same `hearten import` again")]
    HalfImported,
    #[error("the copy in it is not whole: make it anew with `hearten backup`")]
    HalfCopied,
    #[error("another export is being imported into it")]
    OtherImport,
    #[error("it holds a store already, and an import writes over nothing")]
    Taken,
    #[error("there is no store")]
    Nothing,
    #[error("something is there already")]
    Exists,
    #[error("it is within the store that is to be copied")]
    Within,
    #[error("{0} is there, from a copy that was cut short: remove it")]
    LeftOver(String),
    #[error("it was stopped")]
    Stopped,
    #[error("the learner was erased")]
    Erased,
    #[error("the store is closed")]
    Stopping,
    #[error("a thread of the store panicked, see the log")]
    Panicked,
}

impl Fault {
    /// What is on disk is not what was written there.
    pub(super) fn is_damage(&self) -> bool {
        use fjall::LsmError::{ChecksumMismatch, Decompress, InvalidHeader, InvalidTag, InvalidTrailer, Utf8};
        match self {
            Self::Unreadable(_) => true,
            Self::Engine(fjall::Error::Storage(error)) => matches!(
                error,
                ChecksumMismatch { .. } | Decompress(_) | InvalidHeader(_) | InvalidTag(_) | InvalidTrailer | Utf8(_)
            ),
            _ => false,
        }
    }

    /// Why a store was not opened.
    pub(super) fn opening(&self, path: &Path) -> Error {
        let path = path.to_string_lossy().into();
        match self {
            Self::InUse | Self::Engine(fjall::Error::Locked) => Error::InUse(path),
            fault => Error::Open { path, why: fault.reason() },
        }
    }

    pub(super) fn reason(&self) -> Arc<str> {
        self.to_string().into()
    }
}

/// fjall displays its errors as Rust prints them in a debugger.
fn describe(error: &fjall::Error) -> String {
    match error {
        fjall::Error::Io(error) => error.to_string(),
        fjall::Error::Locked => Fault::InUse.to_string(),
        fjall::Error::Poisoned => "the storage engine failed in the background, see the log".to_owned(),
        fjall::Error::JournalRecovery(error) => format!("its journal is damaged: {error}"),
        fjall::Error::Storage(fjall::LsmError::ChecksumMismatch { .. }) => {
            "a block of its files does not have the checksum it was written with".to_owned()
        }
        other => other.to_string(),
    }
}
