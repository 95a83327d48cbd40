//! From the domain's answers to the API's.

use pbjson_types::{Duration as Length, Timestamp as Moment};

use super::{pb, preferences, presence::Presence};
use crate::{
    engine::{Decision, Profile, Report, Rules},
    estimate::{Calibration, Estimate, Head, Trend},
    feedback::because,
    learner::Level,
    messages::{Direction, Message},
    reason::{Held, Kind, Placement, Reason, Unit, Verdict},
};

pub(super) fn assessment(report: &Report, model_version: &str) -> pb::Assessment {
    let [frustration, confidence, disengagement, wheel_spinning] = report.assessment.estimates.map(estimate);
    pb::Assessment {
        frustration: Some(frustration),
        confidence: Some(confidence),
        disengagement: Some(disengagement),
        wheel_spinning: Some(wheel_spinning),
        p_next_correct: rounded(report.assessment.p_next_correct),
        attempts: report.assessment.attempts,
        signals: report.signals.iter().map(signal).collect(),
        model_version: model_version.to_owned(),
        statistics_version: report.statistics_version,
    }
}

/// Four decimals: more would claim what is not known.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

fn estimate(estimate: Estimate) -> pb::Estimate {
    use pb::estimate as to;
    let calibration = match estimate.calibration {
        Calibration::Calibrated => to::Calibration::Calibrated,
        Calibration::Uncalibrated => to::Calibration::Uncalibrated,
        Calibration::Insufficient => to::Calibration::Insufficient,
    };
    let level = match estimate.level {
        Level::Low => to::Level::Low,
        Level::Moderate => to::Level::Moderate,
        Level::High => to::Level::High,
    };
    let trend = match estimate.trend {
        Trend::Rising => to::Trend::Rising,
        Trend::Steady => to::Trend::Steady,
        Trend::Falling => to::Trend::Falling,
    };
    pb::Estimate {
        score: rounded(estimate.score),
        calibration: calibration.into(),
        level: level.into(),
        trend: trend.into(),
        self_reported: estimate.reported,
    }
}

pub(super) fn head(head: Head) -> pb::Head {
    match head {
        Head::Frustration => pb::Head::Frustration,
        Head::Confidence => pb::Head::Confidence,
        Head::Disengagement => pb::Head::Disengagement,
        Head::WheelSpinning => pb::Head::WheelSpinning,
    }
}

fn signal(signal: &crate::estimate::Signal) -> pb::Signal {
    pb::Signal {
        name: signal.feature.name().to_owned(),
        head: head(signal.head).into(),
        value: rounded(signal.value),
        contribution: rounded(signal.contribution),
    }
}

/// A decision as the API shows it; `None` where none was asked for, or what was said is no longer known.
pub(super) fn decision(rules: &Rules, decision: &Decision, presence: Presence) -> Option<pb::Decision> {
    let outcome = match decision.verdict {
        Verdict::Undecided => return None,
        Verdict::Spoken { reason, .. } => {
            let message = decision.message.as_ref()?;
            pb::decision::Outcome::Feedback(feedback(decision, reason, message, presence))
        }
        Verdict::Silent { cause, instead_of } => pb::decision::Outcome::Silence(pb::Silence {
            cause: cause as i32,
            would_have_been: instead_of.map_or(0, |reason| reason as i32),
            detail: because(&rules.policy, cause, instead_of, decision.held),
            held: decision.held.map(held),
        }),
    };
    let policy_version = decision.policy_version.to_string();
    Some(pb::Decision { decision_id: decision.name(), outcome: Some(outcome), policy_version })
}

fn held(Held { limit, wait }: Held) -> pb::Held {
    let in_opportunities = limit.unit() == Unit::Opportunities;
    let timed = matches!(limit.unit(), Unit::Minutes | Unit::MinutesAtWork) && wait > 0;
    pb::Held {
        limit: limit as i32,
        opportunities: if in_opportunities { wait.into() } else { 0 },
        wait: timed.then_some(Length { seconds: i64::from(wait) * 60, nanos: 0 }),
    }
}

fn feedback(decision: &Decision, reason: Reason, message: &Message, presence: Presence) -> pb::Feedback {
    use pb::feedback as to;
    let kind = match reason.kind() {
        Kind::Encouragement => to::Kind::Encouragement,
        Kind::Celebration => to::Kind::Celebration,
    };
    let suggestion = decision.offer.suggestion.map_or(0, |step| step as i32);
    let valid_secs = decision.offer.valid_secs.into();
    let direction = match message.direction {
        Direction::LeftToRight => to::Direction::LeftToRight,
        Direction::RightToLeft => to::Direction::RightToLeft,
    };
    let (placement, politeness) = match decision.offer.placement {
        Placement::Inline => (to::Placement::Inline, to::Politeness::Polite),
        Placement::Toast => (to::Placement::Toast, to::Politeness::Polite),
        Placement::Interruptive => (to::Placement::Interruptive, to::Politeness::Assertive),
    };
    pb::Feedback {
        kind: kind.into(),
        reason: reason as i32,
        message_id: message.id.clone(),
        text: message.text.clone(),
        plain_text: message.plain_text.clone(),
        locale: message.locale.clone(),
        direction: direction.into(),
        reduced_motion: message.reduced_motion,
        display_time: Some(Length { seconds: message.display_secs.into(), nanos: 0 }),
        politeness: politeness.into(),
        placement: placement.into(),
        suggestion: if presence.offers(suggestion) { suggestion } else { 0 },
        valid_until: decision.at_secs.map(|at| moment(at.saturating_add(valid_secs))),
    }
}

pub(super) fn moment(secs: u64) -> Moment {
    Moment { seconds: i64::try_from(secs).unwrap_or(i64::MAX), nanos: 0 }
}

pub(super) fn profile(learner_id: &str, profile: &Profile) -> pb::GetLearnerResponse {
    let rules = &profile.rules;
    let presence = Presence::default();
    pb::GetLearnerResponse {
        learner_id: learner_id.to_owned(),
        assessment: Some(assessment(&profile.report, &rules.model.version)),
        preferences: Some(preferences::shown(&profile.preferences)),
        recent_decisions: profile.decisions.iter().filter_map(|each| decision(rules, each, presence)).collect(),
        sequence: profile.sequence,
    }
}
