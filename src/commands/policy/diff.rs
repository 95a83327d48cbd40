//! `hearten policy diff`: one log under two policies, and which decisions that changes.

mod learners;
mod lockstep;
mod page;
mod rates;
mod reasons;
mod report;
mod story;
mod text;
mod told;

use std::path::PathBuf;

use clap::Args;
use hearten::engine::Rules;

use self::{
    lockstep::Lockstep,
    page::page,
    rates::Rates,
    report::{About, Report},
};
use super::named;
use crate::commands::{Problem, StatisticsMode, keep, log, model_at, print, put};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The policy before: a file, or `built-in`.
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The policy after: a file, or `built-in`.
    #[arg(value_name = "B")]
    after: PathBuf,
    /// One protobuf-JSON event a line (.jsonl), each learner's in order.
    log: PathBuf,
    /// Print the figures and every changed decision as JSON.
    #[arg(long)]
    json: bool,
    /// Write a page with tables, plots and examples here; it needs nothing but a browser.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// A model file instead of the one built in.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Whether item statistics are learnt on the way.
    #[arg(long, value_enum, default_value = "frozen", value_name = "MODE")]
    statistics: StatisticsMode,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Problem> {
    let Arguments { before, after, log, .. } = &arguments;
    if let Some(out) = &arguments.html {
        keep([before, after, log].into_iter().chain(&arguments.model), out)?;
    }
    let model = model_at(arguments.model.as_deref())?;
    // What lots would hold out is no difference between policies.
    let (a, b) = (named(before)?.without_trials(), named(after)?.without_trials());
    let about = About {
        log: log.display().to_string(),
        policies: [(&a, before), (&b, after)]
            .map(|(policy, path)| (policy.version.clone(), path.display().to_string())),
        model_version: model.version.clone(),
        learns: matches!(arguments.statistics, StatisticsMode::Learn),
    };
    let mut lockstep = Lockstep::new([Rules::new(model.clone(), a), Rules::new(model, b)], about.learns);
    log::each(log, |_, event| {
        lockstep.take(event);
        Ok(())
    })?;
    let known = lockstep.known;
    let stories = lockstep.into_stories();
    let rates = Rates::of(&stories);
    let report = Report::new(about, known, &stories, &rates);
    if let Some(out) = &arguments.html {
        put(out, &page(&report, &rates))?;
    }
    if arguments.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&report)?))
    } else {
        print(&report.to_string())
    }
}
