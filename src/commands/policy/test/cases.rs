//! A cases file: TOML in, whole cases or the place of the first mistake out.

use std::collections::BTreeMap;

use hearten::learner::Preferences;
use serde::Deserialize;
use toml::Spanned;

use super::{
    source::{Entries, Source},
    steps::{Step, Steps},
    wishes,
};
use crate::commands::Problem;

pub(super) struct Case {
    pub name: String,
    pub preferences: Preferences,
    pub steps: Vec<Step>,
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    case: Vec<Spanned<Table>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    name: Spanned<String>,
    preferences: Option<Spanned<Entries>>,
    events: Vec<Spanned<Entries>>,
}

pub(super) fn read(source: &Source) -> Result<Vec<Case>, Problem> {
    let file: File = source.parse()?;
    if file.case.is_empty() {
        return Err(source.wrong(0..0, "there is no case: each begins with [[case]]"));
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut cases = Vec::new();
    for table in file.case {
        let place = table.span();
        let Table { name, preferences, events } = table.into_inner();
        let at = name.span();
        let name = name.into_inner();
        // A case is a line of the report.
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            return Err(source.wrong(at, "`name` is one line that tells the cases apart"));
        }
        if let Some(line) = names.insert(name.clone(), source.line(&at)) {
            return Err(source.wrong(at, format!("`name` is that of the case at line {line}: each needs its own")));
        }
        let preferences = preferences.map(|table| wishes::read(source, table)).transpose()?.unwrap_or_default();
        let mut steps = Steps::new(source);
        for table in events {
            steps.read(table)?;
        }
        let steps = steps.steps;
        if steps.iter().all(|step| step.expected.is_none()) {
            return Err(source.wrong(place, "the case expects nothing: give an event an `expect`, such as \"silence\""));
        }
        cases.push(Case { name, preferences, steps, line: source.line(&place) });
    }
    Ok(cases)
}
