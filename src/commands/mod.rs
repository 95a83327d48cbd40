//! The command line: one file a command.

mod backup;
mod config;
mod control;
mod evaluate;
mod export;
mod fit;
mod import;
mod keys;
mod log;
mod markup;
mod messages;
mod migrate;
mod policy;
mod progress;
mod replay;
mod rules;
mod serve;
mod settings;
mod store;
mod trial;

use std::{
    env,
    fmt::Display,
    fs,
    io::{self, ErrorKind, Read, Write, stdout},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use hearten::{engine::Statistics, estimate::Model, feedback::Policy};

/// Adaptive tutoring feedback: learner events in, an estimate and a decision out.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Without a command, hearten serves: `hearten --listen ADDR` is `hearten serve --listen ADDR`."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API (also what happens without a command).
    Serve(Box<settings::Settings>),
    /// Check and tell the settings of a server.
    #[command(subcommand)]
    Config(config::Command),
    /// Make, list and revoke the keys that callers need.
    #[command(subcommand)]
    Keys(keys::Command),
    /// Make the tables of a database that servers share, or bring them up to date.
    Migrate(migrate::Arguments),
    /// Copy the embedded store, also while a server has it.
    Backup(backup::Arguments),
    /// Write a whole store to a directory, to import it elsewhere. Run again, it goes on where it was interrupted.
    Export(export::Arguments),
    /// Make a store of what `hearten export` wrote. Run again, it goes on where it was interrupted.
    Import(import::Arguments),
    /// Run a log through the engine and print everything it would say.
    Replay(replay::Arguments),
    /// Measure how good the estimates are on a log, beside simple rivals.
    Evaluate(evaluate::Arguments),
    /// Fit coefficients to logs and write them as a model file.
    Fit(fit::Arguments),
    /// Print, check, test and compare policies.
    #[command(subcommand)]
    Policy(policy::Command),
    /// Tell whether messages help.
    #[command(subcommand)]
    Trial(trial::Command),
    /// Check catalogues of messages, and look at them.
    #[command(subcommand)]
    Messages(messages::Command),
}

/// Whether item statistics are learnt.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum StatisticsMode {
    /// Opportunities are counted, and the snapshot is renewed at intervals.
    Learn,
    /// The snapshot stays as it was at the start, and nothing is counted: the same events give the same decisions.
    Frozen,
}

impl From<StatisticsMode> for Statistics {
    fn from(mode: StatisticsMode) -> Self {
        match mode {
            StatisticsMode::Learn => Self::Learn,
            StatisticsMode::Frozen => Self::Frozen,
        }
    }
}

/// The model in a file, or the one built in.
fn model_at(path: Option<&Path>) -> Result<Model, Problem> {
    let Some(path) = path else { return Ok(Model::builtin()?) };
    let about = |problem: Problem| problem.about(&path.display().to_string());
    let text = fs::read_to_string(path).map_err(|error| about(error.into()))?;
    Model::parse(&text).map_err(|error| about(error.into()))
}

/// The policy in a file, or the one built in.
fn policy_at(path: Option<&Path>) -> Result<Policy, Problem> {
    let Some(path) = path else { return Ok(Policy::builtin()?) };
    let text = text_of(path, "policy")?;
    Policy::parse(&text).map_err(|error| Problem::from(error).about(&path.display().to_string()))
}

/// The largest file that a policy or a catalogue may be, in bytes; one with pages of remarks takes a tenth of it.
const MOST_BYTES: u64 = 1024 * 1024;

/// What stands in a file that people write.
fn text_of(path: &Path, what: &str) -> Result<String, Problem> {
    let about = |problem: Problem| problem.about(&path.display().to_string());
    let mut text = String::new();
    let file = fs::File::open(path).map_err(|error| about(error.into()))?;
    file.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(|error| about(error.into()))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(about(Problem::new(format!("is no {what}: more than {} KiB", MOST_BYTES / 1024))));
    }
    Ok(text)
}

/// Refuses to write over what is to be read.
fn keep<'a>(read: impl IntoIterator<Item = &'a PathBuf>, out: &Path) -> Result<(), Problem> {
    let taken = read.into_iter().any(|path| is_same(path, out));
    if taken { Err(Problem::new(format!("{} is read: it would be written over", out.display()))) } else { Ok(()) }
}

