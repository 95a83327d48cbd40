//! The catalogue: enough wordings, in tone. The snapshot is there to be read when a sentence changes.

use std::collections::BTreeSet;

use hearten::{
    feedback::{message_id, wordings},
    reason::{Kind, Reason},
};

/// The longest message, in characters: it must fit beside an exercise on a telephone.
const LONGEST: usize = 120;

/// What no message says, and why. Every word that begins like this is meant.
const DENIED: [(&str, &[&str]); 5] = [
    (
        "praises the person",
        &[
            "smart",
            "clever",
            "genius",
            "talent",
            "gifted",
            "brilliant",
            "good girl",
            "good boy",
            "intelligen",
            "proud of you",
        ],
    ),
    (
        "names feelings",
        &[
            "frustrat",
            "sad",
            "angry",
            "upset",
            "worr",
            "anxious",
            "bored",
            "boring",
            "confus",
            "feel",
            "discourag",
            "stress",
            "overwhelm",
            "calm down",
        ],
    ),
    (
        "speaks of guilt or loss",
        &["lose", "losing", "lost", "miss out", "disappoint", "should have", "give up", "giving up", "fail", "too bad"],
    ),
    (
        "compares with others",
        &[
            "other students",
            "other learners",
            "others",
            "classmate",
            "everyone",
            "everybody",
            "better than most",
            "average",
            "most people",
        ],
    ),
    (
        "praises too much",
        &[
            "amazing",
            "awesome",
            "incredibl",
            "perfect",
            "fantastic",
            "best ever",
            "wonderful",
            "superb",
            "excellent",
            "genius",
        ],
    ),
];

fn catalogue() -> impl Iterator<Item = (String, &'static str)> {
    Reason::ALL
        .into_iter()
        .flat_map(|reason| (0u8..).zip(wordings(reason)).map(move |(place, text)| (message_id(reason, place), *text)))
}

#[test]
fn every_reason_can_be_said_in_four_ways() {
    for reason in Reason::ALL {
        // Four bits remember the wording last used, and zero is none.
        assert!((4..=15).contains(&wordings(reason).len()), "{reason:?}");
    }
}

#[test]
fn no_sentence_is_used_twice() {
    let texts: Vec<_> = catalogue().map(|(_, text)| text).collect();
    assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len());
    let ids: BTreeSet<_> = catalogue().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), texts.len());
}

#[test]
fn messages_are_a_sentence_or_two() {
    for (id, text) in catalogue() {
        assert!(text.chars().count() <= LONGEST, "{id} is too long: {text}");
        assert_eq!(text, text.trim(), "{id}");
        assert!(text.starts_with(char::is_uppercase), "{id} begins small: {text}");
        assert!(text.ends_with(['.', '?']), "{id} does not end: {text}");
        assert!(!text.contains('!'), "{id} shouts: {text}");
        let ends = text.matches(['.', '?']).count();
        assert!((1..=2).contains(&ends), "{id} has {ends} sentences: {text}");
    }
}

#[test]
fn messages_keep_the_tone() {
    for (id, text) in catalogue() {
        let text = text.to_lowercase();
        let words = format!(" {}", text.replace(|c: char| !c.is_alphanumeric() && c != '\'', " "));
        for (fault, denied) in DENIED {
            for word in denied {
                assert!(!words.contains(&format!(" {word}")), "{id} {fault} ({word}): {text}");
            }
        }
    }
}

#[test]
fn an_error_is_not_praised() {
    let after_errors = Reason::ALL.into_iter().filter(|reason| {
        reason.kind() == Kind::Encouragement && !matches!(reason, Reason::LowConfidenceSuccess | Reason::LongSession)
    });
    for text in after_errors.flat_map(wordings) {
        for word in ["well done", "good job", "good work", "great", "nice", "paid off", "careful work,", "keep it up"] {
            assert!(!text.to_lowercase().contains(word), "{text}");
        }
    }
}

#[test]
fn the_whole_catalogue() {
    let lines: Vec<String> = catalogue().map(|(id, text)| format!("{id}: {text}")).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
