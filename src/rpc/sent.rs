//! Events as they are sent, and what answers them.

use std::fmt::Display;

use super::{admission::Share, convert, pb, presence::Presence, render, status::Refusal, wire::Written};
use crate::{
    clock,
    engine::{Ask, Engine, Error, Options, Reply},
    event::{Event, Id, Timestamp},
    store::Key,
    telemetry::{Arrival, Tenant},
};

/// What an event is told by in its answer.
pub(super) struct Ids {
    pub event_id: String,
    pub learner_id: String,
    pub session_id: String,
}

impl From<pb::Event> for Ids {
    fn from(pb::Event { event_id, learner_id, session_id, .. }: pb::Event) -> Self {
        Self { event_id, learner_id, session_id }
    }
}

/// An event taken, its answer not yet on disk.
pub(super) struct Taken {
    pub ids: Ids,
    pub reply: Reply,
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
pub fn answer(sent: pb::Event, reply: Reply) -> Written {
    let taken = Taken { ids: sent.into(), reply };
    let mut answer = taken.room();
    taken.answer(Presence::default(), &mut answer);
    answer
}

impl Taken {
    /// Waits until the answer is on disk; `field` is where the event stands in the request.
    pub(super) async fn settle(&mut self, engine: &Engine, field: impl Display) -> Result<(), Refusal> {
        let settled = engine.settle(&mut self.reply).await;
        settled.map_err(|error| Refusal::from(error).within(&field.to_string()))
    }

    /// The answer. Not to be sent before it is settled.
    pub(super) fn answer(&self, presence: Presence, to: &mut Written) {
        render::reply(&self.ids, &self.reply, presence, to);
    }

    /// Room that most answers of its kind fit into.
    pub(super) fn room(&self) -> Written {
        Written::with_room(if self.reply.report.features.is_none() { 512 } else { 1_024 })
    }
}
