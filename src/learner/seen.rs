//! Events that are known already, sixty bits each.

use crate::reason::Verdict;

const ID_BITS: u32 = 43;
const PAYLOAD_BITS: u32 = 8;
const VERDICT_BITS: u32 = 9;

/// A known event: 43 bits of its id's keyed hash, 8 bits of its payload's hash (one reused id in 256 goes unnoticed), and what
/// was decided. With 32 kept per learner, an event is refused as one with a reused id by mistake once in 10^11 times, and
/// taken for a known one once in 10^13.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen(pub(super) u64);

impl Seen {
    /// Remembers an event.
    #[must_use]
    pub fn new(id: u64, payload: u64, verdict: Verdict) -> Self {
        let packed = low(id, ID_BITS) << PAYLOAD_BITS | low(payload, PAYLOAD_BITS);
        Self(packed << VERDICT_BITS | u64::from(verdict.code()))
    }

    /// What is remembered of an event's id.
    #[must_use]
    pub fn short(id: u64) -> u64 {
        low(id, ID_BITS)
    }

    /// That of this event.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.0 >> (PAYLOAD_BITS + VERDICT_BITS)
    }

    /// Whether this is the event with that id.
    #[must_use]
    pub fn is(&self, id: u64) -> bool {
        self.id() == Self::short(id)
    }

    /// Whether it had that payload.
    #[must_use]
    pub fn has_payload(&self, payload: u64) -> bool {
        low(self.0 >> VERDICT_BITS, PAYLOAD_BITS) == low(payload, PAYLOAD_BITS)
    }

    /// What was decided; `None` if the bytes make no sense.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        Verdict::from_code(low(self.0, VERDICT_BITS) as u16)
    }
}

fn low(value: u64, bits: u32) -> u64 {
    value & ((1 << bits) - 1)
}

/// The nine bytes that the first two layouts kept: more of both hashes, and the end of the sequence number.
pub(super) mod old {
    use super::{ID_BITS, PAYLOAD_BITS, Seen, VERDICT_BITS, low};

    const SEQUENCE_BITS: u32 = 7;
    const OLD_PAYLOAD_BITS: u32 = 11;

    /// The event, and how far its number lies before `newest`.
    pub(in crate::learner) fn read(bytes: [u8; 9], newest: u64) -> (Seen, u64) {
        let packed = bytes.iter().fold(0u128, |packed, byte| packed << 8 | u128::from(*byte));
        let end = packed as u64 & ((1 << SEQUENCE_BITS) - 1);
        let verdict = low((packed >> SEQUENCE_BITS) as u64, VERDICT_BITS);
        let payload = low((packed >> (SEQUENCE_BITS + VERDICT_BITS)) as u64, PAYLOAD_BITS);
        let id = low((packed >> (SEQUENCE_BITS + VERDICT_BITS + OLD_PAYLOAD_BITS)) as u64, ID_BITS);
        let seen = Seen((id << PAYLOAD_BITS | payload) << VERDICT_BITS | verdict);
        (seen, newest.wrapping_sub(end) & ((1 << SEQUENCE_BITS) - 1))
    }
}
