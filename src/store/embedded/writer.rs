//! Turns a batch of commits into one atomic write with one sync.

use std::{collections::hash_map::Entry, sync::Arc};

use foldhash::{HashMap, HashMapExt as _};

use super::{committer::Write, eraser::Eraser, fault::Fault, layout, queue::Asked, tables::Tables};
use crate::{
    event::Timestamp,
    statistics::{Subject, Sums},
    store::{Commit, Key, Record, Spoken, tombstone::tombstone},
};

/// Each tenant's sums: other tenants may have items of the same id.
type PerTenant = HashMap<Arc<str>, HashMap<Subject, Sums>>;

/// One tenant's sums.
fn of<'a>(all: &'a mut PerTenant, tenant: &Arc<str>) -> &'a mut HashMap<Subject, Sums> {
    all.entry(Arc::clone(tenant)).or_default()
}

/// Learners of whom this much is remembered: some ten MiB, and those who are busy at one time.
const REMEMBERED: usize = 65_536;

/// What is remembered of a learner.
#[derive(Clone, Copy)]
struct Known {
    version: u64,
    /// The hour in which they were last heard of, as the tables have it; `None` where they have none.
    hour: Option<u32>,
}

/// The sole writer of the tables. That is why it may remember what it wrote, instead of reading it again each time
/// (which would cost as much as writing). Whatever fails, it must not be used again.
pub(super) struct Writer {
    pub(super) tables: Arc<Tables>,
    pub(super) secret: [u8; 16],
    pub(super) eraser: Arc<Eraser>,
    known: HashMap<Key, Known>,
    /// The engine holds all sums in memory as well, so these need no bound.
    sums: PerTenant,
}

impl Writer {
    pub(super) fn new(tables: Arc<Tables>, secret: [u8; 16], eraser: Arc<Eraser>) -> Self {
        Self { tables, secret, eraser, known: HashMap::default(), sums: PerTenant::default() }
    }

    /// Takes a record up; returns the hour in which its learner was last heard of as the tables have it, and nothing if they were
    /// erased for good.
    fn advance(&mut self, key: &Key, record: &Record) -> Result<Option<Option<u32>>, Fault> {
        if let Some(known) = self.known.get_mut(key) {
            record.must_follow(known.version)?;
            known.version = record.version;
            return Ok(Some(known.hour));
        }
        let row = layout::learner_key(key);
        let hour = match self.tables.version(&row)? {
            Some(stored) => {
                record.must_follow(stored)?;
                self.tables.heard(&row)?
            }
            None if self.tables.is_erased(|| tombstone(self.secret, key))? => return Ok(None),
            None => None,
        };
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(key.clone(), Known { version: record.version, hour });
        Ok(Some(hour))
    }

    /// Forgets a learner whose rows are gone.
    pub(super) fn forget_learner(&mut self, key: &Key) {
        self.known.remove(key);
    }

    /// What the tables have of one subject, or will have with the batch before.
    pub(super) fn sums(&self, tenant: &Arc<str>, subject: Subject) -> Result<Option<Sums>, Fault> {
        match self.sums.get(tenant).and_then(|sums| sums.get(&subject)) {
            Some(known) => Ok(Some(*known)),
            None => self.tables.sums(&layout::sums_key(tenant, subject)),
        }
    }

    /// Forgets sums whose row is gone.
    pub(super) fn forget_sums(&mut self, tenant: &Arc<str>, subject: Subject) {
        of(&mut self.sums, tenant).remove(&subject);
    }
}

impl Write for Writer {
    /// Makes the commits durable, or fails; returns the places of those whose learners were erased before. Of several records of
    /// one learner only the newest is written.
    fn write(&mut self, commits: Vec<Commit>) -> Result<Vec<u32>, Fault> {
        self.tables.wait_for_room()?;
        let tables = Arc::clone(&self.tables);
        let (mut changes, mut refused) = (tables.changes(), Vec::new());
        let mut newest: HashMap<Key, (Record, Option<u32>, Timestamp)> = HashMap::with_capacity(commits.len());
        let mut added = PerTenant::default();
        // Within a batch the tables know no order: of several changes to a row only the last is made.
        let (mut outcomes, mut lists) = (HashMap::default(), HashMap::default());
        for (place, commit) in (0..).zip(commits) {
            let Commit { key, record, at, decision, outcome, attention, statistics, .. } = commit;
            let Some(heard) = self.advance(&key, &record)? else {
                refused.push(place);
                continue;
            };
            if let Some(Spoken { number, bytes, .. }) = decision {
                changes.decision(layout::decision_key(&key, number), bytes, layout::time(at));
            }
            outcomes.extend(outcome.map(|(number, outcome)| (layout::decision_key(&key, number), outcome)));
            lists.extend(attention.into_iter().map(|(class, listed)| (layout::attention_key(&key, class), listed)));
            if !statistics.is_empty() {
                let added = of(&mut added, &key.tenant);
                for (subject, sums) in statistics {
                    *added.entry(subject).or_default() += sums;
                }
            }
            let at = newest.get(&key).map_or(at, |(.., before)| at.max(*before));
            newest.insert(key, (record, heard, at));
        }
        for (key, (record, before, at)) in newest {
            let (row, hour) = (layout::learner_key(&key), layout::hour(at));
            if before.is_none_or(|before| before < hour) {
                changes.heard(&row, before, Some(hour));
                if let Some(known) = self.known.get_mut(&key) {
                    known.hour = Some(hour);
                }
            }
            changes.record(row, layout::record_value(&record));
        }
        for (key, outcome) in outcomes {
            changes.outcome(key, outcome);
        }
        for (key, listed) in lists {
            changes.attention(key, listed);
        }
        for (tenant, added) in added {
            let known = of(&mut self.sums, &tenant);
            for (subject, sums) in added {
                let key = layout::sums_key(&tenant, subject);
                let total = match known.entry(subject) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(unknown) => unknown.insert(tables.sums(&key)?.unwrap_or_default()),
                };
                *total += sums;
                changes.sums(key, *total);
            }
        }
        changes.sync()?;
        Ok(refused)
    }

    fn erase(&mut self, asked: Vec<Asked>) -> Result<(), Fault> {
        self.erase_all(asked)
    }

    fn forget(&mut self, before: Timestamp) -> Result<u64, Fault> {
        self.forget_some(before)
    }
}
