//! What is asked for on the command line.

use std::{path::PathBuf, time::Duration};

use clap::Parser;

use crate::scenario::SCENARIOS;

/// Hearten beside a bare tonic echo.
#[derive(Debug, Parser)]
struct Arguments {
    /// One JSON object on standard output instead of tables
    #[arg(long)]
    json: bool,
    /// Only this: a scenario's name, or `flat`; may be given again
    #[arg(long, value_name = "SCENARIO", value_parser = scenario)]
    only: Vec<String>,
    /// Seconds of one turn of one side
    #[arg(long, default_value_t = 1.5)]
    seconds: f64,
    /// Turns of each side
    #[arg(long, default_value_t = 5)]
    turns: usize,
    /// Connections to each server
    #[arg(long, default_value_t = 4)]
    connections: usize,
    /// Learners who are busy
    #[arg(long, default_value_t = 10_000)]
    learners: u64,
    /// Learners in all, of whom `flat` asks what they cost
    #[arg(long, default_value_t = 100_000)]
    many: u64,
    /// Everything once, a moment each: whether it works
    #[arg(long)]
    quick: bool,
    /// Where stores are kept and the disk is measured
    #[arg(long, value_name = "DIR", default_value = env!("CARGO_TARGET_TMPDIR"))]
    place: PathBuf,
    /// To be the echo
    #[arg(long, hide = true, value_name = "FILE")]
    echo: Option<PathBuf>,
    /// What cargo adds
    #[arg(long, hide = true)]
    bench: bool,
}

fn scenario(name: &str) -> Result<String, String> {
    let mut names: Vec<&str> = SCENARIOS.iter().map(|scenario| scenario.name).collect();
    names.push("flat");
    if names.contains(&name) { Ok(name.to_owned()) } else { Err(format!("there are {}", names.join(", "))) }
}

/// What to do.
#[derive(Debug)]
pub struct Options {
    pub json: bool,
    pub only: Vec<String>,
    pub seconds: Duration,
    pub turns: usize,
    pub connections: usize,
    pub learners: u64,
    pub many: u64,
    /// Events of one learner before those that are compared with the first.
    pub aged: u64,
    /// How many of those, and how many of the first.
    pub slice: u64,
    pub place: PathBuf,
    pub echo: Option<PathBuf>,
}

impl Options {
    pub fn read() -> Self {
        let given = Arguments::parse();
        let mut options = Self {
            json: given.json,
            only: given.only,
            seconds: Duration::from_secs_f64(given.seconds),
            turns: given.turns.max(1),
            connections: given.connections.max(1),
            learners: given.learners,
            many: given.many,
            aged: 9_500,
            slice: 1_000,
            place: given.place,
            echo: given.echo,
        };
        if given.quick {
            options.seconds = Duration::from_millis(200);
            options.turns = 1;
            options.learners = 256;
            options.many = 2_048;
            options.aged = 100;
            options.slice = 100;
        }
        options
    }

    pub fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}
