//! What was said to thousands of real learners, held against the log it was said over. Everything here is worked out from
//! the log alone.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

use hearten::{
    reason::{Kind, Reason},
    rpc::pb::{self, event::Action},
};

use super::{Real, said::Said};

const HOUR_MS: i64 = 3_600_000;
/// A pause counts as work up to this (src/signals/constants.rs).
const ACTIVE_GAP_MS: i64 = 300_000;
/// What an item counts as work where there is no clock: fifty make an hour.
const UNTIMED_MS: i64 = HOUR_MS / 50;
/// Budgets are kept in whole seconds.
const ROUNDING_MS: i64 = 1_000;

/// Where a learner stands right after an event.
#[derive(Clone, Debug, Default)]
struct Moment {
    item: String,
    at: Option<i64>,
    /// By the newest clock; an event without one leaves it as it was.
    clock: Option<i64>,
    /// Time at work so far.
    active: i64,
    /// Opportunities so far.
    visits: usize,
    visits_in_session: usize,
    session: usize,
    session_id: String,
    /// The items of the last three attempts: meeting one again is no opportunity.
    lately: Vec<String>,
    answer: Option<bool>,
    /// Nothing was done at the item before.
    first: bool,
    solved: bool,
    erred: bool,
}

impl Moment {
    fn after(&self, event: &pb::Event) -> Self {
        let at = event.occurred_at.as_ref().map(|at| at.seconds * 1000 + i64::from(at.nanos) / 1_000_000);
        let gap = at.zip(self.clock).map_or(0, |(at, before)| at - before);
        assert!(gap >= 0, "a learner's events are in order");
        let (answer, number, took) = match event.action.as_ref().unwrap() {
            Action::Attempt(attempt) => {
                let took = attempt.response_time.as_ref().filter(|_| at.is_some());
                let took = took.map_or(0, |took| took.seconds * 1000 + i64::from(took.nanos) / 1_000_000);
                (Some(attempt.correct.unwrap()), attempt.attempt_number, took)
            }
            Action::Hint(_) => (None, 0, 0),
            other => panic!("not in these logs: {other:?}"),
        };
        let first = self.item != event.item_id || self.solved || number == 1 && self.erred;
        let over = match &event.session_id {
            named if !named.is_empty() => *named != self.session_id,
            _ if at.is_some() => gap > HOUR_MS / 2,
            _ => self.visits_in_session >= 50,
        };
        let first = (first || over) && !self.lately.contains(&event.item_id);
        let mut lately = self.lately.clone();
        if answer.is_some() || first {
            lately.push(event.item_id.clone());
        }
        lately.drain(..lately.len().saturating_sub(3));
        Self {
            item: event.item_id.clone(),
            at,
            clock: at.or(self.clock),
            active: self.active
                + match at {
                    Some(_) => gap.max(took).min(ACTIVE_GAP_MS),
                    None => i64::from(first) * UNTIMED_MS,
                },
            visits: self.visits + usize::from(first),
            visits_in_session: if over { 0 } else { self.visits_in_session } + usize::from(first),
            session: self.session + usize::from(over),
            session_id: event.session_id.clone(),
            lately,
            answer,
            first,
            solved: answer == Some(true),
            erred: answer == Some(false) || !first && self.erred,
        }
    }
}

type Moments = HashMap<(String, String), Moment>;

fn moments(log: &Path) -> Moments {
    let mut newest: BTreeMap<String, Moment> = BTreeMap::new();
    let text = fs::read_to_string(log).unwrap();
    let events = text.lines().map(|line| -> pb::Event { serde_json::from_str(line).unwrap() });
    events
        .map(|event| {
            let moment = newest.entry(event.learner_id.clone()).or_default();
            *moment = moment.after(&event);
            ((event.learner_id, event.event_id), moment.clone())
        })
        .collect()
}

fn kind(said: &Said) -> Kind {
    Reason::ALL.into_iter().find(|reason| reason.name() == said.reason).unwrap().kind()
}

fn keeps_every_promise(real: Real) {
    let Some((log, printed)) = real.replayed() else { return };
    let moments = moments(&log);
    assert!(!printed.said.is_empty());
    for heard in printed.by_learner().into_values() {
        let heard: Vec<(&Said, &Moment)> =
            heard.into_iter().map(|said| (said, &moments[&(said.learner.clone(), said.event.clone())])).collect();
        for (said, moment) in &heard {
            fits_the_moment(said, moment);
        }
        is_never_repeated(&heard);
        never_nags(&heard);
    }
}

