//! Numbers small enough to keep by the million.

/// A float that three bytes hold exactly: a `f32` without its last eight bits, so good to one part in 30,000. Rounding is
/// toward zero, so that what decays never sticks.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct F24(f32);

impl F24 {
    /// Zero.
    pub const ZERO: Self = Self(0.0);

    /// Rounds toward zero; what is not a number becomes zero.
    #[must_use]
    pub fn new(value: f32) -> Self {
        if value.is_finite() { Self(f32::from_bits(value.to_bits() & 0xFFFF_FF00)) } else { Self::ZERO }
    }

    /// The value.
    #[must_use]
    pub fn get(self) -> f32 {
        self.0
    }

    pub(super) fn to_bytes(self) -> [u8; 3] {
        let [a, b, c, _] = self.0.to_be_bytes();
        [a, b, c]
    }

    pub(super) fn from_bytes([a, b, c]: [u8; 3]) -> Self {
        Self::new(f32::from_be_bytes([a, b, c, 0]))
    }
}

/// To the nearest whole number, halves away from zero; `f32::round` is a call where a processor is not known to have more than the
/// least.
pub(super) fn nearest(value: f32) -> i32 {
    (value + 0.5_f32.copysign(value)) as i32
}

/// From log-odds to a chance.
#[must_use]
pub fn logistic(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// A value on the log-odds scale in two bytes: steps of 1/1024, from -32 to 32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogOdds(i16);

impl LogOdds {
    const STEPS: f32 = 1024.0;

    /// To the nearest step; what is not a number becomes zero.
    #[must_use]
    pub fn new(value: f32) -> Self {
        Self(nearest(value * Self::STEPS).clamp(i16::MIN.into(), i16::MAX.into()) as i16)
    }

    /// The value.
    #[must_use]
    pub fn get(self) -> f32 {
        f32::from(self.0) / Self::STEPS
    }

    pub(crate) fn to_bytes(self) -> [u8; 2] {
        self.0.to_be_bytes()
    }

    pub(crate) fn from_bytes(bytes: [u8; 2]) -> Self {
        Self(i16::from_be_bytes(bytes))
    }
}

/// Zero to one in 255 steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit(pub u8);

impl Unit {
    /// To the nearest step.
    #[must_use]
    pub fn new(value: f32) -> Self {
        Self(nearest(value.clamp(0.0, 1.0) * 255.0) as u8)
    }

    /// The value.
    #[must_use]
    pub fn get(self) -> f32 {
        f32::from(self.0) / 255.0
    }
}
