//! One stream as its client sees it.

use hearten::rpc::pb::{
    self, StreamSessionsRequest, StreamSessionsResponse, feedback_service_client::FeedbackServiceClient,
    stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Status, Streaming, transport::Channel};

use super::in_time;

pub struct Stream {
    /// `None` once half-closed.
    sender: Option<mpsc::Sender<StreamSessionsRequest>>,
    answers: Streaming<StreamSessionsResponse>,
}

impl Stream {
    pub async fn start(channel: Channel) -> Self {
        let (sender, receiver) = mpsc::channel(1024);
        let request = ReceiverStream::new(receiver);
        let answers = in_time(FeedbackServiceClient::new(channel).stream_sessions(request)).await.unwrap();
        Self { sender: Some(sender), answers: answers.into_inner() }
    }

    pub async fn send(&self, message: Sent) {
        let sender = self.sender.as_ref().expect("not half-closed");
        in_time(sender.send(StreamSessionsRequest { message: Some(message) })).await.unwrap();
    }

    /// A message with nothing in it.
    pub async fn send_nothing(&self) {
        let sender = self.sender.as_ref().expect("not half-closed");
        in_time(sender.send(StreamSessionsRequest { message: None })).await.unwrap();
    }

    pub async fn event(&self, event: pb::Event) {
        self.send(Sent::Event(event)).await;
    }

    pub async fn report(&self, report: pb::OutcomeReport) {
        self.send(Sent::Outcome(report)).await;
    }

    pub fn half_close(&mut self) {
        self.sender = None;
    }

    pub async fn try_next(&mut self) -> Result<Option<Answer>, Status> {
        let answer = in_time(self.answers.message()).await?;
        Ok(answer.map(|answer| answer.message.expect("an answer holds a message")))
    }

    pub async fn next(&mut self) -> Answer {
        self.try_next().await.unwrap().expect("the stream goes on")
    }

    /// Opens and waits for the answer.
    pub async fn open(&mut self, open: pb::Open) -> pb::Opened {
        self.send(Sent::Open(open)).await;
        match self.next().await {
            Answer::Opened(opened) => opened,
            other => panic!("not opened: {other:?}"),
        }
    }

    /// Sends an event and waits for its reply.
    pub async fn submit(&mut self, event: pb::Event) -> pb::Reply {
        self.event(event).await;
        self.reply().await
    }

    pub async fn reply(&mut self) -> pb::Reply {
        match self.next().await {
            Answer::Reply(reply) => reply,
            other => panic!("no reply: {other:?}"),
        }
    }

    pub async fn taken(&mut self) -> pb::OutcomeTaken {
        match self.next().await {
            Answer::OutcomeTaken(taken) => taken,
            other => panic!("no report taken: {other:?}"),
        }
    }

    pub async fn rejected(&mut self) -> pb::Rejected {
        match self.next().await {
            Answer::Rejected(rejected) => rejected,
            other => panic!("not rejected: {other:?}"),
        }
    }

    pub async fn closing(&mut self) -> pb::Closing {
        match self.next().await {
            Answer::Closing(closing) => closing,
            other => panic!("no closing: {other:?}"),
        }
    }

    /// Everything up to the end, and how it ended.
    pub async fn rest(&mut self) -> (Vec<Answer>, Result<(), Status>) {
        let mut answers = Vec::new();
        loop {
            match self.try_next().await {
                Ok(Some(answer)) => answers.push(answer),
                Ok(None) => return (answers, Ok(())),
                Err(status) => return (answers, Err(status)),
            }
        }
    }
}
