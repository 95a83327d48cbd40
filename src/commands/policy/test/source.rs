//! The text of a cases file, to tell where in it something is wrong.

use std::{collections::BTreeMap, fmt::Display, fs, ops::Range, path::PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use toml::{Spanned, Value};

use crate::commands::Problem;

/// A table of which every key and value knows its place.
pub(super) type Entries = BTreeMap<Spanned<String>, Spanned<Value>>;

pub(super) struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    pub fn open(path: PathBuf) -> Result<Self, Problem> {
        let text =
            fs::read_to_string(&path).map_err(|error| Problem::from(error).about(&path.display().to_string()))?;
        Ok(Self { path, text })
    }

    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        toml::from_str(&self.text).map_err(|error| {
            let span = error.span().unwrap_or_default();
            // A document's own table has no header: what is missing from it is missing from the top.
            let whole = span.len() >= self.text.trim_end().len();
            self.wrong(if whole { 0..0 } else { span }, error.message().lines().collect::<Vec<_>>().join(", "))
        })
    }

    /// Counted from 1.
    pub fn line(&self, place: &Range<usize>) -> usize {
        self.text.get(..place.start).unwrap_or(&self.text).matches('\n').count() + 1
    }

    pub fn wrong(&self, place: Range<usize>, problem: impl Display) -> Problem {
        let line = self.line(&place);
        let stands: String = self.text.lines().nth(line - 1).unwrap_or_default().trim().chars().take(80).collect();
        Problem::new(format!("{}: line {line}: `{stands}`: {problem}", self.path.display()))
    }

    /// Takes a key that is not the API's from a table.
    pub fn take<T>(
        &self,
        entries: &mut Entries,
        key: &str,
        parse: impl FnOnce(&Value) -> Result<T, String>,
    ) -> Result<Option<T>, Problem> {
        let Some((key, value)) = entries.remove_entry(key) else { return Ok(None) };
        let parsed = parse(value.get_ref());
        parsed.map(Some).map_err(|problem| self.wrong(key.span(), format!("`{}` {problem}", key.get_ref())))
    }

    /// Reads what is left of a table as a message of the API, where other keys could have stood too. `{n}` in any text is a
    /// number.
    pub fn message<T: DeserializeOwned>(
        &self,
        entries: &Spanned<Entries>,
        others: &[&str],
        number: usize,
    ) -> Result<T, Problem> {
        let mut whole = serde_json::Map::new();
        for (key, value) in entries.get_ref() {
            let (name, value) = (key.get_ref(), json(value.get_ref(), number));
            // Protobuf JSON has no places: alone, it can only be this key that is wrong.
            serde_json::from_value::<T>(Json::Object([(name.clone(), value.clone())].into_iter().collect())).map_err(
                |error| self.wrong(key.span(), format!("`{name}`: {}", plain(&error.to_string(), name, others))),
            )?;
            whole.insert(name.clone(), value);
        }
        serde_json::from_value(Json::Object(whole)).map_err(|error| {
            self.wrong(entries.span(), format!("{error}: an event has one action, and each field once"))
        })
    }
}

/// What protobuf JSON says of a key, with what it leaves unsaid, and without the other spelling of every field.
fn plain(problem: &str, name: &str, others: &[&str]) -> String {
    let other_spelling = |name: &&str| !(name.contains('_') && name.starts_with(|c: char| c.is_ascii_lowercase()));
    match problem.split_once("expected one of ") {
        Some((problem, names)) => {
            let own = if problem.contains(&format!("`{name}`")) { others } else { &[] };
            let names = names.split(", ").map(|name| name.trim_matches('`')).filter(other_spelling);
            format!("{problem}expected one of {}", names.chain(own.iter().copied()).collect::<Vec<_>>().join(", "))
        }
        None if problem.contains("expected") => problem.to_owned(),
        None => format!("{problem}: a moment is written as 2026-01-05T09:00:00Z, a time as \"31s\""),
    }
}

/// TOML as protobuf JSON has it.
fn json(value: &Value, number: usize) -> Json {
    match value {
        Value::String(text) => Json::String(text.replace("{n}", &number.to_string())),
        Value::Integer(whole) => Json::from(*whole),
        Value::Float(float) => {
            serde_json::Number::from_f64(*float).map_or_else(|| float.to_string().into(), Json::from)
        }
        Value::Boolean(boolean) => Json::from(*boolean),
        Value::Datetime(moment) => Json::from(moment.to_string()),
        Value::Array(values) => values.iter().map(|value| json(value, number)).collect(),
        Value::Table(table) => {
            Json::Object(table.iter().map(|(key, value)| (key.clone(), json(value, number))).collect())
        }
    }
}
