//! What is said on the socket of a running server, by both sides.

use std::path::{Path, PathBuf};

/// Asks for a copy of the store at the place that follows.
pub(super) const BACKUP: &str = "backup ";

/// Where a server that has a data directory can be asked.
pub(super) fn socket(directory: &Path) -> PathBuf {
    directory.join("control")
}

/// One line of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// So many rows of about so many are copied.
    Rows {
        /// So far.
        done: u64,
        /// In all.
        all: u64,
    },
    /// All of them: the copy is whole and on disk.
    Done(u64),
    /// There is none, for this reason.
    Failed(String),
}

impl Answer {
    pub(super) fn line(&self) -> String {
        match self {
            Self::Rows { done, all } => format!("rows {done} {all}\n"),
            Self::Done(rows) => format!("done {rows}\n"),
            Self::Failed(why) => format!("failed {}\n", why.replace('\n', " ")),
        }
    }

    /// What [`Answer::line`] wrote.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ')?;
        match word {
            "rows" => {
                let (done, all) = rest.split_once(' ')?;
                Some(Self::Rows { done: done.parse().ok()?, all: all.parse().ok()? })
            }
            "done" => Some(Self::Done(rest.parse().ok()?)),
            "failed" => Some(Self::Failed(rest.to_owned())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_understood() {
        for answer in [Answer::Rows { done: 3, all: 7 }, Answer::Done(7), Answer::Failed("no room".to_owned())] {
            assert_eq!(Answer::parse(answer.line().trim_end()), Some(answer));
        }
        assert_eq!(Answer::parse("what"), None);
    }
}
