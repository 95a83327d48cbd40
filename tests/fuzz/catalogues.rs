//! Catalogues of messages, and lists of words kept out.

use std::collections::BTreeSet;

use hearten::{
    learner::{AgeBand, Preferences},
    messages::{Catalogues, Source, check::Fault},
    reason::Reason,
};

use super::engine::{Answer, Shape, Target, refused, taken};

const WORDS: &[&str] = &[
    "{",
    "}",
    "{ ",
    " }",
    "{\"",
    "\"}",
    "->",
    "*[other]",
    "[one]",
    "[few]",
    "[0]",
    "[1.5]",
    " = ",
    "    .age-6-9 = ",
    "    .age-10-13 = ",
    "    .age-14 = ",
    "    .age-adult = ",
    "    .plain = ",
    "    .age-6-9-plain = ",
    "-term",
    "{ -term }",
    "$count",
    "{ $count }",
    "NUMBER($count)",
    "NUMBER($count, a: 1)",
    "DATETIME",
    "(",
    ")",
    "error-run-1",
    "error-run-16",
    "streak-milestone-1 = x\n",
    "stuck-2",
    "{ error-run-1 }",
    "{ error-run-1.plain }",
    "{ $count ->\n   *[other] x\n }\n",
    "#",
    "###",
    "\\u0041",
    "\\U01F600",
    "\\\"",
    "!",
    "‼",
    "<b>",
    "&amp;",
    "://",
    "\u{200D}",
    "\u{FE0F}",
    "\u{1F389}",
    ":)",
    "смарт",
    "smart",
    "=== de.ftl\n",
    "=== en.tone.toml\n",
    "=== qq.ftl\n",
    "guilt = [\"*\"]\n",
    "loss = [\"x\"]\n",
    "person-praise",
];

/// Files in one text, each after a line with its name.
fn files(text: &str) -> Vec<Source> {
    let file = |part: &str| {
        let (name, text) = part.split_once('\n').unwrap_or((part, ""));
        Source { name: name.trim().to_owned(), text: text.to_owned() }
    };
    text.split("=== ").skip(1).map(file).collect()
}

fn file(name: &str, most: usize) -> String {
    let Source { text, .. } = Catalogues::sources().into_iter().find(|source| source.name == name).unwrap();
    let whole = text.lines().scan(0, |length, line| {
        *length += line.len() + 1;
        (*length < most).then(|| format!("{line}\n"))
    });
    format!("=== {name}\n{}", whole.collect::<String>())
}

/// Whole catalogues once, so that some are taken; parts of others, so that most inputs are quick.
fn seeds() -> Vec<Vec<u8>> {
    let parts = |names: &[&str]| names.iter().map(|name| file(name, 1800)).collect::<String>();
    let texts = [
        file("en.ftl", usize::MAX),
        parts(&["en.ftl", "en.tone.toml"]),
        parts(&["en.ftl", "ar.ftl", "ar.tone.toml"]),
        parts(&["en.ftl", "de.ftl", "pl.ftl"]),
        parts(&["en.ftl", "ja.ftl", "ja.tone.toml"]),
        "=== en.ftl\n-term = x\nerror-run-1 = { -term } { $n ->\n    [one] a\n   *[other] b { $n }\n }\n    .age-6-9 = c\n".to_owned(),
    ];
    texts.map(String::into_bytes).to_vec()
}

fn told(faults: &[Fault], sources: &[Source]) -> Answer {
    let most: usize = sources.iter().map(|source| 200 + 20 * source.text.len()).sum();
    assert!(faults.len() <= most, "{} faults", faults.len());
    for fault in faults {
        let named = sources.iter().filter(|source| source.name == fault.file);
        let last =
            named.map(|source| source.text.lines().count()).max().unwrap_or_else(|| panic!("{fault}: in which file?"));
        assert!((1..=last + 2).contains(&fault.line), "{fault}: {last} lines");
        assert!(!fault.why.is_empty());
    }
    let rules: BTreeSet<&str> = faults.iter().map(|fault| fault.rule.name()).collect();
    let others = faults.iter().find(|fault| fault.rule.name() != "missing").map(|fault| fault.why.as_str());
    refused(&format!("{rules:?} {}", others.unwrap_or_default()).replace('"', ""))
}

/// What is good can be said, to everybody.
fn said(catalogues: &Catalogues) -> Answer {
    let mut count = 0;
    for catalogue in catalogues.each() {
        for reason in Reason::ALL {
            assert!((6..=14).contains(&catalogue.wordings(reason)));
            for (wording, age_band) in (0..catalogue.wordings(reason)).zip(AgeBand::ALL.into_iter().cycle()) {
                let preferences = Preferences { age_band, ..Preferences::default() };
                let message = catalogue.say(reason, wording, 255, &preferences);
                let characters = message.text.chars().count();
                assert!((1..=130).contains(&characters) && !message.text.contains(['{', '\n']), "{message:?}");
                assert!(!message.plain_text.is_empty());
                count += 1;
            }
        }
    }
    taken(count)
}

#[test]
fn catalogue() {
    // Few words to look for: thousands of files are to be looked through.
    let words =
        Source { name: "en.tone.toml".to_owned(), text: "person-praise = [\"smart\", \"*genius*\"]\n".to_owned() };
    let base: Vec<Source> =
        Catalogues::sources().into_iter().filter(|source| source.name == "en.ftl").chain([words]).collect();
    let target = Target { seeds: seeds(), words: WORDS, most: 14_000, ..Target::new("catalogue", Shape::Text, 600) };
    target.run(|input| {
        let Ok(text) = std::str::from_utf8(input) else { return refused("no text") };
        let sources = files(text);
        match Catalogues::beside(&base, &sources) {
            Ok(catalogues) => said(&catalogues),
            Err(faults) => told(&faults, &sources),
        }
    });
}
