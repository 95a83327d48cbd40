//! How able a learner is, against the items met: Elo ratings, as adaptive practice uses them (Pelánek 2016).
//!
//! A rating moves by how surprising the result was for a learner of that ability at an item of that easiness, so that a right
//! answer to an easy item earns little. One moves slowly, one follows the last few opportunities, and each skill has its own
//! on top of the slow one.

use super::constants::{
    ABILITY_SLOWDOWN, ABILITY_STEP, RECENT_ABILITY_STEP, SKILL_ABILITY_STEP, SKILL_ON_ABILITY, USUAL_EASINESS,
};
use crate::{
    learner::{LogOdds, Progress, Skill, logistic},
    statistics::Met,
};

/// What was believed about an attempt before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The chance that it would be right.
    pub probability: f32,
    /// The item's easiness for everybody, in log-odds.
    pub easiness: f32,
    /// How the learner stands at the item's skills, in log-odds.
    pub standing: f32,
}

impl Expected {
    /// For the item's statistics.
    pub(super) fn met(&self, progress: &Progress) -> Met {
        Met { usual: logistic(self.easiness), ability: progress.ability.get(), standing: self.standing }
    }
}

/// Moves the ratings over everything.
pub(super) fn learn(progress: &mut Progress, easiness: f32, met: bool) {
    let slow = progress.ability.get();
    progress.ability = LogOdds::new(slow + step(progress.opportunities) * surprise(easiness + slow, met));
    let recent = progress.recent_ability.get();
    progress.recent_ability = LogOdds::new(recent + RECENT_ABILITY_STEP * surprise(easiness + recent, met));
}

/// Moves the rating of one skill; `ability` is the slow one, before the opportunity.
pub(super) fn learn_skill(skill: &mut Skill, ability: LogOdds, easiness: f32, met: bool) {
    let own = skill.ability.get();
    let log_odds = easiness + SKILL_ON_ABILITY * ability.get() + own;
    skill.ability = LogOdds::new(own + SKILL_ABILITY_STEP * surprise(log_odds, met));
}

/// Takes an opportunity back from the ratings as if the item had been as easy as most: how surprising it was is not kept.
pub(super) fn forget(progress: &mut Progress, met: bool) {
    let slow = progress.ability.get();
    let undo = step(progress.opportunities) * surprise(USUAL_EASINESS + slow, met);
    progress.ability = LogOdds::new(slow - undo);
    let recent = progress.recent_ability.get();
    let undo = RECENT_ABILITY_STEP * surprise(USUAL_EASINESS + recent, met);
    progress.recent_ability = LogOdds::new(recent - undo);
}

/// The same for the rating of its skill.
pub(super) fn forget_skill(skill: &mut Skill, met: bool) {
    let own = skill.ability.get();
    skill.ability = LogOdds::new(own - SKILL_ABILITY_STEP * surprise(USUAL_EASINESS + own, met));
}

fn step(opportunities: u32) -> f32 {
    let [first, least] = ABILITY_STEP;
    (first / (1.0 + ABILITY_SLOWDOWN * opportunities as f32)).max(least)
}

fn surprise(log_odds: f32, met: bool) -> f32 {
    let result = if met { 1.0 } else { 0.0 };
    result - logistic(log_odds)
}
