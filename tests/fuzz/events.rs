//! From protobuf, and protobuf JSON, to the domain.

use hearten::{
    event::{Clocks, Event, Invalid, MAX_ID_BYTES},
    learner::{Learner, Locale, Preferences},
    rpc::{self, pb},
};
use prost::Message;

use super::{
    engine::{Answer, Shape, Target, refused, taken},
    hostile,
};

/// What errors about an event may blame; a list's are followed by the place.
const FIELDS: [&str; 18] = [
    "",
    "event_id",
    "learner_id",
    "session_id",
    "class_id",
    "assignment_id",
    "mode",
    "item_id",
    "part_id",
    "skill_ids",
    "occurred_at",
    "sent_at",
    "device_id",
    "action",
    "attempt.correct",
    "attempt.score",
    "attempt.response_time",
    "self_report.feeling",
];

/// What is wrong is told in a few words that name the field.
fn told(invalid: &Invalid, fields: &[&str]) -> Answer {
    let (name, place) = invalid.field.split_once('[').unwrap_or((&invalid.field, "0]"));
    let known = fields.contains(&name) || name == "self_report.intensity";
    assert!(known && place.strip_suffix(']').is_some_and(|place| place.parse::<u8>().is_ok()), "{invalid}");
    assert!((1..600).contains(&invalid.problem.len()) && !invalid.problem.contains('\n'), "{invalid}");
    refused(&invalid.to_string())
}

/// What a good event is like.
fn kind(event: &Event) -> impl std::hash::Hash {
    let Event { session, class, item, skills, clocks, untimed, device_seq, action, mode, .. } = event;
    let Clocks { occurred_at, sent_at, .. } = clocks;
    let known = [session.is_some(), class.is_some(), item.is_some(), *untimed, device_seq.is_some()];
    let clocks = [occurred_at.is_some(), sent_at.is_some()];
    let action: String = format!("{action:?} {mode:?}").chars().filter(|c| !c.is_ascii_digit()).collect();
    (known, clocks, skills.len(), action)
}

fn looked_at(sent: &pb::Event) -> Answer {
    match rpc::event(sent, None) {
        Ok(event) => {
            assert!([&event.id, &event.learner].iter().all(|id| (1..=MAX_ID_BYTES).contains(&id.as_str().len())));
            // What time it is can be asked of any of them.
            let _ = (event.at(), event.clocks.delay_ms(), event.contents());
            taken(kind(&event))
        }
        Err(invalid) => told(&invalid, &FIELDS),
    }
}

#[test]
fn event() {
    let make = |rng: &mut _| hostile::event(rng).encode_to_vec();
    Target { make: Some(make), ..Target::new("event", Shape::Wire, 15_000) }.run(|input| {
        let Ok(sent) = pb::Event::decode(input) else { return refused("no protobuf") };
        let again = sent.encode_to_vec();
        assert!(again.len() <= 2 * input.len(), "{} bytes became {}", input.len(), again.len());
        let read = pb::Event::decode(&*again).unwrap();
        assert_eq!(read.encode_to_vec(), again);
        match (rpc::event(&sent, None), rpc::event(&read, None)) {
            (Ok(one), Ok(other)) => assert_eq!(one, other),
            (one, other) => assert_eq!(one.err(), other.err()),
        }
        looked_at(&sent)
    });
}

#[test]
fn preferences() {
    const FIELDS: [&str; 4] = ["locale", "volume", "age_band", "time_zone"];
    let make = |rng: &mut _| hostile::preferences(rng).encode_to_vec();
    Target { make: Some(make), ..Target::new("preferences", Shape::Wire, 5_000) }.run(|input| {
        let Ok(sent) = pb::Preferences::decode(input) else { return refused("no protobuf") };
        match rpc::preferences(&sent) {
            Ok(preferences) => {
                // They are kept as they are, and what they are shown as is taken for the same.
                let learner = Learner { preferences: preferences.clone(), ..Learner::default() };
                assert_eq!(Learner::decode(&learner.encode()).unwrap(), learner);
                let Preferences { locale, time_zone, .. } = &preferences;
                let shown = pb::Preferences {
                    locale: locale.map_or(String::new(), |locale| locale.as_str().to_owned()),
                    time_zone: time_zone.map_or(String::new(), |zone| zone.name().to_owned()),
                    ..sent.clone()
                };
                assert_eq!(rpc::preferences(&shown).unwrap(), preferences);
                assert!(time_zone.is_none_or(|zone| zone.rules().is_some()));
                taken((
                    locale.as_ref().map(Locale::as_str).map(str::len),
                    time_zone.is_some(),
                    sent.volume,
                    sent.age_band,
                ))
            }
            Err(invalid) => told(&invalid, &FIELDS),
        }
    });
}

/// A line of a log.
#[test]
fn line() {
    const WORDS: &[&str] = &[
        "eventId",
        "event_id",
        "learnerId",
        "itemId",
        "skillIds",
        "attempt",
        "hint",
        "skip",
        "selfReport",
        "itemStarted",
        "focusChanged",
        "contentFault",
        "sessionEnded",
        "correct",
        "score",
        "responseTime",
        "attemptNumber",
        "final",
        "feeling",
        "intensity",
        "occurredAt",
        "deviceSeq",
        "mode",
        "MODE_EXAM",
        "FEELING_CONFIDENCE",
        "\"31s\"",
        "\"-0.000000001s\"",
        "\"2026-01-05T09:00:00Z\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"NaN\"",
        "\"Infinity\"",
        "null",
        "true",
        "{}",
        "[]",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\u0000",
        "\\ud800",
        "1e400",
        "-1",
    ];
    let make = |rng: &mut _| serde_json::to_vec(&hostile::event(rng)).unwrap_or_default();
    Target { make: Some(make), words: WORDS, ..Target::new("line", Shape::Text, 6_000) }.run(|input| {
        let Ok(text) = std::str::from_utf8(input) else { return refused("no text") };
        let sent: pb::Event = match serde_json::from_str(text) {
            Ok(sent) => sent,
            Err(error) => {
                assert!(error.line() <= text.lines().count() + 1, "{error}");
                return refused(&error.to_string());
            }
        };
        let answer = looked_at(&sent);
        // Moments beyond the years of protobuf cannot be written; they are refused before anybody would.
        if answer.taken {
            let again: pb::Event = serde_json::from_str(&serde_json::to_string(&sent).unwrap()).unwrap();
            // Fractions may differ in their last bit.
            assert_eq!(rpc::event(&again, None).unwrap(), rpc::event(&sent, None).unwrap());
        }
        answer
    });
}
