//! How keys and values look on disk. A change here is a new [`FORMAT`].

use super::fault::Fault;
use crate::store::{Key, Record};

/// Goes up whenever an older Hearten could misread what a newer one wrote.
pub(super) const FORMAT: u32 = 1;

/// Where the format number is kept, among the store's facts about itself.
pub(super) const FORMAT_KEY: &str = "format";
/// Where the secret is kept.
pub(super) const SECRET_KEY: &str = "secret";

/// Tenant, then learner, each after its length: no two pairs share a key, and no learner's key begins another's.
pub(super) fn learner_key(key: &Key) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 + key.tenant.len() + key.learner.len() + 8);
    for part in [&key.tenant, &key.learner] {
        // Ids have 128 bytes at most; what is too long for its length is too long for the engine and refused there.
        bytes.extend(u16::try_from(part.len()).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    bytes
}

/// The learner's key, then the number big-endian: a learner's decisions lie together, oldest first.
pub(super) fn decision_key(key: &Key, number: u64) -> Vec<u8> {
    let mut bytes = learner_key(key);
    bytes.extend(number.to_be_bytes());
    bytes
}

/// Tenant after its length, then the class: what the rows of a class begin with.
pub(super) fn class_key(tenant: &str, class: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(10 + tenant.len());
    bytes.extend(u16::try_from(tenant.len()).unwrap_or(u16::MAX).to_be_bytes());
    bytes.extend(tenant.as_bytes());
    bytes.extend(class.to_be_bytes());
    bytes
}

/// The class's key, then the learner's id: a class's learners lie together, by id.
pub(super) fn attention_key(key: &Key, class: u64) -> Vec<u8> {
    let mut bytes = class_key(&key.tenant, class);
    bytes.extend(key.learner.as_bytes());
    bytes
}

/// The version first, so that it can be read without knowing the record.
pub(super) fn record_value(record: &Record) -> Vec<u8> {
    let mut value = Vec::with_capacity(8 + record.bytes.len());
    value.extend(record.version.to_be_bytes());
    value.extend(&record.bytes);
    value
}

/// Version and bytes of what [`record_value`] wrote.
pub(super) fn split_record(value: &[u8]) -> Result<(u64, &[u8]), Fault> {
    let (version, bytes) = value.split_first_chunk().ok_or(Fault::Unreadable("a learner's record"))?;
    Ok((u64::from_be_bytes(*version), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(tenant: &str, learner: &str) -> Vec<u8> {
        learner_key(&Key { tenant: tenant.into(), learner: learner.into() })
    }

    #[test]
    fn keys_are_unambiguous() {
        assert_ne!(key("a", "bc"), key("ab", "c"));
        assert!(!key("a", "bc").starts_with(&key("a", "b")));
    }

    #[test]
    fn keys_look_like_this_for_ever() {
        assert_eq!(key("default", "ana"), b"\0\x07default\0\x03ana");
        let ana = Key { tenant: "default".into(), learner: "ana".into() };
        assert_eq!(decision_key(&ana, 258), b"\0\x07default\0\x03ana\0\0\0\0\0\0\x01\x02");
        assert_eq!(attention_key(&ana, 258), b"\0\x07default\0\0\0\0\0\0\x01\x02ana");
    }

    #[test]
    fn records_look_like_this_for_ever() {
        let value = record_value(&Record { version: 258, bytes: b"record".to_vec() });
        assert_eq!(value, b"\0\0\0\0\0\0\x01\x02record");
        assert_eq!(split_record(&value).unwrap(), (258, b"record".as_slice()));
        assert!(split_record(b"short").is_err());
    }
}
