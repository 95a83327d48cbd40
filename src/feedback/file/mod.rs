//! Policy files: TOML in, a whole [`Policy`] or the place of the first mistake out.

mod schema;
mod tables;
mod values;

use std::{hash::Hasher, ops::Range};

use siphasher::sip::SipHasher13;
use toml::Spanned;

use self::{
    tables::{File, ReasonTable},
    values::{SelectionName, SuggestionName},
};
use super::{
    Policy, Rule, Selection, Trial, Trigger, Unit, Volumes,
    policy::{Caps, Criteria, Level, Restraint},
};
use crate::{
    learner::{DISMISSALS, Volume},
    reason::{Kind, Reason, Suggestion},
};

pub use schema::schema;

/// A policy file that cannot be used: where, what stands there, and what would be valid.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: `{stands}`: {problem}")]
pub struct Unusable {
    /// Counted from 1.
    pub line: usize,
    /// What stands on that line.
    pub stands: String,
    /// What is wrong with it, and what would be valid.
    pub problem: String,
}

/// More moments an hour than this are no alerts.
const MOST_ALERTS: f32 = 12.0;
/// A trial that hardly ever holds anything out tells nothing.
const LEAST_HELD_OUT: f32 = 0.001;
/// A message that is hardly ever said is no message.
const MOST_HELD_OUT: f32 = 0.9;

/// Reads a policy file.
pub(super) fn read(text: &str) -> Result<Policy, Unusable> {
    let file: File = toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or_default();
        // A document's own table has no header: what is missing from it is missing from the top.
        let problem = error.message().lines().collect::<Vec<_>>().join(", ");
        Unusable::at(text, if span.len() >= text.trim_end().len() { 0..0 } else { span }, problem)
    })?;
    let mut rules = Vec::new();
    for (reason, table) in file.reasons.each() {
        let rule = rule(reason, table.get_ref(), table.span(), text)?;
        let priority = table.get_ref().priority.get_ref().get();
        if let Some((_, Rule { trigger, .. })) = rules.iter().find(|(other, _)| *other == priority) {
            let other = trigger.reason.name();
            let problem = format!("{} and {other} have one priority: each needs its own", reason.name());
            return Err(Unusable::at(text, table.get_ref().priority.span(), problem));
        }
        rules.push((priority, rule));
    }
    rules.sort_by_key(|(priority, _)| *priority);
    let enabled =
        |reason: Reason| file.reasons.each().into_iter().any(|(each, table)| each == reason && table.get_ref().enabled);
    let restraint = &file.restraint;
    Ok(Policy {
        version: format!("{}-{:08x}", file.name.as_str(), hash(text)).into(),
        shadow: file.shadow,
        rules: rules.into_iter().map(|(_, rule)| rule).filter(|rule| enabled(rule.reason())).collect(),
        restraint: Restraint {
            cooldown: restraint.cooldown.get(),
            pause_secs: u64::from(restraint.pause_secs.get()),
            encouragements_per_session: restraint.encouragements_per_session.get(),
            per_hour: restraint.per_hour.get(),
            per_day: restraint.per_day.get(),
            dismissals: restraint.dismissals.map_or(DISMISSALS, |count| count.get() as u8),
            dismissed_per_day: restraint.dismissed_per_day.map_or(1, |cap| cap.get()),
            stuck_floor_ms: i64::from(restraint.stuck_floor_secs.get()) * 1000,
            valid_secs: u64::from(restraint.valid_secs.get()),
            stale_ms: i64::from(restraint.stale_secs.get()) * 1000,
            quiet_hours: restraint
                .quiet_hours
                .as_ref()
                .map(|hours| {
                    let hours = hours.get_ref();
                    if hours.from.minute() == hours.until.minute() {
                        return Err(hours);
                    }
                    Ok(super::policy::QuietHours { from: hours.from.minute(), until: hours.until.minute() })
                })
                .transpose()
                .map_err(|_| {
                    let span = restraint.quiet_hours.as_ref().map_or(0..0, Spanned::span);
                    Unusable::at(text, span, "begins when it ends: `from` and `until` must differ".to_owned())
                })?,
        },
        attention: Criteria {
            frustration_high_for: file.attention.frustration_high_for.get() as u8,
            wheel_spinning: file.attention.wheel_spinning.get(),
            wheel_spinning_opportunities: file.attention.wheel_spinning_opportunities.get() as u16,
        },
    })
}

