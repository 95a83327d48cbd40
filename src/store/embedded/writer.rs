//! Turns a batch of commits into one atomic write with one sync.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use super::{fault::Fault, layout, tables::Tables};
use crate::{
    statistics::{Subject, Sums},
    store::{Commit, Key, Record},
};

/// Each tenant's sums: other tenants may have items of the same id.
type PerTenant = HashMap<Arc<str>, HashMap<Subject, Sums>>;

/// One tenant's sums.
fn of<'a>(all: &'a mut PerTenant, tenant: &Arc<str>) -> &'a mut HashMap<Subject, Sums> {
    all.entry(Arc::clone(tenant)).or_default()
}

/// Learners whose version is remembered: some ten MiB, and those who are busy at one time.
const REMEMBERED: usize = 65_536;

/// The sole writer of the tables. That is why it may remember what it wrote, instead of reading it again each time
/// (which would cost as much as writing). Whatever fails, it must not be used again.
pub(super) struct Writer {
    tables: Arc<Tables>,
    versions: HashMap<Key, u64>,
    /// The engine holds all sums in memory as well, so these need no bound.
    sums: PerTenant,
}

impl Writer {
    pub(super) fn new(tables: Arc<Tables>) -> Self {
        Self { tables, versions: HashMap::new(), sums: PerTenant::new() }
    }

    /// Makes all of the commits durable, or fails. Of several records of one learner only the newest is written.
    pub(super) fn write(&mut self, commits: Vec<Commit>) -> Result<(), Fault> {
        self.tables.wait_for_room()?;
        let tables = Arc::clone(&self.tables);
        let mut changes = tables.changes();
        let mut newest: HashMap<Key, Record> = HashMap::with_capacity(commits.len());
        let mut added = PerTenant::new();
        // Within a batch the tables know no order: of several changes to a row only the last is made.
        let (mut outcomes, mut lists) = (HashMap::new(), HashMap::new());
        for Commit { key, record, decision, outcome, attention, statistics } in commits {
            self.advance(&key, &record)?;
            if let Some((number, decision)) = decision {
                changes.decision(layout::decision_key(&key, number), decision);
            }
            outcomes.extend(outcome.map(|(number, outcome)| (layout::decision_key(&key, number), outcome)));
            lists.extend(attention.into_iter().map(|(class, listed)| (layout::attention_key(&key, class), listed)));
            if !statistics.is_empty() {
                let added = of(&mut added, &key.tenant);
                for (subject, sums) in statistics {
                    *added.entry(subject).or_default() += sums;
                }
            }
            newest.insert(key, record);
        }
        for (key, record) in &newest {
            changes.record(layout::learner_key(key), layout::record_value(record));
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
        changes.sync()
    }

    fn advance(&mut self, key: &Key, record: &Record) -> Result<(), Fault> {
        if let Some(version) = self.versions.get_mut(key) {
            record.must_follow(*version)?;
            *version = record.version;
            return Ok(());
        }
        if let Some(stored) = self.tables.version(&layout::learner_key(key))? {
            record.must_follow(stored)?;
        }
        if self.versions.len() >= REMEMBERED {
            self.versions.clear();
        }
        self.versions.insert(key.clone(), record.version);
        Ok(())
    }
}
