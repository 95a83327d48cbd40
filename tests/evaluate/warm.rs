//! What may be known before a log begins: items, never learners.

use std::{collections::BTreeSet, path::Path};

use hearten::evaluate::Split;
use serde_json::{Value, json};

use super::{CLASS, Desk, Platform, attempt, cells, events, figures::section};

/// The same people's names, other people.
fn renamed(events: &[Value]) -> Vec<Value> {
    let mut events = events.to_vec();
    for event in &mut events {
        event["learnerId"] = json!(format!("other-{}", event["learnerId"].as_str().unwrap()));
    }
    events
}

fn warm<'a>(path: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["--warm", path.to_str().unwrap()], more].concat()
}

fn first(rows: &[String]) -> f64 {
    cells(&rows[0])[4].parse().unwrap()
}

#[test]
fn items_are_known_from_the_warm_log() {
    let desk = Desk::new();
    let log = desk.log("log.jsonl", &[attempt("zoe", 1, true)]);
    let cold = first(&desk.predicted(&log, &[]));
    for (correct, sign) in [(true, 1.0), (false, -1.0)] {
        let others: Vec<Value> = (0..30).map(|number| attempt(&format!("l{number}"), 1, correct)).collect();
        let others = desk.log("others.jsonl", &others);
        let (rows, report) = desk.evaluated(&log, &warm(&others, &["--statistics", "frozen"]));
        assert!(sign * (first(&rows) - cold) > 0.1, "{rows:?}, cold {cold}");
        assert_eq!((&report["warm"], &report["learners"], &report["answers"]), (&json!(30), &json!(1), &json!(1)));
    }
    assert_eq!(desk.evaluated(&log, &[]).1["warm"], 0);
}

/// Even where learners and events of the two logs go by the same ids: they are other people, and nobody's answers are known
/// already.
#[test]
fn learners_are_not_known_from_the_warm_log() {
    let desk = Desk::new();
    let lines = events(&CLASS.lines());
    let log = desk.log("log.jsonl", &lines);
    let same = desk.log("same.jsonl", &lines);
    let others = desk.log("others.jsonl", &renamed(&lines));
    let (same, told, warned) = desk.warned(&log, &warm(&same, &[]));
    assert!(warned.contains("40 learner ids are in both logs"), "{warned}");
    assert!(same == desk.predicted(&log, &warm(&others, &[])));
    let cold = desk.predicted(&log, &[]);
    assert_eq!((told["answers"].as_u64(), told["learners"].as_u64()), (Some(cold.len() as u64), Some(40)));
    assert_ne!(same[0], cold[0]);
}

/// Frozen, a log says nothing about itself: each learner's first answer is expected as if nobody else were there.
#[test]
fn frozen_statistics_learn_nothing_on_the_way() {
    let desk = Desk::new();
    let lines = events(&CLASS.lines());
    let log = desk.log("log.jsonl", &lines);
    let (frozen, learnt) = (desk.predicted(&log, &["--statistics", "frozen"]), desk.predicted(&log, &[]));
    assert_eq!(desk.predicted(&log, &["--statistics", "learn"]), learnt);
    let of = |rows: &[String], learner: &str| -> Vec<String> {
        rows.iter().filter(|row| cells(row)[1] == learner).cloned().collect()
    };
    let alone: Vec<&Value> = lines.iter().filter(|event| event["learnerId"] == "l39").collect();
    let alone = desk.predicted(&desk.log("alone.jsonl", alone), &["--statistics", "frozen"]);
    assert!(of(&frozen, "l39") == alone);
    assert!(of(&learnt, "l39") != alone);
}

/// The fifth that `hearten fit` sets aside, with items known from everybody else.
#[test]
fn held_out_is_warm_from_the_others() {
    let desk = Desk::new();
    let lines = events(&Platform { learners: 80, answers: 20, ..CLASS }.lines());
    let log = desk.log("log.jsonl", &lines);
    let mut found = BTreeSet::new();
    for (seed, more) in [(1, &[][..]), (1, &["--seed", "1"]), (2, &["--seed", "2"])] {
        let is_out = |event: &&Value| Split { seed }.holds_out(event["learnerId"].as_str().unwrap());
        let (out, others): (Vec<&Value>, Vec<&Value>) = lines.iter().partition(is_out);
        let out = desk.log("out.jsonl", out);
        let others = desk.log("others.jsonl", others);
        let (apart, apart_report) = desk.evaluated(&out, &warm(&others, &[]));
        let (held_out, report) = desk.evaluated(&log, &[&["--held-out"], more].concat());
        assert!(held_out == apart, "{more:?}");
        assert_eq!(report, apart_report, "{more:?}");
        // Beside it stands what would have been believed without them.
        let cold = desk.evaluated(&out, &[]).1;
        assert_eq!(section(&report, "next answer, cold start")["measures"], section(&cold, "next answer")["measures"]);
        assert_ne!(section(&report, "next answer")["measures"], section(&cold, "next answer")["measures"]);
        let learners = report["learners"].as_u64().unwrap();
        assert!((8..=24).contains(&learners), "{learners} of 80");
        found.insert(held_out);
    }
    assert_eq!(found.len(), 2, "another seed holds out others, the first is the default");
}
