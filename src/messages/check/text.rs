//! Each text by itself: how long, in which characters, in which language, and no other of its reason the same.

use std::collections::HashMap;

use unic_langid::LanguageIdentifier;
use unicode_normalization::is_nfc;
use unicode_properties::{EmojiStatus, GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory};

use super::{
    Fault, Rule, Script,
    script::{Text, Written},
};
use crate::{
    learner::AgeBand,
    messages::catalogue::{PLAIN, part},
};

/// The most characters (Unicode code points), and for six to nine.
const LONGEST: [usize; 2] = [120, 60];
/// Symbols made of punctuation.
const EMOTICONS: [&str; 13] = [":)", ":-)", ";)", ";-)", ":D", ":-D", ":(", ":-(", ":P", ":-P", "^^", "^_^", "<3"];

pub(super) fn check(script: &Script<'_>, english: &Script<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut said = HashMap::new();
    for message in &script.messages {
        for text in &message.texts {
            let reason = message.wording.map(|(reason, _)| reason);
            let originals =
                english.messages.iter().filter(|original| original.wording.map(|(reason, _)| reason) == reason);
            let found = [
                length(text),
                characters(text),
                exclamation(text),
                emoji(message, text),
                untranslated(script, text, originals),
            ];
            let fault = |(rule, line, why)| script.fault(line, message.name(text), rule, why);
            faults.extend(found.into_iter().flatten().map(fault));
        }
        let Some((reason, number)) = message.wording else { continue };
        let mut told = Vec::new();
        for age in AgeBand::ALL {
            let own = part(age).and_then(|part| message.text(Some(part)));
            let Some(text) = own.or_else(|| message.text(None)) else { continue };
            for form in &text.forms.all {
                let earlier = *said.entry((reason, age, form.text.to_lowercase())).or_insert(number);
                if earlier != number && !told.contains(&text.part) {
                    told.push(text.part);
                    let why = format!("says the same as {}-{earlier}", reason.name());
                    faults.push(script.fault(text.line, message.name(text), Rule::Repeated, why));
                }
            }
        }
    }
    faults
}

/// A rule, a line, and what is against it there.
type Found = Option<(Rule, usize, String)>;

fn length(text: &Text<'_>) -> Found {
    let young = text.part.zip(part(AgeBand::From6)).is_some_and(|(part, young)| part.starts_with(young));
    let [all, six_to_nine] = LONGEST;
    let (most, whom) = if young { (six_to_nine, " for six to nine") } else { (all, "") };
    let longest = text.forms.all.iter().max_by_key(|form| form.text.chars().count())?;
    let characters = longest.text.chars().count();
    let why = format!("{characters} characters, and {most} are the most{whom} (a number counts as three)");
    let line = || longest.line_where(|so_far| so_far.chars().count() > most).unwrap_or(text.line);
    (characters > most).then(|| (Rule::Length, line(), why))
}

fn characters(text: &Text<'_>) -> Found {
    let problem = |form: &str| {
        let invisible = |c: char| {
            let joins = ('\u{200C}'..='\u{200D}').contains(&c);
            c.is_control() || c.general_category() == GeneralCategory::Format && !joins || is_unseen(c)
        };
        let breaks = |c| matches!(c, '\n' | '\u{2028}' | '\u{2029}');
        // What follows a symbol may choose how it is drawn.
        let drawn = form.replace('\u{FE0F}', "");
        let chooses_nothing = form.contains('\u{FE0F}') && symbol_in(&drawn).is_none();
        if !form.contains(char::is_alphanumeric) {
            Some("holds no word")
        } else if form.contains(breaks) {
            Some("is more than one line")
        } else if chooses_nothing || drawn.contains(invisible) {
            Some("holds invisible characters")
        } else if form.contains(['<', '>', '{', '}', '`', '*', '_', '\\']) || is_entity(form) || form.contains("://") {
            Some("holds markup, which would be shown as it stands")
        } else if form != form.trim() || form.contains("  ") {
            Some("has spaces too many")
        } else if !is_nfc(form) {
            Some("is not in Unicode normal form C: accents stand apart from their letters")
        } else {
            None
        }
    };
    // What cannot be filled in is a fault already.
    text.forms.all.iter().filter(|_| text.forms.problems.is_empty()).find_map(|form| {
        let why = problem(&form.text)?.to_owned();
        Some((Rule::Characters, form.line().unwrap_or(text.line), why))
    })
}

