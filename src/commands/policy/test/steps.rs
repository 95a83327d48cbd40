//! What happens in a case, step by step: each an event as the API takes it, or a learner who is quiet.

use std::ops::Range;

use hearten::{
    event::{Action, Event, Timestamp},
    reason::Outcome,
    rpc::{self, pb},
};
use toml::{Spanned, Value};

use super::{
    expected::Expected,
    source::{Entries, Source},
};
use crate::commands::{Problem, settings::millis};

/// When every case begins: 2026-01-05T09:00:00Z, a Monday.
const START: Timestamp = Timestamp::from_millis(1_767_603_600_000);
/// How long after the step before an event occurs, where nothing tells.
const USUAL_GAP_MS: i64 = 10_000;
/// The keys that are not the API's.
const OWN: [&str; 5] = ["after", "expect", "outcome", "quiet", "repeat"];
const MOST_REPEATS: i64 = 1_000;

pub(super) struct Step {
    pub what: What,
    /// The item as the case calls it.
    pub item: String,
    pub expected: Option<Expected>,
    /// What is reported to have become of the message.
    pub outcome: Option<Outcome>,
    pub line: usize,
}

pub(super) enum What {
    Event(Box<Event>),
    /// Until then nothing happens.
    Quiet(Timestamp),
}

/// The steps of one case, as far as they are read.
pub(super) struct Steps<'a> {
    source: &'a Source,
    now: Timestamp,
    pub steps: Vec<Step>,
}

impl<'a> Steps<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self { source, now: START, steps: Vec::new() }
    }

    /// Reads the next table.
    pub fn read(&mut self, mut table: Spanned<Entries>) -> Result<(), Problem> {
        let (source, place) = (self.source, table.span());
        let own = table.as_mut();
        let after = source.take(own, "after", time)?;
        let quiet = source.take(own, "quiet", time)?;
        let repeat = source.take(own, "repeat", repeat)?.unwrap_or(1);
        let expected = source.take(own, "expect", Expected::parse)?;
        let outcome = source.take(own, "outcome", outcome)?;
        let wrong = |problem: &str| Err(source.wrong(place.clone(), problem));
        if outcome.is_some() && expected.is_some_and(|expected| !expected.is_message()) {
            return wrong("`outcome` tells what became of a message: `expect` one, or leave either out");
        }
        // An outcome needs a message to be the outcome of.
        let expected = expected.or(outcome.map(|_| Expected::Said));
        let step = |what, item| Step { what, item, expected, outcome, line: source.line(&place) };
        if let Some(quiet) = quiet {
            if !own.is_empty() || after.is_some() || repeat > 1 {
                return wrong("only `expect` and `outcome` go with `quiet`");
            }
            if matches!(expected, Some(Expected::Cause(_))) {
                return wrong("while a learner is `quiet` there is a message, or \"silence\" without a cause");
            }
            if self.steps.is_empty() {
                return wrong("`quiet` comes after an event: before it there is nothing to be quiet at");
            }
            self.now = self.now + quiet;
            self.steps.push(step(What::Quiet(self.now), String::new()));
            return Ok(());
        }
        for _ in 0..repeat {
            let (event, item) = self.event(&table, after)?;
            self.steps.push(step(What::Event(Box::new(event)), item));
        }
        Ok(())
    }

    fn event(&mut self, table: &Spanned<Entries>, after: Option<i64>) -> Result<(Event, String), Problem> {
        let number = self.steps.len() + 1;
        let mut sent: pb::Event = self.source.message(table, &OWN, number)?;
        if sent.event_id.is_empty() {
            sent.event_id = number.to_string();
        }
        if sent.learner_id.is_empty() {
            "learner".clone_into(&mut sent.learner_id);
        }
        let mut event = rpc::event(&sent, None).map_err(|invalid| {
            let problem = format!("{} {}", invalid.field, invalid.problem);
            self.source.wrong(blamed(table, &invalid.field), problem.trim_start())
        })?;
        if after.is_some() && (event.untimed || event.clocks.occurred_at.is_some()) {
            let problem = "`after` tells when an event occurs: leave it out where `occurredAt` or `untimed` does";
            return Err(self.source.wrong(table.span(), problem));
        }
        if !event.untimed {
            let took = match event.action {
                Action::Attempt(attempt) => attempt.response_ms.map(i64::from),
                _ => None,
            };
            let next = self.now + after.or(took).unwrap_or(USUAL_GAP_MS);
            self.now = *event.clocks.occurred_at.get_or_insert(next);
        }
        Ok((event, sent.item_id))
    }
}

/// Where the key stands that a field of the API belongs to.
fn blamed(table: &Spanned<Entries>, field: &str) -> Range<usize> {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let field = plain(field.split(['.', '[']).next().unwrap_or_default());
    table.get_ref().keys().find(|key| plain(key.get_ref()) == field).map_or(table.span(), Spanned::span)
}

fn time(value: &Value) -> Result<i64, String> {
    let millis = value.as_str().and_then(millis).and_then(|millis| i64::try_from(millis).ok());
    // No clock of a learner runs for a century.
    let sensible = millis.filter(|millis| *millis <= 100 * 365 * 24 * 3_600_000);
    sensible.ok_or_else(|| "is a whole number with ms, s, m or h, such as \"40s\"".to_owned())
}

fn repeat(value: &Value) -> Result<i64, String> {
    let times = value.as_integer().filter(|times| (1..=MOST_REPEATS).contains(times));
    times.ok_or_else(|| format!("is a whole number from 1 to {MOST_REPEATS}"))
}

fn outcome(value: &Value) -> Result<Outcome, String> {
    let named = |name: &str| Outcome::ALL.into_iter().find(|outcome| outcome.name() == name);
    value.as_str().and_then(named).ok_or_else(|| {
        let names = Outcome::ALL.map(|outcome| format!("\"{}\"", outcome.name())).join(", ");
        format!("is one of {names}")
    })
}
