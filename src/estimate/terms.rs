//! The values of the terms: a learner before an attempt at an item.

use std::sync::LazyLock;

use arrayvec::ArrayVec;

use super::{Terms, logit};
use crate::{
    event::MAX_SKILLS,
    learner::{Learner, Skill, short},
    statistics::{Snapshot, Subject, Sums},
};

/// Success rate where nothing at all is known.
const BASE_RATE: f32 = 0.65;
/// Opportunities that weigh as much as what they are shrunk to: all to the base, a skill to all, an item to its skills.
const SHRINKAGE: [f32; 3] = [20.0, 10.0, 5.0];
/// Information about a slope that weighs as much as the slope of all items.
const SLOPE_SHRINKAGE: f32 = 5.0;
/// Share of the recent ability in a learner's standing at an item, and how far that can be from nothing.
const STANDING: [f32; 2] = [0.25, 2.0];

/// All of them, skills by their short hashes.
#[must_use]
pub(super) fn terms(learner: &Learner, item: Option<u64>, skills: &[u32], statistics: &Snapshot) -> Terms {
    let progress = &learner.progress;
    let known = |id: &u32| learner.skills.iter().find(|skill| skill.id == *id);
    let known: ArrayVec<&Skill, MAX_SKILLS> = skills.iter().filter_map(known).take(MAX_SKILLS).collect();
    let (known, each) = (known.as_slice(), skills.len().max(1) as f32);
    let mean = |value: fn(&Skill) -> f32| known.iter().map(|skill| value(skill)).sum::<f32>() / each;
    let skill_ability = mean(|skill| skill.ability.get());
    let recent_ability = progress.recent_ability.get();

    let sums = item.map(|item| statistics.get(Subject::Item(item))).unwrap_or_default();
    let usual_slope = statistics.get(Subject::All).slope(0.0, SLOPE_SHRINKAGE);
    let slope = sums.slope(usual_slope, SLOPE_SHRINKAGE) - usual_slope;

    let lately = item.and_then(|item| learner.attempts.iter().rev().find(|attempt| attempt.is_at(short(item))));
    let place = &learner.place;
    let in_hand = item.is_some_and(|item| place.item == short(item)) && place.opened && !place.closed;
    [
        logit(easiness(sums, skills, statistics)),
        sums.mean_ability(SHRINKAGE[2]),
        slope * standing(skill_ability, recent_ability),
        log_count(progress.successes),
        log_count(progress.opportunities.saturating_sub(progress.successes)),
        progress.ability.get(),
        recent_ability,
        f32::from(progress.form.saturating_neg().clamp(0, 5)),
        mean(|_| 1.0),
        mean(|skill| log_count(skill.successes)),
        mean(|skill| log_count(skill.opportunities.saturating_sub(skill.successes))),
        skill_ability,
        mean(|skill| f32::from(skill.run)),
        truth(!skills.is_empty() && skills.first() == learner.skills.first().map(|skill| &skill.id)),
        truth(lately.is_some()),
        truth(lately.is_some_and(|attempt| attempt.correct)),
        truth(in_hand),
    ]
}

/// How the learner stands at an item's skills, in log-odds: what an item's slope is learnt from and applied to.
pub(super) fn standing(skill_ability: f32, recent_ability: f32) -> f32 {
    let [share, most] = STANDING;
    (skill_ability + share * recent_ability).clamp(-most, most)
}

/// Success rate of everybody at an item, shrunk to its skills and these to all.
fn easiness(item: Sums, skills: &[u32], statistics: &Snapshot) -> f32 {
    let base = shrunk(statistics.get(Subject::All), BASE_RATE, SHRINKAGE[0]);
    let rates = skills.iter().map(|skill| shrunk(statistics.get(Subject::Skill(*skill)), base, SHRINKAGE[1]));
    let of_skills = if skills.is_empty() { base } else { rates.sum::<f32>() / skills.len() as f32 };
    shrunk(item, of_skills, SHRINKAGE[2])
}

fn shrunk(sums: Sums, toward: f32, strength: f32) -> f32 {
    (sums.successes as f32 + strength * toward) / (sums.attempts as f32 + strength)
}

/// The logs of one more than small counts, which most are.
static LOGS: LazyLock<[f32; 512]> = LazyLock::new(|| std::array::from_fn(|count| (count as f32).ln_1p()));

fn log_count(count: impl Into<u32>) -> f32 {
    let count = count.into();
    LOGS.get(count as usize).copied().unwrap_or_else(|| (count as f32).ln_1p())
}

fn truth(holds: bool) -> f32 {
    f32::from(u8::from(holds))
}
