//! What learners have asked for.

use super::{Engine, Error, hot};
use crate::{event::Timestamp, learner::Preferences, store::Key};

impl Engine {
    /// Changes what a learner has asked for; on disk when this returns. A learner nobody knows is created.
    pub async fn prefer(
        &self,
        key: &Key,
        change: impl Fn(&mut Preferences),
        now: Timestamp,
    ) -> Result<Preferences, Error> {
        let prefer = |slot: &mut hot::Slot| {
            let after = slot.learner.version();
            let mut wanted = slot.learner.preferences.clone();
            change(&mut wanted);
            // Whoever was never heard of is known from here on.
            if wanted != slot.learner.preferences || after == 0 {
                slot.learner.preferences = wanted.clone();
                slot.learner.changes += 1;
                slot.receipt = Some(self.store.commit(Self::commit(key, slot, after, now)));
            }
            wanted
        };
        self.look(key, now, prefer).await
    }
}
