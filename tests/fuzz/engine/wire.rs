//! Changes to protobuf: whole fields, their numbers, kinds and lengths.

use fastrand::Rng;

use super::{
    bytes::{part, varint},
    odd::{odd_double, odd_number, odd_text},
};

/// A field as it is on the wire.
#[derive(Clone)]
struct Field {
    number: u64,
    kind: u8,
    /// Without its length.
    payload: Vec<u8>,
}

/// One change to a message, or to one within it.
pub fn change(rng: &mut Rng, input: &mut Vec<u8>, other: &[u8]) {
    let mut fields = read(input);
    let others = read(other);
    let at = rng.usize(..=fields.len());
    match rng.u8(0..10) {
        0 if at < fields.len() => drop(fields.remove(at)),
        1 if at < fields.len() => fields.push(fields[at].clone()),
        2 => rng.shuffle(&mut fields),
        3 => fields.extend(rng.choice(&others).cloned()),
        4 if at < fields.len() => fields[at].number = [rng.u64(1..30), odd_number(rng)][rng.usize(0..2)],
        5 if at < fields.len() => fields[at].kind = rng.u8(0..8),
        // A length that is not that of what follows.
        6 if at < fields.len() => {
            let mut bytes = write(&fields[..at]);
            bytes.extend(varint(fields[at].number << 3 | 2));
            bytes.extend(varint(odd_number(rng)));
            bytes.extend(write(&fields[at..]));
            *input = bytes;
            return;
        }
        7 => fields.insert(at, made(rng)),
        // Within.
        _ => {
            if let Some(field) = fields.get_mut(at) {
                match field.kind {
                    2 if rng.bool() => change(rng, &mut field.payload, other),
                    2 if rng.bool() => field.payload = odd_text(rng).into_bytes(),
                    2 => drop(field.payload.drain(part(rng, field.payload.len()))),
                    0 => field.payload = varint(odd_number(rng)),
                    1 => field.payload = odd_double(rng).to_le_bytes().to_vec(),
                    _ => field.payload = (odd_number(rng) as u32).to_le_bytes().to_vec(),
                }
            }
        }
    }
    *input = write(&fields);
}

fn made(rng: &mut Rng) -> Field {
    let (number, kind) = (rng.u64(1..30), rng.u8(0..6));
    let payload = match kind {
        0 => varint(odd_number(rng)),
        1 => odd_number(rng).to_le_bytes().to_vec(),
        2 => odd_text(rng).into_bytes(),
        5 => (odd_number(rng) as u32).to_le_bytes().to_vec(),
        _ => Vec::new(),
    };
    Field { number, kind, payload }
}

/// The fields of a message, as far as it is one.
fn read(mut rest: &[u8]) -> Vec<Field> {
    let mut fields = Vec::new();
    while let Some(tag) = read_varint(&mut rest) {
        let kind = (tag & 7) as u8;
        let payload = match kind {
            0 => read_varint(&mut rest).map(varint),
            1 => take(&mut rest, 8),
            2 => read_varint(&mut rest).and_then(|length| take(&mut rest, length)),
            5 => take(&mut rest, 4),
            _ => Some(Vec::new()),
        };
        let Some(payload) = payload else { break };
        fields.push(Field { number: tag >> 3, kind, payload });
    }
    fields
}

fn read_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn take(rest: &mut &[u8], length: u64) -> Option<Vec<u8>> {
    let (payload, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    *rest = after;
    Some(payload.to_vec())
}

fn write(fields: &[Field]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for Field { number, kind, payload } in fields {
        bytes.extend(varint(number << 3 | u64::from(*kind)));
        if *kind == 2 {
            bytes.extend(varint(payload.len() as u64));
        }
        bytes.extend(payload);
    }
    bytes
}
