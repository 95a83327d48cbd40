//! `hearten config`: the settings, from where they come, and whether they could be served with.

mod file;
mod table;

use std::env;

use clap::{
    ArgMatches, Command as Words, CommandFactory, Error, Subcommand,
    error::{ContextKind, ContextValue},
    parser::ValueSource,
};

use super::{Arguments, Problem, print, serve, settings::Settings};

pub(crate) use self::file::{applied, named};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check everything a server with these settings would read, without listening or opening the store.
    Check(Box<Settings>),
    /// Print every setting, its variable and its default, as a table in Markdown.
    Table,
}

pub(crate) async fn run(command: Command, given: &ArgMatches) -> Result<(), Problem> {
    match command {
        Command::Check(settings) => {
            let warnings = serve::check(&settings).await?;
            print(&told(given))?;
            warnings.iter().try_for_each(|warning| print(&format!("warning: {warning}\n")))
        }
        Command::Table => print(&table::markdown()),
    }
}

/// Every setting that is not as it is by itself, and who set it. Secrets stand in files, so that none is printed here.
fn told(given: &ArgMatches) -> String {
    let words = serving();
    let lines = words.get_arguments().filter_map(|argument| {
        let id = argument.get_id().as_str();
        let value = given.get_raw(id)?.next()?.to_string_lossy().into_owned();
        let source = match given.value_source(id)? {
            ValueSource::CommandLine => "flag".to_owned(),
            ValueSource::EnvVariable => argument.get_env()?.to_string_lossy().into_owned(),
            // What the file says stands in for a default.
            _ if argument.get_default_values().iter().any(|usual| *usual == *value) => return None,
            _ => "file".to_owned(),
        };
        Some(format!("{id} = {} ({source})\n", without_user(&value)))
    });
    format!("{}ok\n", lines.collect::<String>())
}

/// What is wrong with the words of a command, without what nobody should read over a shoulder or in a log.
pub(crate) fn discreet(mut error: Error) -> Error {
    if let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue) {
        let value = without_user(value);
        error.insert(ContextKind::InvalidValue, ContextValue::String(value));
    }
    error
}

/// A URL without what may stand before its host, or behind its path: that can be a password. What looks like one that was
/// mistyped is left out whole.
pub(super) fn without_user(value: &str) -> String {
    match value.split_once("://") {
        Some((scheme, rest)) => {
            // Some take a password with a `/` or a `?` in it.
            let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
            let place = match place.rsplit_once('@') {
                _ if options.contains('@') => "…",
                Some((_, place)) => place,
                None => place,
            };
            format!("{scheme}://{place}")
        }
        None if value.contains('@') || value.contains("password") => "…".to_owned(),
        None => value.to_owned(),
    }
}

/// The command that has all settings.
fn serving() -> Words {
    let words = Arguments::command();
    words.find_subcommand("serve").cloned().unwrap_or(words)
}

/// Variables that look like settings and are none: a misspelt one would do nothing, in silence.
pub(crate) fn unknown_variables() -> Vec<String> {
    let words = serving();
    let known: Vec<_> = words.get_arguments().filter_map(|argument| argument.get_env()).collect();
    // Kubernetes sets these for a service called `hearten`; the last is for tests.
    let others = ["HEARTEN_SERVICE_", "HEARTEN_PORT", "HEARTEN_REQUIRE_TOOLS"];
    let names = env::vars_os().map(|(name, _)| name).filter(|name| !known.contains(&name.as_os_str()));
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let mut unknown: Vec<String> = names
        .filter(|name| name.starts_with("HEARTEN_") && !others.iter().any(|other| name.starts_with(other)))
        .collect();
    unknown.sort();
    unknown
}
