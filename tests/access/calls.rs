//! One call of every method, and what a real answer to it looks like.

use bytes::Bytes;
use hearten::rpc::pb::{
    self, batch_submit_events_response::result::Result as Answer, export_learner_response::Part,
    report_outcomes_response::result::Result as Told, stream_sessions_request::Message as Sent,
    stream_sessions_response::Message as Streamed, watch_attention_response::Change,
};
use prost::Message;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use tonic_reflection::pb::v1::{
    ServerReflectionRequest, ServerReflectionResponse, server_reflection_request::MessageRequest,
    server_reflection_response::MessageResponse,
};

use crate::{
    in_process::{wish, wrong},
    raw,
    shown::Shown,
};

/// Whom there is to ask about: Ana of class 7b, who struggles.
pub struct World {
    /// A decision that spoke.
    decision_id: String,
}

const ANA: &str = "ana";
const CLASS: &str = "7b";

fn read<T: Message + Default>(bytes: Bytes) -> T {
    T::decode(bytes).unwrap()
}

impl World {
    /// Makes her known to whoever's credential this is.
    pub async fn make(shown: &Shown) -> Self {
        let mistake = |id: i32| pb::Event { class_id: CLASS.to_owned(), ..wrong(ANA, &format!("made {id}")) };
        let events = pb::BatchSubmitEventsRequest { events: (0..20).map(mistake).collect(), ..Default::default() };
        let method = "hearten.v1.FeedbackService/BatchSubmitEvents";
        let told = raw::call(shown, method, events.encode_to_vec()).await.unwrap();
        let told: pb::BatchSubmitEventsResponse = read(told);
        let spoken = told.results.into_iter().find_map(|told| match told.result {
            Some(Answer::Reply(reply)) => {
                reply.decision.filter(|decision| matches!(decision.outcome, Some(pb::decision::Outcome::Feedback(_))))
            }
            _ => None,
        });
        Self { decision_id: spoken.expect("twenty mistakes, and not a word").decision_id }
    }

    /// A request that `SubmitEvent` takes.
    pub fn event(learner: &str, id: &str) -> Vec<u8> {
        pb::SubmitEventRequest { event: Some(wrong(learner, id)), ..Default::default() }.encode_to_vec()
    }

    /// A request that the method takes; `id` is new with every call.
    pub fn request(&self, method: &str, id: &str) -> Vec<u8> {
        let event = wrong("ben", id);
        let report = pb::OutcomeReport { decision_id: self.decision_id.clone(), outcome: 1, reason: String::new() };
        match method {
            "hearten.v1.FeedbackService/SubmitEvent" => Self::event("ben", id),
            "hearten.v1.FeedbackService/StreamSessions" => {
                pb::StreamSessionsRequest { message: Some(Sent::Event(event)) }.encode_to_vec()
            }
            "hearten.v1.FeedbackService/BatchSubmitEvents" => {
                pb::BatchSubmitEventsRequest { events: vec![event], ..Default::default() }.encode_to_vec()
            }
            "hearten.v1.FeedbackService/ReportOutcomes" => {
                pb::ReportOutcomesRequest { outcomes: vec![report] }.encode_to_vec()
            }
            "hearten.v1.FeedbackService/ExplainDecision" => {
                pb::ExplainDecisionRequest { decision_id: self.decision_id.clone() }.encode_to_vec()
            }
            "hearten.v1.LearnerService/GetLearner" => {
                pb::GetLearnerRequest { learner_id: ANA.to_owned(), view: 0 }.encode_to_vec()
            }
            "hearten.v1.LearnerService/BatchGetLearners" => {
                pb::BatchGetLearnersRequest { learner_ids: vec![ANA.to_owned()], view: 0 }.encode_to_vec()
            }
            "hearten.v1.LearnerService/UpdatePreferences" => {
                let preferences = pb::Preferences { locale: "pt-BR".to_owned(), ..Default::default() };
                wish("ben", preferences).encode_to_vec()
            }
            "hearten.v1.LearnerService/ListLearnersNeedingAttention" => {
                pb::ListLearnersNeedingAttentionRequest { class_id: CLASS.to_owned(), ..Default::default() }
                    .encode_to_vec()
            }
            "hearten.v1.LearnerService/WatchAttention" => {
                pb::WatchAttentionRequest { class_id: CLASS.to_owned() }.encode_to_vec()
            }
            "hearten.v1.LearnerService/ExportLearner" => {
                pb::ExportLearnerRequest { learner_id: ANA.to_owned() }.encode_to_vec()
            }
            // Somebody nobody will miss.
            "hearten.v1.LearnerService/DeleteLearner" => {
                pb::DeleteLearnerRequest { learner_id: "dan".to_owned() }.encode_to_vec()
            }
            "grpc.health.v1.Health/Check" | "grpc.health.v1.Health/Watch" => {
                HealthCheckRequest::default().encode_to_vec()
            }
            // Both versions are the same on the wire.
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
            | "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo" => {
                let message_request = Some(MessageRequest::ListServices(String::new()));
                ServerReflectionRequest { host: String::new(), message_request }.encode_to_vec()
            }
            other => panic!("{other} is new: say here how it is called, and below what it answers"),
        }
    }

