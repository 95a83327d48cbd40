//! `hearten evaluate`: what it writes is what was believed, nothing from the future, and its figures are those of what it wrote.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "evaluate/engine.rs"]
mod engine;
#[path = "evaluate/figures.rs"]
mod figures;
#[path = "evaluate/future.rs"]
mod future;
#[path = "evaluate/labels.rs"]
mod labels;
#[path = "evaluate/mistakes.rs"]
mod mistakes;
#[path = "evaluate/real.rs"]
mod real;
#[path = "evaluate/reports.rs"]
mod reports;
#[path = "evaluate/rivals.rs"]
mod rivals;
#[path = "evaluate/warm.rs"]
mod warm;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::{Value, json};
use support::{
    hearten,
    platform::{Line, Platform, write},
};
use tempfile::TempDir;

const HEADER: &str =
    "event_id\tlearner_id\titem_id\tcorrect\tp_next_correct\tconfidence\tfrustration\tdisengagement\twheel_spinning";

/// More than the thousand events after which item statistics are renewed.
const CLASS: Platform = Platform { learners: 40, answers: 40, seed: 7, asks: false };

/// A folder to work in.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn log<'a>(&self, name: &str, events: impl IntoIterator<Item = &'a Value>) -> PathBuf {
        let path = self.path(name);
        write(&path, events);
        path
    }

    /// The lines below the header, and the report.
    fn evaluated(&self, log: &Path, more: &[&str]) -> (Vec<String>, Value) {
        let (rows, report, warned) = self.warned(log, more);
        assert_eq!(warned, "");
        (rows, report)
    }

    /// And what was said on the way.
    fn warned(&self, log: &Path, more: &[&str]) -> (Vec<String>, Value, String) {
        let predictions = self.path("predictions.tsv");
        let output = ran(log, &[&["--json", "--predictions", predictions.to_str().unwrap()], more].concat());
        let warned = String::from_utf8(output.stderr).unwrap();
        let text = fs::read_to_string(&predictions).unwrap();
        let rows = text.strip_prefix(HEADER).unwrap().strip_prefix('\n').unwrap();
        (rows.lines().map(str::to_owned).collect(), serde_json::from_slice(&output.stdout).unwrap(), warned)
    }

    fn predicted(&self, log: &Path, more: &[&str]) -> Vec<String> {
        self.evaluated(log, more).0
    }
}

fn evaluate(log: &Path, more: &[&str]) -> Output {
    hearten(["evaluate", log.to_str().unwrap()].into_iter().chain(more.iter().copied())).output().unwrap()
}

fn ran(log: &Path, more: &[&str]) -> Output {
    let output = evaluate(log, more);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Events without what is known of them.
fn events(lines: &[Line]) -> Vec<Value> {
    lines.iter().map(|line| line.event.clone()).collect()
}

fn attempt(learner: &str, number: usize, correct: bool) -> Value {
    json!({
        "eventId": number.to_string(), "learnerId": learner, "itemId": format!("q{number}"), "skillIds": ["s"],
        "untimed": true, "attempt": {"correct": correct},
    })
}

fn cells(row: &str) -> Vec<&str> {
    let cells: Vec<&str> = row.split('\t').collect();
    assert_eq!(cells.len(), HEADER.split('\t').count(), "{row}");
    cells
}

/// Each learner's answers, once: hints, reports and skips are none, what is known already is none, and neither is what the
/// API would refuse.
#[test]
fn there_is_one_line_per_attempt_in_the_order_of_the_log() {
    let desk = Desk::new();
    let about = |id: &str, action: &str, what: Value| json!({"eventId": id, "learnerId": "ana", "itemId": "q", "untimed": true, action: what});
    let report = json!({"feeling": "FEELING_CONFIDENCE", "intensity": 1.0});
    let log = desk.log(
        "log.jsonl",
        &[
            attempt("ana", 1, false),
            attempt("ben", 1, true),
            attempt("ana", 1, false), // known already
            about("h", "hint", json!({"level": 1})),
            about("s", "skip", json!({})),
            about("r", "selfReport", report),
            about("b1", "attempt", json!({})),             // neither right nor wrong
            about("b2", "attempt", json!({"score": 7.0})), // beyond all bounds
            about("score", "attempt", json!({"score": 0.5})),
            attempt("ana", 2, true),
            attempt("ana", 1, false), // known already
        ],
    );
    let predictions = desk.path("predictions.tsv");
    let output = ran(&log, &["--predictions", predictions.to_str().unwrap()]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with(&format!("hearten: {}: 2 events", log.display())) && told.lines().count() == 1, "{told}");
    assert!(told.contains("left out"), "{told}");
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("4 answers of 2 learners, "));

    let text = fs::read_to_string(predictions).unwrap();
    assert!(text.ends_with('\n'));
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(HEADER));
    let rows: Vec<Vec<&str>> = lines.map(cells).collect();
    let told: Vec<String> = rows.iter().map(|row| row[..4].join(" ")).collect();
    assert_eq!(told, ["1 ana q1 0", "1 ben q1 1", "score ana q 0", "2 ana q2 1"]);
    for cell in rows.iter().flat_map(|row| &row[4..]) {
        let decimals = cell.split_once('.').unwrap().1;
        assert!(decimals.len() == 6 && (0.0..=1.0).contains(&cell.parse::<f64>().unwrap()), "{cell}");
    }
}
