//! Messages of the API that are well formed, and hold whatever a field can hold.

use fastrand::Rng;
use hearten::rpc::pb::{self, event::Action};
use pbjson_types::Timestamp;

use super::engine::{odd_double, odd_number, odd_text};

/// An event. Most of its fields are good, or none would get far.
pub fn event(rng: &mut Rng) -> pb::Event {
    pb::Event {
        event_id: id(rng),
        learner_id: id(rng),
        session_id: maybe(rng, id).unwrap_or_default(),
        class_id: maybe(rng, id).unwrap_or_default(),
        assignment_id: maybe(rng, id).unwrap_or_default(),
        mode: number(rng, 4),
        item_id: maybe(rng, id).unwrap_or_default(),
        part_id: maybe(rng, id).unwrap_or_default(),
        skill_ids: (0..[0, 1, 3, 16, 17][rng.usize(0..5)]).map(|_| id(rng)).collect(),
        occurred_at: maybe(rng, moment),
        sent_at: maybe(rng, moment),
        untimed: rng.bool(),
        device_id: maybe(rng, id).unwrap_or_default(),
        device_seq: odd_number(rng),
        suggested: rng.bool(),
        action: if rare(rng) { None } else { Some(action(rng)) },
    }
}

fn action(rng: &mut Rng) -> Action {
    match rng.u8(0..12) {
        0 => Action::Hint(pb::Hint { level: odd_number(rng) as u32, bottom_out: rng.bool() }),
        1 => Action::Skip(pb::Skip {}),
        2 => Action::ItemStarted(pb::ItemStarted {}),
        3 => Action::FocusChanged(pb::FocusChanged { hidden: rng.bool() }),
        4 | 5 => Action::SelfReport(pb::SelfReport { feeling: number(rng, 3), intensity: maybe(rng, odd_double) }),
        6 => Action::ContentFault(pb::ContentFault {}),
        7 => Action::SessionEnded(pb::SessionEnded {}),
        _ => Action::Attempt(pb::Attempt {
            correct: if rare(rng) { None } else { Some(rng.bool()) },
            score: if rare(rng) { Some(odd_double(rng)) } else { None },
            response_time: maybe(rng, duration),
            attempt_number: odd_number(rng) as u32,
            r#final: rng.bool(),
        }),
    }
}

/// Preferences.
pub fn preferences(rng: &mut Rng) -> pb::Preferences {
    let locales =
        ["en", "pt-BR", "PT_br", "zh-Hant-TW", "zho-Hant-419", "de-DE-u-co-phonebk", "sl-rozaj", "x", "english"];
    let zones =
        ["Europe/Berlin", "europe/berlin", "UTC", "Etc/GMT+12", "America/Argentina/ComodRivadavia", "Mars/Olympus"];
    let mut text = |known: &[&str]| match rng.u8(0..4) {
        0 => String::new(),
        1 => odd_text(rng),
        _ => known[rng.usize(0..known.len())].to_owned(),
    };
    let (locale, time_zone) = (text(&locales), text(&zones));
    let (reduced_motion, extended_time) = (rng.bool(), rng.bool());
    pb::Preferences {
        locale,
        volume: number(rng, 5),
        age_band: number(rng, 6),
        reduced_motion,
        extended_time,
        time_zone,
    }
}

/// An id, mostly a good one.
pub fn id(rng: &mut Rng) -> String {
    if rare(rng) { odd_text(rng) } else { ["ana", "1", "q7", "fractions", "ö"][rng.usize(0..5)].to_owned() }
}

/// A moment, mostly of these years.
pub fn moment(rng: &mut Rng) -> Timestamp {
    if rare(rng) {
        return Timestamp { seconds: odd_number(rng) as i64, nanos: odd_number(rng) as i32 };
    }
    Timestamp { seconds: 1_700_000_000 + rng.i64(0..100_000_000), nanos: rng.i32(0..1_000_000_000) }
}

fn duration(rng: &mut Rng) -> pb::Duration {
    if rare(rng) {
        return pb::Duration { seconds: odd_number(rng) as i64, nanos: odd_number(rng) as i32 };
    }
    pb::Duration { seconds: rng.i64(0..90_000), nanos: rng.i32(0..1_000_000_000) }
}

/// An enum's number, mostly below `end`.
fn number(rng: &mut Rng, end: i32) -> i32 {
    if rare(rng) { odd_number(rng) as i32 } else { rng.i32(0..end) }
}

fn maybe<T>(rng: &mut Rng, make: impl Fn(&mut Rng) -> T) -> Option<T> {
    rng.bool().then(|| make(rng))
}

/// One time in sixteen.
fn rare(rng: &mut Rng) -> bool {
    rng.u8(0..16) == 0
}
