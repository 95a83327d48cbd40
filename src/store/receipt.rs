//! What a commit's caller holds: a share in the outcome of the batch it went into.
//!
//! One outcome a batch, set once and shared, rather than a running "durable up to" number: settling wakes only those who
//! wait for this batch, and a commit that was kept before the store failed stays kept.

use std::sync::Arc;

use super::{
    Error,
    outcome::{Outcome, Refused},
};

/// The store's answer to one commit. Cheap to clone; dropping it changes nothing.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// None where all went well at once.
    batch: Option<Arc<Outcome>>,
    place: u32,
}

impl Receipt {
    /// A receipt whose outcome is known already.
    #[must_use]
    pub fn settled(outcome: Result<(), Error>) -> Self {
        let failed = |error| {
            let batch = Outcome::default();
            batch.tell(Err(error));
            Arc::new(batch)
        };
        Self { batch: outcome.err().map(failed), place: 0 }
    }

    /// Waits for the outcome: durable, or failed.
    ///
    /// # Errors
    /// The commit is not known to be durable. It may still turn up after a restart, so its events have to be resent with
    /// the same ids. Only [`Error::Erased`] and [`Error::Conflict`] say that it was not and will not be.
    pub async fn wait(&self) -> Result<(), Error> {
        match &self.batch {
            Some(batch) => self.of_batch(batch.wait().await),
            None => Ok(()),
        }
    }

    /// The outcome if there is one yet, without waiting.
    #[must_use]
    pub fn outcome(&self) -> Option<Result<(), Error>> {
        match &self.batch {
            Some(batch) => batch.get().map(|outcome| self.of_batch(outcome)),
            None => Some(Ok(())),
        }
    }

    fn of_batch(&self, outcome: &Result<Refused, Error>) -> Result<(), Error> {
        let refused = outcome.as_ref().map_err(Error::clone)?;
        let place = refused.binary_search_by_key(&self.place, |(place, _)| *place);
        match place.ok().and_then(|place| refused.get(place)) {
            Some((_, why)) => Err(why.clone()),
            None => Ok(()),
        }
    }
}

/// The store's end of a batch's receipts. Dropped unkept it fails them, so that nobody waits for ever.
#[derive(Debug, Default)]
pub(super) struct Promise(Arc<Outcome>);

impl Promise {
    /// For whoever is alone in a batch.
    pub(super) fn receipt(&self) -> Receipt {
        self.receipt_at(0)
    }

    pub(super) fn receipt_at(&self, place: u32) -> Receipt {
        Receipt { batch: Some(Arc::clone(&self.0)), place }
    }

    pub(super) fn settle(self, outcome: Result<(), Error>) {
        self.settle_but(outcome.map(|()| Refused::new()));
    }

    /// All of the batch were written but those at these places, rising.
    pub(super) fn settle_but(self, refused: Result<Refused, Error>) {
        self.0.tell(refused);
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if self.0.get().is_none() {
            self.0.tell(Err(Error::Poisoned("a batch was dropped before it was written".into())));
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
    fn one_commit_of_a_batch_may_be_refused() {
        let promise = Promise::default();
        let receipts = [0, 1, 2, 3].map(|place| promise.receipt_at(place));
        promise.settle_but(Ok(vec![(1, Error::Erased), (3, Error::Conflict)]));
        let told = receipts.map(|receipt| receipt.outcome());
        assert!(matches!(told, [Some(Ok(())), Some(Err(Error::Erased)), Some(Ok(())), Some(Err(Error::Conflict))]));
    }

    #[test]
    fn an_outcome_never_changes() {
        let promise = Promise::default();
        let receipt = promise.receipt();
        promise.settle(Ok(()));
        assert!(matches!(receipt.outcome(), Some(Ok(()))));
    }
}
