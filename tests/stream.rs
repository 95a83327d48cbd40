//! `StreamSessions`: defaults, order, refusals, ends.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

#[path = "support/between.rs"]
mod between;
#[path = "stream/ends.rs"]
mod ends;
#[path = "stream/lost.rs"]
mod lost;

use hearten::rpc::pb::{
    self, Reason, Suggestion, feedback::Kind, silence::Cause, stream_sessions_request::Message as Sent,
    stream_sessions_response::Message as Answer,
};
use in_process::{Server, Setup, Stream, answer, feedback, moment, now_ms, right, silence, spoken, struggle, wrong};
use tonic::Code;

/// What is opened for ana.
fn open() -> pb::Open {
    pb::Open { learner_id: "ana".to_owned(), session_id: "monday".to_owned(), ..Default::default() }
}

/// An event that leaves out whose it is.
fn anonymous(event: pb::Event) -> pb::Event {
    pb::Event { learner_id: String::new(), ..event }
}

#[tokio::test]
async fn open_sets_defaults_for_the_events_that_follow() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    let opened = stream.open(pb::Open { mode: pb::Mode::Exam.into(), view: pb::View::Full.into(), ..open() }).await;
    assert_eq!((opened.learner_id.as_str(), opened.session_id.as_str()), ("ana", "monday"));
    assert!(!opened.policy_version.is_empty() && !opened.model_version.is_empty());

    let reply = stream.submit(anonymous(wrong("ana", "1"))).await;
    assert_eq!((reply.learner_id.as_str(), reply.session_id.as_str()), ("ana", "monday"));
    assert_eq!(silence(&reply).unwrap().0, Cause::NotPractice);
    assert!(!reply.assessment.unwrap().signals.is_empty());

    // An event's own word counts more.
    let own = pb::Event { session_id: "extra".to_owned(), mode: pb::Mode::Practice.into(), ..wrong("ana", "2") };
    let reply = stream.submit(own).await;
    assert_eq!(reply.session_id, "extra");
    assert_eq!(silence(&reply).unwrap().0, Cause::NothingToSay);

    // The session opened is the opened learner's, the mode is everybody's.
    let reply = stream.submit(wrong("ben", "1")).await;
    assert_eq!((reply.learner_id.as_str(), reply.session_id.as_str()), ("ben", ""));
    assert_eq!(silence(&reply).unwrap().0, Cause::NotPractice);

    // Opened anew, nothing of the old defaults is left.
    stream.open(pb::Open { learner_id: "cai".to_owned(), ..Default::default() }).await;
    let reply = stream.submit(anonymous(wrong("cai", "1"))).await;
    assert_eq!((reply.learner_id.as_str(), reply.session_id.as_str()), ("cai", ""));
    assert_eq!(silence(&reply).unwrap().0, Cause::NothingToSay);
    assert!(reply.assessment.unwrap().signals.is_empty(), "brief unless stated");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_learners_share_a_stream_each_in_order() {
    const LEARNERS: usize = 40;
    const EVENTS: usize = 25;
    let server = Server::start().await;
    let mut stream = server.stream().await;
    let mut sent = Vec::new();
    for id in 0..EVENTS {
        for learner in 0..LEARNERS {
            let event = answer(&format!("learner {learner}"), &id.to_string(), (id + learner) % 3 > 0);
            sent.push((event.learner_id.clone(), event.event_id.clone(), id as u32 + 1));
            stream.event(event).await;
        }
    }
    for (learner, id, attempts) in sent {
        let reply = stream.reply().await;
        assert_eq!((&reply.learner_id, &reply.event_id), (&learner, &id), "answered in the order sent");
        assert_eq!(reply.assessment.unwrap().attempts, attempts, "{learner}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_rejected_and_the_stream_goes_on() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    let mut rejects = async |message: Option<Sent>, position, field: &str| {
        match message {
            Some(message) => stream.send(message).await,
            None => stream.send_nothing().await,
        }
        let rejected = stream.rejected().await;
        assert_eq!((rejected.position, Code::from(rejected.code)), (position, Code::InvalidArgument));
        assert_eq!(rejected.field, field);
        assert!(rejected.message.starts_with(field), "{}", rejected.message);
        rejected
    };
    let close = |learner: &str| pb::Close { learner_id: learner.to_owned(), session_id: String::new() };
    let nobodys = rejects(Some(Sent::Event(anonymous(wrong("", "7")))), 0, "event.learner_id").await;
    assert_eq!((nobodys.event_id.as_str(), nobodys.learner_id.as_str()), ("7", ""));
    rejects(None, 1, "message").await;
    rejects(Some(Sent::Close(close(""))), 2, "close.learner_id").await;
    rejects(Some(Sent::Event(pb::Event { action: None, ..wrong("ana", "1") })), 3, "event.action").await;
    rejects(Some(Sent::Open(pb::Open { mode: 99, ..open() })), 4, "open.mode").await;
    for (place, field) in (5..).zip(["learner_id", "session_id", "class_id", "assignment_id"]) {
        let mut bad = open();
        let id = match field {
            "learner_id" => &mut bad.learner_id,
            "session_id" => &mut bad.session_id,
            "class_id" => &mut bad.class_id,
            _ => &mut bad.assignment_id,
        };
        *id = "x".repeat(129);
        rejects(Some(Sent::Open(bad)), place, &format!("open.{field}")).await;
    }
    let reply = stream.submit(wrong("ana", "1")).await;
    assert_eq!(reply.assessment.unwrap().attempts, 1);
    stream.half_close();
    let (rest, ended) = stream.rest().await;
    ended.unwrap();
    let [Answer::Closing(closing)] = &rest[..] else { panic!("{rest:?}") };
    assert_eq!((closing.learner_id.as_str(), closing.session_id.as_str()), ("ana", ""), "nothing was opened");
}

#[tokio::test]
async fn a_rejected_open_leaves_the_defaults_as_they_were() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    stream.open(open()).await;
    stream.send(Sent::Open(pb::Open { learner_id: "a\nb".to_owned(), ..Default::default() })).await;
    assert_eq!(stream.rejected().await.field, "open.learner_id");
    let reply = stream.submit(anonymous(wrong("ana", "1"))).await;
    assert_eq!((reply.learner_id.as_str(), reply.session_id.as_str()), ("ana", "monday"));
}