/// Whether two paths lead to one file, through whatever links. What is not there is no file.
fn is_same(one: &Path, other: &Path) -> bool {
    let file = |path: &Path| fs::metadata(path).map(|about| (about.dev(), about.ino()));
    matches!((file(one), file(other)), (Ok(one), Ok(other)) if one == other)
}

/// A page takes its place when it is whole, so that a run that fails leaves what was there.
fn put(path: &Path, text: &str) -> Result<(), Problem> {
    let failed = |error: io::Error| Problem::from(error).about(&format!("cannot write {}", path.display()));
    // What is no plain file, such as a terminal, cannot be replaced.
    if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return fs::write(path, text).map_err(failed);
    }
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    fs::write(&part, text).and_then(|()| fs::rename(&part, path)).map_err(|error| {
        // What remains of it is of no use to anybody.
        let _ = fs::remove_file(&part);
        failed(error)
    })
}

/// Prints a report. Whoever stops reading has read enough.
fn print(text: &str) -> Result<(), Problem> {
    match stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// What went wrong, in words for whoever typed the command.
#[derive(Debug)]
pub(crate) struct Problem(String);

impl Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Problem {
    fn from(error: E) -> Self {
        let mut text = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        Self(text)
    }
}

impl Problem {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The same, with what helps behind.
    pub(crate) fn and(self, what: &str) -> Self {
        Self(format!("{}; {what}", self.0))
    }

    /// The same, with what it is about in front.
    pub(crate) fn about(self, what: &str) -> Self {
        Self(format!("{what}: {}", self.0))
    }
}

impl Arguments {
    /// Runs what the command line asks for. Serving is what happens where no command is named, so that a setting of the server
    /// that is wrong in the environment is nobody else's concern.
    pub(crate) fn run() -> Result<(), Problem> {
        let mut words: Vec<_> = env::args_os().collect();
        let about = ["-h", "--help", "-V", "--version"];
        let flag = words.get(1).map(|word| word.to_string_lossy());
        if flag.is_none_or(|flag| flag.starts_with('-') && !about.contains(&&*flag)) {
            words.insert(1.min(words.len()), "serve".into());
        }
        let parsed = |command: clap::Command| {
            command.try_get_matches_from(&words).unwrap_or_else(|error| config::discreet(error).exit())
        };
        let given = parsed(Self::command());
        let given = match Self::settings_of(&given).and_then(config::named) {
            None => given,
            // Once more, now that what the file says is known.
            Some(path) => parsed(Self::configured(&path, &given)?),
        };
        let arguments = Self::from_arg_matches(&given).unwrap_or_else(|error| error.exit());
        let settings = Self::settings_of(&given);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let done = match arguments.command {
            Command::Serve(settings) => runtime.block_on(serve::run(*settings)),
            Command::Config(command) => runtime.block_on(config::run(command, settings.unwrap_or(&given))),
            Command::Keys(command) => keys::run(command),
            Command::Migrate(arguments) => runtime.block_on(migrate::run(arguments)),
            Command::Backup(arguments) => backup::run(&arguments),
            Command::Export(arguments) => runtime.block_on(export::run(arguments)),
            Command::Import(arguments) => runtime.block_on(import::run(arguments)),
            Command::Replay(arguments) => runtime.block_on(replay::run(arguments)),
            Command::Evaluate(arguments) => evaluate::run(arguments),
            Command::Fit(arguments) => fit::run(arguments),
            Command::Policy(command) => runtime.block_on(policy::run(command)),
            Command::Trial(command) => runtime.block_on(trial::run(command)),
            Command::Messages(command) => messages::run(command),
        };
        // A file that cannot be read to its end must not keep the process.
        runtime.shutdown_background();
        done
    }

    /// The part of a command line that gives settings, where the command takes any.
    fn settings_of(given: &ArgMatches) -> Option<&ArgMatches> {
        match given.subcommand()? {
            ("serve", given) => Some(given),
            ("config", given) => given.subcommand_matches("check"),
            _ => None,
        }
    }

    fn configured(path: &Path, given: &ArgMatches) -> Result<clap::Command, Problem> {
        let mut failed = None;
        let mut apply = |words: clap::Command| {
            config::applied(words.clone(), path).unwrap_or_else(|problem| {
                failed = Some(problem);
                words
            })
        };
        let words = Self::command();
        let words = match given.subcommand_name() {
            Some("config") => words.mut_subcommand("config", |words| words.mut_subcommand("check", &mut apply)),
            _ => words.mut_subcommand("serve", &mut apply),
        };
        failed.map_or(Ok(words), Err)
    }
}
