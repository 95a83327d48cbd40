//! Changes to the tables that are made together or not at all.

use fjall::{OwnedWriteBatch, PersistMode};

use super::{
    fault::Fault,
    layout::{self, NO_KEY},
    tables::Tables,
};
use crate::statistics::Sums;

/// Some of them.
pub(super) struct Changes<'a> {
    tables: &'a Tables,
    batch: OwnedWriteBatch,
}

impl<'a> Changes<'a> {
    pub(super) fn new(tables: &'a Tables) -> Self {
        Self { tables, batch: tables.database.batch() }
    }

    pub(super) fn record(&mut self, key: Vec<u8>, value: Vec<u8>) {
        self.batch.insert(&self.tables.learners, key, value);
    }

    pub(super) fn no_record(&mut self, key: &[u8]) {
        self.batch.remove(&self.tables.learners, key);
    }

    /// Records in one row, which the learners' own may not have yet.
    pub(super) fn batch(&mut self, number: u64, records: Vec<u8>) {
        self.batch.insert(&self.tables.batches, number.to_be_bytes(), records);
    }

    /// The learners' own rows have them.
    pub(super) fn no_batch(&mut self, number: &[u8]) {
        self.batch.remove(&self.tables.batches, number);
    }

    /// A decision, logged at this time.
    pub(super) fn decision(&mut self, key: Vec<u8>, value: Vec<u8>, time: [u8; 8]) {
        self.logged(&key, time);
        self.batch.insert(&self.tables.decisions, key, value);
    }

    /// A decision was logged at this time.
    pub(super) fn logged(&mut self, decision: &[u8], time: [u8; 8]) {
        self.batch.insert(&self.tables.times, layout::logged_key(decision), time);
        self.batch.insert(&self.tables.times, layout::by_time_key(time, decision), []);
    }

    pub(super) fn no_decision(&mut self, key: &[u8], time: Option<[u8; 8]>) {
        self.batch.remove(&self.tables.decisions, key);
        if let Some(time) = time {
            self.batch.remove(&self.tables.times, layout::logged_key(key));
            self.batch.remove(&self.tables.times, layout::by_time_key(time, key));
        }
    }

    pub(super) fn outcome(&mut self, key: Vec<u8>, value: u8) {
        self.batch.insert(&self.tables.outcomes, key, [value]);
    }

    pub(super) fn no_outcome(&mut self, key: &[u8]) {
        self.batch.remove(&self.tables.outcomes, key);
    }

    pub(super) fn attention(&mut self, key: Vec<u8>, listed: bool) {
        if listed {
            self.batch.insert(&self.tables.attention, key, []);
        } else {
            self.batch.remove(&self.tables.attention, key);
        }
    }

    pub(super) fn sums(&mut self, key: Vec<u8>, sums: Sums) {
        self.batch.insert(&self.tables.statistics, key, sums.to_bytes());
    }

    /// What a batch adds to sums that are written later.
    pub(super) fn added(&mut self, number: u64, deltas: Vec<u8>) {
        self.batch.insert(&self.tables.statistics, layout::added_key(number), deltas);
    }

    /// The sums have it.
    pub(super) fn no_added(&mut self, number: u64) {
        self.batch.remove(&self.tables.statistics, layout::added_key(number));
    }

    pub(super) fn no_sums(&mut self, key: &[u8]) {
        self.batch.remove(&self.tables.statistics, key);
    }

    /// A learner was heard of in this hour, and before in that.
    pub(super) fn heard(&mut self, learner: &[u8], before: Option<u32>, now: Option<u32>) {
        let times = &self.tables.times;
        if let Some(before) = before {
            self.batch.remove(times, layout::by_hour_key(before, learner));
        }
        match now {
            Some(now) => {
                self.batch.insert(times, layout::heard_key(learner), now.to_be_bytes());
                self.batch.insert(times, layout::by_hour_key(now, learner), []);
            }
            None => self.batch.remove(times, layout::heard_key(learner)),
        }
    }

    pub(super) fn tombstone(&mut self, hash: Vec<u8>) {
        self.batch.insert(&self.tables.erased, hash, []);
    }

    pub(super) fn meta(&mut self, key: &str, value: &[u8]) {
        self.batch.insert(&self.tables.meta, key, value);
    }

    pub(super) fn no_meta(&mut self, key: &str) {
        self.batch.remove(&self.tables.meta, key);
    }

    pub(super) fn filler(&mut self, bytes: Vec<u8>) {
        self.batch.insert(&self.tables.filler, "filler", bytes);
    }

    /// Something to write for every table, and for what was written to fill a journal.
    pub(super) fn nothing(&mut self) {
        for table in self.tables.of_learners().into_iter().chain([&self.tables.erased, &self.tables.meta]) {
            self.batch.remove(table, NO_KEY);
        }
        self.batch.remove(&self.tables.filler, "filler");
    }

    /// Makes them durable. Reads see nothing of them before.
    ///
    /// `fdatasync` is enough: it covers the journal's length and blocks, and all it leaves out is the time of the change.
    pub(super) fn sync(self) -> Result<(), Fault> {
        Ok(self.batch.durability(Some(PersistMode::SyncData)).commit()?)
    }
}
