//! One learner in five is held out: nothing is fitted to them, and on them what is fitted is worth something.

use std::{fs, path::Path};

use hearten::{
    estimate::{Head, Model},
    evaluate::Split,
};
use serde_json::{Value, json};

use super::{MADE, fits, hearten, model, write};

fn is_held_out(event: &Value) -> bool {
    Split::default().holds_out(event["learnerId"].as_str().unwrap())
}

/// A figure of the next answer, on the learners held out.
fn held_out(log: &Path, model: &Path, measure: &str) -> f64 {
    let arguments = ["evaluate", log.to_str().unwrap(), "--held-out", "--json", "--model", model.to_str().unwrap()];
    let output = hearten(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let measures = report["sections"][0]["measures"].as_array().unwrap();
    measures.iter().find(|known| known["name"] == measure).unwrap()["ours"]["value"].as_f64().unwrap()
}

/// Somebody who knew every item and every learner could do no better than the chances themselves.
#[test]
fn what_is_fitted_comes_near_the_chances_that_were_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let bad = folder.path().join("bad.toml");
    let heads = "[frustration]\n[confidence]\n[disengagement]\n[wheel_spinning]\n";
    fs::write(&bad, format!("name = \"bad\"\ncalibrated = []\n[expectation]\nbias = -1.0\nskill_run = 1.0\n{heads}"))
        .unwrap();
    let best: Vec<f64> = MADE
        .lines
        .iter()
        .filter(|line| is_held_out(&line.event))
        .filter_map(|line| {
            let chance = line.chance?;
            Some(-if line.event["attempt"]["correct"] == true { chance.ln() } else { (1.0 - chance).ln() })
        })
        .collect();
    assert!((1_000..6_000).contains(&best.len()), "one learner in five");
    let best = best.iter().sum::<f64>() / best.len() as f64;
    let fitted = held_out(&MADE.log, &MADE.fitted, "log loss");
    let bad = held_out(&MADE.log, &bad, "log loss");
    assert!(fitted > best - 0.005, "nobody held out was looked at: {fitted}, at best {best}");
    assert!(fitted < best + 0.04 && fitted < bad - 0.1, "{fitted}, at best {best}, before {bad}");
    let off = held_out(&MADE.log, &MADE.fitted, "calibration error");
    assert!(off < 0.05, "{off}");
}

/// Whatever they had done, the weights would be the same.
#[test]
fn nothing_is_fitted_to_learners_held_out() {
    let folder = tempfile::tempdir().unwrap();
    let [log, out] = ["log.jsonl", "out.toml"].map(|name| folder.path().join(name));
    let weights = |model: Model| (model.expectation.clone(), Head::ALL.map(|head| model.head(head).clone()));
    let changed = |whose: fn(&Value) -> bool| {
        let mut events: Vec<Value> = MADE.lines.iter().map(|line| line.event.clone()).collect();
        for event in events.iter_mut().filter(|event| event.get("attempt").is_some() && whose(event)) {
            event["attempt"]["correct"] = json!(event["eventId"].as_str().unwrap().len() == 1);
        }
        write(&log, &events);
        fits(&log, &out, &[]);
        weights(model(&out))
    };
    let fitted = weights(model(&MADE.fitted));
    assert_eq!(changed(is_held_out), fitted);
    assert_ne!(changed(|event| event["learnerId"].as_str().unwrap().ends_with('7')), fitted, "one in ten of all");
}
