//! Decisions as they leave the engine, and the ids they go by.

use std::sync::Arc;

use arrayvec::ArrayVec;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::Error;
use crate::{
    event::{Id, MAX_ID_BYTES},
    feedback::{Policy, Rule},
    messages::Message,
    reason::{Held, Placement, Suggestion, Verdict},
    store::Key,
};

/// One decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Names it in `ExplainDecision`; nothing does where it was not kept.
    pub id: Option<Number>,
    /// What it came to.
    pub verdict: Verdict,
    /// The limit that held a message back, where one did and that is still known.
    pub held: Option<Held>,
    /// When, in whole seconds since 1970; `None` where there was no clock, or it is no longer known.
    pub at_secs: Option<u64>,
    /// The policy that decided; empty where it is no longer known.
    pub policy_version: Arc<str>,
    /// What is said, if anything is; most decisions are silent, and need no room for it.
    pub message: Option<Box<Message>>,
    /// What that policy had go with it.
    pub offer: Offer,
}

impl Decision {
    /// What it goes by outside; nothing where it was not kept.
    #[must_use]
    pub fn name(&self) -> String {
        self.id.as_ref().map(Number::name).unwrap_or_default()
    }
}

/// Whose decision it is, and which of theirs: what its id is written from.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// Whose.
    pub key: Key,
    /// Which.
    pub sequence: u64,
}

impl Number {
    /// Opaque to clients; names tenant, learner and sequence by itself, so that no index is needed.
    pub(super) fn name(&self) -> String {
        let (tenant, learner) = (self.key.tenant(), self.key.learner());
        let mut bytes = ArrayVec::<u8, { 9 + 2 * MAX_ID_BYTES }>::new();
        let parts = [&[tenant.len() as u8], tenant.as_bytes(), &self.sequence.to_be_bytes(), learner.as_bytes()];
        // Ids and names of tenants are checked before they become a key, so there is room.
        let _ = parts.into_iter().try_for_each(|part| bytes.try_extend_from_slice(part));
        URL_SAFE_NO_PAD.encode(&bytes)
    }
}

/// What goes with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The next step to suggest.
    pub suggestion: Option<Suggestion>,
    /// How long the message stays valid, in seconds.
    pub valid_secs: u16,
    /// Where the message is shown.
    pub placement: Placement,
}

impl Offer {
    /// What a policy has go with what was decided.
    pub(super) fn new(policy: &Policy, verdict: Verdict) -> Self {
        let rule = match verdict {
            Verdict::Spoken { reason, .. } => policy.rule(reason),
            _ => None,
        };
        let valid_secs = u16::try_from(policy.restraint.valid_secs).unwrap_or(u16::MAX);
        let placement = rule.map_or(Placement::Inline, |rule| rule.placement);
        Self { suggestion: rule.and_then(|rule| rule.suggestion), valid_secs, placement }
    }

    /// What went with a message of a time when no more was kept: every policy of then gave a minute.
    pub(super) fn of_old(verdict: Verdict) -> Self {
        let placement = match verdict {
            Verdict::Spoken { reason, .. } => Rule::usual_placement(reason),
            _ => Placement::Inline,
        };
        Self { suggestion: None, valid_secs: 60, placement }
    }
}

/// Reads an id that a tenant knows. One of another tenant's is none, and is told so in the same words.
pub(super) fn parse(tenant: &str, id: &str) -> Result<(Key, u64), Error> {
    let unknown = || Error::UnknownDecision;
    let bytes = URL_SAFE_NO_PAD.decode(id).map_err(|_| unknown())?;
    let (length, rest) = bytes.split_first().ok_or_else(unknown)?;
    let (named, rest) = rest.split_at_checked(usize::from(*length)).ok_or_else(unknown)?;
    if named != tenant.as_bytes() {
        return Err(unknown());
    }
    let (sequence, learner) = rest.split_first_chunk::<8>().ok_or_else(unknown)?;
    // Numbers begin at one; messages that an old record does not know the decisions of have none.
    let sequence = Some(u64::from_be_bytes(*sequence)).filter(|sequence| *sequence > 0).ok_or_else(unknown)?;
    // Anybody can write an id: what names no possible learner must not become a key of the store.
    let learner = std::str::from_utf8(learner).map_err(|_| unknown())?;
    let learner = Id::parse("learner_id", learner).map_err(|_| unknown())?;
    Ok((Key::new(tenant, learner.as_str()), sequence))
}
