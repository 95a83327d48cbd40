//! One reading held against a threshold.

use arrayvec::ArrayVec;

use crate::learner::{Flags, Reading, Readings};

/// How a reading is compared with a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The reading is the threshold or more.
    AtLeast,
    /// The reading is the threshold or less.
    AtMost,
    /// The reading is the threshold.
    Equal,
}

/// What a reading is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// A number.
    Fixed(f32),
    /// Another reading, where the learner's own past sets it.
    Reading(Reading),
}

/// One thing a reason asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// What is looked at.
    pub reading: Reading,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what.
    pub threshold: Threshold,
}

impl Condition {
    /// A yes.
    pub(super) const fn yes(reading: Reading) -> Self {
        Self { reading, comparison: Comparison::Equal, threshold: Threshold::Fixed(1.0) }
    }

    /// A no.
    pub(super) const fn no(reading: Reading) -> Self {
        Self { reading, comparison: Comparison::Equal, threshold: Threshold::Fixed(0.0) }
    }

    /// That much or more.
    pub(super) const fn at_least(reading: Reading, threshold: f32) -> Self {
        Self { reading, comparison: Comparison::AtLeast, threshold: Threshold::Fixed(threshold) }
    }

    /// The threshold in force.
    #[must_use]
    pub fn threshold(&self, readings: &Readings) -> f32 {
        match self.threshold {
            Threshold::Fixed(threshold) => threshold,
            Threshold::Reading(reading) => readings.get(reading),
        }
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, readings: &Readings) -> bool {
        self.comparison.holds(readings.get(self.reading), self.threshold(readings))
    }
}

/// What a rule asks for: all of it must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conditions {
    all: ArrayVec<Condition, 12>,
    /// Those that are a yes or a no: hardly any rule gets further, and they are told at a glance.
    flags: Flags,
}

impl Conditions {
    /// Asks for one more. There are twelve at most, and no trigger has as many.
    pub(super) fn push(&mut self, condition: Condition) {
        if let (Comparison::Equal, Threshold::Fixed(yes)) = (condition.comparison, condition.threshold) {
            self.flags.ask(condition.reading, yes > 0.0);
        }
        self.all.push(condition);
    }

    /// Each of them, in the order in which they are told.
    pub fn iter(&self) -> impl Iterator<Item = &Condition> {
        self.all.iter()
    }

    /// Whether all of them hold.
    #[must_use]
    pub fn hold(&self, readings: &Readings) -> bool {
        readings.have(self.flags) && self.all.iter().all(|condition| condition.holds(readings))
    }
}

impl Comparison {
    /// Whether a value compares so with a threshold. Readings are kept in steps; less than half of the finest is no difference.
    #[must_use]
    pub fn holds(self, value: f32, threshold: f32) -> bool {
        const SLACK: f32 = 1e-3;
        match self {
            Self::AtLeast => value >= threshold - SLACK,
            Self::AtMost => value <= threshold + SLACK,
            Self::Equal => (value - threshold).abs() <= SLACK,
        }
    }
}
