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
            let learner = &mut slot.learner;
            let mut wanted = learner.preferences.clone();
            change(&mut wanted);
            // Whoever was never heard of is known from here on.
            if wanted != learner.preferences || learner.version() == 0 {
                learner.preferences = wanted.clone();
                learner.changes += 1;
                slot.receipt = Some(self.store.commit(Self::commit(key, learner)));
            }
            (wanted, slot.receipt.clone())
        };
        let (wanted, receipt) = self.hot.with(&self.store, key, now, prefer).await?;
        self.kept(key, receipt.as_ref()).await?;
        Ok(wanted)
    }
}
