//! What can go wrong with an event that is valid in itself.

use crate::{learner::Malformed, store};

/// Why the engine did not answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The id belongs to another event of this learner.
    #[error("was used before by this learner for an event with other contents: give every event an id of its own")]
    IdReused,
    /// Nobody has heard of this learner.
    #[error("is not known: no event of this learner was taken")]
    UnknownLearner,
    /// Not a decision, or one no longer kept.
    #[error(
        "names no decision that is kept: every spoken one is, and each learner's last eight while policy and model stay as they are"
    )]
    UnknownDecision,
    /// Not a decision that said anything.
    #[error("names a decision that said nothing: only messages have outcomes")]
    NothingSaid,
    /// A message that was seen is reported unseen.
    #[error("is OUTCOME_NOT_SHOWN, but this message was reported as seen before: what was seen stays seen")]
    WasSeen,
    /// What was stored cannot be read.
    #[error("a stored record cannot be read: {0}")]
    Corrupt(#[from] Malformed),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// What is stored of a learner cannot be read, and will not be when it is asked for again.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Corrupt(_) | Self::Store(store::Error::Damaged(_)))
    }
}
