//! Messages too large: for an event, for an answer, for the transport.

use hearten::rpc::pb::{self, batch_submit_events_response::result::Result as Answer, event::Action};
use prost::Message as _;
use tonic::{Code, Request, codegen::http::uri::PathAndQuery};

use crate::{
    in_process::{blamed, event, in_time, wrong},
    untouched, with_bystander,
};

const MIB: usize = 1 << 20;

fn of_size(bytes: usize) -> pb::Event {
    pb::Event { item_id: "x".repeat(bytes), ..wrong("bad", "1") }
}

#[tokio::test]
async fn an_event_of_a_mebibyte_is_refused_by_name() {
    let (server, before) = with_bystander().await;
    let request = pb::SubmitEventRequest { event: Some(of_size(MIB)), ..Default::default() };
    let status = server.try_submit(request).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(blamed(&status), ("event".to_owned(), "INVALID_FIELD".to_owned()));

    let mut stream = server.stream().await;
    stream.event(of_size(MIB)).await;
    let rejected = stream.rejected().await;
    assert_eq!((Code::from(rejected.code), rejected.field.as_str()), (Code::InvalidArgument, "event"));
    assert_eq!((rejected.event_id.as_str(), rejected.learner_id.as_str()), ("1", "bad"));
    assert_eq!(stream.submit(wrong("goes on", "1")).await.assessment.unwrap().attempts, 1);
    untouched(server, before).await;
}

#[tokio::test]
async fn what_the_transport_refuses_ends_its_own_call_only() {
    let (server, before) = with_bystander().await;
    // On the same connection.
    let mut other = server.stream().await;
    other.submit(wrong("goes on", "1")).await;

    let request = pb::SubmitEventRequest { event: Some(of_size(5 * MIB)), ..Default::default() };
    assert_eq!(server.try_submit(request).await.unwrap_err().code(), Code::OutOfRange);
    let events = (0..5).map(|_| of_size(MIB)).collect();
    let request = pb::BatchSubmitEventsRequest { events, ..Default::default() };
    let status = in_time(server.feedback().batch_submit_events(request)).await.unwrap_err();
    assert_eq!(status.code(), Code::OutOfRange);

    let mut stream = server.stream().await;
    stream.submit(wrong("before", "1")).await;
    stream.event(of_size(5 * MIB)).await;
    // Not a word about its sessions, and no pretence that all went well.
    let (answers, ended) = stream.rest().await;
    assert_eq!(answers, []);
    assert_eq!(ended.unwrap_err().code(), Code::OutOfRange);

    assert_eq!(other.submit(wrong("goes on", "2")).await.assessment.unwrap().attempts, 2);
    assert_eq!(server.attempts("before").await, 1);
    untouched(server, before).await;
}

/// An answer that told back all it was sent would be too large for the client, and the rest of the batch would be lost.
#[tokio::test]
async fn the_answer_to_a_batch_that_just_fits_fits_too() {
    let (server, before) = with_bystander().await;
    let events = vec![wrong("good", "1"), pb::Event { event_id: "x".repeat(2 * MIB), ..wrong("bad", "1") }, of_size(1)];
    let mut request = pb::BatchSubmitEventsRequest { events, ..Default::default() };
    let left = 4 * MIB - request.encoded_len() - 8;
    request.events[2].learner_id = "x".repeat(left);
    assert!(request.encoded_len() <= 4 * MIB);
    let response = in_time(server.feedback().batch_submit_events(request)).await.unwrap().into_inner();
    assert!(response.encoded_len() < 4096, "{} bytes", response.encoded_len());
    assert!(matches!(response.results[0].result, Some(Answer::Reply(_))));
    for result in &response.results[1..] {
        assert!(matches!(&result.result, Some(Answer::Rejected(rejected)) if rejected.field.starts_with("events[")));
    }
    untouched(server, before).await;
}

/// Fields this server does not know are ignored, as protobuf has it, and so is their size.
#[tokio::test]
async fn what_is_to_come_is_ignored() {
    let (server, before) = with_bystander().await;
    let event = event("good", "1", Action::SessionEnded(pb::SessionEnded {}));
    let request = Tomorrow { event: Some(event), invented: "x".repeat(10_000) };
    let mut client = tonic::client::Grpc::new(server.channel());
    in_time(client.ready()).await.unwrap();
    let path = PathAndQuery::from_static("/hearten.v1.FeedbackService/SubmitEvent");
    let codec = tonic_prost::ProstCodec::<Tomorrow, pb::SubmitEventResponse>::default();
    let response = in_time(client.unary(Request::new(request), path, codec)).await.unwrap();
    assert_eq!(response.into_inner().reply.unwrap().learner_id, "good");
    untouched(server, before).await;
}

/// A request as a later version might have it.
#[derive(Clone, PartialEq, prost::Message)]
struct Tomorrow {
    #[prost(message, optional, tag = "1")]
    event: Option<pb::Event>,
    #[prost(string, tag = "999")]
    invented: String,
}
