//! What came of an input, as far as it tells answers apart.

use std::hash::{DefaultHasher, Hash, Hasher};

/// What came of an input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    pub taken: bool,
    /// Answers of one kind say the same about different values.
    pub kind: u64,
}

/// It is good. Whatever tells good inputs apart is their kind.
pub fn taken(kind: impl Hash) -> Answer {
    Answer { taken: true, kind: hash((true, kind)) }
}

/// It is refused in these words. Numbers, and what is quoted, make no other kind of them.
pub fn refused(words: &str) -> Answer {
    let mut quoted = false;
    let plain = words.chars().filter(|c| {
        let quote = matches!(c, '`' | '"');
        quoted ^= quote;
        !quoted && !quote && !c.is_ascii_digit()
    });
    Answer { taken: false, kind: hash((false, plain.take(200).collect::<String>())) }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
