//! Whatever is wrong with a catalogue is told by file, line, message and rule, and nothing else is.

use std::{collections::BTreeSet, sync::Mutex, thread};

use hearten::messages::check::{Rule, check};
use proptest::{prelude::*, sample::Index};
use tempfile::tempdir;

use super::{
    Files, LOCALES, messages,
    planted::{Planted, planted},
};

type Told = (String, usize, String, &'static str);

fn told<'a>(faults: impl IntoIterator<Item = &'a (String, usize, String, Rule)>) -> Vec<Told> {
    let mut told: Vec<Told> =
        faults.into_iter().map(|(file, line, id, rule)| (file.clone(), *line, id.clone(), rule.name())).collect();
    told.sort();
    told
}

/// What is wrong with how faults are told.
fn complaint(planted: &Planted) -> Option<String> {
    // Only what was changed, which spares time: the rest is as it was.
    let shipped = Files::shipped().0;
    let meant = |name: &str| planted.faults.iter().any(|(file, ..)| file == name);
    let changed = planted.files.0.iter().filter(|source| meant(&source.name) || !shipped.contains(source));
    let faults = check(&changed.cloned().collect::<Vec<_>>());
    let found = faults.iter().map(|fault| (fault.file.clone(), fault.line, fault.id.clone(), fault.rule));
    let (found, meant) = (told(&found.collect::<Vec<_>>()), told(&planted.faults));
    let in_order = faults.is_sorted_by_key(|fault| (&fault.file, fault.line));
    (found != meant || !in_order)
        .then(|| format!("{}\n  told:  {found:?}\n  meant: {meant:?}\n  {faults:?}", planted.what))
}

/// Each of them, on as many threads as there are.
pub fn complaints(planted: &[Planted]) -> Vec<String> {
    let (next, complaints) = (Mutex::new(planted.iter()), Mutex::new(Vec::new()));
    let work = || {
        while let Some(planted) = { next.lock().unwrap().next() } {
            complaints.lock().unwrap().extend(complaint(planted));
        }
    };
    thread::scope(|scope| {
        (0..thread::available_parallelism().map_or(2, usize::from)).for_each(|_| drop(scope.spawn(work)));
    });
    complaints.into_inner().unwrap()
}

#[test]
fn each_fault_is_told_where_it_stands_by_its_rule_and_no_other_is() {
    let planted = planted();
    let rules: BTreeSet<&str> =
        planted.iter().flat_map(|planted| &planted.faults).map(|(_, _, _, rule)| rule.name()).collect();
    eprintln!("{} broken catalogues, {} rules", planted.len(), rules.len());
    assert!(planted.len() >= 150 && rules.len() == 21, "{} {rules:?}", planted.len());
    for locale in LOCALES {
        let of = |planted: &&Planted| planted.faults.iter().any(|(file, ..)| *file == format!("{locale}.ftl"));
        assert!(planted.iter().filter(of).count() >= 9, "{locale}");
    }
    let complaints = complaints(&planted);
    assert!(complaints.is_empty(), "{} of {}\n{}", complaints.len(), planted.len(), complaints.join("\n"));
}

/// The lines that the command is to write.
fn lines(planted: &Planted, directory: &str) -> Vec<String> {
    let mut faults = planted.faults.clone();
    faults.sort_by(|one, other| (&one.0, one.1, &one.2).cmp(&(&other.0, other.1, &other.2)));
    let line = |(file, line, id, rule): &(String, usize, String, Rule)| {
        let id = if id.is_empty() { String::new() } else { format!("{id}: ") };
        format!("{directory}/{file}:{line}: {id}{}: ", rule.name())
    };
    faults.iter().map(line).collect()
}

/// Checks a directory of these; what is written is to be just what was meant.
fn refused(planted: &Planted) {
    let directory = tempdir().unwrap();
    planted.files.write(directory.path());
    let path = directory.path().to_str().unwrap();
    let (code, stdout, stderr) = messages(&["check", path]);
    assert_eq!((code, &*stdout), (Some(1), ""), "{}: {stderr}", planted.what);
    let meant = lines(planted, path);
    let count = if meant.len() == 1 { "one fault".to_owned() } else { format!("{} faults", meant.len()) };
    let mut written = stderr.lines();
    assert_eq!(written.next().unwrap(), format!("hearten: {count} in catalogues"));
    let written: Vec<&str> = written.collect();
    assert_eq!(written.len(), meant.len(), "{}: {stderr}", planted.what);
    for (written, meant) in written.iter().zip(&meant) {
        assert!(written.starts_with(meant) && written.len() > meant.len() + 5, "{written:?}, not {meant:?}");
    }
}

#[test]
fn the_command_tells_the_same() {
    let planted = planted();
    for rule in ["syntax", "missing", "plural-forms", "guilt", "denylist", "locale"] {
        let has = |planted: &&Planted| planted.faults.iter().any(|(.., told)| told.name() == rule);
        refused(planted.iter().rfind(has).unwrap());
    }
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    // One fault of each locale, and some more of English.
    let mut all = Planted { what: "all at once".to_owned(), files: Files::shipped(), faults: Vec::new() };
    for (place, locale) in LOCALES.into_iter().enumerate() {
        let faults = super::careless::CARELESS.iter().filter(|(other, id, ..)| *other == locale && !id.contains('.'));
        let (_, id, words, rule) = faults.clone().nth(place % faults.count()).unwrap();
        let line = all.files.say(locale, id, words);
        all.faults.push((format!("{locale}.ftl"), line, (*id).to_owned(), *rule));
    }
    let more = [
        ("stuck-6.age-6-9", "Draw it!! Now.", Rule::Exclamation),
        ("long-session-6", "Stop  here.", Rule::Characters),
        ("long-session-1", "This is a good point to stretch and come back fresh.", Rule::Repeated),
    ];
    for (id, words, rule) in more {
        let line = all.files.say("en", id, words);
        // Of two that are the same it is the second.
        let (line, id) = if rule == Rule::Repeated {
            (all.files.place("en", "long-session-3"), "long-session-3")
        } else {
            (line, id)
        };
        all.faults.push(("en.ftl".to_owned(), line, id.to_owned(), rule));
    }
    refused(&all);
    assert_eq!(complaint(&all), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    /// Whatever a hand or a program makes of a file, what is told of it is told of a line of it.
    #[test]
    fn no_slip_of_the_hand_is_too_strange(
        name in prop::sample::select(vec!["ar.ftl", "pl.ftl", "en.ftl", "ja.ftl", "nl.tone.toml"]),
        slips in prop::collection::vec((any::<Index>(), 0..40usize, "[{}\\[\\]*=.$>\"\\\\ \n\\PC-]{0,6}"), 1..6),
    ) {
        let mut files = Files::only(&[name]);
        let mut letters: Vec<char> = files.text(name).chars().collect();
        for (place, taken, put) in slips {
            let from = place.index(letters.len());
            let until = (from + taken).min(letters.len());
            letters.splice(from..until, put.chars());
        }
        let text: String = letters.into_iter().collect();
        let lines = text.lines().count() + 1;
        files.put(name, text);
        for fault in check(&files.0) {
            prop_assert!((1..=lines).contains(&fault.line) && fault.file == name && !fault.to_string().contains('\n'), "{fault}");
        }
    }
}
