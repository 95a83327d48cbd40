//! `hearten policy test`: what a policy is to say, held against what it says.

mod cases;
mod expected;
mod junit;
mod mismatch;
mod report;
mod source;
mod steps;
mod trial;
mod wishes;

use std::path::PathBuf;

use clap::Args;
use hearten::engine::Rules;

use self::source::Source;
use super::named;
use crate::commands::{Problem, keep, model_at, print, put};

#[derive(Debug, Args)]
#[command(after_long_help = format())]
pub(crate) struct Arguments {
    /// The policy file, or `built-in`.
    policy: PathBuf,
    /// The cases, as TOML: --help tells how they are written.
    cases: PathBuf,
    /// Write a JUnit report here too, for a build server.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// A model file instead of the one built in.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// How cases are written.
const FORMAT: &str = r#"Cases:
  [[case]]
  name = "Three errors in a row earn one encouragement"
  preferences = { volume = "normal" }
  events = [
    { itemId = "q1", attempt = { correct = false, responseTime = "31s" } },
    { itemId = "q2", attempt = { correct = false }, after = "40s" },
    { itemId = "q3", attempt = { correct = false }, expect = "error-run" },
    { itemId = "q{n}", attempt = { correct = true }, repeat = 3 },
    { itemId = "q7", attempt = { correct = false }, expect = "silence" },
  ]

  Each case is a new learner; of items nothing is known. An event is protobuf
  JSON of hearten.v1.Event, written as TOML. What it leaves out is filled in:
    eventId      its number in the case
    learnerId    "learner"
    occurredAt   `after` the event before; the first comes `after`
                 2026-01-05T09:00:00Z
  Beside these may stand:
    expect       what is to be decided: "said", or a reason, such as
                 "error-run"; "silence", or a cause of it, such as "cooldown".
                 A case expects something at least once
    after        a whole number with ms, s, m or h; left out, it is the attempt's
                 responseTime, or else 10s
    repeat       so many such events, each held against `expect`; {n} in a text
                 is the event's number in the case
    outcome      what is then reported of the message: shown, not-shown,
                 dismissed, helpful or unhelpful

  Instead of an event, { quiet = "2m", expect = "stuck" } lets time pass: what
  is said then is what the server says by itself.

  preferences is protobuf JSON of hearten.v1.Preferences; a volume may also be
  called off, celebrations-only, quiet or normal.

Succeeds if every case holds."#;

/// For clap, to which `{n}` is a line break: an invisible reset of colours keeps it apart.
fn format() -> String {
    FORMAT.replace("{n}", "{\u{1b}[0mn}")
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Problem> {
    let Arguments { policy, cases, junit, model } = arguments;
    if let Some(out) = &junit {
        keep([&policy, &cases].into_iter().chain(&model), out)?;
    }
    let rules = Rules::new(model_at(model.as_deref())?, named(&policy)?.without_trials());
    let source = Source::open(cases.clone())?;
    let mut results = Vec::new();
    for case in cases::read(&source)? {
        let tried = trial::run(&rules, &case).await;
        let mismatches = tried.map_err(|problem| problem.about(&cases.display().to_string()))?;
        results.push((case, mismatches));
    }
    if let Some(out) = &junit {
        put(out, &junit::write(&cases, &rules, &results))?;
    }
    print(&report::write(&results))?;
    match results.iter().filter(|(_, mismatches)| !mismatches.is_empty()).count() {
        0 => Ok(()),
        failed => Err(Problem::new(format!("{}: {failed} of {} cases failed", cases.display(), results.len()))),
    }
}
