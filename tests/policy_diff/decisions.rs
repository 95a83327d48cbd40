//! The decisions that change are those that two engines decide differently, and the messages those that two replays print.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    reason::Verdict,
    rpc,
    store::{Key, Memory},
};
use serde_json::{Value, json};

use super::{Desk, attempt, support::hearten};

type Decision = (String, String);

/// What the engine decides, by learner and event.
fn decided(policy: &str, log: &Path, statistics: Statistics) -> BTreeMap<Decision, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let rules = Rules::new(Model::builtin().unwrap(), Policy::parse(policy).unwrap());
        let engine = Engine::open(rules, Arc::new(Memory::new()), statistics).await.unwrap();
        let mut decisions = BTreeMap::new();
        for (done, line) in (1..).zip(fs::read_to_string(log).unwrap().lines()) {
            let sent = serde_json::from_str(line).unwrap();
            let event = rpc::event(&sent, None).unwrap();
            let key = Key::new("test", event.learner.as_str());
            let reply = engine.submit(&key, &event, Options::default(), clock::now()).await.unwrap();
            let verdict = match reply.decision.unwrap().verdict {
                Verdict::Spoken { reason, .. } => format!("said {}", reason.name()),
                Verdict::Silent { cause, instead_of } => {
                    let held = instead_of.map_or(String::new(), |reason| format!(" ({})", reason.name()));
                    format!("silent {}{held}", cause.name())
                }
                Verdict::Undecided => panic!("a decision was asked for"),
            };
            decisions.insert((sent.learner_id, sent.event_id), verdict);
            if done % 1_000 == 0 {
                engine.renew_statistics();
            }
        }
        decisions
    })
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn told(found: &Value) -> BTreeMap<Decision, [String; 2]> {
    let decisions = found["decisions"].as_array().unwrap().iter();
    decisions
        .map(|one| {
            let sides = ["a", "b"].map(|side| text(one, side).to_owned());
            ((text(one, "learner").to_owned(), text(one, "event").to_owned()), sides)
        })
        .collect()
}

#[test]
fn exactly_the_decisions_that_two_engines_make_differently_are_told() {
    let desk = Desk::new();
    let four = fs::read_to_string(desk.path("four.toml")).unwrap();
    for (mode, name) in [(Statistics::Frozen, "frozen"), (Statistics::Learn, "learn")] {
        let [a, b] = [Policy::BUILTIN, &four].map(|policy| decided(policy, &desk.path("class.jsonl"), mode));
        let differ = a.iter().filter(|(decision, verdict)| b[*decision] != **verdict);
        let expected: BTreeMap<Decision, [String; 2]> =
            differ.map(|(decision, verdict)| (decision.clone(), [verdict.clone(), b[decision].clone()])).collect();
        assert!(expected.len() > 20, "{expected:?}");
        let found = desk.json(&["built-in", "four.toml", "class.jsonl", "--statistics", name]);
        assert_eq!(told(&found), expected);
        assert_eq!((&found["changed"], &found["events"]), (&json!(expected.len()), &json!(a.len())));
        adds_up(&found);
    }
}

/// The parts of a report against each other.
fn adds_up(found: &Value) {
    let count = |value: &Value, key: &str| value[key].as_u64().unwrap();
    let mut sums = BTreeMap::new();
    for row in found["per_reason"].as_array().unwrap() {
        let [a, b, gone, new, away, here] =
            ["a", "b", "gone", "new", "moved_away", "moved_here"].map(|key| count(row, key));
        assert_eq!(a + new + here, b + gone + away, "{row}");
        for (side, said) in [("a", a), ("b", b)] {
            *sums.entry(side).or_insert(0) += said;
            let of_policy = &found["policies"][side]["per_reason"][text(row, "reason")];
            assert_eq!(of_policy.as_u64().unwrap_or(0), said, "{row}");
        }
    }
    for side in ["a", "b"] {
        assert_eq!(count(&found["policies"][side], "messages"), sums[side]);
    }
    let parts: u64 = ["gone", "new", "moved", "silent"].map(|key| count(&found["changes"], key)).iter().sum();
    let learners: u64 = found["per_learner"].as_array().unwrap().iter().map(|one| count(one, "changed")).sum();
    assert_eq!((count(found, "changed"), count(found, "changed")), (parts, learners));
}

/// Learner, event and reason of all that is printed.
fn replayed(desk: &Desk, policy: &[&str]) -> BTreeSet<(Decision, String)> {
    let arguments = ["replay", "class.jsonl"].into_iter().chain(policy.iter().copied());
    let output = hearten(arguments).current_dir(desk.path("")).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>()).filter(|cells| cells.len() == 5);
    lines.map(|cells| ((cells[0].to_owned(), cells[1].to_owned()), format!("said {}", cells[2]))).collect()
}

#[test]
fn the_messages_are_those_that_replays_print() {
    let desk = Desk::new();
    let [a, b] = [&[][..], &["--policy", "four.toml"]].map(|policy| replayed(&desk, policy));
    let found = desk.json(&["built-in", "four.toml", "class.jsonl"]);
    for (side, all) in [("a", &a), ("b", &b)] {
        assert_eq!(found["policies"][side]["messages"], all.len());
    }
    let only = |side: usize, other: &BTreeSet<(Decision, String)>| {
        let told = told(&found).into_iter().map(move |(decision, sides)| (decision, sides[side].clone()));
        told.filter(|one| one.1.starts_with("said ") && !other.contains(one)).collect::<BTreeSet<_>>()
    };
    assert_eq!(only(0, &b), &a - &b);
    assert_eq!(only(1, &a), &b - &a);
}

#[test]
fn one_learner_one_error_later() {
    let desk = Desk::new();
    let log: Vec<Value> = (1..=4).map(|number| attempt("ana", number, false)).collect();
    desk.log("ana.jsonl", &log);
    let found = desk.json(&["built-in", "four.toml", "ana.jsonl"]);
    let expected = json!([
        // Frustration is looked at before, and of three attempts too little is known to speak of it.
        {"learner": "ana", "event": "3", "a": "said error-run", "b": "silent insufficient-evidence (frustration-rising)"},
        {"learner": "ana", "event": "4", "a": "silent cooldown (error-run)", "b": "said error-run"},
    ]);
    assert_eq!(found["decisions"], expected);
    assert_eq!(found["per_learner"], json!([{"learner": "ana", "changed": 2, "a": 1, "b": 1}]));
    let row = json!({
        "reason": "error-run", "kind": "encouragement",
        "a": 1, "b": 1, "gone": 1, "new": 1, "moved_away": 0, "moved_here": 0,
    });
    assert_eq!(found["per_reason"], json!([row]));
}
