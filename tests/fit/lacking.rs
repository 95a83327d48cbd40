//! What a log cannot support stays as it was, or is not written at all, and either is said.

use std::{fs, path::PathBuf};

use hearten::estimate::{Head, Model};
use tempfile::TempDir;

use super::{PLATFORM, Platform, fit, fits, model};
use crate::support::models::MODEL;

fn made(platform: Platform) -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (log, out) = (folder.path().join("log.jsonl"), folder.path().join("out.toml"));
    platform.write(&log);
    (folder, log, out)
}

#[test]
fn a_log_too_small_is_refused_with_what_is_missing() {
    for (learners, answers) in [(0, 0), (1, 1), (12, 15)] {
        let (_folder, log, out) = made(Platform { learners, answers, ..PLATFORM });
        for before in [None, Some("mine")] {
            if let Some(before) = before {
                fs::write(&out, before).unwrap();
            }
            let output = fit(&log, &out, &[]);
            assert_eq!(output.status.code(), Some(1));
            assert_eq!(output.stderr, b"hearten: nothing could be fitted, so nothing was written\n");
            assert_eq!(fs::read_to_string(&out).ok().as_deref(), before, "nothing was written");
            let said = String::from_utf8(output.stdout).unwrap();
            for part in ["expectation", "frustration", "confidence", "disengagement", "wheel_spinning"] {
                let line = said.lines().find(|line| line.starts_with(&format!("{part} stays as it was: "))).unwrap();
                assert!(line.ends_with("needed"), "{line}");
            }
            assert!(said.contains("at least 2000 of 20 are needed") && !said.contains("written to"), "{said}");
        }
    }
}

/// Enough for struggling and spinning, too little for the expectation; nobody guesses or was asked.
#[test]
fn what_a_log_cannot_support_is_taken_from_the_model() {
    let (folder, log, out) = made(Platform { learners: 40, answers: 45, ..PLATFORM });
    let before = folder.path().join("before.toml");
    fs::write(&before, MODEL).unwrap();
    let said = fits(&log, &out, &["--model", before.to_str().unwrap(), "--name", "partial"]);
    let stayed = |part: &str| said.lines().any(|line| line.starts_with(&format!("{part} stays as it was: ")));
    let (before, after) = (Model::parse(MODEL).unwrap(), model(&out));
    assert!(stayed("expectation") && after.expectation == before.expectation, "{said}");
    for head in [Head::Confidence, Head::Disengagement] {
        assert!(stayed(head.name()) && after.head(head) == before.head(head), "{}: {said}", head.name());
    }
    for head in [Head::Frustration, Head::WheelSpinning] {
        assert!(!stayed(head.name()) && after.head(head) != before.head(head), "{}: {said}", head.name());
    }
    assert!(said.ends_with(&format!("{} written to {}\n", after.version, out.display())), "{said}");

    // Without --model, from the one built in.
    fits(&log, &out, &[]);
    let (builtin, after) = (Model::builtin().unwrap(), model(&out));
    assert_eq!(after.expectation, builtin.expectation);
    assert_eq!(after.head(Head::Confidence), builtin.head(Head::Confidence));
}

/// Whoever asks how learners feel gets the estimate of confidence fitted to it.
#[test]
fn confidence_is_fitted_where_learners_were_asked() {
    let (_folder, log, out) = made(Platform { learners: 60, answers: 45, asks: true, ..PLATFORM });
    let said = fits(&log, &out, &[]);
    assert!(!said.contains("confidence stays as it was"), "{said}");
    let after = model(&out);
    let confidence = after.head(Head::Confidence);
    assert_ne!(confidence, Model::builtin().unwrap().head(Head::Confidence));
    let right = confidence.weights.iter().find(|(feature, _)| feature.name() == "answer_right").unwrap();
    assert!(right.1 > 0.5, "those who were right said so: {confidence:?}");
}

#[test]
fn a_name_that_no_model_may_have_writes_nothing() {
    let (_folder, log, out) = made(Platform { learners: 2, answers: 2, ..PLATFORM });
    for name in ["my model", "", "a\"b", "a\" #", "a\nb", &"n".repeat(41)] {
        let output = fit(&log, &out, &["--name", name]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() != Some(0) && said.contains("name"), "{name:?}: {said}");
        assert!(!out.exists(), "{name:?}");
    }
}

#[test]
fn what_cannot_be_read_or_written_is_named() {
    let (folder, log, out) = made(Platform { learners: 40, answers: 45, ..PLATFORM });
    let nowhere = folder.path().join("no such folder/out.toml");
    let output = fit(&log, &nowhere, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.starts_with("hearten: cannot write "), "{said}");
    assert!(said.contains(nowhere.to_str().unwrap()), "{said}");

    let [missing, broken] = ["missing.jsonl", "broken.jsonl"].map(|name| folder.path().join(name));
    fs::write(&broken, "\nnot json\n").unwrap();
    for (path, place) in [(&missing, missing.display().to_string()), (&broken, format!("{}:2: ", broken.display()))] {
        let output = fit(&log, &out, &[path.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && said.contains(&place) && said.lines().count() == 1, "{said}");
        assert!(!out.exists());
    }
}

/// Years of answers are easily lost to a slip in a command.
#[test]
fn a_log_is_not_written_over() {
    let (_folder, log, _) = made(Platform { learners: 40, answers: 45, ..PLATFORM });
    let before = fs::read(&log).unwrap();
    let output = fit(&log, &log, &[]);
    assert!(fs::read(&log).unwrap() == before, "the log is gone");
    assert_eq!(output.status.code(), Some(1));
}
