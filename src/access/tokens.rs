//! JSON Web Tokens of an issuer the operator trusts: it names tenants, and is believed.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use arc_swap::ArcSwap;
use aws_lc_rs::digest::{self, SHA256};
use jsonwebtoken::{Validation, errors::ErrorKind};
use serde::Deserialize;
use serde_json::Value;
use tokio::{
    sync::{Notify, Semaphore, watch},
    time::timeout,
};

use super::{Caller, Denied, Origin, Role, Roles, caller, signers::Signers};
use crate::event::{Tenant, Timestamp};

/// Clocks of issuers may differ from ours by so many seconds.
const LEEWAY_SECS: u64 = 30;
/// Tokens that are remembered as good, so that a signature is checked once and not with every call.
const REMEMBERED: usize = 4_096;
/// How long a call may wait for the keys to be looked up.
const PATIENCE: Duration = Duration::from_secs(3);

/// How many calls may wait for that at once.
const WAITERS: usize = 32;

/// What tokens are held against.
#[derive(Debug)]
pub struct Tokens {
    issuer: String,
    audience: String,
    signers: ArcSwap<Signers>,
    /// By the hash of their text.
    good: RwLock<HashMap<[u8; 32], Arc<Caller>>>,
    /// A token came that nobody known signed: the issuer may have a new key.
    wanted: Notify,
    /// Counts how often the keys were looked up since.
    lookups: watch::Sender<u64>,
    waiters: Semaphore,
}

/// What a token says, besides what the library checks.
#[derive(Debug, Deserialize)]
struct Claims {
    /// Checked by then; a number, and not always a whole one.
    exp: Option<Value>,
    tenant: Option<String>,
    roles: Option<OneOrMany>,
    classes: Option<OneOrMany>,
}

/// Issuers write lists as lists, or as words with spaces between, as `scope` is.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn words(&self) -> Vec<&str> {
        match self {
            Self::One(text) => text.split_ascii_whitespace().collect(),
            Self::Many(words) => words.iter().map(String::as_str).collect(),
        }
    }
}

impl Tokens {
    /// Takes tokens of this issuer for this audience.
    #[must_use]
    pub fn new(issuer: impl Into<String>, audience: impl Into<String>, signers: Signers) -> Self {
        let (issuer, audience) = (issuer.into(), audience.into());
        let (signers, good) = (ArcSwap::from_pointee(signers), RwLock::default());
        Self {
            issuer,
            audience,
            signers,
            good,
            wanted: Notify::new(),
            lookups: watch::Sender::new(0),
            waiters: Semaphore::new(WAITERS),
        }
    }

    /// Goes by other keys from here on.
    pub(super) fn adopt(&self, signers: Signers) {
        self.signers.store(Arc::new(signers));
        self.good.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Resolves when the keys should be looked up before their time.
    pub async fn wanted(&self) {
        self.wanted.notified().await;
    }

    /// The keys were looked up, whatever came of it.
    pub fn done(&self) {
        self.lookups.send_modify(|count| *count += 1);
    }

    /// Has the keys looked up again. Whether that was done in time.
    pub(crate) async fn looked_up(&self) -> bool {
        // Anybody can name a key that is not there; few of them may wait.
        let Ok(_place) = self.waiters.try_acquire() else { return false };
        let mut lookups = self.lookups.subscribe();
        self.wanted.notify_one();
        timeout(PATIENCE, lookups.changed()).await.is_ok()
    }

    pub(super) fn trusts(&self, signer: &str) -> bool {
        self.signers.load().hold(signer)
    }

    pub(super) fn verify(&self, text: &str, now: Timestamp) -> Result<Arc<Caller>, Denied> {
        let print: [u8; 32] = digest::digest(&SHA256, text.as_bytes()).as_ref().try_into().unwrap_or_default();
        let known = self.good.read().unwrap_or_else(PoisonError::into_inner).get(&print).cloned();
        if let Some(caller) = known {
            return if caller.expired(now) { Err(Denied::Expired) } else { Ok(caller) };
        }
        let signers = self.signers.load_full();
        let caller = Arc::new(self.check(&signers, text)?);
        let mut good = self.good.write().unwrap_or_else(PoisonError::into_inner);
        if good.len() >= REMEMBERED {
            good.clear();
        }
        // What was checked against keys that have gone meanwhile is not remembered as good.
        if Arc::ptr_eq(&signers, &self.signers.load()) {
            good.insert(print, Arc::clone(&caller));
        }
        Ok(caller)
    }

    fn check(&self, signers: &Signers, text: &str) -> Result<Caller, Denied> {
        let header = jsonwebtoken::decode_header(text).map_err(|_| Denied::Unknown)?;
        let signer = signers.find(header.kid.as_deref()).ok_or(Denied::Signer)?;
        // The algorithm is the key's to say, never the token's.
        let mut validation = Validation::new(signer.algorithm);
        validation.leeway = LEEWAY_SECS;
        validation.validate_nbf = true;
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        let token = jsonwebtoken::decode::<Claims>(text, &signer.key, &validation).map_err(|error| refused(&error))?;
        caller_of(&token.claims, Arc::clone(&signer.thumbprint)).map_err(Denied::Token)
    }
}

fn refused(error: &jsonwebtoken::errors::Error) -> Denied {
    match error.kind() {
        ErrorKind::ExpiredSignature => Denied::Expired,
        ErrorKind::ImmatureSignature => Denied::Token("it is not valid yet (`nbf`)".to_owned()),
        ErrorKind::InvalidIssuer => Denied::Token("it is not of the issuer that is trusted here (`iss`)".to_owned()),
        ErrorKind::InvalidAudience => Denied::Token("it is not meant for this service (`aud`)".to_owned()),
        ErrorKind::MissingRequiredClaim(claim) => Denied::Token(format!("it has no `{claim}`")),
        ErrorKind::InvalidAlgorithm => Denied::Token("its `alg` is not that of the key it names".to_owned()),
        ErrorKind::Json(_) | ErrorKind::InvalidClaimFormat(_) => {
            Denied::Token("its claims are not of the kinds they should be".to_owned())
        }
        // Whatever else is wrong with it, a stranger need not know.
        _ => Denied::Unknown,
    }
}

fn caller_of(claims: &Claims, signer: Arc<str>) -> Result<Caller, String> {
    let tenant = claims.tenant.as_deref().ok_or("it has no `tenant`")?;
    let tenant = Tenant::parse(tenant).map_err(|invalid| format!("its `tenant` {}", invalid.problem))?;
    let words = claims.roles.as_ref().map(OneOrMany::words).unwrap_or_default();
    // Roles of other services may stand beside ours.
    let roles: Roles = words.iter().filter_map(|word| word.parse::<Role>().ok()).collect();
    if roles.is_empty() {
        return Err("its `roles` name none of ingest, read, admin".to_owned());
    }
    let classes = match claims.classes.as_ref() {
        None => None,
        Some(_) if roles.iter().any(|role| role != Role::Read) => {
            return Err("its `classes` limit what is read: they go with the role read alone".to_owned());
        }
        Some(ids) => Some(caller::classes(ids.words()).map_err(|problem| format!("its `classes`: {problem}"))?),
    };
    let expires = claims.exp.as_ref().and_then(Value::as_f64).ok_or("it has no `exp`")?;
    let until = (expires.round() as i64).saturating_add(LEEWAY_SECS as i64);
    let until = Some(Timestamp::from_millis(until.saturating_mul(1000)));
    Ok(Caller { tenant: tenant.shared(), roles, classes, until, origin: Origin::Token(signer) })
}
