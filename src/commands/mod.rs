//! The command line: one file a command.

mod replay;
mod serve;

use std::fmt::Display;

use clap::{Parser, Subcommand};

/// Adaptive tutoring feedback: learner events in, an estimate and a decision out.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
#[group(skip)] // clap names a group after each struct, and these are all named alike
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Arguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API (also what happens without a command).
    Serve(serve::Arguments),
    /// Run a log through the engine and print everything it would say.
    Replay(replay::Arguments),
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

    /// The same, with what it is about in front.
    pub(crate) fn about(self, what: &str) -> Self {
        Self(format!("{what}: {}", self.0))
    }
}

impl Arguments {
    pub(crate) fn run(self) -> Result<(), Problem> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        match self.command {
            None => runtime.block_on(serve::run(self.serve)),
            Some(Command::Serve(arguments)) => runtime.block_on(serve::run(arguments)),
            Some(Command::Replay(arguments)) => runtime.block_on(replay::run(arguments)),
        }
    }
}