    /// Whether the method did what it is there for.
    pub fn did(&self, method: &str, id: &str, answer: Bytes) -> bool {
        let replied = |reply: &pb::Reply| reply.event_id == id && !reply.duplicate && reply.assessment.is_some();
        match method {
            "hearten.v1.FeedbackService/SubmitEvent" => {
                read::<pb::SubmitEventResponse>(answer).reply.is_some_and(|reply| replied(&reply))
            }
            "hearten.v1.FeedbackService/StreamSessions" => {
                matches!(read::<pb::StreamSessionsResponse>(answer).message, Some(Streamed::Reply(reply)) if replied(&reply))
            }
            "hearten.v1.FeedbackService/BatchSubmitEvents" => {
                let results = read::<pb::BatchSubmitEventsResponse>(answer).results;
                matches!(&results[..], [one] if matches!(&one.result, Some(Answer::Reply(reply)) if replied(reply)))
            }
            "hearten.v1.FeedbackService/ReportOutcomes" => {
                let results = read::<pb::ReportOutcomesResponse>(answer).results;
                matches!(&results[..], [one] if matches!(&one.result, Some(Told::Taken(taken)) if taken.outcome == 1))
            }
            "hearten.v1.FeedbackService/ExplainDecision" => {
                let explained = read::<pb::ExplainDecisionResponse>(answer);
                explained.decision.is_some_and(|decision| decision.decision_id == self.decision_id)
                    && !explained.readings.is_empty()
            }
            "hearten.v1.LearnerService/GetLearner" => {
                let learner = read::<pb::GetLearnerResponse>(answer);
                (learner.learner_id.as_str(), learner.sequence) == (ANA, 20)
            }
            "hearten.v1.LearnerService/BatchGetLearners" => {
                let found = read::<pb::BatchGetLearnersResponse>(answer);
                matches!(&found.learners[..], [ana] if ana.sequence == 20) && found.unknown_learner_ids.is_empty()
            }
            "hearten.v1.LearnerService/UpdatePreferences" => {
                let wished = read::<pb::UpdatePreferencesResponse>(answer).preferences;
                wished.is_some_and(|wished| wished.locale == "pt-BR")
            }
            "hearten.v1.LearnerService/ListLearnersNeedingAttention" => {
                let listed = read::<pb::ListLearnersNeedingAttentionResponse>(answer).learners;
                matches!(&listed[..], [ana] if ana.learner_id == ANA)
            }
            "hearten.v1.LearnerService/WatchAttention" => {
                let change = read::<pb::WatchAttentionResponse>(answer).change;
                matches!(change, Some(Change::Needed(ana)) if ana.learner_id == ANA)
            }
            "hearten.v1.LearnerService/ExportLearner" => {
                let part = read::<pb::ExportLearnerResponse>(answer).part;
                matches!(part, Some(Part::Learner(ana)) if ana.profile.as_ref().is_some_and(|ana| ana.sequence == 20))
            }
            "hearten.v1.LearnerService/DeleteLearner" => {
                read::<pb::DeleteLearnerResponse>(answer) == pb::DeleteLearnerResponse::default()
            }
            "grpc.health.v1.Health/Check" | "grpc.health.v1.Health/Watch" => {
                read::<HealthCheckResponse>(answer).status == 1
            }
            _ => {
                let told = read::<ServerReflectionResponse>(answer).message_response;
                matches!(told, Some(MessageResponse::ListServicesResponse(listed)) if listed.service.len() == 5)
            }
        }
    }
}
