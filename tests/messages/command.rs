//! `hearten messages`, as whoever writes catalogues uses it.

use std::fs;

use hearten::{
    learner::{AgeBand, Preferences},
    messages::{Catalogues, Direction, Placeable},
    reason::Reason,
};
use tempfile::tempdir;

use super::{Files, LOCALES, messages};

/// What the command prints when it can do what it was asked.
fn printed(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = messages(arguments);
    assert_eq!((code, &*stderr), (Some(0), ""), "{arguments:?}");
    stdout
}

/// What it says when it cannot, in one line.
fn refused(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = messages(arguments);
    assert!(matches!(code, Some(1 | 2)) && stdout.is_empty(), "{arguments:?}: {code:?} {stdout}");
    stderr
}

#[test]
fn what_is_shipped_is_good() {
    assert_eq!(printed(&["check"]), format!("built in: all good, 14 locales: {}\n", LOCALES.join(" ")));
    let directory = tempdir().unwrap();
    Files::shipped().write(directory.path());
    let path = directory.path().to_str().unwrap();
    let mut locales = LOCALES;
    locales.sort_unstable();
    assert_eq!(printed(&["check", path]), format!("{path}: all good, 14 locales: {}\n", locales.join(" ")));
}

#[test]
fn other_files_beside_and_marks_of_editors_do_no_harm() {
    let directory = tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(directory.path().join(name), text).unwrap();
    for name in ["README.txt", ".hidden.ftl", ".de.ftl.swp", "de.ftl~", "de.ftl.orig", "notes.toml"] {
        put(name, "no = { catalogue");
    }
    fs::create_dir(directory.path().join("old")).unwrap();
    let shipped = Files::only(&["de.ftl", "de.tone.toml"]);
    shipped.0.iter().for_each(|source| put(&source.name, &format!("\u{FEFF}{}", source.text)));
    let path = directory.path().to_str().unwrap();
    assert_eq!(printed(&["check", path]), format!("{path}: all good, one locale: de\n"));
}

#[test]
fn a_directory_that_cannot_be_read_is_named() {
    let directory = tempdir().unwrap();
    let path = directory.path().to_str().unwrap().to_owned();
    fs::write(directory.path().join("README.txt"), "fr.ftl").unwrap();
    let told = refused(&["check", &path]);
    assert!(told.starts_with(&format!("hearten: {path}: holds no catalogue")) && told.contains("`fr.ftl`"), "{told}");
    assert_eq!(told.lines().count(), 1);
    for (name, bytes) in [("gone", None), ("file.ftl", Some(b"a = b".as_slice()))] {
        let path = directory.path().join(name);
        bytes.iter().for_each(|bytes| fs::write(&path, bytes).unwrap());
        let told = refused(&["check", path.to_str().unwrap()]);
        assert!(told.starts_with(&format!("hearten: {}: ", path.display())) && told.lines().count() == 1, "{told}");
    }
    // What is called a catalogue and is no text, none at all, or far too long.
    let file = directory.path().join("file.ftl");
    for bytes in [vec![0xFF, 0xFE, 0], vec![b'#'; 2 << 20]] {
        fs::write(&file, bytes).unwrap();
        let told = refused(&["check", &path]);
        assert!(told.starts_with(&format!("hearten: {}: ", file.display())) && told.lines().count() == 1, "{told}");
    }
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert!(refused(&["check", &path]).starts_with(&format!("hearten: {}: ", file.display())));
}

/// Every wording of every locale, as each age hears it.
fn said() -> Vec<(String, Reason, u8, AgeBand, hearten::messages::Message)> {
    let mut said = Vec::new();
    for catalogue in Catalogues::builtin().each() {
        for reason in Reason::ALL {
            for wording in 0..catalogue.wordings(reason) {
                for age in AgeBand::ALL {
                    let number = Placeable::of(reason).map_or(0, |placeable| placeable.sample);
                    let preferences = Preferences { age_band: age, ..Preferences::default() };
                    let message = catalogue.say(reason, wording, number, &preferences);
                    said.push((catalogue.locale().to_string(), reason, wording, age, message));
                }
            }
        }
    }
    said
}

