//! A policy file of one's own: refused before anything is touched, read again on SIGHUP, and never half in force.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    thread,
    time::Duration,
};

use hearten::{
    feedback::Policy,
    rpc::pb::{
        self, StreamSessionsRequest, stream_sessions_request::Message as Sent,
        stream_sessions_response::Message as Answer,
    },
};
use serde_json::json;

use super::{
    attempt,
    refusals::refused,
    support::{Client, Server, client::message, hearten},
};

/// The policy that is built in, under another name.
fn named(name: &str) -> String {
    Policy::BUILTIN.replace("\"default-4\"", &format!("{name:?}"))
}

fn version(text: &str) -> String {
    Policy::parse(text).unwrap().version.to_string()
}

/// Puts a file in place as a whole, as careful editors do.
fn put(path: &Path, text: impl AsRef<[u8]>) {
    let beside = path.with_extension("new");
    fs::write(&beside, text).unwrap();
    fs::rename(beside, path).unwrap();
}

/// What is wrong, and how it is told.
fn broken() -> Vec<(&'static str, Vec<u8>, String)> {
    let text = named("broken");
    let spoilt = |from: &str, to: &str, told: &str| (text.replacen(from, to, 1).into_bytes(), told.to_owned());
    let cases = [
        ("a typing error", spoilt("per_day = 10", "per_dya = 10", "line 12: `per_dya = 10`: unknown field `per_dya`")),
        ("out of range", spoilt("per_day = 10", "per_day = 1000", "line 12: `per_day = 1000`: ")),
        ("broken off", (text[..text.len() / 2].into(), "line ".to_owned())),
        ("empty", (Vec::new(), "line 1: ``: missing field `layout`".to_owned())),
        ("not text", (vec![0xFF, 0xFE, 0x00], "UTF-8".to_owned())),
    ];
    cases.into_iter().map(|(what, (bytes, told))| (what, bytes, told)).collect()
}

#[test]
fn a_broken_policy_is_refused_before_anything_is_touched() {
    let home = tempfile::tempdir().unwrap();
    let [directory, file] = ["store", "policy.toml"].map(|name| home.path().join(name));
    let path = file.to_str().unwrap();
    // Were the port tried first, that would be the complaint.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    for (what, bytes, told) in broken() {
        fs::write(&file, bytes).unwrap();
        let (output, said) = refused(&["--listen", &port, "--policy", path], &[], &directory);
        assert_eq!(output.status.code(), Some(1), "{what}");
        assert!(said.starts_with(&format!("hearten: {path}: ")) && said.contains(&told), "{what}: {said}");
        assert_eq!(said.lines().count(), 1, "{what}: {said}");
        assert_eq!(refused(&["--listen", &port], &[("HEARTEN_POLICY", path)], &directory).1, said);
        let checked = hearten(["policy", "check", path]).output().unwrap();
        assert_eq!((checked.status.code(), String::from_utf8(checked.stderr).unwrap()), (Some(1), said));
        assert!(checked.stdout.is_empty());
    }
    fs::remove_file(&file).unwrap();
    let (_, said) = refused(&["--listen", &port, "--policy", path], &[], &directory);
    assert!(said.starts_with(&format!("hearten: {path}: No such file")), "{said}");
    assert!(!directory.exists(), "a refused start leaves nothing behind");
}

/// The policy that decided on an event.
async fn decided_by(client: &Client, number: usize) -> String {
    let reply = client.submit(attempt("ana", number, false)).await.unwrap();
    assert!(!reply.duplicate);
    reply.decision.unwrap().policy_version
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hangup_reads_the_policy_again_and_a_broken_one_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("policy.toml");
    let [old, new] = ["old", "new"].map(named);
    put(&file, &old);
    let server = Server::start(&["--policy", file.to_str().unwrap()]);
    let client = Client::to(&server).await;
    assert_eq!(decided_by(&client, 1).await, version(&old));
    // Not before it is asked for.
    put(&file, &new);
    assert_eq!(decided_by(&client, 2).await, version(&old));
    server.signal("HUP");
    let log = server.output_with("policy and messages were read again");
    assert!(log.contains(&version(&new)), "{log}");
    assert_eq!(decided_by(&client, 3).await, version(&new));
    let again = client.submit(attempt("ana", 1, false)).await.unwrap();
    assert!(again.duplicate && again.decision.unwrap().policy_version != version(&new), "what was decided stays so");

    for (number, (what, bytes, told)) in (4..).zip(broken()) {
        put(&file, bytes);
        server.signal("HUP");
        let log = server.output_with(&told);
        let line = log.lines().rfind(|line| line.contains(&told)).unwrap();
        let said = "what was read again is refused, and the old stays";
        assert!(
            line.contains("ERROR") && line.contains(said) && line.contains(file.to_str().unwrap()),
            "{what}: {line}"
        );
        assert_eq!(decided_by(&client, number).await, version(&new), "{what}");
    }
    fs::remove_file(&file).unwrap();
    server.signal("HUP");
    server.output_with("No such file");
    assert_eq!(decided_by(&client, 20).await, version(&new));
    put(&file, &old);
    server.signal("HUP");
    server.output_with(&version(&old));
    assert_eq!(decided_by(&client, 21).await, version(&old));
}

#[tokio::test]
async fn a_hangup_does_not_end_a_server_without_a_policy_file() {
    let server = Server::start(&[]);
    server.signal("HUP");
    server.output_with("start with --policy");
    let client = Client::to(&server).await;
    assert_eq!(decided_by(&client, 1).await, Policy::builtin().unwrap().version.to_string());
}

const STREAMS: usize = 4;
const LEARNERS: usize = 200;
const EVENTS: usize = 100;

