//! Keys of our own, and the file they stand in.
//!
//! A key reads `hearten_ID_SECRET`. The file holds the id and a salted SHA-256 of the secret: 256 random bits cannot be
//! guessed, however fast the hash, so nothing slower is needed, and every call can afford it.

mod entry;

use std::{collections::HashMap, sync::Arc};

use aws_lc_rs::{constant_time, digest};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

pub use self::entry::{Certificate, Grant, Key};
use super::{Caller, Denied, Origin};
use crate::event::Timestamp;

/// What every key begins with, so that scanners for leaked secrets know one.
pub const PREFIX: &str = "hearten_";

/// A keys file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct Unusable {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
}

/// The file, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ring {
    /// The keys.
    #[serde(default, rename = "key", skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Key>,
    /// The names in client certificates.
    #[serde(default, rename = "certificate", skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<Certificate>,
}

impl Ring {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Unusable`], with the line.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let before = text.get(..start).unwrap_or(text);
            let problem = error.message().lines().collect::<Vec<_>>().join(", ");
            Unusable { line: 1 + before.matches('\n').count(), problem }
        })
    }

    /// As it is written.
    ///
    /// # Errors
    /// Where the format cannot say it; none of ours is such.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        const HEAD: &str =
            "# Written by `hearten keys`. It holds salted hashes: the keys themselves are kept nowhere.\n\n";
        Ok(format!("{HEAD}{}", toml::to_string(self)?))
    }
}

/// A key and what it says of its caller.
#[derive(Clone, Debug)]
struct Known {
    salt: Vec<u8>,
    hash: Vec<u8>,
    caller: Arc<Caller>,
}

/// Everything in the file, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    keys: HashMap<Arc<str>, Known>,
    certificates: HashMap<Arc<str>, Arc<Caller>>,
}

impl Keys {
    /// Reads a file and holds it against every rule.
    ///
    /// # Errors
    /// [`Unusable`], with the line where there is one.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        let ring = Ring::parse(text)?;
        let mut keys = Self::default();
        let at = |place: usize, table: &str, problem: String| {
            let header = format!("[[{table}]]");
            let line = text.lines().enumerate().filter(|(_, line)| line.trim() == header).nth(place);
            Unusable { line: line.map_or(1, |(number, _)| number + 1), problem }
        };
        for (place, key) in ring.keys.into_iter().enumerate() {
            let id: Arc<str> = Arc::from(key.id.as_str());
            let wrong = |problem| at(place, "key", problem);
            let caller = key.grant.caller(Origin::Key(Arc::clone(&id))).map_err(wrong)?;
            let (salt, hash) = key.hash().map_err(wrong)?;
            let known = Known { salt, hash, caller: Arc::new(caller) };
            if keys.keys.insert(Arc::clone(&id), known).is_some() {
                return Err(at(place, "key", format!("the key {id:?} is there already")));
            }
        }
        for (place, certificate) in ring.certificates.into_iter().enumerate() {
            let name: Arc<str> = Arc::from(certificate.name.as_str());
            let wrong = |problem| at(place, "certificate", problem);
            let caller = certificate.grant.caller(Origin::Certificate(Arc::clone(&name))).map_err(wrong)?;
            if !name.contains("://") && !name.bytes().all(plain) {
                let problem = format!("name is {name:?}: a DNS name in small letters, or a URI, is needed");
                return Err(at(place, "certificate", problem));
            }
            if keys.certificates.insert(Arc::clone(&name), Arc::new(caller)).is_some() {
                return Err(at(place, "certificate", format!("the certificate {name:?} is there already")));
            }
        }
        Ok(keys)
    }

    /// How many there are, certificates included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len() + self.certificates.len()
    }

    /// Whether nobody could be let in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a certificate alone may let somebody in.
    #[must_use]
    pub fn certifies_any(&self) -> bool {
        !self.certificates.is_empty()
    }

    /// Whose key this is.
    pub(super) fn find(&self, text: &str, now: Timestamp) -> Result<Arc<Caller>, Denied> {
        let (id, secret) = text.strip_prefix(PREFIX).and_then(|rest| rest.split_once('_')).ok_or(Denied::Unknown)?;
        let known = self.keys.get(id).ok_or(Denied::Unknown)?;
        let hash = hash(&known.salt, secret);
        if constant_time::verify_slices_are_equal(hash.as_ref(), &known.hash).is_err() {
            return Err(Denied::Unknown);
        }
        if known.caller.expired(now) { Err(Denied::Expired) } else { Ok(Arc::clone(&known.caller)) }
    }

    /// Whom the names in a certificate stand for: the first that is known.
    pub(super) fn certified(&self, names: &[Box<str>], now: Timestamp) -> Result<Arc<Caller>, Denied> {
        if names.is_empty() {
            return Err(Denied::Missing);
        }
        let known = names.iter().find_map(|name| self.certificates.get(&**name)).ok_or(Denied::Unknown)?;
        if known.expired(now) { Err(Denied::Expired) } else { Ok(Arc::clone(known)) }
    }

    pub(super) fn knows(&self, id: &str, caller: &Caller) -> bool {
        self.keys.get(id).is_some_and(|known| *known.caller == *caller)
    }

    pub(super) fn certifies(&self, name: &str, caller: &Caller) -> bool {
        self.certificates.get(name).is_some_and(|known| **known == *caller)
    }
}

/// What stands in DNS names, as certificates have them.
fn plain(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_')
}

/// What is kept of a secret.
fn hash(salt: &[u8], secret: &str) -> digest::Digest {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(salt);
    context.update(secret.as_bytes());
    context.finish()
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
