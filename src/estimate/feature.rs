//! What a head may look at, by the name it has in the model file.

use super::{Model, logit};
use crate::{
    learner::{F24, Gauge, HALF_LIVES, Learner, Skill},
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

/// What there is to weigh of a learner, at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Features {
    values: [f32; GAUGES + OTHERS],
    /// The chance that the next attempt is right.
    pub p_next: f32,
}

const GAUGES: usize = Gauge::ALL.len() * HALF_LIVES.len();
const OTHERS: usize = 15;

impl Features {
    /// As the record stands.
    #[must_use]
    pub fn of(model: &Model, learner: &Learner, statistics: &Snapshot) -> Self {
        let next = model.expect_next(learner, statistics);
        let mut values = [0.0; GAUGES + OTHERS];
        let (gauges, others) = values.split_at_mut(GAUGES);
        for (place, value) in gauges.iter_mut().zip(learner.gauges.all()) {
            *place = value;
        }
        others.copy_from_slice(&others_of(learner, next.easiness));
        Self { values, p_next: next.probability }
    }

    /// How much there is of one.
    #[must_use]
    pub fn get(&self, feature: Feature) -> f32 {
        self.values.get(feature.place()).copied().unwrap_or_default()
    }
}

/// In the order of [`Feature`].
fn others_of(learner: &Learner, skill_easiness: f32) -> [f32; OTHERS] {
    let progress = &learner.progress;
    let last = &progress.last;
    let skill = learner.skills.first();
    let of_skill = |value: fn(&Skill) -> f32| skill.map_or(0.0, value);
    // Where nothing was met, an even chance: so that the first success is good news, too.
    let missed = |rate: F24| if progress.opportunities == 0 { 0.5 } else { 1.0 - rate.get() };
    let [usual, strength] = USUAL_ERRORS;
    let all_missed = progress.opportunities.saturating_sub(progress.successes);
    [
        (all_missed as f32 + usual * strength) / (progress.opportunities as f32 + strength),
        missed(progress.rate),
        missed(progress.recent_rate),
        f32::from(progress.form.clamp(0, 10)),
        f32::from(progress.form.saturating_neg().clamp(0, 10)),
        f32::from(u8::from(last.correct)),
        if last.known { logit(last.expected.get()) } else { 0.0 },
        f32::from(last.slowness) / 16.0,
        progress.ability.get(),
        progress.recent_ability.get(),
        of_skill(|skill| f32::from(skill.opportunities.min(10))),
        of_skill(|skill| f32::from(skill.successes.min(10))),
        of_skill(|skill| f32::from(skill.run)),
        of_skill(|skill| skill.ability.get()),
        skill_easiness,
    ]
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

    /// Where its value stands.
    fn place(self) -> usize {
        GAUGES
            + match self {
                Self::Gauge(gauge, half_life) => return gauge as usize * HALF_LIVES.len() + half_life,
                Self::MeanErrorRate => 0,
                Self::ErrorRate => 1,
                Self::RecentErrorRate => 2,
                Self::SuccessRun => 3,
                Self::ErrorRun => 4,
                Self::AnswerRight => 5,
                Self::AnswerExpected => 6,
                Self::AnswerSlowness => 7,
                Self::Ability => 8,
                Self::RecentAbility => 9,
                Self::SkillOpportunities => 10,
                Self::SkillSuccesses => 11,
                Self::SkillRun => 12,
                Self::SkillAbility => 13,
                Self::SkillEasiness => 14,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        estimate::Head,
        learner::{LastAnswer, LogOdds, Progress, Unit},
    };

    #[test]
    fn every_feature_has_its_own_value() {
        let mut learner = Learner {
            progress: Progress {
                opportunities: 4,
                successes: 3,
                rate: F24::new(0.75),
                recent_rate: F24::new(0.5),
                ability: LogOdds::new(1.25),
                recent_ability: LogOdds::new(-1.25),
                last: LastAnswer { known: true, correct: true, expected: Unit(204), slowness: 24 },
                form: 6,
                ..Progress::default()
            },
            ..Learner::default()
        };
        learner.skills.push(Skill {
            opportunities: 8,
            successes: 7,
            run: 3,
            ability: LogOdds::new(0.375),
            ..Skill::default()
        });
        for (place, gauge) in (1u8..).zip(Gauge::ALL) {
            learner.gauges.add(gauge, f32::from(place) / 16.0);
        }
        learner.gauges.decay(30_000);

        let features = Features::of(&Model::default(), &learner, &Snapshot::default());
        let get = |feature| features.get(feature);
        for gauge in Gauge::ALL {
            assert_eq!([0, 1].map(|half_life| get(Feature::Gauge(gauge, half_life))), learner.gauges.get(gauge));
        }
        let told = [Feature::MeanErrorRate, Feature::ErrorRate, Feature::RecentErrorRate, Feature::SuccessRun].map(get);
        assert_eq!(told, [(1.0 + 0.35 * 6.0) / 10.0, 0.25, 0.5, 6.0]);
        let told = [Feature::ErrorRun, Feature::AnswerRight, Feature::AnswerExpected, Feature::AnswerSlowness].map(get);
        assert_eq!(told, [0.0, 1.0, logit(0.8), 1.5]);
        let told = [Feature::Ability, Feature::RecentAbility, Feature::SkillAbility, Feature::SkillRun].map(get);
        assert_eq!(told, [1.25, -1.25, 0.375, 3.0]);
        assert_eq!([Feature::SkillOpportunities, Feature::SkillSuccesses].map(get), [8.0, 7.0]);
        let next = Model::default().expect_next(&learner, &Snapshot::default());
        assert_eq!((get(Feature::SkillEasiness), features.p_next), (next.easiness, next.probability));
        learner.progress.form = -2;
        let features = Features::of(&Model::default(), &learner, &Snapshot::default());
        assert_eq!((features.get(Feature::ErrorRun), features.get(Feature::SuccessRun)), (2.0, 0.0));
    }

    #[test]
    fn whatever_a_head_may_weigh_has_a_place_of_its_own() {
        let mut places: Vec<usize> =
            Head::ALL.iter().flat_map(|head| head.shape()).map(|(feature, _)| feature.place()).collect();
        assert!(places.iter().all(|place| *place < GAUGES + OTHERS));
        let names = Head::ALL.iter().flat_map(|head| head.shape()).map(|(feature, _)| feature.name());
        let names: std::collections::BTreeSet<_> = names.collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), names.len());
    }
}
