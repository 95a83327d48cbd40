//! What cannot be done is named, and nothing is written over.

use std::fs;

use hearten::feedback::Policy;
use serde_json::{Value, json};

use super::{Desk, attempt, named};

fn fails(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.run(arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn the_file_at_fault_is_named() {
    let desk = Desk::new();
    desk.file("broken.toml", &Policy::BUILTIN.replace("per_day", "per_week"));
    desk.file("broken.jsonl", "\nnot json\n");
    for (arguments, place) in [
        (["broken.toml", "built-in", "class.jsonl"], "hearten: broken.toml: line "),
        (["built-in", "broken.toml", "class.jsonl"], "hearten: broken.toml: line "),
        (["built-in", "missing.toml", "class.jsonl"], "hearten: missing.toml: No such file"),
        (["built-in", "four.toml", "missing.jsonl"], "hearten: cannot read missing.jsonl: No such file"),
        (["built-in", "four.toml", "broken.jsonl"], "hearten: broken.jsonl:2: "),
    ] {
        let said = fails(&desk, &arguments);
        assert!(said.starts_with(place) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn what_is_read_is_not_written_over_and_what_was_there_outlives_a_failure() {
    let desk = Desk::new();
    desk.file("model.toml", crate::support::models::MODEL);
    std::os::unix::fs::symlink(desk.path("class.jsonl"), desk.path("link.html")).unwrap();
    let read = ["commented.toml", "four.toml", "class.jsonl", "model.toml"];
    let before = read.map(|name| fs::read(desk.path(name)).unwrap());
    for out in read.into_iter().chain(["link.html"]) {
        let arguments = ["commented.toml", "four.toml", "class.jsonl", "--model", "model.toml", "--html", out];
        let said = fails(&desk, &arguments);
        assert_eq!(said, format!("hearten: {out} is read: it would be written over\n"));
    }
    assert!(read.map(|name| fs::read(desk.path(name)).unwrap()) == before);

    desk.file("page.html", "earlier");
    desk.file("broken.jsonl", "not json\n");
    fails(&desk, &["built-in", "four.toml", "broken.jsonl", "--html", "page.html"]);
    assert_eq!(fs::read_to_string(desk.path("page.html")).unwrap(), "earlier");
    let said = fails(&desk, &["built-in", "four.toml", "class.jsonl", "--html", "no such folder/page.html"]);
    assert!(said.starts_with("hearten: cannot write no such folder/page.html: "), "{said}");
    desk.text(&["built-in", "four.toml", "class.jsonl", "--html", "page.html"]);
    assert!(!desk.path("page.html.part").exists());
}

/// A replay says why.
#[test]
fn what_the_api_would_refuse_is_left_out_and_what_is_known_is_skipped() {
    let desk = Desk::new();
    let mut events: Vec<Value> = (1..=4).map(|number| attempt("ana", number, false)).collect();
    events.insert(1, attempt("ana", 1, false));
    events.insert(0, json!({"eventId": "b", "learnerId": "ana", "untimed": true, "attempt": {}}));
    desk.log("log.jsonl", &events);
    let output = desk.run(&["built-in", "four.toml", "log.jsonl", "--json"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("hearten: log.jsonl: 1 events the API would refuse were left out"), "{told}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!([&found["events"], &found["known"], &found["changed"]], [&json!(4), &json!(1), &json!(2)]);
}

/// The word is the policy that is built in; a file of that name has a path.
#[test]
fn a_file_may_be_called_like_the_word() {
    let desk = Desk::new();
    fs::copy(desk.path("four.toml"), desk.path("built-in")).unwrap();
    let versions = |a: &str| desk.json(&[a, "four.toml", "class.jsonl"])["policies"]["a"]["version"].clone();
    let whole = named(&desk.path("built-in")).to_owned();
    assert_ne!(versions("built-in"), versions("./built-in"));
    assert_eq!(versions("./built-in"), versions(&whole));
}
