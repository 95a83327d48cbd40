//! Changes that know nothing of what they change.

use std::ops::Range;

use fastrand::Rng;

use super::odd::{ODD_TEXTS, odd_number};

/// One change.
pub fn change(rng: &mut Rng, input: &mut Vec<u8>, other: &[u8], words: &[&str]) {
    let at = rng.usize(..=input.len());
    match rng.u8(0..11) {
        0 => {
            if let Some(byte) = input.get_mut(at) {
                *byte ^= 1 << rng.u32(0..8);
            }
        }
        1 => {
            if let Some(byte) = input.get_mut(at) {
                *byte = [0, 1, 0x7F, 0x80, 0xFF, rng.u8(..)][rng.usize(0..6)];
            }
        }
        2 => input.truncate(at),
        3 => drop(input.drain(part(rng, input.len()))),
        4 => {
            let again = input[part(rng, input.len())].to_vec();
            insert(input, at, &again);
        }
        5 => insert(input, at, &number(rng)),
        6 => {
            let number = number(rng);
            let until = (at + number.len()).min(input.len());
            input.splice(at..until, number);
        }
        // The beginning of one with the end of another.
        7 => {
            input.truncate(at);
            input.extend(&other[rng.usize(..=other.len())..]);
        }
        8 => insert(input, at, &other[part(rng, other.len())]),
        9 => {
            let word = rng.choice(words).copied().unwrap_or_else(|| ODD_TEXTS[rng.usize(0..ODD_TEXTS.len())]);
            insert(input, at, word.as_bytes());
        }
        _ => {
            let noise: Vec<u8> = (0..rng.usize(1..9)).map(|_| rng.u8(..)).collect();
            insert(input, at, &noise);
        }
    }
}

/// Repeats a part until the input is large: what costs more than it should shows here.
pub fn pump(rng: &mut Rng, input: &mut Vec<u8>, most: usize) {
    let range = part(rng, input.len());
    let piece = input[range.clone()].to_vec();
    if !piece.is_empty() {
        let times = rng.usize(1..=1 + most / piece.len());
        insert(input, range.end, &piece.repeat(times));
    }
    input.truncate(2 * most);
}

/// A part of something so long, mostly short.
pub fn part(rng: &mut Rng, length: usize) -> Range<usize> {
    let start = rng.usize(..=length);
    let most = if rng.u8(0..4) == 0 { length - start } else { (length - start).min(16) };
    start..start + rng.usize(..=most)
}

pub fn insert(input: &mut Vec<u8>, at: usize, piece: &[u8]) {
    input.splice(at..at, piece.iter().copied());
}

/// An odd number, in one of the ways in which numbers are written.
fn number(rng: &mut Rng) -> Vec<u8> {
    let number = odd_number(rng);
    match rng.u8(0..6) {
        0 => varint(number),
        1 => (number as u16).to_be_bytes().to_vec(),
        2 => (number as u32).to_be_bytes().to_vec(),
        3 => (number as u32).to_le_bytes().to_vec(),
        4 => number.to_be_bytes().to_vec(),
        _ => number.to_le_bytes().to_vec(),
    }
}

pub fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7F {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}
