//! A batch that is sent again, when it holds more of a learner than is remembered one by one.
//!
//! The record has a sum over the ids that came with the batch and are no longer among the last 32. When those 32 are all in a
//! batch, and its other events up to some place add up to that sum, those were taken as well; so they were, all but one, when
//! the sum lacks just that one: it had been refused, and was mended.

use std::collections::VecDeque;

use foldhash::{HashSet, HashSetExt as _};

use super::{Engine, Error};
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
        // Most events come in no such batch.
        if self.sum == 0 {
            return 0;
        }
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
        let mut memory = self.look(key, now, |slot| Memory::of(&slot.learner, &ids)).await?;
        Ok(ids.into_iter().map(|id| memory.take(id)).collect())
    }
}

/// What a learner's record remembers, and what can be told from it, as a batch is applied.
struct Memory {
    /// The last ones, oldest first; `None` is of no event of the batch.
    last: VecDeque<Option<u64>>,
    /// Those of the batch that were taken before it came.
    taken: HashSet<u64>,
    /// Those that are taken with it.
    new: HashSet<u64>,
    /// The sum over those that were taken, and are not among the last.
    sum: u32,
    /// As the next link has them.
    newest: Option<u64>,
    held: u32,
}

impl Memory {
    fn of(learner: &Learner, batch: &[u64]) -> Self {
        let mut once = HashSet::with_capacity(batch.len());
        let ids: Vec<u64> = batch.iter().copied().filter(|id| once.insert(*id)).collect();
        let remembered = |seen: &Seen| ids.iter().copied().find(|id| seen.is(*id));
        let last: VecDeque<_> = learner.seen.iter().map(remembered).collect();
        let forgotten = forgotten(learner.before, &ids, &last);
        Self {
            sum: sum(&forgotten),
            taken: last.iter().flatten().copied().chain(forgotten).collect(),
            new: HashSet::new(),
            newest: learner.seen.last().map(Seen::id),
            held: learner.before,
            last,
        }
    }

    fn take(&mut self, id: u64) -> Resent {
        // By itself it is known again.
        if self.last.contains(&Some(id)) {
            return Resent::default();
        }
        if self.taken.contains(&id) {
            return Resent { taken: true, link: Link::default() };
        }
        if self.last.len() == SEEN
            && let Some(Some(oldest)) = self.last.pop_front()
        {
            self.sum = self.sum.wrapping_add(part(oldest));
        }
        self.last.push_back(Some(id));
        let sum = never_zero(self.sum);
        let link = Link { newest: self.newest.replace(id), held: std::mem::replace(&mut self.held, sum), sum };
        // What repeats one too far back counts as another, and no sum tells of both.
        Resent { taken: false, link: if self.new.insert(id) { link } else { Link::default() } }
    }
}

/// Those of a batch that were taken and are not among the last.
fn forgotten(before: u32, ids: &[u64], last: &VecDeque<Option<u64>>) -> Vec<u64> {
    if before == 0 || !last.iter().all(Option::is_some) {
        return Vec::new();
    }
    let known = |id: &u64| last.contains(&Some(*id));
    let (until, after) = ids.split_at(ids.iter().rposition(known).unwrap_or(0));
    let mut others: Vec<u64> = until.iter().copied().filter(|id| !known(id)).collect();
    let mut all = sum(&others);
    let fits = |sum| never_zero(sum) == before;
    if fits(all) {
        return others;
    }
    if let Some(mended) = others.iter().position(|id| fits(all.wrapping_sub(part(*id)))) {
        others.remove(mended);
        return others;
    }
    // Some of those behind may have been taken before the rest came.
    for id in after.iter().copied().filter(|id| !known(id)) {
        all = all.wrapping_add(part(id));
        others.push(id);
        if fits(all) {
            return others;
        }
    }
    Vec::new()
}

fn sum(ids: &[u64]) -> u32 {
    ids.iter().fold(0, |sum: u32, id| sum.wrapping_add(part(*id)))
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
