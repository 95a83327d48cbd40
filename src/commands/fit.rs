//! `hearten fit`: coefficients from a platform's own logs.

use std::path::{Path, PathBuf};

use clap::Args;
use hearten::{
    estimate::Model,
    evaluate::{Measure, Report, Split},
    event::Event,
    fit::{self, Log},
};

use super::{Problem, is_same, keep, log, model_at, print, put};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Logs of one protobuf-JSON event a line (.jsonl), each learner's in order. Several count about alike.
    #[arg(required = true)]
    logs: Vec<PathBuf>,
    /// Where to write the model file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The model to start from, instead of the one built in: what the logs cannot support stays as it is there.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// What the model is called; a hash of the file is added to it.
    #[arg(long, default_value = "fitted", value_name = "NAME", value_parser = name)]
    name: String,
    /// Which fifth of the learners is held out.
    #[arg(long, default_value_t = Split::default().seed, value_name = "NUMBER")]
    seed: u64,
}

pub(crate) fn run(arguments: Arguments) -> Result<(), Problem> {
    keep(arguments.logs.iter().chain(&arguments.model), &arguments.out)?;
    for (place, log) in arguments.logs.iter().enumerate() {
        if arguments.logs.iter().take(place).any(|other| is_same(other, log)) {
            return Err(Problem::new(format!("{} is named twice", log.display())));
        }
    }
    let before = model_at(arguments.model.as_deref())?;
    let split = Split { seed: arguments.seed };
    let logs = arguments.logs.iter().map(|path| Ok(Log::new(read(path)?, split)));
    let logs: Vec<Log> = logs.collect::<Result<_, Problem>>()?;

    let (fitted, unsupported) = fit::fit(&logs, &before, &arguments.name)?;
    let missing: String = unsupported.iter().map(|reason| format!("{reason}\n")).collect();
    if unsupported.len() == fit::PARTS {
        print(&missing)?;
        return Err(Problem::new("nothing could be fitted, so nothing was written"));
    }
    put(&arguments.out, &fitted.text())?;

    let after = fitted.model()?;
    for (path, log) in arguments.logs.iter().zip(&logs) {
        print(&compared(path, &log.judge(&before), &log.judge(&after)))?;
    }
    print(&format!("{missing}{} written to {}\n", after.version, arguments.out.display()))
}

fn read(path: &Path) -> Result<Vec<Event>, Problem> {
    let mut events = Vec::new();
    log::each(path, |_, event| {
        events.push(event.clone());
        Ok(())
    })?;
    Ok(events)
}

/// The held-out learners, before and after.
fn compared(path: &Path, before: &Report, after: &Report) -> String {
    let mut text = format!("{}: {} learners held out\n", path.display(), after.learners);
    for section in &after.sections {
        let old = before.sections.iter().find(|old| old.name == section.name);
        text += &format!("  {}, {} rows\n", section.name, section.rows);
        for Measure { name, ours, .. } in &section.measures {
            let old = old.and_then(|old| old.measure(name)).map_or(String::new(), |old| old.ours.to_string());
            text += &format!("    {name:<40} before {old}  after {ours}\n");
        }
        text.extend(section.notes.iter().map(|note| format!("    {note}\n")));
    }
    text
}

/// A name that a model file may hold.
fn name(text: &str) -> Result<String, String> {
    if Model::may_be_called(text) { Ok(text.to_owned()) } else { Err(format!("a model's name is {}", Model::NAMES)) }
}
