//! What a commit's caller holds: a share in the outcome of the batch it went into.
//!
//! One outcome a batch, set once and shared, rather than a running "durable up to" number: settling wakes only those who
//! wait for this batch, and a commit that was kept before the store failed stays kept.

use std::sync::Arc;

use tokio::sync::SetOnce;

use super::Error;

type Outcome = SetOnce<Result<(), Error>>;

/// The store's answer to one commit. Cheap to clone; dropping it changes nothing.
#[derive(Clone, Debug)]
pub struct Receipt(Arc<Outcome>);

impl Receipt {
    /// A receipt whose outcome is known already.
    #[must_use]
    pub fn settled(outcome: Result<(), Error>) -> Self {
        Self(Arc::new(SetOnce::new_with(Some(outcome))))
    }

    /// Waits for the outcome: durable, or failed.
    ///
    /// # Errors
    /// The commit is not known to be durable. It may still turn up after a restart, so its events have to be resent with
    /// the same ids.
    pub async fn wait(&self) -> Result<(), Error> {
        self.0.wait().await.clone()
    }

    /// The outcome if there is one yet, without waiting.
    #[must_use]
    pub fn outcome(&self) -> Option<Result<(), Error>> {
        self.0.get().cloned()
    }
}

/// The store's end of a receipt. Dropped unkept it fails its receipts, so that nobody waits for ever.
#[derive(Debug, Default)]
pub(super) struct Promise(Arc<Outcome>);

impl Promise {
    pub(super) fn receipt(&self) -> Receipt {
        Receipt(Arc::clone(&self.0))
    }

    pub(super) fn settle(self, outcome: Result<(), Error>) {
        // Only a promise sets an outcome, and settling consumes it: there is no earlier one to lose.
        let _ = self.0.set(outcome);
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if !self.0.initialized() {
            let _ = self.0.set(Err(Error::Poisoned("a batch was dropped before it was written".into())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_promise_fails_its_receipts() {
        let promise = Promise::default();
        let receipt = promise.receipt();
        assert!(receipt.outcome().is_none());
        drop(promise);
        assert!(matches!(receipt.outcome(), Some(Err(Error::Poisoned(_)))));
    }

    #[test]
    fn an_outcome_never_changes() {
        let promise = Promise::default();
        let receipt = promise.receipt();
        promise.settle(Ok(()));
        assert!(matches!(receipt.outcome(), Some(Ok(()))));
    }
}