#[test]
fn every_message_of_every_locale_is_shown_once_for_each_age() {
    let said = said();
    assert_eq!(said.len(), LOCALES.len() * 15 * 6 * 5);
    let shown = printed(&["show"]);
    // The heading that a line is under, its id, the ages, and the text.
    let mut heading = ("", "");
    let mut lines = Vec::new();
    for line in shown.lines() {
        match line.strip_prefix("  ") {
            None => heading = line.split_once(' ').unwrap(),
            Some(line) => {
                let (id, rest) = line.split_at(26);
                let (ages, text) = rest.split_at(20);
                let ages: Vec<&str> = ages.split_whitespace().collect();
                lines.push((heading, id.trim(), ages, text));
            }
        }
    }
    let mut count = 0;
    for (heading, id, ages, text) in &lines {
        for age in ages {
            let of = |(locale, reason, _, band, message): &&(String, Reason, u8, AgeBand, _)| {
                let message: &hearten::messages::Message = message;
                (&**locale, reason.name()) == *heading && message.id == *id && band.name() == *age
            };
            let (.., message) = said.iter().find(of).unwrap_or_else(|| panic!("{heading:?} {id} {age}"));
            assert_eq!(message.text, text.trim_start(), "{heading:?} {id} {age}");
            count += 1;
        }
    }
    assert_eq!(count, said.len(), "each is there once");
}

#[test]
fn only_what_is_asked_for_is_shown() {
    let shown = printed(&["show", "--locale", "de", "--reason", "stuck", "--age", "adult"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!((lines.len(), lines[0]), (7, "de stuck"));
    assert!(lines[2].ends_with("Versuchen Sie es mit einem kleineren Fall derselben Art."), "{shown}");
    let shown = printed(&["show", "--locale", "ja", "--locale", "pt-BR", "--reason", "comeback", "--reason", "stuck"]);
    let headings: Vec<&str> = shown.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(headings, ["ja comeback", "ja stuck", "pt-BR comeback", "pt-BR stuck"]);
    let wrong = [
        ("--locale", "xx", "en, ar, de, es, fr, hi, it, ja, ko, nl, pl, pt-BR, tr, zh-CN"),
        ("--reason", "errors", "streak-milestone, comeback, "),
        ("--age", "7", "any, 6-9, 10-13, 14+, adult"),
    ];
    for (flag, name, there) in wrong {
        let told = refused(&["show", flag, name]);
        assert!(told.contains(name) && told.contains(there), "{told}");
    }
}

#[test]
fn the_words_of_a_directory_are_shown_with_their_numbers() {
    let mut files = Files::only(&["de.ftl"]);
    files.say("de", "personal-best-1", "Bisher am längsten: { NUMBER($count) } \u{2764} & mehr.");
    files.replace(
        "de.ftl",
        "\npersonal-best-2 =",
        "\n    .plain = Bisher am längsten: { $count } und mehr.\npersonal-best-2 =",
    );
    let directory = tempdir().unwrap();
    files.write(directory.path());
    let shown = printed(&["show", directory.path().to_str().unwrap(), "--locale", "de", "--reason", "personal-best"]);
    assert!(shown.contains("Bisher am längsten: 9 \u{2764} & mehr.\n"), "{shown}");
    assert!(shown.contains("read out: Bisher am längsten: 9 und mehr.\n"), "{shown}");
    let page = directory.path().join("page.html");
    let nothing = printed(&["show", directory.path().to_str().unwrap(), "--html", page.to_str().unwrap()]);
    assert_eq!(nothing, "");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("9 \u{2764} &amp; mehr.<br><small>read out: Bisher"), "{page}");
}

#[test]
fn the_page_needs_nothing_else_and_holds_every_text_in_its_language() {
    let directory = tempdir().unwrap();
    let path = directory.path().join("messages.html");
    assert_eq!(printed(&["show", "--html", path.to_str().unwrap()]), "");
    let page = fs::read_to_string(&path).unwrap();
    for loads in ["http", "src=", "@import", "url(", "<script", "<link"] {
        assert!(!page.contains(loads), "{loads}");
    }
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.contains("<meta charset=\"utf-8\">"));
    let escaped = |text: &str| text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
    for (locale, _, _, age, message) in said() {
        let direction = if message.direction == Direction::RightToLeft { "rtl" } else { "ltr" };
        assert_eq!(direction == "rtl", locale == "ar");
        let cell = format!("lang=\"{locale}\" dir=\"{direction}\">{}</td>", escaped(&message.text));
        assert!(page.contains(&cell), "{age:?} {cell}");
    }
    assert!(
        refused(&["show", "--html", "/nowhere/page.html"]).starts_with("hearten: cannot write /nowhere/page.html: ")
    );
}
