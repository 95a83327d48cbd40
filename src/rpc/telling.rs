//! What a stream says, one message after the other, once it holds: only then does it count in the summary of its session.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    vec,
};

use tokio_stream::Stream;
use tonic::Status;

use super::{
    pb,
    pb::stream_sessions_response::Message as Answer,
    quiet::Watch,
    render,
    sent::Taken,
    sessions::{Did, Sessions},
    wire::Written,
};
use crate::{engine::Reply, telemetry::Stream as Counted};

/// The field that what the server says first stands in.
const NUDGE: u32 = 3;

/// What holds: it is on disk, or needs no disk.
pub(super) enum Told {
    /// As it is.
    Plain(Box<Answer>),
    /// The answer to an event.
    Reply(Box<Taken>, Did),
    /// The server speaks first.
    Nudge(Box<Reply>, Watch),
    /// The end of a learner's session.
    Close(String, String),
    /// The end of all of them, and whether to go on elsewhere.
    CloseAll(bool),
}

/// Puts what holds into words of the API, in its order.
pub(super) fn telling<S>(settled: S, tenant: Arc<str>, counted: Arc<Counted>) -> Telling<S> {
    Telling { settled: Box::pin(settled), sessions: Sessions::new(tenant), closings: Vec::new().into_iter(), counted }
}

/// The answering side of one stream.
pub(super) struct Telling<S> {
    settled: Pin<Box<S>>,
    sessions: Sessions,
    /// Those still to be sent.
    closings: vec::IntoIter<pb::Closing>,
    counted: Arc<Counted>,
}

impl<S: Stream<Item = Result<Told, Status>>> Stream for Telling<S> {
    type Item = Result<Written, Status>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let answer = match self.closings.next() {
                Some(closing) => Some(made(Answer::Closing(closing))),
                None => match ready!(self.settled.as_mut().poll_next(context)) {
                    Some(Ok(told)) => self.answer(told),
                    Some(Err(status)) => return Poll::Ready(Some(Err(status))),
                    None => return Poll::Ready(None),
                },
            };
            if let Some(answer) = answer {
                self.counted.sent();
                return Poll::Ready(Some(Ok(answer)));
            }
        }
    }
}

impl<S> Telling<S> {
    /// In words of the API; nothing where these are closings, however many.
    fn answer(&mut self, told: Told) -> Option<Written> {
        Some(match told {
            Told::Plain(answer) => {
                if let Answer::Opened(opened) = &*answer {
                    self.sessions.open(&opened.learner_id, &opened.session_id);
                }
                made(*answer)
            }
            Told::Reply(taken, did) => {
                self.sessions.count(&taken, did);
                taken.answer
            }
            Told::Nudge(reply, watch) => {
                self.sessions.count_nudge(&watch, &reply);
                let mut answer = Written::default();
                answer.message(NUDGE, |to| render::nudge(&watch.session_id, &reply, watch.presence, to));
                answer
            }
            Told::Close(learner_id, session_id) => made(Answer::Closing(self.sessions.close(learner_id, session_id))),
            Told::CloseAll(resume) => {
                self.closings = self.sessions.close_all(resume).into_iter();
                return None;
            }
        })
    }
}

fn made(answer: Answer) -> Written {
    Written::of(&pb::StreamSessionsResponse { message: Some(answer) })
}
