//! Records that are on disk in a row of their batch, and not yet in rows of their own.
//!
//! A row costs a search where it is put and a merge later, and a busy learner's would be replaced within seconds. So what a batch
//! has of busy learners is written as one row; a learner's own row is written when the oldest of those rows makes room, if by then nothing
//! newer is known of them. Each batch makes room for itself, so that none has to make room for many.

use std::{
    borrow::Borrow,
    collections::VecDeque,
    hash::{Hash, Hasher},
    ops::Deref,
    sync::{Arc, PoisonError, RwLock},
};

use foldhash::HashMap;

use super::{changes::Changes, fault::Fault, layout};
use crate::store::Record;

/// So many bytes of records may stand in batches' rows, and in memory for them: a start has to read them back.
const MOST: usize = 16 * 1024 * 1024;

const BATCH: Fault = Fault::Unreadable("a batch of records");

/// The key of a learner's row, shared by all who remember it.
#[derive(Clone, Debug, Eq)]
pub(super) struct Row(Arc<[u8]>);

impl PartialEq for Row {
    /// Most often it is the very same, which is told without a look at bytes that nobody has read lately.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Hash for Row {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.hash(hasher);
    }
}

impl From<Vec<u8>> for Row {
    fn from(key: Vec<u8>) -> Self {
        Self(key.into())
    }
}

impl Deref for Row {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Borrow<[u8]> for Row {
    fn borrow(&self) -> &[u8] {
        self
    }
}

/// The newest of each learner, for whoever reads, with the number of the batch.
#[derive(Debug, Default)]
pub(super) struct Newest(RwLock<HashMap<Row, (u64, Record)>>);

impl Newest {
    /// What is done with a learner's record, if it is not in a row of its own.
    pub(super) fn with<T>(&self, key: &[u8], look: impl FnOnce(&Record) -> T) -> Option<T> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(key).map(|(_, record)| look(record))
    }
}

/// The batches that have a row, oldest first.
#[derive(Debug, Default)]
pub(super) struct Behind {
    newest: Arc<Newest>,
    batches: VecDeque<Batch>,
    next: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Batch {
    number: u64,
    bytes: usize,
    learners: Vec<Row>,
}

/// What becomes of it all once it is on disk.
#[must_use]
pub(super) struct Written {
    number: u64,
    new: Vec<(Row, Record)>,
    out: Vec<Batch>,
}

impl Behind {
    pub(super) fn new(newest: Arc<Newest>) -> Self {
        Self { newest, ..Self::default() }
    }

    /// Whether every record has a row of its own.
    pub(super) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// The batch in whose row a learner's newest record stands. If there is one, the next record has to stand in a batch's row as
    /// well, or this one would be read for it; if there is none, no batch's row has anything of the learner.
    pub(super) fn holds(&self, key: &[u8]) -> Option<u64> {
        self.newest.0.read().unwrap_or_else(PoisonError::into_inner).get(key).map(|(number, _)| *number)
    }

    /// Writes a batch's records as one row, and makes room for it.
    pub(super) fn write(&mut self, new: Vec<(Row, Record)>, changes: &mut Changes<'_>) -> Written {
        // As they are in memory, which has to have room for them too.
        let bytes = new.iter().map(|(key, record)| key.len() + record.bytes.capacity()).sum::<usize>();
        let (number, mut out) = (self.next, Vec::new());
        while self.bytes + bytes > MOST {
            let Some(oldest) = self.batches.pop_front() else { break };
            self.make_room(oldest, changes, &mut out);
        }
        let learners = new.iter().map(|(key, _)| key.clone()).collect();
        self.bytes += bytes;
        self.batches.push_back(Batch { number, bytes, learners });
        changes.batch(number, encode(&new));
        self.next += 1;
        Written { number, new, out }
    }

    /// Writes rows for all that stands in batches up to this number.
    pub(super) fn write_out(&mut self, last: Option<u64>, changes: &mut Changes<'_>) -> Written {
        let mut out = Vec::new();
        while self.batches.front().is_some_and(|oldest| Some(oldest.number) <= last)
            && let Some(oldest) = self.batches.pop_front()
        {
            self.make_room(oldest, changes, &mut out);
        }
        Written { number: self.next, new: Vec::new(), out }
    }

    fn make_room(&mut self, oldest: Batch, changes: &mut Changes<'_>, out: &mut Vec<Batch>) {
        let newest = self.newest.0.read().unwrap_or_else(PoisonError::into_inner);
        for key in &oldest.learners {
            if let Some((number, record)) = newest.get(key)
                && *number == oldest.number
            {
                changes.record(key.to_vec(), layout::record_value(record));
            }
        }
        changes.no_batch(&oldest.number.to_be_bytes());
        self.bytes -= oldest.bytes;
        out.push(oldest);
    }

    /// It is on disk: from now on it is what is read.
    pub(super) fn settle(&mut self, Written { number, new, out }: Written) {
        let mut newest = self.newest.0.write().unwrap_or_else(PoisonError::into_inner);
        for (key, record) in new {
            newest.insert(key, (number, record));
        }
        for batch in out {
            for key in batch.learners {
                if newest.get(&key).is_some_and(|(number, _)| *number == batch.number) {
                    newest.remove(&key);
                }
            }
        }
    }
}

/// Each key after its length in two bytes, and what its row will hold after its length in four.
fn encode(records: &[(Row, Record)]) -> Vec<u8> {
    let length = |(key, record): &(Row, Record)| 2 + key.len() + 4 + layout::VERSION_BYTES + record.bytes.len();
    let mut row = Vec::with_capacity(records.iter().map(length).sum());
    for (key, record) in records {
        // Ids and records are far shorter than what their lengths can tell.
        row.extend((key.len() as u16).to_be_bytes());
        row.extend(&**key);
        row.extend(((layout::VERSION_BYTES + record.bytes.len()) as u32).to_be_bytes());
        layout::put_record(&mut row, record);
    }
    row
}

type KeyAndValue<'a> = (&'a [u8], &'a [u8]);

/// What [`encode`] wrote.
pub(super) fn decode(mut row: &[u8]) -> Result<Vec<KeyAndValue<'_>>, Fault> {
    let mut rows = Vec::new();
    while !row.is_empty() {
        let (length, rest) = row.split_first_chunk().ok_or(BATCH)?;
        let (key, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into()).ok_or(BATCH)?;
        let (length, rest) = rest.split_first_chunk().ok_or(BATCH)?;
        let (value, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or(BATCH)?;
        rows.push((key, value));
        row = rest;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records() -> impl Strategy<Value = Vec<(Row, Record)>> {
        let bytes = |most| proptest::collection::vec(any::<u8>(), 0..most);
        let record = (any::<u64>(), bytes(40)).prop_map(|(version, bytes)| Record { version, bytes });
        proptest::collection::vec((bytes(20).prop_map(Row::from), record), 0..10)
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(records in records()) {
            let row = encode(&records);
            let read = decode(&row).unwrap();
            let wanted: Vec<_> = records.iter().map(|(key, record)| (key.to_vec(), layout::record_value(record))).collect();
            prop_assert_eq!(read.into_iter().map(|(key, value)| (key.to_vec(), value.to_vec())).collect::<Vec<_>>(), wanted);
        }

        #[test]
        fn any_bytes_can_be_met(bytes: Vec<u8>) {
            let _ = decode(&bytes);
        }
    }
}
