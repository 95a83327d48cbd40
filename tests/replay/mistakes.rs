//! Logs that are broken, and servers that are not there.

use std::{fs, net::TcpListener, path::Path, time::Duration};

use hearten::rpc::pb::Duration as Length;
use serde_json::{Value, json};

use super::{Server, frozen, replay, stdout, support::hearten};

fn fails(log: &Path, server: Option<&Server>) -> String {
    let output = replay(log, server).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("hearten: ") && said.lines().count() == 1, "{said}");
    said
}

fn attempt(learner: &str, id: &str) -> Value {
    json!({"eventId": id, "learnerId": learner, "itemId": format!("q{id}"), "untimed": true, "attempt": {"correct": false}})
}

fn write(folder: &Path, lines: &[String]) -> std::path::PathBuf {
    let log = folder.join("log.jsonl");
    fs::write(&log, lines.join("\n")).unwrap();
    log
}

#[test]
fn a_broken_line_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let server = frozen();
    let good = attempt("ana", "1").to_string();
    for broken in
        [r#"{"eventId": "2""#, "not json", r#"{"eventId": 2}"#, r#"{"event": {}}"#, r#"{"untimed": "yes"}"#, "[]"]
    {
        // The blank line counts.
        let log = write(folder.path(), &[good.clone(), String::new(), broken.to_owned(), good.clone()]);
        for server in [None, Some(&server)] {
            let said = fails(&log, server);
            assert!(said.contains(&format!("{}:3: ", log.display())), "{broken}: {said}");
        }
    }
    fs::write(folder.path().join("log.jsonl"), b"\xff\xfe\n").unwrap();
    let said = fails(&folder.path().join("log.jsonl"), None);
    assert!(said.contains("log.jsonl:1: "), "{said}");
}

/// As most JSON writers write what there is not, and protobuf reads it.
#[test]
fn what_is_null_was_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let plain = (1..=3).map(|id| attempt("ana", &id.to_string()));
    let with_nulls = plain.clone().map(|mut event| {
        for field in ["mode", "skillIds", "partId", "classId", "suggested", "deviceSeq", "occurredAt", "hint", "skip"] {
            event[field] = Value::Null;
        }
        for field in ["score", "attemptNumber", "final", "responseTime"] {
            event["attempt"][field] = Value::Null;
        }
        event
    });
    let [with_nulls, plain] = [with_nulls.collect::<Vec<_>>(), plain.collect()].map(|events| {
        let lines: Vec<String> = events.iter().map(Value::to_string).collect();
        stdout(replay(&write(folder.path(), &lines), None).output().unwrap())
    });
    assert_eq!(with_nulls, plain);
    let wrong = attempt("ana", "1").to_string().replace("false", "\"no\"").replacen('{', "{\"mode\": null, ", 1);
    let said = fails(&write(folder.path(), &[wrong]), None);
    assert!(said.contains("log.jsonl:1: ") && said.contains("expected a boolean"), "{said}");
}

/// Such as a whole log that was made one array.
#[test]
fn a_line_that_never_ends_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = attempt("ana", "1").to_string();
    let endless = format!("[{}", "{},".repeat(2 << 20));
    let log = write(folder.path(), &[good.clone(), endless]);
    for server in [None, Some(&frozen())] {
        let said = fails(&log, server);
        assert!(said.contains("log.jsonl:2: the line is longer than 1 MiB"), "{said}");
    }
    let padded = format!("{good}{}", " ".repeat((1 << 20) - good.len()));
    stdout(replay(&write(folder.path(), &[padded, good]), None).output().unwrap());
}

#[test]
fn what_came_before_a_broken_line_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let log = write(folder.path(), &[attempt("ana", "1").to_string(), "not json".to_owned()]);
    for server in [None, Some(&frozen())] {
        let output = replay(&log, server).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stdout).contains("\n1 event, 0 messages\n"), "{output:?}");
    }
}

#[test]
fn what_is_no_duration_is_not_taken_for_one() {
    let folder = tempfile::tempdir().unwrap();
    for text in ["--31s", "--9223372036854775808s"] {
        let mut event = attempt("ana", "1");
        event["attempt"]["responseTime"] = json!(text);
        let said = fails(&write(folder.path(), &[event.to_string()]), None);
        assert!(said.contains("log.jsonl:1: ") && said.contains(" line 1 column "), "{text}: {said}");
    }
    let read = |text: &str| serde_json::from_str::<Length>(&format!("\"{text}\""));
    for text in
        ["--31s", "+31s", "-+31s", "1.+5s", "1.-5s", "31-s", "-s", ".5s", "s", "", "31", "1e3s", "1.0000000001s"]
    {
        assert!(read(text).is_err(), "{text}");
    }
    for (text, seconds, nanos) in [
        ("0s", 0, 0),
        ("31s", 31, 0),
        ("\\u0033s", 3, 0),
        ("1.5s", 1, 500_000_000),
        ("-0.5s", 0, -500_000_000),
        ("-1.000000001s", -1, -1),
    ] {
        let length = Length { seconds, nanos };
        assert_eq!(read(text).unwrap(), length, "{text}");
        assert_eq!(serde_json::from_value::<Length>(json!(length)).unwrap(), length);
    }
}

