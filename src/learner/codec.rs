//! One description of the layout, run by a writer and by a reader, so that the two cannot disagree.

use arrayvec::{ArrayString, ArrayVec};

use super::{F24, LogOdds};

/// Bytes that are not a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The record ends too early.
    #[error("the record is cut short")]
    Short,
    /// The record goes on after its end.
    #[error("the record has bytes left over")]
    Long,
    /// A value that no learner can have.
    #[error("the record holds an impossible {0}")]
    Value(&'static str),
    /// A layout this release does not know.
    #[error("the record has version {0}, which this release does not know")]
    Version(u8),
}

/// Visits every field in order: the writer reads them, the reader fills them in.
pub(super) trait Codec: Sized {
    /// It fills them in.
    const READS: bool;

    /// Fixed bytes.
    fn bytes<const N: usize>(&mut self, bytes: &mut [u8; N]) -> Result<(), Malformed>;

    #[inline]
    fn byte(&mut self, value: &mut u8) -> Result<(), Malformed> {
        let mut bytes = [*value];
        self.bytes(&mut bytes)?;
        [*value] = bytes;
        Ok(())
    }

    /// Bytes that were written before. A reader knows no length for them.
    fn slice(&mut self, bytes: &[u8]) -> Result<(), Malformed> {
        bytes.iter().try_for_each(|byte| self.byte(&mut byte.clone()))
    }

    /// A whole number in as many bytes as it needs, seven bits each.
    #[inline]
    fn varint(&mut self, value: &mut u64) -> Result<(), Malformed> {
        if !Self::READS {
            let mut rest = *value;
            while rest > 0x7F {
                self.byte(&mut (rest as u8 | 0x80))?;
                rest >>= 7;
            }
            return self.byte(&mut (rest as u8));
        }
        *value = 0;
        for shift in (0..64).step_by(7) {
            let mut byte = 0;
            self.byte(&mut byte)?;
            let bits = u64::from(byte & 0x7F);
            if bits << shift >> shift != bits {
                return Err(Malformed::Value("number"));
            }
            *value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(());
            }
        }
        Err(Malformed::Value("number"))
    }

    #[inline]
    fn small(&mut self, value: &mut u32) -> Result<(), Malformed> {
        let mut wide = u64::from(*value);
        self.varint(&mut wide)?;
        *value = u32::try_from(wide).map_err(|_| Malformed::Value("count"))?;
        Ok(())
    }

    #[inline]
    fn smaller(&mut self, value: &mut u16) -> Result<(), Malformed> {
        let mut wide = u32::from(*value);
        self.small(&mut wide)?;
        *value = u16::try_from(wide).map_err(|_| Malformed::Value("count"))?;
        Ok(())
    }

    /// Four bytes that do not shrink, for hashes.
    #[inline]
    fn hash(&mut self, value: &mut u32) -> Result<(), Malformed> {
        let mut bytes = value.to_be_bytes();
        self.bytes(&mut bytes)?;
        *value = u32::from_be_bytes(bytes);
        Ok(())
    }

    #[inline]
    fn scalar(&mut self, value: &mut F24) -> Result<(), Malformed> {
        let mut bytes = value.to_bytes();
        self.bytes(&mut bytes)?;
        *value = F24::from_bytes(bytes);
        Ok(())
    }

    #[inline]
    fn log_odds(&mut self, value: &mut LogOdds) -> Result<(), Malformed> {
        let mut bytes = value.to_bytes();
        self.bytes(&mut bytes)?;
        *value = LogOdds::from_bytes(bytes);
        Ok(())
    }

    /// A scalar that no event could take below zero or above `most`.
    #[inline]
    fn bounded(&mut self, value: &mut F24, most: f32, what: &'static str) -> Result<(), Malformed> {
        self.scalar(value)?;
        if !Self::READS || (0.0..=most).contains(&value.get()) { Ok(()) } else { Err(Malformed::Value(what)) }
    }

    /// Up to eight flags in a byte.
    #[inline]
    fn flags<const N: usize>(&mut self, flags: [&mut bool; N]) -> Result<(), Malformed> {
        let mut byte = flags.iter().rev().fold(0, |byte, flag| byte << 1 | u8::from(**flag));
        self.byte(&mut byte)?;
        if u32::from(byte) >> N != 0 {
            return Err(Malformed::Value("flag"));
        }
        for (place, flag) in flags.into_iter().enumerate() {
            *flag = byte >> place & 1 == 1;
        }
        Ok(())
    }

    /// A bounded list.
    #[inline]
    fn list<T: Default, const N: usize>(
        &mut self,
        items: &mut ArrayVec<T, N>,
        mut item: impl FnMut(&mut Self, &mut T) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        let mut length = items.len() as u8;
        self.byte(&mut length)?;
        let length = usize::from(length);
        if length > N {
            return Err(Malformed::Value("length"));
        }
        while items.len() < length {
            items.push(T::default());
        }
        items.iter_mut().try_for_each(|each| item(self, each))
    }

    /// A short text.
    fn text<const N: usize>(&mut self, text: &mut ArrayString<N>) -> Result<(), Malformed> {
        let mut bytes: ArrayVec<u8, N> = text.bytes().collect();
        self.list(&mut bytes, |c, byte| c.byte(byte))?;
        let read = std::str::from_utf8(&bytes).map_err(|_| Malformed::Value("text"))?;
        *text = ArrayString::from(read).map_err(|_| Malformed::Value("text"))?;
        Ok(())
    }

    /// A count relative to another, which is usually close.
    #[inline]
    fn relative(&mut self, value: &mut u64, base: u64) -> Result<(), Malformed> {
        let mut distance = zigzag(base.wrapping_sub(*value));
        self.varint(&mut distance)?;
        if Self::READS {
            *value = base.wrapping_sub(unzigzag(distance));
        }
        Ok(())
    }

    /// The same for one that may be missing: zero is none, everything else is one off.
    #[inline]
    fn optional(&mut self, value: &mut Option<u64>, base: u64) -> Result<(), Malformed> {
        let mut coded = value.map_or(0, |value| zigzag(base.wrapping_sub(value)).saturating_add(1));
        self.varint(&mut coded)?;
        if Self::READS {
            *value = coded.checked_sub(1).map(|distance| base.wrapping_sub(unzigzag(distance)));
        }
        Ok(())
    }
}

