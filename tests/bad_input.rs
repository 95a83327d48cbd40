//! Bad input: refused by name, wherever it comes in, and nobody's record is the worse for it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

#[path = "bad_input/asked.rs"]
mod asked;
#[path = "bad_input/size.rs"]
mod size;
#[path = "bad_input/table.rs"]
mod table;

use std::collections::HashSet;

use hearten::rpc::pb::{
    self, batch_submit_events_request::Decide, batch_submit_events_response::result::Result as Answer,
    stream_sessions_response::Message,
};
use in_process::{Server, blamed, in_time, right, struggle, wrong};
use table::Bad;
use tonic::Code;

/// A server that knows somebody whom bad input must not touch.
async fn with_bystander() -> (Server, pb::GetLearnerResponse) {
    let server = Server::start().await;
    server.submit_all(struggle("bystander")).await;
    let known = server.learner("bystander").await;
    (server, known)
}

async fn untouched(server: Server, before: pb::GetLearnerResponse) {
    assert_eq!(server.learner("bystander").await, before);
    // And the learner named in what was refused is as unknown as before.
    assert_eq!(server.try_learner("bad").await.unwrap_err().code(), Code::NotFound);
    server.submit(right("bad", "1")).await;
    server.stop().await;
}

#[tokio::test]
async fn a_single_call_is_refused_by_name() {
    let (server, before) = with_bystander().await;
    for Bad { what, event, field } in table::all() {
        let request = pb::SubmitEventRequest { event: Some(event.clone()), ..Default::default() };
        let Err(status) = server.try_submit(request).await else { panic!("taken: {what}") };
        assert_eq!(status.code(), Code::InvalidArgument, "{what}: {status:?}");
        let field = within("event", field);
        assert_eq!(blamed(&status), (field.clone(), "INVALID_FIELD".to_owned()), "{what}");
        assert!(status.message().starts_with(&field), "{what}: {}", status.message());
        // What would be refused when it counts is refused when it does not.
        let request = pb::SubmitEventRequest { event: Some(event), dry_run: true, ..Default::default() };
        assert_eq!(server.try_submit(request).await.unwrap_err().code(), Code::InvalidArgument, "{what}");
    }
    let status = server.try_submit(pb::SubmitEventRequest::default()).await.unwrap_err();
    assert_eq!(status.code(), Code::InvalidArgument);
    assert_eq!(blamed(&status), ("event".to_owned(), "INVALID_FIELD".to_owned()));
    untouched(server, before).await;
}

/// What a platform's engineer reads: each way to put it once, of the first field that has it.
#[tokio::test]
async fn the_words_of_a_refusal() {
    let server = Server::start().await;
    let (mut known, mut told) = (HashSet::new(), String::new());
    for Bad { event, field, .. } in table::all() {
        let request = pb::SubmitEventRequest { event: Some(event), ..Default::default() };
        let status = server.try_submit(request).await.unwrap_err();
        let words = status.message().strip_prefix(&within("event", field)).unwrap().to_owned();
        if known.insert(words) {
            told.push_str(status.message());
            told.push('\n');
        }
    }
    insta::assert_snapshot!("refusals", told);
    server.stop().await;
}

#[tokio::test]
async fn a_stream_rejects_by_name_and_goes_on() {
    let (server, before) = with_bystander().await;
    let mut stream = server.stream().await;
    for (position, Bad { what, event, field }) in table::all().into_iter().enumerate() {
        stream.event(event.clone()).await;
        let rejected = stream.rejected().await;
        check(&rejected, what, &event, position as u64, &within("event", field));
    }
    let reply = stream.submit(wrong("goes on", "1")).await;
    assert_eq!(reply.assessment.unwrap().attempts, 1);
    untouched(server, before).await;
}

#[tokio::test]
async fn a_batch_rejects_by_name_and_place_and_takes_the_rest() {
    let (server, before) = with_bystander().await;
    let table = table::all();
    let events =
        table.iter().enumerate().flat_map(|(place, bad)| [wrong("good", &place.to_string()), bad.event.clone()]);
    let answers = server.batch(events.collect(), Decide::Each).await;
    assert_eq!(answers.len(), 2 * table.len());
    for (place, Bad { what, event, field }) in table.iter().enumerate() {
        let [Answer::Reply(good), Answer::Rejected(rejected)] = &answers[2 * place..2 * place + 2] else {
            panic!("{what}: {:?}", &answers[2 * place..2 * place + 2])
        };
        assert_eq!(good.assessment.as_ref().unwrap().attempts as usize, place + 1, "{what}");
        let position = 2 * place + 1;
        check(rejected, what, event, position as u64, &within(&format!("events[{position}]"), field));
    }
    untouched(server, before).await;
}

