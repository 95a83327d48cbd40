//! An immutable view of all sums, numbered by how much it has seen.

use std::collections::HashMap;

use super::{Subject, Sums};

/// The sums as they stood at one moment. Its [`version`](Snapshot::version) counts the opportunities it summarises, so
/// equal histories have equal numbers on every machine, and zero is the empty one.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    sums: HashMap<Subject, Sums>,
}

impl Snapshot {
    /// What is known about one subject; nothing yet is all zeros.
    #[must_use]
    pub fn get(&self, subject: Subject) -> Sums {
        self.sums.get(&subject).copied().unwrap_or_default()
    }

    /// How many opportunities this snapshot summarises.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.get(Subject::All).attempts
    }

    /// The snapshot that also knows `tally`.
    #[must_use]
    pub fn with(&self, tally: Tally) -> Self {
        let mut next = self.clone();
        for (subject, sums) in tally.0 {
            *next.sums.entry(subject).or_default() += sums;
        }
        next
    }
}

impl FromIterator<(Subject, Sums)> for Snapshot {
    fn from_iter<I: IntoIterator<Item = (Subject, Sums)>>(sums: I) -> Self {
        Self { sums: sums.into_iter().collect() }
    }
}

/// Sums gathered since the last snapshot.
#[derive(Clone, Debug, Default)]
pub struct Tally(HashMap<Subject, Sums>);

impl Tally {
    /// Adds to one subject.
    pub fn add(&mut self, subject: Subject, sums: Sums) {
        *self.0.entry(subject).or_default() += sums;
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
