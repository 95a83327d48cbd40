//! What fit writes, others read.

use std::fs;

use serde_json::{Value, json};

use super::{MADE, hearten, model};
use crate::support::{Client, Server};

/// The name given, and the file's own hash.
fn version() -> String {
    let version = model(&MADE.fitted).version;
    let hash = version.strip_prefix("made-up-").unwrap();
    assert!(hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{version}");
    version
}

#[test]
fn evaluate_reads_it() {
    let (log, fitted) = (MADE.log.to_str().unwrap(), MADE.fitted.to_str().unwrap());
    let output = hearten(["evaluate", log, "--held-out", "--json", "--model", fitted]).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["model_version"], version());
    // And finds what fit itself found after fitting.
    let auc = &report["sections"][0]["measures"][0]["ours"];
    let [value, low, high] = ["value", "low", "high"].map(|key| auc[key].as_f64().unwrap());
    let told = format!("after {value:>6.3} [{low:.3}, {high:.3}]");
    let line = MADE.said.lines().find(|line| line.trim_start().starts_with("AUC")).unwrap();
    assert!(line.ends_with(&told), "{line}, but {told}");
    assert!(MADE.said.ends_with(&format!("{} written to {fitted}\n", version())), "{}", MADE.said);
}

fn error(number: usize) -> Value {
    json!({
        "eventId": number.to_string(), "learnerId": "ana", "itemId": format!("q{number}"), "skillIds": ["s"],
        "attempt": {"correct": false, "responseTime": "20s"},
    })
}

#[tokio::test]
async fn the_server_reads_it_and_says_so_in_every_reply() {
    let server = Server::start(&["--model", MADE.fitted.to_str().unwrap()]);
    let client = Client::to(&server).await;
    for number in 0..2 {
        let reply = client.submit(error(number)).await.unwrap();
        assert_eq!(reply.assessment.unwrap().model_version, version());
    }
    assert_eq!(client.learner("ana").await.unwrap().assessment.unwrap().model_version, version());
}

/// Nobody is ever frustrated where frustration weighs nothing: then what is said differs.
#[test]
fn a_replay_goes_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let [log, calm, tense] = ["log.jsonl", "calm.toml", "tense.toml"].map(|name| folder.path().join(name));
    let lines: String = (0..12).map(|number| format!("{}\n", error(number))).collect();
    fs::write(&log, lines).unwrap();
    let rest = "[expectation]\n[confidence]\n[disengagement]\n[wheel_spinning]\nbias = -9.0\n";
    for (path, bias) in [(&calm, "-9.0"), (&tense, "9.0")] {
        let text = format!("name = \"x\"\ncalibrated = []\n[frustration]\nbias = {bias}\n{rest}");
        fs::write(path, text).unwrap();
    }
    let replay = |more: &[&str]| {
        let output =
            hearten(["replay", log.to_str().unwrap()].into_iter().chain(more.iter().copied())).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_ne!(replay(&["--model", calm.to_str().unwrap()]), replay(&["--model", tense.to_str().unwrap()]));
    fs::write(&calm, hearten::estimate::Model::BUILTIN).unwrap();
    assert_eq!(replay(&["--model", calm.to_str().unwrap()]), replay(&[]));

    // A server has a model of its own.
    let both = ["replay", log.to_str().unwrap(), "--model", calm.to_str().unwrap(), "--server", "http://127.0.0.1:1"];
    let output = hearten(both).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be used with"), "{output:?}");
}
