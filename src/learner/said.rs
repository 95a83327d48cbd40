//! What was said to the learner, and what became of it.

use arrayvec::ArrayVec;

use crate::reason::{Outcome, Reason};

/// How many messages are remembered: as many as a day may have.
pub const SPOKEN: usize = 10;

/// Further dismissals of one reason are not counted.
pub const DISMISSALS: u8 = 3;

/// What was said, and when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Per reason, the wording last heard, from 1; zero is none, fifteen is before the first.
    pub wordings: [u8; Reason::ALL.len()],
    /// Per reason, how many of its messages were dismissed or found unhelpful since one was found helpful, three at most.
    pub dismissals: [u8; Reason::ALL.len()],
    /// The last messages, newest last.
    pub spoken: ArrayVec<Spoken, SPOKEN>,
}

/// Before the first wording.
const BEFORE_FIRST: u8 = 15;

impl Said {
    /// The most wordings of a reason that can be told apart.
    pub const MOST_WORDINGS: u8 = BEFORE_FIRST - 1;

    /// The wording of a reason that is next after those heard, of so many; `None` where none was heard yet.
    #[must_use]
    pub fn next_wording(&self, reason: Reason, count: u8) -> Option<u8> {
        match self.wordings.get(reason as usize - 1).copied().unwrap_or_default() {
            0 => None,
            BEFORE_FIRST => Some(0),
            last => Some(last % count.max(1)),
        }
    }

    /// The wording of a reason last heard, if that is known.
    #[must_use]
    pub fn last_wording(&self, reason: Reason) -> Option<u8> {
        let last = self.wordings.get(reason as usize - 1).copied().unwrap_or_default();
        last.checked_sub(1).filter(|_| last != BEFORE_FIRST)
    }

    /// A wording of a reason is said.
    pub fn heard(&mut self, reason: Reason, wording: u8) {
        if let Some(last) = self.wordings.get_mut(reason as usize - 1) {
            *last = (wording + 1).min(Self::MOST_WORDINGS);
        }
    }

    /// The wording last said was not heard.
    pub fn step_back(&mut self, reason: Reason) {
        if let Some(last) = self.wordings.get_mut(reason as usize - 1) {
            *last = if *last <= 1 { BEFORE_FIRST } else { *last - 1 };
        }
    }

    /// It was heard after all.
    pub fn step_forward(&mut self, reason: Reason) {
        if let Some(last) = self.wordings.get_mut(reason as usize - 1) {
            *last = if *last >= Self::MOST_WORDINGS { 1 } else { *last + 1 };
        }
    }
}

/// One message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The number of its decision; zero where that is not known, or where a policy only watched.
    pub sequence: u64,
    /// Why.
    pub reason: Reason,
    /// When, by the server's clock, in seconds; zero where there was none.
    pub at_secs: u64,
    /// The learner's time at work, in seconds.
    pub active_secs: u64,
    /// The learner's opportunities.
    pub opportunity: u32,
    /// It was in the session under way.
    pub in_session: bool,
    /// What became of it, if that was reported.
    pub outcome: Option<Outcome>,
    /// A trial held it out: it counts like any other, and was not said.
    pub held_out: bool,
}

/// Stands where an outcome would.
const HELD_OUT: u8 = 6;

impl Default for Spoken {
    fn default() -> Self {
        Self {
            sequence: 0,
            reason: Reason::ErrorRun,
            at_secs: 0,
            active_secs: 0,
            opportunity: 0,
            in_session: false,
            outcome: None,
            held_out: false,
        }
    }
}

impl Spoken {
    /// A byte that [`Spoken::unpack`] reads back.
    pub(super) fn packed(&self) -> u8 {
        let outcome = if self.held_out { HELD_OUT } else { self.outcome.map_or(0, |outcome| outcome as u8) };
        (self.reason as u8) << 4 | u8::from(self.in_session) << 3 | outcome
    }

    /// Reads a byte; whether it makes sense.
    pub(super) fn unpack(&mut self, packed: u8) -> bool {
        let Some(reason) = Reason::from_number(u16::from(packed >> 4)) else { return false };
        self.reason = reason;
        self.in_session = packed >> 3 & 1 == 1;
        self.held_out = packed & 7 == HELD_OUT;
        self.outcome = Outcome::from_number(packed & 7);
        packed & 7 == 0 || self.held_out || self.outcome.is_some()
    }
}
