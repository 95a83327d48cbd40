//! Opportunities and runs.

use super::{
    Passage, ability,
    constants::{ACTIVE_UNTIMED_MS, RATE_WEIGHT, RECENT_WEIGHT},
    skill,
};
use crate::{
    event::Event,
    learner::{F24, Learner},
};

/// Counts an opportunity; whether a hard skill was just mastered by it.
pub(super) fn opportunity(learner: &mut Learner, event: &Event, passage: &Passage, easiness: f32, met: bool) -> bool {
    if passage.at.is_none() {
        learner.clock.active_ms = learner.clock.active_ms.saturating_add(ACTIVE_UNTIMED_MS);
    }
    learner.session.opportunities = learner.session.opportunities.saturating_add(1);
    let just_mastered = skill::count(learner, event, easiness, met);
    let progress = &mut learner.progress;
    ability::learn(progress, easiness, met);
    let newest = 1.0 / (progress.opportunities as f32 + 2.0);
    // Before the first opportunity the rates stand at an even chance.
    if progress.opportunities == 0 {
        progress.recent_rate = F24::new(0.5);
        progress.rate = F24::new(0.5);
    }
    progress.recent_rate = skill::toward(progress.recent_rate, met, newest.max(RECENT_WEIGHT));
    progress.rate = skill::toward(progress.rate, met, newest.max(RATE_WEIGHT));
    progress.opportunities = progress.opportunities.saturating_add(1);
    progress.successes = progress.successes.saturating_add(u32::from(met));
    just_mastered
}

/// The run of opportunities met is over.
pub(super) fn end_run(learner: &mut Learner) {
    let progress = &mut learner.progress;
    progress.best_run = progress.best_run.max(progress.success_run);
    progress.success_run = 0;
    progress.run_surprise = F24::ZERO;
}

/// Runs start anew. Where learners were not told the results, as in an examination, what is said afterwards must not tell.
/// Estimates go on: an error never lowers one.
pub fn forget_runs(learner: &mut Learner) {
    end_run(learner);
    learner.place.errors = 0;
    let progress = &mut learner.progress;
    progress.error_run = 0;
    progress.slump = 0;
    // As if improvement had just been celebrated.
    progress.improved_at = progress.opportunities.max(1);
    for skill in &mut learner.skills {
        skill.run = 0;
    }
    for mood in &mut learner.moods {
        mood.high_for = 0;
    }
    for watch in &mut learner.watches {
        watch.running = 0;
    }
}
