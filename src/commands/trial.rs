//! `hearten trial`: whether messages help.

mod page;

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};
use hearten::{
    clock,
    event::Timestamp,
    store::each_page,
    trial::{DETECTABLE, Reader, Report},
};

use self::page::page;
use super::{Problem, print, progress::Progress, put, settings::length, store::Which};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell from the log of decisions what messages do, for every reason that is on trial.
    Report(Arguments),
}

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    store: Which,
    /// The effect on success that "more decisions" are told for, between 0 and 1: 0.05 is a quarter of an answer in five.
    #[arg(long, default_value_t = DETECTABLE, value_parser = share, value_name = "EFFECT")]
    detect: f64,
    /// Decisions younger than this are left out: what comes of them may not have come yet.
    #[arg(long, default_value = "24h", value_parser = length, value_name = "AGE")]
    after: Duration,
    /// Only decisions younger than this, such as 90d: what was said before counts for nothing. All there are, where it is not given.
    #[arg(long, value_parser = length, value_name = "AGE")]
    within: Option<Duration>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
    /// Write a page with tables and plots here; it needs nothing but a browser.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// Learners read at a time.
const AT_ONCE: usize = 256;

pub(crate) async fn run(command: Command) -> Result<(), Problem> {
    let Command::Report(arguments) = command;
    let Arguments { store: which, detect, after, within, json, html } = arguments;
    let store = which.open_kept().await?;
    let ago = |age: Duration| -> Timestamp { clock::now() + -i64::try_from(age.as_millis()).unwrap_or(i64::MAX) };
    let mut progress = Progress::new("learners", store.about().await?);
    let mut reader = Reader::new(within.map(ago), ago(after));
    let mut done = 0;
    each_page(&*store, AT_ONCE, |learners| {
        learners.iter().for_each(|whole| reader.take(whole));
        done += learners.len() as u64;
        progress.at(done);
    })
    .await?;
    drop(progress);
    let Reader { old, young, unreadable, .. } = reader;
    if old > 0 {
        eprintln!("hearten: {old} decisions are too old (--within) and left out");
    }
    if young > 0 {
        eprintln!("hearten: {young} decisions are too young (--after) and left out");
    }
    if unreadable > 0 {
        eprintln!("hearten: {unreadable} entries of the log cannot be read by this release and are left out");
    }
    let report = Report::new(&reader.cases(), detect);
    if let Some(out) = &html {
        put(out, &page(&report))?;
    }
    if json { print(&format!("{}\n", serde_json::to_string_pretty(&report)?)) } else { print(&report.to_string()) }
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0 && *number < 1.0);
    number.ok_or_else(|| "more than 0 and less than 1 is allowed".to_owned())
}
