//! One thing wrong with the catalogues of this release, in every way a hand or a program might go wrong.

#[path = "planted/numbers.rs"]
mod numbers;
#[path = "planted/own_words.rs"]
mod own_words;
#[path = "planted/texts.rs"]
mod texts;
#[path = "planted/written.rs"]
mod written;

use hearten::messages::check::Rule::{self, Missing};

use super::{Files, careless::CARELESS};

/// Catalogues with something wrong, and what is to be told of it.
pub struct Planted {
    pub what: String,
    pub files: Files,
    /// File, line, message and rule.
    pub faults: Vec<(String, usize, String, Rule)>,
}

impl Planted {
    fn new(what: String, files: Files) -> Self {
        Self { what, files, faults: Vec::new() }
    }

    fn told(mut self, file: &str, line: usize, id: &str, rule: Rule) -> Self {
        self.faults.push((file.to_owned(), line, id.to_owned(), rule));
        self
    }

    /// The same, its first fault so many lines further down.
    fn moved(mut self, lines: usize) -> Self {
        self.faults[0].1 += lines;
        self
    }

    /// The same with one text in place of another, below what is told.
    fn with(mut self, file: &str, from: &str, to: &str) -> Self {
        self.files.replace(file, from, to);
        self
    }

    /// To be told on the one line on which this stands.
    fn told_at(self, file: &str, place: &str, id: &str, rule: Rule) -> Self {
        let line = self.files.line(file, place);
        self.told(file, line, id, rule)
    }
}

/// A wording, or a part of it, says something else.
fn says(locale: &str, id: &str, words: &str, rule: Rule) -> Planted {
    let mut files = Files::shipped();
    let line = files.say(locale, id, words);
    Planted::new(format!("{locale} {id}: {words}"), files).told(&format!("{locale}.ftl"), line, id, rule)
}

/// In one file, one text is another.
fn changed(file: &str, from: &str, to: &str) -> Planted {
    let mut files = Files::shipped();
    files.replace(file, from, to);
    Planted::new(format!("{file}: {to}"), files)
}

/// A line more, above a message.
fn line_above(locale: &str, id: &str, line: &str) -> Planted {
    changed(&format!("{locale}.ftl"), &format!("\n{id} ="), &format!("\n{line}\n{id} ="))
}

/// A wording is gone.
fn gone(locale: &str, id: &str) -> Planted {
    let mut files = Files::shipped();
    let line = files.remove(locale, id);
    Planted::new(format!("{locale}: no {id}"), files).told(&format!("{locale}.ftl"), line, id, Missing)
}

/// A file by itself.
fn file(name: &str, text: &str) -> Planted {
    let mut files = Files::shipped();
    files.put(name, text);
    Planted::new(format!("{name} anew"), files)
}

pub fn planted() -> Vec<Planted> {
    let careless = CARELESS.iter().map(|(locale, id, words, rule)| says(locale, id, words, *rule));
    let all = [
        own_words::words_of_ones_own(),
        written::syntax(),
        written::names(),
        numbers::numbers(),
        texts::texts(),
        texts::english(),
    ];
    careless.chain(all.into_iter().flatten()).collect()
}
