//! How keys and values look on disk. A change here is a new [`FORMAT`].

use super::fault::Fault;
use crate::{
    event::{Tenant, Timestamp},
    statistics::Subject,
    store::{Key, Record},
};

/// Goes up whenever an older Hearten could misread what a newer one wrote.
pub(super) const FORMAT: u32 = 1;
/// The format from the first learner on who was erased for good. A Hearten that knows no tombstones would let late events bring
/// them back, so it must not open the store; one in which nobody was erased it may.
pub(super) const ERASED_FORMAT: u32 = 2;
/// The format from the first record on that stood in a batch's row. A Hearten that knows no such rows would go on from older records,
/// and leave what files hold of them where it erases.
pub(super) const BEHIND_FORMAT: u32 = 3;

/// Where the format number is kept, among the store's facts about itself.
pub(super) const FORMAT_KEY: &str = "format";
/// Where the secret is kept.
pub(super) const SECRET_KEY: &str = "secret";
/// Set since it is kept when learners were heard of, and decisions made.
pub(super) const TIMES_KEY: &str = "times";
/// Set while rows are gone whose bytes may still stand in files.
pub(super) const SCRUB_KEY: &str = "scrub";
/// No row of any table has this key: it is too short.
pub(super) const NO_KEY: [u8; 1] = [0];

