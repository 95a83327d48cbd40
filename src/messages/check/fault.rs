//! What is wrong with a catalogue, and where.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {}{rule}: {why}", if id.is_empty() { String::new() } else { format!("{id}: ") })]
pub struct Fault {
    /// The file's name.
    pub file: String,
    /// Counted from 1. A message that is missing is told where it should stand.
    pub line: usize,
    /// The message, such as `error-run-2` or `error-run-2.age-6-9`; empty where it is about the whole file.
    pub id: String,
    /// The rule it is against.
    pub rule: Rule,
    /// Why, and what would be right.
    pub why: String,
}

/// What a catalogue is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// It is Fluent.
    Syntax,
    /// Its name is a locale whose plural rules are known.
    Locale,
    /// Nothing is in it that nobody would ever hear.
    Unknown,
    /// Everything is in it once.
    Duplicate,
    /// Everything is in it.
    Missing,
    /// The same numbers as in English, and no others.
    Placeables,
    /// Where a number chooses between forms, all forms of the language are there.
    PluralForms,
    /// 120 characters at most, 60 for six to nine.
    Length,
    /// English can be read at the age it is for.
    ReadingLevel,
    /// Plain text of one line.
    Characters,
    /// One exclamation mark at most.
    Exclamation,
    /// What shows symbols has a text to be read out.
    Emoji,
    /// No two wordings of a reason are the same.
    Repeated,
    /// It is in the language of the file.
    Untranslated,
    /// The list of words kept out can be used.
    Denylist,
    /// The person is not praised.
    PersonPraise,
    /// Nobody is made to feel guilty.
    Guilt,
    /// Nothing is held out to be lost.
    Loss,
    /// Nobody is compared with others.
    Comparison,
    /// Nobody is told what they feel.
    Feelings,
    /// Praise stays in proportion.
    InflatedPraise,
}

impl Rule {
    /// Its name, such as `inflated-praise`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Locale => "locale",
            Self::Unknown => "unknown",
            Self::Duplicate => "duplicate",
            Self::Missing => "missing",
            Self::Placeables => "placeables",
            Self::PluralForms => "plural-forms",
            Self::Length => "length",
            Self::ReadingLevel => "reading-level",
            Self::Characters => "characters",
            Self::Exclamation => "exclamation",
            Self::Emoji => "emoji",
            Self::Repeated => "repeated",
            Self::Untranslated => "untranslated",
            Self::Denylist => "denylist",
            Self::PersonPraise => "person-praise",
            Self::Guilt => "guilt",
            Self::Loss => "loss",
            Self::Comparison => "comparison",
            Self::Feelings => "feelings",
            Self::InflatedPraise => "inflated-praise",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
