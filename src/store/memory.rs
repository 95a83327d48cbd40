//! A store that forgets: for tests, benchmarks and a first look.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{Commit, Error, Key, Meter, Pending, Receipt, Record, Store};
use crate::statistics::{Subject, Sums};

/// Keeps everything in this process, and so keeps nothing. Receipts are settled when they are handed out.
#[derive(Debug)]
pub struct Memory {
    kept: Mutex<Kept>,
    /// One receipt serves all commits that went well.
    done: Receipt,
    meter: Arc<Meter>,
}

#[derive(Debug, Default)]
struct Kept {
    learners: HashMap<Key, Record>,
    decisions: HashMap<(Key, u64), Vec<u8>>,
    outcomes: HashMap<(Key, u64), u8>,
    /// Tenant, class, learner.
    attention: BTreeSet<(Arc<str>, u64, Arc<str>)>,
    statistics: HashMap<Arc<str>, HashMap<Subject, Sums>>,
    refusal: Option<Error>,
}

impl Memory {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self { kept: Mutex::default(), done: Receipt::settled(Ok(())), meter: Arc::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}

impl Kept {
    fn apply(&mut self, commit: Commit) -> Result<(), Error> {
        if let Some(refusal) = &self.refusal {
            return Err(refusal.clone());
        }
        let Commit { key, record, decision, outcome, attention, statistics } = commit;
        if let Some(stored) = self.learners.get(&key)
            && let Err(backwards) = record.must_follow(stored.version)
        {
            return Err(self.refusal.insert(Error::Poisoned(backwards.to_string().into())).clone());
        }
        if let Some((number, decision)) = decision {
            self.decisions.insert((key.clone(), number), decision);
        }
        if let Some((number, outcome)) = outcome {
            self.outcomes.insert((key.clone(), number), outcome);
        }
        for (class, listed) in attention {
            let row = (Arc::clone(&key.tenant), class, Arc::clone(&key.learner));
            if listed {
                self.attention.insert(row);
            } else {
                self.attention.remove(&row);
            }
        }
        let of_tenant = self.statistics.entry(Arc::clone(&key.tenant)).or_default();
        for (subject, sums) in statistics {
            *of_tenant.entry(subject).or_default() += sums;
        }
        self.learners.insert(key, record);
        Ok(())
    }
}

impl Store for Memory {
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>> {
        Box::pin(async { Ok(self.kept().learners.get(key).cloned()) })
    }

    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>> {
        Box::pin(async move { Ok(self.kept().decisions.get(&(key.clone(), number)).cloned()) })
    }

    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>> {
        Box::pin(async move { Ok(self.kept().outcomes.get(&(key.clone(), number)).copied()) })
    }

    fn attention<'a>(
        &'a self,
        tenant: &'a str,
        class: u64,
        after: &'a str,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<str>>> {
        Box::pin(async move {
            let from = (Arc::from(tenant), class, Arc::from(after));
            let kept = self.kept();
            let rows = kept.attention.range((Bound::Excluded(from), Bound::Unbounded));
            let of_class = rows.take_while(|(other, list, _)| &**other == tenant && *list == class);
            Ok(of_class.take(limit).map(|(.., learner)| Arc::clone(learner)).collect())
        })
    }

    fn statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>> {
        Box::pin(async {
            let kept = self.kept();
            let mut rows = Vec::new();
            for (tenant, sums) in &kept.statistics {
                rows.extend(sums.iter().map(|(subject, sums)| (Arc::clone(tenant), *subject, *sums)));
            }
            Ok(rows)
        })
    }

    fn commit(&self, commit: Commit) -> Receipt {
        match self.kept().apply(commit) {
            Ok(()) => self.done.clone(),
            Err(error) => Receipt::settled(Err(error)),
        }
    }

    /// A constant: nothing hashed with it outlives the process, and two runs over the same log stay comparable.
    fn secret(&self) -> [u8; 16] {
        *b"kept in no store"
    }

    fn healthy(&self) -> bool {
        self.kept().refusal.is_none()
    }

    fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    fn close(&self) -> Pending<'_, ()> {
        Box::pin(async {
            match self.kept().refusal.get_or_insert(Error::Closed) {
                Error::Closed => Ok(()),
                failed => Err(failed.clone()),
            }
        })
    }
}
