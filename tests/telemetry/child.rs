//! Logging is set up once in a process, so whoever speaks is a process of its own: this test binary again.

use std::{
    env,
    process::{Command, Stdio},
};

use hearten::telemetry::{Format, Logs};
use serde_json::Value;

const PART: &str = "TELEMETRY_CHILD";

/// What a child wrote to standard error.
pub fn run(part: &str, settings: &[(&str, &str)]) -> String {
    let mut child = Command::new(env::current_exe().unwrap());
    child
        .args(["--exact", "child::plays_its_part", "--nocapture"])
        .env(PART, part)
        .env_remove("NO_COLOR")
        .env_remove("RUST_BACKTRACE");
    let output = child.envs(settings.iter().copied()).stdout(Stdio::null()).output().unwrap();
    String::from_utf8(output.stderr).unwrap()
}

/// Lines as JSON objects.
pub fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line:?}"))).collect()
}

#[test]
fn plays_its_part() {
    let Ok(part) = env::var(PART) else { return };
    let setting = |name| env::var(name).ok();
    let format = if setting("FORMAT").as_deref() == Some("human") { Format::Human } else { Format::Json };
    let filter = setting("FILTER").unwrap_or_else(|| "warn,hearten=info,telemetry=info".to_owned());
    let logs = Logs { filter, format, otlp: None };
    match part.as_str() {
        "lines" => super::logs::speak(logs),
        #[cfg(feature = "otlp")]
        "calls" => super::traces::call(logs),
        other => panic!("{other}"),
    }
}
