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
    learner::{Learner, SEEN, Seen},
    store::Key,
};

/// What is known of an event by what stands beside it in its batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resent {
    /// It was taken, and is no longer remembered by itself.
    pub taken: bool,
    /// What to hand on with it, so that this can be told the next time.
    pub link: Link,
}

/// An event's part in what a record can tell of a batch. It holds only if all went as foreseen until then: what could not be kept, or
/// came in between, must never pass for taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The newest event before it.
    newest: Option<u64>,
    /// The sum that was kept with that one.
    held: u32,
    /// The sum to keep with this one; zero of an event that came in no such batch.
    sum: u32,
}

impl Link {
    /// The sum that a record is to keep with this event, as it is before.
    #[must_use]
    pub fn sum(&self, before: &Learner) -> u32 {
        let newest = before.seen.last().map(Seen::id);
        let foreseen = before.before == self.held && newest == self.newest.map(Seen::short);
        if foreseen { self.sum } else { 0 }
    }
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
    /// As the next link has them.
    newest: Option<u64>,
    held: u32,
}

impl Memory {
    fn of(learner: &Learner, batch: &[u64]) -> Self {
        let mut taken = HashMap::with_capacity(batch.len());
        // Without repetitions.
        let ids: Vec<u64> = batch.iter().copied().filter(|id| taken.insert(*id, false).is_none()).collect();
        let last = learner.seen.iter().map(|seen| ids.iter().copied().find(|id| seen.is(*id))).collect();
        let newest = learner.seen.last().map(Seen::id);
        let mut memory = Self { last, taken, sum: 0, newest, held: learner.before };
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
            return Resent { taken: !self.last.contains(&Some(id)), link: Link::default() };
        }
        if self.last.len() == SEEN
            && let Some(Some(oldest)) = self.last.pop_front()
        {
            self.sum = self.sum.wrapping_add(part(oldest));
        }
        self.last.push_back(Some(id));
        let sum = never_zero(self.sum);
        let link = Link { newest: self.newest.replace(id), held: std::mem::replace(&mut self.held, sum), sum };
        Resent { taken: false, link }
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

/// Zero tells nothing.
fn never_zero(sum: u32) -> u32 {
    sum.max(1)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        engine::{Ask, Options, Rules, Statistics},
        estimate::Model,
        event::{Action, Clocks, Id, Mode},
        feedback::Policy,
        store::Memory,
    };

    fn batch() -> Vec<Event> {
        let id = |number| Id::parse("event_id", &format!("e{number}")).unwrap();
        let event = |number| Event {
            id: id(number),
            learner: Id::parse("learner_id", "ana").unwrap(),
            session: None,
            class: None,
            mode: Mode::Practice,
            item: None,
            skills: Default::default(),
            clocks: Clocks::default(),
            untimed: true,
            device: 0,
            device_seq: None,
            suggested: false,
            action: Action::Skip,
        };
        (0..100).map(event).collect()
    }

    async fn engine() -> Engine {
        let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
        Engine::open(rules, Arc::new(Memory::new()), Statistics::Frozen).await.unwrap()
    }

    /// Takes those of the batch that are not lost on the way. Returns which were called taken before.
    async fn send(engine: &Engine, lost: impl Fn(usize) -> bool) -> Vec<usize> {
        let (key, now, batch) = (Key::new("default", "ana"), Timestamp::default(), batch());
        let events: Vec<&Event> = batch.iter().collect();
        let resent = engine.taken_before(&key, &events, now).await.unwrap();
        for (place, (event, Resent { taken, link })) in batch.iter().zip(&resent).enumerate() {
            if !taken && !lost(place) {
                let options = Options { ask: Ask { link: *link, ..Ask::default() }, ..Options::default() };
                engine.submit(&key, event, options, now).await.unwrap();
            }
        }
        resent.iter().enumerate().filter(|(_, resent)| resent.taken).map(|(place, _)| place).collect()
    }

    /// A store that others write to may lose some, and keep what came behind them.
    #[tokio::test]
    async fn what_was_lost_on_the_way_is_never_called_taken() {
        for lost in [0, 5, 40, 67, 68, 98] {
            let engine = engine().await;
            assert_eq!(send(&engine, |place| place == lost || place + 3 == lost).await, [0; 0]);
            let taken = send(&engine, |_| false).await;
            assert!(taken.iter().all(|place| *place != lost && place + 3 != lost), "{lost}: {taken:?}");
        }
    }

    #[tokio::test]
    async fn what_was_taken_is_called_so() {
        let engine = engine().await;
        send(&engine, |_| false).await;
        assert_eq!(send(&engine, |_| false).await, Vec::from_iter(0..68));
    }
}
