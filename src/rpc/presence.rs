//! What a platform says of itself on a stream, and what it need not repeat with every event.

use prost::Message as _;

use super::{convert, pb, preferences};
use crate::{
    event::{Id, Invalid},
    learner::Locale,
};

/// The largest `open`, encoded.
const MAX_OPEN_BYTES: usize = 8 * 1024;

/// How the platform shows things.
#[derive(Clone, Copy, Debug)]
pub(super) struct Presence {
    /// The steps it can offer, a bit each by the API's numbers; `None` is any.
    capabilities: Option<u8>,
    /// Learners are told whether answers are right.
    pub correctness_shown: bool,
    /// The language it asks for, where the learner asks for none.
    pub locale: Option<Locale>,
}

impl Default for Presence {
    fn default() -> Self {
        Self { capabilities: None, correctness_shown: true, locale: None }
    }
}

impl Presence {
    /// Whether it can offer a step.
    pub(super) fn offers(self, suggestion: i32) -> bool {
        self.capabilities.is_none_or(|bits| bits & bit(suggestion) != 0)
    }
}

/// Steps that are not known here are none that could be suggested.
fn bit(suggestion: i32) -> u8 {
    u32::try_from(suggestion).ok().and_then(|number| 1u8.checked_shl(number)).unwrap_or(0)
}

/// Whether signals are wanted.
pub(super) fn wants_signals(view: i32, unless_stated: bool) -> bool {
    match pb::View::try_from(view) {
        Ok(pb::View::Full) => true,
        Ok(pb::View::Brief) => false,
        Ok(pb::View::Unspecified) | Err(_) => unless_stated,
    }
}

/// What `open` set.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    pub open: pb::Open,
    pub presence: Presence,
    /// Answers carry signals.
    pub signals: bool,
}

impl Defaults {
    /// What `open` sets, once it is checked. Fields in errors are relative to it.
    pub(super) fn of(mut open: pb::Open) -> Result<Self, Invalid> {
        let bytes = open.encoded_len();
        if bytes > MAX_OPEN_BYTES {
            return Err(Invalid::new("", format!("is {bytes} bytes encoded: at most {MAX_OPEN_BYTES} are allowed")));
        }
        let ids = [
            ("learner_id", &open.learner_id),
            ("session_id", &open.session_id),
            ("class_id", &open.class_id),
            ("assignment_id", &open.assignment_id),
        ];
        for (field, id) in ids {
            Id::parse_optional(field, id)?;
        }
        convert::mode(open.mode)?;
        let locale = preferences::locale(&open.locale)?;
        let signals = wants_signals(open.view, false);
        let named = std::mem::take(&mut open.capabilities);
        let bits = named.iter().fold(0, |bits, suggestion| bits | bit(*suggestion));
        let capabilities = (!named.is_empty()).then_some(bits);
        let correctness_shown = open.correctness_shown.unwrap_or(true);
        let presence = Presence { capabilities, correctness_shown, locale };
        Ok(Self { open, presence, signals })
    }

    /// Fills in what the event leaves out. The session opened is the opened learner's, nobody else's.
    pub(super) fn fill_in(&self, event: &mut pb::Event) {
        let fill = |field: &mut String, default: &str| {
            if field.is_empty() {
                default.clone_into(field);
            }
        };
        fill(&mut event.learner_id, &self.open.learner_id);
        if event.learner_id == self.open.learner_id {
            fill(&mut event.session_id, &self.open.session_id);
        }
        fill(&mut event.class_id, &self.open.class_id);
        fill(&mut event.assignment_id, &self.open.assignment_id);
        if event.mode == 0 {
            event.mode = self.open.mode;
        }
    }
}
