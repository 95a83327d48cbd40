//! What lines look like, by what a process writes to standard error.

use std::thread;

use hearten::telemetry::{Error, Logs, Otlp, ended, span};
use http::HeaderMap;

use super::child::{objects, run};

/// In a process of its own.
pub fn speak(logs: Logs) {
    let _guard = logs.clone().start().unwrap();
    assert!(matches!(logs.start(), Err(Error::Started)));
    tracing::info!(policy.version = %"2026-01", messages.locales = 7, "policy and messages were read again");
    tracing::warn!(drain.secs = 10, "stopped before \"every\" call\nhad ended");
    tracing::debug!("nobody hears this");
    let call = span("hearten.v1.FeedbackService/SubmitEvent", &HeaderMap::new());
    call.in_scope(|| tracing::error!(error = "disk on fire", "a write failed"));
    ended(&call, 0);
    let learner = "ana".to_owned();
    let _ = thread::spawn(move || panic!("nobody may read that {learner} was here")).join();
    let _ = thread::spawn(|| panic!("this much is known")).join();
}

#[test]
fn json_is_one_object_a_line() {
    let lines = objects(&run("lines", &[]));
    let [read, stopped, failed, secret, open] = &lines[..] else { panic!("{lines:?}") };
    for line in &lines {
        let object = line.as_object().unwrap();
        let time = object["timestamp"].as_str().unwrap();
        assert!(time.parse::<jiff::Timestamp>().is_ok() && time.ends_with('Z'), "{time}");
        assert!(["INFO", "WARN", "ERROR"].contains(&object["level"].as_str().unwrap()), "{line}");
        assert!(!object["message"].as_str().unwrap().is_empty(), "{line}");
        // Nothing of the call they belong to, and nothing nested.
        assert!(object.values().all(|value| !value.is_object() && !value.is_array()), "{line}");
        assert!(object.keys().all(|key| !key.starts_with("rpc.") && !key.starts_with("span")), "{line}");
    }
    assert_eq!(read["message"], "policy and messages were read again");
    assert_eq!((&read["policy.version"], &read["messages.locales"]), (&"2026-01".into(), &7.into()));
    assert_eq!((&stopped["level"], &stopped["drain.secs"]), (&"WARN".into(), &10.into()));
    assert_eq!(stopped["message"], "stopped before \"every\" call\nhad ended");
    assert_eq!(failed["error"], "disk on fire");
    assert_eq!((&secret["level"], &secret["panic.message"]), (&"ERROR".into(), &"not told".into()));
    assert!(secret["panic.location"].as_str().unwrap().contains("tests/telemetry/logs.rs:"), "{secret}");
    assert_eq!(open["panic.message"], "this much is known");
    assert!(open.get("panic.backtrace").is_none());
    let traced = objects(&run("lines", &[("RUST_BACKTRACE", "1")]));
    assert!(traced[4]["panic.backtrace"].as_str().unwrap().contains("logs::speak"), "{}", traced[4]);
}

#[test]
fn people_get_lines_without_colours_in_a_file() {
    let lines = run("lines", &[("FORMAT", "human")]);
    assert!(!lines.contains('\u{1b}'), "{lines}");
    let first = lines.lines().next().unwrap();
    assert!(
        first.contains("INFO policy and messages were read again policy.version=2026-01 messages.locales=7"),
        "{first}"
    );
    assert!(!lines.contains("ana"), "{lines}");
}

#[test]
fn the_filter_holds() {
    let lines = objects(&run("lines", &[("FILTER", "error")]));
    assert!(lines.iter().all(|line| line["level"] == "ERROR") && lines.len() == 3, "{lines:?}");
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_starts() {
    let refused = |filter: &str, otlp: Option<(&str, f64)>| {
        let otlp = otlp.map(|(endpoint, ratio)| Otlp { endpoint: endpoint.to_owned(), ratio });
        Logs { filter: filter.to_owned(), format: Default::default(), otlp }.start().unwrap_err().to_string()
    };
    assert!(refused("hearten=loud", None).starts_with("\"hearten=loud\" is not a filter: "));
    if cfg!(feature = "otlp") {
        let ratio = refused("warn", Some(("http://localhost:4317", 1.5)));
        assert_eq!(ratio, "1.5 is not a share of traces to keep: it is a number from 0 to 1");
        for endpoint in ["localhost:4317", "ftp://localhost", "", "http://"] {
            let why = refused("warn", Some((endpoint, 1.0)));
            assert!(why.starts_with(&format!("{endpoint:?} is not a place for traces: ")), "{why}");
        }
    } else {
        let why = refused("warn", Some(("http://localhost:4317", 1.0)));
        assert!(why.contains("was built without traces"), "{why}");
    }
}
