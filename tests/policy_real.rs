//! What the README claims of the built-in policy on real logs, measured again.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

use hearten::reason::Reason;
use serde_json::Value;
use support::{hearten, tools};

/// The first 500 learners of a log.
fn five_hundred(log: &str) -> String {
    let mut learners = HashSet::new();
    let keep = |line: &&str| {
        let event: Value = serde_json::from_str(line).unwrap();
        let learner = event["learnerId"].as_str().unwrap().to_owned();
        learners.contains(&learner) || learners.len() < 500 && learners.insert(learner)
    };
    log.lines()
        .filter({
            let mut keep = keep;
            move |line| keep(line)
        })
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The three logs, by the names the README gives them; nothing where they are not.
fn logs() -> Option<[(&'static str, PathBuf); 3]> {
    let assistments = tools::events("lpp", "assistments09/train.tsv")?;
    Some([
        ("CTAT tutor", tools::events("datashop", "datashop/ds96_transactions.tsv")?),
        ("Cognitive Tutor", tools::events("steps", "algebra05/cognitive_tutor_steps.tsv")?),
        ("ASSISTments", tools::derived("events/assistments-500.jsonl", &assistments, five_hundred)),
    ])
}

/// `hearten policy diff` between the built-in policy and itself: what it says on this log.
fn said(log: &Path) -> Value {
    let output = hearten(["policy", "diff", "built-in", "built-in", "--json"]).arg(log).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["changed"], 0);
    found
}

#[test]
fn the_built_in_policy_says_enough_and_not_too_much() {
    let Some(logs) = logs() else { return };
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let mut heard = BTreeSet::new();
    let mut counts: BTreeMap<Reason, Vec<u64>> = BTreeMap::new();
    let mut rates: [Vec<String>; 4] = Default::default();
    let (mut attempts, mut messages) = (0, 0);
    for (name, log) in &logs {
        let found = said(log);
        let policy = &found["policies"]["a"];
        let rate = |name: &str| policy[name].as_f64().unwrap();
        eprintln!("{name}: {policy}");
        assert!(rate("per_hour_p90") <= 6.0 && rate("busiest_hour_p90") <= 6.0, "{name}: {policy}");
        assert!(rate("one_message_in_attempts") <= 60.0, "{name}: {policy}");
        attempts += found["attempts"].as_u64().unwrap();
        messages += policy["messages"].as_u64().unwrap();
        for reason in Reason::ALL {
            let count = policy["per_reason"][reason.name()].as_u64().unwrap_or(0);
            counts.entry(reason).or_default().push(count);
            heard.extend((count > 0).then_some(reason));
        }
        rates[0].push(policy["messages"].to_string());
        rates[1].push(format!("{:.0}", rate("one_message_in_attempts")));
        rates[2].push(format!("{:.1}", rate("per_hour_p50")));
        rates[3].push(format!("{:.1}", rate("per_hour_p90")));
    }
    assert!(attempts <= 60 * messages, "{messages} messages in {attempts} attempts");
    // A log has no silence to speak into.
    let dead: Vec<Reason> = Reason::ALL.into_iter().filter(|reason| !heard.contains(reason)).collect();
    assert_eq!(dead, [Reason::Stuck]);

    let row = |cells: &[String]| cells.iter().map(|cell| format!(" {cell} |")).collect::<String>();
    for (reason, counts) in counts {
        let counts: Vec<String> = counts.iter().map(u64::to_string).collect();
        let expected = format!("| `{}` |{}", reason.name(), row(&counts));
        assert!(readme.contains(&expected), "the README's table should say: {expected}");
    }
    for (what, cells) in
        ["messages", "one in … attempts", "an hour at work, median", "an hour at work, 90th percentile"]
            .iter()
            .zip(&rates)
    {
        let expected = format!("| {what} |{}", row(cells));
        assert!(readme.contains(&expected), "the README's table should say: {expected}");
    }
}