/// Small distances, either way, to small numbers.
fn zigzag(distance: u64) -> u64 {
    let sign = if distance >> 63 == 1 { u64::MAX } else { 0 };
    distance << 1 ^ sign
}

fn unzigzag(coded: u64) -> u64 {
    coded >> 1 ^ (coded & 1).wrapping_neg()
}

/// Writes into room that is there already, so that nothing has to grow and nothing can fail.
pub(super) struct Writer<'a> {
    room: &'a mut [u8],
    written: usize,
}

impl<'a> Writer<'a> {
    /// With room for more than will ever be written.
    pub(super) fn new(room: &'a mut [u8]) -> Self {
        Self { room, written: 0 }
    }

    /// What was written.
    pub(super) fn finish(self) -> &'a [u8] {
        // Rather nothing at all than half a record.
        assert!(self.written <= self.room.len(), "what is written is shorter than the room for it");
        self.room.get(..self.written).unwrap_or_default()
    }

    #[inline]
    fn rest(&mut self) -> &mut [u8] {
        self.room.get_mut(self.written..).unwrap_or_default()
    }
}

impl Codec for Writer<'_> {
    const READS: bool = false;

    #[inline]
    fn bytes<const N: usize>(&mut self, bytes: &mut [u8; N]) -> Result<(), Malformed> {
        if let Some(place) = self.rest().first_chunk_mut::<N>() {
            *place = *bytes;
        }
        self.written += N;
        Ok(())
    }

    #[inline]
    fn slice(&mut self, bytes: &[u8]) -> Result<(), Malformed> {
        if let Some(place) = self.rest().get_mut(..bytes.len()) {
            place.copy_from_slice(bytes);
        }
        self.written += bytes.len();
        Ok(())
    }
}

/// Reads a record.
pub(super) struct Reader<'a>(pub &'a [u8]);

impl Codec for Reader<'_> {
    const READS: bool = true;

    fn bytes<const N: usize>(&mut self, bytes: &mut [u8; N]) -> Result<(), Malformed> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or(Malformed::Short)?;
        *bytes = *head;
        self.0 = rest;
        Ok(())
    }
}
