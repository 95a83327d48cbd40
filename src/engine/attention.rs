//! The lists of those whom a teacher should see.

use std::sync::Arc;

use arrayvec::ArrayVec;

use super::{Engine, Error, Rules, hot};
use crate::{
    estimate::Head,
    event::Timestamp,
    learner::{Attention, Learner, Spoken},
    reason::{Kind, Reason},
    store::{self, Key},
};

/// Whoever was not heard from for two weeks is not struggling with us any more.
const GONE_MS: i64 = 14 * 24 * 60 * 60 * 1000;

/// A learner who keeps struggling.
#[derive(Clone, Debug, PartialEq)]
pub struct Struggle {
    /// Who.
    pub learner: Arc<str>,
    /// Why.
    pub reason: Reason,
    /// Since when, in whole seconds since 1970; `None` where there was no clock.
    pub since_secs: Option<u64>,
    /// What that is seen from: its name, its value, and from how much on it counts.
    pub evidence: Vec<(&'static str, f32, f32)>,
    /// What was said to help since then.
    pub tried: Vec<Spoken>,
}

/// Some of a class's list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Those on it, by their ids.
    pub learners: Vec<Struggle>,
    /// The id after which the next page begins; `None` on the last.
    pub next: Option<Arc<str>>,
}

/// The class on whose list a learner is.
pub(super) fn listed(learner: &Learner) -> Option<u64> {
    learner.attention.map(|_| learner.class).filter(|class| *class != 0)
}

/// What an event changed about that.
pub(super) fn changes(before: Option<u64>, after: Option<u64>) -> ArrayVec<(u64, bool), 2> {
    if before == after {
        return ArrayVec::new();
    }
    let gone = before.map(|class| (class, false));
    gone.into_iter().chain(after.map(|class| (class, true))).collect()
}

impl Engine {
    /// Those of a class who keep struggling, as of their newest events on disk.
    pub async fn struggling(
        &self,
        tenant: &str,
        class: u64,
        after: &str,
        limit: usize,
        now: Timestamp,
    ) -> Result<Page, Error> {
        let mut ids = self.store.attention(tenant, class, after, limit.saturating_add(1)).await?;
        let more = ids.len() > limit;
        ids.truncate(limit);
        let next = ids.last().filter(|_| more).cloned();
        let rules = self.rules(tenant);
        let mut learners = Vec::with_capacity(ids.len());
        for learner in ids {
            let key = Key::new(tenant, &learner);
            let look = |slot: &mut hot::Slot| struggle(&rules, &slot.learner, &key, class, now);
            // Being looked at keeps nobody in memory.
            let struggle = match self.look(&key, Timestamp::default(), look).await {
                Err(error) if error.is_damage() => {
                    tracing::error!(%error, "a learner's record is damaged, and left out of a list");
                    continue;
                }
                Err(Error::Store(store::Error::Erased)) => continue,
                looked => looked?,
            };
            // An event may have come in between.
            learners.extend(struggle);
        }
        Ok(Page { learners, next })
    }
}

fn struggle(rules: &Rules, learner: &Learner, key: &Key, class: u64, now: Timestamp) -> Option<Struggle> {
    if learner.clock.last_at.is_some_and(|last| now - last > GONE_MS) {
        return None;
    }
    let Attention { reason, since_secs, skill } = learner.attention.filter(|_| learner.class == class)?;
    let criteria = rules.policy.attention;
    let mood = |head: Head| learner.moods.get(head as usize).copied().unwrap_or_default();
    let evidence = match reason {
        Reason::WheelSpinning => {
            let skill = learner.skills.iter().find(|known| known.id as u16 == skill);
            let (opportunities, successes) = skill.map_or((0, 0), |skill| (skill.opportunities, skill.successes));
            let least = f32::from(criteria.wheel_spinning_opportunities);
            vec![
                ("wheel_spinning", mood(Head::WheelSpinning).score.get(), criteria.wheel_spinning),
                ("skill_opportunities", f32::from(opportunities), least),
                ("skill_successes", f32::from(successes), 0.0),
            ]
        }
        _ => {
            let frustration = mood(Head::Frustration);
            let least = f32::from(criteria.frustration_high_for);
            vec![("frustration_high_for", f32::from(frustration.high_for), least)]
        }
    };
    let said = learner.said.spoken.iter().filter(|spoken| spoken.sequence > 0 && !spoken.held_out);
    let encouragements = said.filter(|spoken| spoken.reason.kind() == Kind::Encouragement);
    // Where there was no clock, this session's.
    let since = |spoken: &&Spoken| if since_secs > 0 { spoken.at_secs >= since_secs } else { spoken.in_session };
    let tried = encouragements.filter(since).copied().collect();
    let since_secs = (since_secs > 0).then_some(since_secs);
    Some(Struggle { learner: key.learner().into(), reason, since_secs, evidence, tried })
}
