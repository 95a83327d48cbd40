//! A hash of what happened, kept with the event's id.

use arrayvec::ArrayVec;
use siphasher::sip::SipHasher13;

use super::{Action, Event, Feeling, MAX_SKILLS, Mode};

/// The most words an event has: eight, and its skills.
const MOST: usize = 9 * (8 + MAX_SKILLS);

impl Event {
    /// Tells an event sent again from an id used again. When and how it was sent do not count. The record keeps a part of
    /// it, so it is the same in every release and on every machine: fields one by one, each with a number of its own.
    #[must_use]
    pub fn contents(&self) -> u64 {
        let mut words = Words::default();
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
        SipHasher13::new().hash(&words.0)
    }
}

/// Numbered words. They are hashed at once, which is several times as quick as one by one.
#[derive(Default)]
struct Words(ArrayVec<u8, MOST>);

impl Words {
    fn put(&mut self, number: u8, word: u64) {
        let [a, b, c, d, e, f, g, h] = word.to_le_bytes();
        // There is room for all there is.
        let _ = self.0.try_extend_from_slice(&[number, a, b, c, d, e, f, g, h]);
    }

    fn put_known(&mut self, number: u8, word: Option<u64>) {
        if let Some(word) = word {
            self.put(number, word);
        }
    }
}
