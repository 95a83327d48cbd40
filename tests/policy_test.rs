//! `hearten policy test`: the built-in policy keeps its promises, and a policy that does not is told where.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "policy_test/junit.rs"]
mod junit;
#[path = "policy_test/mistakes.rs"]
mod mistakes;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use hearten::feedback::Policy;
use support::hearten;
use tempfile::TempDir;

/// A folder with the built-in policy in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("policy.toml", Policy::BUILTIN);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn test(&self, cases: &Path, more: &[&str]) -> Output {
        let policy = self.path("policy.toml");
        let words = ["policy", "test", policy.to_str().unwrap(), cases.to_str().unwrap()];
        hearten(words.into_iter().chain(more.iter().copied())).output().unwrap()
    }

    /// What is printed of cases that hold, and of others.
    fn printed(&self, cases: &str, holds: bool) -> String {
        let output = self.test(&self.write("cases.toml", cases), &[]);
        assert_eq!(output.status.code(), Some(i32::from(!holds)), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

fn promises() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies/promises.toml")
}

const STRUGGLE: &str = r#"
[[case]]
name = "Two errors are enough"
events = [
    { itemId = "q{n}", attempt = { correct = false, responseTime = "31s" } },
    { itemId = "q{n}", attempt = { correct = false, responseTime = "31s" }, expect = "error-run" },
    { itemId = "q{n}", attempt = { correct = false, responseTime = "31s" }, expect = "silence" },
]

[[case]]
name = "Four in a row earn one message"
events = [{ itemId = "q{n}", attempt = { correct = false, responseTime = "31s" }, repeat = 4 }, { itemId = "q5", attempt = { correct = false }, expect = "cooldown" }]
"#;

#[test]
fn the_built_in_policy_keeps_its_promises() {
    let output = Desk::new().test(&promises(), &[]);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    let cases = fs::read_to_string(promises()).unwrap().matches("[[case]]").count();
    assert!(printed.ends_with(&format!("\n\n{cases} passed, 0 failed\n")), "{printed}");
    assert!(cases >= 12 && printed.matches("ok    ").count() == cases, "{printed}");
}

#[test]
fn a_case_that_fails_tells_what_came_instead_and_why() {
    let desk = Desk::new();
    let cases = desk.write("cases.toml", STRUGGLE);
    let output = desk.test(&cases, &[]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "\
FAIL  Two errors are enough
      event 2 at q2, line 6: expected error-run, came nothing-to-say
        Stayed silent, because nothing calls for a message.
        error-run asks for error_run of at least 3, and it was 2.
      event 3 at q3, line 7: expected silence, came error-run
        Encouraged, because there were 3 wrong answers in a row.
ok    Four in a row earn one message

1 passed, 1 failed
"
    );
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, format!("hearten: {}: 1 of 2 cases failed\n", cases.display()));
}

/// The policy that is named is the one that decides.
#[test]
fn another_policy_keeps_other_promises() {
    let desk = Desk::new();
    let sooner = Policy::BUILTIN.replace("threshold = 3                     # wrong answers in a row", "threshold = 2");
    assert_ne!(sooner, Policy::BUILTIN);
    desk.write("policy.toml", &sooner.replace("evidence = 3", "evidence = 2"));
    assert!(desk.printed(STRUGGLE, true).contains("2 passed, 0 failed"));

    let never = Policy::BUILTIN.replace("[reasons.error-run]", "[reasons.error-run]\nenabled = false");
    desk.write("policy.toml", &never);
    let printed = desk.printed(STRUGGLE, false);
    assert!(printed.contains("error-run is not enabled in this policy."), "{printed}");
}

/// Each reason and each cause may be expected, and what is lacking is told in its own terms.
#[test]
fn what_was_lacking_is_told() {
    let desk = Desk::new();
    let case = |events: &str| format!("[[case]]\nname = \"it\"\nevents = [{events}]\n");
    let wrong = "{ itemId = \"q{n}\", attempt = { correct = false, responseTime = \"31s\" }, repeat = 3 }";
    for (events, lacking) in [
        (format!("{wrong}, {{ itemId = \"q3\", attempt = {{ correct = true }}, expect = \"comeback\" }}"), "comeback asks for unassisted: yes, and it was no."),
        ("{ itemId = \"q\", attempt = { correct = false, responseTime = \"0.5s\" }, repeat = 2, expect = \"rapid-guessing\" }".to_owned(), "recent_rapid of at least 1.5, and it was 1."),
        ("{ attempt = { correct = false }, untimed = true, repeat = 2, expect = \"error-run\" }".to_owned(), "error_run of at least 3, and it was 1."),
    ] {
        let printed = desk.printed(&case(&events), false);
        assert!(printed.contains(lacking), "{printed}");
    }
}

/// The same cases give the same report, whatever the time of day.
#[test]
fn a_report_is_the_same_every_time() {
    let desk = Desk::new();
    assert_eq!(desk.printed(STRUGGLE, false), desk.printed(STRUGGLE, false));
}

/// Quiet hours, sessions and caps take time: it passes as cases say.
#[test]
fn time_passes_as_cases_say() {
    let desk = Desk::new();
    desk.write("policy.toml", &Policy::BUILTIN.replace("# quiet_hours", "quiet_hours"));
    let cases = r#"
        [[case]]
        name = "Nine in the evening in Berlin is eight in the evening in London"
        preferences = { timeZone = "Europe/Berlin" }
        events = [
            { itemId = "q{n}", attempt = { correct = false }, after = "11h", repeat = 1, expect = "silence" },
            { itemId = "q{n}", attempt = { correct = false }, repeat = 1, expect = "silence" },
            { itemId = "q{n}", attempt = { correct = false }, expect = "quiet-hours" },
        ]

        [[case]]
        name = "London"
        preferences = { timeZone = "Europe/London" }

        [[case.events]]
        itemId = "q{n}"
        after = "11h"
        attempt.correct = false

        [[case.events]]
        itemId = "q{n}"
        repeat = 2
        [case.events.attempt]
        correct = false

        [[case.events]]
        item_id = "q4"
        occurred_at = "2026-01-05T20:30:00Z"
        attempt = { correct = false }
        expect = "silence"

        [[case]]
        name = "The clock of an event of its own goes on from there"
        preferences = { timeZone = "Europe/London" }
        events = [
            { itemId = "q{n}", attempt = { correct = false }, occurredAt = 2026-01-05T20:59:30Z, expect = "silence" },
            { itemId = "q{n}", attempt = { correct = false }, expect = "silence" },
            { itemId = "q{n}", attempt = { correct = false, responseTime = "20s" }, expect = "quiet-hours" },
        ]
    "#;
    let printed = desk.printed(cases, true);
    assert!(printed.ends_with("3 passed, 0 failed\n"), "{printed}");
}

#[test]
fn help_tells_how_cases_are_written() {
    let output = hearten(["policy", "test", "--help"]).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    // What it shows is no invention.
    let desk = Desk::new();
    let example = told.split_once("[[case]]").unwrap().1.split_once("\n\n").unwrap().0;
    assert!(desk.printed(&format!("[[case]]{example}"), true).contains("1 passed, 0 failed"));
    for word in ["{n}", "expect", "after", "repeat", "outcome", "quiet", "preferences", "--junit", "--model"] {
        assert!(told.contains(word), "{word}: {told}");
    }
}
