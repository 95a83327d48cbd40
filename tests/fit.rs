//! `hearten fit`: coefficients that a log supports, the same each time, read by whatever takes a model.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "fit/held_out.rs"]
mod held_out;
#[path = "fit/lacking.rs"]
mod lacking;
#[path = "fit/shipped.rs"]
mod shipped;
#[path = "fit/used.rs"]
mod used;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
    sync::LazyLock,
};

use hearten::estimate::{Head, Model, Term};
use support::{
    hearten,
    platform::{Line, Platform, write},
};
use tempfile::TempDir;

const PLATFORM: Platform = Platform { learners: 300, answers: 60, seed: 11, asks: false };

/// What was made up, and what was fitted to it; once, because it takes a while.
struct Made {
    _folder: TempDir,
    lines: Vec<Line>,
    log: PathBuf,
    fitted: PathBuf,
    said: String,
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let (log, fitted) = (folder.path().join("log.jsonl"), folder.path().join("fitted.toml"));
    let lines = PLATFORM.lines();
    write(&log, lines.iter().map(|line| &line.event));
    let said = fits(&log, &fitted, &["--name", "made-up"]);
    Made { _folder: folder, lines, log, fitted, said }
});

fn fit(log: &Path, out: &Path, more: &[&str]) -> Output {
    let arguments = ["fit", log.to_str().unwrap(), "--out", out.to_str().unwrap()];
    hearten(arguments.into_iter().chain(more.iter().copied())).output().unwrap()
}

/// What it says when all is well.
fn fits(log: &Path, out: &Path, more: &[&str]) -> String {
    let output = fit(log, out, more);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn model(path: &Path) -> Model {
    Model::parse(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn the_same_logs_give_the_same_bytes_and_another_seed_gives_others() {
    let folder = tempfile::tempdir().unwrap();
    let [again, seeded, other] = ["again", "seeded", "other"].map(|name| folder.path().join(name));
    let more = ["--name", "made-up", "--seed"];
    let said = fits(&MADE.log, &again, &more[..2]);
    assert_eq!(said.replace(again.to_str().unwrap(), MADE.fitted.to_str().unwrap()), MADE.said);
    fits(&MADE.log, &seeded, &[&more[..], &["1"]].concat());
    fits(&MADE.log, &other, &[&more[..], &["2"]].concat());
    let [fitted, again, seeded, other] = [&MADE.fitted, &again, &seeded, &other].map(|path| fs::read(path).unwrap());
    assert!(fitted == again && fitted == seeded && fitted != other);
}

/// What the chances were made of is what weighs, and the way it was made to.
#[test]
fn what_was_made_up_is_found_and_every_weight_keeps_its_sign() {
    let model = model(&MADE.fitted);
    let weight = |term: Term| model.expectation.weights[term as usize];
    assert!((0.7..1.3).contains(&weight(Term::Easiness)), "{}", weight(Term::Easiness));
    assert!(weight(Term::Ability) > 0.3, "{}", weight(Term::Ability));
    for term in Term::ALL {
        assert!(term.bound().allows(weight(term)), "{}", term.name());
    }
    for head in Head::ALL {
        for (feature, weight) in &model.head(head).weights {
            let (_, bound) = head.shape().into_iter().find(|(known, _)| known == feature).unwrap();
            assert!(bound.allows(*weight), "{}: {} = {weight}", head.name(), feature.name());
        }
    }
    for head in [Head::Frustration, Head::WheelSpinning] {
        assert!(model.head(head).weights.iter().any(|(_, weight)| weight.abs() > 0.1), "{}", head.name());
    }
}
