//! Everything is there, once, and nothing that nobody would hear.

use std::collections::HashSet;

use super::{Fault, Rule, Script, script::Written};
use crate::{
    learner::AgeBand,
    messages::catalogue::{MOST_WORDINGS, PLAIN, part},
    reason::Reason,
};

/// Fewer wordings of a reason wear out.
const LEAST_WORDINGS: u8 = 6;

pub(super) fn check(script: &Script<'_>, english: &Script<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if script.locale.is_none() {
        let why = "the file is not called after a locale, such as `pt-BR.ftl`";
        faults.push(script.fault(1, "", Rule::Locale, why));
    }
    let mut ids = HashSet::new();
    for message in &script.messages {
        faults.extend(known(script, message));
        if !ids.insert(message.id) {
            faults.push(script.fault(message.line, message.id, Rule::Duplicate, "stands further up already"));
        }
    }
    // Messages, terms and functions share their names.
    ids.insert("NUMBER");
    for (name, line) in &script.terms {
        if !ids.insert(name) {
            let why = "is the name of something else already: call the term otherwise";
            faults.push(script.fault(*line, format!("-{name}"), Rule::Duplicate, why));
        }
    }
    let order = Reason::ALL.map(|reason| {
        english.messages.iter().position(|message| message.wording.is_some_and(|(each, _)| each == reason))
    });
    for reason in Reason::ALL {
        let highest = |script: &Script<'_>| {
            let numbers = script.messages.iter().filter_map(|message| message.wording);
            let numbers = numbers.filter(|(each, number)| *each == reason && *number <= MOST_WORDINGS);
            numbers.map(|(_, number)| number).max().unwrap_or(0)
        };
        let most = highest(script).max(highest(english)).max(LEAST_WORDINGS);
        faults.extend((1..=most).filter_map(|number| missing(script, english, &order, reason, number)));
    }
    faults
}

/// What is wrong with the names in a message.
fn known(script: &Script<'_>, message: &Written<'_>) -> Vec<Fault> {
    let fault = |line, name: &str, rule, why: &str| script.fault(line, name, rule, why);
    match message.wording {
        None => {
            let why = "no message is called so: a reason's name, a hyphen and a number, such as `error-run-2`";
            return vec![fault(message.line, message.id, Rule::Unknown, why)];
        }
        Some((_, number)) if number > MOST_WORDINGS => {
            let why = format!("{MOST_WORDINGS} wordings of a reason are the most");
            return vec![fault(message.line, message.id, Rule::Unknown, &why)];
        }
        Some(_) => {}
    }
    let mut faults = Vec::new();
    for wanted in [None, part(AgeBand::From6)] {
        if message.text(wanted).is_none() {
            let why = wanted.map_or("has no text".to_owned(), |part| format!("has no `.{part}`"));
            faults.push(fault(message.line, message.id, Rule::Missing, &why));
        }
    }
    for (place, text) in message.texts.iter().enumerate() {
        if message.texts.iter().take(place).any(|earlier| earlier.part == text.part) {
            let why = "stands further up already";
            faults.push(fault(text.line, &message.name(text), Rule::Duplicate, why));
        }
        let Some(name) = text.part else { continue };
        let known =
            name == PLAIN || AgeBand::ALL.into_iter().any(|band| part(band).is_some() && part(band) == text.shown());
        if !known {
            let ages: Vec<String> = AgeBand::ALL.into_iter().filter_map(part).map(|age| format!("`.{age}`")).collect();
            let why = format!("there are {} and, with `-{PLAIN}` behind or alone, `.{PLAIN}`", ages.join(", "));
            faults.push(fault(text.line, &message.name(text), Rule::Unknown, &why));
        } else if text.is_plain() && message.text(text.shown()).is_none() {
            let why = "is to be read out instead of a text that is not there";
            faults.push(fault(text.line, &message.name(text), Rule::Unknown, why));
        }
    }
    faults
}

/// In English, the place of each reason's first message.
type Order = [Option<usize>; Reason::ALL.len()];

fn missing(script: &Script<'_>, english: &Script<'_>, order: &Order, reason: Reason, number: u8) -> Option<Fault> {
    let id = format!("{}-{number}", reason.name());
    if script.find(reason, number).is_some() || script.unread(&id) {
        return None;
    }
    // It should stand after the wording before it, else before the next, else where English has it.
    let place = |reason: Reason| order.get(reason as usize - 1).copied().flatten();
    let wordings = |those: &dyn Fn(Reason, u8) -> bool| -> Vec<&Written<'_>> {
        script.messages.iter().filter(|message| message.wording.is_some_and(|(r, n)| those(r, n))).collect()
    };
    let after = |those: Vec<&Written<'_>>| those.iter().map(|message| message.after).max();
    let line = after(wordings(&|r, n| r == reason && n < number))
        .or_else(|| wordings(&|r, n| r == reason && n > number).iter().map(|message| message.line).min())
        .or_else(|| after(wordings(&|r, _| place(r) < place(reason))))
        .unwrap_or(1);
    let why = match english.find(reason, number) {
        Some(_) => "is in English and not here".to_owned(),
        _ if number <= LEAST_WORDINGS => format!("each reason has {LEAST_WORDINGS} wordings at least"),
        _ => "numbers go without gaps".to_owned(),
    };
    Some(script.fault(line, id, Rule::Missing, why))
}
