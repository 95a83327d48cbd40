//! Every way an event can be wrong, and what is to be blamed.

use hearten::rpc::pb::{self, event::Action};
use pbjson_types::Timestamp;

use crate::in_process::{event, right};

/// One bad event of the learner `bad`.
pub struct Bad {
    pub what: &'static str,
    pub event: pb::Event,
    /// The field at fault, from the event on; empty is the event itself.
    pub field: &'static str,
}

/// Where an id can stand.
const IDS: [&str; 9] = [
    "event_id",
    "learner_id",
    "session_id",
    "class_id",
    "assignment_id",
    "item_id",
    "part_id",
    "device_id",
    "skill_ids[1]",
];

fn id_mut<'a>(event: &'a mut pb::Event, field: &str) -> &'a mut String {
    match field {
        "event_id" => &mut event.event_id,
        "learner_id" => &mut event.learner_id,
        "session_id" => &mut event.session_id,
        "class_id" => &mut event.class_id,
        "assignment_id" => &mut event.assignment_id,
        "item_id" => &mut event.item_id,
        "part_id" => &mut event.part_id,
        "device_id" => &mut event.device_id,
        _ => {
            event.skill_ids.push(String::new());
            event.skill_ids.last_mut().unwrap()
        }
    }
}

fn good() -> pb::Event {
    right("bad", "1")
}

fn with_id(field: &str, id: &str) -> pb::Event {
    let mut event = good();
    id.clone_into(id_mut(&mut event, field));
    event
}

fn with_attempt(change: impl FnOnce(&mut pb::Attempt)) -> pb::Event {
    let mut attempt = pb::Attempt { correct: Some(true), ..Default::default() };
    change(&mut attempt);
    pb::Event { action: Some(Action::Attempt(attempt)), ..good() }
}

fn taking(seconds: i64, nanos: i32) -> pb::Event {
    with_attempt(|attempt| attempt.response_time = Some(pb::Duration { seconds, nanos }))
}

fn scored(correct: Option<bool>, score: f64) -> pb::Event {
    with_attempt(|attempt| (attempt.correct, attempt.score) = (correct, Some(score)))
}

fn reported(feeling: i32, intensity: Option<f64>) -> pb::Event {
    event("bad", "1", Action::SelfReport(pb::SelfReport { feeling, intensity }))
}

pub fn all() -> Vec<Bad> {
    let mut table = ids();
    let mut bad = |what, field, event| table.push(Bad { what, event, field });

    bad("no event id", "event_id", with_id("event_id", ""));
    bad("no learner id", "learner_id", with_id("learner_id", ""));
    bad("no action", "action", pb::Event { action: None, ..good() });
    bad("nothing at all", "event_id", pb::Event::default());
    bad("17 skills", "skill_ids", pb::Event { skill_ids: (0..17).map(|id| id.to_string()).collect(), ..good() });
    bad("an empty skill", "skill_ids[1]", with_id("skill_ids[1]", ""));
    bad("a part of no item", "item_id", pb::Event { item_id: String::new(), part_id: "a".to_owned(), ..good() });
    bad("a mode to come", "mode", pb::Event { mode: 99, ..good() });
    bad("a negative mode", "mode", pb::Event { mode: -1, ..good() });

    bad("neither correct nor score", "attempt.correct", with_attempt(|attempt| attempt.correct = None));
    bad("right at score 0", "attempt.score", scored(Some(true), 0.0));
    bad("wrong at score 1", "attempt.score", scored(Some(false), 1.0));
    for score in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.5, -0.1, 1.0 + f64::EPSILON] {
        bad("a score that is none", "attempt.score", scored(None, score));
        bad("correct, and a score that is none", "attempt.score", scored(Some(true), score));
    }

    let times = [(-1, 0), (0, -1), (0, -999_999_999), (86_400, 1_000_000), (86_401, 0), (i64::MAX, 0), (i64::MIN, 0)];
    let no_durations = [(1, -1), (-1, 1), (0, 1_000_000_000), (0, i32::MIN), (0, i32::MAX), (i64::MAX, i32::MAX)];
    for (seconds, nanos) in times.into_iter().chain(no_durations) {
        bad("an impossible response time", "attempt.response_time", taking(seconds, nanos));
    }

    for intensity in [None, Some(f64::NAN), Some(f64::INFINITY), Some(2.0), Some(-0.001)] {
        let event = reported(pb::Feeling::Frustration.into(), intensity);
        bad("an intensity that is none", "self_report.intensity", event);
    }
    for feeling in [0, 3, -1] {
        bad("a feeling that is none", "self_report.feeling", reported(feeling, Some(0.5)));
    }
    let unplaced = |action| event("bad", "1", action);
    bad("nothing was shown", "item_id", unplaced(Action::ItemStarted(pb::ItemStarted {})));
    bad("nothing is at fault", "item_id", unplaced(Action::ContentFault(pb::ContentFault {})));

    let no_moments = [
        (0, -1),
        (0, 1_000_000_000),
        (0, i32::MAX),
        (568_971_820_800, 0), // the year 20000
        (253_402_300_800, 0), // the year 10000
        (-62_135_596_801, 0), // the year 0
        (i64::MAX, 0),
        (i64::MIN, 0),
    ];
    for (seconds, nanos) in no_moments {
        let moment = Some(Timestamp { seconds, nanos });
        bad("occurred never", "occurred_at", pb::Event { occurred_at: moment, ..good() });
        bad("sent never", "sent_at", pb::Event { sent_at: moment, ..good() });
    }
    bad("more than 8 KiB", "", with_id("item_id", &"x".repeat(8 * 1024)));
    let skills = std::iter::repeat_n("x".repeat(1000), 17).collect();
    bad("more than 8 KiB of skills", "", pb::Event { skill_ids: skills, ..good() });
    table
}

