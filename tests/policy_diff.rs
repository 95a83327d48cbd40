//! `hearten policy diff`: it tells exactly the decisions that change, in text, in JSON and on a page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "policy_diff/decisions.rs"]
mod decisions;
#[path = "policy_diff/mistakes.rs"]
mod mistakes;
#[path = "policy_diff/page.rs"]
mod page;
#[path = "policy_diff/rates.rs"]
mod rates;
#[path = "policy_diff/real.rs"]
mod real;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use hearten::feedback::Policy;
use serde_json::{Value, json};
use support::{
    hearten,
    platform::{Platform, write},
};
use tempfile::TempDir;

/// More than the thousand events after which item statistics are renewed.
const CLASS: Platform = Platform { learners: 30, answers: 50, seed: 11, asks: true };

/// A folder to work in, with the policy that is built in and others beside it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let four = changed("threshold = 3                     # wrong answers in a row", "threshold = 4");
        desk.file("four.toml", &four);
        desk.file("commented.toml", &format!("# Nothing is different.\n{}", Policy::BUILTIN));
        CLASS.write(&desk.path("class.jsonl"));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn log(&self, name: &str, events: &[Value]) {
        write(&self.path(name), events);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let all = ["policy", "diff"].into_iter().chain(arguments.iter().copied());
        hearten(all).current_dir(self.0.path()).output().unwrap()
    }

    fn text(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.text(&[arguments, &["--json"]].concat())).unwrap()
    }
}

/// The built-in policy with one line changed.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(Policy::BUILTIN.matches(from).count(), 1, "{from}");
    Policy::BUILTIN.replace(from, to)
}

fn attempt(learner: &str, number: usize, correct: bool) -> Value {
    json!({
        "eventId": number.to_string(), "learnerId": learner, "itemId": format!("q{number}"), "skillIds": ["s"],
        "untimed": true, "attempt": {"correct": correct},
    })
}

fn last_line(text: &str) -> &str {
    assert!(text.ends_with('\n'));
    text.lines().last().unwrap()
}

#[test]
fn nothing_changes_between_a_policy_and_itself_or_its_copy_with_another_comment() {
    let desk = Desk::new();
    desk.file("same.toml", Policy::BUILTIN);
    let said = desk.json(&["built-in", "built-in", "class.jsonl"])["policies"]["a"]["messages"].clone();
    assert!(said.as_u64().unwrap() > 50, "{said}");
    for other in ["built-in", "same.toml", "commented.toml"] {
        for statistics in ["frozen", "learn"] {
            let more = ["built-in", other, "class.jsonl", "--statistics", statistics];
            assert_eq!(last_line(&desk.text(&more)), "changed: 0", "{other}");
            let found = desk.json(&more);
            assert_eq!(
                (&found["changed"], &found["decisions"], &found["per_learner"]),
                (&json!(0), &json!([]), &json!([]))
            );
            let [a, b] = ["a", "b"].map(|side| {
                let mut figures = found["policies"][side].clone();
                (figures["version"].take(), figures)
            });
            assert_eq!(a.1, b.1);
            assert_eq!(a.0 == b.0, other != "commented.toml", "a version is of the whole file");
        }
    }
}

#[test]
fn the_text_is_the_same_every_time() {
    let desk = Desk::new();
    desk.file("calm.toml", &changed("per_hour = 4 ", "per_hour = 2 ").replace("threshold = 0.65", "threshold = 0.5"));
    let told = |more: &[&str]| {
        let text = desk.text(more);
        assert_eq!(text, desk.text(more));
        text
    };
    insta::assert_snapshot!("one line changed", told(&["built-in", "four.toml", "class.jsonl"]));
    insta::assert_snapshot!("fewer an hour", told(&["built-in", "calm.toml", "class.jsonl", "--statistics", "learn"]));
}

/// A path as an argument.
fn named(path: &Path) -> &str {
    path.to_str().unwrap()
}
