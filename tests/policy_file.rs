//! Policy files: what can be used is used whole, and what cannot is refused in words that name the place.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "the helpers are tests too")]

#[path = "policy_file/mistakes.rs"]
mod mistakes;
#[path = "policy_file/schema.rs"]
mod schema;

use std::{collections::BTreeSet, fs, path::Path};

use hearten::{
    feedback::{Policy, Unusable},
    learner::Volume,
    reason::{Kind, Reason},
};
use mistakes::{Mistake, mistakes};
use proptest::{prelude::*, sample::Index};

fn refused(text: &str) -> Unusable {
    match Policy::parse(text) {
        Err(refused) => refused,
        Ok(policy) => panic!("{} is good, and was:\n{text}", policy.version),
    }
}

#[test]
fn the_policy_built_in_is_good() {
    let policy = Policy::builtin().unwrap();
    assert!(policy.version.starts_with("default-4-") && !policy.shadow, "{}", policy.version);
    let reasons: BTreeSet<Reason> = policy.rules.iter().map(|rule| rule.reason()).collect();
    assert_eq!(reasons, BTreeSet::from(Reason::ALL));
}

#[test]
fn the_published_schema_is_the_one_in_force() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policy.schema.json");
    let schema = format!("{}\n", serde_json::to_string_pretty(&hearten::feedback::schema()).unwrap());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == schema,
        "{} is out of date: run this test with UPDATE=1 and look at the difference",
        path.display()
    );
}

