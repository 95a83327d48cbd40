//! Real logs, replayed: served and offline say the same, however learners are mixed, and what they say keeps the promises.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "replay/mistakes.rs"]
mod mistakes;
#[path = "replay/promises.rs"]
mod promises;
#[path = "replay/said.rs"]
mod said;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
    thread,
};

use said::Printed;
use serde_json::Value;
use support::{Server, hearten, tools};

/// Of the largest log.
const LEARNERS: usize = 2_000;

#[derive(Clone, Copy, Debug)]
enum Real {
    /// Timed to the second, with sessions, hints and attempt numbers.
    Datashop,
    /// Timed, without sessions.
    Steps,
    /// Untimed: the first 2,000 learners.
    Untimed,
}

impl Real {
    /// Its events, one a line; nothing where the logs are not to be had.
    fn path(self) -> Option<PathBuf> {
        static UNTIMED: OnceLock<Option<PathBuf>> = OnceLock::new();
        match self {
            Self::Datashop => tools::events("datashop", "datashop/ds96_transactions.tsv"),
            Self::Steps => tools::events("steps", "algebra05/cognitive_tutor_steps.tsv"),
            Self::Untimed => UNTIMED
                .get_or_init(|| {
                    let all = tools::events("lpp", "assistments09/train.tsv")?;
                    Some(tools::derived("events/lpp-first-2000-learners.jsonl", &all, first_learners))
                })
                .clone(),
        }
    }

    fn replayed(self) -> Option<(PathBuf, Printed)> {
        let path = self.path()?;
        let printed = offline(&path);
        Some((path, Printed::read(&printed)))
    }
}

fn learner(line: &str) -> String {
    let event: Value = serde_json::from_str(line).unwrap();
    event["learnerId"].as_str().unwrap().to_owned()
}

/// Each learner's lines in their order, learners by their first appearance.
fn by_learner(log: &str) -> Vec<Vec<&str>> {
    let mut places = BTreeMap::new();
    let mut learners: Vec<Vec<&str>> = Vec::new();
    for line in log.lines() {
        let place = *places.entry(learner(line)).or_insert(learners.len());
        if place == learners.len() {
            learners.push(Vec::new());
        }
        learners[place].push(line);
    }
    learners
}

fn first_learners(log: &str) -> String {
    let learners = by_learner(log);
    assert!(learners.len() > LEARNERS);
    learners[..LEARNERS].iter().flatten().flat_map(|line| [line, "\n"]).collect()
}

/// One line of each learner in turn, as a busy platform sends them.
fn round_robin(log: &str) -> String {
    let learners = by_learner(log);
    let longest = learners.iter().map(Vec::len).max().unwrap();
    let turns = (0..longest).flat_map(|turn| learners.iter().filter_map(move |lines| lines.get(turn)));
    turns.flat_map(|line| [line, "\n"]).collect()
}

fn replay(log: &Path, server: Option<&Server>) -> Command {
    let mut command = hearten(["replay"]);
    command.arg(log);
    if let Some(server) = server {
        command.args(["--server", &server.url()]);
    }
    command
}

