//! What each head may weigh, and which way: what is promised of an estimate holds whatever it was fitted to.

use super::{Feature, Head};
use crate::learner::Gauge;

/// Which values a weight may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Any.
    Free,
    /// Zero or more.
    AtLeastZero,
    /// Zero or less.
    AtMostZero,
}

impl Bound {
    /// Whether a weight keeps to it.
    #[must_use]
    pub fn allows(self, weight: f32) -> bool {
        match self {
            Self::Free => true,
            Self::AtLeastZero => weight >= 0.0,
            Self::AtMostZero => weight <= 0.0,
        }
    }

    /// For whoever wrote another.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::Free => "any number is allowed",
            Self::AtLeastZero => "zero or more is allowed",
            Self::AtMostZero => "zero or less is allowed",
        }
    }
}

impl Head {
    /// The features it may weigh, and which way.
    #[must_use]
    pub fn shape(self) -> Vec<(Feature, Bound)> {
        use Bound::{AtLeastZero, AtMostZero};
        let both = |gauge| [Feature::Gauge(gauge, 0), Feature::Gauge(gauge, 1)];
        match self {
            // Each rises with errors and help, and falls with time and success: so an error never lowers frustration.
            Self::Frustration => {
                let gauges = Gauge::STRUGGLE.into_iter().flat_map(both);
                let rates = [Feature::ErrorRun, Feature::MeanErrorRate, Feature::ErrorRate, Feature::RecentErrorRate];
                let abilities = [Feature::Ability, Feature::RecentAbility].map(|feature| (feature, AtMostZero));
                gauges.chain(rates).map(|feature| (feature, AtLeastZero)).chain(abilities).collect()
            }
            Self::Confidence => vec![
                (Feature::AnswerRight, AtLeastZero),
                (Feature::AnswerExpected, AtLeastZero),
                (Feature::AnswerSlowness, AtMostZero),
                (Feature::SuccessRun, AtLeastZero),
                (Feature::ErrorRun, AtMostZero),
            ],
            Self::Disengagement => {
                let gauges = [Gauge::Rapid, Gauge::FastRetry, Gauge::Help].into_iter().flat_map(both);
                gauges.map(|feature| (feature, AtLeastZero)).collect()
            }
            Self::WheelSpinning => vec![
                (Feature::SkillOpportunities, AtLeastZero),
                (Feature::SkillSuccesses, AtMostZero),
                (Feature::SkillRun, AtMostZero),
                (Feature::SkillAbility, AtMostZero),
                (Feature::SkillEasiness, AtMostZero),
                (Feature::Ability, AtMostZero),
                (Feature::RecentAbility, AtMostZero),
            ],
        }
    }
}