/// Each id too long, and with each kind of character that nobody sees.
fn ids() -> Vec<Bad> {
    let bad = |(what, id): &(&'static str, String)| IDS.map(|field| Bad { what, event: with_id(field, id), field });
    bad_ids().iter().flat_map(bad).collect()
}

/// What is given, and can be no id.
pub fn bad_ids() -> Vec<(&'static str, String)> {
    vec![
        ("an id of 129 bytes", "x".repeat(129)),
        ("an id of 43 characters and 129 bytes", "€".repeat(43)),
        ("a line break", "a\nb".to_owned()),
        ("a zero byte", "a\0b".to_owned()),
        ("an escape", "a\u{1B}[31mb".to_owned()),
        ("a C1 control", "a\u{85}b".to_owned()),
        ("a zero-width space", "a\u{200B}b".to_owned()),
        ("a zero-width joiner", "a\u{200D}b".to_owned()),
        ("a direction override", "a\u{202E}b".to_owned()),
        ("a byte order mark", "\u{FEFF}a".to_owned()),
        ("a soft hyphen", "a\u{AD}b".to_owned()),
        ("a Hangul filler", "a\u{3164}b".to_owned()),
        ("a tag", "a\u{E0041}b".to_owned()),
    ]
}

/// The other side of every limit.
pub fn just_allowed() -> Vec<pb::Event> {
    let learner = |mut event: pb::Event| {
        "good".clone_into(&mut event.learner_id);
        event
    };
    let mut events: Vec<_> = IDS[2..].iter().map(|field| learner(with_id(field, &"x".repeat(128)))).collect();
    events.push(pb::Event { learner_id: "x".repeat(128), ..good() });
    events.push(learner(with_id("item_id", "Aufgabe 7: ½ + ¼ = ? 分数 🙂")));
    events.push(learner(pb::Event { skill_ids: (0..16).map(|id| id.to_string()).collect(), ..good() }));
    for (seconds, nanos) in [(86_400, 0), (0, 0), (0, 1), (0, 999_999_999)] {
        events.push(learner(taking(seconds, nanos)));
    }
    for (correct, score) in [(None, 0.0), (None, 1.0), (None, 0.5), (Some(true), 1.0), (Some(false), 0.0)] {
        events.push(learner(scored(correct, score)));
    }
    for intensity in [0.0, 1.0] {
        events.push(learner(reported(pb::Feeling::Confidence.into(), Some(intensity))));
    }
    for seconds in [-62_135_596_800, 0, 253_402_300_799] {
        let moment = Some(Timestamp { seconds, nanos: 999_999_999 });
        events.push(learner(pb::Event { occurred_at: moment, sent_at: moment, ..good() }));
        events.push(learner(pb::Event { occurred_at: moment, ..good() }));
    }
    events
}
