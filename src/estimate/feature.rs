//! What a head may look at, by the name it has in the model file.

use super::{Model, logit};
use crate::{
    learner::{Gauge, Learner},
    statistics::Snapshot,
};

/// The usual share of errors, and the opportunities it weighs as much as: about what the development logs show.
const USUAL_ERRORS: [f32; 2] = [0.35, 6.0];

/// One number in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// A gauge at one of its half-lives.
    Gauge(Gauge, usize),
    /// Share of all opportunities missed, drawn to a usual one while few are known.
    MeanErrorRate,
    /// Share of opportunities missed, over about the last twenty.
    ErrorRate,
    /// The same over about the last five.
    RecentErrorRate,
    /// Opportunities met in a row, ten at most.
    SuccessRun,
    /// Wrong answers in a row, ten at most.
    ErrorRun,
    /// The last answer was right.
    AnswerRight,
    /// How likely it was to be right, as believed before (log-odds).
    AnswerExpected,
    /// Its time against the usual, in deviations above; zero where that is not known.
    AnswerSlowness,
    /// The learner's ability against the items met (log-odds).
    Ability,
    /// The same over the last few opportunities.
    RecentAbility,
    /// Opportunities at the skill in hand, ten at most.
    SkillOpportunities,
    /// Those met, ten at most.
    SkillSuccesses,
    /// Opportunities met in a row at the skill in hand.
    SkillRun,
    /// Ability at the skill in hand beyond being able in general (log-odds).
    SkillAbility,
    /// Easiness of the skill in hand for everybody (log-odds).
    SkillEasiness,
}

/// A learner's features at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    learner: &'a Learner,
    /// The chance that the next attempt is right.
    pub p_next: f32,
    skill_easiness: f32,
}

impl<'a> Moment<'a> {
    /// As the record stands.
    #[must_use]
    pub fn new(model: &Model, learner: &'a Learner, statistics: &Snapshot) -> Self {
        let next = model.expect_next(learner, statistics);
        Self { learner, p_next: next.probability, skill_easiness: next.easiness }
    }
}

impl Feature {
    /// Its name in model files and signals.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Gauge(gauge, half_life) => gauge.names().get(half_life).copied().unwrap_or_default(),
            Self::MeanErrorRate => "mean_error_rate",
            Self::ErrorRate => "error_rate",
            Self::RecentErrorRate => "recent_error_rate",
            Self::SuccessRun => "success_run",
            Self::ErrorRun => "error_run",
            Self::AnswerRight => "answer_right",
            Self::AnswerExpected => "answer_expected",
            Self::AnswerSlowness => "answer_slowness",
            Self::Ability => "ability",
            Self::RecentAbility => "recent_ability",
            Self::SkillOpportunities => "skill_opportunities",
            Self::SkillSuccesses => "skill_successes",
            Self::SkillRun => "skill_run",
            Self::SkillAbility => "skill_ability",
            Self::SkillEasiness => "skill_easiness",
        }
    }

    /// Its value now.
    #[must_use]
    pub fn value(self, moment: &Moment) -> f32 {
        let learner = moment.learner;
        let progress = &learner.progress;
        let last = &progress.last;
        let skill = learner.skills.first();
        // Where nothing was met, an even chance: so that the first success is good news, too.
        let missed = |rate: f32| if progress.opportunities == 0 { 0.5 } else { 1.0 - rate };
        match self {
            Self::Gauge(gauge, half_life) => learner.gauges.get(gauge).get(half_life).copied().unwrap_or_default(),
            Self::MeanErrorRate => {
                let missed = progress.opportunities.saturating_sub(progress.successes);
                let [usual, strength] = USUAL_ERRORS;
                (missed as f32 + usual * strength) / (progress.opportunities as f32 + strength)
            }
            Self::ErrorRate => missed(progress.rate.get()),
            Self::RecentErrorRate => missed(progress.recent_rate.get()),
            Self::SuccessRun => f32::from(progress.form.clamp(0, 10)),
            Self::ErrorRun => f32::from(progress.form.saturating_neg().clamp(0, 10)),
            Self::AnswerRight => f32::from(u8::from(last.correct)),
            Self::AnswerExpected => {
                if last.known {
                    logit(last.expected.get())
                } else {
                    0.0
                }
            }
            Self::AnswerSlowness => f32::from(last.slowness) / 16.0,
            Self::Ability => progress.ability.get(),
            Self::RecentAbility => progress.recent_ability.get(),
            Self::SkillOpportunities => skill.map_or(0.0, |skill| f32::from(skill.opportunities.min(10))),
            Self::SkillSuccesses => skill.map_or(0.0, |skill| f32::from(skill.successes.min(10))),
            Self::SkillRun => skill.map_or(0.0, |skill| f32::from(skill.run)),
            Self::SkillAbility => skill.map_or(0.0, |skill| skill.ability.get()),
            Self::SkillEasiness => moment.skill_easiness,
        }
    }
}
