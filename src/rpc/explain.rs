//! Why a decision was made, as the API tells it.

use super::{
    pb::{self, explain_decision_response as to},
    preferences,
    presence::Presence,
    render::{self, moment, rounded},
};
use crate::{
    engine::{Explained, Rules, Weighed},
    estimate::Head,
    feedback::{Candidate, Comparison, candidates, named, summary},
};

pub(super) fn explanation(rules: &Rules, explained: &Explained) -> pb::ExplainDecisionResponse {
    let Explained { decision, logged, outcome } = explained;
    let readings = &logged.trace.readings;
    let shown = named(readings).map(|(name, value)| to::Reading { name: name.to_owned(), value: rounded(value) });
    pb::ExplainDecisionResponse {
        decision: render::decision(rules, decision, Presence::default()),
        decided_at: decision.at_secs.map(moment),
        readings: shown.collect(),
        candidates: candidates(&logged.rules, readings).iter().map(candidate).collect(),
        model_version: logged.model_version.clone(),
        statistics_version: logged.trace.statistics,
        summary: summary(&rules.policy, decision.verdict, readings, decision.held),
        signals: logged.signals.iter().map(signal).collect(),
        outcome: outcome.map_or(0, |outcome| outcome as i32),
    }
}

fn signal(Weighed { head, name, value, contribution }: &Weighed) -> pb::Signal {
    let head = Head::ALL.get(usize::from(*head)).map_or(0, |head| render::head(*head).into());
    pb::Signal { name: name.to_string(), head, value: rounded(*value), contribution: rounded(*contribution) }
}

fn candidate(candidate: &Candidate<'_>) -> to::Candidate {
    let conditions = candidate.conditions.iter().map(|(condition, value, threshold, met)| {
        let comparison = match condition.comparison {
            Comparison::AtLeast => to::Comparison::AtLeast,
            Comparison::AtMost => to::Comparison::AtMost,
            Comparison::Equal => to::Comparison::Equal,
        };
        to::Condition {
            reading: condition.reading.name().to_owned(),
            comparison: comparison.into(),
            value: rounded(*value),
            threshold: rounded(*threshold),
            met: *met,
        }
    });
    let rule = candidate.rule;
    to::Candidate {
        reason: rule.reason() as i32,
        met: candidate.met(),
        chosen: candidate.cause.is_none(),
        conditions: conditions.collect(),
        evidence: rule.evidence,
        volumes: rule.volumes.iter().map(|volume| preferences::volume(*volume).into()).collect(),
        cause: candidate.cause.map_or(0, |cause| cause as i32),
    }
}
