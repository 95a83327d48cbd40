//! A client as the documentation wants it: it resends what was not answered, with the same ids, and waits a little longer each time.

use std::{
    collections::VecDeque,
    error::Error as _,
    time::{Duration, Instant},
};

use hearten::rpc::pb::{
    StreamSessionsRequest, feedback_service_client::FeedbackServiceClient, stream_sessions_request::Message as Sent,
    stream_sessions_response::Message as Answer,
};
use tokio::{
    sync::{mpsc, watch},
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Status, transport::Endpoint};

use crate::support::{now, pace::event};

/// Events on their way. A server knows the last 32 of a learner when they are sent again.
const UNANSWERED: usize = 16;
const PACE: Duration = Duration::from_millis(5);
/// Before the first new attempt to connect, and at most.
const BACKOFF: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(320));

pub struct Pupil {
    address: watch::Receiver<String>,
    next: usize,
    unanswered: VecDeque<usize>,
    /// Since when it was without service.
    without: Option<Instant>,
    report: Report,
}

/// What came of it.
#[derive(Default)]
pub struct Report {
    pub learner: String,
    /// Events, each of them answered.
    pub answered: usize,
    /// Of these, sent again and known by then.
    pub duplicates: usize,
    /// How often it was told to go on elsewhere.
    pub told: usize,
    /// How long it was without service.
    pub gaps: Vec<Duration>,
}

impl Pupil {
    pub fn new(learner: String, address: watch::Receiver<String>) -> Self {
        let report = Report { learner, ..Report::default() };
        Self { address, next: 0, unanswered: VecDeque::new(), without: None, report }
    }

    /// Works until it is over, and all is answered.
    pub async fn work(mut self, over: watch::Receiver<bool>) -> Report {
        let mut wait = BACKOFF.0;
        loop {
            let before = self.report.answered;
            match self.connected(&over).await {
                Ok(()) => return self.report,
                Err(status) => {
                    assert!(resumable(&status), "{}: cannot go on after {status:?}", self.report.learner);
                    self.without.get_or_insert_with(now);
                }
            }
            wait = if self.report.answered > before { BACKOFF.0 } else { (2 * wait).min(BACKOFF.1) };
            sleep(wait).await;
        }
    }

    /// Works on one connection, for as long as it lasts.
    async fn connected(&mut self, over: &watch::Receiver<bool>) -> Result<(), Status> {
        let address = self.address.borrow().clone();
        let channel = Endpoint::from_shared(address).unwrap().connect().await;
        let channel = channel.map_err(|error| Status::unavailable(format!("it is not there: {error}")))?;
        let (sender, receiver) = mpsc::channel(UNANSWERED);
        let mut client = FeedbackServiceClient::new(channel);
        let mut answers = client.stream_sessions(ReceiverStream::new(receiver)).await?.into_inner();
        for id in self.unanswered.clone() {
            // Where it is gone, the answers tell how.
            let _ = sender.send(self.request(id)).await;
        }
        let mut pace = interval(PACE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut told = false;
        loop {
            let goes_on = !*over.borrow() && !told && !sender.is_closed();
            if *over.borrow() && self.unanswered.is_empty() {
                return Ok(());
            }
            tokio::select! {
                answer = answers.message() => match answer? {
                    Some(answer) => told |= self.take(answer.message.unwrap(), told),
                    None => panic!("{}: it ended as if all were well", self.report.learner),
                },
                _ = pace.tick(), if goes_on && self.unanswered.len() < UNANSWERED => {
                    self.unanswered.push_back(self.next);
                    let request = self.request(self.next);
                    self.next += 1;
                    let _ = sender.send(request).await;
                }
            }
        }
    }

    fn request(&self, id: usize) -> StreamSessionsRequest {
        StreamSessionsRequest { message: Some(Sent::Event(event(&self.report.learner, &id.to_string()))) }
    }

    /// Takes one answer; whether it says to go on elsewhere.
    fn take(&mut self, answer: Answer, told: bool) -> bool {
        let learner = &self.report.learner;
        match answer {
            Answer::Reply(reply) => {
                assert!(!told, "{learner}: an answer came after the closing");
                let expected = self.unanswered.pop_front().map(|id| id.to_string());
                assert_eq!(Some(reply.event_id), expected, "{learner}: answers come in the order of events");
                self.report.answered += 1;
                self.report.duplicates += usize::from(reply.duplicate);
                self.report.gaps.extend(self.without.take().map(|since| since.elapsed()));
                false
            }
            Answer::Closing(closing) => {
                assert!(closing.resume && &closing.learner_id == learner, "{closing:?}");
                self.report.told += 1;
                self.without.get_or_insert_with(now);
                true
            }
            other => panic!("{learner}: {other:?}"),
        }
    }
}

/// The server said that it is stopping, or it is not there.
pub fn resumable(status: &Status) -> bool {
    let broken = status.source().is_some() && matches!(status.code(), Code::Unknown | Code::Internal | Code::Cancelled);
    status.code() == Code::Unavailable || broken
}
