//! Messages on the wire, counted before they are decoded: an empty message in a list takes two bytes there and some hundred in
//! memory, so that a request of the largest size could become three hundred times as much.

use std::marker::PhantomData;

use prost::{
    Message,
    bytes::{Buf, BufMut as _},
    encoding::{DecodeContext, WireType, decode_key, skip_field},
};
use tonic::{
    Status,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
};
use tonic_prost::{ProstCodec, ProstDecoder, ProstEncoder};

use super::{status::Refusal, wire::Written};

/// The most fields a request may have at its top: twice what the largest batch has.
const MOST_FIELDS: usize = 2_048;

/// protobuf, with a bound on how many fields a message has.
#[derive(Clone, Debug)]
pub struct Counted<T, U>(ProstCodec<T, U>);

impl<T, U> Default for Counted<T, U> {
    fn default() -> Self {
        Self(ProstCodec::default())
    }
}

impl<T, U> Codec for Counted<T, U>
where
    T: Message + Send + 'static,
    U: Message + Default + Send + 'static,
{
    type Encode = T;
    type Decode = U;
    type Encoder = ProstEncoder<T>;
    type Decoder = Counting<U>;

    fn encoder(&mut self) -> Self::Encoder {
        self.0.encoder()
    }

    fn decoder(&mut self) -> Self::Decoder {
        Counting(self.0.decoder())
    }
}

/// What was written already, in answer to what is counted and decoded.
#[derive(Clone, Debug)]
pub(super) struct Plain<U>(PhantomData<U>);

impl<U> Default for Plain<U> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<U: Message + Default + Send + 'static> Codec for Plain<U> {
    type Encode = Written;
    type Decode = U;
    type Encoder = Copying;
    type Decoder = Counting<U>;

    fn encoder(&mut self) -> Copying {
        Copying
    }

    fn decoder(&mut self) -> Self::Decoder {
        Counted::<U, U>::default().decoder()
    }
}

/// Hands on what was written.
#[derive(Clone, Debug)]
pub(super) struct Copying;

impl Encoder for Copying {
    type Item = Written;
    type Error = Status;

    fn encode(&mut self, written: Written, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(written.bytes());
        Ok(())
    }
}

/// Counts, then decodes.
#[derive(Clone, Debug)]
pub struct Counting<U>(ProstDecoder<U>);

impl<U: Message + Default> Decoder for Counting<U> {
    type Item = U;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<U>, Status> {
        // What is small cannot have many, and what is in one piece can be looked at first.
        let (whole, message) = (buffer.remaining(), buffer.chunk());
        if whole > MOST_FIELDS && message.len() == whole && fields(message) > MOST_FIELDS {
            return Err(Refusal::too_many_fields(MOST_FIELDS).into());
        }
        self.0.decode(buffer)
    }
}

/// How many fields a message has; as far as they can be read, the decoder says the rest.
fn fields(mut message: &[u8]) -> usize {
    let mut count = 0;
    while message.has_remaining() && count <= MOST_FIELDS {
        let Ok((number, kind)) = decode_key(&mut message) else { break };
        if kind == WireType::EndGroup || skip_field(kind, number, &mut message, DecodeContext::default()).is_err() {
            break;
        }
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_counted_and_garbage_is_left_to_the_decoder() {
        assert_eq!(fields(&[]), 0);
        assert_eq!(fields(&[0x0a, 0].repeat(7)), 7);
        assert_eq!(fields(&[0x0a, 2, 0x0a, 0, 0x10, 1]), 2);
        assert!(fields(&[0x0a, 0].repeat(1 << 20)) > MOST_FIELDS);
        for garbage in [&[0xff; 20][..], &[0x0a, 200], &[0x0c], &[0x0b]] {
            assert_eq!(fields(garbage), 0);
        }
    }
}
