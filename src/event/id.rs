//! Ids: what platforms may call things.

use std::{fmt, hash::Hasher, sync::Arc};

use siphasher::sip::SipHasher13;

use super::Invalid;

/// The longest id, in bytes.
pub const MAX_ID_BYTES: usize = 128;

/// 1 to 128 bytes of printable text.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Arc<str>);

/// The same where it is looked at and not kept.
#[derive(Clone, Copy)]
pub struct Name<'a>(&'a str);

impl<'a> Name<'a> {
    /// Checks a required id; `field` is named if it does not hold.
    pub fn parse(field: &str, text: &'a str) -> Result<Self, Invalid> {
        if text.is_empty() {
            return Err(Invalid::new(field, "is required: 1 to 128 bytes of printable text"));
        }
        if text.len() > MAX_ID_BYTES {
            return Err(Invalid::new(
                field,
                format!("is {} bytes long: at most {MAX_ID_BYTES} are allowed", text.len()),
            ));
        }
        // Most are plain, and that is told at a glance.
        let plain = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let odd = |c: &char| c.is_control() || is_invisible(*c);
        if !plain && let Some(found) = text.chars().find(odd) {
            let code = u32::from(found);
            return Err(Invalid::new(field, format!("holds U+{code:04X}: only printable text is allowed")));
        }
        Ok(Self(text))
    }

    /// Checks an id that may be left out.
    pub fn parse_optional(field: &str, text: &'a str) -> Result<Option<Self>, Invalid> {
        if text.is_empty() { Ok(None) } else { Self::parse(field, text).map(Some) }
    }

    /// A short hash that is the same on every machine.
    #[must_use]
    pub fn short_hash(self) -> u32 {
        stable_hash(b'i', &[self.0]) as u32
    }
}

impl<'a> From<&'a Id> for Name<'a> {
    fn from(id: &'a Id) -> Self {
        Self(&id.0)
    }
}

impl Id {
    /// Checks a required id; `field` is named if it does not hold.
    pub fn parse(field: &str, text: &str) -> Result<Self, Invalid> {
        Name::parse(field, text).map(|name| Self(name.0.into()))
    }

    /// Checks an id that may be left out.
    pub fn parse_optional(field: &str, text: &str) -> Result<Option<Self>, Invalid> {
        if text.is_empty() { Ok(None) } else { Self::parse(field, text).map(Some) }
    }

    /// As the platform wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Shared, for keys.
    #[must_use]
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// A hash nobody can invert or collide without the key.
    #[must_use]
    pub fn keyed_hash(&self, secret: &[u8; 16]) -> u64 {
        SipHasher13::new_with_key(secret).hash(self.0.as_bytes())
    }
}

/// Ids are personal data: they stay out of logs, and so out of `Debug`.
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Id(..)")
    }
}

/// The hash that items and their parts are kept under, the same on every machine.
#[must_use]
pub fn item_hash(item: Name<'_>, part: Option<Name<'_>>) -> u64 {
    match part {
        Some(part) => stable_hash(b'p', &[item.0, part.0]),
        None => stable_hash(b'p', &[item.0]),
    }
}

/// The hash that skills are kept under, the same on every machine.
#[must_use]
pub fn skill_hash(skill: Name<'_>) -> u64 {
    stable_hash(b's', &[skill.0])
}

/// The hash that time zones are kept under, the same on every machine.
#[must_use]
pub fn zone_hash(name: &str) -> u32 {
    stable_hash(b'z', &[name]) as u32
}

/// The 48-bit hash that classes are kept under, the same on every machine; never zero, which means none. Of a hundred
/// thousand classes two share one once in fifty thousand times.
#[must_use]
pub fn class_hash(class: Name<'_>) -> u64 {
    (stable_hash(b'c', &[class.0]) >> 16).max(1)
}

fn stable_hash(domain: u8, parts: &[&str]) -> u64 {
    let mut hasher = SipHasher13::new_with_keys(0x6865_6172_7465_6e21, u64::from(domain));
    for part in parts {
        hasher.write(part.as_bytes());
        // No id holds a zero byte, so parts cannot run into each other.
        hasher.write_u8(0);
    }
    hasher.finish()
}

/// Line breaks, direction overrides and whatever else Unicode shows nothing for (`Default_Ignorable_Code_Point`, without
/// the variation selectors that emoji and names need): they make two ids look like one.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}
