//! `StreamSessions`: one task reads and applies, and what it produces is sent in the same order, each answer once it is on
//! disk. Between the two stands a bounded channel, so a client that does not read is not read from either.

use std::{future::poll_fn, mem::take, pin::Pin, sync::Arc, task::Poll, time::Duration};

use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_stream::{Stream, StreamExt};
use tonic::{Status, Streaming};

use super::{
    admission::Share,
    admitted::{Admitted, Ending, Lasting},
    convert,
    outbox::{Gone, Outbox, outbox},
    outcomes, pb,
    pb::{stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer},
    presence::Defaults,
    quiet::{Quiet, Watch},
    sent::{Ids, Taken, key, options, take_at_once, take_with_patience},
    sessions::Did,
    status::Refusal,
    telling::{Told, telling},
    wire::Written,
};
use crate::{
    clock,
    engine::{Engine, Reply, Reported},
    store::Key,
    telemetry::{Arrival, Stream as Counted},
};

/// The field that answers to events stand in.
const REPLY: u32 = 2;
/// Answers that may wait for the disk or for the client, per stream.
const IN_FLIGHT: usize = 256;
/// Commits that may wait for the disk, all together, before streams wait for theirs: 256 of each of many streams would fill
/// memory while a disk is slow. This is what a disk takes in a few of its largest batches.
const BEHIND: u64 = 8_192;
/// Messages that are there at once are taken so many at a time before anything else is looked at.
const AT_ONCE: usize = 32;
/// How often the server looks for learners who have gone quiet.
const QUIET_CHECK: Duration = Duration::from_millis(250);

/// A message, which stays where it was read: it is long, and handed from place to place.
pub(super) type Asked = Box<pb::StreamSessionsRequest>;
type Incoming = Streaming<Asked>;

/// What is to be sent.
enum Outgoing {
    /// As it is.
    Plain(Box<Answer>),
    /// An answer, once it is on disk.
    Reply(Box<Taken>, Did, u64),
    /// An answer to a report, once it is on disk.
    Outcome(pb::OutcomeReport, Reported, u64),
    /// The server speaks first, once that is on disk.
    Nudge(Box<Reply>, Watch),
    /// The end of a learner's session.
    Close(String, String),
    /// The end of all of them, and whether to go on elsewhere.
    CloseAll(bool),
    /// The end of the stream.
    End(Status),
}

/// Serves one stream until the client half-closes or vanishes, or the server stops.
pub(super) fn serve(
    engine: Arc<Engine>,
    admitted: Admitted,
    lasting: &Lasting,
    incoming: Incoming,
) -> impl Stream<Item = Result<Written, Status>> + Send + use<> {
    let (share, tenant) = (Arc::clone(&admitted.share), Arc::clone(&admitted.share.tenant));
    let (outbox, waiting) = outbox(IN_FLIGHT, lasting, share, |refusal| Outgoing::End(refusal.into()));
    let counted = Arc::clone(&lasting.counted);
    let session = Session {
        engine: Arc::clone(&engine),
        outbox,
        share: Arc::clone(&admitted.share),
        counted: Arc::clone(&counted),
        defaults: Defaults::default(),
        quiet: Quiet::default(),
        heard: Instant::now(),
        position: 0,
    };
    tokio::spawn(session.run(incoming, admitted, lasting.bounds.stream_idle));
    // A share of this stream's own: with each of their answers, all streams would change one counter.
    let engine = Arc::new(engine);
    let holding = waiting.then(move |outgoing| {
        let engine = Arc::clone(&engine);
        async move { settled(&engine, outgoing).await }
    });
    telling(holding, tenant, counted)
}

