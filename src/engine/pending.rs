//! What an answer waits for: that what it says is on disk.

use std::sync::Arc;

use super::{Engine, Error, Reply, change::Change, hot::Slot};
use crate::store::{self, Key, Lineage, Receipt};

/// A change that an answer tells of, and that may not be on disk yet.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Whose record was changed.
    pub key: Key,
    pub(super) receipt: Option<Receipt>,
    pub(super) lineage: Lineage,
    /// How to make it again, where that may be needed.
    pub(super) change: Option<Arc<Change>>,
}

impl Pending {
    /// The newest change of a learner.
    pub(super) fn of(key: &Key, slot: &Slot) -> Self {
        let (receipt, lineage) = (slot.receipt.clone(), slot.lineage.clone());
        Self { key: key.clone(), receipt, lineage, change: None }
    }
}

impl Engine {
    /// Waits until an answer is on disk. On an error it is not known whether it got there: the event is to be sent again.
    ///
    /// Where others write to the same store, what the answer says may change meanwhile: it is then the answer to the same event on
    /// the record as they left it.
    pub async fn settle(&self, reply: &mut Reply) -> Result<(), Error> {
        if let Some(again) = self.settled(&reply.pending).await? {
            *reply = again;
        }
        Ok(())
    }

    /// The same of an answer that was written already: if it changed, what it is now.
    pub async fn settled(&self, pending: &Pending) -> Result<Option<Reply>, Error> {
        match self.kept(&pending.key, pending.receipt.as_ref()).await {
            Err(Error::Store(store::Error::Conflict)) => Box::pin(self.answered_again(pending)).await.map(Some),
            kept => kept.map(|()| None),
        }
    }

    async fn answered_again(&self, pending: &Pending) -> Result<Reply, Error> {
        let mut reply = self.again(pending).await?;
        loop {
            if reply.duplicate {
                reply = self.words_of(reply).await?;
            }
            match self.kept(&reply.pending.key, reply.pending.receipt.as_ref()).await {
                Err(Error::Store(store::Error::Conflict)) => reply = self.again(&reply.pending).await?,
                kept => return kept.map(|()| reply),
            }
        }
    }

    /// Waits until a change of a learner is on disk.
    pub(super) async fn kept(&self, key: &Key, receipt: Option<&Receipt>) -> Result<(), Error> {
        match receipt {
            None => Ok(()),
            Some(receipt) => receipt.wait().await.map_err(|error| {
                if !matches!(error, store::Error::Conflict) {
                    self.hot.evict(key);
                }
                Error::Store(error)
            }),
        }
    }
}
