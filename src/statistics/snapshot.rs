//! An immutable view of all sums, numbered by how much it has seen.

use foldhash::HashMap;

use super::{Subject, Sums};
use crate::reason::Reason;

/// The sums as they stood at one moment. Its [`version`](Snapshot::version) counts the opportunities it summarises, so
/// equal histories have equal numbers on every machine, and zero is the empty one.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    sums: HashMap<Subject, Sums>,
    /// Those of everything, which each event asks for several times.
    all: Sums,
}

impl Snapshot {
    /// What is known about one subject; nothing yet is all zeros.
    #[must_use]
    pub fn get(&self, subject: Subject) -> Sums {
        match subject {
            Subject::All => self.all,
            subject => self.sums.get(&subject).copied().unwrap_or_default(),
        }
    }

    /// A trial showed that messages of this reason do harm.
    #[must_use]
    pub fn harms(&self, reason: Reason) -> bool {
        self.get(Subject::Harm(reason as u8)).attempts > 0
    }

    /// The trial of a reason was looked at for this time.
    #[must_use]
    pub fn looked(&self, reason: Reason, look: u8) -> bool {
        self.get(Subject::Look(reason as u8, look)).attempts > 0
    }

    /// How many opportunities this snapshot summarises.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.all.attempts
    }

    /// The snapshot that also knows `tally`.
    #[must_use]
    pub fn with(&self, tally: Tally) -> Self {
        let mut next = self.clone();
        next.extend(tally.0);
        next
    }

    /// The snapshot without these subjects.
    #[must_use]
    pub fn without(&self, subjects: &[Subject]) -> Self {
        let mut next = self.clone();
        next.sums.retain(|subject, _| !subjects.contains(subject));
        next.noted()
    }

    /// All there is, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (Subject, Sums)> {
        self.sums.iter().map(|(subject, sums)| (*subject, *sums))
    }

    /// The snapshot with these sums in place of what it had of the same subjects.
    #[must_use]
    pub fn replacing(&self, sums: Vec<(Subject, Sums)>) -> Self {
        let mut next = self.clone();
        next.sums.extend(sums);
        next.noted()
    }

    fn noted(mut self) -> Self {
        self.all = self.sums.get(&Subject::All).copied().unwrap_or_default();
        self
    }
}

impl FromIterator<(Subject, Sums)> for Snapshot {
    fn from_iter<I: IntoIterator<Item = (Subject, Sums)>>(sums: I) -> Self {
        let mut snapshot = Self::default();
        snapshot.extend(sums);
        snapshot
    }
}

impl Extend<(Subject, Sums)> for Snapshot {
    fn extend<I: IntoIterator<Item = (Subject, Sums)>>(&mut self, sums: I) {
        for (subject, sums) in sums {
            *self.sums.entry(subject).or_default() += sums;
            if subject == Subject::All {
                self.all += sums;
            }
        }
    }
}

impl IntoIterator for Snapshot {
    type Item = (Subject, Sums);
    type IntoIter = <HashMap<Subject, Sums> as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.sums.into_iter()
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

    /// Adds what another has.
    pub fn absorb(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
        } else {
            other.0.into_iter().for_each(|(subject, sums)| self.add(subject, sums));
        }
    }

    /// What was added to one subject.
    #[must_use]
    pub fn get(&self, subject: Subject) -> Sums {
        self.0.get(&subject).copied().unwrap_or_default()
    }

    /// All that was added, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (Subject, Sums)> {
        self.0.iter().map(|(subject, sums)| (*subject, *sums))
    }

    /// Forgets what was added to these subjects.
    pub fn forget(&mut self, subjects: &[Subject]) {
        self.0.retain(|subject, _| !subjects.contains(subject));
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<(Subject, Sums)> for Tally {
    fn from_iter<I: IntoIterator<Item = (Subject, Sums)>>(sums: I) -> Self {
        let mut tally = Self::default();
        sums.into_iter().for_each(|(subject, sums)| tally.add(subject, sums));
        tally
    }
}
