//! How streams end: by `close`, by half-close, by a client that vanishes, by a server that stops.

use std::time::Duration;

use hearten::rpc::pb::{
    self, event::Action, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
};
use tonic::Code;
use tonic_types::StatusExt;

use crate::{
    anonymous,
    in_process::{Server, Setup, Stream, blamed, event, eventually, moment, now_ms, right, struggle, wrong},
    open,
};

#[tokio::test]
async fn a_session_closes_with_what_happened_in_it() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    stream.open(open()).await;
    let start = now_ms() - 30_000;
    let hint = event("", "h", Action::Hint(pb::Hint { level: 1, bottom_out: false }));
    let hint = pb::Event { item_id: "q5".to_owned(), ..hint };
    let events = struggle("ana").into_iter().chain([right("ana", "4"), hint, right("ana", "5")]).map(anonymous);
    for (second, event) in (0..).zip(events) {
        let second: i64 = second;
        stream.submit(pb::Event { occurred_at: moment(start + second * 1500), ..event }).await;
    }
    stream.submit(wrong("ben", "1")).await;

    // Neither learner nor session named: those of the last open.
    stream.send(Sent::Close(pb::Close::default())).await;
    let closing = stream.closing().await;
    assert_eq!((closing.learner_id.as_str(), closing.session_id.as_str(), closing.resume), ("ana", "monday", false));
    let summary = closing.summary.unwrap();
    assert_eq!((summary.attempts, summary.correct, summary.hints), (5, 2, 1));
    assert_eq!((summary.encouragements, summary.celebrations), (1, 1));
    let duration = summary.duration.unwrap();
    assert_eq!((duration.seconds, duration.nanos), (7, 500_000_000));

    // The stream goes on, and the session begins anew if it does.
    stream.submit(anonymous(right("ana", "6"))).await;
    stream.send(Sent::Close(pb::Close { learner_id: "ana".to_owned(), session_id: "monday".to_owned() })).await;
    assert_eq!(stream.closing().await.summary.unwrap().attempts, 1);
    stream.half_close();
    let closing = stream.closing().await;
    assert_eq!((closing.learner_id.as_str(), closing.summary.unwrap().attempts), ("ben", 1));
    assert_eq!(stream.rest().await.0, []);
}

#[tokio::test]
async fn half_close_ends_every_open_session_and_then_the_stream() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    stream.open(open()).await;
    for learner in ["cai", "ben"] {
        stream.event(pb::Event { untimed: true, ..wrong(learner, "1") }).await;
    }
    stream.half_close();
    let (answers, ended) = stream.rest().await;
    ended.unwrap();
    let [Answer::Reply(_), Answer::Reply(_), closings @ ..] = &answers[..] else { panic!("{answers:?}") };
    let told = closings.iter().map(|answer| match answer {
        Answer::Closing(closing) => {
            let summary = closing.summary.as_ref().unwrap();
            assert_eq!(summary.duration, Some(pb::Duration::default()), "untimed");
            (closing.learner_id.as_str(), closing.session_id.as_str(), summary.attempts, closing.resume)
        }
        other => panic!("{other:?}"),
    });
    // Opened is open, even if nothing happened.
    assert_eq!(Vec::from_iter(told), [("ana", "monday", 0, false), ("ben", "", 1, false), ("cai", "", 1, false)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_vanishes_leaves_what_was_answered_and_everybody_else() {
    let server = Server::start().await;
    let mut other = server.stream().await;
    other.submit(wrong("ben", "1")).await;

    let events = || (1..=20).map(|id| wrong("ana", &id.to_string()));
    let channel = server.connect().await;
    let mut stream = Stream::start(channel.clone()).await;
    for event in events() {
        stream.event(event).await;
    }
    for _ in 0..10 {
        stream.reply().await;
    }
    drop((stream, channel));

    other.submit(wrong("ben", "2")).await;
    let counted = server.attempts("ana").await;
    assert!((10..=20).contains(&counted), "{counted}");
    // What was not answered is safe to resend, on another stream, and counts once.
    let mut again = server.stream().await;
    for event in events() {
        again.event(event).await;
    }
    for id in 1..=20 {
        let reply = again.reply().await;
        assert!(reply.duplicate || id > 10, "event {id} was answered before");
    }
    assert_eq!(server.attempts("ana").await, 20);
    other.half_close();
    assert_eq!(other.closing().await.summary.unwrap().attempts, 2);
    server.stop().await;
}

/// A client that waits for no answer: what reached the server before it went is taken all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_vanished_client_sent_is_counted() {
    let server = Server::start().await;
    let channel = server.connect().await;
    let stream = Stream::start(channel.clone()).await;
    for event in struggle("ana") {
        stream.event(event).await;
    }
    eventually(async || server.try_learner("ana").await.is_ok_and(|known| known.sequence == 3)).await;
    drop((stream, channel));
    let reply = server.submit(wrong("ana", "3")).await;
    assert!(reply.duplicate);
    assert_eq!(server.attempts("ana").await, 3);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_answers_what_it_took_and_sends_everybody_on() {
    let home = tempfile::tempdir().unwrap();
    let mut server = Setup::default().in_directory(home.path()).start().await;
    let mut idle = server.stream().await;
    idle.open(open()).await;
    let mut busy = server.stream().await;
    for id in 1..=300 {
        busy.event(wrong("ben", &id.to_string())).await;
    }
    busy.reply().await;
    server.ask_to_stop();

    let (answers, ended) = busy.rest().await;
    let [replies @ .., Answer::Closing(closing)] = &answers[..] else { panic!("{answers:?}") };
    let answered = replies.len() as u32 + 1;
    assert!(replies.iter().all(|answer| matches!(answer, Answer::Reply(_))), "{replies:?}");
    assert!(closing.resume);
    assert_eq!((closing.learner_id.as_str(), closing.summary.as_ref().unwrap().attempts), ("ben", answered));
    let (answers, also_ended) = idle.rest().await;
    assert!(matches!(&answers[..], [Answer::Closing(closing)] if closing.resume && closing.learner_id == "ana"));
    for ended in [ended, also_ended] {
        let status = ended.unwrap_err();
        assert_eq!(status.code(), Code::Unavailable);
        assert_eq!(blamed(&status).1, "STOPPING");
        assert!(status.get_details_retry_info().unwrap().retry_delay > Some(Duration::ZERO));
    }
    drop((busy, idle));
    server.stop().await;

    // Taken, answered and on disk are the same events.
    let server = Setup::default().in_directory(home.path()).start().await;
    assert_eq!(server.attempts("ben").await, answered);
    server.stop().await;
}

#[tokio::test]
async fn calls_after_the_stop_are_refused() {
    let mut server = Server::start().await;
    server.submit(wrong("ana", "1")).await;
    let mut stream = server.stream().await;
    stream.open(open()).await;
    server.ask_to_stop();
    let (_, ended) = stream.rest().await;
    assert_eq!(ended.unwrap_err().code(), Code::Unavailable);
    server.stop().await;
}
