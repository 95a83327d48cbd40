//! The sessions of one stream: what `open` set, what happened in each, and who has gone quiet.

use std::{collections::HashMap, time::Duration};

use pbjson_types::Duration as Length;
use tokio::time::Instant;

use super::{
    pb,
    sent::{Presence, Taken},
};
use crate::{
    engine::Reply,
    event::{Action, Event, Timestamp},
    reason::{Kind, Verdict},
    store::Key,
};

/// The most sessions one stream sums up; further ones are served like any other, without a closing summary.
const MAX_SESSIONS: usize = 10_000;

/// What `open` set.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    pub open: pb::Open,
    pub presence: Presence,
}

impl Defaults {
    pub fn new(open: pb::Open) -> Self {
        let correctness_shown = open.correctness_shown.unwrap_or(true);
        let presence = Presence { capabilities: open.capabilities.clone(), correctness_shown };
        Self { open, presence }
    }

    /// Fills in what the event leaves out. The session opened is the opened learner's, nobody else's.
    pub fn fill_in(&self, event: &mut pb::Event) {
        let fill = |field: &mut String, default: &str| {
            if field.is_empty() {
                default.clone_into(field);
            }
        };
        fill(&mut event.learner_id, &self.open.learner_id);
        if event.learner_id == self.open.learner_id {
            fill(&mut event.session_id, &self.open.session_id);
        }
        fill(&mut event.class_id, &self.open.class_id);
        fill(&mut event.assignment_id, &self.open.assignment_id);
        if event.mode == 0 {
            event.mode = self.open.mode;
        }
    }
}

/// Learner and session.
type Name = (String, String);

/// A session in numbers.
#[derive(Clone, Debug, Default)]
struct Tally {
    summary: pb::closing::Summary,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

/// A learner who may go quiet.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    pub key: Key,
    pub session_id: String,
    pub sequence: u64,
    pub presence: Presence,
    due: Instant,
}

/// All sessions seen on a stream.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    tallies: HashMap<Name, Tally>,
    watched: HashMap<String, Watch>,
}

impl Sessions {
    /// A session is open from here on, whether or not anything happens in it.
    pub fn open(&mut self, learner_id: &str, session_id: &str) {
        if !learner_id.is_empty() {
            self.tally(learner_id, session_id);
        }
    }

    /// Counts an event and its answer.
    pub fn count(&mut self, taken: &Taken, event: &Event) {
        if taken.reply.duplicate {
            return;
        }
        let Some(tally) = self.tally(&taken.learner_id, &taken.session_id) else { return };
        let summary = &mut tally.summary;
        match event.action {
            Action::Attempt(attempt) => {
                summary.attempts += 1;
                summary.correct += u32::from(attempt.correct);
            }
            Action::Hint(_) => summary.hints += 1,
            _ => {}
        }
        spoken(summary, &taken.reply);
        let at = event.at();
        tally.first = tally.first.or(at);
        tally.last = tally.last.max(at);
    }

    /// Counts a nudge.
    pub fn count_nudge(&mut self, watch: &Watch, reply: &Reply) {
        if let Some(tally) = self.tally(&watch.key.learner, &watch.session_id) {
            spoken(&mut tally.summary, reply);
        }
    }

    /// Expects to hear from the learner within the reply's patience; without one, forgets them. What was sent again says
    /// nothing new.
    pub fn watch(&mut self, taken: &Taken, presence: &Presence) {
        let reply = &taken.reply;
        if reply.duplicate {
            return;
        }
        let Some(patience) = reply.patience_ms.and_then(|ms| u64::try_from(ms).ok()) else {
            self.watched.remove(&taken.learner_id);
            return;
        };
        let due = Instant::now() + Duration::from_millis(patience);
        let (key, session_id) = (reply.key.clone(), taken.session_id.clone());
        let watch = Watch { key, session_id, sequence: reply.sequence, presence: presence.clone(), due };
        self.watched.insert(taken.learner_id.clone(), watch);
    }

    /// Whether anybody is expected.
    pub fn watching(&self) -> bool {
        !self.watched.is_empty()
    }

    /// Takes out whoever has been quiet for too long.
    pub fn quiet(&mut self) -> Vec<Watch> {
        let now = Instant::now();
        self.watched.extract_if(|_, watch| watch.due <= now).map(|(_, watch)| watch).collect()
    }

    /// Ends one session.
    pub fn close(&mut self, learner_id: String, session_id: String) -> pb::Closing {
        self.watched.remove(&learner_id);
        let name = (learner_id, session_id);
        let tally = self.tallies.remove(&name).unwrap_or_default();
        closing(name, tally, false)
    }

    /// Ends all of them.
    pub fn close_all(&mut self, resume: bool) -> Vec<pb::Closing> {
        self.watched.clear();
        let mut closings: Vec<_> = self.tallies.drain().map(|(name, tally)| closing(name, tally, resume)).collect();
        closings.sort_by(|a, b| (&a.learner_id, &a.session_id).cmp(&(&b.learner_id, &b.session_id)));
        closings
    }

    fn tally(&mut self, learner_id: &str, session_id: &str) -> Option<&mut Tally> {
        let name = (learner_id.to_owned(), session_id.to_owned());
        if self.tallies.len() >= MAX_SESSIONS && !self.tallies.contains_key(&name) {
            return None;
        }
        Some(self.tallies.entry(name).or_default())
    }
}

fn spoken(summary: &mut pb::closing::Summary, reply: &Reply) {
    if let Some(Verdict::Spoken { reason, .. }) = reply.decision.as_ref().map(|decision| decision.verdict) {
        match reason.kind() {
            Kind::Encouragement => summary.encouragements += 1,
            Kind::Celebration => summary.celebrations += 1,
        }
    }
}

fn closing((learner_id, session_id): Name, tally: Tally, resume: bool) -> pb::Closing {
    let millis = tally.first.zip(tally.last).map_or(0, |(first, last)| (last - first).max(0));
    let duration = Length { seconds: millis / 1000, nanos: (millis % 1000) as i32 * 1_000_000 };
    let summary = pb::closing::Summary { duration: Some(duration), ..tally.summary };
    pb::Closing { learner_id, session_id, summary: Some(summary), resume }
}
