//! What happened in each session of one stream.

use foldhash::HashMap;
use pbjson_types::Duration as Length;

use super::{pb, quiet::Watch, sent::Taken};
use crate::{
    engine::Reply,
    event::{Action, Event, Timestamp},
    reason::{Kind, Verdict},
};

/// The most sessions one stream sums up; further ones are served like any other, without a closing summary.
const MAX_SESSIONS: usize = 10_000;

/// A session in numbers.
#[derive(Clone, Debug, Default)]
struct Tally {
    summary: pb::closing::Summary,
    first: Option<Timestamp>,
    last: Option<Timestamp>,
}

/// All sessions seen on a stream.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    /// By learner, then by session.
    tallies: HashMap<String, HashMap<String, Tally>>,
    count: usize,
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

    /// Ends one session.
    pub fn close(&mut self, learner_id: String, session_id: String) -> pb::Closing {
        let sessions = self.tallies.get_mut(&learner_id);
        let tally = sessions.and_then(|sessions| sessions.remove(&session_id));
        self.count -= usize::from(tally.is_some());
        if self.tallies.get(&learner_id).is_some_and(HashMap::is_empty) {
            self.tallies.remove(&learner_id);
        }
        closing(learner_id, session_id, tally.unwrap_or_default(), false)
    }

    /// Ends all of them.
    pub fn close_all(&mut self, resume: bool) -> Vec<pb::Closing> {
        self.count = 0;
        let mut closings = Vec::new();
        for (learner, sessions) in self.tallies.drain() {
            closings.extend(sessions.into_iter().map(|(name, tally)| closing(learner.clone(), name, tally, resume)));
        }
        closings.sort_by(|a, b| (&a.learner_id, &a.session_id).cmp(&(&b.learner_id, &b.session_id)));
        closings
    }

    fn tally(&mut self, learner_id: &str, session_id: &str) -> Option<&mut Tally> {
        let known = self.tallies.get(learner_id).is_some_and(|sessions| sessions.contains_key(session_id));
        if !known {
            if self.count >= MAX_SESSIONS {
                return None;
            }
            self.count += 1;
            let sessions = self.tallies.entry(learner_id.to_owned()).or_default();
            sessions.insert(session_id.to_owned(), Tally::default());
        }
        self.tallies.get_mut(learner_id)?.get_mut(session_id)
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

fn closing(learner_id: String, session_id: String, tally: Tally, resume: bool) -> pb::Closing {
    let millis = tally.first.zip(tally.last).map_or(0, |(first, last)| (last - first).max(0));
    let duration = Length { seconds: millis / 1000, nanos: (millis % 1000) as i32 * 1_000_000 };
    let summary = pb::closing::Summary { duration: Some(duration), ..tally.summary };
    pb::Closing { learner_id, session_id, summary: Some(summary), resume }
}
