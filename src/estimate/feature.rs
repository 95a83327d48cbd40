//! What a head may look at, by the name it has in the model file.

use super::logit;
use crate::learner::{Gauge, Learner};

/// One number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// A gauge at one of its half-lives.
    Gauge(Gauge, usize),
    /// Log-odds that the next attempt is right.
    Expectation,
    /// Opportunities met in a row, ten at most.
    SuccessRun,
    /// Wrong answers in a row, ten at most.
    ErrorRun,
    /// Opportunities at the skill in hand, ten at most.
    SkillOpportunities,
    /// Success rate at the skill in hand, against an even chance.
    SkillRate,
    /// Opportunities met in a row at the skill in hand.
    SkillRun,
}

impl Feature {
    /// The feature with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let plain = [
            Self::Expectation,
            Self::SuccessRun,
            Self::ErrorRun,
            Self::SkillOpportunities,
            Self::SkillRate,
            Self::SkillRun,
        ];
        let gauges = Gauge::ALL.into_iter().flat_map(|gauge| [Self::Gauge(gauge, 0), Self::Gauge(gauge, 1)]);
        plain.into_iter().chain(gauges).find(|feature| feature.name() == name)
    }

    /// Its name in model files and signals.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gauge(gauge, half_life) => gauge.names().get(half_life).copied().unwrap_or_default(),
            Self::Expectation => "expectation",
            Self::SuccessRun => "success_run",
            Self::ErrorRun => "error_run",
            Self::SkillOpportunities => "skill_opportunities",
            Self::SkillRate => "skill_rate",
            Self::SkillRun => "skill_run",
        }
    }

    /// Whether it only rises with errors and help, and falls with time and success.
    #[must_use]
    pub fn is_struggle(self) -> bool {
        matches!(self, Self::Gauge(gauge, _) if Gauge::STRUGGLE.contains(&gauge))
    }

    /// Its value now; `p_next` is the expectation for the next attempt.
    #[must_use]
    pub fn value(self, learner: &Learner, p_next: f32) -> f32 {
        let skill = learner.skills.first();
        match self {
            Self::Gauge(gauge, half_life) => learner.gauges.get(gauge).get(half_life).copied().unwrap_or_default(),
            Self::Expectation => logit(p_next),
            Self::SuccessRun => f32::from(learner.progress.form.clamp(0, 10)),
            Self::ErrorRun => f32::from(learner.progress.form.saturating_neg().clamp(0, 10)),
            Self::SkillOpportunities => skill.map_or(0.0, |skill| f32::from(skill.opportunities.min(10))),
            Self::SkillRate => skill.map_or(0.0, |skill| skill.rate.get() - 0.5),
            Self::SkillRun => skill.map_or(0.0, |skill| f32::from(skill.run)),
        }
    }
}
