//! Words that are kept out, by rule and locale.
//!
//! A word of a list is found whole and in any case; `*` before or after it stands for more letters of the same word. Where words are
//! written without spaces between them it is found anywhere.

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{Fault, Rule, Script, forms::Form};
use crate::messages::Source;

/// What the lists of a locale are called.
const SUFFIX: &str = ".tone.toml";

/// The lists of one locale.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Lists {
    person_praise: Vec<String>,
    guilt: Vec<String>,
    loss: Vec<String>,
    comparison: Vec<String>,
    feelings: Vec<String>,
    inflated_praise: Vec<String>,
}

impl Lists {
    fn each(&self) -> [(Rule, &[String], &str); 6] {
        [
            (Rule::PersonPraise, &self.person_praise, "praises the person, not the work"),
            (Rule::Guilt, &self.guilt, "puts blame or pressure on the learner"),
            (Rule::Loss, &self.loss, "holds out something to lose"),
            (Rule::Comparison, &self.comparison, "compares the learner with others"),
            (Rule::Feelings, &self.feelings, "tells the learner what they feel"),
            (Rule::InflatedPraise, &self.inflated_praise, "praises out of proportion"),
        ]
    }
}

/// Reads a file of lists.
pub(super) fn read(source: &Source) -> Result<Lists, Fault> {
    let fault =
        |line, why| Err(Fault { file: source.name.clone(), line, id: String::new(), rule: Rule::Denylist, why });
    let line = |offset: usize| source.text.get(..offset).map_or(1, |before| before.matches('\n').count() + 1);
    let lists: Lists = match toml::from_str(&source.text) {
        Ok(lists) => lists,
        Err(error) => return fault(line(error.span().map_or(0, |span| span.start)), error.message().to_owned()),
    };
    let all = lists.each();
    let short = all.iter().flat_map(|(_, words, _)| *words).find(|word| fold(bare(word)).trim().is_empty());
    match short {
        None => Ok(lists),
        Some(word) => {
            let at = source.text.find(&format!("\"{word}\"")).unwrap_or_default();
            fault(line(at), format!("`{word}` would be found in everything"))
        }
    }
}

pub(super) fn check(script: &Script<'_>, own: &[Source], builtin: &[Source]) -> Vec<Fault> {
    let Some(locale) = script.locale else { return Vec::new() };
    let language = locale.as_str().split('-').next().unwrap_or_default();
    // A list of one's own adds to what is kept out anyway.
    let named = |name: &str| own.iter().chain(builtin).filter(move |source| source.name == name).collect::<Vec<_>>();
    let mut files = named(&format!("{}{SUFFIX}", locale.as_str()));
    if language != locale.as_str() {
        files.extend(named(&format!("{language}{SUFFIX}")));
    }
    let lists: Vec<Lists> = files.into_iter().filter_map(|source| read(source).ok()).collect();
    if lists.is_empty() {
        let why = format!("no words are kept out of it: put a `{}{SUFFIX}` beside it", locale.as_str());
        return vec![script.fault(1, "", Rule::Denylist, why)];
    }
    let mut faults = Vec::new();
    for message in &script.messages {
        for text in &message.texts {
            let mut told = Vec::new();
            for (rule, word, why) in lists.iter().flat_map(hits(&text.forms.all)) {
                if !told.contains(&rule) {
                    told.push(rule);
                    let (line, word) = word;
                    let why = format!("\u{201C}{word}\u{201D} {why}");
                    faults.push(script.fault(line, message.name(text), rule, why));
                }
            }
        }
    }
    faults
}

/// What of the lists is in the forms of a text: the rule, the line and the word, and what is wrong with it.
fn hits<'a>(forms: &'a [Form]) -> impl Fn(&'a Lists) -> Vec<(Rule, (usize, &'a str), &'a str)> {
    move |lists| {
        let mut hits = Vec::new();
        for (rule, words, why) in lists.each() {
            for form in forms {
                let folded = fold(&form.text);
                let word = words.iter().find_map(|word| Some((find(word, &folded)?, bare(word))));
                hits.extend(word.map(|(end, word)| (rule, (line(form, end), word), why)));
            }
        }
        hits
    }
}

/// The line on which a form reaches so many folded bytes.
fn line(form: &Form, end: usize) -> usize {
    let reached = form.lines().find(|(_, so_far)| fold(so_far).len() >= end);
    reached.map(|(line, _)| line).or(form.line()).unwrap_or(1)
}

fn bare(word: &str) -> &str {
    word.trim_matches('*')
}

/// Where a word of a list ends in a folded text, if it is there.
fn find(word: &str, folded: &str) -> Option<usize> {
    let (open_before, open_after) = (word.starts_with('*'), word.ends_with('*'));
    let word = fold(bare(word));
    let joins =
        |one: Option<char>, other: Option<char>| matches!((one, other), (Some(a), Some(b)) if spaced(a) && spaced(b));
    folded.match_indices(&word).map(|(start, _)| (start, start + word.len())).find_map(|(start, end)| {
        let before = folded.get(..start).and_then(|before| before.chars().next_back());
        let after = folded.get(end..).and_then(|after| after.chars().next());
        let begins = open_before || !joins(before, word.chars().next());
        let ends = open_after || !joins(word.chars().next_back(), after);
        (begins && ends).then_some(end)
    })
}

/// Whether a character is part of a word that spaces set apart.
fn spaced(c: char) -> bool {
    let mark = c.general_category_group() == GeneralCategoryGroup::Mark;
    let unspaced = matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}');
    (c.is_alphanumeric() || mark) && !unspaced
}

/// As words are compared: composed, in small letters, one kind of apostrophe and space, without marks that may be left out.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c {
            '\u{2019}' | '\u{02BC}' => folded.push('\''),
            'ı' => folded.push('i'),
            // Dots over a small i, Arabic vowel marks and stretched letters, soft hyphens and what else is not seen.
            '\u{0307}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{00AD}' => {}
            '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded
}
