//! What a learner may ask for: everything held about them, and that it be erased.

use std::sync::Arc;

use super::{Engine, Error, Explained, Logged, Profile, attention, hot::Slot};
use crate::{
    event::Timestamp,
    learner::{Learner, Opportunity, Told},
    reason::Outcome,
    statistics::{Subject, Wording},
    store::{self, Erased, Erasure, Key},
};

/// Everything held about a learner but the decisions logged, which come a page at a time ([`Engine::past`]).
#[derive(Clone, Debug)]
pub struct Export {
    /// What is told of any learner.
    pub profile: Profile,
    /// What the record remembers, piece by piece.
    pub remembered: Vec<Told>,
}

/// What a sweep has let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Decisions of before they were to be kept.
    pub decisions: u64,
    /// Learners nobody has heard of.
    pub learners: u64,
}

/// A learner on the way out.
struct Erasing<'a> {
    key: Key,
    items: Vec<Subject>,
    erased: store::Pending<'a, Erased>,
}

/// How much a sweep does at most: what is left waits for the next.
const AT_ONCE: usize = 10_000;

impl Engine {
    /// What is held about a learner, as of the newest change on disk.
    pub async fn export(&self, key: &Key, now: Timestamp) -> Result<Export, Error> {
        let profile = self.profile(key, true, now).await?;
        let remembered = known(self.look(key, now, |slot| slot.learner.told()).await)?;
        Ok(Export { profile, remembered })
    }

    /// A learner's logged decisions from the first after number `after` on, oldest first, each with its number.
    pub async fn past(&self, key: &Key, after: u64, limit: usize) -> Result<Vec<(u64, Explained)>, Error> {
        let rules = self.rules(key.tenant());
        let explained = |past: store::Past| {
            let logged = Logged::decode(&past.bytes)?;
            let policy_version = Arc::from(logged.policy_version.as_str());
            let (offer, message) = (logged.offer, logged.words(&rules));
            let named = Self::named(&rules, key, &logged.trace);
            let decision = super::Decision { policy_version, message, offer, ..named };
            let outcome = past.outcome.and_then(Outcome::from_number);
            Ok((past.number, Explained { decision, logged, outcome }))
        };
        self.store.decisions(key, after, limit).await?.into_iter().map(explained).collect()
    }

    /// Erases a learner for good: from the store's files and from memory when this returns, and nothing more is taken of them.
    /// Safe to repeat.
    pub async fn erase(&self, key: &Key, now: Timestamp) -> Result<Erased, Error> {
        let learner = match self.look(key, now, |slot| slot.learner.clone()).await {
            Ok(learner) => Some(learner),
            Err(Error::Store(store::Error::Erased)) => None,
            // It goes all the same.
            Err(Error::Corrupt(_)) => None,
            Err(error) => return Err(error),
        };
        let items = learner.as_ref().map_or_else(Vec::new, |learner| self.met(key, learner));
        let class = learner.as_ref().and_then(attention::listed);
        let erasure = Erasure { key: key.clone(), class, items: items.clone(), for_good: true, unheard_since: None };
        let erasing = self.hot.peek(key, |slot| {
            // Events from here on are those of somebody nobody knows, and find out that they come too late.
            let class = attention::listed(&slot.learner);
            slot.empty();
            self.store.erase(Erasure { class, ..erasure.clone() })
        });
        let erased = erasing.unwrap_or_else(|| self.store.erase(erasure)).await;
        // Whatever came of it, what is in memory is what was there before or nothing.
        self.hot.forget(key);
        if erased.is_ok() {
            self.tenants.of(key.tenant()).live.forget(&items);
        }
        Ok(erased?)
    }

    /// Forgets decisions made before one time, and learners nobody has heard of since another; some of them, where there are
    /// many.
    pub async fn sweep(&self, decisions: Option<Timestamp>, learners: Option<Timestamp>) -> Result<Swept, Error> {
        let (mut swept, mut failed) = (Swept::default(), None);
        if let Some(before) = decisions {
            match self.store.forget_decisions(before).await {
                Ok(forgotten) => swept.decisions = forgotten,
                Err(error) => failed = Some(error.into()),
            }
        }
        if let Some(before) = learners {
            let mut erasing = Vec::new();
            // All are asked for before any is waited for: they share the work on files.
            for key in self.store.unheard(before, AT_ONCE).await? {
                match self.erase_unheard(key, before).await {
                    Ok(begun) => erasing.extend(begun),
                    Err(error) => failed = Some(error),
                }
            }
            for Erasing { key, items, erased } in erasing {
                match erased.await {
                    Ok(erased) => swept.learners += erased.records,
                    Err(error) => failed = Some(error.into()),
                }
                self.tenants.of(key.tenant()).live.forget(&items);
                // Whoever looked meanwhile may have loaded what is gone now.
                self.hot.forget_unchanged(&key);
            }
        }
        failed.map_or(Ok(swept), Err)
    }

    /// Begins to erase a learner, unless they were heard of meanwhile.
    async fn erase_unheard(&self, key: Key, before: Timestamp) -> Result<Option<Erasing<'_>>, Error> {
        let look = |slot: &mut Slot| (self.met(&key, &slot.learner), attention::listed(&slot.learner));
        let (items, class) = match self.look(&key, Timestamp::default(), look).await {
            Ok(looked) => looked,
            Err(Error::Store(store::Error::Erased)) => return Ok(None),
            // What cannot be read can be erased.
            Err(Error::Corrupt(_)) => (Vec::new(), None),
            Err(error) => return Err(error),
        };
        let unheard_since = Some(before);
        let erasure = Erasure { key: key.clone(), class, items: items.clone(), for_good: false, unheard_since };
        let erased = self.hot.peek(&key, |slot| {
            // Being looked at is not being heard of; a change since loading is.
            let heard = slot.receipt.is_some() || slot.learner.clock.last_at.is_some_and(|last| last >= before);
            (!heard).then(|| {
                let class = attention::listed(&slot.learner);
                slot.empty();
                self.store.erase(Erasure { class, ..erasure.clone() })
            })
        });
        let erased = erased.unwrap_or_else(|| Some(self.store.erase(erasure)));
        Ok(erased.map(|erased| Erasing { key, items, erased }))
    }

    /// The items that a record still remembers, among those anything is counted of, and what else may tell of this learner.
    fn met(&self, key: &Key, learner: &Learner) -> Vec<Subject> {
        let parts: Vec<u32> = learner.attempts.iter().map(|attempt| attempt.item).collect();
        let whole = [learner.place.item, learner.progress.error_item];
        let age = learner.preferences.age_band as u8;
        let is_met = |subject| match subject {
            Subject::Item(hash) => {
                let short = crate::learner::short(hash);
                whole.contains(&short) || parts.contains(&(short & Opportunity::ITEM_BITS))
            }
            // What came after wordings, among learners of this age: which language was spoken is not known any more.
            Subject::Wording(place) => Wording::is_among(place, age),
            _ => false,
        };
        self.tenants.of(key.tenant()).live.of_few(is_met)
    }
}

/// One who was erased is one nobody knows.
pub(super) fn known<T>(looked: Result<T, Error>) -> Result<T, Error> {
    match looked {
        Err(Error::Store(store::Error::Erased)) => Err(Error::UnknownLearner),
        looked => looked,
    }
}
