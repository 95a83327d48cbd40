//! Logs that are broken or hold nothing, and files that cannot be written.

use std::{fs, path::Path};

use super::{Desk, HEADER, attempt, evaluate};

fn fails(log: &Path, more: &[&str]) -> String {
    let output = evaluate(log, more);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "no figures of half a log: {}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("hearten: ") && said.lines().count() == 1, "{said}");
    said
}

/// In the log itself or in the one before it, and with --held-out, which reads the log twice.
#[test]
fn a_broken_line_is_named() {
    let desk = Desk::new();
    let good = desk.log("good.jsonl", &[attempt("ana", 1, true)]);
    let broken = desk.path("broken.jsonl");
    for line in ["{\"eventId\": \"2\"", "not json", "{\"attempts\": {}}", "[]"] {
        // The blank line counts.
        fs::write(&broken, format!("{}\n\n{line}\n", attempt("ana", 1, true))).unwrap();
        let named = format!("hearten: {}:3: ", broken.display());
        for (log, more) in [
            (&broken, vec![]),
            (&broken, vec!["--held-out"]),
            (&broken, vec!["--json"]),
            (&good, vec!["--warm", broken.to_str().unwrap()]),
        ] {
            let said = fails(log, &more);
            assert!(said.starts_with(&named), "{line}, {more:?}: {said}");
        }
    }
}

#[test]
fn what_is_not_there_is_named() {
    let desk = Desk::new();
    let log = desk.log("log.jsonl", &[attempt("ana", 1, true)]);
    let missing = desk.path("missing");
    let named = missing.to_str().unwrap();
    for (log, more) in [(&missing, vec![]), (&log, vec!["--warm", named]), (&log, vec!["--model", named])] {
        let said = fails(log, &more);
        assert!(said.contains(named) && said.contains("No such file"), "{said}");
    }
    let folder = desk.path("");
    assert!(fails(&folder, &[]).contains(folder.to_str().unwrap()));
}

/// Whether it is noticed at once or, on a full disk, at the end.
#[test]
fn predictions_that_cannot_be_written_are_an_error() {
    let desk = Desk::new();
    let log = desk.log("log.jsonl", &[attempt("ana", 1, true)]);
    let nowhere = desk.path("no such folder/predictions.tsv");
    for (path, why) in
        [(nowhere.as_path(), "No such file"), (&desk.path(""), "directory"), (Path::new("/dev/full"), "space")]
    {
        if path.starts_with("/dev") && !path.exists() {
            continue;
        }
        let said = fails(&log, &["--predictions", path.to_str().unwrap()]);
        assert!(
            said.starts_with(&format!("hearten: cannot write {}: ", path.display())) && said.contains(why),
            "{said}"
        );
    }
}

/// Nothing in it, or nothing that says anything: there are no figures, and that is no mistake.
#[test]
fn a_log_without_answers_has_no_figures() {
    let desk = Desk::new();
    let skip = serde_json::json!({"eventId": "1", "learnerId": "ana", "skip": {}});
    for (events, learners) in [(vec![], 0), (vec![skip], 1)] {
        let log = desk.log("log.jsonl", &events);
        let (rows, report) = desk.evaluated(&log, &[]);
        assert!(rows.is_empty(), "{HEADER} and nothing else");
        assert_eq!((&report["answers"], &report["learners"]), (&0.into(), &learners.into()));
        assert_eq!(report["sections"], serde_json::json!([]));
        let text = String::from_utf8(super::ran(&log, &[]).stdout).unwrap();
        assert!(text.starts_with(&format!("0 answers of {learners} learners, model ")), "{text}");
        assert_eq!(desk.evaluated(&log, &["--held-out"]).1["answers"], 0);
    }
}

#[test]
fn the_report_names_the_model_it_is_about() {
    let desk = Desk::new();
    let log = desk.log("log.jsonl", &[attempt("ana", 1, true)]);
    let model = desk.path("model.toml");
    fs::write(&model, crate::support::models::MODEL).unwrap();
    let (_, report) = desk.evaluated(&log, &["--model", model.to_str().unwrap()]);
    let version = hearten::estimate::Model::parse(crate::support::models::MODEL).unwrap().version;
    assert!(version.starts_with("other-1.0-"), "{version}");
    assert_eq!(report["model_version"], version);
}

/// What was there before stays until there is something to put in its place.
#[test]
fn a_run_that_fails_leaves_earlier_predictions() {
    let desk = Desk::new();
    let log = desk.log("log.jsonl", &[attempt("ana", 1, true)]);
    let kept = desk.path("kept.tsv");
    fs::write(&kept, "earlier").unwrap();
    let broken = desk.path("broken.jsonl");
    fs::write(&broken, format!("{}\nnot json\n", attempt("ana", 1, true))).unwrap();
    let more = ["--predictions", kept.to_str().unwrap()];
    fails(&broken, &more);
    fails(&desk.path("missing"), &more);
    assert_eq!(fs::read_to_string(&kept).unwrap(), "earlier");
    assert!(super::ran(&log, &more).status.success());
    assert!(fs::read_to_string(&kept).unwrap().starts_with(HEADER));
    assert!(!desk.path("kept.tsv.part").exists());
}

/// Years of answers are easily lost to a slip in a command.
#[test]
fn a_log_is_not_written_over() {
    let desk = Desk::new();
    let [log, warm] = ["log.jsonl", "warm.jsonl"].map(|name| desk.log(name, &[attempt("ana", 1, true)]));
    let before = fs::read_to_string(&log).unwrap();
    for path in [&log, &warm] {
        let more = ["--warm", warm.to_str().unwrap(), "--predictions", path.to_str().unwrap()];
        let output = evaluate(&log, &more);
        assert_eq!([&log, &warm].map(|log| fs::read_to_string(log).unwrap()), [&before, &before].map(String::clone));
        assert_eq!(output.status.code(), Some(1));
    }
}
