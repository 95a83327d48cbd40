//! What is said, and what was: the words of a decision are kept with it, so that they stay what they were.

use super::{Decision, Engine, Error, Logged, Reply, Rules};
use crate::{
    learner::{Locale, Preferences, Trace},
    messages::{Message, Placeable},
    reason::Verdict,
    store::Key,
};

/// The words of a decision, for a learner who asked for this on a platform that asks for that.
pub(super) fn message(
    rules: &Rules,
    preferences: &Preferences,
    asked: Option<Locale>,
    trace: &Trace,
) -> Option<Box<Message>> {
    let Verdict::Spoken { reason, wording } = trace.verdict else { return None };
    let number = Placeable::of(reason).map_or(0, |placeable| placeable.value(&trace.readings));
    Some(Box::new(rules.catalogues.fitting(preferences, asked).say(reason, wording, number, preferences)))
}

impl Logged {
    /// The words, where there were any; those of a time when they were not kept as they would be today.
    pub(super) fn words(&self, rules: &Rules) -> Option<Box<Message>> {
        let known = self.message.clone().map(Box::new);
        known.or_else(|| message(rules, &Preferences::default(), None, &self.trace))
    }
}

impl Engine {
    /// The record knows what it decided on its last 32 events; what was said, when and by which policy the log knows.
    pub(super) async fn recall_words(&self, mut reply: Reply) -> Result<Reply, Error> {
        let speaks = |decision: &Decision| matches!(decision.verdict, Verdict::Spoken { .. });
        if reply.decision.as_ref().is_some_and(speaks) {
            self.settle(&mut reply).await?;
            return self.words_of(reply).await;
        }
        Ok(reply)
    }

    /// The same with the words of what was said, which are on disk.
    pub(super) async fn words_of(&self, mut reply: Reply) -> Result<Reply, Error> {
        if let Some(decision) = reply.decision.take() {
            reply.decision = match decision.verdict {
                Verdict::Spoken { .. } => self.recall(&reply.rules, &reply.pending.key, decision).await?,
                _ => Some(decision),
            };
        }
        Ok(reply)
    }

    /// A decision that spoke, as it is in the log; `None` where it is no longer there.
    pub(super) async fn recall(&self, rules: &Rules, key: &Key, decision: Decision) -> Result<Option<Decision>, Error> {
        let Some(sequence) = decision.id.as_ref().map(|id| id.sequence) else { return Ok(None) };
        let Some(bytes) = self.store.decision(key, sequence).await? else { return Ok(None) };
        let logged = Logged::decode(&bytes)?;
        Ok(Some(Decision {
            at_secs: logged.trace.at_secs,
            message: logged.words(rules),
            policy_version: logged.policy_version.into(),
            offer: logged.offer,
            ..decision
        }))
    }
}
