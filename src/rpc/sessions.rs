//! What happened in each session of one stream.

use std::sync::Arc;

use foldhash::HashMap;

use super::{pb, quiet::Watch, sent::Taken};
use crate::{
    engine::Reply,
    event::{Action, Event, Timestamp},
    reason::Kind,
    store::Key,
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

/// One learner's.
#[derive(Debug, Default)]
struct OfLearner {
    /// The one last heard of, where most of what comes belongs.
    session: String,
    tally: Tally,
    others: HashMap<String, Tally>,
}

/// What is counted of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Did {
    action: Action,
    at: Option<Timestamp>,
}

impl Did {
    pub fn of(event: &Event) -> Self {
        Self { action: event.action, at: event.at() }
    }
}

/// All sessions seen on a stream.
#[derive(Debug)]
pub(super) struct Sessions {
    tenant: Arc<str>,
    learners: HashMap<Key, OfLearner>,
    count: usize,
}

impl Sessions {
    /// None yet.
    pub fn new(tenant: Arc<str>) -> Self {
        Self { tenant, learners: HashMap::default(), count: 0 }
    }

    /// A session is open from here on, whether or not anything happens in it.
    pub fn open(&mut self, learner_id: &str, session_id: &str) {
        if !learner_id.is_empty() {
            self.count_in(&Key::new(&self.tenant, learner_id), session_id, |_| ());
        }
    }

    /// Counts an event that is on disk, and its answer.
    pub fn count(&mut self, taken: &Taken, Did { action, at }: Did) {
        if taken.duplicate {
            return;
        }
        self.count_in(&taken.pending.key, &taken.ids.session_id, |Tally { summary, first, last }| {
            match action {
                Action::Attempt(attempt) => {
                    summary.attempts += 1;
                    summary.correct += u32::from(attempt.correct);
                }
                Action::Hint(_) => summary.hints += 1,
                _ => {}
            }
            spoken(summary, taken.said);
            *first = first.or(at);
            *last = (*last).max(at);
        });
    }

    /// Counts a nudge.
    pub fn count_nudge(&mut self, watch: &Watch, reply: &Reply) {
        self.count_in(&watch.key, &watch.session_id, |tally| spoken(&mut tally.summary, reply.said()));
    }

    /// Ends one session.
    pub fn close(&mut self, learner_id: String, session_id: String) -> pb::Closing {
        let tally = self.take(&Key::new(&self.tenant, &learner_id), &session_id);
        self.count -= usize::from(tally.is_some());
        closing(learner_id, session_id, tally.unwrap_or_default(), false)
    }

    /// Ends all of them.
    pub fn close_all(&mut self, resume: bool) -> Vec<pb::Closing> {
        self.count = 0;
        let mut closings = Vec::new();
        for (key, OfLearner { session, tally, others }) in self.learners.drain() {
            let sessions = others.into_iter().chain([(session, tally)]);
            closings.extend(sessions.map(|(session, tally)| closing(key.learner().to_owned(), session, tally, resume)));
        }
        closings.sort_by(|a, b| (&a.learner_id, &a.session_id).cmp(&(&b.learner_id, &b.session_id)));
        closings
    }

    fn take(&mut self, key: &Key, session_id: &str) -> Option<Tally> {
        let of_learner = self.learners.get_mut(key)?;
        if of_learner.session != session_id {
            return of_learner.others.remove(session_id);
        }
        let next = of_learner.others.keys().next().cloned();
        match next.and_then(|session| of_learner.others.remove_entry(&session)) {
            Some((session, tally)) => {
                of_learner.session = session;
                Some(std::mem::replace(&mut of_learner.tally, tally))
            }
            None => self.learners.remove(key).map(|of_learner| of_learner.tally),
        }
    }

    /// Counts in a session. One that is not known yet begins, as long as there is room for it.
    fn count_in(&mut self, key: &Key, session_id: &str, count: impl FnOnce(&mut Tally)) {
        let full = self.count >= MAX_SESSIONS;
        let Some(of_learner) = self.learners.get_mut(key) else {
            if !full {
                self.count += 1;
                let mut of_learner = OfLearner { session: session_id.to_owned(), ..OfLearner::default() };
                count(&mut of_learner.tally);
                self.learners.insert(key.clone(), of_learner);
            }
            return;
        };
        if of_learner.session != session_id {
            let tally = match of_learner.others.remove(session_id) {
                Some(tally) => tally,
                None if full => return,
                None => {
                    self.count += 1;
                    Tally::default()
                }
            };
            let session = std::mem::replace(&mut of_learner.session, session_id.to_owned());
            of_learner.others.insert(session, std::mem::replace(&mut of_learner.tally, tally));
        }
        count(&mut of_learner.tally);
    }
}

fn spoken(summary: &mut pb::closing::Summary, said: Option<Kind>) {
    match said {
        Some(Kind::Encouragement) => summary.encouragements += 1,
        Some(Kind::Celebration) => summary.celebrations += 1,
        None => {}
    }
}

fn closing(learner_id: String, session_id: String, tally: Tally, resume: bool) -> pb::Closing {
    let millis = tally.first.zip(tally.last).map_or(0, |(first, last)| (last - first).max(0));
    let duration = pb::Duration { seconds: millis / 1000, nanos: (millis % 1000) as i32 * 1_000_000 };
    let summary = pb::closing::Summary { duration: Some(duration), ..tally.summary };
    pb::Closing { learner_id, session_id, summary: Some(summary), resume }
}