#[tokio::test]
async fn an_event_resent_on_another_stream_is_known() {
    let server = Server::start().await;
    let mut first = server.stream().await;
    let mut originals = Vec::new();
    for event in struggle("ana") {
        originals.push(first.submit(event).await);
    }
    drop(first);
    let mut second = server.stream().await;
    second.open(pb::Open { learner_id: "ana".to_owned(), ..Default::default() }).await;
    for (event, original) in struggle("ana").into_iter().zip(originals) {
        let again = second.submit(event).await;
        assert!(again.duplicate);
        assert_eq!(again.decision, original.decision);
    }
    second.half_close();
    assert_eq!(second.closing().await.summary.unwrap().attempts, 0, "duplicates are not counted again");
}

async fn struggle_on(stream: &mut Stream, learner: &str) -> pb::Reply {
    for event in struggle(learner) {
        stream.event(event).await;
    }
    stream.reply().await;
    stream.reply().await;
    stream.reply().await
}

#[tokio::test]
async fn only_steps_the_platform_can_offer_are_suggested() {
    let server = Server::start().await;
    let cases: [(&[Suggestion], Suggestion); 3] = [
        (&[], Suggestion::OfferHint),
        (&[Suggestion::TakeBreak, Suggestion::OfferHint], Suggestion::OfferHint),
        (&[Suggestion::TakeBreak], Suggestion::Unspecified),
    ];
    for (place, (offered, suggested)) in cases.into_iter().enumerate() {
        let capabilities = offered.iter().map(|step| *step as i32).collect();
        let mut stream = server.stream().await;
        stream.open(pb::Open { capabilities, ..Default::default() }).await;
        let reply = struggle_on(&mut stream, &format!("learner {place}")).await;
        let said = feedback(&reply).unwrap();
        assert_eq!((said.reason(), said.suggestion()), (Reason::ErrorRun, suggested));
    }
}

#[tokio::test]
async fn where_learners_are_not_told_whether_they_are_right_no_message_tells_them() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    stream.open(pb::Open { correctness_shown: Some(false), ..open() }).await;
    let reply = struggle_on(&mut stream, "ana").await;
    assert_eq!(silence(&reply), Some((Cause::Hidden, Reason::ErrorRun)));
    let reply = stream.submit(right("ana", "4")).await;
    assert_eq!(silence(&reply), Some((Cause::Hidden, Reason::Comeback)));

    // Nothing was said, so nothing was spent.
    stream.open(pb::Open { correctness_shown: Some(true), ..open() }).await;
    let mut said = None;
    for id in ["5", "6", "7"] {
        let reply = stream.submit(wrong("ana", id)).await;
        said = said.or(feedback(&reply).map(pb::Feedback::kind));
    }
    assert_eq!(said, Some(Kind::Encouragement));
}

#[tokio::test]
async fn a_replay_keeps_the_logs_own_time() {
    const YEAR: i64 = 365 * 24 * 3600 * 1000;
    let server = Server::start().await;
    let mut stream = server.stream().await;
    stream.open(pb::Open { replay: true, ..Default::default() }).await;
    let start = now_ms() - 15 * YEAR;
    for learner in ["ana", "ben"] {
        let [first, second, third] = struggle(learner);
        let at = |ms, event| pb::Event { occurred_at: moment(ms), ..event };
        stream.submit(at(start, first)).await;
        stream.submit(at(start + 30_000, second)).await;
        // Sent two minutes after it happened, by the log's own word.
        let held_back = moment(start + 180_000).filter(|_| learner == "ben");
        let reply = stream.submit(pb::Event { sent_at: held_back, ..at(start + 60_000, third) }).await;
        if learner == "ben" {
            assert_eq!(silence(&reply).unwrap().0, Cause::Stale);
        } else {
            assert_eq!(spoken(&reply), Some(Reason::ErrorRun));
            let until = feedback(&reply).unwrap().valid_until.unwrap().seconds * 1000;
            assert!((0..=120_000).contains(&(until - start - 60_000)), "valid until {until}, replayed from {start}");
        }
    }
    // Years later in the log, still long ago: nothing is stale, and the old struggle is over.
    let later = pb::Event { occurred_at: moment(start + 5 * YEAR), ..wrong("ana", "9") };
    let reply = stream.submit(later).await;
    assert_ne!(silence(&reply).map(|(cause, _)| cause), Some(Cause::Stale));
    assert_eq!(reply.assessment.unwrap().attempts, 4);
}

#[tokio::test]
async fn a_stream_and_single_calls_see_one_learner() {
    let server = Setup::default().start().await;
    let mut stream = server.stream().await;
    let [first, second, third] = struggle("ana");
    stream.submit(first).await;
    server.submit(second).await;
    let reply = stream.submit(third).await;
    assert_eq!(spoken(&reply), Some(Reason::ErrorRun));
    assert_eq!(
        reply.assessment,
        Some(pb::Assessment { signals: vec![], ..server.learner("ana").await.assessment.unwrap() })
    );
}
