//! Cases files that are broken: each is refused with its line, what is wrong there and what would be right.

use std::fs;

use super::{Desk, STRUGGLE};

/// One case with these events, the first at line 4.
fn case(events: &str) -> String {
    format!("[[case]]\nname = \"it\"\nevents = [\n{events}\n]\n")
}

fn refused(desk: &Desk, cases: &str) -> String {
    let path = desk.write("cases.toml", cases);
    let output = desk.test(&path, &[]);
    assert_eq!(output.status.code(), Some(1), "{cases}: {output:?}");
    assert!(output.stdout.is_empty(), "nothing is told of a file that is half understood: {output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    let said = said.strip_prefix(&format!("hearten: {}: ", path.display())).unwrap_or_else(|| panic!("{said}"));
    assert_eq!(said.lines().count(), 1, "{said}");
    said.to_owned()
}

#[test]
fn broken_events_are_named() {
    let desk = Desk::new();
    let good = r#"{ itemId = "q1", attempt = { correct = false } },"#;
    for (event, told) in [
        (
            r#"{ itemId = "q", attempt = { correct = false }, expect = "error_run" }"#,
            vec!["`expect`", "error-run", "cooldown", "silence"],
        ),
        (r#"{ itemId = "q", attempt = { correct = false }, expect = "dominated" }"#, vec!["`expect`", "cooldown"]),
        (r#"{ itemId = "q", attempt = { correct = false }, expect = true }"#, vec!["`expect`", "said"]),
        (r#"{ itemID = "q", attempt = { correct = false }, expect = "said" }"#, vec!["`itemID`", "itemId"]),
        (r#"{ itemId = 7, attempt = { correct = false }, expect = "said" }"#, vec!["`itemId`", "string"]),
        (r#"{ itemId = "q", attempt = { corect = false }, expect = "said" }"#, vec!["`attempt`", "corect", "correct"]),
        (r#"{ itemId = "q", attempt = { correct = "no" }, expect = "said" }"#, vec!["`attempt`", "boolean"]),
        (r#"{ itemId = "q", attempt = {}, expect = "said" }"#, vec!["attempt.correct is required", "true or false"]),
        (r#"{ itemId = "q", attempt = { score = nan }, expect = "said" }"#, vec!["attempt.score", "0 to 1"]),
        (r#"{ itemId = "q", attempt = { correct = true, responseTime = "40" }, expect = "said" }"#, vec!["`attempt`"]),
        (r#"{ itemId = "q", expect = "said" }"#, vec!["action is required", "attempt"]),
        (r#"{ itemId = "q", skip = {}, itemStarted = {}, expect = "said" }"#, vec!["itemStarted"]),
        (r#"{ hint = {}, expect = "said" }"#, vec!["item_id is required with hint"]),
        (r#"{ itemId = "q", mode = "exam", skip = {}, expect = "said" }"#, vec!["`mode`", "MODE_EXAM"]),
        (r#"{ itemId = "q", skip = {}, after = 40, expect = "said" }"#, vec!["`after`", "\"40s\""]),
        (r#"{ itemId = "q", skip = {}, after = "-1s", expect = "said" }"#, vec!["`after`", "\"40s\""]),
        (r#"{ itemId = "q", skip = {}, after = "9999999999h", expect = "said" }"#, vec!["`after`"]),
        (r#"{ itemId = "q", skip = {}, after = "1s", untimed = true, expect = "said" }"#, vec!["`after`", "`untimed`"]),
        (r#"{ itemId = "q", skip = {}, repeat = 0, expect = "said" }"#, vec!["`repeat`", "1 to 1000"]),
        (r#"{ itemId = "q", skip = {}, repeat = 1.5, expect = "said" }"#, vec!["`repeat`", "1 to 1000"]),
        (r#"{ itemId = "q", skip = {}, outcome = "seen", expect = "said" }"#, vec!["`outcome`", "\"not-shown\""]),
        (r#"{ itemId = "q", skip = {}, outcome = "shown", expect = "silence" }"#, vec!["`outcome`", "`expect`"]),
        (r#"{ itemId = "q", quiet = "1m", expect = "stuck" }"#, vec!["`quiet`"]),
        (r#"{ quiet = "1m", expect = "cooldown" }"#, vec!["`quiet`", "\"silence\""]),
        (
            r#"{ eventId = "1", itemId = "q", attempt = { correct = true }, expect = "said" }"#,
            vec!["`eventId`", "an id of its own"],
        ),
    ] {
        let said = refused(&desk, &case(&format!("{good}\n{event}")));
        assert!(said.starts_with("line 5: "), "{event}: {said}");
        assert!(told.iter().all(|told| said.contains(told)), "{event}: {said}");
    }
}

/// In an event over many lines it is the key's line that is named.
#[test]
fn the_line_is_that_of_the_key() {
    let desk = Desk::new();
    let said =
        refused(&desk, &case("{\n  itemId = \"q\",\n  attempt = { correct = true },\n  expect = \"praise\",\n}"));
    assert!(said.starts_with("line 7: `expect = \"praise\",`: `expect` is "), "{said}");
    let said = refused(&desk, &case("{\n  skip = {},\n  itemId = \"q\\u0007\",\n  expect = \"said\",\n}"));
    assert!(said.starts_with("line 6: ") && said.contains("item_id holds U+0007"), "{said}");
}

#[test]
fn broken_files_are_named() {
    let desk = Desk::new();
    let good = r#"{ itemId = "q", attempt = { correct = false }, expect = "silence" }"#;
    let named = case(good);
    for (cases, line, told) in [
        (String::new(), 1, vec!["[[case]]"]),
        ("case = 3".to_owned(), 1, vec!["integer"]),
        ("[[cases]]\n".to_owned(), 1, vec!["`cases`", "`case`"]),
        (format!("{named}\n[[case]\n"), 7, vec![]),
        (named.replace("name = \"it\"\n", ""), 1, vec!["missing field `name`"]),
        ("[[case]]\nname = \"it\"\n".to_owned(), 1, vec!["missing field `events`"]),
        (named.replace("events", "event"), 3, vec!["`event`", "`events`"]),
        (named.replace("\"it\"", "\"\""), 2, vec!["`name`"]),
        (named.replace("\"it\"", "\"a\\nb\""), 2, vec!["`name`", "one line"]),
        (named.replace("\"it\"", "7"), 2, vec!["integer", "string"]),
        (format!("{named}{named}"), 7, vec!["`name`", "line 2"]),
        (named.replace(", expect = \"silence\"", ""), 1, vec!["expects nothing", "`expect`"]),
        (case(""), 1, vec!["expects nothing"]),
        (case("3"), 4, vec!["integer"]),
        (case("{ quiet = \"1m\", expect = \"stuck\" }"), 4, vec!["`quiet`", "after an event"]),
    ] {
        let said = refused(&desk, &cases);
        assert!(said.starts_with(&format!("line {line}: ")), "{cases}: {said}");
        assert!(told.iter().all(|told| said.contains(told)), "{cases}: {said}");
    }
}

#[test]
fn broken_preferences_are_named() {
    let desk = Desk::new();
    for (preferences, told) in [
        ("{ volume = \"loud\" }", vec!["`volume`", "\"quiet\"", "\"celebrations-only\""]),
        ("{ loudness = \"quiet\" }", vec!["`loudness`", "volume"]),
        ("{ timeZone = \"Mars/Base\" }", vec!["preferences.time_zone", "Europe/Berlin"]),
        ("{ locale = \"no language\" }", vec!["preferences.locale", "pt-BR"]),
        ("{ ageBand = \"old\" }", vec!["`ageBand`", "AGE_BAND_ADULT"]),
        ("\"quiet\"", vec!["string"]),
    ] {
        let cases = case("{ skip = {}, expect = \"silence\" }")
            .replace("events", &format!("preferences = {preferences}\nevents"));
        let said = refused(&desk, &cases);
        assert!(said.starts_with("line 3: "), "{preferences}: {said}");
        assert!(told.iter().all(|told| said.contains(told)), "{preferences}: {said}");
    }
}

#[test]
fn what_is_not_there_is_named() {
    let desk = Desk::new();
    let output = desk.test(&desk.path("missing.toml"), &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("missing.toml: No such file"), "{said}");
    let cases = desk.write("cases.toml", STRUGGLE);
    fs::remove_file(desk.path("policy.toml")).unwrap();
    let output = desk.test(&cases, &[]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("policy.toml: No such file"), "{said}");
}
