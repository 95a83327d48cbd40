//! Decisions that were made by lot, while it is seen what comes of them.

use arrayvec::ArrayVec;

use super::{Learner, Malformed, codec::Codec};
use crate::reason::Reason;

/// How many decisions are followed at one time.
pub const FOLLOWS: usize = 2;
/// How many opportunities after a decision tell what came of it.
pub const WINDOW: u8 = 5;
/// The byte of one whose opportunities are over.
const OVER: u8 = u8::MAX;
/// That of the wording of one that was held out.
const HELD_OUT: u8 = 15;

/// A decision that was made by lot, and what came of it so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Its number. It stands in the list of what was said, for as long as it is followed.
    pub number: u64,
    /// Which wording was said, 0 to 14; `None` where it was held out.
    pub wording: Option<u8>,
    /// The chance of that wording, as [`Chance`](crate::feedback::Chance) writes it.
    pub chance: u8,
    /// The skill in hand, by the end of its hash; zero is none.
    pub skill: u16,
    /// The opportunities since; `None` once they are over, and it is only waited for the skill to come back.
    pub since: Option<Since>,
}

/// Opportunities since a decision, within the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// How many there were, at whatever items, [`WINDOW`] at most: whether the learner stayed.
    pub made: u8,
    /// Those among the first that no suggestion led to, [`WINDOW`] at most: what the rest is counted over.
    pub opportunities: u8,
    /// Those that were right without help.
    pub successes: u8,
    /// Those that were answered too quickly to have been read.
    pub rapid: u8,
}

/// Something that came of a decision made by lot, as it is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The decision's number.
    pub number: u64,
    /// What was said, or would have been.
    pub reason: Reason,
    /// What came.
    pub came: Came,
}

/// What may come of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// The opportunities that followed it in the session, all there were.
    Opportunities(Since),
    /// On another day the skill came back: whether the first answer, without help, was right.
    Return {
        /// It was.
        right: bool,
    },
}

impl Learner {
    /// Whether there is room to follow another decision.
    #[must_use]
    pub fn can_follow(&self) -> bool {
        !self.follows.is_full() || self.follows.iter().any(|follow| follow.since.is_none())
    }

    /// Whether opportunities after the decision of this number are counted.
    #[must_use]
    pub fn follows_closely(&self, number: u64) -> bool {
        self.follows.iter().any(|follow| follow.number == number && follow.since.is_some())
    }

    /// Follows a decision; the oldest that only waits for its skill gives way.
    pub fn follow(&mut self, follow: Follow) {
        if self.follows.is_full()
            && let Some(place) = self.follows.iter().position(|follow| follow.since.is_none())
        {
            self.follows.remove(place);
        }
        // Where there was no room, nothing was decided by lot.
        let _ = self.follows.try_push(follow);
    }
}

/// The list, each by its place in the list of what was said; `count` was read before.
pub(super) fn follows<C: Codec>(c: &mut C, learner: &mut Learner, count: usize) -> Result<(), Malformed> {
    let impossible = Malformed::Value("followed decision");
    let (spoken, follows) = (&learner.said.spoken, &mut learner.follows);
    while follows.len() < count {
        follows.try_push(Follow::default()).map_err(|_| impossible)?;
    }
    for follow in follows {
        let place = spoken.iter().position(|spoken| spoken.sequence == follow.number).unwrap_or_default();
        let mut packed = (place as u8) << 4 | follow.wording.unwrap_or(HELD_OUT);
        c.byte(&mut packed)?;
        let named = spoken.get(usize::from(packed >> 4)).filter(|spoken| spoken.sequence > 0);
        follow.number = named.map(|spoken| spoken.sequence).ok_or(impossible)?;
        follow.wording = Some(packed & 15).filter(|wording| *wording != HELD_OUT);
        let mut since = follow.since.map_or(OVER, Since::packed);
        c.byte(&mut since)?;
        follow.since = if since == OVER { None } else { Some(Since::unpack(since).ok_or(impossible)?) };
        if follow.since.is_some() {
            c.byte(&mut follow.chance)?;
        }
        let mut skill = follow.skill.to_be_bytes();
        c.bytes(&mut skill)?;
        follow.skill = u16::from_be_bytes(skill);
    }
    Ok(())
}

impl Since {
    /// All that there can be while more may come, 160 of them.
    fn all() -> impl Iterator<Item = Self> {
        (0..WINDOW).flat_map(|opportunities| {
            (opportunities..=WINDOW).flat_map(move |made| {
                (0..=opportunities).flat_map(move |successes| {
                    (0..=opportunities).map(move |rapid| Self { made, opportunities, successes, rapid })
                })
            })
        })
    }

    fn packed(self) -> u8 {
        // One that is none of them is over.
        Self::all().position(|since| since == self).map_or(OVER, |place| place as u8)
    }

    fn unpack(packed: u8) -> Option<Self> {
        Self::all().nth(packed.into())
    }
}

/// What came of decisions with one event: of each its opportunities and the return of its skill at most.
pub type AllFollowed = ArrayVec<Followed, { 2 * FOLLOWS }>;

/// A wording that was drawn, once it is known what came after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Of which message.
    pub reason: Reason,
    /// Which.
    pub wording: u8,
    /// The chance it had, as [`Chance`](crate::feedback::Chance) writes it.
    pub chance: u8,
    /// What came.
    pub since: Since,
}

/// All of them.
pub type AllHeard = ArrayVec<Heard, FOLLOWS>;