#[test]
fn a_log_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.jsonl");
    for path in [missing.as_path(), folder.path()] {
        let said = fails(path, None);
        assert!(said.contains(&path.display().to_string()), "{said}");
    }
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let log = write(folder.path(), &[attempt("ana", "1").to_string()]);
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for url in [format!("http://{free}"), "http://no-such-host.invalid:1".to_owned()] {
        let output = hearten(["replay", log.to_str().unwrap(), "--server", &url]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(said.starts_with(&format!("hearten: cannot reach {url}: ")) && said.lines().count() == 1, "{said}");
    }
    let output = hearten(["replay", log.to_str().unwrap(), "--server", "not a url"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("not a url"), "{said}");
}

#[test]
fn a_server_that_stops_half_way_is_not_taken_for_the_end_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..200_000).map(|number| attempt("ana", &number.to_string()).to_string()).collect();
    let log = write(folder.path(), &lines);
    for signal in ["TERM", "KILL"] {
        let mut server = frozen();
        let mut command = replay(&log, Some(&server));
        let replay = std::thread::spawn(move || command.output().unwrap());
        std::thread::sleep(Duration::from_millis(500));
        server.signal(signal);
        assert!(server.wait(super::support::PATIENCE).is_some());
        let output = replay.join().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.starts_with("hearten: "), "{said}");
        assert!(!String::from_utf8_lossy(&output.stdout).contains("200000 events"));
    }
}

/// What is refused is refused in the same words by both, and the rest of the log goes on.
#[test]
fn events_that_cannot_be_taken_are_listed_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut events: Vec<Value> = (1..=3).map(|id| attempt("ana", &id.to_string())).collect();
    events.push(attempt("ana", "1")); // known already
    let mut refused = vec![
        json!({"eventId": "1", "learnerId": "ana", "skip": {}, "untimed": true}),
        json!({"eventId": "b1", "learnerId": "ana", "attempt": {}}),
        json!({"eventId": "b2", "learnerId": "ana"}),
        json!({"eventId": "", "learnerId": "ana", "skip": {}}),
        json!({"eventId": "b3", "learnerId": "", "skip": {}}),
        json!({"eventId": "b4", "learnerId": "ana", "partId": "a", "skip": {}}),
        json!({"eventId": "b5", "learnerId": "ana", "skillIds": vec!["s"; 17], "skip": {}}),
        json!({"eventId": "b6", "learnerId": "ana", "itemId": "q".repeat(129), "skip": {}}),
        json!({"eventId": "b7", "learnerId": "a\tb", "skip": {}}),
    ];
    let count = refused.len();
    events.append(&mut refused);
    events.push(attempt("ana", "4"));
    let lines: Vec<String> = events.iter().map(Value::to_string).collect();
    let log = write(folder.path(), &lines);
    let offline = stdout(replay(&log, None).output().unwrap());
    assert!(offline.contains(&format!("\n{} events, ", events.len())), "{offline}");
    assert!(offline.contains(&format!("\n{count:>9}  refused\n")), "{offline}");
    assert!(offline.contains("        1  known already\n"), "{offline}");
    assert!(offline.contains("ana\tb1\trefused\tevent.attempt.correct is required"), "{offline}");
    let server = frozen();
    assert_eq!(stdout(replay(&log, Some(&server)).output().unwrap()), offline);

    let large = json!({"eventId": "b8", "learnerId": "ana", "sessionId": "s".repeat(9_000), "skip": {}});
    let offline = stdout(replay(&write(folder.path(), &[large.to_string()]), None).output().unwrap());
    assert!(offline.starts_with("ana\tb8\trefused\tevent is 9"), "{offline}");
}

#[test]
fn what_is_no_id_forges_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let long = "l".repeat(129);
    let odd = [("a\nl\t9\terror-run", "1"), ("\u{1b}[31m", "2"), (&*long, "3"), ("ana", "x\0y")];
    let lines = odd.map(|(learner, id)| attempt(learner, id).to_string());
    let log = write(folder.path(), &lines);
    let offline = stdout(replay(&log, None).output().unwrap());
    let said: Vec<&str> = offline.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(said.len(), odd.len(), "{offline}");
    assert!(said.iter().all(|line| line.matches('\t').count() == 3 && !line.contains(['\u{1b}', '\0'])), "{offline}");
    assert_eq!(stdout(replay(&log, Some(&frozen())).output().unwrap()), offline);
}

/// Ids may be as long as everywhere else.
#[test]
fn the_longest_learner_id_is_served_as_offline() {
    let folder = tempfile::tempdir().unwrap();
    let who = "l".repeat(128);
    let lines: Vec<String> = (0..4).map(|id| attempt(&who, &id.to_string()).to_string()).collect();
    let log = write(folder.path(), &lines);
    let offline = stdout(replay(&log, None).output().unwrap());
    assert!(offline.starts_with(&who), "{offline}");
    let server = frozen();
    assert_eq!(stdout(replay(&log, Some(&server)).output().unwrap()), offline);
}
