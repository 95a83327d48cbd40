//! Decisions in plain English, for the people who run a platform.

use super::{Comparison, Policy, candidates};
use crate::{
    learner::{Reading, Readings},
    reason::{Cause, Kind, Reason, Verdict},
};

/// A cause of silence as a sentence.
#[must_use]
pub fn because(policy: &Policy, cause: Cause, instead_of: Option<Reason>) -> String {
    let limits = &policy.restraint;
    let what = match instead_of.map(Reason::kind) {
        Some(Kind::Celebration) => "celebration",
        Some(Kind::Encouragement) | None => "encouragement",
    };
    match cause {
        Cause::NothingToSay => "Nothing calls for a message.".to_owned(),
        Cause::InsufficientEvidence => "Too little is known of this learner yet.".to_owned(),
        Cause::Cooldown => {
            format!("The last {what} was fewer than {} opportunities ago.", limits.cooldown)
        }
        Cause::Cap => format!(
            "Enough was said: at most {} encouragements a session, {} messages an hour at work and {} a day.",
            limits.encouragements_per_session, limits.per_active_hour, limits.per_day
        ),
        Cause::NotPractice => "Graded work and examinations are left alone.".to_owned(),
        Cause::Late => "The event is older than what is already known from its device.".to_owned(),
        Cause::Stale => {
            format!("The event arrived more than {} s after it occurred.", limits.stale_ms / 1000)
        }
        Cause::Hidden => "The page is hidden, or learners are not told whether answers are right.".to_owned(),
        Cause::ContentFault => "The item in hand was reported faulty.".to_owned(),
    }
}

/// A decision and what it was made on, as a sentence or two.
#[must_use]
pub fn summary(policy: &Policy, verdict: Verdict, readings: &Readings) -> String {
    match verdict {
        Verdict::Undecided => "No decision was asked for.".to_owned(),
        Verdict::Spoken { reason, .. } => {
            format!("Said something for {}: {}.", reason.name(), evidence(policy, reason, readings))
        }
        Verdict::Silent { cause, instead_of: None } => format!("Stayed silent. {}", because(policy, cause, None)),
        Verdict::Silent { cause, instead_of: Some(reason) } => format!(
            "Stayed silent, although {} was met: {}. {}",
            reason.name(),
            evidence(policy, reason, readings),
            because(policy, cause, Some(reason))
        ),
    }
}

/// What a reason saw.
fn evidence(policy: &Policy, reason: Reason, readings: &Readings) -> String {
    let rule = candidates(policy, readings).into_iter().find(|candidate| candidate.rule.reason == reason);
    let told = rule.iter().flat_map(|candidate| &candidate.conditions).map(|(condition, value, _)| {
        let name = condition.reading.name().replace('_', " ");
        match condition.comparison {
            Comparison::Equal if *value > 0.0 => name,
            Comparison::Equal => format!("not {name}"),
            Comparison::AtLeast => format!("{name} {} (at least {})", short(*value), condition.threshold),
            Comparison::AtMost => format!("{name} {} (at most {})", short(*value), condition.threshold),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Two decimals where there are any.
fn short(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// Every reading by name, in the record's order.
pub fn named(readings: &Readings) -> impl Iterator<Item = (&'static str, f32)> {
    Reading::ALL.into_iter().map(|reading| (reading.name(), readings.get(reading)))
}
