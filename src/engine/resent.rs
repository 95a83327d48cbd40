//! A batch that is sent again, when it holds more of a learner than is remembered one by one.
//!
//! The record has a sum over the ids that came with the batch and are no longer among the last 32. When those 32 are all in a
//! batch, and the others of it before the last of them add up to that sum, the others were taken as well; so they were, all but
//! one, when the sum lacks just that one: it had been refused, and was mended.

use std::collections::VecDeque;

use foldhash::{HashMap, HashMapExt as _};

use super::{Engine, Error, hot::Slot};
use crate::{
    event::{Event, Timestamp},
    learner::{Learner, SEEN},
    store::Key,
};

/// What is known of an event by what stands beside it in its batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resent {
    /// It was taken, and is no longer remembered by itself.
    pub taken: bool,
    /// What to hand on with it ([`Ask::before`](super::Ask::before)), so that this can be told the next time.
    pub before: u32,
}

impl Engine {
    /// Holds one learner's part of a batch, in the order it is to be applied in, against what is remembered.
    ///
    /// # Errors
    /// Where the learner's record cannot be had.
    pub async fn taken_before(&self, key: &Key, events: &[&Event], now: Timestamp) -> Result<Vec<Resent>, Error> {
        if events.len() <= SEEN {
            return Ok(vec![Resent::default(); events.len()]);
        }
        let ids: Vec<u64> = events.iter().map(|event| event.id.keyed_hash(&self.secret)).collect();
        self.refresh(key).await?;
        let held = |slot: &mut Slot| Memory::of(&slot.learner, &ids);
        let mut memory = self.hot.with(&self.store, key, now, held).await?;
        Ok(ids.into_iter().map(|id| memory.take(id)).collect())
    }
}

/// What a learner's record remembers, and what can be told from it, as a batch is applied.
struct Memory {
    /// The last ones, oldest first; `None` is of no event of the batch.
    last: VecDeque<Option<u64>>,
    /// Of the batch, whether each was taken.
    taken: HashMap<u64, bool>,
    /// The sum over those that were, and are not among the last.
    sum: u32,
}

impl Memory {
    fn of(learner: &Learner, batch: &[u64]) -> Self {
        let mut taken = HashMap::with_capacity(batch.len());
        // Without repetitions.
        let ids: Vec<u64> = batch.iter().copied().filter(|id| taken.insert(*id, false).is_none()).collect();
        let last = learner.seen.iter().map(|seen| ids.iter().copied().find(|id| seen.is(*id))).collect();
        let mut memory = Self { last, taken, sum: 0 };
        for id in forgotten(learner, &ids, &memory.last) {
            memory.taken.insert(id, true);
            memory.sum = memory.sum.wrapping_add(part(id));
        }
        for id in memory.last.iter().flatten() {
            memory.taken.insert(*id, true);
        }
        memory
    }

    fn take(&mut self, id: u64) -> Resent {
        if self.taken.insert(id, true) == Some(true) {
            return Resent { taken: !self.last.contains(&Some(id)), before: 0 };
        }
        if self.last.len() == SEEN
            && let Some(Some(oldest)) = self.last.pop_front()
        {
            self.sum = self.sum.wrapping_add(part(oldest));
        }
        self.last.push_back(Some(id));
        let told = self.last.len() == SEEN && self.last.iter().all(Option::is_some);
        Resent { taken: false, before: if told { never_zero(self.sum) } else { 0 } }
    }
}

/// Those of a batch that were taken and are not among the last.
fn forgotten(learner: &Learner, ids: &[u64], last: &VecDeque<Option<u64>>) -> Vec<u64> {
    let known = |id: &u64| last.contains(&Some(*id));
    let newest = ids.iter().rposition(known).unwrap_or(0);
    let mut others: Vec<u64> = ids.iter().take(newest).copied().filter(|id| !known(id)).collect();
    let sum = others.iter().fold(0u32, |sum, id| sum.wrapping_add(part(*id)));
    let mended = others.iter().position(|id| never_zero(sum.wrapping_sub(part(*id))) == learner.before);
    if learner.before == 0 || !last.iter().all(Option::is_some) {
        others.clear();
    } else if never_zero(sum) != learner.before {
        match mended {
            Some(place) => drop(others.remove(place)),
            None => others.clear(),
        }
    }
    others
}

/// What an id adds to the sum.
fn part(id: u64) -> u32 {
    (id >> 32) as u32
}

/// Zero is a sum of nothing that could be told.
fn never_zero(sum: u32) -> u32 {
    sum.max(1)
}
