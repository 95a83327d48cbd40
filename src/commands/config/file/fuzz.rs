//! The configuration file, fed with what nobody would write, as `tests/fuzz.rs` does for everything that the library reads.

use engine::{Shape, Target, refused, taken};

use super::{super::serving, *};

#[path = "../../../../tests/fuzz/engine/mod.rs"]
mod engine;

const WORDS: &[&str] = &[
    "listen",
    "data_dir",
    "store",
    "config",
    "drain",
    "tls_certificate",
    "log_level",
    "=",
    "\"",
    "\"\"\"",
    "true",
    "nan",
    "[a]\n",
    "{",
    "}",
    ".",
    "\"[::1]:0\"",
    "\"10s\"",
    "\"1e999s\"",
    "\"18446744073709551616h\"",
    "\"https://u:p@h/\"",
    "\"http://[::1]:1/\"",
    "--x",
];

/// Every setting with a value, as the command line would take it.
fn seeds(words: &Command) -> Vec<Vec<u8>> {
    let settings =
        words.get_arguments().filter(|argument| argument.get_env().is_some() && argument.get_id() != "config");
    let lines: Vec<String> = settings
        .map(|argument| {
            let usual = argument.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
            format!("{} = \"{}\"\n", argument.get_id(), usual.unwrap_or("10s".to_owned()))
        })
        .collect();
    lines.iter().cloned().chain([lines.concat()]).map(String::into_bytes).collect()
}

#[test]
fn fuzz() {
    let words = serving();
    let target = Target { seeds: seeds(&words), words: WORDS, ..Target::new("config", Shape::Text, 1_500) };
    target.run(|input| {
        let Ok(text) = std::str::from_utf8(input) else { return refused("no text") };
        match read(words.clone(), text, Path::new("f")) {
            Ok(applied) => {
                let changed = applied.get_arguments().zip(words.get_arguments());
                taken(changed.filter(|(new, old)| new.get_default_values() != old.get_default_values()).count())
            }
            Err(problem) => {
                let told = problem.to_string();
                let line = told.strip_prefix("f: line ").and_then(|rest| rest.split(':').next()?.parse().ok());
                assert!(line.is_some_and(|line| (1..=text.lines().count() + 1).contains(&line)), "{told}");
                refused(&told)
            }
        }
    });
}
