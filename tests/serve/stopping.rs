//! A stop is clean, soon, and never waits for ever, whoever is connected.

use std::{
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use hearten::rpc::pb::{
    self, StreamSessionsRequest, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
};
use tonic::Code;

use super::{
    attempt,
    support::{Client, Server, client::message, now, tools},
};

/// Beyond the drain time: starting the last fsync, ending the process, on a busy machine.
const SLACK: Duration = Duration::from_secs(5);

fn event(learner: &str, number: usize) -> Sent {
    Sent::Event(message(attempt(learner, number, false)))
}

fn request(message: Sent) -> StreamSessionsRequest {
    StreamSessionsRequest { message: Some(message) }
}

/// Waits for the end; how long that took.
fn stopped(server: &mut Server, within: Duration) -> Duration {
    let start = now();
    let status = server.wait(within + SLACK);
    let output = server.output();
    let status = status.unwrap_or_else(|| panic!("it did not stop within {within:?} and {SLACK:?}: {output}"));
    assert_eq!(status.code(), Some(0), "{output}");
    assert!(output.contains("stopping") && output.contains("stopped"), "{output}");
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn both_signals_stop_it_with_streams_and_idle_connections_open() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&["--drain", "20s"]);
        let idle = Client::to(&server).await;
        assert_eq!(idle.health().await, "SERVING");
        let client = Client::to(&server).await;
        let mut stream = client.stream().await;
        assert!(matches!(stream.exchange(event("ana", 1)).await, Answer::Reply(_)));

        server.signal(signal);
        let Ok(Some(Answer::Closing(closing))) = stream.next().await else { panic!("no closing") };
        assert!(closing.resume && closing.learner_id == "ana", "{closing:?}");
        assert_eq!(stream.next().await.unwrap_err().code(), Code::Unavailable);
        let took = tokio::task::block_in_place(|| stopped(&mut server, Duration::from_secs(20)));
        assert!(took < Duration::from_secs(10), "SIG{signal}: nobody was left to wait for, and it took {took:?}");
        let refused = TcpStream::connect(server.addr());
        assert!(refused.is_err(), "it still listens");
    }
}

/// Whoever starts it may change their mind at once. The moment between is too short to hit, so its calls are looked at.
#[test]
fn it_says_that_it_listens_only_once_it_can_be_stopped_cleanly() {
    let Some(strace) = tools::strace() else { return };
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("trace");
    let options = ["-f", "-s", "1000", "-e", "trace=rt_sigaction,write", "-o", log.to_str().unwrap()];
    let mut server = Server::start_traced(&strace, &options, &home.path().join("store"), &[]);
    server.terminate();
    stopped(&mut server, Duration::ZERO);
    let trace = std::fs::read_to_string(log).unwrap();
    let place = |what: &str| trace.lines().position(|line| line.contains(what)).unwrap();
    for signal in ["TERM", "INT"] {
        assert!(place(&format!("rt_sigaction(SIG{signal}, {{sa_handler=0x")) < place("listening on"), "SIG{signal}");
    }
}

/// Connected and mute: nothing to close politely.
#[test]
fn a_mute_connection_holds_a_stop_up_no_longer_than_the_drain_time() {
    let mut server = Server::start(&["--drain", "1s"]);
    let _mute = TcpStream::connect(server.addr()).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    server.terminate();
    stopped(&mut server, Duration::from_secs(1));
}

/// A client that sends and does not read fills every buffer, so that nothing on its streams can move. It is slowed down,
/// not cut off, and it cannot hold a stop up.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_read_holds_a_stop_up_no_longer_than_the_drain_time() {
    let mut server = Server::start(&["--drain", "1s"]);
    let client = Client::to(&server).await;
    let sent = Arc::new(AtomicUsize::new(0));
    let mut streams = Vec::new();
    for learner in 0..20 {
        let stream = client.stream().await;
        let (sender, sent) = (stream.sender.clone(), Arc::clone(&sent));
        streams.push(stream);
        tokio::spawn(async move {
            while sender.send(request(event(&format!("l{learner}"), sent.load(Relaxed)))).await.is_ok() {
                sent.fetch_add(1, Relaxed);
            }
        });
    }
    let mut before = 0;
    while before == 0 || before < sent.load(Relaxed) {
        before = sent.load(Relaxed);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert!(streams.iter().all(|stream| !stream.sender.is_closed()), "cut off after {before} events");
    server.terminate();
    tokio::task::block_in_place(|| stopped(&mut server, Duration::from_secs(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_answered_before_a_stop_is_there_after_it() {
    let home = tempfile::tempdir().unwrap();
    let mut server = Server::start_in(home.path(), &[]);
    let client = Client::to(&server).await;
    let mut answered = Vec::new();
    for number in 0..5 {
        answered.push(client.submit(attempt("ana", number, number == 4)).await.unwrap());
    }
    server.terminate();
    tokio::task::block_in_place(|| stopped(&mut server, Duration::from_secs(10)));
    let server = Server::start_in(home.path(), &[]);
    let client = Client::to(&server).await;
    assert_eq!(client.learner("ana").await.unwrap().sequence, 5);
    for (number, answer) in answered.into_iter().enumerate() {
        let again = client.submit(attempt("ana", number, number == 4)).await.unwrap();
        assert!(again.duplicate);
        assert_eq!(decided(&again), decided(&answer));
    }
}

fn decided(reply: &pb::Reply) -> (&str, &pb::decision::Outcome) {
    let decision = reply.decision.as_ref().unwrap();
    (&decision.decision_id, decision.outcome.as_ref().unwrap())
}
