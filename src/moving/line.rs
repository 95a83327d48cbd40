//! What stands in one line: a learner, sums, a policy, a hash of somebody erased, the store's secret.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};

use crate::{
    engine::Logged,
    event::Timestamp,
    learner,
    messages::message_id,
    reason::Verdict,
    statistics::{Subject, Sums},
    store::{About, Kept, Key, Published, Record, Whole},
};

/// A learner with everything that is theirs.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Learner {
    pub tenant: String,
    pub learner: String,
    version: u64,
    heard_at_ms: Option<i64>,
    record: String,
    pub decisions: Vec<Decision>,
    classes: Vec<u64>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Decision {
    number: u64,
    at_ms: Option<i64>,
    entry: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<u8>,
}

/// Sums as they are stored; a subject is nine bytes in hexadecimal, since many readers take large numbers for fractions.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Statistics {
    tenant: String,
    subject: String,
    sums: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Policy {
    tenant: String,
    policy: String,
    published_at_ms: i64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tombstone {
    hash: String,
}

/// What the store hashes event ids and those who were erased with.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Secret {
    secret: String,
}

impl From<Whole> for Learner {
    /// Where the store does not know when something was, what it stored does.
    fn from(whole: Whole) -> Self {
        let Whole { key, record, heard_at, decisions, classes } = whole;
        let last_at = || learner::Learner::decode(&record.bytes).ok()?.clock.last_at;
        let heard_at = heard_at.or_else(last_at);
        let decisions = decisions.into_iter().map(|kept| Decision {
            number: kept.number,
            at_ms: kept.at.or_else(|| decided_at(&kept.bytes)).or(heard_at).map(Timestamp::as_millis),
            entry: STANDARD.encode(kept.bytes),
            outcome: kept.outcome,
        });
        Self {
            tenant: key.tenant().to_string(),
            learner: key.learner().to_string(),
            version: record.version,
            heard_at_ms: heard_at.map(Timestamp::as_millis),
            record: STANDARD.encode(&record.bytes),
            decisions: decisions.collect(),
            classes,
        }
    }
}

fn decided_at(entry: &[u8]) -> Option<Timestamp> {
    let secs = i64::try_from(Logged::decode(entry).ok()?.trace.at_secs?).ok()?;
    Some(Timestamp::from_millis(secs.saturating_mul(1_000)))
}

impl Learner {
    /// The learner as a store takes it, if everything can be read.
    pub(super) fn whole(self) -> Result<Whole, String> {
        let bytes = bytes(&self.record, "the record")?;
        let decoded = learner::Learner::decode(&bytes).map_err(|error| format!("the record: {error}"))?;
        if decoded.version() != self.version {
            return Err(format!("the record has version {}, not {}", decoded.version(), self.version));
        }
        let decisions = self.decisions.into_iter().map(|decision| {
            let at = decision.at_ms.map(Timestamp::from_millis);
            let bytes = bytes_of(&decision.entry, || format!("decision {}", decision.number))?;
            about(&bytes).ok_or_else(|| format!("decision {} cannot be read", decision.number))?;
            Ok(Kept { number: decision.number, at, bytes, outcome: decision.outcome })
        });
        Ok(Whole {
            key: Key::new(&self.tenant, &self.learner),
            record: Record { version: self.version, bytes },
            heard_at: self.heard_at_ms.map(Timestamp::from_millis),
            decisions: decisions.collect::<Result<_, String>>()?,
            classes: self.classes,
        })
    }
}

/// What a logged decision is about.
pub(super) fn about(entry: &[u8]) -> Option<About> {
    let logged = Logged::decode(entry).ok()?;
    let (reason, message_id) = match logged.trace.verdict {
        Verdict::Spoken { reason, wording } => {
            (reason, logged.message.map_or_else(|| message_id(reason, wording), |message| message.id))
        }
        Verdict::Silent { instead_of: Some(reason), .. } if logged.trial.is_some() => (reason, String::new()),
        _ => (logged.followed.first()?.reason, String::new()),
    };
    Some(About { reason, message_id, policy_version: logged.policy_version })
}

impl Statistics {
    pub(super) fn new(tenant: &str, subject: Subject, sums: Sums) -> Self {
        let subject = subject.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { tenant: tenant.to_owned(), subject, sums: STANDARD.encode(sums.to_bytes()) }
    }

    pub(super) fn sums(self) -> Result<(String, Subject, Sums), String> {
        let read = |place| u8::from_str_radix(self.subject.get(place..place + 2)?, 16).ok();
        let subject: Option<Vec<u8>> = (0..18).step_by(2).map(read).collect();
        let subject = subject.and_then(|bytes| Subject::from_bytes(&bytes)).ok_or("the subject cannot be read")?;
        let sums = Sums::from_bytes(&bytes(&self.sums, "the sums")?).ok_or("the sums cannot be read")?;
        Ok((self.tenant, subject, sums))
    }
}

impl From<Published> for Policy {
    fn from(Published { tenant, policy, at }: Published) -> Self {
        Self { tenant, policy, published_at_ms: at.as_millis() }
    }
}

impl From<Policy> for Published {
    fn from(Policy { tenant, policy, published_at_ms }: Policy) -> Self {
        Self { tenant, policy, at: Timestamp::from_millis(published_at_ms) }
    }
}

impl Tombstone {
    pub(super) fn new(hash: [u8; 16]) -> Self {
        Self { hash: STANDARD.encode(hash) }
    }

    pub(super) fn hash(&self) -> Result<[u8; 16], String> {
        sixteen(&self.hash, "the hash")
    }
}

impl Secret {
    pub(super) fn new(secret: [u8; 16]) -> Self {
        Self { secret: STANDARD.encode(secret) }
    }

    pub(super) fn secret(&self) -> Result<[u8; 16], String> {
        sixteen(&self.secret, "the secret")
    }
}

fn bytes(text: &str, what: &str) -> Result<Vec<u8>, String> {
    bytes_of(text, || what.to_owned())
}

fn bytes_of(text: &str, what: impl Fn() -> String) -> Result<Vec<u8>, String> {
    STANDARD.decode(text).map_err(|error| format!("{} is not base64: {error}", what()))
}

fn sixteen(text: &str, what: &str) -> Result<[u8; 16], String> {
    bytes(text, what)?.try_into().map_err(|_| format!("{what} does not have sixteen bytes"))
}
