//! Item statistics as decisions see them: an immutable snapshot, renewed at intervals.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::{ArcSwap, Guard};

use super::{
    notes::{Bearer, Notes},
    turn::Added,
};
use crate::{
    statistics::{Snapshot, Subject, Sums, Tally},
    store::{FEW, Receipt},
    stripes::Stripes,
};

/// Whether item statistics are learnt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Statistics {
    /// Opportunities are counted, and the snapshot is renewed at intervals.
    #[default]
    Learn,
    /// The snapshot stays as it was at the start, and nothing is counted: the same events give the same decisions.
    Frozen,
}

/// How a snapshot comes to know more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renewal {
    /// Never.
    Never,
    /// By what is counted here.
    Counted,
    /// From a store that others add to as well.
    Shared,
}

/// The snapshot in use, and what has come in since.
#[derive(Debug)]
pub(super) struct Live {
    renewal: Renewal,
    snapshot: ArcSwap<Snapshot>,
    /// Each counted by a few threads.
    tallies: Stripes<Mutex<Tally>>,
    notes: Notes,
    /// Held by whoever changes the snapshot, or looks at all there is, so that what is forgotten meanwhile does not come back.
    changing: Mutex<()>,
}

/// What is to be stored with an event, and the notes' bearer, where any go with it.
pub(super) struct Counted {
    pub added: Added,
    pub bearer: Option<Bearer>,
}

impl Live {
    pub fn new(renewal: Renewal, snapshot: Snapshot) -> Self {
        let (tallies, notes, changing) = (Stripes::default(), Notes::default(), Mutex::default());
        Self { renewal, snapshot: ArcSwap::from_pointee(snapshot), tallies, notes, changing }
    }

    /// The snapshot in use, without a share in it: all processors would change one counter.
    pub fn snapshot(&self) -> Guard<Arc<Snapshot>> {
        self.snapshot.load()
    }

    /// Takes what no event added: it is seen from here on, and stored with the next event. Until then only this process knows.
    pub fn note(&self, subject: Subject, sums: Sums) {
        let _changing = lock(&self.changing);
        self.snapshot.store(Arc::new(self.snapshot.load().with([(subject, sums)].into_iter().collect())));
        self.notes.add(subject, sums);
    }

    /// Counts what an event added; what is to be stored comes back, and [`Live::sent`] is to be told with what it went.
    pub fn count(&self, added: Added) -> Counted {
        let mut added = self.tally(added);
        let bearer = if self.renewal == Renewal::Never { None } else { self.notes.go_with(&mut added) };
        Counted { added, bearer }
    }

    /// What was counted is on its way to the disk.
    pub fn sent(&self, bearer: Option<Bearer>, receipt: &Receipt) {
        if let Some(bearer) = bearer {
            self.notes.went_with(bearer, receipt);
        }
    }

    fn tally(&self, added: Added) -> Added {
        match self.renewal {
            Renewal::Never => return Added::new(),
            Renewal::Shared => return added,
            Renewal::Counted if added.is_empty() => return added,
            Renewal::Counted => {}
        }
        let mut tally = lock(self.tallies.mine());
        for (subject, sums) in &added {
            tally.add(*subject, *sums);
        }
        added
    }

    /// The subjects of a kind that so few met that their sums tell of each.
    pub fn of_few(&self, is_one: impl Fn(Subject) -> bool) -> Vec<Subject> {
        let _changing = lock(&self.changing);
        let snapshot = self.snapshot.load();
        let mut counted = Tally::default();
        self.tallies.all().for_each(|tally| counted.absorb(lock(tally).clone()));
        let mut items: Vec<Subject> = snapshot
            .iter()
            .chain(counted.iter())
            .filter(|(subject, sums)| {
                let few = snapshot.get(*subject).attempts < FEW && sums.attempts < FEW;
                few && is_one(*subject)
            })
            .map(|(subject, _)| subject)
            .collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// Forgets what is known of items, where that is still of so few.
    pub fn forget(&self, items: &[Subject]) {
        if items.is_empty() {
            return;
        }
        let _changing = lock(&self.changing);
        let known = self.snapshot.load();
        let counted = |item: Subject| self.tallies.all().map(|tally| lock(tally).get(item).attempts).sum::<u64>();
        let of_few = |item: &&Subject| known.get(**item).attempts + counted(**item) < FEW;
        let gone: Vec<Subject> = items.iter().filter(of_few).copied().collect();
        self.tallies.all().for_each(|tally| lock(tally).forget(&gone));
        self.snapshot.store(Arc::new(known.without(&gone)));
    }

    /// Takes sums as they are in the store into a new snapshot.
    pub fn take(&self, stored: Vec<(Subject, Sums)>) {
        let _changing = lock(&self.changing);
        self.snapshot.store(Arc::new(self.snapshot.load().replacing(stored)));
    }

    /// Takes what has come in into a new snapshot.
    pub fn renew(&self) {
        let _changing = lock(&self.changing);
        let mut counted = Tally::default();
        self.tallies.all().for_each(|tally| counted.absorb(std::mem::take(&mut lock(tally))));
        if !counted.is_empty() {
            self.snapshot.store(Arc::new(self.snapshot.load().with(counted)));
        }
    }
}

/// What is held is whole between any two changes, so a panic elsewhere leaves nothing broken.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::statistics::Met;

    /// So many attempts at an item by each of two threads, whose tallies are apart.
    fn met(live: &Live, item: Subject, each: usize) {
        for _ in 0..2 {
            thread::scope(|threads| {
                threads.spawn(|| {
                    let one = Sums::one(true, None, Met { usual: 0.5, ability: 0.0, standing: 0.0 });
                    (0..each).for_each(|_| _ = live.count(vec![(item, one)]));
                });
            });
        }
    }

    #[test]
    fn what_several_threads_counted_is_seen_and_forgotten_as_one() {
        let live = Live::new(Renewal::Counted, Snapshot::default());
        let [few, many] = [Subject::Item(1), Subject::Item(2)];
        met(&live, few, 2);
        met(&live, many, 3);
        assert_eq!(live.of_few(|_| true), [few]);
        live.forget(&[few, many]);
        live.renew();
        let attempts = |item| live.snapshot().get(item).attempts;
        assert_eq!((attempts(few), attempts(many)), (0, 6));
        live.renew();
        assert_eq!((attempts(few), attempts(many)), (0, 6), "what was taken up is taken up once");
    }
}