fn rule(reason: Reason, table: &ReasonTable, span: Range<usize>, text: &str) -> Result<Rule, Unusable> {
    let trigger = Trigger::of(reason);
    let running = table.running.as_ref().map_or(1, |running| running.get_ref().get());
    let watched = trigger.measure.as_ref().and_then(|measure| measure.watched);
    if let Some(given) = table.running.as_ref().filter(|_| running > 1 && watched.is_none()) {
        let problem = format!("{} looks at no estimate: 1 is allowed", reason.name());
        return Err(Unusable::at(text, given.span(), problem));
    }
    let named: Vec<Volume> = table.volumes.get_ref().iter().map(|volume| volume.volume()).collect();
    let volumes: Volumes = Volume::SPEAKING.into_iter().filter(|volume| named.contains(volume)).collect();
    if volumes.is_empty() {
        let problem = "is empty: name a volume, or set `enabled = false`".to_owned();
        return Err(Unusable::at(text, table.volumes.span(), problem));
    }
    if reason.kind() == Kind::Encouragement && volumes.contains(&Volume::CelebrationsOnly) {
        let problem = format!("{} is no celebration: quiet and normal are allowed", reason.name());
        return Err(Unusable::at(text, table.volumes.span(), problem));
    }
    let level = level(reason, trigger, table, span, text)?;
    let trial = trial(reason, table, text)?;
    Ok(Rule {
        trigger,
        conditions: Rule::conditions(trigger, level, running),
        level,
        running,
        evidence: table.evidence.get(),
        cooldown: table.cooldown.get(),
        caps: Caps {
            per_session: table.per_session.map(|cap| cap.get()),
            per_hour: table.per_hour.map(|cap| cap.get()),
            per_day: table.per_day.map(|cap| cap.get()),
        },
        suggestion: table.suggestion.map(|name| name.suggestion()),
        placement: table.placement.map_or(Rule::usual_placement(reason), |name| name.placement()),
        volumes,
        trial,
        guard: table.guard.as_ref().is_some_and(|guard| *guard.get_ref()),
        stopped: false,
        selection: table.selection.as_ref().map_or(Selection::Rotation, |name| name.get_ref().selection()),
    })
}

/// How many of its messages are held out. Help that is asked for by being stuck, and help by a teacher, is not left to chance.
fn trial(reason: Reason, table: &ReasonTable, text: &str) -> Result<Option<Trial>, Unusable> {
    let at = |place, problem: &str| Err(Unusable::at(text, place, problem.to_owned()));
    let Some(given) = &table.trial else {
        let guard = table.guard.as_ref().filter(|guard| *guard.get_ref()).map(Spanned::span);
        let adaptive = |name: &&Spanned<SelectionName>| name.get_ref().selection() == Selection::Adaptive;
        let selection = table.selection.as_ref().filter(adaptive).map(Spanned::span);
        let unit = table.trial_unit.as_ref().map(Spanned::span);
        return match guard.or(selection).or(unit) {
            Some(place) => {
                at(place, "asks for a trial: say which share of messages is held out, such as `trial = 0.2`")
            }
            None => Ok(None),
        };
    };
    let share = *given.get_ref();
    if !(LEAST_HELD_OUT..=MOST_HELD_OUT).contains(&share) {
        let problem = format!("{LEAST_HELD_OUT} to {MOST_HELD_OUT} is allowed: the share of messages that is held out");
        return at(given.span(), &problem);
    }
    if reason == Reason::Stuck {
        return at(given.span(), "whoever is stuck is never left alone for a trial: leave it out");
    }
    if table.suggestion.is_some_and(|name| name.suggestion() == Suggestion::AskTeacher) {
        return at(
            given.span(),
            "the way to a teacher is never held out: leave `trial` out, or suggest something else",
        );
    }
    let guard = table.guard.as_ref().filter(|guard| *guard.get_ref());
    if let (Some(guard), Some(Suggestion::TakeBreak)) = (guard, table.suggestion.map(SuggestionName::suggestion)) {
        return at(
            guard.span(),
            "a break is what it suggests, and whoever takes one would count as having left: leave it out",
        );
    }
    Ok(Some(Trial::new(share, table.trial_unit.as_ref().map_or(Unit::Learner, |name| name.get_ref().unit()))))
}

/// Where the threshold of a reason lies: at a number or by a budget, as far as it has one.
fn level(
    reason: Reason,
    trigger: &Trigger,
    table: &ReasonTable,
    span: Range<usize>,
    text: &str,
) -> Result<Option<Level>, Unusable> {
    let at = |place, problem: String| Err(Unusable::at(text, place, problem));
    match (&trigger.measure, &table.threshold, &table.alerts_per_hour) {
        (None, None, None) => Ok(None),
        (None, Some(given), _) | (None, None, Some(given)) => {
            at(given.span(), format!("{} has no threshold: leave it out", reason.name()))
        }
        (Some(_), Some(_), Some(budget)) => {
            at(budget.span(), "a budget sets the threshold by itself: leave `threshold` out".to_owned())
        }
        (Some(measure), None, None) => {
            let (least, most) = measure.range;
            let problem = format!("`threshold` is missing: {least} to {most}, {}", measure.meaning);
            at(span, problem)
        }
        (Some(measure), Some(given), None) => {
            let (least, most) = measure.range;
            match *given.get_ref() {
                threshold if (least..=most).contains(&threshold) => Ok(Some(Level::At(threshold))),
                _ => at(given.span(), format!("{least} to {most} is allowed: {}", measure.meaning)),
            }
        }
        (Some(measure), None, Some(given)) => match *given.get_ref() {
            _ if measure.watched.is_none() => {
                at(given.span(), format!("{} looks at no estimate: give a `threshold`", reason.name()))
            }
            budget if budget > 0.0 && budget <= MOST_ALERTS => Ok(Some(Level::AlertsPerHour(budget))),
            _ => at(given.span(), format!("more than 0, and {MOST_ALERTS} at most, is allowed")),
        },
    }
}

impl Unusable {
    fn at(text: &str, place: Range<usize>, problem: String) -> Self {
        let before = text.get(..place.start).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count();
        let stands = text.lines().nth(line).unwrap_or_default().trim();
        Self { line: line + 1, stands: stands.chars().take(80).collect(), problem }
    }
}

fn hash(text: &str) -> u32 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish() as u32
}
