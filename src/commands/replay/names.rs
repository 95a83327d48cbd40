//! What learners are called on the server that a log is replayed through: nobody it knows already.

use std::{
    collections::HashMap,
    process,
    sync::{Mutex, PoisonError},
};

use hearten::{
    clock,
    event::{Name, item_hash},
};

/// The log's names under a prefix of this replay's own, and the way back.
pub(super) struct Names {
    prefix: String,
    /// Those that do not fit with a prefix, by what stands for them.
    long: Mutex<HashMap<String, String>>,
}

impl Names {
    pub(super) fn new() -> Self {
        // Replays may start in one millisecond.
        let prefix = format!("replay-{:x}-{:x}-", clock::now().as_millis(), process::id());
        Self { prefix, long: Mutex::default() }
    }

    /// What the server is told. An id it would refuse stays as it is, so that it is refused.
    pub(super) fn given(&self, learner: &str) -> String {
        let Ok(id) = Name::parse("learner_id", learner) else { return learner.to_owned() };
        let name = format!("{}{learner}", self.prefix);
        if Name::parse("learner_id", &name).is_ok() {
            return name;
        }
        let name = format!("{}{:016x}", self.prefix, item_hash(id, None));
        let mut long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        long.insert(name.clone(), learner.to_owned());
        name
    }

    /// Whom the server means.
    pub(super) fn meant(&self, name: &str) -> String {
        let long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        let learner = long.get(name).map(String::as_str);
        learner.or_else(|| name.strip_prefix(&self.prefix)).unwrap_or(name).to_owned()
    }
}
