//! Messages of the API, written as protobuf straight from what is known.
//!
//! An answer to an event made as a struct first is some thirty texts and lists, each with memory of its own, all of it looked through
//! once more at every level to learn how long it will be. Whoever wants such a struct reads what was written ([`Written::read`]), so
//! that there is one description of each message.

use std::fmt;

use arrayvec::ArrayVec;

/// A message, or the fields of one so far. Like every proto3 message it leaves out what is zero or empty.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Written(Vec<u8>);

/// It may hold ids and texts, which stay out of logs.
impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Written({} bytes)", self.0.len())
    }
}

/// How a field's value is laid out (protobuf, "Message Structure").
#[derive(Clone, Copy)]
#[repr(u32)]
enum Kind {
    Varint = 0,
    Fixed64 = 1,
    Delimited = 2,
}

impl Written {
    /// With room for so many bytes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// A message that was made as a struct.
    pub(super) fn of(message: &impl prost::Message) -> Self {
        Self(message.encode_to_vec())
    }

    /// The message as a struct.
    pub(super) fn read<M: prost::Message + Default>(&self) -> M {
        // It was written by this program, and nothing can be wrong with it.
        let read = M::decode(self.bytes());
        debug_assert!(read.is_ok(), "{:?}", read.err());
        read.unwrap_or_default()
    }

    /// As it goes over the wire.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// A whole number, or the number of an enum's value.
    #[inline]
    pub(super) fn number(&mut self, field: u32, value: impl Into<u64>) {
        let value = value.into();
        if value != 0 {
            self.key(field, Kind::Varint);
            self.varint(value);
        }
    }

    pub(super) fn flag(&mut self, field: u32, holds: bool) {
        self.number(field, holds);
    }

    pub(super) fn double(&mut self, field: u32, value: f64) {
        if value != 0.0 {
            self.key(field, Kind::Fixed64);
            self.0.extend_from_slice(&value.to_le_bytes());
        }
    }

    pub(super) fn text(&mut self, field: u32, text: &str) {
        if !text.is_empty() {
            self.delimited(field, text.as_bytes());
        }
    }

    /// Fields that were written before.
    pub(super) fn fields(&mut self, written: &Self) {
        self.0.extend_from_slice(&written.0);
    }

    /// A message that was made as a struct, there even if it is empty.
    pub(super) fn made(&mut self, field: u32, message: &impl prost::Message) {
        self.delimited(field, &message.encode_to_vec());
    }

    /// A message, there even if it is empty.
    pub(super) fn message(&mut self, field: u32, write: impl FnOnce(&mut Self)) {
        self.key(field, Kind::Delimited);
        // Most are shorter than what one byte can tell; a longer one moves to make room.
        self.0.push(0);
        let begins = self.0.len();
        write(self);
        let length = (self.0.len() - begins) as u64;
        if length < 0x80 {
            self.0.get_mut(begins - 1).into_iter().for_each(|place| *place = length as u8);
        } else {
            self.0.splice(begins - 1..begins, varint(length));
        }
    }

    fn delimited(&mut self, field: u32, bytes: &[u8]) {
        self.key(field, Kind::Delimited);
        self.varint(bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    #[inline]
    fn key(&mut self, field: u32, kind: Kind) {
        self.varint(u64::from(field << 3 | kind as u32));
    }

    /// Nearly all are small: keys, enums, lengths.
    #[inline]
    fn varint(&mut self, value: u64) {
        if value < 0x80 {
            self.0.push(value as u8);
        } else {
            self.0.extend_from_slice(&varint(value));
        }
    }
}

/// Seven bits a byte, the lowest first.
fn varint(mut value: u64) -> ArrayVec<u8, 10> {
    let mut bytes = ArrayVec::new();
    while value > 0x7F {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use prost::Message as _;

    use super::*;
    use crate::rpc::pb;

    fn signal() -> impl Strategy<Value = pb::Signal> {
        let value = prop_oneof![Just(0.0), any::<i32>().prop_map(f64::from)];
        (".{0,40}", 0..5i32, value.clone(), value).prop_map(|(name, head, value, contribution)| pb::Signal {
            name,
            head,
            value,
            contribution,
        })
    }

    proptest! {
        /// Byte for byte what prost makes of the same, whatever lengths and numbers there are.
        #[test]
        fn it_is_written_as_prost_writes_it(
            signals in proptest::collection::vec(signal(), 0..12),
            attempts: u32,
            version: u64,
            reported: bool,
        ) {
            let estimate = pb::Estimate { self_reported: reported, ..pb::Estimate::default() };
            let made = pb::Assessment {
                wheel_spinning: Some(estimate),
                attempts,
                signals,
                model_version: "m".repeat(attempts as usize % 300),
                statistics_version: version,
                ..pb::Assessment::default()
            };
            let mut written = Written::default();
            written.message(4, |estimate| estimate.flag(5, reported));
            written.number(6, attempts);
            for signal in &made.signals {
                written.message(7, |to| {
                    to.text(1, &signal.name);
                    to.number(2, signal.head as u64);
                    to.double(3, signal.value);
                    to.double(4, signal.contribution);
                });
            }
            written.text(8, &made.model_version);
            written.number(9, version);
            prop_assert_eq!(written.bytes(), made.encode_to_vec());
            prop_assert_eq!(written.read::<pb::Assessment>(), made.clone());
            let mut around = Written::default();
            around.made(4, &made);
            let reply = pb::Reply { assessment: Some(made), ..pb::Reply::default() };
            prop_assert_eq!(around, Written::of(&reply));
        }
    }
}
