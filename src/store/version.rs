//! The one thing a store checks: records only move forward.

use super::Record;

/// A record came with a version that is not newer than the stored one: two engines work on one learner, or one lost
/// track. Whoever goes on from there loses events silently, so the store stops instead.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a record of version {offered} came after version {stored}, which is a bug")]
pub(super) struct Backwards {
    stored: u64,
    offered: u64,
}

impl Record {
    /// Whether this record may take the place of one with version `stored`.
    pub(super) fn must_follow(&self, stored: u64) -> Result<(), Backwards> {
        if self.version > stored { Ok(()) } else { Err(Backwards { stored, offered: self.version }) }
    }
}
