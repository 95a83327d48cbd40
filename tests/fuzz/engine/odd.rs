//! Values that programs stumble over.

use fastrand::Rng;

pub const ODD_TEXTS: [&str; 24] = [
    "",
    " ",
    "\0",
    "\n",
    "\r\n",
    "\t",
    "a",
    "ana",
    "\u{FEFF}",
    "\u{202E}",
    "\u{200B}",
    "\u{FFFD}",
    "\u{10FFFF}",
    "e\u{301}",
    "\u{1F469}\u{200D}\u{1F680}",
    "İ",
    "ß",
    "../../etc/passwd",
    "%s%n",
    "NaN",
    "-0",
    "1e999",
    "9223372036854775808",
    "{{}}",
];

/// A whole number at or near a place where something ends.
pub fn odd_number(rng: &mut Rng) -> u64 {
    let near = rng.u64(0..3).wrapping_sub(1);
    match rng.u8(0..6) {
        0 => rng.u64(0..4),
        1 => (1u64 << rng.u32(0..64)).wrapping_add(near),
        2 => (i64::MIN as u64).wrapping_add(near),
        3 => u64::MAX.wrapping_add(near),
        // The years of protobuf, and its longest duration.
        4 => {
            let ends = [-62_135_596_800i64, 253_402_300_799, 315_576_000_000, -315_576_000_000, 86_400, 1_000_000_000];
            (ends[rng.usize(0..ends.len())] as u64).wrapping_add(near)
        }
        _ => rng.u64(..),
    }
}

pub fn odd_double(rng: &mut Rng) -> f64 {
    let odd = [0.0, -0.0, 1.0, 0.5, -1e-300, 1.0 + f64::EPSILON, f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    match rng.u8(0..4) {
        0 => f64::from_bits(rng.u64(..)),
        1 => rng.f64(),
        _ => odd[rng.usize(0..odd.len())],
    }
}

/// A text that is short, odd, or once in a while of 100,000 characters.
pub fn odd_text(rng: &mut Rng) -> String {
    match rng.u16(0..2000) {
        0 => rng.choice(['x', 'é', '\u{1F600}']).map(String::from).unwrap_or_default().repeat(100_000),
        1..300 => ODD_TEXTS[rng.usize(0..ODD_TEXTS.len())].to_owned(),
        300..400 => (0..rng.usize(0..8)).map(|_| rng.char(..)).collect(),
        400..500 => rng.alphanumeric().to_string().repeat(rng.usize(120..140)),
        _ => (0..rng.usize(1..6)).map(|_| rng.alphanumeric()).collect(),
    }
}
