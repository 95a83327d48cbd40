//! Nothing lasts longer than it may, and what is over gives back what it took.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

use std::time::Duration;

use hearten::rpc::pb::{
    self, StreamSessionsRequest, feedback_service_client::FeedbackServiceClient,
    stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
};
use support::{
    Client, Server,
    client::{Stream, in_time},
    http2::{Call, Http2, framed},
    now,
    pace::event,
    tools,
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Request};

const SUBMIT: &str = "/hearten.v1.FeedbackService/SubmitEvent";
/// A busy machine wakes late.
const SLACK: Duration = Duration::from_secs(3);

/// A call of which the last byte never comes.
async fn unfinished(server: &Server, headers: &[(&str, &str)]) -> (Http2, Call) {
    let mut client = Http2::connect(server.addr(), 65_535, None).await;
    let mut call = client.call(SUBMIT, headers).await.unwrap();
    call.body.send_data(vec![0, 0, 0, 1, 0, 10].into(), false).unwrap();
    (client, call)
}

async fn ends_at(call: Call, due: Duration) {
    let start = now();
    let (code, _) = in_time(call.status()).await.unwrap();
    assert_eq!(Code::from(code), Code::DeadlineExceeded);
    let took = start.elapsed();
    assert!(due.mul_f64(0.9) < took && took < due + SLACK, "it ended after {took:?}, and was due after {due:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_ends_at_its_deadline_and_gives_its_place_back() {
    let server = Server::start(&["--tenant-calls", "1"]);
    let (_held, call) = unfinished(&server, &[("grpc-timeout", "700m")]).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    let client = Client::to(&server).await;
    let learner = client.learner("ana").await.unwrap_err();
    assert_eq!(learner.code(), Code::ResourceExhausted, "its place is taken: {learner}");
    ends_at(call, Duration::from_millis(500)).await;
    assert_eq!(client.learner("ana").await.unwrap_err().code(), Code::NotFound, "there is room again");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_call_lasts_longer_than_the_server_allows() {
    let server = Server::start(&["--call-timeout", "500ms"]);
    for headers in [&[][..], &[("grpc-timeout", "1H")], &[("grpc-timeout", "nonsense")]] {
        let (_held, call) = unfinished(&server, headers).await;
        ends_at(call, Duration::from_millis(500)).await;
    }
}

/// On a disk that is slow: the caller is told in time, and the event, which may be on disk by then, is known when it is sent again.
#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_waits_for_the_disk_ends_at_its_deadline_too() {
    let Some(strace) = tools::strace() else { return };
    let home = tempfile::tempdir().unwrap();
    let options = ["-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync"];
    let slow = [&options[..], &["-e", "inject=fdatasync:delay_enter=1500ms"]].concat();
    let server = Server::start_traced(&strace, &slow, &home.path().join("store"), &[]);
    let mut client = Http2::connect(server.addr(), 65_535, None).await;
    let request = pb::SubmitEventRequest { event: Some(event("ana", "1")), ..Default::default() };
    let mut call = client.call(SUBMIT, &[("grpc-timeout", "300m")]).await.unwrap();
    call.body.send_data(framed(&request), true).unwrap();
    ends_at(call, Duration::from_millis(300)).await;
    let answer = in_time(FeedbackServiceClient::new(Client::to(&server).await.0).submit_event(request)).await.unwrap();
    assert!(answer.into_inner().reply.unwrap().duplicate);
}

/// A stream, opened with a deadline or without.
async fn open(server: &Server, deadline: Option<Duration>) -> Stream {
    let (sender, receiver) = mpsc::channel(1);
    let mut request = Request::new(ReceiverStream::new(receiver));
    deadline.into_iter().for_each(|deadline| request.set_timeout(deadline));
    let client = Client::to(server).await;
    let answers = in_time(FeedbackServiceClient::new(client.0).stream_sessions(request)).await.unwrap().into_inner();
    Stream { sender, answers }
}

fn submit(id: usize) -> StreamSessionsRequest {
    StreamSessionsRequest { message: Some(Sent::Event(event("ana", &id.to_string()))) }
}

/// Keeps a stream busy until it ends: whether its sessions were to be resumed, how it ended, and after how long.
async fn busy(mut stream: Stream, pause: Duration) -> (bool, tonic::Status, Duration) {
    let (start, mut resume) = (now(), false);
    let sender = stream.sender.clone();
    let sending = tokio::spawn(async move {
        for id in 0.. {
            if sender.send(submit(id)).await.is_err() {
                break;
            }
            tokio::time::sleep(pause).await;
        }
    });
    let status = loop {
        match stream.next().await {
            Ok(Some(Answer::Closing(closing))) => resume = closing.resume,
            Ok(Some(Answer::Reply(_))) => assert!(!resume, "answered after it was closed"),
            Ok(other) => panic!("{other:?}"),
            Err(status) => break status,
        }
    };
    sending.abort();
    (resume, status, start.elapsed())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_at_its_deadline() {
    let server = Server::start(&[]);
    let deadline = Duration::from_millis(700);
    let (resume, status, took) = busy(open(&server, Some(deadline)).await, Duration::from_millis(20)).await;
    assert_eq!((resume, status.code()), (false, Code::DeadlineExceeded), "{status}");
    assert!(deadline.mul_f64(0.9) < took && took < deadline + SLACK, "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_stream_is_told_to_go_on_elsewhere() {
    let server = Server::start(&["--stream-idle", "500ms"]);
    // Busy for longer than it may be silent, then silent.
    let mut stream = open(&server, None).await;
    for id in 0..8 {
        let Some(message) = submit(id).message else { unreachable!() };
        assert!(matches!(stream.exchange(message).await, Answer::Reply(_)));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let start = now();
    let Ok(Some(Answer::Closing(closing))) = stream.next().await else { panic!("no closing") };
    assert!(closing.resume && closing.summary.unwrap().attempts == 8);
    assert_eq!(stream.next().await.unwrap_err().code(), Code::Unavailable);
    assert!(start.elapsed() < Duration::from_millis(500) + SLACK, "{:?}", start.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_has_lasted_long_enough_is_told_to_go_on_elsewhere() {
    let server = Server::start(&["--stream-age", "700ms"]);
    let (resume, status, took) = busy(open(&server, None).await, Duration::from_millis(20)).await;
    assert_eq!((resume, status.code()), (true, Code::Unavailable), "{status}");
    assert!(Duration::from_millis(630) < took && took < Duration::from_millis(700) + SLACK, "{took:?}");
}
