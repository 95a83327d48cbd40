//! Turns a batch of commits into one atomic write with one sync.

use std::sync::Arc;

use foldhash::HashMap;

use super::{
    behind::{Behind, Row},
    committer::Write,
    eraser::Eraser,
    fault::Fault,
    layout::{self, BEHIND_FORMAT},
    queue::Asked,
    sums::AllSums,
    tables::Tables,
};
use crate::{
    event::Timestamp,
    statistics::{Subject, Sums},
    store::{Commit, Error, Key, Record, Spoken, outcome::Refused, tombstone::tombstone},
};

/// Learners of whom this much is remembered: some fifteen MiB, and those who are busy at one time.
const REMEMBERED: usize = 65_536;

/// Whoever was heard of within so many commits is busy: their records come one soon after the other. As many as batches' rows hold.
const LATELY: u64 = 20_000;

/// What is remembered of a learner, from one batch to the next.
struct Known {
    /// The key of their rows.
    row: Row,
    version: u64,
    /// The hour in which they were last heard of.
    hour: u32,
    /// How many commits there had been, of all learners.
    at: u64,
    /// Where their record stood in the batch that it came in.
    place: usize,
}

/// A learner's newest record in a batch.
struct Pending {
    row: Row,
    record: Record,
    /// The hour in which they were last heard of before the batch, as the tables have it, and the one they are heard of in now.
    before: Option<u32>,
    hour: u32,
    busy: bool,
}

/// The sole writer of rows that learners have. That is why it may remember what it wrote, instead of reading it again each time
/// (which would cost as much as writing). Whatever fails, it must not be used again.
pub(super) struct Writer {
    pub(super) tables: Arc<Tables>,
    pub(super) secret: [u8; 16],
    pub(super) eraser: Arc<Eraser>,
    known: HashMap<Key, Known>,
    /// How many commits there were.
    commits: u64,
    /// Records that have no rows of their own yet.
    behind: Behind,
    sums: AllSums,
}

impl Writer {
    pub(super) fn new(tables: Arc<Tables>, secret: [u8; 16], eraser: Arc<Eraser>) -> Self {
        Self {
            behind: Behind::new(Arc::clone(&tables.newest)),
            tables,
            secret,
            eraser,
            known: HashMap::default(),
            commits: 0,
            sums: AllSums::default(),
        }
    }

    /// Takes up a record of a batch, which began after so many commits, among the newest of its learners; says no where the learner
    /// was erased for good.
    fn take_up(
        &mut self,
        key: &Key,
        (record, at): (Record, Timestamp),
        began: u64,
        newest: &mut Vec<Pending>,
    ) -> Result<bool, Fault> {
        self.commits += 1;
        let hour = layout::hour(at);
        if let Some(known) = self.known.get_mut(key) {
            record.must_follow(known.version)?;
            known.version = record.version;
            let (last, before) = (known.at, Some(known.hour));
            (known.at, known.hour) = (self.commits, known.hour.max(hour));
            match newest.get_mut(known.place).filter(|_| last > began) {
                Some(earlier) => (earlier.record, earlier.hour, earlier.busy) = (record, earlier.hour.max(hour), true),
                None => {
                    known.place = newest.len();
                    let (row, busy) = (known.row.clone(), self.commits - last <= LATELY);
                    newest.push(Pending { row, record, before, hour, busy });
                }
            }
            return Ok(true);
        }
        let row: Row = layout::learner_key(key).into();
        let before = match self.tables.version(&row)? {
            Some(stored) => {
                record.must_follow(stored)?;
                self.tables.heard(&row)?
            }
            None if self.tables.is_erased(|| tombstone(self.secret, key))? => return Ok(false),
            None => None,
        };
        let (version, place) = (record.version, newest.len());
        let known = Known {
            row: row.clone(),
            version,
            hour: before.map_or(hour, |before| before.max(hour)),
            at: self.commits,
            place,
        };
        self.known.insert(key.clone(), known);
        newest.push(Pending { row, record, before, hour, busy: false });
        Ok(true)
    }

    /// Forgets a learner whose rows are gone.
    pub(super) fn forget_learner(&mut self, key: &Key) {
        self.known.remove(key);
    }

