//! What whoever runs the server sees of it: how it starts, what it refuses, how it stops, and what it logs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "serve/policy.rs"]
mod policy;
#[path = "serve/refusals.rs"]
mod refusals;
#[path = "serve/stopping.rs"]
mod stopping;

use std::{
    env, fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};
use support::{Client, Server, client::message, grpcurl::objects, hearten, tools};
use tonic::Code;

/// One attempt at an item of its own.
fn attempt(learner: &str, number: usize, correct: bool) -> Value {
    json!({
        "eventId": format!("e{number}"), "learnerId": learner, "itemId": format!("q{number}"),
        "skillIds": ["fractions"], "attempt": {"correct": correct, "responseTime": "31s"},
    })
}

/// Runs a line as somebody would paste it, with grpcurl on the PATH.
fn paste(line: &str, grpcurl: &Path) -> Output {
    let folder = tempfile::tempdir().unwrap();
    symlink(grpcurl, folder.path().join("grpcurl")).unwrap();
    let path = env::var_os("PATH").unwrap();
    let path = [folder.path().to_path_buf()].into_iter().chain(env::split_paths(&path));
    Command::new("sh").args(["-c", line]).env("PATH", env::join_paths(path).unwrap()).output().unwrap()
}

#[test]
fn the_line_it_says_to_try_works_when_pasted() {
    let Some(grpcurl) = tools::grpcurl() else { return };
    let server = Server::start(&[]);
    let greeting = server.output_with("/SubmitEvent\n");
    let [first, second] = greeting.lines().collect::<Vec<_>>()[..] else { panic!("two lines: {greeting}") };
    let kept = format!("listening on {}; learners are kept in {}", server.addr(), server.directory().display());
    assert_eq!(first, format!("hearten {} {kept}", env!("CARGO_PKG_VERSION")));

    let line = second.strip_prefix("try: ").unwrap();
    let answered: Vec<Output> = (0..2).map(|_| paste(line, &grpcurl)).collect();
    let replies: Vec<Value> = answered
        .iter()
        .map(|output| {
            assert!(output.status.success(), "{output:?}");
            serde_json::from_str(&objects(&output.stdout)[0]).unwrap()
        })
        .collect();
    assert_eq!(replies[0]["reply"]["learnerId"], "ana");
    assert!(replies[0]["reply"]["decision"]["silence"]["cause"].is_string(), "{}", replies[0]);
    assert_eq!(replies[1]["reply"]["duplicate"], true, "pasted twice");
    assert_eq!(replies[1]["reply"]["decision"], replies[0]["reply"]["decision"]);
}

/// A log that is read by a program holds no colours.
#[test]
fn its_log_is_plain_text_where_there_is_no_terminal() {
    let mut server = Server::start(&[]);
    server.terminate();
    assert!(server.wait(support::PATIENCE).unwrap().success());
    let output = server.output();
    assert!(output.contains("stopping") && !output.contains('\u{1b}'), "{output:?}");
}

#[test]
fn without_a_command_it_serves_from_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = hearten([]);
    command.current_dir(&folder).env("HEARTEN_LISTEN", "127.0.0.1:0");
    let server = Server::spawn(command, folder.path());
    assert!(server.output().contains("learners are kept in hearten-data"), "{}", server.output());
    assert!(folder.path().join("hearten-data/data").is_dir());

    let other = tempfile::tempdir().unwrap();
    let mut command = hearten(["--listen", "127.0.0.1:0", "--store", "memory"]);
    // A flag outdoes the environment, even a broken one.
    command.current_dir(&other).env("HEARTEN_LISTEN", "nonsense");
    drop(Server::spawn(command, other.path()));
}

#[tokio::test]
async fn a_store_in_memory_keeps_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().join("data");
    for _ in 0..2 {
        let server = Server::start_in(&directory, &["--store", "memory"]);
        assert!(server.output().contains("nothing is kept (--store memory)"), "{}", server.output());
        let client = Client::to(&server).await;
        assert_eq!(client.learner("ana").await.unwrap_err().code(), Code::NotFound);
        assert!(!client.submit(attempt("ana", 1, true)).await.unwrap().duplicate);
        assert_eq!(client.learner("ana").await.unwrap().sequence, 1);
    }
    assert!(!directory.exists());
}

/// Everything that names a learner, in every kind of call and of mistake, at the most talkative there is.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_is_logged() {
    use hearten::rpc::pb::{self, stream_sessions_request::Message as Sent};
    const WHO: &str = "zora-quillfeather";
    const SITTING: &str = "sitting-with-zora";
    let mut server = Server::start(&["--log", "trace"]);
    let client = Client::to(&server).await;
    for number in 0..6 {
        client.submit(attempt(WHO, number, number == 5)).await.unwrap();
    }
    client.submit(attempt(WHO, 0, false)).await.unwrap();
    let mistakes = [
        json!({"eventId": "e0", "learnerId": WHO, "skip": {}}),
        json!({"eventId": "x", "learnerId": WHO, "attempt": {}}),
        json!({"eventId": "x", "learnerId": format!("{WHO}\n"), "skip": {}}),
        json!({"eventId": "x", "learnerId": WHO.repeat(20), "skip": {}}),
        json!({"eventId": "x", "learnerId": WHO, "itemId": "q".repeat(9000), "skip": {}}),
    ];
    for mistake in &mistakes {
        client.submit(mistake.clone()).await.unwrap_err();
    }
    let decision = client.learner(WHO).await.unwrap().recent_decisions[0].decision_id.clone();
    client.learner(&format!("{WHO}-unknown")).await.unwrap_err();
    client.learner(&format!("{WHO}\u{7}")).await.unwrap_err();
    client.learners(vec![WHO.to_owned(), format!("{WHO}-unknown")]).await;
    let mut feedback = pb::feedback_service_client::FeedbackServiceClient::new(client.0.clone());
    for id in [decision.clone(), format!("{WHO}-decision")] {
        let _ = feedback.explain_decision(pb::ExplainDecisionRequest { decision_id: id }).await;
    }
    let events = mistakes.iter().cloned().map(message).collect();
    feedback.batch_submit_events(pb::BatchSubmitEventsRequest { events, ..Default::default() }).await.unwrap();

    let mut stream = client.stream().await;
    let open = json!({"learnerId": WHO, "sessionId": SITTING});
    stream.exchange(Sent::Open(message(open))).await;
    for mistake in mistakes {
        stream.exchange(Sent::Event(message(mistake))).await;
    }
    stream.exchange(Sent::Close(pb::Close::default())).await;
    drop((stream, client, feedback));
    server.terminate();
    assert!(tokio::task::block_in_place(|| server.wait(support::PATIENCE)).unwrap().success());

    let output = server.output();
    assert!(output.contains("TRACE") && output.len() > 10_000, "it did not talk: {output}");
    let hex: String = WHO.bytes().map(|byte| format!("{byte:02x}")).collect();
    for personal in ["zora", "quillfeather", SITTING, &decision, &hex] {
        let line = output.lines().find(|line| line.to_lowercase().contains(&personal.to_lowercase()));
        assert_eq!(line, None, "{personal:?} was logged");
    }
}

/// The directory of a store that a server made and left.
fn used_directory(home: &Path) -> PathBuf {
    let directory = home.join("store");
    drop(Server::start_in(&directory, &[]));
    assert!(fs::read_dir(&directory).unwrap().count() > 0);
    directory
}
