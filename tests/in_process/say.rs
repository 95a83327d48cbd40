//! Events and moments in few words, and what to look for in an answer.

use hearten::{clock, rpc::pb};
use pb::{decision::Outcome, event::Action};
use pbjson_types::Timestamp;
use tonic::Status;
use tonic_types::StatusExt;

/// An answer that took the usual twenty seconds, to an item named after the event.
pub fn answer(learner: &str, id: &str, correct: bool) -> pb::Event {
    let response_time = Some(pb::Duration { seconds: 20, nanos: 0 });
    let attempt = pb::Attempt { correct: Some(correct), response_time, ..Default::default() };
    pb::Event {
        item_id: format!("item {id}"),
        skill_ids: vec!["fractions".to_owned()],
        ..event(learner, id, Action::Attempt(attempt))
    }
}

pub fn right(learner: &str, id: &str) -> pb::Event {
    answer(learner, id, true)
}

pub fn wrong(learner: &str, id: &str) -> pb::Event {
    answer(learner, id, false)
}

/// Three wrong answers to different items: enough for an encouragement after the last.
pub fn struggle(learner: &str) -> [pb::Event; 3] {
    ["1", "2", "3"].map(|id| wrong(learner, id))
}

pub fn event(learner: &str, id: &str, action: Action) -> pb::Event {
    pb::Event { event_id: id.to_owned(), learner_id: learner.to_owned(), action: Some(action), ..Default::default() }
}

/// The item is shown.
pub fn started(learner: &str, id: &str, item: &str) -> pb::Event {
    pb::Event { item_id: item.to_owned(), ..event(learner, id, Action::ItemStarted(pb::ItemStarted {})) }
}

/// Milliseconds since 1970, now.
pub fn now_ms() -> i64 {
    clock::now().as_millis()
}

pub fn moment(ms: i64) -> Option<Timestamp> {
    Some(Timestamp { seconds: ms.div_euclid(1000), nanos: ms.rem_euclid(1000) as i32 * 1_000_000 })
}

/// What is said, if anything.
pub fn feedback(reply: &pb::Reply) -> Option<&pb::Feedback> {
    match reply.decision.as_ref()?.outcome.as_ref()? {
        Outcome::Feedback(feedback) => Some(feedback),
        Outcome::Silence(_) => None,
    }
}

/// The reason something is said for, if anything is.
pub fn spoken(reply: &pb::Reply) -> Option<pb::Reason> {
    feedback(reply).map(pb::Feedback::reason)
}

/// Why nothing is said, and what would have been.
pub fn silence(reply: &pb::Reply) -> Option<(pb::silence::Cause, pb::Reason)> {
    match reply.decision.as_ref()?.outcome.as_ref()? {
        Outcome::Silence(silence) => Some((silence.cause(), silence.would_have_been())),
        Outcome::Feedback(_) => None,
    }
}

/// The limit that held a message back, if one did.
pub fn held(reply: &pb::Reply) -> Option<&pb::Held> {
    match reply.decision.as_ref()?.outcome.as_ref()? {
        Outcome::Silence(silence) => silence.held.as_ref(),
        Outcome::Feedback(_) => None,
    }
}

pub fn decision_id(reply: &pb::Reply) -> String {
    reply.decision.as_ref().expect("a decision").decision_id.clone()
}

/// The field a status blames; every refusal says who speaks and why.
pub fn blamed(status: &Status) -> (String, String) {
    let details = status.get_error_details();
    let info = details.error_info().unwrap_or_else(|| panic!("no ErrorInfo in {status:?}"));
    assert_eq!(info.domain, "hearten", "{status:?}");
    let fields = details.bad_request().map(|bad| bad.field_violations.clone()).unwrap_or_default();
    let field = fields.first().map(|violation| violation.field.clone()).unwrap_or_default();
    assert!(fields.iter().all(|violation| !violation.description.is_empty()), "{status:?}");
    (field, info.reason.clone())
}
