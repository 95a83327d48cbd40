//! Erasing learners and old decisions: the rows. What files still hold of them then is [`scrub`](super::scrub)'s.

use std::{collections::HashSet, sync::atomic::Ordering};

use super::{
    changes::Changes,
    fault::Fault,
    layout::{self, ERASED_FORMAT, SCRUB_KEY},
    queue::Asked,
    tables::Tables,
    writer::Writer,
};
use crate::{
    event::Timestamp,
    store::{Erased, Erasure, FEW, Key, tombstone::tombstone},
};

/// Decisions forgotten in one step: commits wait for no more than this.
const AT_ONCE: usize = 5_000;

impl Tables {
    /// The keys of rows that begin with this learner's and end with a number.
    fn numbered(&self, table: &fjall::Keyspace, key: &Key) -> Result<Vec<Vec<u8>>, Fault> {
        let _reading = self.reading();
        let range = layout::decision_key(key, 0)..=layout::decision_key(key, u64::MAX);
        table.range(range).map(|row| Ok(row.key()?.to_vec())).collect()
    }
}

impl Writer {
    /// Erases them with one sync; they are told once files hold nothing of them.
    pub(super) fn erase_all(&mut self, asked: Vec<Asked>) -> Result<(), Fault> {
        self.tables.wait_for_room()?;
        // So that nothing of them comes back from what batches left behind. Of others no more than has to go with it.
        let last = self.last_batch_of(asked.iter().map(|asked| &asked.erasure.key));
        self.write_out_to(last)?;
        let tables = std::sync::Arc::clone(&self.tables);
        let (mut changes, mut seen, mut waiting) = (tables.changes(), Seen::default(), Vec::with_capacity(asked.len()));
        for Asked { erasure, answer } in asked {
            let erased = self.rows(&erasure, &mut changes, &mut seen)?;
            if erasure.for_good {
                self.tables.some_erased.store(true, Ordering::Release);
                changes.tombstone(tombstone(self.secret, &erasure.key));
                tables.raise_format(ERASED_FORMAT, &mut changes)?;
            }
            waiting.push((erased, answer));
        }
        if waiting.iter().any(|(erased, _)| *erased != Erased::default()) {
            changes.meta(SCRUB_KEY, &[]);
        }
        self.eraser.announce(waiting.len());
        changes.sync()?;
        self.eraser.take(waiting);
        Ok(())
    }

    fn rows(&mut self, erasure: &Erasure, changes: &mut Changes<'_>, seen: &mut Seen) -> Result<Erased, Fault> {
        let (key, tables) = (&erasure.key, std::sync::Arc::clone(&self.tables));
        let mut erased = Erased::default();
        if !seen.learners.insert(key.clone()) {
            return Ok(erased);
        }
        let row = layout::learner_key(key);
        let heard = tables.heard(&row)?;
        if erasure.unheard_since.is_some_and(|since| heard >= Some(layout::hour(since))) {
            return Ok(erased);
        }
        if tables.version(&row)?.is_some() {
            erased.records = 1;
            changes.no_record(&row);
            changes.heard(&row, heard, None);
        }
        for decision in tables.numbered(&tables.decisions, key)? {
            changes.no_decision(&decision, tables.logged_at(&decision)?);
            erased.decisions += 1;
        }
        for outcome in tables.numbered(&tables.outcomes, key)? {
            changes.no_outcome(&outcome);
            erased.outcomes += 1;
        }
        let lists = match erasure.class {
            Some(class) => vec![layout::attention_key(key, class)],
            None if erasure.for_good => tables.lists_with(key)?,
            None => Vec::new(),
        };
        lists.into_iter().for_each(|row| changes.attention(row, false));
        for item in &erasure.items {
            let of_few = self.sums(key.tenant(), *item)?.is_some_and(|sums| sums.attempts < FEW);
            let row = layout::sums_key(key.tenant(), *item);
            if of_few && seen.sums.insert(row.clone()) {
                changes.no_sums(&row);
                self.forget_sums(key.tenant(), *item);
                erased.statistics += 1;
            }
        }
        self.forget_learner(key);
        Ok(erased)
    }

    /// Forgets the oldest decisions of before this time, and their outcomes.
    pub(super) fn forget_some(&mut self, before: Timestamp) -> Result<u64, Fault> {
        self.tables.wait_for_room()?;
        let (old, mut changes) = (self.tables.logged_before(before, AT_ONCE)?, self.tables.changes());
        for (time, decision) in &old {
            changes.no_decision(decision, Some(*time));
            changes.no_outcome(decision);
        }
        if !old.is_empty() {
            changes.sync()?;
        }
        Ok(old.len() as u64)
    }
}

/// What is erased already by a step: within it the tables do not show that yet.
#[derive(Default)]
struct Seen {
    learners: HashSet<Key>,
    sums: HashSet<Vec<u8>>,
}
