//! What was believed at an answer depends on nothing that came after it, nor on how it turned out.

use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use super::{CLASS, Desk, cells, events};

fn is_attempt(event: &Value) -> bool {
    event.get("attempt").is_some()
}

/// The 40 learners take turns, so whatever leaked would leak across learners, too; past the thousandth event, by way of the
/// item statistics.
#[test]
fn a_log_cut_short_is_predicted_as_the_whole_one_up_to_there() {
    let desk = Desk::new();
    let events = events(&CLASS.lines());
    let whole = desk.predicted(&desk.log("whole.jsonl", &events), &[]);
    assert_eq!(whole.len(), events.iter().filter(|event| is_attempt(event)).count());
    let cuts = (0.0..1.0).prop_map(|share: f64| 1 + (share * (events.len() - 1) as f64) as usize);
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(cut in cuts)| {
        let part = desk.predicted(&desk.log("part.jsonl", &events[..cut]), &[]);
        prop_assert_eq!(part.len(), events[..cut].iter().filter(|event| is_attempt(event)).count());
        // Not `prop_assert_eq`, which would print megabytes.
        prop_assert!(part.iter().zip(&whole).all(|(part, whole)| part == whole));
    });
}

/// A first attempt of the log with the other outcome.
fn flipped(events: &[Value], chosen: Index) -> (usize, Vec<Value>) {
    let firsts: Vec<usize> =
        (0..events.len()).filter(|place| events[*place]["attempt"]["attemptNumber"] == 1).collect();
    let place = firsts[chosen.index(firsts.len())];
    let mut events = events.to_vec();
    let correct = &mut events[place]["attempt"]["correct"];
    *correct = json!(!correct.as_bool().unwrap());
    (place, events)
}

#[test]
fn how_an_answer_turns_out_changes_what_is_believed_after_it_and_nothing_before() {
    let desk = Desk::new();
    let events = events(&CLASS.lines());
    let before = desk.predicted(&desk.log("before.jsonl", &events), &[]);
    let config = ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(chosen: Index)| {
        let (place, flipped) = flipped(&events, chosen);
        let after = desk.predicted(&desk.log("after.jsonl", &flipped), &[]);
        let row = events[..place].iter().filter(|event| is_attempt(event)).count();
        prop_assert!(before[..row] == after[..row]);
        let (was, is) = (cells(&before[row]), cells(&after[row]));
        // Who, what and the chance of it: as before. How it turned out, and how it is going: not.
        prop_assert_eq!(&was[..3], &is[..3]);
        prop_assert_ne!(was[3], is[3]);
        prop_assert_eq!(was[4], is[4]);
        prop_assert_ne!(was[5], is[5]);
        prop_assert_ne!(was[6], is[6]);
        let right = if is[3] == "1" { &is } else { &was };
        let wrong = if is[3] == "1" { &was } else { &is };
        prop_assert!(right[5] > wrong[5] && right[6] < wrong[6]);
        // The learner's next answer is seen with other eyes.
        let next = |rows: &[String]| {
            let mut rows = rows[row + 1..].iter().map(|row| cells(row).iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
            rows.find(|row| row[1] == was[1]).map(|row| row[4].clone())
        };
        prop_assert!(next(&before).is_none() || next(&before) != next(&after));
    });
}
