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

/// Learners whose version is remembered: some ten MiB, and those who are busy at one time.
const REMEMBERED: usize = 65_536;

/// The sole writer of the tables. That is why it may remember what it wrote, instead of reading it again each time
/// (which would cost as much as writing). Whatever fails, it must not be used again.
pub(super) struct Writer {
    tables: Arc<Tables>,
    versions: HashMap<Key, u64>,
    sums: HashMap<Subject, Sums>,
}

impl Writer {
    pub(super) fn new(tables: Arc<Tables>) -> Self {
        Self { tables, versions: HashMap::new(), sums: HashMap::new() }
    }

    /// Makes all of the commits durable, or fails. Of several records of one learner only the newest is written.
    pub(super) fn write(&mut self, commits: Vec<Commit>) -> Result<(), Fault> {
        self.tables.wait_for_room()?;
        let tables = Arc::clone(&self.tables);
        let mut changes = tables.changes();
        let mut newest: HashMap<Key, Record> = HashMap::with_capacity(commits.len());
        let mut added: HashMap<Subject, Sums> = HashMap::new();
        // Within a batch the tables know no order: of several changes to a row only the last is made.
        let (mut outcomes, mut lists) = (HashMap::new(), HashMap::new());
        for Commit { key, record, decision, outcome, attention, statistics } in commits {
            self.advance(&key, &record)?;
            if let Some((number, decision)) = decision {
                changes.decision(layout::decision_key(&key, number), decision);
            }
            outcomes.extend(outcome.map(|(number, outcome)| (layout::decision_key(&key, number), outcome)));
            lists.extend(attention.into_iter().map(|(class, listed)| (layout::attention_key(&key, class), listed)));
            for (subject, sums) in statistics {
                *added.entry(subject).or_default() += sums;
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
        for (subject, sums) in added {
            changes.sums(subject, self.total(subject, sums)?);
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

    /// The engine holds all sums in memory as well, so these need no bound.
    fn total(&mut self, subject: Subject, added: Sums) -> Result<Sums, Fault> {
        let total = match self.sums.entry(subject) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(self.tables.sums(subject)?.unwrap_or_default()),
        };
        *total += added;
        Ok(*total)
    }
}
