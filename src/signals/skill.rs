//! The skills an item exercises.

use super::{
    ability,
    constants::{HARD_SKILL_MISSES, MASTERY_RUN},
};
use crate::{
    event::Event,
    learner::{F24, Learner, LogOdds, SKILLS, Skill, short},
};

/// Counts an opportunity at each of the event's skills; whether one of them has just been mastered after it was hard.
pub(super) fn count(learner: &mut Learner, event: &Event, easiness: f32, met: bool) -> bool {
    // Those known come to the front before anything else, so that none of them has to make room for another.
    for hash in event.skills.iter().take(SKILLS) {
        if let Some(place) = learner.skills.iter().position(|skill| skill.id == short(*hash)) {
            let skill = learner.skills.remove(place);
            learner.skills.insert(0, skill);
        }
    }
    let able = learner.progress.ability;
    let mut just_mastered = false;
    // The first skill named ends up in front.
    for hash in event.skills.iter().take(SKILLS).rev() {
        let id = short(*hash);
        let known = learner.skills.iter().position(|skill| skill.id == id);
        let mut skill = match known {
            Some(place) => learner.skills.remove(place),
            None => Skill { id, ..Skill::default() },
        };
        just_mastered |= opportunity(&mut skill, able, easiness, met);
        if learner.skills.is_full() {
            learner.skills.pop();
        }
        learner.skills.insert(0, skill);
    }
    just_mastered
}

fn opportunity(skill: &mut Skill, able: LogOdds, easiness: f32, met: bool) -> bool {
    ability::learn_skill(skill, able, easiness, met);
    skill.opportunities = skill.opportunities.saturating_add(1);
    skill.successes = skill.successes.saturating_add(u16::from(met));
    skill.run = if met { skill.run.saturating_add(1).min(MASTERY_RUN) } else { 0 };
    let first_time = skill.run == MASTERY_RUN && !skill.mastered;
    skill.mastered |= first_time;
    first_time && skill.opportunities.saturating_sub(skill.successes) >= HARD_SKILL_MISSES
}

/// A rate, one observation later.
pub(super) fn toward(rate: F24, met: bool, weight: f32) -> F24 {
    let target = if met { 1.0 } else { 0.0 };
    F24::new(rate.get() + weight * (target - rate.get()))
}