/// Tenant, then learner, each after its length: no two pairs share a key, and no learner's key begins another's.
pub(super) fn learner_key(key: &Key) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 + key.tenant().len() + key.learner().len() + 8);
    for part in [key.tenant(), key.learner()] {
        // Ids have 128 bytes at most; what is too long for its length is too long for the engine and refused there.
        bytes.extend(u16::try_from(part.len()).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    bytes
}

/// The key that [`learner_key`] wrote.
pub(super) fn split_learner(bytes: &[u8]) -> Option<Key> {
    fn part<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (part, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        *bytes = rest;
        std::str::from_utf8(part).ok()
    }
    let mut rest = bytes;
    let (tenant, learner) = (part(&mut rest)?, part(&mut rest)?);
    rest.is_empty().then(|| Key::new(tenant, learner))
}

/// The learner's key, then the number big-endian: a learner's decisions lie together, oldest first.
pub(super) fn decision_key(key: &Key, number: u64) -> Vec<u8> {
    let mut bytes = learner_key(key);
    bytes.extend(number.to_be_bytes());
    bytes
}

/// A learner was last heard of in this hour.
const HEARD: u8 = 0;
/// The same by hours, so that those nobody has heard of are found first.
const BY_HOUR: u8 = 1;
/// A decision was logged at this time.
const LOGGED: u8 = 2;
/// The same by times.
const BY_TIME: u8 = 3;

/// Learners are heard of to the hour: the row changes once an hour, not with every commit.
pub(super) fn hour(at: Timestamp) -> u32 {
    u32::try_from(at.as_millis() / 3_600_000).unwrap_or_default()
}

/// Where it is kept in which hour a learner was last heard of.
pub(super) fn heard_key(learner: &[u8]) -> Vec<u8> {
    [&[HEARD], learner].concat()
}

/// The learner's row among those last heard of in this hour.
pub(super) fn by_hour_key(hour: u32, learner: &[u8]) -> Vec<u8> {
    [&[BY_HOUR], &hour.to_be_bytes()[..], learner].concat()
}

/// The learner's key of what [`by_hour_key`] wrote.
pub(super) fn split_by_hour(key: &[u8]) -> Option<&[u8]> {
    Some(key.strip_prefix(&[BY_HOUR])?.split_first_chunk::<4>()?.1)
}

/// Where it is kept when a decision was logged.
pub(super) fn logged_key(decision: &[u8]) -> Vec<u8> {
    [&[LOGGED], decision].concat()
}

/// How times are kept: what is older comes first.
pub(super) fn time(at: Timestamp) -> [u8; 8] {
    u64::try_from(at.as_millis()).unwrap_or_default().to_be_bytes()
}

/// The decision's row among those logged at this time.
pub(super) fn by_time_key(time: [u8; 8], decision: &[u8]) -> Vec<u8> {
    [&[BY_TIME], &time[..], decision].concat()
}

/// Time and decision's key of what [`by_time_key`] wrote.
pub(super) fn split_by_time(key: &[u8]) -> Option<([u8; 8], &[u8])> {
    let (time, decision) = key.strip_prefix(&[BY_TIME])?.split_first_chunk()?;
    Some((*time, decision))
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
    let mut bytes = class_key(key.tenant(), class);
    bytes.extend(key.learner().as_bytes());
    bytes
}

/// The subject alone for the default tenant, as it was when there was no other; else tenant after its length, then the subject.
/// A subject always has nine bytes, so a key of nine is the default tenant's and what stands before the last nine of a longer
/// one is another's. A Hearten that knows no tenants refuses the longer ones, and so adds nobody's sums to anybody's.
pub(super) fn sums_key(tenant: &str, subject: Subject) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(11 + tenant.len());
    if tenant != Tenant::DEFAULT {
        bytes.extend(u16::try_from(tenant.len()).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend(tenant.as_bytes());
    }
    bytes.extend(subject.to_bytes());
    bytes
}

/// Tenant and subject of what [`sums_key`] wrote.
pub(super) fn split_sums(key: &[u8]) -> Option<(&str, Subject)> {
    let (named, subject) = key.split_last_chunk::<9>()?;
    let subject = Subject::from_bytes(subject)?;
    if named.is_empty() {
        return Some((Tenant::DEFAULT, subject));
    }
    let (length, name) = named.split_first_chunk()?;
    let whole = usize::from(u16::from_be_bytes(*length)) == name.len();
    Some((std::str::from_utf8(name).ok().filter(|_| whole)?, subject))
}

/// What a batch added to sums, by its number among those whose sums are not written yet: no key of sums begins so.
pub(super) fn added_key(number: u64) -> [u8; 9] {
    let [a, b, c, d, e, f, g, h] = number.to_be_bytes();
    [ADDED, a, b, c, d, e, f, g, h]
}

/// What the keys of [`added_key`] begin with. Tenants' names are far shorter than what this would begin the length of, and no
/// subject has this number.
pub(super) const ADDED: u8 = 0xFF;

/// Before a record stands its version, so that it can be read without knowing the record.
pub(super) const VERSION_BYTES: usize = 8;

pub(super) fn record_value(record: &Record) -> Vec<u8> {
    let mut value = Vec::with_capacity(VERSION_BYTES + record.bytes.len());
    put_record(&mut value, record);
    value
}

/// Puts a record as [`record_value`] writes it behind what is there.
pub(super) fn put_record(value: &mut Vec<u8>, record: &Record) {
    value.extend(record.version.to_be_bytes());
    value.extend(&record.bytes);
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
        learner_key(&Key::new(tenant, learner))
    }

    #[test]
    fn keys_are_unambiguous() {
        assert_ne!(key("a", "bc"), key("ab", "c"));
        assert!(!key("a", "bc").starts_with(&key("a", "b")));
    }

    #[test]
    fn keys_look_like_this_for_ever() {
        assert_eq!(key("default", "ana"), b"\0\x07default\0\x03ana");
        let ana = Key::new("default", "ana");
        assert_eq!(decision_key(&ana, 258), b"\0\x07default\0\x03ana\0\0\0\0\0\0\x01\x02");
        assert_eq!(attention_key(&ana, 258), b"\0\x07default\0\0\0\0\0\0\x01\x02ana");
    }

    #[test]
    fn times_look_like_this_for_ever() {
        let (ana, at) = (key("default", "ana"), Timestamp::from_millis(258 * 3_600_000 + 7));
        assert_eq!(split_learner(&ana), Some(Key::new("default", "ana")));
        assert_eq!(split_learner(&ana[..ana.len() - 1]), None);
        assert_eq!(heard_key(&ana), b"\0\0\x07default\0\x03ana");
        let by_hour = by_hour_key(hour(at), &ana);
        assert_eq!(by_hour, b"\x01\0\0\x01\x02\0\x07default\0\x03ana");
        assert_eq!(split_by_hour(&by_hour), Some(&*ana));
        assert_eq!(logged_key(&ana), b"\x02\0\x07default\0\x03ana");
        let by_time = by_time_key(time(Timestamp::from_millis(258)), &ana);
        assert_eq!(by_time, b"\x03\0\0\0\0\0\0\x01\x02\0\x07default\0\x03ana");
        assert_eq!(split_by_time(&by_time), Some((258_u64.to_be_bytes(), &*ana)));
        assert_eq!(time(Timestamp::from_millis(-1)), [0; 8]);
    }

    #[test]
    fn sums_look_like_this_for_ever() {
        let keys: [(&str, Subject, &[u8]); 9] = [
            ("default", Subject::All, b"\0\0\0\0\0\0\0\0\0"),
            ("default", Subject::Skill(258), b"\x01\0\0\0\0\0\0\x01\x02"),
            ("default", Subject::Item(1 << 63), b"\x02\x80\0\0\0\0\0\0\0"),
            ("default", Subject::Wording(1 << 63), b"\x03\x80\0\0\0\0\0\0\0"),
            ("default", Subject::Harm(8), b"\x04\0\0\0\0\0\0\0\x08"),
            ("default", Subject::Look(8, 2), b"\x05\0\0\0\0\0\0\x08\x02"),
            ("north", Subject::All, b"\0\x05north\0\0\0\0\0\0\0\0\0"),
            ("north", Subject::Item(258), b"\0\x05north\x02\0\0\0\0\0\0\x01\x02"),
            ("", Subject::All, b"\0\0\0\0\0\0\0\0\0\0\0"),
        ];
        for (tenant, subject, bytes) in keys {
            assert_eq!(sums_key(tenant, subject), bytes);
            assert_eq!(split_sums(bytes), Some((tenant, subject)));
        }
        let mistaken: [&[u8]; 4] =
            [b"\0\0\0", b"\0\0\0\0\0\0\0\0\0\0", b"\0\x06north\0\0\0\0\0\0\0\0\0", b"\x06\0\0\0\0\0\0\0\0"];
        for bytes in mistaken {
            assert_eq!(split_sums(bytes), None);
        }
    }

    #[test]
    fn records_look_like_this_for_ever() {
        let value = record_value(&Record { version: 258, bytes: b"record".to_vec() });
        assert_eq!(value, b"\0\0\0\0\0\0\x01\x02record");
        assert_eq!(split_record(&value).unwrap(), (258, b"record".as_slice()));
        assert!(split_record(b"short").is_err());
    }
}
