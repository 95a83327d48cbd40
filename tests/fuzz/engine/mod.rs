//! A fuzzer of our own, for the stable toolchain: inputs are made from a corpus by chance, and the answers guide it. Where no
//! coverage can be had, what a parser says is the next best: an input that is answered in words not heard before becomes a
//! parent of later ones.
//!
//! Every input comes of the run's seed and its own number alone, and so can be made again, but for parents found on the way:
//! a failure is therefore kept as it was.

#![allow(dead_code, unused_imports, reason = "the unit test of the program uses a part of it")]

mod answer;
mod bytes;
mod corpus;
mod odd;
mod run;
mod text;
mod wire;

pub use answer::{Answer, refused, taken};
pub use fastrand::Rng;
pub use odd::{odd_double, odd_number, odd_text};

/// How inputs are built, and so where to cut them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Bytes, packed densely.
    Bytes,
    /// Fields of protobuf.
    Wire,
    /// Lines and words.
    Text,
}

/// What is fuzzed, and with what.
pub struct Target {
    /// Its name, which its corpus is kept under.
    pub name: &'static str,
    pub shape: Shape,
    /// What inputs are made from, besides the corpus.
    pub seeds: Vec<Vec<u8>>,
    /// Makes an input from nothing, valid but for its values.
    pub make: Option<fn(&mut Rng) -> Vec<u8>>,
    /// Words that mean something to the parser.
    pub words: &'static [&'static str],
    /// The largest input, in bytes.
    pub most: usize,
    /// Inputs where `HEARTEN_FUZZ` does not say how many.
    pub usual: u64,
}

impl Target {
    pub fn new(name: &'static str, shape: Shape, usual: u64) -> Self {
        Self { name, shape, seeds: Vec::new(), make: None, words: &[], most: 4096, usual }
    }

    /// One input: made from nothing or from parents, and changed here and there.
    fn input(&self, rng: &mut Rng, parents: &[Vec<u8>]) -> Vec<u8> {
        let mut input = match self.make {
            Some(make) if parents.is_empty() || rng.bool() => make(rng),
            // What was found is mostly of a new way of being wrong: good inputs come of the good ones.
            _ if rng.u8(0..3) == 0 && !self.seeds.is_empty() => self.seeds[rng.usize(0..self.seeds.len())].clone(),
            _ => rng.choice(parents).cloned().unwrap_or_default(),
        };
        // What was made is hostile enough as it is, half of the time.
        let changes = if self.make.is_some() && rng.bool() { 0 } else { 1 + rng.u32(1..).trailing_zeros() };
        for _ in 0..changes {
            let other = rng.choice(parents).map_or(&[][..], Vec::as_slice);
            match (self.shape, rng.u8(0..4)) {
                (Shape::Wire, 0..3) => wire::change(rng, &mut input, other),
                (Shape::Text, 0..3) => text::change(rng, &mut input, other, self.words),
                _ => bytes::change(rng, &mut input, other, self.words),
            }
        }
        if rng.u16(..) == 0 {
            bytes::pump(rng, &mut input, self.most.max(1 << 16));
        } else {
            input.truncate(self.most);
        }
        input
    }
}
