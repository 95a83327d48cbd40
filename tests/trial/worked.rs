//! Policies with trials, and learners who work under them.

use hearten::{
    engine::Reply,
    event::Event,
    feedback::Policy,
    reason::{Cause, Reason, Verdict},
};

use super::histories::{At, History, Room, Scribe, Step, answer, step};

/// The built-in policy with these lines in every table of a reason but that of being stuck.
pub fn policy(lines: &str) -> Policy {
    let mut text = String::new();
    for line in Policy::BUILTIN.lines() {
        text += &format!("{line}\n");
        if line.starts_with("[reasons.") && line != "[reasons.stuck]" {
            text += &format!("{lines}\n");
        }
    }
    Policy::parse(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// A learner who errs at one new item after another, with a minute for each, and what the engine answered.
pub struct Work<'a> {
    room: &'a Room,
    scribe: Scribe,
    pub class: Option<u64>,
}

impl<'a> Work<'a> {
    pub fn new(room: &'a Room, learner: &str) -> Self {
        let history = History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() };
        Self { room, scribe: Scribe::new(learner, &history), class: None }
    }

    pub fn event(&mut self, step: &Step) -> Event {
        Event { class: self.class, ..self.scribe.event(step) }
    }

    pub fn does(&mut self, step: &Step) -> (Event, Reply) {
        let event = self.event(step);
        let reply = self.room.submit(&event);
        (event, reply)
    }

    pub fn answers(&mut self, correct: bool, gap_ms: i64) -> (Event, Reply) {
        self.does(&step(gap_ms, At::New, answer(correct, 20_000)))
    }

    /// Errs until something is said or held out: the event, and the reply.
    pub fn errs_until_decided(&mut self) -> (Event, Reply) {
        loop {
            let (event, reply) = self.answers(false, 60_000);
            if decided(&reply).is_some() {
                return (event, reply);
            }
        }
    }
}

/// Whether a message was said or held out by lot, and of which reason.
pub fn decided(reply: &Reply) -> Option<(Reason, bool)> {
    match reply.decision.as_ref()?.verdict {
        Verdict::Spoken { reason, .. } => Some((reason, true)),
        Verdict::Silent { cause: Cause::Trial, instead_of: Some(reason) } => Some((reason, false)),
        _ => None,
    }
}
