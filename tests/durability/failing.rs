//! A disk that fails: full, or unable to sync. The first failure is the last word until a restart.

use std::{path::Path, time::Duration};

use hearten::rpc::pb::{self, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer};
use tonic::Code;
use tonic_types::StatusExt;

use super::{
    history::{LEARNERS, event, learner_of, name},
    reference::{Reference, Told, told},
    support::{self, Client, Server, now, tools},
};

const UNAVAILABLE: i32 = Code::Unavailable as i32;

/// Streams events, many at a time, until well after the first is refused. Returns how many were answered.
async fn until_it_fails(client: &Client) -> (Vec<Told>, usize) {
    const AFTERWARDS: usize = 300;
    let mut stream = client.stream().await;
    let open = pb::Open { replay: true, ..pb::Open::default() };
    assert!(matches!(stream.exchange(Sent::Open(open)).await, Answer::Opened(_)));
    let (mut answered, mut refused, mut sent) = (Vec::new(), 0, 0);
    // To the last answer: an event is forgotten once it has been refused.
    while refused < AFTERWARDS || answered.len() + refused < sent {
        while refused < AFTERWARDS && sent < answered.len() + refused + 64 {
            stream.send(Sent::Event(event(sent))).await;
            sent += 1;
        }
        match stream.next().await.unwrap().expect("the stream goes on") {
            Answer::Reply(reply) => {
                assert_eq!(refused, 0, "acknowledged after a failed write: event {}", reply.event_id);
                assert_eq!(reply.event_id, answered.len().to_string());
                answered.push(told(reply.decision.as_ref().unwrap()));
            }
            Answer::Rejected(rejected) => {
                assert_eq!(rejected.code, UNAVAILABLE, "{rejected:?}");
                assert!(rejected.message.contains("restart"), "{rejected:?}");
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
        assert!(answered.len() < 5_000, "it never failed");
    }
    (answered, sent)
}

/// What holds once a write has failed, and after a restart.
async fn stays_refused(mut server: Server, directory: &Path) {
    let client = Client::to(&server).await;
    assert_eq!(client.health().await, "SERVING");
    let (answered, sent) = until_it_fails(&client).await;
    let acknowledged = answered.len();
    assert!(acknowledged > 0);
    println!("{acknowledged} acknowledged, {sent} sent");

    // Neither what failed nor anything new, on a call of its own.
    for number in [acknowledged, acknowledged + 1, sent, sent + 1] {
        let status = client.submit(serde_json::to_value(event(number)).unwrap()).await.unwrap_err();
        assert_eq!(status.code(), Code::Unavailable, "{status:?}");
        let details = status.get_error_details();
        assert_eq!(details.error_info().unwrap().reason, "STORE_FAILED");
        assert!(details.retry_info().is_some());
    }
    // What can be read is what was acknowledged, no more.
    let mut reference = Reference::start().await;
    reference.feed(0..acknowledged).await;
    let everybody: Vec<String> = (0..LEARNERS).map(name).collect();
    let expected = reference.learners().await;
    assert_eq!(client.learners(everybody.clone()).await.0, expected);
    assert!((0..acknowledged).all(|number| *reference.told(number) == answered[number]));

    let deadline = now() + Duration::from_secs(10);
    while client.health().await != "NOT_SERVING" {
        assert!(now() < deadline, "a server that refuses everything calls itself healthy");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(client);
    server.terminate();
    let status = tokio::task::block_in_place(|| server.wait(support::PATIENCE)).expect("it stops");
    assert_eq!(status.code(), Some(1), "whoever restarts it must see that it failed: {}", server.output());
    assert!(server.output().contains("hearten: the store refuses writes since one failed"), "{}", server.output());

    // A failed write is unknown, not undone: what comes back is a prefix with everything acknowledged in it.
    let server = Server::start_in(directory, &["--statistics", "frozen"]);
    let client = Client::to(&server).await;
    let found = client.learners(everybody.clone()).await.0;
    let kept = found.iter().map(|learner| learner.sequence as usize).sum::<usize>();
    assert!(acknowledged <= kept && kept <= sent, "{acknowledged} acknowledged, {kept} kept, {sent} sent");
    for learner in &found {
        let events = (0..kept).filter(|number| name(learner_of(*number)) == learner.learner_id).count();
        assert_eq!(learner.sequence as usize, events);
    }
    reference.feed(acknowledged..kept).await;
    assert_eq!(found, reference.learners().await);
    let mut stream = client.stream().await;
    stream.exchange(Sent::Open(pb::Open { replay: true, ..pb::Open::default() })).await;
    for number in kept.saturating_sub(LEARNERS)..kept + LEARNERS {
        let Answer::Reply(reply) = stream.exchange(Sent::Event(event(number))).await else { panic!("refused") };
        assert_eq!(reply.duplicate, number < kept, "event {number} of {kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_ends_acknowledging_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    // The first journal is laid out at its full length, so it takes a server without a limit to begin.
    let mut first = Server::start_in(home.path(), &["--statistics", "frozen"]);
    first.terminate();
    assert!(tokio::task::block_in_place(|| first.wait(support::PATIENCE)).expect("it stops").success());
    let server = Server::start_limited(200, home.path(), &["--statistics", "frozen"]);
    stays_refused(server, home.path()).await;
}

/// Only one sync fails and all later ones would succeed, which is how a kernel forgets what it could not write.
#[tokio::test(flavor = "multi_thread")]
async fn one_failed_sync_ends_acknowledging_though_the_next_would_succeed() {
    let Some(strace) = tools::strace() else { return };
    let home = tempfile::tempdir().unwrap();
    let fault = ["-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=12"];
    let server = Server::start_traced(&strace, &fault, home.path(), &["--statistics", "frozen"]);
    stays_refused(server, home.path()).await;
}
