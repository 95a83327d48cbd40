//! Messages carry the numbers that they carry in English, and none that a reason has not.

use std::collections::BTreeSet;

use super::{Fault, Rule, Script, script::Text};
use crate::messages::Placeable;

pub(super) fn check(script: &Script<'_>, english: &Script<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for message in &script.messages {
        let Some((reason, number)) = message.wording else { continue };
        let placeable = Placeable::of(reason);
        let original = english.find(reason, number);
        for text in &message.texts {
            let mut fault = |line, why| {
                faults.push(script.fault(line, message.name(text), Rule::Placeables, why));
            };
            for (line, problem) in &text.forms.problems {
                fault(*line, problem.clone());
            }
            let is_known = |name: &str| placeable.is_some_and(|placeable| placeable.name == name);
            let unknown: Vec<_> = text.forms.variables.iter().filter(|(name, _)| !is_known(name)).collect();
            for (name, line) in &unknown {
                let has = placeable.map_or("no number".to_owned(), |placeable| format!("`${}`", placeable.name));
                fault(*line, format!("`${name}` is not known here: {} has {has}", reason.name()));
            }
            // A plain text stands for the text beside it, every other for the same in English or, where a language needs it
            // and English does not, for the value.
            let model = if text.is_plain() {
                message.text(text.shown())
            } else {
                original.and_then(|original| original.text(text.part).or(original.text(None)))
            };
            if let Some(model) = model.filter(|_| unknown.is_empty() && text.forms.problems.is_empty())
                && names(model) != names(text)
            {
                let whose = if text.is_plain() { "the text it is read out for" } else { "English" };
                fault(text.line, format!("carries {} where {whose} carries {}", list(text), list(model)));
            }
        }
    }
    faults
}

fn names<'a>(text: &Text<'a>) -> BTreeSet<&'a str> {
    text.forms.variables.iter().map(|(name, _)| *name).collect()
}

fn list(text: &Text<'_>) -> String {
    let names: Vec<String> = names(text).into_iter().map(|name| format!("`${name}`")).collect();
    if names.is_empty() { "no number".to_owned() } else { names.join(" and ") }
}
