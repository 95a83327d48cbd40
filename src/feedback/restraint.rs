//! Restraint: what holds a message back, and the budget it spends.

use super::Restraint;
use crate::{
    event::Timestamp,
    learner::{Learner, Spoken, push},
    reason::{Cause, Kind, Reason},
};

const HOUR_SECS: u64 = 60 * 60;
const DAY_SECS: u64 = 24 * HOUR_SECS;
/// A day of a learner whose clock is not known, in hours at work.
const UNTIMED_DAY_SECS: u64 = 8 * HOUR_SECS;

/// What holds this message back, if anything.
pub(super) fn holds(restraint: &Restraint, learner: &Learner, reason: Reason, at: Option<Timestamp>) -> Option<Cause> {
    let said = &learner.said;
    let kind = reason.kind();
    let last = said.at_opportunity.get(kind as usize).copied().unwrap_or_default();
    if last > 0 && learner.progress.opportunities.saturating_add(1).saturating_sub(last) < restraint.cooldown {
        return Some(Cause::Cooldown);
    }
    if kind == Kind::Encouragement && learner.session.encouragements >= restraint.encouragements_per_session {
        return Some(Cause::Cap);
    }
    let (now, active) = clocks(learner, at);
    let this_hour = said.spoken.iter().filter(|spoken| active.saturating_sub(spoken.active_secs) < HOUR_SECS).count();
    let today = said.spoken.iter().filter(|spoken| is_today(spoken, now, active)).count();
    (this_hour >= restraint.per_active_hour || today >= restraint.per_day).then_some(Cause::Cap)
}

/// Spends the budget of a message.
pub(super) fn spend(learner: &mut Learner, reason: Reason, wording: u8, at: Option<Timestamp>) {
    let (now, active) = clocks(learner, at);
    let opportunities = learner.progress.opportunities;
    let said = &mut learner.said;
    if let Some(last) = said.at_opportunity.get_mut(reason.kind() as usize) {
        *last = opportunities.saturating_add(1);
    }
    if let Some(last) = said.wordings.get_mut(reason as usize - 1) {
        *last = wording + 1;
    }
    push(&mut said.spoken, Spoken { at_secs: now.unwrap_or(0), active_secs: active });
    if reason.kind() == Kind::Encouragement {
        learner.session.encouragements = learner.session.encouragements.saturating_add(1);
    }
    match reason {
        Reason::LongSession => learner.session.break_proposed_at = at,
        Reason::RealImprovement => learner.progress.improved_at = opportunities,
        Reason::Stuck => {
            learner.session.nudges = learner.session.nudges.saturating_add(1);
            learner.place.nudged = true;
        }
        _ => {}
    }
}

fn is_today(spoken: &Spoken, now: Option<u64>, active: u64) -> bool {
    match now {
        Some(now) if spoken.at_secs > 0 => now.saturating_sub(spoken.at_secs) < DAY_SECS,
        _ => active.saturating_sub(spoken.active_secs) < UNTIMED_DAY_SECS,
    }
}

fn clocks(learner: &Learner, at: Option<Timestamp>) -> (Option<u64>, u64) {
    (at.and_then(|at| u64::try_from(at.as_secs()).ok()), learner.clock.active_ms / 1000)
}
