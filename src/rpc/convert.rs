//! From the API's events to the domain's. Every rule of what is allowed is the domain's; here each meets its field.

use arrayvec::ArrayVec;
use pbjson_types::Timestamp as Moment;
use prost::Message as _;

use super::pb;
use crate::event::{
    Action, Attempt, Clocks, Event, Feeling, Hint, Id, Invalid, MAX_SKILLS, Mode, Name, Timestamp, class_hash,
    item_hash, skill_hash,
};

/// The largest event, encoded.
const MAX_EVENT_BYTES: usize = 8 * 1024;

/// Checks an event. Fields in errors are relative to it.
pub fn event(event: &pb::Event, received_at: Option<Timestamp>) -> Result<Event, Invalid> {
    let bytes = event.encoded_len();
    if bytes > MAX_EVENT_BYTES {
        return Err(Invalid::new("", format!("is {bytes} bytes encoded: at most {MAX_EVENT_BYTES} are allowed")));
    }
    let item = Name::parse_optional("item_id", &event.item_id)?;
    let part = Name::parse_optional("part_id", &event.part_id)?;
    if part.is_some() && item.is_none() {
        return Err(Invalid::new("item_id", "is required where part_id is given"));
    }
    let class = Name::parse_optional("class_id", &event.class_id)?;
    Name::parse_optional("assignment_id", &event.assignment_id)?;
    let device = Name::parse_optional("device_id", &event.device_id)?;
    let session = |named: Name<'_>| named.short_hash().max(1);
    Ok(Event {
        id: Id::parse("event_id", &event.event_id)?,
        learner: Id::parse("learner_id", &event.learner_id)?,
        session: Name::parse_optional("session_id", &event.session_id)?.map(session),
        class: class.map(class_hash),
        mode: mode(event.mode)?,
        item: item.map(|item| item_hash(item, part)),
        skills: skills(&event.skill_ids)?,
        clocks: Clocks {
            occurred_at: moment("occurred_at", event.occurred_at.as_ref())?,
            sent_at: moment("sent_at", event.sent_at.as_ref())?,
            received_at,
        },
        untimed: event.untimed,
        device: device.map_or(0, |device| device.short_hash()),
        device_seq: (event.device_seq > 0).then_some(event.device_seq),
        suggested: event.suggested,
        action: action(event.action.as_ref(), item.is_some())?,
    })
}

pub(super) fn mode(mode: i32) -> Result<Mode, Invalid> {
    match pb::Mode::try_from(mode) {
        Ok(pb::Mode::Unspecified | pb::Mode::Practice) => Ok(Mode::Practice),
        Ok(pb::Mode::Graded) => Ok(Mode::Graded),
        Ok(pb::Mode::Exam) => Ok(Mode::Exam),
        // Guessing could mean speaking in an examination.
        Err(_) => Err(unknown("mode", mode)),
    }
}

/// A value of an enumeration that came after this server.
pub(super) fn unknown(field: &str, number: i32) -> Invalid {
    Invalid::new(field, format!("is {number}, which this server does not know"))
}

fn skills(ids: &[String]) -> Result<ArrayVec<u64, MAX_SKILLS>, Invalid> {
    if ids.len() > MAX_SKILLS {
        return Err(Invalid::new("skill_ids", format!("names {} skills: at most {MAX_SKILLS} are allowed", ids.len())));
    }
    let mut hashes = ArrayVec::new();
    for (place, id) in ids.iter().enumerate() {
        // The field's name costs more than the check, and hardly anybody asks for it.
        let named = |_| Name::parse(&format!("skill_ids[{place}]"), id);
        let hash = skill_hash(Name::parse("skill_ids", id).or_else(named)?);
        if !hashes.contains(&hash) {
            hashes.push(hash);
        }
    }
    Ok(hashes)
}

fn moment(field: &str, moment: Option<&Moment>) -> Result<Option<Timestamp>, Invalid> {
    // The years that protobuf allows: 1 to 9999.
    const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;
    let Some(Moment { seconds, nanos }) = moment else { return Ok(None) };
    if !SECONDS.contains(seconds) || !(0..1_000_000_000).contains(nanos) {
        return Err(Invalid::new(field, "is not a moment between the years 1 and 9999"));
    }
    Ok(Some(Timestamp::from_millis(seconds * 1000 + i64::from(nanos / 1_000_000))))
}

fn action(action: Option<&pb::event::Action>, has_item: bool) -> Result<Action, Invalid> {
    use pb::event::Action as Sent;
    let required = "is required: one of attempt, hint, skip, item_started, focus_changed, self_report, content_fault, \
                    session_ended";
    match action.ok_or_else(|| Invalid::new("action", required))? {
        Sent::Attempt(attempt) => {
            let response_ms = attempt.response_time.as_ref().map(millis).transpose()?;
            let score = attempt.score;
            Attempt::parse(attempt.correct, score, response_ms, attempt.attempt_number, attempt.r#final)
                .map(Action::Attempt)
        }
        // Without an item nobody can tell which answer it helped with.
        Sent::Hint(_) if !has_item => Err(Invalid::new("item_id", "is required with hint")),
        Sent::Hint(hint) => Ok(Action::Hint(Hint { level: hint.level, bottom_out: hint.bottom_out })),
        Sent::Skip(_) => Ok(Action::Skip),
        Sent::ItemStarted(_) if !has_item => Err(Invalid::new("item_id", "is required with item_started")),
        Sent::ItemStarted(_) => Ok(Action::ItemStarted),
        Sent::FocusChanged(focus) => Ok(Action::FocusChanged { hidden: focus.hidden }),
        Sent::SelfReport(report) => {
            let feeling = match pb::Feeling::try_from(report.feeling) {
                Ok(pb::Feeling::Frustration) => Some(Feeling::Frustration),
                Ok(pb::Feeling::Confidence) => Some(Feeling::Confidence),
                Ok(pb::Feeling::Unspecified) => None,
                Err(_) => return Err(unknown("self_report.feeling", report.feeling)),
            };
            Action::self_report(feeling, report.intensity)
        }
        Sent::ContentFault(_) if !has_item => Err(Invalid::new("item_id", "is required with content_fault")),
        Sent::ContentFault(_) => Ok(Action::ContentFault),
        Sent::SessionEnded(_) => Ok(Action::SessionEnded),
    }
}

fn millis(duration: &pb::Duration) -> Result<i64, Invalid> {
    let pb::Duration { seconds, nanos } = duration;
    let within = (-315_576_000_000..=315_576_000_000).contains(seconds);
    if !within || nanos.unsigned_abs() > 999_999_999 || (*seconds > 0 && *nanos < 0) || (*seconds < 0 && *nanos > 0) {
        return Err(Invalid::new("attempt.response_time", "is not a duration: 0 to 24 h is allowed"));
    }
    // A negative fraction of a millisecond is still negative.
    let fraction = if *nanos < 0 { (nanos / 1_000_000).min(-1) } else { nanos / 1_000_000 };
    Ok(seconds * 1000 + i64::from(fraction))
}
