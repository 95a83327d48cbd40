//! Every error becomes a status here, and only here.

use std::time::Duration;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt};

use super::pb;
use crate::{
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
    retry: bool,
}

impl Refusal {
    /// A field of the request is wrong.
    pub(super) fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Invalid::new(field, message).into()
    }

    /// The server is stopping.
    pub(super) fn stopping() -> Self {
        let message = "the server is stopping: go on elsewhere and resend what was not answered".to_owned();
        Self { code: Code::Unavailable, reason: "STOPPING", field: String::new(), message, retry: true }
    }

    /// The same, with the field's place in the request in front.
    pub(super) fn within(mut self, place: &str) -> Self {
        self.field = match (place, self.field.as_str()) {
            ("", _) => self.field,
            (place, "") => place.to_owned(),
            (place, field) => format!("{place}.{field}"),
        };
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
        Self { code: Code::InvalidArgument, reason: "INVALID_FIELD", field, message: problem, retry: false }
    }
}

impl From<engine::Error> for Refusal {
    fn from(error: engine::Error) -> Self {
        let message = error.to_string();
        if matches!(error, engine::Error::Corrupt(_)) {
            tracing::error!(%error, "a learner's record is damaged");
        }
        let (code, reason, field) = match &error {
            engine::Error::IdReused => (Code::AlreadyExists, "EVENT_ID_REUSED", "event_id"),
            engine::Error::UnknownLearner => (Code::NotFound, "UNKNOWN_LEARNER", "learner_id"),
            engine::Error::UnknownDecision => (Code::NotFound, "UNKNOWN_DECISION", "decision_id"),
            engine::Error::NothingSaid => (Code::FailedPrecondition, "NOTHING_SAID", "decision_id"),
            engine::Error::WasSeen => (Code::FailedPrecondition, "WAS_SEEN", "outcome"),
            engine::Error::Corrupt(_) => (Code::DataLoss, "CORRUPT_RECORD", ""),
            engine::Error::Store(store::Error::Poisoned(_)) => (Code::Unavailable, "STORE_FAILED", ""),
            engine::Error::Store(store::Error::Closed) => (Code::Unavailable, "STOPPING", ""),
            engine::Error::Store(_) => (Code::Unavailable, "STORE_FAILED", ""),
        };
        Self { code, reason, field: field.to_owned(), message, retry: code == Code::Unavailable }
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let mut details = ErrorDetails::with_error_info(refusal.reason, DOMAIN, []);
        if !refusal.field.is_empty() {
            details.add_bad_request_violation(refusal.field.clone(), refusal.message.clone());
        }
        if refusal.retry {
            details.set_retry_info(Some(RETRY_AFTER));
        }
        Self::with_error_details(refusal.code, refusal.text(), details)
    }
}
