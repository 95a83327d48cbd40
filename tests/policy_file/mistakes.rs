//! The policy that is built in, spoilt in every way a hand or a program might.

use hearten::{
    feedback::{Policy, Trigger},
    reason::{Kind, Reason},
};

use super::schema::numbers;

/// A file that cannot be used.
pub struct Mistake {
    pub what: String,
    pub text: String,
    /// Where it stands, if one place is to blame.
    pub line: Option<usize>,
    /// What the message has to name.
    pub names: Vec<String>,
}

/// One key of the file, and where it stands.
struct Entry {
    line: usize,
    table: &'static str,
    key: &'static str,
    value: &'static str,
}

impl Entry {
    fn path(&self) -> String {
        path(self.table, self.key)
    }
}

fn path(table: &str, key: &str) -> String {
    if table.is_empty() { key.to_owned() } else { format!("{table}.{key}") }
}

/// The file, line by line, counted from 1.
fn lines() -> impl Iterator<Item = (usize, &'static str)> {
    (1..).zip(Policy::BUILTIN.lines())
}

/// The tables, each with the line of its header; what has none begins at the top.
fn tables() -> Vec<(usize, &'static str)> {
    let header = |(line, text): (usize, &'static str)| Some((line, text.strip_prefix('[')?.strip_suffix(']')?));
    [(1, "")].into_iter().chain(lines().filter_map(header)).collect()
}

fn entries() -> Vec<Entry> {
    let mut table = "";
    let mut entries = Vec::new();
    for (line, text) in lines() {
        if let Some(header) = text.strip_prefix('[') {
            table = header.strip_suffix(']').unwrap();
        } else if let Some((key, value)) = text.split_once(" = ").filter(|_| !text.starts_with('#')) {
            entries.push(Entry { line, table, key, value: value.split(" #").next().unwrap().trim() });
        }
    }
    entries
}

/// The file with one line written anew, as none or as several.
fn with_line(line: usize, new: &str) -> String {
    let mut text = String::new();
    for (number, old) in lines() {
        match new {
            _ if number != line => text += &format!("{old}\n"),
            "" => {}
            new => text += &format!("{new}\n"),
        }
    }
    text
}

/// The file with a key set in a table, in place of what stands there or below its header; and on which line.
pub fn with(table: &str, key: &str, value: &str) -> (usize, String) {
    if let Some(entry) = entries().iter().find(|entry| (entry.table, entry.key) == (table, key)) {
        return (entry.line, with_line(entry.line, &format!("{key} = {value}")));
    }
    below_header(table, &format!("{key} = {value}"))
}

fn below_header(table: &str, new: &str) -> (usize, String) {
    if table.is_empty() {
        return (1, format!("{new}\n{}", Policy::BUILTIN));
    }
    let (line, _) = tables().into_iter().find(|(_, name)| *name == table).unwrap();
    (line + 1, with_line(line, &format!("[{table}]\n{new}")))
}

#[derive(Default)]
struct Collected(Vec<Mistake>);

impl Collected {
    fn add(&mut self, what: impl Into<String>, (line, text): (usize, String), names: &[&str]) {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        self.0.push(Mistake { what: what.into(), text, line: Some(line), names });
    }

    /// No one place is to blame.
    fn somewhere(&mut self, what: impl Into<String>, text: String) {
        self.0.push(Mistake { what: what.into(), text, line: None, names: Vec::new() });
    }
}

pub fn mistakes() -> Vec<Mistake> {
    let mut all = Collected::default();
    values(&mut all);
    keys(&mut all);
    reasons(&mut all);
    quiet_hours(&mut all);
    syntax(&mut all);
    all.0
}

fn values(all: &mut Collected) {
    for entry in entries() {
        let Entry { line, table, key, value, .. } = entry;
        let path = entry.path();
        let is_text = value.starts_with('"');
        let is_list = value.starts_with('[');
        let mut wrong = vec![("as a table", "{ is = 1 }"), ("as yes", "true"), ("as a day", "1979-05-27")];
        if !is_text {
            wrong.push(("as text", "\"five\""));
        }
        if !is_list {
            wrong.push(("as a list", "[1]"));
        }
        if is_text || is_list {
            wrong.push(("as a number", "5"));
        }
        for (how, wrong) in wrong {
            all.add(format!("{path} {how}"), with(table, key, wrong), &[key]);
        }
        if is_list {
            all.add(format!("{path} empty"), with(table, key, "[]"), &[key, "empty"]);
            all.add(
                format!("{path} unknown"),
                with(table, key, "[\"normal\", \"loud\"]"),
                &["loud", "celebrations-only"],
            );
        }
        assert_eq!(with(table, key, value).0, line);
    }
    for number in numbers() {
        let (table, key) = (&*number.table, &*number.key);
        let path = path(table, key);
        // A budget takes the place of a threshold, and that stands in its way.
        if key == "alerts_per_hour" {
            continue;
        }
        all.add(format!("{path} below"), with(table, key, &number.below), &[key, &number.below]);
        all.add(format!("{path} above"), with(table, key, &number.above), &[key, &number.above]);
        for wrong in ["nan", "inf", "-inf", "1e300", "-9223372036854775808"] {
            all.add(format!("{path} is {wrong}"), with(table, key, wrong), &[key]);
        }
        if number.whole {
            all.add(format!("{path} as a fraction"), with(table, key, "2.5"), &[key, "2.5", "whole number"]);
        }
    }
    let wide = "a".repeat(41);
    let names = [("empty", ""), ("with a blank", "my policy"), ("of two lines", "my\\npolicy"), ("too long", &wide)];
    for (how, name) in names.into_iter().chain([("of another alphabet", "überlegt"), ("with a slash", "../policy")]) {
        all.add(format!("name {how}"), with("", "name", &format!("\"{name}\"")), &["name", "1 to 40 letters"]);
    }
    all.add("layout = 2", with("", "layout", "2"), &["layout"]);
    all.add("shadow as text", with("", "shadow", "\"yes\""), &["shadow"]);
    all.add("reasons.stuck.enabled as text", with("reasons.stuck", "enabled", "\"no\""), &["enabled"]);
    all.add(
        "reasons.stuck.suggestion unknown",
        with("reasons.stuck", "suggestion", "\"give-up\""),
        &["give-up", "offer-hint"],
    );
}

fn keys(all: &mut Collected) {
    for (header, table) in tables() {
        let unknown = below_header(table, "patience = 3");
        all.add(format!("{table} with an unknown key"), unknown, &["patience"]);
        if table.is_empty() {
            continue;
        }
        let end = Policy::BUILTIN.lines().count() + 1;
        all.add(format!("{table} twice"), (end, format!("{}\n[{table}]\n", Policy::BUILTIN.trim_end())), &[table]);
        let misspelt = with_line(header, &format!("[{table}s]"));
        all.add(format!("{table} misspelt"), (header, misspelt), &[&format!("{table}s")]);
    }
    for entry in entries() {
        let Entry { line, table, key, value } = entry;
        let path = entry.path();
        let (header, _) = tables().into_iter().find(|(_, name)| *name == table).unwrap();
        if !["suggestion", "running", "per_session", "per_hour", "dismissals", "dismissed_per_day"].contains(&key) {
            all.add(format!("{path} missing"), (header, with_line(line, "")), &[key]);
        }
        let twice = with_line(line, &format!("{key} = {value}\n{key} = {value}"));
        all.add(format!("{path} twice"), (line + 1, twice), &[key, "duplicate"]);
        let misspelt = with_line(line, &format!("{key}s = {value}"));
        all.add(format!("{path} misspelt"), (line, misspelt), &[&format!("{key}s")]);
    }
}

fn reasons(all: &mut Collected) {
    for (place, reason) in Reason::ALL.into_iter().enumerate() {
        let table = &*format!("reasons.{}", reason.name());
        let measure = Trigger::of(reason).measure.as_ref();
        let watched = measure.is_some_and(|measure| measure.watched.is_some());
        // Without its table, wherever the others begin.
        let (header, _) = tables().into_iter().find(|(_, name)| *name == table).unwrap();
        let rest = lines().skip(header).take_while(|(_, text)| !text.starts_with('[')).count();
        let gone =
            lines().filter(|(line, _)| !(header..=header + rest).contains(line)).map(|(_, text)| format!("{text}\n"));
        let text: String = gone.collect();
        let first = (1..).zip(text.lines()).find(|(_, text)| text.starts_with("[reasons")).unwrap().0;
        all.add(format!("{table} missing"), (first, text), &[reason.name()]);
        if reason.kind() == Kind::Encouragement {
            let celebrate = with(table, "volumes", "[\"normal\", \"celebrations-only\"]");
            all.add(format!("{table}.volumes celebrate"), celebrate, &["volumes", "no celebration"]);
        }
        match measure {
            Some(_) if watched => {
                let both = below_header(table, "alerts_per_hour = 2");
                all.add(format!("{table}: both threshold and budget"), both, &["alerts_per_hour", "threshold"]);
                let entry =
                    entries().into_iter().find(|entry| (entry.table, entry.key) == (table, "threshold")).unwrap();
                for budget in ["0", "-1", "12.001", "nan", "inf", "\"two\""] {
                    let text = with_line(entry.line, &format!("alerts_per_hour = {budget}"));
                    all.add(format!("{table}: a budget of {budget}"), (entry.line, text), &["alerts_per_hour"]);
                }
            }
            Some(_) => {
                let entry =
                    entries().into_iter().find(|entry| (entry.table, entry.key) == (table, "threshold")).unwrap();
                let text = with_line(entry.line, "alerts_per_hour = 2");
                all.add(
                    format!("{table}: a budget without an estimate"),
                    (entry.line, text),
                    &["alerts_per_hour", "threshold"],
                );
            }
            None => {
                for key in ["threshold", "alerts_per_hour"] {
                    let text = below_header(table, &format!("{key} = 1"));
                    all.add(format!("{table}: a {key} without a measure"), text, &[key, reason.name()]);
                }
            }
        }
        if !watched {
            let running = with(table, "running", "2");
            all.add(format!("{table}: running without an estimate"), running, &["running", reason.name()]);
        }
        for asks in ["guard = true", "selection = \"adaptive\"", "trial_unit = \"class\""] {
            let text = below_header(table, asks);
            all.add(format!("{table}: {asks} without a trial"), text, &[asks.split(' ').next().unwrap(), "trial"]);
        }
        if reason == Reason::Stuck {
            all.add(format!("{table}: a trial"), below_header(table, "trial = 0.2"), &["trial", "stuck"]);
        }
        for share in ["0", "-0.1", "0.0009", "0.91", "1", "nan", "\"a fifth\""] {
            let text = below_header(table, &format!("trial = {share}"));
            all.add(format!("{table}: a trial of {share}"), text, &["trial"]);
        }
        let suggestion = entries().into_iter().find(|entry| (entry.table, entry.key) == (table, "suggestion"));
        if let Some(entry) = suggestion {
            let text = with_line(entry.line, "trial = 0.2\nsuggestion = \"ask-teacher\"");
            all.add(format!("{table}: a trial of the way to a teacher"), (entry.line, text), &["trial"]);
        }
        // Whichever of the two comes second is to blame.
        let other = Reason::ALL[(place + 1) % Reason::ALL.len()];
        let theirs = format!("reasons.{}", other.name());
        let priority =
            |table: &str| entries().into_iter().find(|entry| (entry.table, entry.key) == (table, "priority")).unwrap();
        let text = with_line(priority(table).line, &format!("priority = {}", priority(&theirs).value));
        let names = vec![reason.name().to_owned(), other.name().to_owned(), "priority".to_owned()];
        let line = [table, &theirs][usize::from(place + 1 < Reason::ALL.len())];
        let line = Some(priority(line).line);
        all.0.push(Mistake { what: format!("{table}: the priority of another"), text, line, names });
    }
}

fn quiet_hours(all: &mut Collected) {
    let mut set = |what: String, hours: &str, names: &[&str]| {
        all.add(what, below_header("restraint", &format!("quiet_hours = {hours}")), names);
    };
    for (from, until) in [("21:00", "21:00"), ("00:00", "00:00")] {
        set(
            format!("quiet hours {from} to {until}"),
            &format!("{{ from = \"{from}\", until = \"{until}\" }}"),
            &["quiet_hours"],
        );
    }
    for wrong in ["24:00", "7:00", "07:60", "0700", "07:00:00", "", " 07:00", "-1:00", "+7:00", "٠٧:٠٠", "seven"] {
        set(
            format!("quiet hours {wrong} to 07:00"),
            &format!("{{ from = \"{wrong}\", until = \"07:00\" }}"),
            &["quiet_hours", wrong],
        );
        set(
            format!("quiet hours 21:00 to {wrong}"),
            &format!("{{ from = \"21:00\", until = \"{wrong}\" }}"),
            &["quiet_hours", wrong],
        );
    }
    set("quiet hours without an end".to_owned(), "{ from = \"21:00\" }", &["until"]);
    set("quiet hours without a beginning".to_owned(), "{ until = \"07:00\" }", &["from"]);
    set(
        "quiet hours and something else".to_owned(),
        "{ from = \"21:00\", until = \"07:00\", zone = \"UTC\" }",
        &["zone"],
    );
    for (how, hours) in
        [("as text", "\"21:00\""), ("as a number", "21"), ("as TOML times", "{ from = 21:00:00, until = 07:00:00 }")]
    {
        set(format!("quiet hours {how}"), hours, &["quiet_hours"]);
    }
}

fn syntax(all: &mut Collected) {
    for (line, text) in lines().filter(|(_, text)| !text.is_empty() && !text.starts_with('#')) {
        let code = text.split(" #").next().unwrap().trim();
        if code.starts_with('[') {
            all.add(format!("line {line} without its end"), (line, with_line(line, code.trim_end_matches(']'))), &[]);
            all.add(
                format!("line {line} without its beginning"),
                (line, with_line(line, code.trim_start_matches('['))),
                &[],
            );
            continue;
        }
        let (key, value) = code.split_once(" = ").unwrap();
        all.add(format!("line {line} with a colon"), (line, with_line(line, &format!("{key}: {value}"))), &[key]);
        all.add(format!("line {line} without a value"), (line, with_line(line, &format!("{key} ="))), &[key]);
        all.add(format!("line {line} with two values"), (line, with_line(line, &format!("{code} {value}"))), &[key]);
        if value.ends_with('"') {
            all.add(
                format!("line {line} without its end"),
                (line, with_line(line, code.trim_end_matches('"'))),
                &[key],
            );
        } else if value.ends_with(']') {
            // The list goes on on the next line.
            all.somewhere(format!("line {line} without its end"), with_line(line, code.trim_end_matches(']')));
        }
    }
    // A copy that broke off.
    let last = Policy::BUILTIN.rfind("volumes").unwrap();
    for end in (0..last).step_by(97) {
        let end = (end..).find(|end| Policy::BUILTIN.is_char_boundary(*end)).unwrap();
        all.somewhere(format!("broken off at {end}"), Policy::BUILTIN[..end].to_owned());
    }
    for (place, byte) in [(0, '\0'), (40, '\u{7f}'), (500, '\0'), (700, '\u{1b}'), (1500, '\u{c}')] {
        let mut text = Policy::BUILTIN.to_owned();
        text.insert(place, byte);
        all.somewhere(format!("{byte:?} at {place}"), text);
    }
    let nested = format!("layout = {}", "[".repeat(100_000));
    let foreign = "[package]\nname = \"hearten\"\nversion = \"0.1.0\"\n";
    let noise: String =
        (0..4000u32).filter_map(|number| char::from_u32(number.wrapping_mul(2_654_435_761) >> 15)).collect();
    for (what, text) in
        [("empty", ""), ("blank", "\n\n  \n"), ("JSON", "{\"layout\": 1}\n"), ("of another program", foreign)]
    {
        all.somewhere(what, text.to_owned());
    }
    all.somewhere("nested without end", nested);
    all.somewhere("noise", noise);
    all.somewhere("twice itself", Policy::BUILTIN.repeat(2));
}
