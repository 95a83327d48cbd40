//! The configuration file: its values stand in for the defaults of the flags, so that variables and flags go before them and
//! the flags' own parsers judge them.

#[cfg(test)]
mod fuzz;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, error::ContextKind};
use toml::de::{DeTable, DeValue};

use super::without_user;
use crate::commands::{Problem, text_of};

/// The words of a command that takes settings, with what its configuration file says as defaults.
pub(crate) fn applied(words: Command, path: &Path) -> Result<Command, Problem> {
    read(words, &text_of(path, "configuration")?, path)
}

fn read(words: Command, text: &str, path: &Path) -> Result<Command, Problem> {
    let at = |line: usize, problem: &str| Problem::new(format!("{}: line {line}: {problem}", path.display()));
    let line = |start: usize| 1 + text.get(..start).unwrap_or_default().matches('\n').count();
    let file: DeTable<'_> = match DeTable::parse(text) {
        Ok(file) => file.into_inner(),
        Err(error) => {
            let problem = error.message().lines().collect::<Vec<_>>().join(", ");
            return Err(at(line(error.span().unwrap_or_default().start), &problem));
        }
    };
    let mut words = words;
    for (key, value) in &file {
        let (name, at_key) = (key.get_ref().as_ref(), line(key.span().start));
        let argument = words.get_arguments().find(|argument| is_key(argument, name)).cloned();
        let Some(argument) = argument else {
            let problem = format!("`{name}`: there is no such setting: `hearten config table` has them all");
            return Err(at(at_key, &problem));
        };
        let written = written(value.get_ref())
            .ok_or_else(|| at(at_key, &format!("`{name}`: a text, a number, true or false is needed")))?;
        judge(argument.clone(), &written)
            .map_err(|problem| at(at_key, &format!("`{name} = {}`: {problem}", without_user(&written))))?;
        words = words.mut_arg(argument.get_id().as_str(), |argument| argument.default_value(written));
    }
    Ok(words)
}

/// A file does not name another.
fn is_key(argument: &Arg, name: &str) -> bool {
    argument.get_id() == name && name != "config" && argument.get_env().is_some()
}

fn written(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// What the flag's own parser says of a value.
fn judge(argument: Arg, value: &str) -> Result<(), String> {
    let flag = argument.get_long().map(|long| format!("--{long}={value}")).unwrap_or_default();
    // Alone: what other settings it goes with is told when all are known.
    let alone = Arg::new("value").long(argument.get_long().unwrap_or_default().to_owned());
    let alone = alone.value_parser(argument.get_value_parser().clone()).num_args(1).allow_hyphen_values(true);
    let judged = Command::new("setting").no_binary_name(true).arg(alone).try_get_matches_from([flag]);
    judged.map(|_| ()).map_err(|error| {
        let allowed = error
            .get(ContextKind::ValidValue)
            .filter(|valid| !valid.to_string().is_empty())
            .map(|valid| format!("one of {valid} is allowed"));
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        allowed.or(cause).unwrap_or_else(|| "is not allowed".to_owned())
    })
}

/// Where the file is, if one is named.
pub(crate) fn named(given: &ArgMatches) -> Option<PathBuf> {
    given.try_get_one::<PathBuf>("config").ok().flatten().cloned()
}
