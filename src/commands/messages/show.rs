//! `hearten messages show`: what learners may hear, to be read by people.

use std::{fmt::Write, fs, path::PathBuf};

use clap::Args;
use hearten::{
    learner::{AgeBand, Preferences},
    messages::{Catalogue, Message, Placeable},
    reason::Reason,
};

use super::{Problem, catalogues_at, page, print};
use crate::commands::{keep, put};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A directory of catalogues, which come in place of those built in or beside them.
    #[arg(value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Only this locale, such as `pt-BR`; may be given several times.
    #[arg(long, value_name = "LOCALE")]
    locale: Vec<String>,
    /// Only this reason, such as `error-run`; may be given several times.
    #[arg(long, value_name = "REASON", value_parser = reason)]
    reason: Vec<Reason>,
    /// Only what is said at this age: any, 6-9, 10-13, 14+ or adult; may be given several times.
    #[arg(long, value_name = "AGE", value_parser = age)]
    age: Vec<AgeBand>,
    /// Write a page to look at in a browser, in one file, instead.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

fn reason(name: &str) -> Result<Reason, String> {
    let all = || Reason::ALL.map(Reason::name).join(", ");
    Reason::from_name(name).ok_or_else(|| format!("the reasons are {}", all()))
}

fn age(name: &str) -> Result<AgeBand, String> {
    let all = || AgeBand::ALL.map(AgeBand::name).join(", ");
    AgeBand::ALL.into_iter().find(|age| age.name() == name).ok_or_else(|| format!("the ages are {}", all()))
}

/// One wording, for those ages that hear the same.
pub(super) struct Shown {
    pub ages: Vec<AgeBand>,
    pub message: Message,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Problem> {
    let catalogues = catalogues_at(arguments.directory.as_deref())?;
    let mut chosen: Vec<&Catalogue> = catalogues.each().collect();
    if !arguments.locale.is_empty() {
        let all: Vec<String> = chosen.iter().map(|catalogue| catalogue.locale().to_string()).collect();
        if let Some(unknown) = arguments.locale.iter().find(|locale| !all.contains(locale)) {
            return Err(Problem::new(format!("there is no catalogue {unknown}: there are {}", all.join(", "))));
        }
        chosen.retain(|catalogue| arguments.locale.contains(&catalogue.locale().to_string()));
    }
    let reasons = if arguments.reason.is_empty() { Reason::ALL.to_vec() } else { arguments.reason.clone() };
    let ages = if arguments.age.is_empty() { AgeBand::ALL.to_vec() } else { arguments.age.clone() };
    match &arguments.html {
        None => print(&text(&chosen, &reasons, &ages)),
        Some(path) => {
            // What was read is not written over.
            let read = arguments.directory.iter().flat_map(|directory| fs::read_dir(directory).into_iter().flatten());
            keep(&read.flatten().map(|entry| entry.path()).collect::<Vec<_>>(), path)?;
            put(path, &page::page(&chosen, &reasons, &ages))
        }
    }
}

fn text(catalogues: &[&Catalogue], reasons: &[Reason], ages: &[AgeBand]) -> String {
    let mut out = String::new();
    for catalogue in catalogues {
        for reason in reasons {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{} {}", catalogue.locale(), reason.name());
            for Shown { ages, message } in
                (0..catalogue.wordings(*reason)).flat_map(|wording| shown(catalogue, *reason, wording, ages))
            {
                let _ = writeln!(out, "  {:<26} {:<18} {}", message.id, names(&ages), message.text);
                if message.plain_text != message.text {
                    let _ = writeln!(out, "  {:<45} read out: {}", "", message.plain_text);
                }
            }
        }
    }
    out
}

/// A wording as each age hears it.
pub(super) fn shown(catalogue: &Catalogue, reason: Reason, wording: u8, ages: &[AgeBand]) -> Vec<Shown> {
    let number = Placeable::of(reason).map_or(0, |placeable| placeable.sample);
    let mut all: Vec<Shown> = Vec::new();
    for age in ages {
        let preferences = Preferences { age_band: *age, ..Preferences::default() };
        let message = catalogue.say(reason, wording, number, &preferences);
        match all.iter_mut().find(|shown| shown.message == message) {
            Some(same) => same.ages.push(*age),
            None => all.push(Shown { ages: vec![*age], message }),
        }
    }
    all
}

/// The names of ages.
pub(super) fn names(ages: &[AgeBand]) -> String {
    ages.iter().map(|age| age.name()).collect::<Vec<_>>().join(" ")
}