fn within(place: &str, field: &str) -> String {
    if field.is_empty() { place.to_owned() } else { format!("{place}.{field}") }
}

fn check(rejected: &pb::Rejected, what: &str, event: &pb::Event, position: u64, field: &str) {
    assert_eq!((Code::from(rejected.code), rejected.position), (Code::InvalidArgument, position), "{what}");
    assert_eq!(rejected.field, field, "{what}");
    assert!(rejected.message.starts_with(field), "{what}: {}", rejected.message);
    // What could be read of the ids is told back; what is too long to be one is not.
    for (told, sent) in [(&rejected.event_id, &event.event_id), (&rejected.learner_id, &event.learner_id)] {
        assert_eq!(told, if sent.len() > 128 { "" } else { sent }, "{what}");
    }
}

#[tokio::test]
async fn what_is_just_allowed_is_taken() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    for (place, event) in (0..).zip(table::just_allowed()) {
        let reply = server.submit(pb::Event { event_id: format!("single {place}"), ..event.clone() }).await;
        assert!(!reply.duplicate);
        stream.event(pb::Event { event_id: format!("stream {place}"), ..event.clone() }).await;
        assert!(matches!(stream.next().await, Message::Reply(_)), "{event:?}");
        let batch = vec![pb::Event { event_id: format!("batch {place}"), ..event }];
        let answers = server.batch(batch, Decide::Each).await;
        assert!(matches!(answers[0], Answer::Reply(_)), "{answers:?}");
    }
}

/// An id used for two things is a bug on the client's side: better named than counted once.
#[tokio::test]
async fn an_id_used_again_for_something_else_is_refused_by_name() {
    let (server, before) = with_bystander().await;
    server.submit(wrong("ana", "1")).await;
    let others = [
        right("ana", "1"),
        pb::Event { item_id: "another item".to_owned(), ..wrong("ana", "1") },
        pb::Event { part_id: "b".to_owned(), ..wrong("ana", "1") },
        pb::Event { skill_ids: vec!["decimals".to_owned()], ..wrong("ana", "1") },
        pb::Event { mode: pb::Mode::Exam.into(), ..wrong("ana", "1") },
        in_process::started("ana", "1", "item 1"),
    ];
    let mut stream = server.stream().await;
    for other in others {
        for dry_run in [false, true] {
            let request = pb::SubmitEventRequest { event: Some(other.clone()), view: 0, dry_run };
            let status = server.try_submit(request).await.unwrap_err();
            assert_eq!(status.code(), Code::AlreadyExists, "{other:?}");
            assert_eq!(blamed(&status), ("event.event_id".to_owned(), "EVENT_ID_REUSED".to_owned()));
        }
        stream.event(other.clone()).await;
        let rejected = stream.rejected().await;
        assert_eq!((Code::from(rejected.code), rejected.field.as_str()), (Code::AlreadyExists, "event.event_id"));
        let answers = server.batch(vec![other], Decide::Each).await;
        let [Answer::Rejected(rejected)] = &answers[..] else { panic!("{answers:?}") };
        assert_eq!((Code::from(rejected.code), rejected.field.as_str()), (Code::AlreadyExists, "events[0].event_id"));
    }
    let known = server.learner("ana").await;
    assert_eq!((known.sequence, known.assessment.unwrap().attempts), (1, 1));
    assert!(server.submit(wrong("ana", "1")).await.duplicate, "the original is still known");
    untouched(server, before).await;
}

#[tokio::test]
async fn an_unknown_view_is_no_reason_to_refuse_a_learners_event() {
    let server = Server::start().await;
    let request = pb::SubmitEventRequest { event: Some(wrong("ana", "1")), view: 99, dry_run: false };
    let response = in_time(server.feedback().submit_event(request)).await.unwrap();
    assert!(!response.into_inner().reply.unwrap().assessment.unwrap().signals.is_empty());
}
