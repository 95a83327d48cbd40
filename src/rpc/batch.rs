//! Batches: each learner's events in order, whatever order they were sent in, and the answers as sent.

use std::fmt;

use foldhash::{HashMap, HashSet};

use super::{
    admitted::Admitted,
    pb::{self, batch_submit_events_request::Decide},
    presence::{Presence, wants_signals},
    sent::{Ids, Taken, check, key, options, take},
    status::Refusal,
    wire::Written,
};
use crate::{
    engine::{Ask, Engine, Error, Options, Resent},
    event::{Action, Event, Id, Timestamp},
    store,
};

/// The field of a result that the answer stands in.
const REPLY: u32 = 1;
/// The most events in one batch.
const MAX_EVENTS: usize = 1_000;

/// A valid event and where it stood.
struct Item {
    place: usize,
    ids: Ids,
    event: Event,
    now: Timestamp,
    resent: Resent,
}

pub(super) async fn submit(
    engine: &Engine,
    admitted: &Admitted,
    request: pb::BatchSubmitEventsRequest,
) -> Result<Written, Refusal> {
    let count = request.events.len();
    if !(1..=MAX_EVENTS).contains(&count) {
        return Err(Refusal::invalid("events", format!("holds {count} events: 1 to {MAX_EVENTS} are allowed")));
    }
    admitted.share.charge(count - 1)?;
    let tenant = admitted.tenant();
    let decide = Decide::try_from(request.decide)
        .map_err(|_| Refusal::invalid("decide", "is not known: DECIDE_EACH, DECIDE_LAST or DECIDE_NONE"))?;
    let presence = Presence::default();
    let plain = options(wants_signals(request.view, false), presence);

    let mut answers = Vec::with_capacity(count);
    answers.resize_with(count, || None);
    let mut items = Vec::with_capacity(count);
    for (place, mut sent) in request.events.into_iter().enumerate() {
        let checked = check(&admitted.share, &sent, Field(place));
        let ids = Ids::take(&mut sent);
        match checked {
            Ok((event, now)) => items.push(Item { place, ids, event, now, resent: Resent::default() }),
            Err(refusal) => set(&mut answers, place, rejected(refusal, ids, place)),
        }
    }
    put_in_order(&mut items);

    let newest = if decide == Decide::Last { newest(&items) } else { HashSet::default() };
    recall(engine, tenant, &mut items).await?;
    for Item { place, ids, event, now, resent } in items {
        if resent.taken {
            let repeated = engine.repeat(&key(tenant, &event.learner), plain.signals, now).await;
            let answer = match repeated {
                Ok(reply) => Ok(Taken::new(ids, reply, REPLY, presence)),
                Err(error) => rejected(Refusal::from(error).within(&Field(place).to_string()), ids, place),
            };
            set(&mut answers, place, answer);
            continue;
        }
        let last = newest.contains(&place);
        let ask = match decide {
            Decide::Unspecified | Decide::Each => plain.ask,
            Decide::Last => Ask { decide: last, catch_up: last, ..plain.ask },
            Decide::None => Ask { decide: false, ..plain.ask },
        };
        let ask = Ask { link: resent.link, ..ask };
        match take(engine, &admitted.share, &event, Options { ask, ..plain }, now, Field(place)).await {
            Ok(reply) => set(&mut answers, place, Ok(Taken::new(ids, reply, REPLY, presence))),
            Err(refusal) => set(&mut answers, place, rejected(refusal, ids, place)),
        }
    }
    // A `BatchSubmitEventsResponse`.
    let mut response = Written::with_room(count * 512);
    for (place, answer) in answers.into_iter().enumerate() {
        let answer = match answer {
            Some(Ok(mut taken)) => match taken.settle(engine, Field(place)).await {
                Ok(()) => Some(Ok(taken)),
                Err(refusal) => Some(rejected(refusal, taken.ids, place)),
            },
            answer => answer,
        };
        response.message(1, |result| match answer {
            Some(Ok(taken)) => result.fields(&taken.answer),
            Some(Err(rejected)) => result.made(2, &*rejected),
            None => {}
        });
    }
    Ok(response)
}

/// An answer that is not yet on disk, or why there is none.
type Answer = Result<Taken, Box<pb::Rejected>>;

/// The field that an event stands in; written out only where something is wrong with it.
struct Field(usize);

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(place) = self;
        write!(f, "events[{place}]")
    }
}

fn set(answers: &mut [Option<Answer>], place: usize, answer: Answer) {
    if let Some(slot) = answers.get_mut(place) {
        *slot = Some(answer);
    }
}

fn rejected(refusal: Refusal, Ids { event_id, learner_id, .. }: Ids, place: usize) -> Answer {
    Err(Box::new(refusal.rejected(event_id, learner_id, place as u64)))
}

/// How one learner's events are ordered: by the device's count where one device counted them all, else by the clock where
/// all have one, else as sent.
#[derive(Clone, Copy)]
struct Ordered {
    device: u32,
    counted: bool,
    clocked: bool,
}

fn put_in_order(items: &mut [Item]) {
    let mut learners: HashMap<Id, Ordered> = HashMap::default();
    for Item { event, .. } in items.iter() {
        let first = Ordered { device: event.device, counted: true, clocked: true };
        let known = learners.entry(event.learner.clone()).or_insert(first);
        known.counted &= event.device == known.device && event.device_seq.is_some();
        known.clocked &= event.clocks.occurred_at.is_some() && !event.untimed;
    }
    // Most often there is nothing to put in order.
    if learners.len() == items.len() {
        return;
    }
    items.sort_by_cached_key(|Item { event, .. }| {
        let rank = match learners.get(&event.learner) {
            Some(Ordered { counted: true, .. }) => event.device_seq.map_or(0, i128::from),
            Some(Ordered { clocked: true, .. }) => event.clocks.occurred_at.map_or(0, |at| i128::from(at.as_millis())),
            _ => 0,
        };
        (event.learner.clone(), rank)
    });
}

/// Where the event stands that each learner's one decision is made on: the last answer, or the last event of whoever gave
/// none. One that stands further up already is a repetition, and decides nothing.
fn newest(items: &[Item]) -> HashSet<usize> {
    let mut known = HashSet::default();
    let mut newest: HashMap<&Id, (bool, usize)> = HashMap::default();
    for Item { place, event, .. } in items {
        let answer = matches!(event.action, Action::Attempt(_));
        let better = newest.get(&event.learner).is_none_or(|(answered, _)| answer || !answered);
        if known.insert((&event.learner, &event.id)) && better {
            newest.insert(&event.learner, (answer, *place));
        }
    }
    newest.into_values().map(|(_, place)| place).collect()
}

/// Finds what was taken with an earlier sending of this batch. Of a learner who is not to be had nothing is found: each of
/// their events is rejected in its place.
async fn recall(engine: &Engine, tenant: &str, items: &mut [Item]) -> Result<(), Refusal> {
    let of_each = items.chunk_by_mut(|one, next| one.event.learner == next.event.learner);
    for theirs in of_each.filter(|theirs| theirs.len() > Engine::REMEMBERED) {
        let events: Vec<&Event> = theirs.iter().map(|item| &item.event).collect();
        let Some(first) = theirs.first() else { continue };
        let resent = match engine.taken_before(&key(tenant, &first.event.learner), &events, first.now).await {
            Err(Error::Store(store::Error::Erased)) => continue,
            Err(error) if error.is_damage() => continue,
            resent => resent?,
        };
        for (item, resent) in theirs.iter_mut().zip(resent) {
            item.resent = resent;
        }
    }
    Ok(())
}
