//! One decision: which reasons are met, which wins, and whether restraint lets it speak.

use super::{
    Chance, Condition, Drawn, Lots, Policy, Rule, Selection,
    adaptive::{chances, pick},
    lot::Matter,
    restraint,
};
use crate::{
    event::{Mode, Timestamp},
    learner::{Follow, Learner, Locale, Reading, Readings, Volume},
    messages::Catalogues,
    reason::{Cause, Held, Limit, Reason, Verdict},
    statistics::Snapshot,
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
    /// The language that the platform asked for, where the learner asks for none.
    pub locale: Option<Locale>,
    /// What lots are drawn from.
    pub lots: Lots,
    /// The event that they are drawn for, by its hash.
    pub event: u64,
}

/// What a decision came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decided {
    /// What is said, or why nothing is.
    pub verdict: Verdict,
    /// The limit that held a message back, if one did.
    pub held: Option<Held>,
    /// What was left to chance, if anything was.
    pub drawn: Option<Drawn>,
}

/// A rule held against readings.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Its conditions, each with the value it saw, the threshold in force and whether it holds.
    pub conditions: Vec<(Condition, f32, f32, bool)>,
    /// Why it could not win, if it could not: nothing to say, insufficient evidence, lower volume or dominated.
    pub cause: Option<Cause>,
}

impl Candidate<'_> {
    /// All conditions hold.
    #[must_use]
    pub fn met(&self) -> bool {
        self.conditions.iter().all(|(.., holds)| *holds)
    }
}

/// The volume that readings tell.
fn volume(readings: &Readings) -> Volume {
    match (readings.get(Reading::CelebrationsOnly) > 0.0, readings.get(Reading::Quiet) > 0.0) {
        (false, false) => Volume::Normal,
        (true, false) => Volume::CelebrationsOnly,
        (false, true) => Volume::Quiet,
        (true, true) => Volume::Off,
    }
}

/// Why a rule that is met cannot win. Nothing gets through to whoever has switched off, and that is a cause of its own:
/// what would have been said is told as if it could have been.
fn excluded(rule: &Rule, readings: &Readings, stopped: bool) -> Option<Cause> {
    if stopped {
        return Some(Cause::Trial);
    }
    let volume = volume(readings);
    if volume != Volume::Off && !rule.volumes.contains(&volume) {
        return Some(Cause::LowerVolume);
    }
    (rule.evidence > readings.get(Reading::Attempts) as u32).then_some(Cause::InsufficientEvidence)
}

/// Every rule held against the readings, best first: what a decision was chosen from.
#[must_use]
pub fn candidates<'a>(rules: &'a [Rule], readings: &Readings) -> Vec<Candidate<'a>> {
    let mut won = false;
    let hold = |rule: &'a Rule| {
        let conditions = rule.conditions.iter().map(|condition| {
            let (value, threshold) = (readings.get(condition.reading), condition.threshold(readings));
            (*condition, value, threshold, condition.holds(readings))
        });
        let mut candidate = Candidate { rule, conditions: conditions.collect(), cause: Some(Cause::NothingToSay) };
        if candidate.met() {
            candidate.cause = excluded(rule, readings, rule.stopped);
            if candidate.cause.is_none() && std::mem::replace(&mut won, true) {
                candidate.cause = Some(Cause::Dominated);
            }
        }
        candidate
    };
    rules.iter().map(hold).collect()
}

/// Decides, and spends the budget if it speaks or would but for watching only.
pub fn decide(
    policy: &Policy,
    catalogues: &Catalogues,
    learner: &mut Learner,
    readings: &Readings,
    statistics: &Snapshot,
    context: &Context,
) -> Decided {
    let mut passed_over = None;
    let mut best = None;
    for rule in policy.rules.iter().filter(|rule| rule.met(readings)) {
        match excluded(rule, readings, rule.guard && statistics.harms(rule.reason())) {
            Some(cause) => passed_over = passed_over.or(Some((rule.reason(), cause))),
            None => {
                best = Some(rule);
                break;
            }
        }
    }
    let reason = best.map(Rule::reason);
    let silent = |cause, instead_of, held| {
        let (verdict, drawn) = (Verdict::Silent { cause, instead_of }, None);
        Decided { verdict, held, drawn }
    };

    if let Some(cause) = gagged(learner, context, reason) {
        return silent(cause, reason, None);
    }
    let Some(rule) = best else {
        let (instead_of, cause) = passed_over.unzip();
        let guarded = (cause == Some(Cause::Trial)).then_some(Held::new(Limit::Guard, 0));
        return silent(cause.unwrap_or(Cause::NothingToSay), instead_of, guarded);
    };
    if let Some(held) = restraint::holds(policy, rule, learner, context.at) {
        return silent(restraint::cause(held), reason, Some(held));
    }
    let wordings = catalogues.fitting(&learner.preferences, context.locale).wordings(rule.reason());
    let drawn = draw(policy, rule, learner, context);
    let (wording, chance) = match (rule.selection, drawn) {
        (Selection::Adaptive, Some(_)) => {
            let chances = chances(statistics, rule.reason(), wordings, learner, context.locale, context.at);
            pick(&chances, context.lots.draw(context.event, Matter::Wording))
        }
        _ => (next_wording(learner, rule.reason(), wordings), Chance::SURE),
    };
    let drawn = drawn.map(|drawn| Drawn { chance, ..drawn });
    let said = drawn.is_none_or(|drawn| !drawn.held_out).then_some(wording);
    restraint::spend(policy, rule, learner, said, context.at);
    if policy.shadow {
        return silent(Cause::Shadow, reason, None);
    }
    if let Some(drawn) = drawn {
        learner.follow(Follow::new(learner.sequence, said, drawn.chance.code(), learner));
    }
    let verdict = match said {
        Some(wording) => Verdict::Spoken { reason: rule.reason(), wording },
        None => Verdict::Silent { cause: Cause::Trial, instead_of: reason },
    };
    Decided { verdict, held: None, drawn }
}

/// Whether the message is held out, where its reason is on trial; `None` where nothing is left to chance, because it could not be
/// followed what comes of it.
fn draw(policy: &Policy, rule: &Rule, learner: &Learner, context: &Context) -> Option<Drawn> {
    let trial = rule.trial.filter(|_| !policy.shadow && learner.can_follow())?;
    Some(trial.draw(context.lots, context.event, learner, rule.reason(), context.at))
}

/// Why nothing may be said now, whatever there is to say.
fn gagged(learner: &Learner, context: &Context, best: Option<Reason>) -> Option<Cause> {
    if learner.preferences.volume == Volume::Off {
        return Some(Cause::SwitchedOff);
    }
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

/// The wording least recently heard: they go round, so that none is heard again before all others were. With which of them a learner
/// begins follows from how far they have come.
fn next_wording(learner: &Learner, reason: Reason, count: u8) -> u8 {
    let anywhere = || (learner.sequence % u64::from(count.max(1))) as u8;
    learner.said.next_wording(reason, count).unwrap_or_else(anywhere)
}
