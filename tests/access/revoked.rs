//! Keys that are made and taken back while the real server runs.

use std::{collections::HashSet, fs, path::Path, process::Command, thread, time::Duration};

use bytes::Bytes;
use hearten::rpc::pb::{
    self, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Streamed,
    watch_attention_response::Change,
};
use prost::Message as _;
use tonic::{Code, Status};

use crate::{
    calls::World,
    in_process::{blamed, eventually, wrong},
    raw::{self, Open},
    shown::Shown,
    support::{Client, PATIENCE, Server, hearten, now},
};

pub const SUBMIT: &str = "hearten.v1.FeedbackService/SubmitEvent";
pub const STREAM: &str = "hearten.v1.FeedbackService/StreamSessions";
pub const WATCH: &str = "hearten.v1.LearnerService/WatchAttention";
/// What "within seconds" is held to, on a machine that others use as well.
const SECONDS: Duration = Duration::from_secs(10);

fn keys(file: &Path, words: &[&str]) -> Command {
    let mut command = hearten(["keys"]);
    command.args(words).arg("--keys").arg(file);
    command
}

/// What `hearten keys …` prints.
pub fn told(file: &Path, words: &[&str]) -> String {
    let output = keys(file, words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

fn id(key: &str) -> &str {
    key.split('_').nth(1).unwrap()
}

pub fn serve(file: &Path, more: &[&str]) -> Server {
    let file = file.to_str().unwrap();
    Server::start(&[&["--store", "memory", "--keys", file], more].concat())
}

/// One message of a stream of sessions.
pub fn sent(id: &str) -> Vec<u8> {
    pb::StreamSessionsRequest { message: Some(Sent::Event(wrong("ana", id))) }.encode_to_vec()
}

/// Whether it is the answer to that event.
fn replied(answer: Bytes, id: &str) -> bool {
    let answer = pb::StreamSessionsResponse::decode(answer).unwrap();
    matches!(answer.message, Some(Streamed::Reply(reply)) if reply.event_id == id)
}

/// A list being watched, with Ana on it.
pub async fn watching(shown: &Shown) -> Open {
    World::make(shown).await;
    let mut watching =
        raw::watch(shown, WATCH, pb::WatchAttentionRequest { class_id: "7b".to_owned() }.encode_to_vec())
            .await
            .unwrap();
    let first = pb::WatchAttentionResponse::decode(watching.next().await.unwrap()).unwrap();
    assert!(matches!(first.change, Some(Change::Needed(ana)) if ana.learner_id == "ana"));
    watching
}

pub fn is_refused(status: &Status, reason: &str) {
    assert_eq!(status.code(), Code::Unauthenticated, "{status:?}");
    assert_eq!(blamed(status).1, reason, "{status:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_revoked_while_running_is_worth_nothing_within_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let kept = told(&file, &["new", "--role", "admin"]);
    let server = serve(&file, &[]);
    let channel = Client::to(&server).await.0;
    // Made while it runs.
    let made = told(&file, &["new", "--role", "admin", "--name", "the tablet app"]);
    let [kept, lost] = [&kept, &made].map(|key| Shown::bearer(&channel, key));
    eventually(async || raw::call(&lost, SUBMIT, World::event("ana", "first")).await.is_ok()).await;

    let mut streams = Vec::new();
    for shown in [&kept, &lost] {
        let mut stream = raw::open(shown, STREAM, sent("1")).await.unwrap();
        assert!(replied(stream.next().await.unwrap(), "1"));
        streams.push((stream, watching(shown).await));
    }
    let [(mut stream, watched), (lost_stream, lost_watched)] = <[_; 2]>::try_from(streams).ok().unwrap();

    let since = now();
    assert_eq!(told(&file, &["revoke", id(&made)]), "");
    for ended in [lost_stream.end().await, lost_watched.end().await] {
        is_refused(&ended, "CREDENTIAL_UNKNOWN");
        assert!(ended.message().contains("revoked"), "{ended:?}");
    }
    let refused = raw::call(&lost, SUBMIT, World::event("ana", "last")).await.unwrap_err();
    is_refused(&refused, "CREDENTIAL_UNKNOWN");
    assert!(since.elapsed() < SECONDS, "{:?}", since.elapsed());

    // Nobody else is touched.
    stream.send(sent("2")).await;
    assert!(replied(stream.next().await.unwrap(), "2"));
    raw::call(&kept, SUBMIT, World::event("ana", "kept")).await.unwrap();
    let more = pb::Event { class_id: "7b".to_owned(), ..wrong("ben", "0") };
    let more: Vec<_> = (0..20).map(|id| pb::Event { event_id: id.to_string(), ..more.clone() }).collect();
    let more = pb::BatchSubmitEventsRequest { events: more, ..Default::default() };
    raw::call(&kept, "hearten.v1.FeedbackService/BatchSubmitEvents", more.encode_to_vec()).await.unwrap();
    let mut watched = watched;
    watched.next().await.unwrap();
    let log = server.output();
    assert!(log.contains("taken up") && !log.contains("ERROR"), "{log}");
}

/// Both kinds of stream, and the calls after.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_expires_ends_its_streams() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    told(&file, &["new", "--role", "admin"]);
    let server = serve(&file, &[]);
    let channel = Client::to(&server).await.0;
    let short = told(&file, &["new", "--role", "admin", "--expires-in", "6s"]);
    let shown = Shown::bearer(&channel, &short);
    eventually(async || raw::call(&shown, SUBMIT, World::event("ana", "first")).await.is_ok()).await;
    let stream = raw::open(&shown, STREAM, sent("1")).await.unwrap();
    let watched = watching(&shown).await;
    for ended in [stream.end().await, watched.end().await] {
        is_refused(&ended, "CREDENTIAL_EXPIRED");
    }
    is_refused(&raw::call(&shown, SUBMIT, World::event("ana", "last")).await.unwrap_err(), "CREDENTIAL_EXPIRED");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_file_keeps_the_old_and_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let key = told(&file, &["new", "--role", "ingest"]);
    let server = serve(&file, &[]);
    let shown = Shown::bearer(&Client::to(&server).await.0, &key);
    let errors =
        || server.output().lines().filter(|line| line.contains("ERROR")).map(str::to_owned).collect::<Vec<_>>();
    let right = fs::read_to_string(&file).unwrap();
    let faults = [
        ("roles = [\"ingest\"]", "roles = [\"teach\"]", "teach"),
        ("salt = ", "sult = ", "sult"),
        ("[[key]]", "[[key", "array"),
    ];
    for (count, (line, instead, named)) in (1..).zip(faults) {
        assert!(right.contains(line), "{right}");
        fs::write(&file, right.replacen(line, instead, 1)).unwrap();
        let deadline = now() + PATIENCE;
        while errors().len() < count {
            assert!(now() < deadline, "nothing was said of {instead}");
            thread::sleep(Duration::from_millis(20));
        }
        // Looked at again, and not told again.
        thread::sleep(Duration::from_millis(2500));
        let errors = errors();
        assert_eq!(errors.len(), count, "{errors:?}");
        let told = &errors[count - 1];
        assert!(told.contains("the old stays") && told.contains("line ") && told.contains(named), "{told}");
        raw::call(&shown, SUBMIT, World::event("ana", named)).await.unwrap();
    }
    // Away altogether.
    fs::remove_file(&file).unwrap();
    thread::sleep(Duration::from_millis(3500));
    assert_eq!(errors().len(), 4, "{:?}", errors());
    raw::call(&shown, SUBMIT, World::event("ana", "gone")).await.unwrap();
    // Whole again, and without the key.
    fs::write(&file, "# no keys\n").unwrap();
    eventually(async || raw::call(&shown, SUBMIT, World::event("ana", "gone")).await.is_err()).await;
}

/// An editor, or a shell, empties the file before it writes it.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_being_written_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let key = told(&file, &["new", "--role", "ingest"]);
    let server = serve(&file, &[]);
    let shown = Shown::bearer(&Client::to(&server).await.0, &key);
    let mut stream = raw::open(&shown, STREAM, sent("0")).await.unwrap();
    stream.next().await.unwrap();
    let right = fs::read_to_string(&file).unwrap();
    for number in 1..=12 {
        fs::write(&file, "").unwrap();
        thread::sleep(Duration::from_millis(100));
        fs::write(&file, &right).unwrap();
        let id = number.to_string();
        raw::call(&shown, SUBMIT, World::event("ben", &id)).await.unwrap();
        stream.send(sent(&id)).await;
        assert!(replied(stream.next().await.unwrap(), &id));
        thread::sleep(Duration::from_millis(300));
    }
}

/// Neither in the file, nor in what the system tells of processes, nor in logs at their most talkative.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_kept_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let key = told(&file, &["new", "--role", "admin"]);
    let mut server = serve(&file, &["--log", "trace"]);
    let channel = Client::to(&server).await.0;
    let shown = Shown::bearer(&channel, &key);
    raw::call(&shown, SUBMIT, World::event("ana", "1")).await.unwrap();
    raw::call(&Shown::bearer(&channel, &format!("{key}x")), SUBMIT, World::event("ana", "2")).await.unwrap_err();
    raw::call(&shown.clone().meant_for("other"), SUBMIT, World::event("ana", "2")).await.unwrap_err();
    raw::call(&shown.clone().and("authorization", b"Bearer x"), SUBMIT, World::event("ana", "2")).await.unwrap_err();
    let of_process = |what: &str| fs::read(format!("/proc/{}/{what}", server.pid())).unwrap();
    let [arguments, environment] = ["cmdline", "environ"].map(of_process);
    assert_eq!(told(&file, &["list"]).lines().count(), 1);
    let listed = told(&file, &["list"]);
    assert_eq!(told(&file, &["revoke", id(&key)]), "");
    eventually(async || raw::call(&shown, SUBMIT, World::event("ana", "1")).await.is_err()).await;
    server.terminate();
    assert!(server.wait(PATIENCE).unwrap().success());
    let log = server.output();
    assert!(log.contains("TRACE") && log.len() > 5_000, "it did not talk: {log}");

    let secret = key.splitn(3, '_').nth(2).unwrap();
    assert_eq!(secret.len(), 43, "256 bits");
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let file = fs::read_to_string(&file).unwrap();
    let places = [
        ("file", file),
        ("list", listed),
        ("arguments", String::from_utf8_lossy(&arguments).into_owned()),
        ("environment", String::from_utf8_lossy(&environment).into_owned()),
        ("log", log),
    ];
    for (place, text) in places {
        let text = text.to_lowercase();
        for kept in [secret, &hex] {
            let line = text.lines().find(|line| line.contains(&kept.to_lowercase()));
            assert_eq!(line, None, "in the {place}");
        }
    }
}

