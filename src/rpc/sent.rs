//! Events as they are sent, and what answers them.

use std::fmt::Display;

use super::{admission::Share, convert, pb, presence::Presence, render, status::Refusal, wire::Written};
use crate::{
    clock,
    engine::{Ask, Engine, Error, Options, Pending, Reply},
    event::{Event, Id, Timestamp},
    reason::Kind,
    store::Key,
    telemetry::{Arrival, Tenant},
};

/// What an event is told by in its answer.
#[derive(Default)]
pub(super) struct Ids {
    pub event_id: String,
    pub learner_id: String,
    pub session_id: String,
}

impl Ids {
    /// Takes them out of an event that was read.
    pub(super) fn take(sent: &mut pb::Event) -> Self {
        let [event_id, learner_id, session_id] =
            [&mut sent.event_id, &mut sent.learner_id, &mut sent.session_id].map(std::mem::take);
        Self { event_id, learner_id, session_id }
    }
}

/// An event taken, and what is answered to it: written while it is at hand, and not to be sent before it is settled.
pub(super) struct Taken {
    pub ids: Ids,
    pub pending: Pending,
    pub answer: Written,
    /// It was known already.
    pub duplicate: bool,
    /// What is said to the learner, if anything is.
    pub said: Option<Kind>,
    field: u32,
    presence: Presence,
}

/// Whose record it is.
pub(super) fn key(tenant: &str, learner: &Id) -> Key {
    Key::new(tenant, learner.as_str())
}

/// Checks an event and reads the clock; `field` is where it stands in the request.
pub(super) fn check(share: &Share, sent: &pb::Event, field: impl Display) -> Result<(Event, Timestamp), Refusal> {
    let now = clock::now();
    let event = convert::event(sent, Some(now)).map_err(|invalid| {
        share.counted.event(Arrival::Rejected);
        Refusal::from(invalid).within(&field.to_string())
    })?;
    Ok((event, now))
}

/// Submits an event that was checked.
pub(super) async fn take(
    engine: &Engine,
    share: &Share,
    event: &Event,
    options: Options,
    now: Timestamp,
    field: impl Display,
) -> Result<Reply, Refusal> {
    let key = key(&share.tenant, &event.learner);
    match take_at_once(engine, share, &key, event, options, now) {
        Some(taken) => taken,
        // Boxed, as it is rare: calls are copied with room for all that they may wait for.
        None => Box::pin(take_with_patience(engine, share, &key, event, options, now)).await,
    }
    .map_err(|refusal| refusal.within(&field.to_string()))
}

/// The same where nothing has to be waited for, and before it is said which field it is about; see [`Engine::submit_at_once`].
pub(super) fn take_at_once(
    engine: &Engine,
    share: &Share,
    key: &Key,
    event: &Event,
    options: Options,
    now: Timestamp,
) -> Option<Result<Reply, Refusal>> {
    let taken = engine.submit_at_once(key, event, options, now)?;
    count(&share.counted, &taken);
    Some(taken.map_err(Refusal::from))
}

/// The same for what was not.
pub(super) async fn take_with_patience(
    engine: &Engine,
    share: &Share,
    key: &Key,
    event: &Event,
    options: Options,
    now: Timestamp,
) -> Result<Reply, Refusal> {
    let taken = engine.submit_with_patience(key, event, options, now).await;
    if !options.dry_run {
        count(&share.counted, &taken);
    }
    taken.map_err(Refusal::from)
}

fn count(counted: &Tenant, taken: &Result<Reply, Error>) {
    match taken {
        Err(Error::IdReused) => counted.event(Arrival::Rejected),
        // What the store did is nothing the event had coming.
        Err(_) => {}
        Ok(reply) if reply.duplicate => counted.event(Arrival::Duplicate),
        Ok(reply) => {
            counted.event(Arrival::Taken);
            counted.estimated(&reply.report.assessment);
            reply.decision.iter().for_each(|decision| counted.decided(&decision.verdict));
        }
    }
}

/// What is asked where nothing was said about it.
pub(super) fn options(signals: bool, presence: Presence) -> Options {
    let Presence { correctness_shown, locale, .. } = presence;
    let ask = Ask { correctness_shown, locale, ..Ask::default() };
    Options { ask, signals, dry_run: false }
}

/// What is answered to an event, where nothing was said about how: a [`Reply`](pb::Reply). Not to be sent before the reply is settled.
#[must_use]
pub fn answer(mut sent: pb::Event, reply: &Reply) -> Written {
    let mut answer = room(reply);
    render::reply(&Ids::take(&mut sent), reply, Presence::default(), &mut answer);
    answer
}

/// Room that most answers of its kind fit into.
fn room(reply: &Reply) -> Written {
    Written::with_room(if reply.report.features.is_none() { 512 } else { 1_024 })
}

impl Taken {
    /// Answers in a field of a message, to a platform that shows things so.
    pub(super) fn new(ids: Ids, reply: Reply, field: u32, presence: Presence) -> Self {
        let mut answer = room(&reply);
        answer.message(field, |to| render::reply(&ids, &reply, presence, to));
        let (duplicate, said) = (reply.duplicate, reply.said());
        Self { ids, pending: reply.pending, answer, duplicate, said, field, presence }
    }

    /// Waits until the answer is on disk; `place` is where the event stands in the request.
    pub(super) async fn settle(&mut self, engine: &Engine, place: impl Display) -> Result<(), Refusal> {
        let settled = engine.settled(&self.pending).await;
        if let Some(again) = settled.map_err(|error| Refusal::from(error).within(&place.to_string()))? {
            *self = Self::new(std::mem::take(&mut self.ids), again, self.field, self.presence);
        }
        Ok(())
    }
}
