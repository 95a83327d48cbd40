//! What learners say about themselves is held against what was believed before they said it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    CLASS, Desk, Platform, cells, events,
    figures::{auc, measure, section},
};

/// From one to four hundred seconds go by between an answer and what is said about it, in which frustration is taken to fade.
const ASKED: Platform = Platform { asks: true, ..CLASS };

/// For each report of a feeling, the estimate in this column at the learner's last answer, and whether it was strong.
fn said(events: &[Value], rows: &[String], feeling: &str, column: usize) -> Vec<(f64, bool)> {
    let mut rows = rows.iter();
    let (mut believed, mut said) = (BTreeMap::new(), Vec::new());
    for event in events {
        let learner = event["learnerId"].as_str().unwrap();
        if event.get("attempt").is_some() {
            believed.insert(learner, cells(rows.next().unwrap())[column].parse().unwrap());
        }
        let report = &event["selfReport"];
        if report["feeling"] == feeling {
            said.push((believed[learner], report["intensity"].as_f64().unwrap() >= 0.8));
        }
    }
    said
}

#[test]
fn a_report_is_held_against_the_estimate_before_it() {
    let desk = Desk::new();
    let events = events(&ASKED.lines());
    let (rows, report) = desk.evaluated(&desk.log("log.jsonl", &events), &[]);
    for (feeling, name, column) in
        [("FEELING_CONFIDENCE", "self-reported confidence", 5), ("FEELING_FRUSTRATION", "self-reported frustration", 6)]
    {
        let said = said(&events, &rows, feeling, column);
        let section = section(&report, name);
        assert_eq!(section["rows"], said.len(), "{name}");
        let told = measure(section, "AUC for a report of 0.8 or more")["ours"]["value"].as_f64().unwrap();
        let ours = auc(&said);
        assert!((told - ours).abs() < 1e-5, "{name}: {told}, but {ours}");
        assert!(ours > 0.6, "{name}: the learners here report what happened to them");
    }
}

/// Reports say nothing to the engine, and where there are none nothing is said about them.
#[test]
fn without_reports_there_is_no_such_section_and_everything_else_is_the_same() {
    let desk = Desk::new();
    let mut asked = events(&ASKED.lines());
    asked.iter_mut().for_each(|event| event["untimed"] = true.into());
    let (with, _) = desk.evaluated(&desk.log("asked.jsonl", &asked), &["--statistics", "frozen"]);
    asked.retain(|event| event.get("selfReport").is_none());
    let (without, report) = desk.evaluated(&desk.log("unasked.jsonl", &asked), &["--statistics", "frozen"]);
    assert!(with == without);
    let names: Vec<&Value> = report["sections"].as_array().unwrap().iter().map(|section| &section["name"]).collect();
    assert!(names.contains(&&Value::from("struggle onset")), "{names:?}");
    assert!(!names.iter().any(|name| name.as_str().unwrap().starts_with("self-reported")), "{names:?}");
}