/// Waits until what is to be sent is on disk.
async fn settled(engine: &Engine, outgoing: Outgoing) -> Result<Told, Status> {
    Ok(match outgoing {
        Outgoing::Plain(answer) => Told::Plain(answer),
        Outgoing::Reply(mut taken, did, position) => match taken.settle(engine, "event").await {
            Ok(()) => Told::Reply(taken, did),
            Err(refusal) => {
                let rejected = refusal.rejected(taken.ids.event_id, taken.ids.learner_id, position);
                Told::Plain(Box::new(Answer::Rejected(rejected)))
            }
        },
        Outgoing::Nudge(mut reply, watch) => {
            engine.settle(&mut reply).await.map_err(Refusal::from)?;
            Told::Nudge(reply, watch)
        }
        Outgoing::Outcome(report, mut reported, position) => {
            Told::Plain(Box::new(match outcomes::settle(engine, &mut reported).await {
                Ok(()) => Answer::OutcomeTaken(outcomes::taken(report.decision_id, &reported)),
                Err(refusal) => {
                    Answer::Rejected(refusal.within("outcome").rejected(String::new(), String::new(), position))
                }
            }))
        }
        Outgoing::Close(learner_id, session_id) => Told::Close(learner_id, session_id),
        Outgoing::CloseAll(resume) => Told::CloseAll(resume),
        Outgoing::End(status) => return Err(status),
    })
}

/// The reading side of one stream.
struct Session {
    engine: Arc<Engine>,
    outbox: Outbox<Outgoing>,
    share: Arc<Share>,
    counted: Arc<Counted>,
    defaults: Defaults,
    quiet: Quiet,
    /// When the client was last heard of, or what it had sent was taken up.
    heard: Instant,
    /// The place of the next message.
    position: u64,
}