/// Marks that change nothing that is seen, and would hide a word from the lists.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{034F}' | '\u{115F}'..='\u{1160}' | '\u{180B}'..='\u{180F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether something stands between `&` and `;` that a browser would read as one character.
fn is_entity(text: &str) -> bool {
    let name = |rest: &str| rest.split(';').next().map(str::to_owned).filter(|name| name.len() < rest.len());
    let named = |name: String| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
    text.split('&').skip(1).filter_map(name).any(named)
}

fn exclamation(text: &Text<'_>) -> Found {
    let marks = |form: &str| -> usize {
        let count = |c| match c {
            '!' | '！' | '⁉' | '⁈' => 1,
            '‼' => 2,
            _ => 0,
        };
        form.chars().map(count).sum()
    };
    text.forms.all.iter().find_map(|form| {
        let why = format!("{} exclamation marks, and one is the most", marks(&form.text));
        let line = || form.line_where(|so_far| marks(so_far) > 1).unwrap_or(text.line);
        (marks(&form.text) > 1).then(|| (Rule::Exclamation, line(), why))
    })
}

fn emoji(message: &Written<'_>, text: &Text<'_>) -> Found {
    let (form, symbol) = text.forms.all.iter().find_map(|form| Some((form, symbol_in(&form.text)?)))?;
    let line = form.line_where(|so_far| symbol_in(so_far).is_some()).unwrap_or(text.line);
    if text.is_plain() {
        return Some((Rule::Emoji, line, format!("holds {symbol}, and is to be read out")));
    }
    let alternative = text.part.map_or(PLAIN.to_owned(), |part| format!("{part}-{PLAIN}"));
    let why = format!("holds {symbol} and has no `.{alternative}` to be read out");
    message.text(Some(&alternative)).is_none().then_some((Rule::Emoji, line, why))
}

fn symbol_in(text: &str) -> Option<String> {
    let emoticon = EMOTICONS.into_iter().find(|emoticon| text.contains(emoticon)).map(str::to_owned);
    text.chars().find(|c| is_symbol(*c)).map(String::from).or(emoticon)
}

/// A picture rather than a letter, digit or punctuation mark.
fn is_symbol(c: char) -> bool {
    let pictured = !matches!(c.emoji_status(), EmojiStatus::NonEmoji | EmojiStatus::NonEmojiButEmojiComponent);
    // The frame around a digit makes a picture of it.
    let framed = c == '\u{20E3}';
    !c.is_ascii() && (pictured || framed || c.general_category() == GeneralCategory::OtherSymbol)
}

/// Not in Latin letters, or in these, unlike its language; or word for word the English.
fn untranslated<'a>(script: &Script<'_>, text: &Text<'_>, originals: impl Iterator<Item = &'a Written<'a>>) -> Found {
    let locale = script.locale.filter(|_| !script.speaks("en"))?;
    let mut locale: LanguageIdentifier = locale.as_str().parse().ok()?;
    locale.maximize();
    let latin = locale.script.is_none_or(|script| script.as_str() == "Latn");
    let texts = originals.flat_map(|original| original.texts.iter().flat_map(|text| &text.forms.all));
    let english: Vec<&str> = texts.map(|form| form.text.as_str()).collect();
    text.forms.all.iter().find_map(|form| {
        let letters = form.text.chars().filter(|c| c.is_alphabetic());
        let (own, foreign): (Vec<char>, Vec<char>) = letters.partition(|c| is_latin(*c) == latin);
        let why = if english.iter().any(|english| english.eq_ignore_ascii_case(&form.text)) {
            "is the English text"
        } else if foreign.len() > own.len() {
            "is not in the script of its language"
        } else {
            return None;
        };
        Some((Rule::Untranslated, form.line().unwrap_or(text.line), why.to_owned()))
    })
}

fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}
