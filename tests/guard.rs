//! What one event costs: instructions as callgrind counts them, and how often memory is asked for. Both are the same on every machine
//! and at every hour, so a change that makes an event dearer is seen where it is made.
//!
//! Counted in the build that the tests have, from the difference of two runs of `benches/core/class.rs`. Kept in
//! `tests/guard/instructions.txt`; `UPDATE=1 cargo test --test guard` writes it anew. How long an event takes is told by `cargo bench`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

#[path = "../benches/core/class.rs"]
#[allow(dead_code, reason = "the benchmark uses the rest of it")]
mod class;
#[path = "support/tools.rs"]
#[allow(dead_code, reason = "other tests use the rest of it")]
mod tools;

use std::{env, fs, path::Path, process::Command};

use class::{Class, Stage};

/// Set in the process that is counted: the stage, and how many events.
const COUNTED: &str = "HEARTEN_COUNTED";
const KEPT: &str = "tests/guard/instructions.txt";
/// More instructions than this, of what is kept, are too many.
const MOST: f64 = 1.05;
/// How often the engine may ask for memory with an event: for the record, and for what is added to sums.
const MOST_ALLOCATIONS: f64 = 2.0;

/// What is counted, in a process of its own.
#[test]
fn counted() {
    let Ok(what) = env::var(COUNTED) else { return };
    let (stage, count) = what.split_once(':').unwrap();
    let tried = stage == "tried";
    let stage = match stage {
        "made" => Stage::Made,
        "read" => Stage::Read,
        "engine" => Stage::Engine,
        _ => Stage::Whole,
    };
    let mut class = if tried { Class::on_trial(20) } else { Class::new(20) };
    class.run(count.parse().unwrap(), stage);
}

/// What valgrind says of a run.
fn told(valgrind: &Path, tool: &[&str], stage: &str, count: u64) -> String {
    let mut command = Command::new(valgrind);
    command.args(tool).arg(env::current_exe().unwrap()).args(["--exact", "counted", "--test-threads=1"]);
    let output = command.env(COUNTED, format!("{stage}:{count}")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// The number that follows these words.
fn number(said: &str, words: &str) -> f64 {
    let (_, rest) = said.split_once(words).unwrap_or_else(|| panic!("no {words:?} in {said}"));
    let digits: String = rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().unwrap()
}

/// Of one event, as two runs differ.
fn of_one(count: impl Fn(u64) -> f64) -> f64 {
    let (few, many) = (500, 2_500);
    (count(many) - count(few)) / (many - few) as f64
}

#[test]
fn an_event_takes_no_more_instructions_than_it_did() {
    let Some(valgrind) = tools::valgrind() else { return };
    let callgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let count = |stage: &str| of_one(|count| number(&told(&valgrind, &callgrind, stage, count), "Collected :"));
    let now = count("whole") - count("made");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(KEPT);
    if env::var_os("UPDATE").is_some() {
        return fs::write(path, format!("{now:.0}\n")).unwrap();
    }
    let kept: f64 = fs::read_to_string(path).unwrap().trim().parse().unwrap();
    eprintln!("{now:.0} instructions an event, {kept:.0} kept: {:.3} of it", now / kept);
    assert!(now <= kept * MOST, "{now:.0} instructions an event, {kept:.0} before: see {KEPT}");
}

#[test]
fn a_trial_makes_an_event_no_dearer_than_a_tenth() {
    let Some(valgrind) = tools::valgrind() else { return };
    let callgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null"];
    let count = |stage: &str| of_one(|count| number(&told(&valgrind, &callgrind, stage, count), "Collected :"));
    let (made, without, with) = (count("made"), count("whole"), count("tried"));
    let share = (with - made) / (without - made);
    eprintln!("an event takes {share:.3} times as many instructions with every message on trial");
    assert!(share <= 1.10, "{share:.3}");
}

#[test]
fn the_engine_asks_for_memory_twice_an_event_at_most() {
    let Some(valgrind) = tools::valgrind() else { return };
    let blocks = |said: &str| number(said.split_once("Total:").unwrap().1, "bytes in");
    let count = |stage: &str| {
        of_one(|count| blocks(&told(&valgrind, &["--tool=dhat", "--dhat-out-file=/dev/null"], stage, count)))
    };
    let now = count("engine") - count("read");
    eprintln!("{now:.2} allocations an event in the engine's stage");
    assert!(now <= MOST_ALLOCATIONS, "{now:.2}");
}
