//! What came otherwise than expected, and why.

use hearten::{
    engine::Explained,
    feedback::{Candidate, Comparison, Condition, Policy, candidates, summary},
    reason::{Cause, Verdict},
};

use super::{expected::Expected, steps::Step};

pub(super) struct Mismatch {
    /// In one line.
    pub what: String,
    /// Why it came so, a sentence a line.
    pub why: Vec<String>,
}

impl Mismatch {
    /// Nothing was said to a learner who was quiet.
    pub fn quiet(number: usize, step: &Step, patience_ms: Option<i64>) -> Self {
        let why = match patience_ms {
            None => "Here the server does not speak first, however long the quiet.".to_owned(),
            Some(ms) => format!("Here the server speaks first after {} s of quiet, once an item.", ms / 1000),
        };
        Self { what: what(number, step, "silence"), why: vec![why] }
    }

    /// Something else was decided.
    pub fn new(number: usize, step: &Step, verdict: Verdict, explained: Option<&Explained>, policy: &Policy) -> Self {
        let came = match verdict {
            Verdict::Spoken { reason, .. } => reason.name(),
            Verdict::Silent { cause, .. } => cause.name(),
            Verdict::Undecided => "silence",
        };
        let mut why = Vec::new();
        if let Some(Explained { decision, logged, .. }) = explained {
            let readings = &logged.trace.readings;
            why.push(summary(policy, decision.verdict, readings, decision.held));
            if let Some(Expected::Reason(reason)) = step.expected {
                let candidates = candidates(&logged.rules, readings);
                match candidates.iter().find(|candidate| candidate.rule.reason() == reason) {
                    Some(candidate) => why.extend(lacking(candidate)),
                    None => why.push(format!("{} is not enabled in this policy.", reason.name())),
                }
            }
        }
        Self { what: what(number, step, came), why }
    }
}

fn what(number: usize, step: &Step, came: &str) -> String {
    let item = if step.item.is_empty() { String::new() } else { format!(" at {}", step.item) };
    let expected = step.expected.map(|expected| expected.to_string()).unwrap_or_default();
    format!("event {number}{item}, line {}: expected {expected}, came {came}", step.line)
}

/// What a reason would have needed, as far as the decision's own summary does not tell.
fn lacking(candidate: &Candidate<'_>) -> Vec<String> {
    let (rule, name) = (candidate.rule, candidate.rule.reason().name());
    match candidate.cause {
        Some(Cause::NothingToSay) => {
            let unmet = candidate.conditions.iter().filter(|(.., holds)| !holds);
            let told = unmet.map(|(condition, value, threshold, _)| asked(condition, *value, *threshold));
            told.map(|told| format!("{name} asks for {told}.")).collect()
        }
        Some(Cause::InsufficientEvidence) => {
            vec![format!("{name} asks for {} answers to be known of the learner.", rule.evidence)]
        }
        Some(Cause::LowerVolume) => vec![format!("{name} is not said at this learner's volume.")],
        Some(Cause::Dominated) => vec![format!("{name} was met too, but does not come first in this policy.")],
        _ => Vec::new(),
    }
}

fn asked(condition: &Condition, value: f32, threshold: f32) -> String {
    let reading = condition.reading.name();
    let number = |number: f32| (f64::from(number) * 100.0).round() / 100.0;
    let yes = |number: f32| if number > 0.5 { "yes" } else { "no" };
    match condition.comparison {
        Comparison::Equal => format!("{reading}: {}, and it was {}", yes(threshold), yes(value)),
        Comparison::AtLeast => format!("{reading} of at least {}, and it was {}", number(threshold), number(value)),
        Comparison::AtMost => format!("{reading} of at most {}, and it was {}", number(threshold), number(value)),
    }
}
