//! Events that are known already, nine bytes each.

use crate::reason::Verdict;

const ID_BITS: u32 = 45;
const PAYLOAD_BITS: u32 = 11;
const VERDICT_BITS: u32 = 9;
const SEQUENCE_BITS: u32 = 7;

/// A known event: 45 bits of its id's keyed hash (with 32 kept per learner, an event is taken for a known one by mistake
/// once in 10^12), 11 bits of its payload's hash (one reused id in 2,048 goes unnoticed), what was decided, and the end of
/// its sequence number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen(pub(super) [u8; 9]);

impl Seen {
    /// Remembers an event.
    #[must_use]
    pub fn new(id: u64, payload: u64, verdict: Verdict, sequence: u64) -> Self {
        let mut packed = low(id, ID_BITS);
        packed = packed << PAYLOAD_BITS | low(payload, PAYLOAD_BITS);
        packed = packed << VERDICT_BITS | u128::from(verdict.code());
        packed = packed << SEQUENCE_BITS | low(sequence, SEQUENCE_BITS);
        let mut bytes = [0; 9];
        for (byte, from) in bytes.iter_mut().zip(packed.to_be_bytes().into_iter().skip(16 - 9)) {
            *byte = from;
        }
        Self(bytes)
    }

    /// Whether this is the event with that id.
    #[must_use]
    pub fn is(&self, id: u64) -> bool {
        self.field(PAYLOAD_BITS + VERDICT_BITS + SEQUENCE_BITS, ID_BITS) == low(id, ID_BITS)
    }

    /// Whether it had that payload.
    #[must_use]
    pub fn has_payload(&self, payload: u64) -> bool {
        self.field(VERDICT_BITS + SEQUENCE_BITS, PAYLOAD_BITS) == low(payload, PAYLOAD_BITS)
    }

    /// What was decided; `None` if the bytes make no sense.
    #[must_use]
    pub fn verdict(&self) -> Option<Verdict> {
        Verdict::from_code(self.field(SEQUENCE_BITS, VERDICT_BITS) as u16)
    }

    /// Its sequence number, given the newest. Between two events come two nudges at most, so the last 32 lie well within
    /// the 128 that seven bits tell apart.
    #[must_use]
    pub fn sequence(&self, newest: u64) -> u64 {
        let end = self.field(0, SEQUENCE_BITS) as u64;
        newest.saturating_sub(newest.wrapping_sub(end) & ((1 << SEQUENCE_BITS) - 1))
    }

    fn field(&self, shift: u32, bits: u32) -> u128 {
        let packed = self.0.iter().fold(0u128, |packed, byte| packed << 8 | u128::from(*byte));
        packed >> shift & ((1 << bits) - 1)
    }
}

fn low(value: u64, bits: u32) -> u128 {
    u128::from(value & ((1 << bits) - 1))
}