/// Praise is for what was right, and for the learner's own work.
fn fits_the_moment(said: &Said, moment: &Moment) {
    let correct = moment.answer.unwrap_or_else(|| panic!("said without an answer: {said:?}"));
    match (kind(said), said.reason.as_str()) {
        (Kind::Celebration, "persistence-paid-off") => assert!(correct && !moment.first, "{said:?} {moment:?}"),
        (Kind::Celebration, _) => assert!(correct && moment.first, "{said:?} {moment:?}"),
        (Kind::Encouragement, "low-confidence-success") => assert!(correct, "{said:?} {moment:?}"),
        (Kind::Encouragement, "long-session" | "hint-reliance") => {}
        (Kind::Encouragement, _) => assert!(!correct, "{said:?} {moment:?}"),
    }
    assert!(said.message_id.strip_prefix(&said.reason).is_some_and(|rest| rest.starts_with('-')), "{said:?}");
}

fn is_never_repeated(heard: &[(&Said, &Moment)]) {
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for (place, (said, _)) in heard.iter().enumerate() {
        if place > 0 {
            let before = heard[place - 1].0;
            assert!(before.text != said.text && before.message_id != said.message_id, "{before:?} {said:?}");
        }
        let before = last.insert(&said.reason, &said.text);
        assert_ne!(before, Some(said.text.as_str()), "the same reason with the same words: {said:?}");
    }
}

fn never_nags(heard: &[(&Said, &Moment)]) {
    for seven in heard.windows(7) {
        let active = seven[6].1.active - seven[0].1.active;
        assert!(active > HOUR_MS - ROUNDING_MS, "seven messages in {active} ms at work: {seven:?}");
    }
    for eleven in heard.windows(11) {
        let (first, last) = (eleven[0].1, eleven[10].1);
        match first.at.zip(last.at) {
            Some((first, last)) => assert!(last - first > 24 * HOUR_MS - ROUNDING_MS, "eleven in a day: {eleven:?}"),
            None => assert!(last.active - first.active > 8 * HOUR_MS - ROUNDING_MS, "{eleven:?}"),
        }
    }
    for sort in [Kind::Encouragement, Kind::Celebration] {
        let of_a_kind: Vec<_> = heard.iter().filter(|(said, _)| kind(said) == sort).collect();
        for two in of_a_kind.windows(2) {
            let between = two[1].1.visits - two[0].1.visits;
            assert!(between >= 5, "{between} items between two of a kind: {two:?}");
        }
        let mut sessions: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, moment) in of_a_kind {
            *sessions.entry(moment.session).or_default() += 1;
        }
        let most = sessions.into_values().max().unwrap_or(0);
        assert!(sort == Kind::Celebration || most <= 3, "{most} encouragements in a session: {heard:?}");
    }
}

#[test]
fn datashop_learners_hear_what_was_promised() {
    keeps_every_promise(Real::Datashop);
}

#[test]
fn steps_learners_hear_what_was_promised() {
    keeps_every_promise(Real::Steps);
}

#[test]
fn two_thousand_untimed_learners_hear_what_was_promised() {
    keeps_every_promise(Real::Untimed);
}

#[test]
fn the_closing_lines_add_up() {
    for real in [Real::Datashop, Real::Steps, Real::Untimed] {
        let Some((log, printed)) = real.replayed() else { return };
        let events = fs::read_to_string(log).unwrap().lines().count();
        assert_eq!((printed.events, printed.messages), (events, printed.said.len()), "{real:?}");
        assert_eq!(printed.counts.values().sum::<usize>(), events, "{real:?}: {:?}", printed.counts);
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for said in &printed.said {
            let label = if kind(said) == Kind::Celebration { "celebration" } else { "encouragement" };
            *counted.entry(format!("{label} {}", said.reason)).or_default() += 1;
        }
        let stated = printed.counts.iter().filter(|(what, _)| !what.starts_with("silence "));
        assert!(stated.eq(counted.iter()), "{real:?}: {:?} {counted:?}", printed.counts);
    }
}
