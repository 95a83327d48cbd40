//! Changes to text: whole lines and words, numbers, and what stands between them.

use std::ops::Range;

use fastrand::Rng;

use super::odd::{ODD_TEXTS, odd_double, odd_number};

/// One change.
pub fn change(rng: &mut Rng, input: &mut Vec<u8>, other: &[u8], words: &[&str]) {
    match rng.u8(0..11) {
        0 => {
            let line = line(rng, input);
            input.drain(line);
        }
        1 => {
            let (line, at) = (line(rng, input), line(rng, input).start);
            let again = input[line].to_vec();
            input.splice(at..at, again);
        }
        2 => {
            let (line, at) = (line(rng, other), line(rng, input).start);
            input.splice(at..at, other[line].iter().copied());
        }
        3 => {
            let (here, there) = (line(rng, input), line(rng, other));
            input.splice(here, other[there].iter().copied());
        }
        4 => {
            let word = word(rng, input);
            input.drain(word);
        }
        5 | 6 => {
            let (place, new) = (word(rng, input), known(rng, words));
            input.splice(place, new.bytes());
        }
        7 => {
            let (at, new) = (word(rng, input).start, known(rng, words));
            input.splice(at..at, new.bytes());
        }
        8 => {
            let (place, number) = (number_in(rng, input), number(rng));
            input.splice(place, number.bytes());
        }
        9 => {
            let (here, there) = (word(rng, input), word(rng, input));
            let new = input[there].to_vec();
            input.splice(here, new);
        }
        _ => {
            let (here, there) = (word(rng, input), word(rng, other));
            input.splice(here, other[there].iter().copied());
        }
    }
}

/// A line with its end.
fn line(rng: &mut Rng, text: &[u8]) -> Range<usize> {
    let at = rng.usize(..=text.len());
    let start = text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = text[at..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| at + end + 1);
    start..end
}

/// Letters and digits as far as they go, or one of what stands between.
fn word(rng: &mut Rng, text: &[u8]) -> Range<usize> {
    let at = rng.usize(..=text.len());
    let letter = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') || *byte >= 0x80;
    run(text, at, letter)
}

/// A number, if there is one behind a place taken by chance.
fn number_in(rng: &mut Rng, text: &[u8]) -> Range<usize> {
    let at = rng.usize(..=text.len());
    let found = text[at..].iter().position(u8::is_ascii_digit).map_or(at, |found| at + found);
    run(text, found, |byte| byte.is_ascii_digit() || *byte == b'.')
}

fn run(text: &[u8], at: usize, belongs: impl Fn(&u8) -> bool) -> Range<usize> {
    let start = text[..at].iter().rposition(|byte| !belongs(byte)).map_or(0, |before| before + 1);
    let end = text[at..].iter().position(|byte| !belongs(byte)).map_or(text.len(), |end| at + end);
    if start < end { start..end } else { at..(at + 1).min(text.len()) }
}

fn known<'a>(rng: &mut Rng, words: &[&'a str]) -> &'a str {
    let odd = ODD_TEXTS[rng.usize(0..ODD_TEXTS.len())];
    if rng.u8(0..8) == 0 { odd } else { rng.choice(words).copied().unwrap_or(odd) }
}

/// A number as text.
fn number(rng: &mut Rng) -> String {
    match rng.u8(0..5) {
        0 => (odd_number(rng) as i64).to_string(),
        1 => odd_double(rng).to_string(),
        2 => format!("{}.{}", rng.u8(0..3), rng.u16(..)),
        3 => format!("0x{:x}", odd_number(rng)),
        _ => rng.u8(0..110).to_string(),
    }
}
