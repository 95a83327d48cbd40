//! The real server's clients in Rust, for what grpcurl is too slow or too polite for.

use hearten::rpc::pb::{
    self, StreamSessionsRequest, StreamSessionsResponse, feedback_service_client::FeedbackServiceClient,
    learner_service_client::LearnerServiceClient, stream_sessions_request::Message as Sent,
    stream_sessions_response::Message as Answer,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::{sync::mpsc, time::timeout};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{
    Status, Streaming,
    transport::{Channel, Endpoint},
};
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use super::{PATIENCE, Server};

/// What is awaited, or a failure instead of a test that hangs.
pub async fn in_time<T>(future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future).await.expect("took too long")
}

/// A message of the API, written as protobuf JSON.
pub fn message<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

/// One connection.
pub struct Client(pub Channel);

impl Client {
    pub async fn to(server: &Server) -> Self {
        Self::connect(server.url()).await
    }

    pub async fn connect(url: String) -> Self {
        Self(in_time(Endpoint::from_shared(url).unwrap().connect()).await.unwrap())
    }

    pub async fn submit(&self, event: Value) -> Result<pb::Reply, Status> {
        let request = pb::SubmitEventRequest { event: Some(message(event)), ..Default::default() };
        let answer = in_time(FeedbackServiceClient::new(self.0.clone()).submit_event(request)).await?;
        Ok(answer.into_inner().reply.expect("an answer holds a reply"))
    }

    pub async fn learner(&self, learner_id: &str) -> Result<pb::GetLearnerResponse, Status> {
        let request = pb::GetLearnerRequest { learner_id: learner_id.to_owned(), view: 0 };
        Ok(in_time(LearnerServiceClient::new(self.0.clone()).get_learner(request)).await?.into_inner())
    }

    /// Every learner in full, and those not known.
    pub async fn learners(&self, learner_ids: Vec<String>) -> (Vec<pb::GetLearnerResponse>, Vec<String>) {
        let request = pb::BatchGetLearnersRequest { learner_ids, view: pb::View::Full.into() };
        let found = in_time(LearnerServiceClient::new(self.0.clone()).batch_get_learners(request)).await.unwrap();
        let found = found.into_inner();
        (found.learners, found.unknown_learner_ids)
    }

    /// As `grpc.health.v1` names it.
    pub async fn health(&self) -> &'static str {
        let request = HealthCheckRequest::default();
        let answer = in_time(HealthClient::new(self.0.clone()).check(request)).await.unwrap();
        answer.into_inner().status().as_str_name()
    }

    pub async fn stream(&self) -> Stream {
        // Room for one: what was handed over is on its way, or next to go.
        let (sender, receiver) = mpsc::channel(1);
        let mut client = FeedbackServiceClient::new(self.0.clone());
        let answers = in_time(client.stream_sessions(ReceiverStream::new(receiver))).await.unwrap();
        Stream { sender, answers: answers.into_inner() }
    }
}

/// One stream both ways.
pub struct Stream {
    pub sender: mpsc::Sender<StreamSessionsRequest>,
    pub answers: Streaming<StreamSessionsResponse>,
}

impl Stream {
    pub async fn send(&self, message: Sent) {
        in_time(self.sender.send(StreamSessionsRequest { message: Some(message) })).await.unwrap();
    }

    pub async fn next(&mut self) -> Result<Option<Answer>, Status> {
        Ok(in_time(self.answers.message()).await?.map(|answer| answer.message.expect("an answer holds a message")))
    }

    /// Sends one message and takes the answer to it.
    pub async fn exchange(&mut self, message: Sent) -> Answer {
        self.send(message).await;
        self.next().await.unwrap().expect("the stream goes on")
    }
}
