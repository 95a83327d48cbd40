//! English can be read at the age it is for.
//!
//! The Automated Readability Index (Senter & Smith 1967) gives the school grade of a text from letters a word and words a
//! sentence: `4.71 · letters/words + 0.5 · words/sentences − 21.43`. It needs no counting of syllables, so it has one answer. Of a
//! single sentence it is coarse: it catches long words, which is what it is asked for here.

use super::{
    Fault, Rule, Script,
    script::{Text, Written},
};
use crate::{learner::AgeBand, messages::catalogue::part};

/// The highest grade by age: learners of six to nine are in grades 1 to 4, of ten to thirteen in 5 to 8; for adults the grade that
/// plain language asks for.
const GRADES: [(AgeBand, f32); 4] =
    [(AgeBand::From6, 3.0), (AgeBand::From10, 6.0), (AgeBand::From14, 9.0), (AgeBand::Adult, 9.0)];

pub(super) fn check(script: &Script<'_>) -> Vec<Fault> {
    if !script.speaks("en") {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for message in &script.messages {
        for text in &message.texts {
            let Some((age, most)) = limit(message, text) else { continue };
            let hardest =
                text.forms.all.iter().map(|form| (grade(&form.text), form)).max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some((grade, form)) = hardest.filter(|(grade, _)| *grade > most) {
                let why = format!("reads at grade {grade:.1}, and {most} is the most at {}", age.name());
                let line = form.line().unwrap_or(text.line);
                faults.push(script.fault(line, message.name(text), Rule::ReadingLevel, why));
            }
        }
    }
    faults
}

/// Whom a text is for, the youngest of them, and the grade they can read. The value is for all who have no text of their own.
fn limit(message: &Written<'_>, text: &Text<'_>) -> Option<(AgeBand, f32)> {
    let own = |age: AgeBand| part(age).filter(|part| message.text(Some(part)).is_some());
    match text.shown() {
        Some(name) => GRADES.into_iter().find(|(age, _)| part(*age) == Some(name)),
        None => GRADES.into_iter().find(|(age, _)| own(*age).is_none()),
    }
}

fn grade(text: &str) -> f32 {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let letters = words.iter().flat_map(|word| word.chars()).filter(|letter| letter.is_alphanumeric()).count();
    let ends = |word: &&&str| word.ends_with(['.', '?', '!', '…']);
    let unfinished = words.last().is_some_and(|last| !ends(&last));
    let sentences = words.iter().filter(ends).count() + usize::from(unfinished);
    let words = words.len().max(1) as f32;
    4.71 * letters as f32 / words + 0.5 * words / sentences.max(1) as f32 - 21.43
}
