//! Why a decision was made, as the API tells it.

use super::{
    pb::{self, explain_decision_response as to},
    preferences,
    presence::Presence,
    render::{self, moment, rounded},
    wire::Written,
};
use crate::{
    engine::{Entered, Explained, Rules, Weighed},
    estimate::Head,
    feedback::{Candidate, Comparison, Unit, candidates, named, summary},
    learner::{Came, Followed, Since},
};

pub(super) fn explanation(rules: &Rules, explained: &Explained) -> pb::ExplainDecisionResponse {
    let Explained { decision, logged, outcome } = explained;
    let readings = &logged.trace.readings;
    let shown = named(readings).map(|(name, value)| to::Reading { name: name.to_owned(), value: rounded(value) });
    let mut written = Written::default();
    render::decision(rules, decision, Presence::default(), 1, &mut written);
    let pb::ExplainDecisionResponse { decision: shown_decision, .. } = written.read();
    pb::ExplainDecisionResponse {
        decision: shown_decision,
        decided_at: decision.at_secs.map(moment),
        readings: shown.collect(),
        candidates: candidates(&logged.rules, readings).iter().map(candidate).collect(),
        model_version: logged.model_version.clone(),
        statistics_version: logged.trace.statistics,
        summary: summary(&rules.policy, decision.verdict, readings, decision.held),
        signals: logged.signals.iter().map(signal).collect(),
        outcome: outcome.map_or(0, |outcome| outcome as i32),
        trial: logged.trial.as_ref().map(trial),
        followed: explained.followed().map(|(decision, followed)| came(decision, followed)).collect(),
    }
}

fn trial(Entered { drawn, expected, before, ability, opportunity, age_band, class }: &Entered) -> to::Trial {
    to::Trial {
        success_rate: rounded(before.get()),
        ability: rounded(ability.get()),
        opportunities: *opportunity,
        age_band: preferences::age_band(*age_band).into(),
        class: if *class == 0 { String::new() } else { format!("{class:x}") },
        held_out_probability: rounded(1.0 - drawn.propensity() as f32),
        held_out: drawn.held_out,
        by_class: drawn.unit == Unit::Class,
        wording_probability: rounded(drawn.chance.get() as f32),
        expected: rounded(expected.get()),
    }
}

fn came(decision_id: String, followed: &Followed) -> to::Followed {
    let came = match followed.came {
        Came::Return { right } => to::followed::Came::Remembered(right),
        Came::Opportunities(Since { made, opportunities, successes, rapid }) => {
            let [made, count, successes, rapid] = [made, opportunities, successes, rapid].map(u32::from);
            to::followed::Came::Opportunities(to::Opportunities { count, successes, rapid, made })
        }
    };
    to::Followed { decision_id, reason: followed.reason as i32, came: Some(came) }
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
