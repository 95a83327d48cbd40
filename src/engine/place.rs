//! How a learner is kept in memory: ready for the next event, or as the bytes that are on disk.
//!
//! A record that is ready takes more than twice the room of its bytes, and a class that has gone home is not worth that. Reading it
//! back takes a microsecond or two.

use super::hot::Slot;
use crate::{
    event::Timestamp,
    learner::{Learner, Malformed},
};

/// A learner in memory.
#[derive(Debug)]
pub(super) enum Place {
    /// Ready.
    Open(Box<Slot>),
    /// Not heard of for a while, with nothing pending.
    Packed(Box<[u8]>, Timestamp),
}

impl Place {
    pub fn of(learner: Learner, touched: Timestamp) -> Self {
        Self::Open(Box::new(Slot::new(learner, touched)))
    }

    /// Makes it ready.
    ///
    /// # Errors
    /// Never: what was packed was whole.
    pub fn open(&mut self) -> Result<&mut Slot, Malformed> {
        if let Self::Packed(bytes, touched) = self {
            *self = Self::of(Learner::decode(bytes)?, *touched);
        }
        match self {
            Self::Open(slot) => Ok(slot),
            Self::Packed(..) => Err(Malformed::Short),
        }
    }

    /// It, if it is ready.
    pub fn opened(&self) -> Option<&Slot> {
        match self {
            Self::Open(slot) => Some(slot),
            Self::Packed(..) => None,
        }
    }

    /// When it was last used.
    pub fn touched(&self) -> Timestamp {
        match self {
            Self::Open(slot) => slot.touched,
            Self::Packed(_, touched) => *touched,
        }
    }

    /// Keeps what is on disk, where that is all there is.
    pub fn pack(&mut self) {
        if let Self::Open(slot) = self
            && slot.learner.version() > 0
            && slot.is_kept()
        {
            *self = Self::Packed(slot.learner.encode().into_boxed_slice(), slot.touched);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Error, Receipt};

    fn known() -> Learner {
        Learner { sequence: 7, ..Learner::default() }
    }

    #[test]
    fn what_is_kept_is_what_was_there() {
        let mut place = Place::of(known(), Timestamp::from_millis(5));
        place.pack();
        assert!(place.opened().is_none());
        assert_eq!(place.touched(), Timestamp::from_millis(5));
        assert_eq!(place.open().unwrap().learner, known());
        assert_eq!(place.touched(), Timestamp::from_millis(5));
    }

    #[test]
    fn whoever_has_something_pending_or_is_not_known_stays_ready() {
        let failed = Receipt::settled(Err(Error::Conflict));
        for (learner, receipt) in [(Learner::default(), None), (known(), Some(failed))] {
            let mut place = Place::of(learner, Timestamp::default());
            place.open().unwrap().receipt = receipt;
            place.pack();
            assert!(place.opened().is_some());
        }
    }
}
