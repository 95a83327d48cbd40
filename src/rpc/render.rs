//! From the domain's answers to the API's.

use pbjson_types::Timestamp as Moment;

use super::{pb, presence::Presence};
use crate::{
    engine::{Decision, Logged, Profile, Report, Rules},
    estimate::{Calibration, Estimate, Head, Trend},
    feedback::{Candidate, Comparison, Condition, because, candidates, message_id, named, summary, wording},
    learner::Level,
    reason::{Kind, Reason, Verdict},
};

/// The language of the only catalogue.
const LOCALE: &str = "en";

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
fn rounded(value: f32) -> f64 {
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
    }
}

fn signal(signal: &crate::estimate::Signal) -> pb::Signal {
    let head = match signal.head {
        Head::Frustration => pb::Head::Frustration,
        Head::Confidence => pb::Head::Confidence,
        Head::Disengagement => pb::Head::Disengagement,
        Head::WheelSpinning => pb::Head::WheelSpinning,
    };
    pb::Signal {
        name: signal.feature.name().to_owned(),
        head: head.into(),
        value: rounded(signal.value),
        contribution: rounded(signal.contribution),
    }
}

/// A decision as the API shows it; `None` where none was asked for.
pub(super) fn decision(rules: &Rules, decision: &Decision, presence: Presence) -> Option<pb::Decision> {
    let outcome = match decision.verdict {
        Verdict::Undecided => return None,
        Verdict::Spoken { reason, wording } => {
            pb::decision::Outcome::Feedback(feedback(rules, decision, reason, wording, presence))
        }
        Verdict::Silent { cause, instead_of } => pb::decision::Outcome::Silence(pb::Silence {
            cause: cause as i32,
            would_have_been: instead_of.map_or(0, |reason| reason as i32),
            detail: because(&rules.policy, cause, instead_of),
        }),
    };
    let policy_version = rules.policy.version.to_owned();
    Some(pb::Decision { decision_id: decision.id.clone(), outcome: Some(outcome), policy_version })
}

fn feedback(rules: &Rules, decision: &Decision, reason: Reason, chosen: u8, presence: Presence) -> pb::Feedback {
    let kind = match reason.kind() {
        Kind::Encouragement => pb::feedback::Kind::Encouragement,
        Kind::Celebration => pb::feedback::Kind::Celebration,
    };
    let suggestion = rules.policy.rule(reason).and_then(|rule| rule.suggestion).map_or(0, |step| step as i32);
    let valid_secs = rules.policy.restraint.valid_secs;
    pb::Feedback {
        kind: kind.into(),
        reason: reason as i32,
        message_id: message_id(reason, chosen),
        text: wording(reason, chosen).to_owned(),
        locale: LOCALE.to_owned(),
        suggestion: if presence.offers(suggestion) { suggestion } else { 0 },
        valid_until: decision.at_secs.map(|at| moment(at.saturating_add(valid_secs))),
    }
}

fn moment(secs: u64) -> Moment {
    Moment { seconds: i64::try_from(secs).unwrap_or(i64::MAX), nanos: 0 }
}

pub(super) fn profile(rules: &Rules, learner_id: &str, profile: &Profile) -> pb::GetLearnerResponse {
    let presence = Presence::default();
    pb::GetLearnerResponse {
        learner_id: learner_id.to_owned(),
        assessment: Some(assessment(&profile.report, &rules.model.version)),
        recent_decisions: profile.decisions.iter().filter_map(|each| decision(rules, each, presence)).collect(),
        sequence: profile.sequence,
    }
}

pub(super) fn explanation(rules: &Rules, made: &Decision, logged: &Logged) -> pb::ExplainDecisionResponse {
    let readings = &logged.trace.readings;
    let chosen = match made.verdict {
        Verdict::Spoken { reason, .. } => Some(reason),
        Verdict::Silent { instead_of, .. } => instead_of,
        Verdict::Undecided => None,
    };
    let readings_shown = named(readings)
        .map(|(name, value)| pb::explain_decision_response::Reading { name: name.to_owned(), value: rounded(value) });
    let mut decision = decision(rules, made, Presence::default());
    if let Some(decision) = &mut decision {
        decision.policy_version.clone_from(&logged.policy_version);
    }
    pb::ExplainDecisionResponse {
        decision,
        decided_at: made.at_secs.map(moment),
        readings: readings_shown.collect(),
        // Another policy's conditions would explain nothing.
        candidates: if logged.policy_version == rules.policy.version {
            candidates(&rules.policy, readings).iter().map(|each| candidate(each, chosen)).collect()
        } else {
            Vec::new()
        },
        model_version: logged.model_version.clone(),
        statistics_version: logged.trace.statistics,
        summary: summary(&rules.policy, made.verdict, readings),
    }
}

fn candidate(candidate: &Candidate, chosen: Option<Reason>) -> pb::explain_decision_response::Candidate {
    let conditions =
        candidate.conditions.iter().map(|(condition, value, met)| condition_shown(condition, *value, *met));
    pb::explain_decision_response::Candidate {
        reason: candidate.rule.reason as i32,
        met: candidate.met(),
        chosen: chosen == Some(candidate.rule.reason),
        conditions: conditions.collect(),
    }
}

fn condition_shown(condition: &Condition, value: f32, met: bool) -> pb::explain_decision_response::Condition {
    use pb::explain_decision_response::Comparison as To;
    let comparison = match condition.comparison {
        Comparison::AtLeast => To::AtLeast,
        Comparison::AtMost => To::AtMost,
        Comparison::Equal => To::Equal,
    };
    pb::explain_decision_response::Condition {
        reading: condition.reading.name().to_owned(),
        comparison: comparison.into(),
        value: rounded(value),
        threshold: rounded(condition.threshold),
        met,
    }
}