fn stdout(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Once a log and process: several tests look at the same output.
fn offline(log: &Path) -> String {
    static DONE: std::sync::Mutex<BTreeMap<PathBuf, &'static OnceLock<String>>> =
        std::sync::Mutex::new(BTreeMap::new());
    let done = *DONE.lock().unwrap().entry(log.to_owned()).or_insert_with(|| Box::leak(Box::default()));
    done.get_or_init(|| stdout(replay(log, None).output().unwrap())).clone()
}

fn frozen() -> Server {
    Server::start(&["--statistics", "frozen"])
}

fn served_as_offline(real: Real) {
    let Some(log) = real.path() else { return };
    let server = frozen();
    let served = stdout(replay(&log, Some(&server)).output().unwrap());
    let (offline, events) = (offline(&log), fs::read_to_string(&log).unwrap().lines().count());
    assert!(offline.contains(&format!("\n{events} events, ")), "{offline}");
    // Not `assert_eq`, which would print megabytes.
    let difference = served.lines().zip(offline.lines()).position(|(served, offline)| served != offline);
    let shown = difference.map(|line| (line + 1, served.lines().nth(line), offline.lines().nth(line)));
    assert!(served == offline, "{real:?}: they first differ at {shown:?}");
}

#[test]
fn datashop_is_served_exactly_as_offline() {
    served_as_offline(Real::Datashop);
}

#[test]
fn steps_are_served_exactly_as_offline() {
    served_as_offline(Real::Steps);
}

#[test]
fn two_thousand_untimed_learners_are_served_exactly_as_offline() {
    served_as_offline(Real::Untimed);
}

fn mixed(real: Real) -> Option<(tempfile::TempDir, PathBuf)> {
    let log = fs::read_to_string(real.path()?).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mixed = folder.path().join("mixed.jsonl");
    let lines = round_robin(&log);
    assert_eq!(lines.len(), log.len());
    assert_ne!(lines, log);
    fs::write(&mixed, lines).unwrap();
    Some((folder, mixed))
}

/// Learners leave memory as soon as they may, so that each is read back from disk again and again, in mid-session.
#[test]
fn a_learner_hears_the_same_whoever_else_is_there() {
    for real in [Real::Datashop, Real::Steps] {
        let Some((_folder, mixed)) = mixed(real) else { return };
        let server = Server::start(&["--statistics", "frozen", "--idle-after", "1ms"]);
        let served = Printed::read(&stdout(replay(&mixed, Some(&server)).output().unwrap()));
        let alone = Printed::read(&offline(&real.path().unwrap()));
        assert_eq!(served.by_learner(), alone.by_learner(), "{real:?}");
        assert_eq!(served.counts, alone.counts, "{real:?}");
    }
}

#[test]
fn two_thousand_untimed_learners_hear_the_same_in_turn_as_one_after_the_other() {
    let Some((_folder, mixed)) = mixed(Real::Untimed) else { return };
    let (mixed, apart) = (Printed::read(&offline(&mixed)), Printed::read(&offline(&Real::Untimed.path().unwrap())));
    assert!(mixed.by_learner() == apart.by_learner());
    assert_eq!(mixed.counts, apart.counts);
}

#[test]
fn four_replays_at_once_say_together_what_one_says() {
    let Some(log) = Real::Steps.path() else { return };
    let text = fs::read_to_string(&log).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let server = frozen();
    let mut parts = vec![String::new(); 4];
    for (place, lines) in by_learner(&text).into_iter().enumerate() {
        parts[place % 4].extend(lines.into_iter().flat_map(|line| [line, "\n"]));
    }
    let together: Vec<Printed> = thread::scope(|scope| {
        let running: Vec<_> = parts
            .iter()
            .enumerate()
            .map(|(place, part)| {
                let path = folder.path().join(format!("part-{place}.jsonl"));
                fs::write(&path, part).unwrap();
                let mut command = replay(&path, Some(&server));
                scope.spawn(move || Printed::read(&stdout(command.output().unwrap())))
            })
            .collect();
        running.into_iter().map(|replay| replay.join().unwrap()).collect()
    });
    let whole = Printed::read(&offline(&log));
    let said: BTreeMap<_, _> = together.iter().flat_map(Printed::by_learner).collect();
    assert_eq!(said, whole.by_learner());
    assert_eq!(together.iter().map(|part| part.events).sum::<usize>(), whole.events);
}

/// A replay starts from nothing, however many went before or run beside it.
#[test]
fn the_same_log_many_times_at_once_says_the_same_each_time() {
    let Some(log) = Real::Datashop.path() else { return };
    let server = frozen();
    thread::scope(|scope| {
        let running: Vec<_> = (0..8)
            .map(|_| {
                let mut command = replay(&log, Some(&server));
                scope.spawn(move || stdout(command.output().unwrap()))
            })
            .collect();
        for replay in running {
            assert!(replay.join().unwrap() == offline(&log));
        }
    });
}
