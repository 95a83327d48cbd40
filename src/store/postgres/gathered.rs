//! What gathers while a lane writes the batch before.

use crate::store::{Commit, Error, Receipt, outcome::Refused, receipt::Promise};

/// The most commits of a batch.
const LARGEST: usize = 1_024;

/// Commits that are written together, and share one outcome.
///
/// Their records lie one after the other: whoever makes the next record finds the room of the one before free, and still in the
/// processor's cache, and whoever sends them reads memory in its order.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    commits: Vec<Commit>,
    records: Vec<u8>,
    /// Where each record ends.
    ends: Vec<usize>,
    promise: Promise,
}

impl Gathered {
    /// Takes what there is; there is room for as much again.
    pub(super) fn take(&mut self) -> Self {
        let next = Self {
            commits: Vec::with_capacity(self.commits.len()),
            records: Vec::with_capacity(self.records.len()),
            ends: Vec::with_capacity(self.ends.len()),
            promise: Promise::default(),
        };
        std::mem::replace(self, next)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.commits.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.commits.len() >= LARGEST
    }

    pub(super) fn add(&mut self, mut commit: Commit) -> Receipt {
        let receipt = self.promise.receipt_at(self.commits.len() as u32);
        // From here on it is in `each`.
        self.records.extend(std::mem::take(&mut commit.record.bytes));
        self.ends.push(self.records.len());
        self.commits.push(commit);
        receipt
    }

    /// The commits in their order, without their records.
    pub(super) fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// The same, each with its record.
    pub(super) fn each(&self) -> impl Iterator<Item = (&Commit, &[u8])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let records = starts.zip(&self.ends).map(|(start, end)| self.records.get(start..*end).unwrap_or_default());
        self.commits.iter().zip(records)
    }

    /// Tells whoever waits.
    pub(super) fn settle(self, outcome: Result<Refused, Error>) {
        self.promise.settle_but(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Key, Record};

    #[test]
    fn records_stay_with_their_commits() {
        let mut batch = Gathered::default();
        let records = [vec![1, 2, 3], Vec::new(), vec![4]];
        for (version, bytes) in (1..).zip(records.clone()) {
            let key = Key::new("default", "ana");
            let _ = batch.add(Commit::new(key, version - 1, Record { version, bytes }));
        }
        let each: Vec<_> = batch.each().map(|(commit, record)| (commit.record.version, record.to_vec())).collect();
        assert_eq!(each, (1..).zip(records).collect::<Vec<_>>());
    }
}