#[test]
fn each_mistake_is_refused_where_it_stands_and_by_its_name() {
    let mistakes = mistakes();
    let distinct: BTreeSet<&str> = mistakes.iter().map(|mistake| &*mistake.text).collect();
    eprintln!(
        "{} broken files, {} of them with a known line",
        distinct.len(),
        mistakes.iter().filter(|one| one.line.is_some()).count()
    );
    assert!(distinct.len() >= 200, "{}", distinct.len());
    let complaints: Vec<String> = mistakes.iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// What is wrong with how a mistake is refused.
fn complaint(mistake: &Mistake) -> Option<String> {
    let Mistake { what, text, line, names } = mistake;
    let Err(refused) = Policy::parse(text) else { return Some(format!("{what} is taken")) };
    let message = refused.to_string();
    let misplaced = line.filter(|line| refused.line != *line);
    let unnamed: Vec<&String> = names.iter().filter(|name| !message.contains(*name)).collect();
    let stands = text.lines().nth(refused.line - 1).unwrap_or_default().trim();
    let quoted = message.starts_with(&format!("line {}: `", refused.line)) && stands.starts_with(&*refused.stands);
    let good = misplaced.is_none() && unnamed.is_empty() && quoted && !message.contains('\n');
    (!good).then(|| format!("{what}: {message:?}; meant: {misplaced:?} {unnamed:?}"))
}

#[test]
fn what_the_schema_allows_is_taken_to_the_last() {
    for number in schema::numbers() {
        for value in [number.least, number.most] {
            let (_, text) = mistakes::with(&number.table, &number.key, &value);
            // A budget takes the threshold's place.
            let (budget, threshold) =
                (number.key == "alerts_per_hour", mistakes::with(&number.table, "threshold", "GONE").0);
            let gone = |(line, text): (usize, &str)| {
                if budget && line == threshold + 1 { String::new() } else { format!("{text}\n") }
            };
            let text: String = (1..).zip(text.lines()).map(gone).collect();
            let taken = Policy::parse(&text);
            assert!(taken.is_ok_and(|policy| keeps_its_promises(&policy)), "{}.{} = {value}", number.table, number.key);
        }
    }
}

/// For people to read: would they know what to do?
#[test]
fn mistakes_are_told_so_that_they_can_be_mended() {
    let mistakes = mistakes();
    let told = |what: &&str| {
        let mistake = mistakes.iter().find(|mistake| mistake.what == **what).unwrap_or_else(|| panic!("{what}?"));
        format!("{what}\n    {}\n", refused(&mistake.text))
    };
    let chosen = [
        "layout = 2",
        "name with a blank",
        "restraint.pause_secs as text",
        "restraint.per_day above",
        "reasons.stuck.cooldown below",
        "reasons.comeback.evidence as a fraction",
        "reasons.error-run.threshold above",
        "reasons.frustration-rising.threshold is nan",
        "restraint.valid_secs misspelt",
        "reasons.stuck.volumes missing",
        "reasons.stuck missing",
        "reasons.error-run.threshold missing",
        "reasons.error-run.priority twice",
        "attention twice",
        "reasons.long-session.volumes celebrate",
        "reasons.stuck.volumes empty",
        "reasons.wheel-spinning: both threshold and budget",
        "reasons.error-run: a budget without an estimate",
        "reasons.mastery-reached: a threshold without a measure",
        "reasons.slow-struggle: running without an estimate",
        "reasons.stuck: the priority of another",
        "quiet hours 21:00 to 21:00",
        "quiet hours 24:00 to 07:00",
        "quiet hours without an end",
        "reasons.stuck.suggestion unknown",
        "line 5 without its end",
        "empty",
        "JSON",
    ];
    insta::assert_snapshot!("broken policies", chosen.iter().map(told).collect::<String>());
}

/// What is asked of every policy, whoever wrote it.
fn keeps_its_promises(policy: &Policy) -> bool {
    let reasons: BTreeSet<Reason> = policy.rules.iter().map(|rule| rule.reason()).collect();
    reasons.len() == policy.rules.len()
        && policy.rules.iter().all(|rule| {
            let celebrates = rule.reason().kind() == Kind::Celebration;
            let gates = rule.trigger.gates.iter().all(|gate| rule.conditions.iter().any(|condition| condition == gate));
            gates && !rule.volumes.is_empty() && (celebrates || !rule.volumes.contains(&Volume::CelebrationsOnly))
        })
}

#[test]
fn how_a_file_is_laid_out_is_a_matter_of_taste() {
    let plain = Policy::builtin().unwrap();
    let same = |text: &str| {
        let policy = Policy::parse(text).unwrap();
        assert_eq!(
            (policy.rules, policy.restraint, policy.attention),
            (plain.rules.clone(), plain.restraint, plain.attention)
        );
        policy.version
    };
    let text = Policy::BUILTIN;
    // Line ends of other systems, no comments, values inline, tables in another order.
    let bare = text.lines().map(|line| line.split('#').next().unwrap().trim()).filter(|line| !line.is_empty());
    let bare = bare.collect::<Vec<_>>().join("\n");
    let inline = bare.replace("[attention]\n", "").replacen("layout = 1", "attention = { LATER }\nlayout = 1", 1);
    let attention: Vec<&str> = bare.split("[attention]\n").nth(1).unwrap().lines().take(3).collect();
    let inline = attention.iter().fold(inline, |text, line| text.replace(&format!("{line}\n"), ""));
    let inline = inline.replace("LATER", &attention.join(", "));
    let (top, tables) = bare.split_once("\n[").unwrap();
    let reversed: String =
        tables.split("\n[").collect::<Vec<_>>().into_iter().rev().map(|table| format!("\n[{table}")).collect();
    let versions = [text, &text.replace('\n', "\r\n"), &bare, &inline, &format!("{top}{reversed}")].map(same);
    assert_eq!(BTreeSet::from(versions).len(), 5, "each file has a version of its own");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_text_is_too_strange(text in "(?s).{0,300}") {
        prop_assert!(Policy::parse(&text).is_err());
    }

    #[test]
    fn no_toml_is_too_strange(text in r#"([\[\]{}="',.#\n a-z0-9_:+-]|"reasons"|"\[restraint\]\n"|"= nan"|"layout = 1\n"){0,80}"#) {
        prop_assert!(Policy::parse(&text).is_err());
    }

    /// A file is refused, or what it makes is whole.
    #[test]
    fn no_slip_of_the_hand_makes_half_a_policy(slips in prop::collection::vec((any::<Index>(), 0..12usize, "[\\PC\n]{0,6}"), 1..6)) {
        let mut letters: Vec<char> = Policy::BUILTIN.chars().collect();
        for (place, taken, put) in slips {
            let from = place.index(letters.len());
            let until = (from + taken).min(letters.len());
            letters.splice(from..until, put.chars());
        }
        let text: String = letters.into_iter().collect();
        match Policy::parse(&text) {
            Ok(policy) => prop_assert!(keeps_its_promises(&policy)),
            Err(refused) => prop_assert!((1..=text.lines().count() + 1).contains(&refused.line), "{refused}"),
        }
    }
}
