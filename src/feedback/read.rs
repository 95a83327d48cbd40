//! Reads off the record what a decision is made on.

use super::Watched;
use crate::{
    estimate::Assessment,
    event::Timestamp,
    learner::{Gauge, Learner, Reading, Readings, Volume},
    signals::{IMPROVEMENT_PAUSE, Observation},
};

/// All readings after an event, or after a silence (`idle`).
#[must_use]
pub fn read(
    learner: &Learner,
    seen: &Observation,
    assessment: &Assessment,
    at: Option<Timestamp>,
    idle: bool,
) -> Readings {
    let mut readings = Readings::default();
    let r = &mut readings;
    r.flag(Reading::Idle, idle);
    r.flag(Reading::Timed, at.is_some());
    r.flag(Reading::GivenAway, learner.place.given_away);
    if let Some(answer) = &seen.answer {
        r.flag(Reading::Answer, true);
        r.flag(Reading::Correct, answer.correct);
        r.flag(Reading::Unassisted, answer.unassisted);
        r.flag(Reading::Rapid, answer.rapid);
        r.flag(Reading::Considered, answer.considered);
        r.flag(Reading::Elsewhere, answer.elsewhere);
        r.flag(Reading::JustMastered, answer.just_mastered);
        r.flag(Reading::LongestRun, answer.longest_run);
        r.flag(Reading::Milestone, answer.milestone);
        r.set(Reading::Slowness, answer.slowness.unwrap_or(0.0));
    }
    let [frustration, confidence, _, wheel_spinning] = &assessment.estimates;
    r.set(Reading::Frustration, frustration.score);
    r.set(Reading::Confidence, confidence.score);
    r.set(Reading::WheelSpinning, wheel_spinning.score);
    r.flag(Reading::SelfReported, frustration.reported);
    for watched in Watched::ALL {
        r.set(watched.running(), f32::from(watched.of(learner).running));
        r.set(watched.alert(), watched.threshold(learner));
    }
    let volume = learner.preferences.volume;
    r.flag(Reading::CelebrationsOnly, matches!(volume, Volume::CelebrationsOnly | Volume::Off));
    r.flag(Reading::Quiet, matches!(volume, Volume::Quiet | Volume::Off));
    r.set(Reading::Attempts, learner.progress.attempts.min(32) as f32);

    let progress = &learner.progress;
    r.set(Reading::ErrorRun, f32::from(progress.error_run));
    r.set(Reading::SuccessRun, f32::from(progress.success_run));
    r.set(Reading::Slump, f32::from(seen.slump));
    r.set(Reading::ItemErrors, f32::from(learner.place.errors));
    r.set(Reading::RunSurprise, progress.run_surprise.get() / f32::from(progress.success_run.max(1)));
    r.set(Reading::Gain, gain(learner));
    let [_, recent_rapid] = learner.gauges.get(Gauge::Rapid);
    let [_, recent_help] = learner.gauges.get(Gauge::Help);
    r.set(Reading::RecentRapid, recent_rapid);
    r.set(Reading::RecentHelp, recent_help);
    let skill = learner.skills.first();
    r.set(Reading::SkillOpportunities, skill.map_or(0.0, |skill| f32::from(skill.opportunities)));
    let since = learner.session.break_proposed_at.or(learner.session.started_at);
    let minutes = at.zip(since).map_or(0, |(at, since)| (at - since) / 60_000);
    r.set(Reading::SessionMinutes, minutes as f32);
    readings
}

fn gain(learner: &Learner) -> f32 {
    let progress = &learner.progress;
    let paused =
        progress.improved_at > 0 && progress.opportunities.saturating_sub(progress.improved_at) < IMPROVEMENT_PAUSE;
    if paused { 0.0 } else { progress.recent_rate.get() - progress.rate.get() }
}
