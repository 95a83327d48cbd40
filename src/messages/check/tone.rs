//! Words that are kept out, by rule and locale.
//!
//! A word of a list is found whole and in any case; `*` before or after it stands for more letters of the same word. Where words are
//! written without spaces between them (Chinese, Japanese, Thai and their neighbours), and in Korean, it is found anywhere.

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::{Fault, Rule, Script, forms::Form};
use crate::{learner::Locale, messages::Source};

/// What the lists of a locale are called.
const SUFFIX: &str = ".tone.toml";

/// The lists of one locale.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Lists {
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

/// What is wrong with a file of lists.
pub(super) fn faults(source: &Source, own: &[Source]) -> Option<Fault> {
    let stem = source.name.strip_suffix(SUFFIX).unwrap_or_default();
    if Locale::parse(stem).is_none_or(|locale| locale.as_str() != stem) {
        let why =
            format!("the file is not called after a locale, such as `pt-BR{SUFFIX}`, so nothing would be kept out");
        return Some(Fault { file: source.name.clone(), line: 1, id: String::new(), rule: Rule::Locale, why });
    }
    read(source).err().or_else(|| alone(source, stem, own))
}

/// A list that nothing is held to: somebody believes that its words are kept out.
fn alone(source: &Source, stem: &str, own: &[Source]) -> Option<Fault> {
    let language = |name: &str| name.split('-').next().map(str::to_owned);
    let catalogue = |own: &Source| own.name.strip_suffix(".ftl").is_some_and(|name| language(name) == language(stem));
    let why = format!("no catalogue is held to it, and those built in are not: put a copy of `{stem}.ftl` beside it");
    let fault = Fault { file: source.name.clone(), line: 1, id: String::new(), rule: Rule::Denylist, why };
    (!own.iter().any(catalogue)).then_some(fault)
}

/// Reads a file of lists.
fn read(source: &Source) -> Result<Lists, Fault> {
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

pub(super) fn check(script: &Script<'_>, own: &[Source], base: &[Source]) -> Vec<Fault> {
    let Some(locale) = script.locale else { return Vec::new() };
    let language = locale.as_str().split('-').next().unwrap_or_default();
    // A list of one's own adds to what is kept out anyway.
    let same = |source: &&Source| {
        let name = source.name.strip_suffix(SUFFIX);
        name.is_some_and(|name| name.split('-').next() == Some(language))
    };
    let files = own.iter().chain(base).filter(same);
    let lists: Vec<Lists> = files.filter_map(|source| read(source).ok()).collect();
    if lists.iter().all(|lists| lists.each().iter().all(|(_, words, _)| words.is_empty())) {
        let why = format!("no words are kept out of it: put a `{}{SUFFIX}` beside it", locale.as_str());
        return vec![script.fault(1, "", Rule::Denylist, why)];
    }
    let rules = lists.iter().flat_map(Lists::each);
    let rules: Vec<(Rule, Vec<Word<'_>>, &str)> =
        rules.map(|(rule, words, why)| (rule, words.iter().map(|word| Word::new(word)).collect(), why)).collect();
    let mut faults = Vec::new();
    for message in &script.messages {
        for text in &message.texts {
            let forms: Vec<(&Form, String)> = text.forms.all.iter().map(|form| (form, fold(&form.text))).collect();
            let mut told = Vec::new();
            for (rule, words, why) in &rules {
                let hit = |(form, folded): &(&Form, String)| {
                    words.iter().find_map(|word| Some((word.end_in(folded)?, word.bare))).map(|(end, word)| {
                        (form.line_where(|so_far| fold(so_far).len() >= end).unwrap_or(text.line), word)
                    })
                };
                // Once a rule, though two lists may have it.
                if let Some((line, word)) = forms.iter().find_map(hit).filter(|_| !told.contains(rule)) {
                    told.push(*rule);
                    let why = format!("\u{201C}{word}\u{201D} {why}");
                    faults.push(script.fault(line, message.name(text), *rule, why));
                }
            }
        }
    }
    faults
}

/// A word of a list, ready to be looked for.
struct Word<'a> {
    bare: &'a str,
    folded: String,
    open_before: bool,
    open_after: bool,
}

impl<'a> Word<'a> {
    fn new(word: &'a str) -> Self {
        let (open_before, open_after) = (word.starts_with('*'), word.ends_with('*'));
        Self { bare: bare(word), folded: fold(bare(word)), open_before, open_after }
    }

    /// Where it ends in a folded text, if it is there.
    fn end_in(&self, text: &str) -> Option<usize> {
        let joins = |one: Option<char>, other: Option<char>| matches!((one, other), (Some(a), Some(b)) if joins_words(a) && joins_words(b));
        let word = &self.folded;
        text.match_indices(word).map(|(start, _)| (start, start + word.len())).find_map(|(start, end)| {
            let before = text.get(..start).and_then(|before| before.chars().next_back());
            let after = text.get(end..).and_then(|after| after.chars().next());
            let begins = self.open_before || !joins(before, word.chars().next());
            let ends = self.open_after || !joins(word.chars().next_back(), after);
            (begins && ends).then_some(end)
        })
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches('*')
}

/// Whether a character beside another of its kind belongs to the same word.
fn joins_words(c: char) -> bool {
    let mark = c.general_category_group() == GeneralCategoryGroup::Mark;
    let unspaced = matches!(
        c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
            | '\u{1000}'..='\u{109F}' // Burmese
            | '\u{1780}'..='\u{17FF}' // Khmer
            | '\u{3005}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}' // kana, Han
            | '\u{AC00}'..='\u{D7AF}' // Hangul
    );
    (c.is_alphanumeric() || mark) && !unspaced
}

/// As words are compared: composed, in one width, in small letters, one kind of apostrophe, hyphen and space, without marks that
/// may be left out.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkc().flat_map(char::to_lowercase) {
        match c {
            '\u{2019}' | '\u{02BC}' => folded.push('\''),
            '\u{2010}' | '\u{2011}' => folded.push('-'),
            'ı' => folded.push('i'),
            // Dots over a small i, Arabic vowel marks and stretched letters, soft hyphens and what else is not seen.
            '\u{0307}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0640}' | '\u{00AD}' => {}
            '\u{200B}'..='\u{200F}' | '\u{2066}'..='\u{2069}' | '\u{034F}' | '\u{FE00}'..='\u{FE0F}' => {}
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
