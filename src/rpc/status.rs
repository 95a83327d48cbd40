//! Every error becomes a status here, and only here.

use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::pb;
use crate::{
    access::Denied,
    engine,
    event::{Invalid, MAX_ID_BYTES},
    store,
};

/// Who speaks, in `google.rpc.ErrorInfo`.
const DOMAIN: &str = "hearten";
/// When a retry may help, it does after about this long.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Why a request was not carried out.
#[derive(Clone, Debug)]
pub struct Refusal {
    code: Code,
    reason: &'static str,
    field: String,
    message: String,
    /// When a retry may help.
    retry: Option<Duration>,
}

impl Refusal {
    fn new(code: Code, reason: &'static str, message: impl Into<String>) -> Self {
        Self { code, reason, field: String::new(), message: message.into(), retry: None }
    }

    /// A field of the request is wrong.
    pub(super) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Invalid::new(field, message).into()
    }

    /// The server is stopping.
    pub(super) fn stopping() -> Self {
        let message = "the server is stopping: go on elsewhere and resend what was not answered";
        Self { retry: Some(RETRY_AFTER), ..Self::new(Code::Unavailable, "STOPPING", message) }
    }

    /// There is no place for one more.
    pub(super) fn overloaded(limit: &str, most: usize) -> Self {
        let message = format!("the server takes {most} {limit}: try again shortly");
        let refusal = Self::new(Code::ResourceExhausted, "OVERLOADED", message);
        Self { retry: Some(RETRY_AFTER), ..refusal }
    }

    /// The tenant's rate is used up for so long.
    pub(super) fn too_fast(wait: Duration) -> Self {
        let refusal = Self::new(Code::ResourceExhausted, "RATE_LIMIT", "this tenant's rate is used up: slow down");
        Self { retry: Some(wait), ..refusal }
    }

    /// A client left what it asked for unread.
    pub(super) fn unread() -> Self {
        let message = "answers were left unread for too long: read while you send";
        Self { retry: Some(RETRY_AFTER), ..Self::new(Code::ResourceExhausted, "SLOW_READER", message) }
    }

    /// A bug.
    pub(super) fn broken() -> Self {
        Self::new(Code::Internal, "BUG", "the server failed at this: it is not known what of it was carried out")
    }

    /// A request has more parts than any that is allowed.
    pub(super) fn too_many_fields(most: usize) -> Self {
        Self::new(Code::OutOfRange, "TOO_LARGE", format!("the request has more than {most} fields"))
    }

    /// It took longer than the caller, or the server, was ready to wait.
    pub(super) fn deadline() -> Self {
        let message = "the deadline has passed: it is not known whether the request was carried out";
        Self::new(Code::DeadlineExceeded, "DEADLINE", message)
    }

    /// A stream has lasted, or been silent, for as long as one may.
    pub(super) fn long_enough(how: &str) -> Self {
        let message = format!("the stream {how}: open another and resend what was not answered");
        Self { retry: Some(RETRY_AFTER), ..Self::new(Code::Unavailable, "STREAM_LIMIT", message) }
    }

    /// Whether it is the credential that is not taken; in one word why.
    pub(super) fn credential(&self) -> Option<&'static str> {
        matches!(self.code, Code::Unauthenticated | Code::PermissionDenied).then_some(self.reason)
    }

    /// The same, with the field's place in the request in front.
    pub(super) fn within(mut self, place: &str) -> Self {
        // What is wrong with the server is wrong with no field.
        if self.code == Code::Unavailable {
            return self;
        }
        self.field = match (place, self.field.as_str()) {
            ("", _) => self.field,
            (place, "") => place.to_owned(),
            (place, field) => format!("{place}.{field}"),
        };
        self
    }

    /// The same where the learner is named by a decision.
    pub(super) fn of_decision(mut self) -> Self {
        if self.field == "learner_id" {
            "decision_id".clone_into(&mut self.field);
        }
        self
    }

    /// As an answer to one of many events. Ids too long to be any are left out: the answer would outgrow the request.
    pub(super) fn rejected(self, mut event_id: String, mut learner_id: String, position: u64) -> pb::Rejected {
        for id in [&mut event_id, &mut learner_id].into_iter().filter(|id| id.len() > MAX_ID_BYTES) {
            id.clear();
        }
        let (code, message) = (self.code.into(), self.text());
        pb::Rejected { event_id, learner_id, position, code, field: self.field, message }
    }

    fn text(&self) -> String {
        if self.field.is_empty() { self.message.clone() } else { format!("{} {}", self.field, self.message) }
    }
}

impl From<Invalid> for Refusal {
    fn from(Invalid { field, problem }: Invalid) -> Self {
        Self { field, ..Self::new(Code::InvalidArgument, "INVALID_FIELD", problem) }
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        let code = if denied.known() { Code::PermissionDenied } else { Code::Unauthenticated };
        let field = if denied == Denied::Class { "class_id" } else { "" };
        Self { field: field.to_owned(), ..Self::new(code, denied.reason(), denied.to_string()) }
    }
}

impl From<engine::Error> for Refusal {
    fn from(error: engine::Error) -> Self {
        let message = match &error {
            engine::Error::Store(store::Error::Erased) => {
                "names a learner who was erased: nothing more is taken".to_owned()
            }
            error => error.to_string(),
        };
        if error.is_damage() {
            tracing::error!(%error, "a learner's record is damaged");
        }
        let (code, reason, field) = match &error {
            engine::Error::IdReused => (Code::AlreadyExists, "EVENT_ID_REUSED", "event_id"),
            engine::Error::UnknownLearner => (Code::NotFound, "UNKNOWN_LEARNER", "learner_id"),
            engine::Error::UnknownDecision => (Code::NotFound, "UNKNOWN_DECISION", "decision_id"),
            engine::Error::NothingSaid => (Code::FailedPrecondition, "NOTHING_SAID", "decision_id"),
            engine::Error::WasSeen => (Code::FailedPrecondition, "WAS_SEEN", "outcome"),
            engine::Error::Corrupt(_) | engine::Error::Store(store::Error::Damaged(_)) => {
                (Code::DataLoss, "CORRUPT_RECORD", "")
            }
            engine::Error::Store(store::Error::Poisoned(_)) => (Code::Unavailable, "STORE_FAILED", ""),
            engine::Error::Store(store::Error::Erased) => (Code::FailedPrecondition, "LEARNER_ERASED", "learner_id"),
            engine::Error::Store(store::Error::Unreachable(_)) => (Code::Unavailable, "STORE_UNREACHABLE", ""),
            engine::Error::Store(store::Error::Closed) => (Code::Unavailable, "STOPPING", ""),
            engine::Error::Store(_) => (Code::Unavailable, "STORE_FAILED", ""),
        };
        let retry = (code == Code::Unavailable).then_some(RETRY_AFTER);
        Self { field: field.to_owned(), retry, ..Self::new(code, reason, message) }
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let mut details = ErrorDetails::with_error_info(refusal.reason, DOMAIN, []);
        if !refusal.field.is_empty() {
            details.add_bad_request_violation(refusal.field.clone(), refusal.message.clone());
        }
        if refusal.retry.is_some() {
            details.set_retry_info(refusal.retry);
        }
        Self::with_error_details(refusal.code, refusal.text(), details)
    }
}
