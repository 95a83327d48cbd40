//! A hash of what happened, kept with the event's id.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::{Action, Event, Feeling, Mode};

impl Event {
    /// Tells an event sent again from an id used again. When and how it was sent do not count. The record keeps a part of
    /// it, so it is the same in every release and on every machine: fields one by one, each with a number of its own.
    #[must_use]
    pub fn contents(&self) -> u64 {
        let mut words = Words(SipHasher13::new());
        words.put(
            0,
            match self.mode {
                Mode::Practice => 0,
                Mode::Graded => 1,
                Mode::Exam => 2,
            },
        );
        words.put_known(1, self.item);
        for skill in &self.skills {
            words.put(2, *skill);
        }
        words.put_known(3, self.clocks.occurred_at.map(|at| at.as_millis() as u64));
        words.put(4, u64::from(self.untimed));
        words.put_known(5, self.device_seq);
        match self.action {
            Action::Attempt(attempt) => {
                words.put(10, u64::from(attempt.correct) | u64::from(attempt.last) << 1);
                words.put_known(11, attempt.response_ms.map(u64::from));
                words.put_known(12, attempt.number.map(u64::from));
            }
            Action::Hint(hint) => words.put(20, u64::from(hint.level) << 1 | u64::from(hint.bottom_out)),
            Action::Skip => words.put(21, 0),
            Action::ItemStarted => words.put(22, 0),
            Action::FocusChanged { hidden } => words.put(23, u64::from(hidden)),
            Action::SelfReport { feeling, thousandths } => {
                let feeling = match feeling {
                    Feeling::Frustration => 0,
                    Feeling::Confidence => 1,
                };
                words.put(24, u64::from(thousandths) << 1 | feeling);
            }
            Action::ContentFault => words.put(25, 0),
            Action::SessionEnded => words.put(26, 0),
        }
        words.0.finish()
    }
}

/// Numbered words, hashed.
struct Words(SipHasher13);

impl Words {
    fn put(&mut self, number: u8, word: u64) {
        self.0.write(&[number]);
        self.0.write(&word.to_le_bytes());
    }

    fn put_known(&mut self, number: u8, word: Option<u64>) {
        if let Some(word) = word {
            self.put(number, word);
        }
    }
}
