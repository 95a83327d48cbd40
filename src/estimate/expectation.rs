//! The chance that an unassisted attempt is right: a logistic model in the family of performance factors analysis
//! (Pavlik, Cen & Koedinger 2009), with recency-weighted rates.

use super::{Model, logistic, logit};
use crate::{
    learner::{Learner, Skill, short},
    statistics::{Snapshot, Subject, Sums},
};

/// Success rate where nothing at all is known.
const BASE_RATE: f32 = 0.65;
/// Opportunities that weigh as much as what they are shrunk to: all to the base, a skill to all, an item to its skill.
const SHRINKAGE: [f32; 3] = [20.0, 10.0, 5.0];
/// Opportunities at which a learner's own rate has half its weight: over all, on a skill.
const HALF_TRUST: [f32; 2] = [5.0, 3.0];

impl Model {
    /// The chance that the learner's next unassisted attempt at this item, of these skills, is right.
    #[must_use]
    pub fn expect(&self, learner: &Learner, item: Option<u64>, skills: &[u64], statistics: &Snapshot) -> f32 {
        let base = everybody(statistics);
        let own = |hash: &u64| learner.skills.iter().find(|skill| skill.id == short(*hash));
        let share = 1.0 / skills.len().max(1) as f32;
        let mut skill_rate = if skills.is_empty() { base } else { 0.0 };
        let mut on_skill = 0.0;
        for hash in skills {
            let theirs = shrunk(statistics.get(Subject::Skill(*hash)), base, SHRINKAGE[1]);
            skill_rate += share * theirs;
            on_skill += share * own(hash).map_or(0.0, |skill| against(skill, theirs));
        }
        let sums = item.map(|item| statistics.get(Subject::Item(item))).unwrap_or_default();
        self.combine(learner, base, shrunk(sums, skill_rate, SHRINKAGE[2]), on_skill)
    }

    /// The same for the skill in hand, whatever item comes.
    #[must_use]
    pub fn expect_next(&self, learner: &Learner, statistics: &Snapshot) -> f32 {
        let base = everybody(statistics);
        let on_skill = learner.skills.first().map_or(0.0, |skill| against(skill, base));
        self.combine(learner, base, base, on_skill)
    }

    fn combine(&self, learner: &Learner, base: f32, item: f32, on_skill: f32) -> f32 {
        let weights = &self.expectation;
        let progress = &learner.progress;
        let known = progress.opportunities as f32;
        let learner = known / (known + HALF_TRUST[0]) * (logit(progress.rate.get()) - logit(base));
        logistic(
            weights.bias
                + weights.item * logit(item)
                + weights.learner * if known > 0.0 { learner } else { 0.0 }
                + weights.skill * on_skill
                + weights.success_run * f32::from(progress.form.clamp(0, 10))
                + weights.error_run * f32::from(progress.form.saturating_neg().clamp(0, 5)),
        )
    }
}

fn everybody(statistics: &Snapshot) -> f32 {
    shrunk(statistics.get(Subject::All), BASE_RATE, SHRINKAGE[0])
}

fn shrunk(sums: Sums, toward: f32, strength: f32) -> f32 {
    (sums.successes as f32 + strength * toward) / (sums.attempts as f32 + strength)
}

/// The learner's log-odds at a skill against everybody's, trusted by how much is known.
fn against(skill: &Skill, theirs: f32) -> f32 {
    let known = f32::from(skill.opportunities);
    known / (known + HALF_TRUST[1]) * (logit(skill.rate.get()) - logit(theirs))
}
