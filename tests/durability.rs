//! A reply means that the event is on disk, as the operating system saw it; and once a write has failed, nothing is
//! acknowledged any more.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "durability/failing.rs"]
mod failing;
#[path = "crash/history.rs"]
mod history;
#[path = "crash/reference.rs"]
mod reference;
#[path = "durability/trace.rs"]
mod trace;

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use hearten::rpc::pb::{self, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer};
use serde_json::json;
use support::{Client, Server, client::message, now, tools};
use trace::Trace;

/// A server, and everything it asks of the operating system about files and sockets.
struct Traced {
    server: Server,
    home: tempfile::TempDir,
}

impl Traced {
    fn start(strace: &Path, arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (store, log) = (home.path().join("store"), home.path().join("trace"));
        let calls = "trace=fsync,fdatasync,write,writev,pwrite64,pwritev,sendto,sendmsg,read,readv,recvfrom,recvmsg";
        // In hex and in full, with the names of files.
        let options = ["-f", "-y", "-xx", "-s", "1000000", "-e", calls, "-o", log.to_str().unwrap()];
        Self { server: Server::start_traced(strace, &options, &store, arguments), home }
    }

    fn store(&self) -> PathBuf {
        self.home.path().join("store")
    }

    /// Stops it; the whole trace.
    fn finish(mut self) -> Trace {
        self.server.terminate();
        assert!(self.server.wait(support::PATIENCE).expect("it stops").success());
        // The tracer is nobody's child here, so it is its last line that tells.
        let last = [&self.server.pid().to_string(), "+++", "exited", "with", "0", "+++"];
        let deadline = now() + support::PATIENCE;
        loop {
            let text = fs::read_to_string(self.home.path().join("trace")).unwrap();
            if text.lines().last().is_some_and(|line| line.split_whitespace().eq(last)) {
                return Trace::read(&text);
            }
            assert!(now() < deadline, "the trace has no end: {}", text.lines().last().unwrap_or_default());
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Each learner sends one event: the name is what to look for on its way in, to disk and out.
fn names(kind: &str, count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{kind}-learner-{number:03}-")).collect()
}

fn event(learner: &str) -> pb::Event {
    message(json!({"eventId": "1", "learnerId": learner, "itemId": "q", "attempt": {"correct": false}}))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reply_leaves_only_after_its_event_is_written_and_synced() {
    let Some(strace) = tools::strace() else { return };
    for statistics in ["frozen", "learn"] {
        let traced = Traced::start(&strace, &["--statistics", statistics]);
        let client = Client::to(&traced.server).await;
        let (unary, streamed, crowd) = (names("unary", 8), names("streamed", 8), names("crowd", 150));
        for learner in &unary {
            client.submit(serde_json::to_value(event(learner)).unwrap()).await.unwrap();
        }
        let mut stream = client.stream().await;
        for learner in &streamed {
            assert!(matches!(stream.exchange(Sent::Event(event(learner))).await, Answer::Reply(_)));
        }
        // Many under way at once share their syncs, and none goes without.
        for learner in &crowd {
            stream.send(Sent::Event(event(learner))).await;
        }
        for _ in &crowd {
            assert!(matches!(stream.next().await, Ok(Some(Answer::Reply(_)))));
        }
        drop((stream, client));
        let store = traced.store();
        let trace = traced.finish();
        for learner in unary.iter().chain(&streamed).chain(&crowd) {
            trace.proves(&store, learner).unwrap_or_else(|missing| panic!("{learner}: {missing}"));
        }
        // The proof is worth something: without the syncs there is none.
        let broken = trace.without_syncs();
        for learner in unary.iter().chain(&streamed).chain(&crowd) {
            assert!(broken.proves(&store, learner).is_err(), "{learner} is proven by nothing");
        }
    }
}

/// What the proof says of a server that keeps nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_in_memory_proves_nothing() {
    let Some(strace) = tools::strace() else { return };
    let traced = Traced::start(&strace, &["--store", "memory"]);
    let client = Client::to(&traced.server).await;
    client.submit(serde_json::to_value(event("memory-learner-")).unwrap()).await.unwrap();
    drop(client);
    let store = traced.store();
    let missing = traced.finish().proves(&store, "memory-learner-").unwrap_err();
    assert_eq!(missing, "never written to a file of the store");
}
