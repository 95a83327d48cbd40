//! Calls with a tenant's key, and their answers as JSON: all of them, but for the time of day.

use hearten::rpc::pb::{
    self, StreamSessionsRequest, feedback_service_client::FeedbackServiceClient,
    learner_service_client::LearnerServiceClient, stream_sessions_request::Message as Sent,
};
use serde::Serialize;
use serde_json::{Value, json};
use tonic::{
    Request as Call, Response, Status, Streaming,
    metadata::{Ascii, MetadataValue},
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

use crate::in_process::in_time;

/// One call.
#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant, reason = "there are few of them")]
pub enum Request {
    Submit(pb::SubmitEventRequest),
    Stream(Vec<Sent>),
    Batch(pb::BatchSubmitEventsRequest),
    Report(pb::ReportOutcomesRequest),
    Explain(pb::ExplainDecisionRequest),
    Learner(pb::GetLearnerRequest),
    Learners(pb::BatchGetLearnersRequest),
    Prefer(pb::UpdatePreferencesRequest),
    List(pb::ListLearnersNeedingAttentionRequest),
    /// Everybody who is on the list when it begins.
    Watch(String),
}

#[derive(Clone)]
struct Bearer(MetadataValue<Ascii>);

impl Interceptor for Bearer {
    fn call(&mut self, mut call: Call<()>) -> Result<Call<()>, Status> {
        call.metadata_mut().insert("authorization", self.0.clone());
        Ok(call)
    }
}

/// Somebody with a key.
pub struct As {
    feedback: FeedbackServiceClient<InterceptedService<Channel, Bearer>>,
    learners: LearnerServiceClient<InterceptedService<Channel, Bearer>>,
}

impl As {
    pub fn new(channel: Channel, key: &str) -> Self {
        let bearer = Bearer(format!("Bearer {key}").parse().unwrap());
        Self {
            feedback: FeedbackServiceClient::with_interceptor(channel.clone(), bearer.clone()),
            learners: LearnerServiceClient::with_interceptor(channel, bearer),
        }
    }

    pub async fn send(&mut self, request: &Request) -> Value {
        let Self { feedback, learners } = self;
        match request.clone() {
            Request::Submit(request) => told(in_time(feedback.submit_event(request)).await),
            Request::Stream(messages) => self.converse(messages).await,
            Request::Batch(request) => told(in_time(feedback.batch_submit_events(request)).await),
            Request::Report(request) => told(in_time(feedback.report_outcomes(request)).await),
            Request::Explain(request) => told(in_time(feedback.explain_decision(request)).await),
            Request::Learner(request) => told(in_time(learners.get_learner(request)).await),
            Request::Learners(request) => told(in_time(learners.batch_get_learners(request)).await),
            Request::Prefer(request) => told(in_time(learners.update_preferences(request)).await),
            Request::List(request) => told(in_time(learners.list_learners_needing_attention(request)).await),
            Request::Watch(class_id) => self.look(class_id).await,
        }
    }

    pub async fn watch(&mut self, class_id: &str) -> Result<Streaming<pb::WatchAttentionResponse>, Status> {
        let request = pb::WatchAttentionRequest { class_id: class_id.to_owned() };
        Ok(in_time(self.learners.watch_attention(request)).await?.into_inner())
    }

    async fn converse(&mut self, messages: Vec<Sent>) -> Value {
        let messages = messages.into_iter().map(|message| StreamSessionsRequest { message: Some(message) });
        let messages = tokio_stream::iter(messages.collect::<Vec<_>>());
        let mut answers = in_time(self.feedback.stream_sessions(messages)).await.unwrap().into_inner();
        let mut heard = Vec::new();
        while let Some(answer) = in_time(answers.message()).await.unwrap() {
            heard.push(without_times(json!(answer)));
        }
        Value::Array(heard)
    }

    /// As many as a list has come first, and no more are waited for.
    async fn look(&mut self, class_id: String) -> Value {
        let request = pb::ListLearnersNeedingAttentionRequest { class_id: class_id.clone(), ..Default::default() };
        let listed = in_time(self.learners.list_learners_needing_attention(request)).await.unwrap().into_inner();
        let mut watched = self.watch(&class_id).await.unwrap();
        let mut heard = Vec::new();
        for _ in listed.learners {
            heard.push(without_times(json!(in_time(watched.message()).await.unwrap().unwrap())));
        }
        Value::Array(heard)
    }
}

fn told<T: Serialize>(answer: Result<Response<T>, Status>) -> Value {
    match answer {
        Ok(answer) => without_times(json!(answer.into_inner())),
        Err(status) => {
            json!({"code": i32::from(status.code()), "message": status.message(), "details": status.details()})
        }
    }
}

/// The same, without what two servers cannot have in common.
pub fn without_times(mut value: Value) -> Value {
    match &mut value {
        Value::Object(fields) => {
            fields.retain(|name, _| !["since", "at", "decidedAt", "validUntil"].contains(&name.as_str()));
            for field in fields.values_mut() {
                *field = without_times(field.take());
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| *value = without_times(value.take())),
        _ => {}
    }
    value
}