impl Session {
    async fn run(mut self, mut incoming: Incoming, admitted: Admitted, idle: Duration) {
        let share = Arc::clone(&self.share);
        let mut waiting = None;
        let mut over = std::pin::pin!(admitted.over());
        let mut silence = std::pin::pin!(sleep_until(self.heard + idle));
        let mut quiet_check = interval(QUIET_CHECK);
        quiet_check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let going_on = tokio::select! {
                biased;
                ending = &mut over => return self.end(ending).await,
                () = self.outbox.closed() => return,
                // What has come waits until the tenant's rate has room for it; meanwhile nothing more is read.
                () = share.pace(), if waiting.is_some() => match waiting.take() {
                    Some(request) => {
                        self.heard = Instant::now();
                        self.take_in(request).await
                    }
                    None => Ok(()),
                },
                message = incoming.next(), if waiting.is_none() => {
                    self.heard = Instant::now();
                    let taken_up = self.take_up(message, &mut incoming).await;
                    // Nobody is silent while they wait for us.
                    self.heard = Instant::now();
                    match taken_up {
                        Ok(paced) => {
                            waiting = paced;
                            Ok(())
                        }
                        Err(None) => return,
                        // A client that is still there must not take this for the end of a half-closed stream.
                        Err(Some(status)) => return self.outbox.finish(Outgoing::End(status)).await,
                    }
                }
                // A timer is set again when it has run out, not with every message.
                () = &mut silence => {
                    let until = self.heard + idle;
                    if until <= Instant::now() {
                        let refusal = Refusal::long_enough("has been silent for as long as a stream may");
                        return self.end(Ending { resume: true, refusal }).await;
                    }
                    silence.as_mut().reset(until);
                    Ok(())
                }
                // Last: what has arrived but was not read yet may be from the very learner who seems quiet. Nor while something
                // waits for the tenant's rate: it would lose its turn, too.
                _ = quiet_check.tick(), if waiting.is_none() && !self.quiet.is_empty() => self.speak_first().await,
            };
            if going_on.is_err() {
                return;
            }
        }
    }

    /// The server ends the stream.
    async fn end(self, Ending { resume, refusal }: Ending) {
        if resume && self.outbox.send(Outgoing::CloseAll(true)).await.is_err() {
            return;
        }
        self.outbox.finish(Outgoing::End(refusal.into())).await;
    }

    /// Takes in what has come and what is there behind it. Returns what has to wait for the tenant's rate, or that the stream is
    /// over, and why if not because the client is done.
    async fn take_up(
        &mut self,
        mut next: Option<Result<Asked, Status>>,
        incoming: &mut Incoming,
    ) -> Result<Option<Asked>, Option<Status>> {
        let mut left = AT_ONCE;
        loop {
            match next {
                Some(Ok(request)) if self.share.is_paced() => return Ok(Some(request)),
                Some(Ok(request)) => self.take_in(request).await.map_err(|Gone| None)?,
                Some(Err(status)) => {
                    tracing::debug!(rpc.code = ?status.code(), "stream ended by its client or by the transport");
                    return Err(Some(status));
                }
                None => {
                    let _ = self.outbox.send(Outgoing::CloseAll(false)).await;
                    return Err(None);
                }
            }
            // Whoever does not read, and whatever waits for the disk, waits where the end of the stream is looked for.
            left = if self.outbox.is_full() || self.behind() { 0 } else { left - 1 };
            if left == 0 {
                return Ok(None);
            }
            match poll_fn(|context| Poll::Ready(Pin::new(&mut *incoming).poll_next(context))).await {
                Poll::Ready(more) => next = more,
                Poll::Pending => return Ok(None),
            }
        }
    }

    async fn take_in(&mut self, request: Asked) -> Result<(), Gone> {
        self.counted.received();
        let position = self.position;
        self.position += 1;
        let outgoing = match self.answering(request, position) {
            Answering::Known(outgoing) => outgoing,
            Answering::Waits(for_it) => for_it.await,
        };
        match self.outbox.offer(outgoing) {
            Ok(()) => Ok(()),
            Err(None) => Err(Gone),
            Err(Some(outgoing)) => Box::pin(self.outbox.send(outgoing)).await,
        }
    }

    fn answering(&mut self, mut request: Asked, position: u64) -> Answering<'_> {
        Answering::Known(match &mut request.message {
            Some(Sent::Event(event)) => return self.event(event, position),
            Some(Sent::Outcome(report)) => return Answering::Waits(Box::pin(self.outcome(take(report), position))),
            Some(Sent::Open(open)) => self.open(take(open), position),
            Some(Sent::Close(close)) => self.close(take(close), position),
            None => {
                let refusal = Refusal::invalid("message", "is required: one of open, event, outcome, close");
                rejected(refusal, String::new(), String::new(), position)
            }
        })
    }

    fn open(&mut self, open: pb::Open, position: u64) -> Outgoing {
        let learner_id = open.learner_id.clone();
        self.defaults = match Defaults::of(open) {
            Ok(defaults) => defaults,
            Err(invalid) => {
                return rejected(Refusal::from(invalid).within("open"), String::new(), learner_id, position);
            }
        };
        let rules = self.engine.rules(&self.share.tenant);
        let opened = pb::Opened {
            learner_id,
            session_id: self.defaults.open.session_id.clone(),
            policy_version: rules.policy.version.to_string(),
            model_version: rules.model.version.clone(),
        };
        Outgoing::Plain(Box::new(Answer::Opened(opened)))
    }

    fn close(&mut self, close: pb::Close, position: u64) -> Outgoing {
        let open = &self.defaults.open;
        let learner_id = if close.learner_id.is_empty() { open.learner_id.clone() } else { close.learner_id };
        let opened = close.session_id.is_empty() && learner_id == open.learner_id;
        let session_id = if opened { open.session_id.clone() } else { close.session_id };
        if learner_id.is_empty() {
            let refusal = Refusal::invalid("close.learner_id", "is required: no learner was opened");
            return rejected(refusal, String::new(), learner_id, position);
        }
        self.quiet.forget(&Key::new(&self.share.tenant, &learner_id));
        Outgoing::Close(learner_id, session_id)
    }

    fn event(&mut self, sent: &mut pb::Event, position: u64) -> Answering<'_> {
        self.defaults.fill_in(sent);
        let now = clock::now();
        let replay = self.defaults.open.replay;
        let read = convert::event(sent, (!replay).then_some(now));
        let ids = Ids::take(sent);
        let event = match read {
            Ok(event) => event,
            Err(invalid) => {
                self.share.counted.event(Arrival::Rejected);
                return Answering::Known(refused(Refusal::from(invalid), ids, position));
            }
        };
        let options = options(self.defaults.signals, self.defaults.presence);
        let (key, did) = (key(&self.share.tenant, &event.learner), Did::of(&event));
        match take_at_once(&self.engine, &self.share, &key, &event, options, now) {
            Some(reply) if !self.behind() => Answering::Known(match reply {
                Ok(reply) => self.taken(ids, reply, did, position),
                Err(refusal) => refused(refusal, ids, position),
            }),
            reply => Answering::Waits(Box::pin(async move {
                let reply = match reply {
                    Some(reply) => reply,
                    None => take_with_patience(&self.engine, &self.share, &key, &event, options, now).await,
                };
                let mut reply = match reply {
                    Ok(reply) => reply,
                    Err(refusal) => return refused(refusal, ids, position),
                };
                if self.behind() {
                    // How that went is told with the answer.
                    let _ = self.engine.settle(&mut reply).await;
                }
                self.taken(ids, reply, did, position)
            })),
        }
    }

    fn taken(&mut self, ids: Ids, reply: Reply, did: Did, position: u64) -> Outgoing {
        let presence = self.defaults.presence;
        if !self.defaults.open.replay {
            self.quiet.expect(&reply, &ids.session_id, presence, self.heard);
        }
        Outgoing::Reply(Box::new(Taken::new(ids, reply, REPLY, presence)), did, position)
    }

    async fn outcome(&mut self, report: pb::OutcomeReport, position: u64) -> Outgoing {
        match outcomes::report(&self.engine, &self.share, &report).await {
            Ok(mut reported) => {
                if self.behind() {
                    let _ = self.engine.settle_report(&mut reported).await;
                }
                Outgoing::Outcome(report, reported, position)
            }
            Err(refusal) => rejected(refusal.within("outcome"), String::new(), String::new(), position),
        }
    }

    /// Whether so much waits for the disk that nothing more is to be read until this stream's part is there.
    fn behind(&self) -> bool {
        self.engine.store_meter().pending() > BEHIND
    }

    /// Speaks to whoever has gone quiet, where that is worth it.
    async fn speak_first(&mut self) -> Result<(), Gone> {
        for watch in self.quiet.overdue() {
            match self.engine.nudge(&watch.key, watch.sequence, watch.presence.locale, clock::now()).await {
                Ok(Some(reply)) => {
                    reply.decision.iter().for_each(|decision| self.share.counted.decided(&decision.verdict));
                    self.outbox.send(Outgoing::Nudge(Box::new(reply), watch)).await?;
                }
                Ok(None) => {}
                Err(error) => tracing::warn!(%error, "a quiet learner could not be looked at"),
            }
        }
        Ok(())
    }
}

/// What is answered to a message. Nearly all are known at once, and not copied with room for what others may have to wait for.
enum Answering<'a> {
    Known(Outgoing),
    Waits(Pin<Box<dyn Future<Output = Outgoing> + Send + 'a>>),
}

/// An event is not taken.
fn refused(refusal: Refusal, Ids { event_id, learner_id, .. }: Ids, position: u64) -> Outgoing {
    rejected(refusal.within("event"), event_id, learner_id, position)
}

fn rejected(refusal: Refusal, event_id: String, learner_id: String, position: u64) -> Outgoing {
    Outgoing::Plain(Box::new(Answer::Rejected(refusal.rejected(event_id, learner_id, position))))
}
