//! What is left to chance: whether a message is held out, and which of its wordings is said.
//!
//! Lots are drawn by a keyed hash of the learner and the event, so that the same decision always draws the same: after a crash, on
//! another replica, when it is sent again. Without the store's secret nobody can tell what will be drawn.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::{event::Timestamp, learner::Learner, reason::Reason};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What lots are drawn from for a learner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lots {
    learner: u64,
    tenant: u64,
}

/// What a lot decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Matter {
    HoldOut = 1,
    Wording = 2,
}

/// Who is held out together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Unit {
    /// Each decision of each learner by itself.
    #[default]
    Learner = 0,
    /// A class for a day: its learners hear of each other. Where no class or no clock is known, each decision by itself.
    Class = 1,
}

/// How many of a reason's messages are held out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// Their share, in 65,536ths; never none or all.
    pub share: u16,
    /// Who is held out together.
    pub unit: Unit,
}

/// A decision that was made by lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The chance of being held out, in 65,536ths.
    pub share: u16,
    /// Who was held out together.
    pub unit: Unit,
    /// It was held out.
    pub held_out: bool,
    /// The chance of the wording that was said, given that one was.
    pub chance: Chance,
}

/// A chance in 256ths, from one to all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance(u8);

impl Lots {
    /// Those of a learner, under a secret of 16 bytes.
    #[must_use]
    pub fn new(secret: &[u8; 16], tenant: &str, learner: &str) -> Self {
        let mut hasher = SipHasher13::new_with_key(secret);
        hasher.write(b"lots");
        hasher.write(tenant.as_bytes());
        hasher.write_u8(0);
        let tenant = hasher.finish();
        hasher.write(learner.as_bytes());
        Self { learner: hasher.finish(), tenant }
    }

    /// A number that nobody can foretell, for one matter of one event.
    pub(super) fn draw(self, event: u64, matter: Matter) -> u64 {
        draw([self.learner, event, matter as u64, 0])
    }

    /// The same for a class on one day.
    fn draw_of_class(self, class: u64, day: i64, reason: Reason) -> u64 {
        draw([self.tenant, class, day as u64, 1 + reason as u64])
    }
}

fn draw(words: [u64; 4]) -> u64 {
    let mut hasher = SipHasher13::new();
    words.into_iter().for_each(|word| hasher.write_u64(word));
    hasher.finish()
}

impl Trial {
    /// Holds out this share of messages, as near as can be.
    #[must_use]
    pub fn new(share: f32, unit: Unit) -> Self {
        Self { share: ((share * 65_536.0).round() as u16).max(1), unit }
    }

    /// Whether this one is held out.
    pub(super) fn draw(
        self,
        lots: Lots,
        event: u64,
        learner: &Learner,
        reason: Reason,
        at: Option<Timestamp>,
    ) -> Drawn {
        let day = at.map(|at| at.as_millis().div_euclid(DAY_MS));
        let (unit, drawn) = match (self.unit, learner.class, day) {
            (Unit::Class, class, Some(day)) if class != 0 => (Unit::Class, lots.draw_of_class(class, day, reason)),
            _ => (Unit::Learner, lots.draw(event, Matter::HoldOut)),
        };
        let held_out = drawn >> 48 < u64::from(self.share);
        Drawn { share: self.share, unit, held_out, chance: Chance::SURE }
    }
}

impl Drawn {
    /// The chance that something was said, 0 to 1.
    #[must_use]
    pub fn propensity(self) -> f64 {
        1.0 - f64::from(self.share) / 65_536.0
    }
}

impl Chance {
    /// There was no other.
    pub const SURE: Self = Self(u8::MAX);

    /// So many 256ths.
    #[must_use]
    pub fn new(parts: u16) -> Self {
        Self((parts.clamp(1, 256) - 1) as u8)
    }

    /// The byte it is written as.
    #[must_use]
    pub fn code(self) -> u8 {
        self.0
    }

    /// Reads it.
    #[must_use]
    pub fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// From 1/256 to 1.
    #[must_use]
    pub fn get(self) -> f64 {
        (f64::from(self.0) + 1.0) / 256.0
    }
}
