//! A content fault: the item was wrong, not the learner.

use super::{
    ability,
    constants::{RATE_WEIGHT, RECENT_WEIGHT},
};
use crate::{
    event::Event,
    learner::{F24, LastAnswer, Learner, Opportunity, short},
};

/// Takes back what the item did, as far as the last attempts reach.
///
/// Counts lose what they got, rates what the item weighs in them by now, abilities what an item as easy as most would have
/// moved them; of several skills only the first. Mastery, pace and the longest run stay. The struggle gauges go to rest if an
/// error is taken back: in a fading sum the item's part cannot be told from the rest, and the doubt is the learner's.
pub(super) fn take_back(learner: &mut Learner, event: &Event) {
    let Some(item) = event.item.map(short) else { return };
    if learner.place.item == item {
        learner.place.faulty = true;
    }
    let mut found = false;
    let run = learner.progress.success_run;
    while let Some(place) = learner.attempts.iter().position(|attempt| attempt.is_at(item)) {
        let gone = learner.attempts.remove(place);
        found = true;
        if place == learner.attempts.len() {
            learner.progress.last = LastAnswer::default();
        }
        let later = learner.attempts.iter().skip(place);
        let in_run = gone.correct && gone.first && later.clone().all(|attempt| attempt.correct);
        let in_errors = gone.failed() && later.clone().all(|attempt| !attempt.correct);
        let in_slump = gone.failed() && later.clone().all(|attempt| !(attempt.correct && attempt.first));
        let later = later.filter(|attempt| attempt.first).count();

        let progress = &mut learner.progress;
        progress.attempts = progress.attempts.saturating_sub(u32::from(!gone.hint));
        progress.success_run = progress.success_run.saturating_sub(u16::from(in_run));
        progress.error_run = progress.error_run.saturating_sub(u8::from(in_errors));
        progress.slump = progress.slump.saturating_sub(u8::from(in_slump));
        if gone.first {
            progress.opportunities = progress.opportunities.saturating_sub(1);
            progress.successes = progress.successes.saturating_sub(u32::from(gone.correct));
            progress.recent_rate = without(progress.recent_rate, gone.correct, RECENT_WEIGHT, later);
            progress.rate = without(progress.rate, gone.correct, RATE_WEIGHT, later);
            ability::forget(progress, gone.correct);
            if let Some(skill) = learner.skills.iter_mut().find(|skill| Opportunity::skill(skill.id) == gone.skill) {
                skill.opportunities = skill.opportunities.saturating_sub(1);
                let successes = skill.successes.saturating_sub(u16::from(gone.correct));
                // The skill may have been forgotten and met again since.
                skill.successes = successes.min(skill.opportunities);
                ability::forget_skill(skill, gone.correct);
            }
        }
        if !gone.correct {
            learner.gauges.relieve(0.0);
        }
    }
    if found {
        recount_runs(learner);
        let progress = &mut learner.progress;
        // How much the item surprised is not known: what is left of the run keeps its mean.
        let left = f32::from(progress.success_run) / f32::from(run.max(1));
        progress.run_surprise = F24::new(progress.run_surprise.get() * left);
    }
}

/// An exponentially weighted rate, had one observation not been made; `later` ones came after it.
fn without(rate: F24, met: bool, weight: f32, later: usize) -> F24 {
    let share = weight * (1.0 - weight).powi(later as i32);
    let part = if met { share } else { 0.0 };
    F24::new(((rate.get() - part) / (1.0 - share)).clamp(0.0, 1.0))
}

/// Runs as the attempts left show them, and no longer than they are: what an error ended is not joined again.
fn recount_runs(learner: &mut Learner) {
    let errors = |correct: &dyn Fn(bool, bool) -> bool| {
        let run = learner.attempts.iter().rev().take_while(|attempt| !correct(attempt.correct, attempt.first));
        run.filter(|attempt| attempt.failed()).count() as u8
    };
    let error_run = errors(&|correct, _| correct);
    let slump = errors(&|correct, first| correct && first);
    let progress = &mut learner.progress;
    progress.error_run = progress.error_run.min(error_run);
    progress.slump = progress.slump.min(slump);
    let met = i8::try_from(progress.success_run).unwrap_or(i8::MAX);
    let missed = i8::try_from(progress.error_run).unwrap_or(i8::MAX);
    progress.form = if met > 0 { met } else { -missed };
}
