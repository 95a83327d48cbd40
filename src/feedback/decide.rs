//! One decision: which reasons are met, which wins, and whether restraint lets it speak.

use super::{Condition, Policy, Rule, restraint, wordings};
use crate::{
    event::{Mode, Timestamp},
    learner::{Learner, Readings},
    reason::{Cause, Reason, Verdict},
};

/// The circumstances of a decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Context {
    /// When it is made; `None` where only the order is known.
    pub at: Option<Timestamp>,
    /// When what it is made on happened: earlier, for a catch-up decision.
    pub occurred_at: Option<Timestamp>,
    /// What is at stake.
    pub mode: Mode,
    /// The event is older than what is known.
    pub late: bool,
    /// The event arrived too long after it occurred.
    pub stale: bool,
    /// Learners are told whether answers are right.
    pub correctness_shown: bool,
}

/// A rule held against readings.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The rule.
    pub rule: Rule,
    /// Its conditions, each with the value it saw and whether it holds.
    pub conditions: Vec<(Condition, f32, bool)>,
}

impl Candidate {
    /// All conditions hold.
    #[must_use]
    pub fn met(&self) -> bool {
        self.conditions.iter().all(|(_, _, holds)| *holds)
    }
}

/// Every rule held against the readings, best first: what a decision was chosen from.
#[must_use]
pub fn candidates(policy: &Policy, readings: &Readings) -> Vec<Candidate> {
    let hold = |rule: &Rule| {
        let conditions = rule.conditions.iter().map(|condition| {
            let value = readings.get(condition.reading);
            (*condition, value, condition.holds(value))
        });
        Candidate { rule: *rule, conditions: conditions.collect() }
    };
    policy.rules.iter().map(hold).collect()
}

/// Decides, and spends the budget if it speaks.
pub fn decide(policy: &Policy, learner: &mut Learner, readings: &Readings, context: &Context) -> Verdict {
    let met = |rule: &&Rule| rule.conditions.iter().all(|condition| condition.holds(readings.get(condition.reading)));
    let known = learner.progress.attempts;
    let best = policy.rules.iter().filter(met).find(|rule| rule.evidence <= known).map(|rule| rule.reason);
    let silent = |cause, instead_of| Verdict::Silent { cause, instead_of };

    if let Some(cause) = gagged(learner, context, best) {
        return silent(cause, best);
    }
    let Some(reason) = best else {
        let unproven = policy.rules.iter().find(met).map(|rule| rule.reason);
        let cause = if unproven.is_some() { Cause::InsufficientEvidence } else { Cause::NothingToSay };
        return silent(cause, unproven);
    };
    if let Some(cause) = restraint::holds(&policy.restraint, learner, reason, context.at) {
        return silent(cause, Some(reason));
    }
    let wording = next_wording(learner, reason);
    restraint::spend(learner, reason, wording, context.at);
    Verdict::Spoken { reason, wording }
}

/// Why nothing may be said now, whatever there is to say.
fn gagged(learner: &Learner, context: &Context, best: Option<Reason>) -> Option<Cause> {
    if context.mode != Mode::Practice {
        return Some(Cause::NotPractice);
    }
    if context.late {
        return Some(Cause::Late);
    }
    if context.stale {
        return Some(Cause::Stale);
    }
    if learner.place.faulty {
        return Some(Cause::ContentFault);
    }
    // Every message but these two gives away whether the answer was right.
    let telling = best.is_some_and(|reason| !matches!(reason, Reason::Stuck | Reason::LongSession));
    (learner.place.hidden || telling && !context.correctness_shown).then_some(Cause::Hidden)
}

/// The wording after the one last used, round and round: never the same twice running. The first is left to how far the
/// learner has come, so that not everybody hears the same.
fn next_wording(learner: &Learner, reason: Reason) -> u8 {
    let count = wordings(reason).len().max(1) as u64;
    let last = learner.said.wordings.get(reason as usize - 1).copied().unwrap_or_default();
    (if last == 0 { learner.sequence % count } else { u64::from(last) % count }) as u8
}
