//! Learners are answered in their own language, as a platform gets it through Google's own gRPC, and as a browser shows it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "languages/page.rs"]
mod page;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use serde_json::{Value, json};
use support::{Server, tools};

/// What the platform's client printed for each learner. Asked once for all tests here.
static TOLD: LazyLock<Option<BTreeMap<String, Value>>> = LazyLock::new(ask);

fn learners() -> Value {
    let young = json!({ "locale": "ar-EG", "ageBand": "AGE_BAND_6_TO_9", "reducedMotion": true });
    json!([
        { "learner": "amal", "preferences": { "locale": "ar" }, "reaction": "OUTCOME_HELPFUL" },
        { "learner": "nour", "preferences": young, "reaction": "OUTCOME_DISMISSED" },
        { "learner": "asha", "preferences": { "locale": "hi" }, "reaction": "OUTCOME_HELPFUL" },
        { "learner": "yuki", "preferences": { "locale": "ja" }, "reaction": "OUTCOME_DISMISSED" },
        { "learner": "rui", "open": { "locale": "pt-PT" }, "reaction": "OUTCOME_HELPFUL" },
    ])
}

fn ask() -> Option<BTreeMap<String, Value>> {
    let python = tools::grpcio()?;
    let stubs = tempfile::tempdir().unwrap();
    let proto = Path::new(env!("CARGO_MANIFEST_DIR")).join("proto");
    let services: Vec<PathBuf> =
        fs::read_dir(proto.join("hearten/v1")).unwrap().map(|file| file.unwrap().path()).collect();
    let mut generate = Command::new(&python);
    generate.args(["-m", "grpc_tools.protoc", "-I"]).arg(proto).args(["--python_out=.", "--grpc_python_out=."]);
    printed(generate.args(services).current_dir(&stubs));
    let server = Server::start(&[]);
    let mut client = Command::new(python);
    client.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/languages/client.py")).env("PYTHONPATH", stubs.path());
    let told = printed(client.args([server.addr().to_string(), learners().to_string()]));
    Some(serde_json::from_str(&told).unwrap())
}

/// What a program printed, once it has ended well.
fn printed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn letters(text: &Value) -> Vec<char> {
    text.as_str().unwrap().chars().filter(|sign| sign.is_alphabetic()).collect()
}

#[test]
fn three_mistakes_are_answered_in_the_language_asked_for() {
    let Some(told) = &*TOLD else { return };
    let [arabic, hindi, japanese] = ['\u{600}'..='\u{6FF}', '\u{900}'..='\u{97F}', '\u{3041}'..='\u{9FFF}'];
    let expected = [
        ("amal", "ar", "DIRECTION_RIGHT_TO_LEFT", arabic.clone()),
        ("nour", "ar", "DIRECTION_RIGHT_TO_LEFT", arabic),
        ("asha", "hi", "DIRECTION_LEFT_TO_RIGHT", hindi),
        ("yuki", "ja", "DIRECTION_LEFT_TO_RIGHT", japanese),
        ("rui", "pt-BR", "DIRECTION_LEFT_TO_RIGHT", 'A'..='ÿ'),
    ];
    for (learner, locale, direction, script) in expected {
        let told = &told[learner];
        assert_eq!(told["outcomes"], json!(["silence", "silence", "feedback"]), "{learner}");
        let said = &told["decision"]["feedback"];
        assert_eq!((&said["locale"], &said["direction"]), (&json!(locale), &json!(direction)), "{learner}");
        assert_eq!((&said["kind"], &said["reason"]), (&json!("KIND_ENCOURAGEMENT"), &json!("REASON_ERROR_RUN")));
        assert_eq!(
            (&said["politeness"], &said["placement"]),
            (&json!("POLITENESS_POLITE"), &json!("PLACEMENT_INLINE"))
        );
        assert_eq!(said["reducedMotion"].as_bool(), (learner == "nour").then_some(true), "{learner}");
        let secs: f64 = said["displayTime"].as_str().unwrap().trim_end_matches('s').parse().unwrap();
        assert!((5.0..60.0).contains(&secs), "{learner}: {said}");
        let text = letters(&said["text"]);
        assert!(text.len() > 8 && text.iter().all(|letter| script.contains(letter)), "{learner}: {said}");
        // To be read out: the same words.
        assert_eq!(letters(&said["plainText"]), text);
    }
    let [any, young] = ["amal", "nour"].map(|learner| &told[learner]["decision"]["feedback"]);
    assert_eq!(any["messageId"], young["messageId"]);
    assert!(letters(&young["text"]).len() < letters(&any["text"]).len(), "{young}, {any}");
}

#[test]
fn what_became_of_a_message_is_taken_and_its_explanation_has_the_very_same_text() {
    let Some(told) = &*TOLD else { return };
    for asked in learners().as_array().unwrap() {
        let told = &told[asked["learner"].as_str().unwrap()];
        let (reaction, decision) = (&asked["reaction"], &told["decision"]);
        let taken = |outcome: &Value| json!({ "taken": { "decisionId": decision["decisionId"], "outcome": outcome } });
        assert_eq!(told["reported"], json!([taken(&json!("OUTCOME_SHOWN")), taken(reaction)]));
        assert_eq!(told["explained"], json!({ "decision": decision, "outcome": reaction }));
    }
}
