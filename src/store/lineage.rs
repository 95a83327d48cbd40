//! Which commits build on one another.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Commits of one learner that build on one another, from one loading of the record on. When one of them finds that the record was
/// changed elsewhere, those after it were made of what nobody has: all of them are refused.
#[derive(Clone, Debug, Default)]
pub struct Lineage(Arc<AtomicBool>);

impl Lineage {
    /// Whether a commit of it was refused.
    #[must_use]
    pub fn broken(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    /// Nothing of it is to be taken any more.
    pub fn break_off(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether both are the same.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
