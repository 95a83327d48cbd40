//! Who on a stream may have gone quiet.

use std::time::Duration;

use foldhash::HashMap;
use tokio::time::Instant;

use super::presence::Presence;
use crate::{engine::Reply, store::Key};

/// The most learners one stream waits for; further ones are not nudged.
const MAX_WATCHED: usize = 10_000;
/// The most that are spoken to before the stream is looked at again: on a shared store each waits for its own commit.
const AT_ONCE: usize = 64;

/// A learner at an item, from whom something is expected.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    pub key: Key,
    pub session_id: String,
    pub sequence: u64,
    pub presence: Presence,
    due: Instant,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Quiet(HashMap<Key, Watch>);

impl Quiet {
    /// Expects to hear from the learner within the reply's patience; without one, expects nothing. What was sent again
    /// says nothing new.
    pub(super) fn expect(&mut self, reply: &Reply, session_id: &str, presence: Presence, now: Instant) {
        let key = &reply.pending.key;
        if reply.duplicate {
            return;
        }
        let Some(patience) = reply.patience_ms.and_then(|ms| u64::try_from(ms).ok()) else {
            self.0.remove(key);
            return;
        };
        let due = now + Duration::from_millis(patience);
        // Most are heard of again and again.
        if let Some(watch) = self.0.get_mut(key) {
            (watch.sequence, watch.presence, watch.due) = (reply.sequence, presence, due);
            session_id.clone_into(&mut watch.session_id);
        } else if self.0.len() < MAX_WATCHED {
            let (key, session_id) = (key.clone(), session_id.to_owned());
            let watch = Watch { key: key.clone(), session_id, sequence: reply.sequence, presence, due };
            self.0.insert(key, watch);
        }
    }

    /// Expects nothing more of a learner.
    pub(super) fn forget(&mut self, key: &Key) {
        self.0.remove(key);
    }

    /// Whether nothing is expected of anybody.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes out whoever has been quiet for too long; some of them, where there are many.
    pub(super) fn overdue(&mut self) -> Vec<Watch> {
        let now = Instant::now();
        self.0.extract_if(|_, watch| watch.due <= now).take(AT_ONCE).map(|(_, watch)| watch).collect()
    }
}
