//! What is added to item statistics by no event, and goes into the store with the next.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use super::turn::Added;
use crate::{
    statistics::{Subject, Sums},
    store::Receipt,
};

/// Those that are not known to be on disk.
#[derive(Debug, Default)]
pub(super) struct Notes {
    waiting: Mutex<Vec<Note>>,
    /// There may be some, told without waiting.
    any: AtomicBool,
    events: AtomicU64,
}

/// An event that notes were given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bearer(u64);

#[derive(Debug)]
struct Note {
    subject: Subject,
    sums: Sums,
    /// It was given to an event that is not committed yet.
    with: Option<Bearer>,
    /// That of the commit it went with.
    receipt: Option<Receipt>,
}

impl Note {
    /// It is on disk.
    fn is_kept(&self) -> bool {
        matches!(self.receipt.as_ref().and_then(Receipt::outcome), Some(Ok(())))
    }

    /// It did not get there, or was never sent.
    fn waits(&self) -> bool {
        self.with.is_none() && self.receipt.as_ref().is_none_or(|receipt| matches!(receipt.outcome(), Some(Err(_))))
    }
}

impl Notes {
    pub fn add(&self, subject: Subject, sums: Sums) {
        self.waiting().push(Note { subject, sums, with: None, receipt: None });
        self.any.store(true, Ordering::Release);
    }

    /// Adds those that wait to what an event adds. Where there were any, [`Notes::went_with`] is to be told how it was committed.
    pub fn go_with(&self, added: &mut Added) -> Option<Bearer> {
        if !self.any.load(Ordering::Acquire) {
            return None;
        }
        let mut notes = self.waiting();
        notes.retain(|note| !note.is_kept());
        self.any.store(!notes.is_empty(), Ordering::Release);
        let (before, bearer) = (added.len(), Bearer(self.events.fetch_add(1, Ordering::Relaxed)));
        for note in notes.iter_mut().filter(|note| note.waits()) {
            note.with = Some(bearer);
            added.push((note.subject, note.sums));
        }
        (added.len() > before).then_some(bearer)
    }

    /// They are on their way to the disk, and go again with another event if they do not get there.
    pub fn went_with(&self, bearer: Bearer, receipt: &Receipt) {
        for note in self.waiting().iter_mut().filter(|note| note.with == Some(bearer)) {
            (note.with, note.receipt) = (None, Some(receipt.clone()));
        }
    }

    /// A list is whole between any two changes.
    fn waiting(&self) -> MutexGuard<'_, Vec<Note>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Error;

    fn went(notes: &Notes) -> (usize, Option<Bearer>) {
        let mut added = Added::new();
        let bearer = notes.go_with(&mut added);
        (added.len(), bearer)
    }

    #[test]
    fn each_goes_until_it_is_kept_whatever_becomes_of_the_others() {
        let notes = Notes::default();
        assert_eq!(went(&notes), (0, None));
        notes.add(Subject::Harm(1), Sums::default());
        let (count, first) = went(&notes);
        notes.add(Subject::Harm(2), Sums::default());
        let (more, second) = went(&notes);
        assert_eq!((count, more, went(&notes)), (1, 1, (0, None)), "what is on its way goes once");
        notes.went_with(first.unwrap(), &Receipt::settled(Ok(())));
        notes.went_with(second.unwrap(), &Receipt::settled(Err(Error::Conflict)));
        let (again, third) = went(&notes);
        assert_eq!(again, 1, "only the one that did not get there");
        notes.went_with(third.unwrap(), &Receipt::settled(Ok(())));
        assert_eq!(went(&notes), (0, None));
        assert!(!notes.any.load(Ordering::Acquire));
    }
}
