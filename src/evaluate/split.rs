//! Learners split into folds by a hash of their id: the same on every machine, whatever the order of the log.

use siphasher::sip::SipHasher13;

/// A way to split learners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Another seed, another split.
    pub seed: u64,
}

impl Split {
    /// One learner in this many is held out.
    pub const HELD_OUT: u64 = 5;

    /// A learner's fold of so many.
    #[must_use]
    pub fn fold(self, learner: &str, folds: u64) -> u64 {
        self.hash(learner, 1) % folds
    }

    /// Whether nothing may be fitted to this learner.
    #[must_use]
    pub fn holds_out(self, learner: &str) -> bool {
        self.hash(learner, 0).is_multiple_of(Self::HELD_OUT)
    }

    fn hash(self, learner: &str, purpose: u64) -> u64 {
        SipHasher13::new_with_keys(self.seed, purpose).hash(learner.as_bytes())
    }
}

impl Default for Split {
    fn default() -> Self {
        Self { seed: 1 }
    }
}