/// The learners of one stream, in turns.
fn events(stream: usize) -> impl Iterator<Item = (String, usize)> {
    let learners = (0..LEARNERS).filter(move |learner| learner % STREAMS == stream);
    let learners: Vec<String> = learners.map(|learner| format!("learner {learner}")).collect();
    (0..EVENTS).flat_map(move |number| learners.clone().into_iter().map(move |learner| (learner, number)))
}

/// Sends them as fast as they are taken; what was answered, in the order of answers.
async fn stream(client: &Client, stream: usize) -> Vec<pb::Reply> {
    let mut both_ways = client.stream().await;
    let sender = both_ways.sender.clone();
    let sending = tokio::spawn(async move {
        for (learner, number) in events(stream) {
            let event = json!({
                "eventId": format!("e{number}"), "learnerId": learner, "itemId": format!("q{number}"),
                "skillIds": ["fractions"], "attempt": {"correct": number % 4 == 3, "responseTime": "31s"},
            });
            sender.send(StreamSessionsRequest { message: Some(Sent::Event(message(event))) }).await.unwrap();
        }
    });
    let mut replies = Vec::new();
    while replies.len() < LEARNERS / STREAMS * EVENTS {
        match both_ways.next().await.unwrap().expect("the stream goes on") {
            Answer::Reply(reply) => replies.push(reply),
            other => panic!("{other:?}"),
        }
    }
    sending.await.unwrap();
    drop(both_ways.sender);
    while let Some(last) = both_ways.answers.message().await.unwrap() {
        assert!(matches!(last.message, Some(Answer::Closing(_))), "{last:?}");
    }
    replies
}

/// Whatever happens, what goes on beside is told to stop.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}

/// Puts one policy after the other in place, and broken ones between, until it is told to stop; how often.
fn change(server: &Server, file: &PathBuf, policies: &[String; 2], over: &AtomicBool) -> usize {
    let broken = broken();
    let mut changes = 0;
    while !over.load(Relaxed) {
        match changes % 4 {
            0 | 2 => put(file, &policies[changes % 4 / 2]),
            1 => put(file, &broken[changes / 4 % broken.len()].1),
            // In place, as careless editors do: it may be read half written.
            _ => fs::write(file, &policies[changes / 4 % 2]).unwrap(),
        }
        server.signal("HUP");
        changes += 1;
        thread::sleep(Duration::from_millis(2));
    }
    changes
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_the_policy_under_load_loses_no_event() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("policy.toml");
    let policies = ["one", "two"].map(named);
    put(&file, &policies[0]);
    let server = Server::start(&["--policy", file.to_str().unwrap()]);
    let mut clients = Vec::new();
    for _ in 0..STREAMS {
        clients.push(Client::to(&server).await);
    }
    let over = AtomicBool::new(false);
    let (replies, changes) = thread::scope(|scope| {
        let changing = scope.spawn(|| change(&server, &file, &policies, &over));
        let stop = Stop(&over);
        let answered = tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                let [one, two, three, four] = &clients[..] else { panic!("four") };
                tokio::join!(stream(one, 0), stream(two, 1), stream(three, 2), stream(four, 3))
            })
        });
        drop(stop);
        let (one, two, three, four) = answered;
        ([one, two, three, four], changing.join().unwrap())
    });

    // Each event once, in the order sent.
    for (place, replies) in replies.iter().enumerate() {
        let answered = replies.iter().map(|reply| (reply.learner_id.clone(), reply.event_id.clone()));
        let sent = events(place).map(|(learner, number)| (learner, format!("e{number}")));
        assert!(answered.eq(sent), "stream {place}");
    }
    let replies: Vec<&pb::Reply> = replies.iter().flatten().collect();
    assert!(replies.iter().all(|reply| !reply.duplicate));
    let mut decided: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ids: HashMap<&str, usize> = HashMap::new();
    for reply in &replies {
        let decision = reply.decision.as_ref().unwrap();
        *decided.entry(&decision.policy_version).or_default() += 1;
        *ids.entry(&decision.decision_id).or_default() += 1;
    }
    eprintln!("{changes} changes: {decided:?}");
    let known = policies.each_ref().map(|text| version(text));
    assert_eq!(decided.keys().copied().collect::<BTreeSet<_>>(), known.iter().map(String::as_str).collect());
    assert!(ids.len() == replies.len() && changes > 20, "{} decisions, {changes} changes", ids.len());

    let learners: Vec<String> = (0..LEARNERS).map(|learner| format!("learner {learner}")).collect();
    for chunk in learners.chunks(50) {
        let (found, unknown) = clients[0].learners(chunk.to_vec()).await;
        assert!(unknown.is_empty() && found.len() == chunk.len(), "{unknown:?}");
        for learner in found {
            let attempts = learner.assessment.unwrap().attempts as usize;
            assert_eq!((attempts, learner.sequence as usize), (EVENTS, EVENTS), "{}", learner.learner_id);
        }
    }
    // And it still listens to whoever asks politely.
    put(&file, named("last"));
    server.signal("HUP");
    server.output_with(&version(&named("last")));
    assert_eq!(decided_by(&clients[0], 1).await, version(&named("last")));
}

/// A file system far away may never answer.
#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_never_arrives_holds_up_nobody() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("policy.toml");
    fs::write(&file, named("near")).unwrap();
    let mut server = Server::start(&["--policy", file.to_str().unwrap()]);
    fs::remove_file(&file).unwrap();
    assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
    let client = Client::to(&server).await;
    // Far more often than there are threads that serve.
    for number in 0..20 {
        server.signal("HUP");
        let event = attempt("ana", number, false);
        assert_eq!(client.submit(event).await.unwrap().decision.unwrap().policy_version, version(&named("near")));
    }
    server.terminate();
    assert!(server.wait(Duration::from_secs(10)).is_some_and(|status| status.success()));
}