    /// What there is of one subject.
    pub(super) fn sums(&self, tenant: &str, subject: Subject) -> Result<Option<Sums>, Fault> {
        match self.sums.get(tenant, subject) {
            Some(known) => Ok(Some(known)),
            None => self.tables.sums(&layout::sums_key(tenant, subject)),
        }
    }

    /// Forgets sums whose row is gone.
    pub(super) fn forget_sums(&mut self, tenant: &str, subject: Subject) {
        self.sums.forget(tenant, subject);
    }

    /// Writes the sums that batches added to, and the records that have no rows of their own, of batches up to this one.
    pub(super) fn write_out_to(&mut self, last: Option<u64>) -> Result<(), Fault> {
        if self.sums.are_written() && (last.is_none() || self.behind.is_empty()) {
            return Ok(());
        }
        self.tables.wait_for_room()?;
        let tables = Arc::clone(&self.tables);
        let mut changes = tables.changes();
        self.sums.catch_up(&mut changes);
        let written = self.behind.write_out(last, &mut changes);
        changes.sync()?;
        self.behind.settle(written);
        Ok(())
    }

    /// The last of the batches in whose rows anything stands of these learners.
    pub(super) fn last_batch_of<'a>(&self, learners: impl Iterator<Item = &'a Key>) -> Option<u64> {
        learners.filter_map(|key| self.behind.holds(&layout::learner_key(key))).max()
    }
}

impl Write for Writer {
    /// Makes the commits durable, or fails; returns those whose learners were erased before. Of several records of
    /// one learner only the newest is written.
    fn write(&mut self, commits: Vec<Commit>) -> Result<Refused, Fault> {
        self.tables.wait_for_room()?;
        let tables = Arc::clone(&self.tables);
        let (mut changes, mut refused) = (tables.changes(), Refused::new());
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        let (began, mut newest) = (self.commits, Vec::with_capacity(commits.len()));
        // Within a batch the tables know no order: of several changes to a row only the last is made.
        let (mut outcomes, mut lists) = (HashMap::default(), HashMap::default());
        for (place, commit) in (0..).zip(commits) {
            let Commit { key, record, at, decision, outcome, attention, statistics, .. } = commit;
            if !self.take_up(&key, (record, at), began, &mut newest)? {
                refused.push((place, Error::Erased));
                continue;
            }
            if let Some(Spoken { number, bytes, .. }) = decision {
                changes.decision(layout::decision_key(&key, number), bytes, layout::time(at));
            }
            outcomes.extend(outcome.map(|(number, outcome)| (layout::decision_key(&key, number), outcome)));
            lists.extend(attention.into_iter().map(|(class, listed)| (layout::attention_key(&key, class), listed)));
            self.sums.add(key.tenant(), statistics);
        }
        let mut records = Vec::with_capacity(newest.len());
        for Pending { row, record, before, hour, busy } in newest {
            if before < Some(hour) {
                changes.heard(&row, before, Some(hour));
            }
            if busy || self.behind.holds(&row).is_some() {
                records.push((row, record));
            } else {
                changes.record(row.to_vec(), layout::record_value(&record));
            }
        }
        for (key, outcome) in outcomes {
            changes.outcome(key, outcome);
        }
        for (key, listed) in lists {
            changes.attention(key, listed);
        }
        self.sums.write(&tables, &mut changes)?;
        if records.is_empty() {
            changes.sync()?;
            return Ok(refused);
        }
        if self.behind.is_empty() {
            self.tables.raise_format(BEHIND_FORMAT, &mut changes)?;
        }
        let written = self.behind.write(records, &mut changes);
        changes.sync()?;
        self.behind.settle(written);
        Ok(refused)
    }

    fn erase(&mut self, asked: Vec<Asked>) -> Result<(), Fault> {
        self.erase_all(asked)
    }

    fn forget(&mut self, before: Timestamp) -> Result<u64, Fault> {
        self.forget_some(before)
    }

    fn write_out(&mut self) -> Result<(), Fault> {
        self.write_out_to(Some(u64::MAX))
    }

    fn tidy(&mut self) {
        self.tables.tidy();
    }
}
