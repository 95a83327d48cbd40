//! A store that forgets: for tests, benchmarks and a first look.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use arrayvec::ArrayVec;
use foldhash::{HashMap, HashSet};

use super::{
    Commit, Erased, Erasure, Error, FEW, Key, Meter, Past, Pending, Receipt, Record, Store, deltas::OfTenants,
};
use crate::{
    event::Timestamp,
    statistics::{Subject, Sums},
};

/// Keeps everything in this process, and so keeps nothing. Receipts are settled when they are handed out.
#[derive(Debug, Default)]
pub struct Memory {
    kept: Mutex<All>,
    meter: Arc<Meter>,
}

/// Of one learner.
#[derive(Debug, Default)]
struct Kept {
    record: Option<Record>,
    heard: Timestamp,
    /// By number, with when they were committed.
    decisions: BTreeMap<u64, (Timestamp, Vec<u8>)>,
    outcomes: BTreeMap<u64, u8>,
}

#[derive(Debug, Default)]
struct All {
    learners: HashMap<Key, Kept>,
    /// Those who were erased for good. Nothing of them outlives the process, so they may stand here by name.
    erased: HashSet<Key>,
    /// Tenant, class, learner.
    attention: BTreeSet<(Arc<str>, u64, Arc<str>)>,
    statistics: OfTenants,
    refusal: Option<Error>,
}

impl Memory {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn kept(&self) -> MutexGuard<'_, All> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl All {
    fn apply(&mut self, commit: Commit) -> Result<(), Error> {
        if let Some(refusal) = &self.refusal {
            return Err(refusal.clone());
        }
        let Commit { key, record, at, decision, outcome, attention, statistics, .. } = commit;
        if self.erased.contains(&key) {
            return Err(Error::Erased);
        }
        let row = |class| (key.tenant().into(), class, key.learner().into());
        let rows: ArrayVec<_, 2> = attention.into_iter().map(|(class, listed)| (row(class), listed)).collect();
        let kept = self.learners.entry(key.clone()).or_default();
        if let Some(stored) = &kept.record
            && let Err(backwards) = record.must_follow(stored.version)
        {
            return Err(self.refusal.insert(Error::Poisoned(backwards.to_string().into())).clone());
        }
        for (row, listed) in rows {
            if listed {
                self.attention.insert(row);
            } else {
                self.attention.remove(&row);
            }
        }
        self.statistics.add(key.tenant(), statistics);
        kept.decisions.extend(decision.map(|spoken| (spoken.number, (at, spoken.bytes))));
        kept.outcomes.extend(outcome);
        kept.record = Some(record);
        kept.heard = kept.heard.max(at);
        Ok(())
    }

    fn erase(&mut self, erasure: Erasure) -> Erased {
        let Erasure { key, class, items, for_good, unheard_since } = erasure;
        let heard = self.learners.get(&key).map(|kept| kept.heard);
        if unheard_since.is_some_and(|since| heard >= Some(since)) {
            return Erased::default();
        }
        let kept = self.learners.remove(&key).unwrap_or_default();
        let mut erased = Erased {
            records: kept.record.is_some().into(),
            decisions: kept.decisions.len() as u64,
            outcomes: kept.outcomes.len() as u64,
            statistics: 0,
        };
        if class.is_some() || for_good {
            self.attention.retain(|(tenant, of, learner)| {
                (&**tenant, &**learner) != (key.tenant(), key.learner()) || class.is_some_and(|class| class != *of)
            });
        }
        for item in items {
            if self.statistics.get(key.tenant(), item).is_some_and(|sums| sums.attempts < FEW) {
                self.statistics.remove(key.tenant(), item);
                erased.statistics += 1;
            }
        }
        if for_good {
            self.erased.insert(key);
        }
        erased
    }
}

impl Store for Memory {
    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>> {
        Box::pin(async {
            let all = self.kept();
            if all.erased.contains(key) {
                return Err(Error::Erased);
            }
            Ok(all.learners.get(key).and_then(|kept| kept.record.clone()))
        })
    }

    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            let all = self.kept();
            Ok(all.learners.get(key).and_then(|kept| kept.decisions.get(&number)).map(|(_, bytes)| bytes.clone()))
        })
    }

    fn decisions<'a>(&'a self, key: &'a Key, after: u64, limit: usize) -> Pending<'a, Vec<Past>> {
        Box::pin(async move {
            let all = self.kept();
            let Some(kept) = all.learners.get(key) else { return Ok(Vec::new()) };
            let past = |(number, (_, bytes)): (&u64, &(Timestamp, Vec<u8>))| Past {
                number: *number,
                bytes: bytes.clone(),
                outcome: kept.outcomes.get(number).copied(),
            };
            Ok(kept.decisions.range((Bound::Excluded(after), Bound::Unbounded)).take(limit).map(past).collect())
        })
    }

    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>> {
        Box::pin(async move { Ok(self.kept().learners.get(key).and_then(|kept| kept.outcomes.get(&number)).copied()) })
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
        Box::pin(async { Ok(self.kept().statistics.listed()) })
    }

    fn commit(&self, commit: Commit) -> Receipt {
        Receipt::settled(self.kept().apply(commit))
    }

    fn erase<'a>(&'a self, erasure: Erasure) -> Pending<'a, Erased> {
        let erased = self.kept().erase(erasure);
        Box::pin(async move { Ok(erased) })
    }

    fn forget_decisions(&self, before: Timestamp) -> Pending<'_, u64> {
        Box::pin(async move {
            let mut forgotten = 0;
            for kept in self.kept().learners.values_mut() {
                let Kept { decisions, outcomes, .. } = kept;
                decisions.retain(|number, (at, _)| {
                    let stays = *at >= before;
                    if !stays {
                        outcomes.remove(number);
                        forgotten += 1;
                    }
                    stays
                });
            }
            Ok(forgotten)
        })
    }

    fn unheard(&self, before: Timestamp, limit: usize) -> Pending<'_, Vec<Key>> {
        Box::pin(async move {
            let all = self.kept();
            let unheard = all.learners.iter().filter(|(_, kept)| kept.heard < before);
            Ok(unheard.take(limit).map(|(key, _)| key.clone()).collect())
        })
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
