//! What a message does, and how sure that is.

use serde::Serialize;

use super::{regression::Coefficient, student};

/// How sure intervals are.
const LEVEL: f64 = 0.95;

/// The difference that saying it makes, in units of the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// Said less held out.
    pub value: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// The standard error.
    pub error: f64,
    /// Degrees of freedom: clusters less parameters.
    pub freedom: f64,
    /// The two-sided p of no effect, by itself.
    pub p: f64,
    /// The middle of intervals: the effect, or what is left of it where it is doubted.
    #[serde(skip)]
    centre: f64,
}

/// Why there is no effect to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// There are no cases.
    NoCases,
    /// It was always held out.
    NothingSaid,
    /// It was always said.
    NothingHeldOut,
    /// Too few decisions in one of the arms.
    TooFewDecisions,
    /// Too few learners, or the effect rests on one of them.
    TooFewLearners,
    /// The outcome is the same in every case.
    NoVariation,
}

impl Effect {
    pub(super) fn new(coefficient: Coefficient, freedom: f64) -> Result<Self, Missing> {
        Self::doubted(coefficient, coefficient, freedom)
    }

    /// Of the same coefficient, with what it is and how sure that is when doubted.
    pub(super) fn doubted(coefficient: Coefficient, doubted: Coefficient, freedom: f64) -> Result<Self, Missing> {
        let (Coefficient { value, kept, .. }, centre) = (coefficient, doubted.value);
        let variance = coefficient.variance.and(doubted.variance);
        let error = variance.filter(|_| kept && freedom >= 1.0).ok_or(Missing::TooFewLearners)?.sqrt();
        if !(value.is_finite() && error.is_finite()) {
            return Err(Missing::TooFewLearners);
        }
        if doubted.is_certain() {
            return Err(Missing::NoVariation);
        }
        let p = student::two_sided(centre / error, freedom);
        let half = student::quantile(0.5 + LEVEL / 2.0, freedom) * error;
        Ok(Self { value, low: centre - half, high: centre + half, error, freedom, p, centre })
    }

    /// The interval that is wrong on either side with the given chance.
    #[must_use]
    pub fn interval(&self, either_side: f64) -> [f64; 2] {
        let half = student::quantile(1.0 - either_side, self.freedom) * self.error;
        [self.centre - half, self.centre + half]
    }
}

impl Missing {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoCases => "no decisions",
            Self::NothingSaid => "nothing was said",
            Self::NothingHeldOut => "nothing was held out",
            Self::TooFewDecisions => "too few decisions",
            Self::TooFewLearners => "too few learners",
            Self::NoVariation => "the outcome does not vary",
        }
    }
}