#[test]
fn keys_made_at_once_are_all_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let made: Vec<_> = (0..20)
        .map(|number| {
            let name = format!("number {number}");
            keys(&file, &["new", "--role", "read", "--name", &name])
                .stdout(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let made: Vec<String> = made
        .into_iter()
        .map(|child| {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{output:?}");
            String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
        })
        .collect();
    let listed = told(&file, &["list"]);
    assert_eq!(listed.lines().count(), 20, "{listed}");
    for (number, key) in made.iter().enumerate() {
        let line = format!("key {} tenant=default roles=read (number {number})", id(key));
        assert!(listed.lines().any(|listed| listed == line), "{line}: {listed}");
    }
    // Some made while others are taken back.
    let revoked = made[..10].iter().map(|key| keys(&file, &["revoke", id(key)]));
    let more = (0..10).map(|_| keys(&file, &["new", "--role", "ingest"]));
    let changes: Vec<_> = revoked.zip(more).flat_map(|(one, other)| [one, other]).collect();
    let changes: Vec<_> =
        changes.into_iter().map(|mut command| command.stdout(std::process::Stdio::null()).spawn().unwrap()).collect();
    for mut change in changes {
        assert!(change.wait().unwrap().success());
    }
    let listed = told(&file, &["list"]);
    assert_eq!(listed.lines().filter(|line| line.contains("roles=read")).count(), 10, "{listed}");
    assert_eq!(listed.lines().filter(|line| line.contains("roles=ingest")).count(), 10, "{listed}");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "and nothing else is left");
}

#[test]
fn only_a_new_key_makes_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kyes.toml");
    for words in [&["list"][..], &["revoke", "it"]] {
        let output = keys(&file, words).output().unwrap();
        let why = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && why.contains("kyes.toml: "), "{why}");
    }
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_name_stays_on_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let output = keys(&file, &["new", "--role", "read", "--name", "a\nkey b"]).output().unwrap();
    assert!(!output.status.success() && String::from_utf8(output.stderr).unwrap().contains("--name"));
    told(&file, &["new", "--role", "read", "--name", "a"]);
    let text = fs::read_to_string(&file).unwrap().replace("name = \"a\"", "name = \"a\\nkey b\"");
    fs::write(&file, text).unwrap();
    assert_eq!(told(&file, &["list"]).lines().count(), 1);
}

#[test]
fn a_time_to_expire_has_the_units_that_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.toml");
    let new = ["new", "--role", "read", "--expires-in"];
    for time in ["90d", "2160h", "129600m", "7776000s", "7776000000ms"] {
        told(&file, &[&new[..], &[time]].concat());
    }
    // Midnight may fall between them.
    let day = |line: &str| line.split_once("expires=").unwrap().1.split('T').next().unwrap().to_owned();
    let listed = told(&file, &["list"]);
    let days: HashSet<_> = listed.lines().map(day).collect();
    assert!(listed.lines().count() == 5 && days.len() <= 2, "{listed}");
    let output = keys(&file, &[&new[..], &["3000000d"]].concat()).output().unwrap();
    assert!(String::from_utf8(output.stderr).unwrap().contains("ends after the year 9999"));
    for wrong in ["90", "0d", "1.5d", "3w", ""] {
        let output = keys(&file, &[&new[..], &[wrong]].concat()).output().unwrap();
        let why = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && why.contains("above 0 with ms, s, m, h or d, such as 90d"), "{why}");
    }
}
