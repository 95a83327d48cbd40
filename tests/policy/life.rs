//! A history lived through under a policy.

use hearten::{
    engine::Reply,
    event::Event,
    learner::Learner,
    reason::{Reason, Verdict},
};

use super::histories::{History, Room, Scribe};

/// One decision, with what was known around it.
pub struct Told {
    pub event: Event,
    pub before: Learner,
    pub after: Learner,
    pub reply: Reply,
    /// The server spoke first.
    pub nudge: bool,
}

impl Told {
    pub fn verdict(&self) -> Verdict {
        self.reply.decision.as_ref().unwrap().verdict
    }

    pub fn reason(&self) -> Option<Reason> {
        match self.verdict() {
            Verdict::Spoken { reason, .. } => Some(reason),
            _ => None,
        }
    }

    pub fn at_secs(&self) -> Option<i64> {
        self.reply.decision.as_ref().unwrap().at_secs.map(|at| at as i64)
    }
}

/// Lives through a history, nudged wherever the server would.
pub fn live(room: &Room, history: &History) -> Vec<Told> {
    live_with(room, history, |_, _| {})
}

/// The same, where something happens before every event.
pub fn live_with(room: &Room, history: &History, mut happen: impl FnMut(&Event, &[Told])) -> Vec<Told> {
    let mut scribe = Scribe::new("ana", history);
    let mut told: Vec<Told> = Vec::new();
    let mut patience: Option<i64> = None;
    for step in &history.steps {
        let quiet = scribe.now;
        let event = scribe.event(step);
        happen(&event, &told);
        if let (Some(ms), Some(last)) = (patience, told.last())
            && step.gap_ms > ms
        {
            let (event, before) = (last.event.clone(), last.after.clone());
            if let Some(reply) = room.nudge(&event, last.reply.sequence, quiet + ms) {
                let after = room.learner(&event);
                told.push(Told { event, before, after, reply, nudge: true });
            }
        }
        let before = room.learner(&event);
        let reply = room.submit(&event);
        patience = reply.patience_ms;
        let after = room.learner(&event);
        told.push(Told { event, before, after, reply, nudge: false });
    }
    told
}

pub fn spoken(told: &[Told]) -> Vec<(&Told, Reason)> {
    told.iter().filter_map(|told| Some((told, told.reason()?))).collect()
}
