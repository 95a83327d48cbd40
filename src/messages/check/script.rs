//! A file of messages with the places of everything in it.

use fluent_syntax::{
    ast::{Entry, Pattern, Resource},
    parser::{ParserError, parse},
};

use super::{
    Fault, Rule,
    forms::Forms,
    places::{Places, unreadable},
};
use crate::{
    learner::Locale,
    messages::{Source, catalogue::PLAIN},
    reason::Reason,
};

/// One file.
pub(super) struct Script<'a> {
    pub file: &'a str,
    /// What it is called after, where that is a locale in canonical form.
    pub locale: Option<Locale>,
    pub messages: Vec<Written<'a>>,
    /// The names of terms, with their lines.
    pub terms: Vec<(&'a str, usize)>,
    source: &'a str,
    /// It goes beyond what may be read there, and how: nothing of it was read.
    unreadable: Option<(usize, &'static str)>,
    errors: Vec<ParserError>,
    /// Ids of messages that cannot be read.
    unread: Vec<&'a str>,
}

/// One message as it is written.
pub(super) struct Written<'a> {
    pub id: &'a str,
    pub line: usize,
    /// The line after its last.
    pub after: usize,
    /// What the id names; `None` if it names nothing.
    pub wording: Option<(Reason, u8)>,
    pub texts: Vec<Text<'a>>,
}

/// The value of a message, or one of its attributes.
pub(super) struct Text<'a> {
    /// The attribute's name; `None` for the value.
    pub part: Option<&'a str>,
    pub line: usize,
    pub forms: Forms<'a>,
}

impl<'a> Script<'a> {
    pub fn read(source: &'a Source) -> Self {
        let unreadable = unreadable(&source.text);
        let readable = if unreadable.is_some() { "" } else { source.text.as_str() };
        let (resource, errors) = match parse(readable) {
            Ok(resource) => (resource, Vec::new()),
            Err((sound, errors)) => (sound, errors),
        };
        let stem = source.name.strip_suffix(".ftl").unwrap_or_default();
        let mut script = Self {
            file: &source.name,
            locale: Locale::parse(stem).filter(|locale| locale.as_str() == stem),
            messages: Vec::new(),
            terms: Vec::new(),
            source: readable,
            unreadable,
            errors,
            unread: Vec::new(),
        };
        script.fill(&resource);
        script
    }

    fn fill(&mut self, resource: &Resource<&'a str>) {
        let places = Places::of(self.source);
        let terms: Vec<(&str, &Pattern<&str>)> = resource
            .body
            .iter()
            .filter_map(|entry| match entry {
                Entry::Term(term) => Some((term.id.name, &term.value)),
                _ => None,
            })
            .collect();
        self.terms = terms.iter().map(|(name, _)| (*name, places.line(name))).collect();
        for entry in &resource.body {
            match entry {
                Entry::Message(message) => {
                    let text = |part, name: &'a str, pattern| Text {
                        part,
                        line: places.line(name),
                        forms: Forms::of(pattern, &terms, &places, places.line(name)),
                    };
                    let value = message.value.as_ref().map(|pattern| text(None, message.id.name, pattern));
                    let attributes =
                        message.attributes.iter().map(|each| text(Some(each.id.name), each.id.name, &each.value));
                    let texts: Vec<Text<'a>> = value.into_iter().chain(attributes).collect();
                    let line = places.line(message.id.name);
                    let last = texts.iter().map(|text| text.forms.last_line().max(text.line)).max().unwrap_or(line);
                    let after = places.after(last);
                    let (id, wording) = (message.id.name, named(message.id.name));
                    self.messages.push(Written { id, line, after, wording, texts });
                }
                Entry::Junk { content } => self.unread.extend(content.lines().filter_map(id)),
                _ => {}
            }
        }
    }

    /// Where the file is no Fluent.
    pub fn syntax(&self) -> Vec<Fault> {
        if let Some((line, why)) = self.unreadable {
            return vec![self.fault(line, "", Rule::Syntax, why)];
        }
        let places = Places::of(self.source);
        let fault = |error: &ParserError| {
            let junk = error.slice.clone().and_then(|slice| self.source.get(slice)).unwrap_or_default();
            let id = junk.lines().find_map(id).unwrap_or_default();
            // An error at the end of a line is seen on the next, but none before what cannot be read.
            let before = self.source.get(..error.pos.start).unwrap_or_default().trim_end().len();
            let line = places.line_at(before).max(places.line(junk.trim_start()));
            self.fault(line, id, Rule::Syntax, lower(&error.to_string()))
        };
        self.errors.iter().map(fault).collect()
    }

    pub fn fault(&self, line: usize, id: impl Into<String>, rule: Rule, why: impl Into<String>) -> Fault {
        Fault { file: self.file.to_owned(), line, id: id.into(), rule, why: why.into() }
    }

    pub fn find(&self, reason: Reason, number: u8) -> Option<&Written<'a>> {
        self.messages.iter().find(|message| message.wording == Some((reason, number)))
    }

    /// It is there, or may be, but cannot be read.
    pub fn unread(&self, id: &str) -> bool {
        self.unreadable.is_some() || self.unread.contains(&id)
    }

    /// Whether it is in this language.
    pub fn speaks(&self, language: &str) -> bool {
        self.locale.is_some_and(|locale| locale.as_str().split('-').next() == Some(language))
    }
}

impl<'a> Text<'a> {
    /// Whether it is read out instead of another.
    pub fn is_plain(&self) -> bool {
        self.part.is_some_and(|part| part.ends_with(PLAIN))
    }

    /// The attribute that it is, or is read out instead of; `None` for the value.
    pub fn shown(&self) -> Option<&'a str> {
        let part = self.part?;
        part.strip_suffix(PLAIN).map_or(Some(part), |age| age.strip_suffix('-'))
    }
}

impl<'a> Written<'a> {
    pub fn text(&self, part: Option<&str>) -> Option<&Text<'a>> {
        self.texts.iter().find(|text| text.part == part)
    }

    /// What a text goes by, such as `error-run-2.age-6-9`.
    pub fn name(&self, text: &Text<'_>) -> String {
        text.part.map_or(self.id.to_owned(), |part| format!("{}.{part}", self.id))
    }
}

/// The reason and number that an id names.
fn named(id: &str) -> Option<(Reason, u8)> {
    let (reason, digits) = id.rsplit_once('-')?;
    let number = digits.parse().ok().filter(|number: &u8| number.to_string() == digits && *number > 0)?;
    Some((Reason::from_name(reason)?, number))
}

/// The id at the beginning of a line, if one stands there.
fn id(line: &str) -> Option<&str> {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let (id, rest) = line.split_at(line.find(|c| !letters(c)).unwrap_or(line.len()));
    // Without what should follow it, it is one only if it names something.
    (!id.is_empty() && rest.trim_start().starts_with('=') || named(id).is_some()).then_some(id)
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
