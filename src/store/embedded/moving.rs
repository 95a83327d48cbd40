//! The embedded store, taken out learner by learner.

use std::{collections::HashMap, ops::Bound};

use super::{Embedded, fault::Fault, layout, tables::Tables};
use crate::{
    event::Timestamp,
    store::{Kept, Key, Moving, Pending, Published, Record, Whole},
};

impl Moving for Embedded {
    fn learners<'a>(&'a self, after: Option<&'a Key>, limit: usize) -> Pending<'a, Vec<Whole>> {
        let after = after.map(layout::learner_key);
        Box::pin(async move {
            // What stands in batches' rows is not gone through. A store that is closed has written all there was.
            if self.committer.accepting() {
                self.answer(self.committer.queue().write_out()).await?;
            } else {
                self.committer.stop().await?;
            }
            self.read(move |tables| page(tables, after, limit)).await
        })
    }

    fn lists(&self) -> Pending<'_, HashMap<Key, Vec<u64>>> {
        self.read(lists)
    }

    fn tombstones(&self) -> Pending<'_, Vec<[u8; 16]>> {
        self.read(|tables| {
            let _reading = tables.reading();
            let hash = |row: fjall::Guard| row.key()?.as_ref().try_into().map_err(|_| Fault::Unreadable("a tombstone"));
            tables.erased.iter().map(hash).collect()
        })
    }

    /// Who keeps policies in files publishes none.
    fn policies(&self) -> Pending<'_, Vec<Published>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn about(&self) -> Pending<'_, u64> {
        self.read(|tables| Ok(tables.learners.approximate_len() as u64))
    }
}

/// Keys of all tables begin with the learner's and lie in one order, so that a page of learners is a stretch of each table.
fn page(tables: &Tables, after: Option<Vec<u8>>, limit: usize) -> Result<Vec<Whole>, Fault> {
    let _reading = tables.reading();
    let from = after.map_or(Bound::Unbounded, Bound::Excluded);
    let mut learners = Vec::with_capacity(limit);
    for row in tables.learners.range((from, Bound::<Vec<u8>>::Unbounded)).take(limit) {
        let (key, value) = row.into_inner()?;
        let (version, bytes) = layout::split_record(&value)?;
        let record = Record { version, bytes: bytes.to_vec() };
        let heard_at = tables.heard(&key)?.map(|hour| Timestamp::from_millis(i64::from(hour) * 3_600_000));
        let learner = layout::split_learner(&key).ok_or(Fault::Unreadable("a learner's key"))?;
        let whole = Whole { key: learner, record, heard_at, decisions: Vec::new(), classes: Vec::new() };
        learners.push((key, whole));
    }
    let (Some((first, _)), Some((last, _))) = (learners.first(), learners.last()) else { return Ok(Vec::new()) };
    let stretch = first.to_vec()..=[last, &u64::MAX.to_be_bytes()[..]].concat();
    let mut outcomes = HashMap::new();
    for row in tables.outcomes.range(stretch.clone()) {
        let (key, value) = row.into_inner()?;
        outcomes.extend(value.first().map(|outcome| (key, *outcome)));
    }
    let mut decisions: HashMap<Vec<u8>, Vec<Kept>> = HashMap::new();
    for row in tables.decisions.range(stretch) {
        let (key, bytes) = row.into_inner()?;
        let (learner, number) = key.split_last_chunk().ok_or(Fault::Unreadable("a decision's key"))?;
        let outcome = outcomes.get(&key).copied();
        let at = tables.logged_at(&key)?.map(|time| Timestamp::from_millis(u64::from_be_bytes(time) as i64));
        let kept = Kept { number: u64::from_be_bytes(*number), at, bytes: bytes.to_vec(), outcome };
        decisions.entry(learner.to_vec()).or_default().push(kept);
    }
    let finished = learners.into_iter().map(|(key, mut whole)| {
        whole.decisions = decisions.remove(key.as_ref()).unwrap_or_default();
        whole
    });
    Ok(finished.collect())
}

/// Rows of lists are by class: a learner's are found by going through all of them.
fn lists(tables: &Tables) -> Result<HashMap<Key, Vec<u64>>, Fault> {
    let _reading = tables.reading();
    let mut lists: HashMap<Key, Vec<u64>> = HashMap::new();
    for row in tables.attention.iter() {
        let (key, class) = listed(&row.key()?).ok_or(Fault::Unreadable("a row of attention"))?;
        lists.entry(key).or_default().push(class);
    }
    Ok(lists)
}

/// Learner and class of what [`layout::attention_key`] wrote.
fn listed(row: &[u8]) -> Option<(Key, u64)> {
    let (length, rest) = row.split_first_chunk()?;
    let (tenant, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    let (class, learner) = rest.split_first_chunk()?;
    let text = |bytes| std::str::from_utf8(bytes).ok();
    Some((Key::new(text(tenant)?, text(learner)?), u64::from_be_bytes(*class)))
}
