//! One key, one certificate: what stands in the file about it.

use aws_lc_rs::{error::Unspecified, rand};
use serde::{Deserialize, Serialize};

use super::{PREFIX, decode, encode, hash};
use crate::{
    access::{Caller, Origin, Role, Roles, caller},
    event::Timestamp,
};

/// Letters of an id: short enough to be read out, and too many to meet twice.
const ID_LETTERS: usize = 12;

/// What a credential is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Whose data.
    pub tenant: String,
    /// For what, by name: `ingest`, `read`, `admin`.
    pub roles: Vec<String>,
    /// Of a credential that only reads: the classes whose learners it may see. All where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Until when, as RFC 3339 has it. For ever where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

impl Grant {
    /// Checks it.
    pub(super) fn caller(&self, origin: Origin) -> Result<Caller, String> {
        let tenant = crate::event::Tenant::parse(&self.tenant).map_err(|invalid| invalid.to_string())?;
        let roles: Roles = self.roles.iter().map(|role| role.parse::<Role>()).collect::<Result<_, _>>()?;
        if roles.is_empty() {
            return Err("roles is empty: name ingest, read or admin".to_owned());
        }
        let classes = if self.classes.is_empty() {
            None
        } else if roles.iter().any(|role| role != Role::Read) {
            return Err("classes limit what is read: they go with the role read alone".to_owned());
        } else {
            Some(caller::classes(self.classes.iter().map(String::as_str))?)
        };
        let until = match &self.expires {
            None => None,
            Some(text) => {
                let at: jiff::Timestamp =
                    text.parse().map_err(|_| format!("expires is {text:?}: such as 2027-01-31T00:00:00Z"))?;
                Some(Timestamp::from_millis(at.as_millisecond()))
            }
        };
        Ok(Caller { tenant: tenant.shared(), roles, classes, until, origin })
    }
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Names it, in logs and to revoke it.
    pub id: String,
    /// Whose it is, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Random bytes, in base64.
    pub salt: String,
    /// The SHA-256 of salt and secret, in base64.
    pub hash: String,
    /// What it is good for.
    pub grant: Grant,
}

impl Key {
    /// Makes a key. The text is what the caller is given, once: it is kept nowhere.
    ///
    /// # Errors
    /// Where the system has no randomness to give.
    pub fn new(name: Option<String>, grant: Grant) -> Result<(Self, String), Unspecified> {
        const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let (mut id, mut salt, mut secret) = ([0; ID_LETTERS], [0; 16], [0; 32]);
        rand::fill(&mut id)?;
        rand::fill(&mut salt)?;
        rand::fill(&mut secret)?;
        let id: String = id.iter().filter_map(|byte| LETTERS.get(usize::from(byte % 32))).map(|b| *b as char).collect();
        let secret = encode(&secret);
        let hash = encode(hash(&salt, &secret).as_ref());
        let text = format!("{PREFIX}{id}_{secret}");
        Ok((Self { id, name, grant, salt: encode(&salt), hash }, text))
    }

    /// Salt and hash.
    pub(super) fn hash(&self) -> Result<(Vec<u8>, Vec<u8>), String> {
        if self.id.is_empty() || self.id.contains('_') {
            return Err(format!("id is {:?}: one without `_` is needed", self.id));
        }
        let salt = decode(&self.salt).filter(|salt| salt.len() >= 8).ok_or("salt is not 8 bytes or more in base64")?;
        let hash = decode(&self.hash).filter(|hash| hash.len() == 32).ok_or("hash is not a SHA-256 in base64")?;
        Ok((salt, hash))
    }
}

/// A name that a client certificate must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// A DNS name or URI among the certificate's subject alternative names.
    pub name: String,
    /// What it is good for.
    pub grant: Grant,
}
