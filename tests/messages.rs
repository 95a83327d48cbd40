//! Catalogues of messages: what is wrong with one is told where it stands, and what is good is what learners hear.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "messages/careless.rs"]
mod careless;
#[path = "messages/command.rs"]
mod command;
#[path = "messages/faults.rs"]
mod faults;
#[path = "messages/good.rs"]
mod good;
#[path = "messages/hostile.rs"]
mod hostile;
#[path = "messages/planted.rs"]
mod planted;
#[path = "messages/serve.rs"]
mod serve;

use std::{fs, path::Path, process::Output};

use hearten::messages::{Catalogues, Source};
use support::hearten;

/// The catalogues of this release, by locale.
const LOCALES: [&str; 14] = ["en", "ar", "de", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt-BR", "tr", "zh-CN"];

/// A copy of the catalogues of this release, to be changed.
#[derive(Clone)]
struct Files(Vec<Source>);

impl Files {
    fn shipped() -> Self {
        Self(Catalogues::sources())
    }

    /// Only these of them.
    fn only(names: &[&str]) -> Self {
        let mut files = Self::shipped();
        files.0.retain(|source| names.contains(&&*source.name));
        assert_eq!(files.0.len(), names.len(), "{names:?}");
        files
    }

    fn text(&self, name: &str) -> &str {
        &self.0.iter().find(|source| source.name == name).unwrap_or_else(|| panic!("{name}?")).text
    }

    /// A file as a whole, in place of what is there or beside it.
    fn put(&mut self, name: &str, text: impl Into<String>) {
        self.0.retain(|source| source.name != name);
        self.0.push(Source { name: name.to_owned(), text: text.into() });
    }

    /// The one line on which a text stands, counted from 1.
    fn line(&self, name: &str, text: &str) -> usize {
        let lines: Vec<usize> =
            (1..).zip(self.text(name).lines()).filter(|(_, line)| line.contains(text)).map(|(line, _)| line).collect();
        let [line] = lines[..] else { panic!("{text:?} is on {} lines of {name}", lines.len()) };
        line
    }

    /// Puts one text in place of another that is there once.
    fn replace(&mut self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert_eq!(text.matches(from).count(), 1, "{name}: {from:?}");
        self.put(name, text.replacen(from, to, 1));
    }

    /// The line of a wording such as `error-run-2`, or of a part of it such as `error-run-2.age-6-9`, counted from 1.
    fn place(&self, locale: &str, id: &str) -> usize {
        let (id, part) = id.split_once('.').map_or((id, None), |(id, part)| (id, Some(part)));
        let lines = (1..).zip(self.text(&format!("{locale}.ftl")).lines());
        let mut from = lines.skip_while(|(_, line)| !line.starts_with(&format!("{id} =")));
        let place = match part {
            None => from.next(),
            Some(part) => from.find(|(_, line)| line.starts_with(&format!("    .{part} ="))),
        };
        place.unwrap_or_else(|| panic!("{locale}: {id} {part:?}?")).0
    }

    /// What a wording, or a part of it, says on its first line.
    fn words(&self, locale: &str, id: &str) -> &str {
        let line = self.text(&format!("{locale}.ftl")).lines().nth(self.place(locale, id) - 1).unwrap();
        line.split_once(" = ").unwrap().1
    }

    /// Has a wording, or a part of it, say something else; on which line.
    fn say(&mut self, locale: &str, id: &str, words: &str) -> usize {
        let (name, place) = (format!("{locale}.ftl"), self.place(locale, id));
        let new = |(line, text): (usize, &str)| match text.split_once(" = ") {
            Some((before, old)) if line == place => {
                assert_ne!(old, words);
                format!("{before} = {words}\n")
            }
            _ => {
                assert_ne!(line, place, "{locale}: {id} is more than one line");
                format!("{text}\n")
            }
        };
        let text: String = (1..).zip(self.text(&name).lines()).map(new).collect();
        self.put(&name, text);
        place
    }

    /// Takes a wording out with all its parts; from which line.
    fn remove(&mut self, locale: &str, id: &str) -> usize {
        let (name, place) = (format!("{locale}.ftl"), self.place(locale, id));
        let (before, from): (Vec<_>, Vec<_>) = (1..).zip(self.text(&name).lines()).partition(|(line, _)| *line < place);
        let belongs = |text: &str| text.starts_with([' ', '}']);
        let after = from.into_iter().skip(1).skip_while(|(_, text)| belongs(text));
        let text: String = before.into_iter().chain(after).map(|(_, text)| format!("{text}\n")).collect();
        self.put(&name, text);
        place
    }

    /// Writes all of them.
    fn write(&self, directory: &Path) {
        self.0.iter().for_each(|source| fs::write(directory.join(&source.name), &source.text).unwrap());
    }
}

/// Runs `hearten messages` to its end: its exit code, and what it wrote.
fn messages(arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        hearten(["messages"].into_iter().chain(arguments.iter().copied())).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}
