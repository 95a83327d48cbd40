//! The log contract, held against what is in the source: every line is in the table, and the table has no other.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Words that may stand in no field's name: what they name is personal, or secret.
const NEVER: [&str; 12] = [
    "learner",
    "event",
    "decision",
    "session",
    "class",
    "assignment",
    "text",
    "credential",
    "token",
    "secret",
    "peer",
    "payload",
];

/// A line of the log: level, message, fields.
type Line = (String, String, BTreeSet<String>);

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every line that the source can write.
fn written() -> Vec<Line> {
    let mut paths = Vec::new();
    sources(Path::new("src"), &mut paths);
    let mut lines = Vec::new();
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        for (start, _) in source.match_indices("tracing::") {
            let rest = &source[start + "tracing::".len()..];
            let Some((level, rest)) = rest.split_once("!(") else { continue };
            if ["error", "warn", "info", "debug", "trace"].contains(&level) {
                lines.push(line(level, rest, &path));
            }
        }
    }
    for (_, message, _) in &lines {
        assert!(!message.contains('{'), "what changes belongs into fields: {message}");
    }
    lines
}

fn line(level: &str, rest: &str, path: &Path) -> Line {
    let (mut depth, mut quoted, mut parts) = (1, false, vec![String::new()]);
    for letter in rest.chars() {
        match letter {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 1 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
        parts.last_mut().unwrap().push(letter);
    }
    let mut parts: Vec<_> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    let message = parts.pop().unwrap().strip_prefix('"').and_then(|part| part.strip_suffix('"'));
    let message = message.unwrap_or_else(|| panic!("{}: a line without a message of its own", path.display()));
    let name =
        |part: &&str| part.split_once(" = ").map_or(*part, |(name, _)| name).trim_start_matches(['%', '?']).to_owned();
    (level.to_owned(), message.to_owned(), parts.iter().map(name).collect())
}

/// Every line of the table.
fn promised() -> Vec<Line> {
    let contract = fs::read_to_string("docs/LOGGING.md").unwrap();
    let levels = ["error", "warn", "info", "debug", "trace"];
    let rows = contract.lines().filter_map(|row| {
        let cells: Vec<_> = row.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").map(str::trim).collect();
        let [level, message, fields, _] = cells[..] else { return None };
        let fields = fields.split_whitespace().map(|field| field.trim_matches(['`', ',']).to_owned());
        levels
            .contains(&level)
            .then(|| (level.to_owned(), message.to_owned(), fields.filter(|field| field != "–").collect()))
    });
    rows.collect()
}

#[test]
fn every_line_is_in_the_table_and_the_table_has_no_other() {
    let (written, promised): (BTreeSet<_>, BTreeSet<_>) =
        (written().into_iter().collect(), promised().into_iter().collect());
    assert!(written.len() > 10);
    let (untold, gone): (Vec<_>, Vec<_>) =
        (written.difference(&promised).collect(), promised.difference(&written).collect());
    assert!(untold.is_empty() && gone.is_empty(), "not in docs/LOGGING.md: {untold:#?}\nno longer in src: {gone:#?}");
}

#[test]
fn no_line_names_anything_personal() {
    for (_, message, fields) in written() {
        for field in &fields {
            assert!(!field.split(['.', '_']).any(|word| NEVER.contains(&word)), "{field}: {message}");
            let whole = field == "error" || field.contains('.');
            assert!(whole, "{field} says not what it is of: {message}");
        }
    }
}

#[test]
fn messages_can_be_read_alone() {
    for (_, message, _) in written() {
        assert!(message.split(' ').count() > 1 || ["stopping", "stopped"].contains(&message.as_str()), "{message}");
        assert!(!message.ends_with(['.', ':', '!']), "{message}");
    }
}
