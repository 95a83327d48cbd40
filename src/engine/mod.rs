//! One event in, one decision out: find the learner, apply, decide, commit, answer.

mod attention;
mod change;
mod decision;
mod error;
mod hot;
mod live;
mod logged;
mod notes;
mod outcomes;
mod pending;
mod place;
mod preferences;
mod reads;
mod resent;
mod rights;
mod rules;
mod submit;
mod tenants;
mod trial;
mod turn;
mod words;

use std::sync::Arc;

use arc_swap::ArcSwap;

pub use attention::{Page, Struggle};
pub use decision::{Decision, Number, Offer};
pub use error::Error;
use live::Renewal;
pub use live::Statistics;
pub use logged::{Entered, Logged, Weighed};
pub use outcomes::Reported;
pub use pending::Pending;
pub use reads::{Explained, Profile};
pub use resent::{Link, Resent};
pub use rights::{Export, Swept};
pub use rules::{RuleBook, Rules};
pub use turn::{Added, Ask, Turn, apply};

use crate::{
    estimate::{Assessment, Features, assess, signals},
    event::Timestamp,
    feedback::Rule,
    learner::{AllFollowed, Learner, Locale, SEEN, Trace, Volume},
    messages::Message,
    reason::{Cause, Kind, Verdict},
    statistics::Snapshot,
    store::{self, Commit, Key, Meter, Record, Spoken, Store},
};

/// The engine: any number of learners, each strictly in order.
pub struct Engine {
    book: ArcSwap<RuleBook>,
    store: Arc<dyn Store>,
    secret: [u8; 16],
    hot: hot::Hot,
    tenants: tenants::Tenants,
    renewal: Renewal,
}

/// How it is going, with what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The estimates.
    pub assessment: Assessment,
    /// What they are made of, where that was asked for.
    pub features: Option<Features>,
    /// The item statistics in use.
    pub statistics_version: u64,
}

/// The answer to an event. Not to be sent before [`Engine::settle`] or [`Engine::settled`] has said that it is on disk.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The rules in force.
    pub rules: Arc<Rules>,
    /// How it is going.
    pub report: Report,
    /// What was decided, where that was asked for.
    pub decision: Option<Decision>,
    /// The event was known already.
    pub duplicate: bool,
    /// The learner's newest sequence number.
    pub sequence: u64,
    /// How long the learner may be quiet before it means being stuck, in milliseconds.
    pub patience_ms: Option<i64>,
    /// What it waits for.
    pub pending: Pending,
}

/// How an event is to be taken, and how much is wanted in answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What is asked of the event.
    pub ask: Ask,
    /// Signals are wanted.
    pub signals: bool,
    /// Nothing is kept.
    pub dry_run: bool,
}

impl Engine {
    /// How many events of a learner are remembered one by one.
    pub const REMEMBERED: usize = SEEN;

    /// Opens the engine on a store.
    pub async fn open(book: impl Into<RuleBook>, store: Arc<dyn Store>, statistics: Statistics) -> Result<Self, Error> {
        let renewal = match statistics {
            Statistics::Frozen => Renewal::Never,
            Statistics::Learn if store.shared() => Renewal::Shared,
            Statistics::Learn => Renewal::Counted,
        };
        let tenants = tenants::Tenants::new(renewal, store.statistics().await?);
        let (book, secret) = (ArcSwap::from_pointee(book.into()), store.secret());
        Ok(Self { book, store, secret, hot: hot::Hot::default(), tenants, renewal })
    }

    /// Goes by other rules from here on, for all tenants at once: an event under way is decided by the old or by the new, whole.
    pub fn adopt(&self, book: impl Into<RuleBook>) {
        self.book.store(Arc::new(book.into()));
    }

    /// What was decided on a known event, as far as it may still be said.
    fn recalled(rules: &Rules, learner: &Learner, key: &Key, id: u64) -> Option<Decision> {
        let sequence = learner.sequence_of(id)?;
        let known = learner.decision(sequence);
        let verdict = match learner.recall(id)?.verdict()? {
            Verdict::Undecided => return None,
            // Off is off, also for what was said before.
            Verdict::Spoken { reason, .. } if learner.preferences.volume == Volume::Off => {
                Verdict::Silent { cause: Cause::SwitchedOff, instead_of: Some(reason) }
            }
            verdict => verdict,
        };
        Some(match known {
            Some(trace) if rules.made(learner) => Decision { verdict, ..Self::named(rules, key, &trace) },
            // It was decided under other rules.
            Some(trace) => {
                Decision { verdict, held: None, policy_version: Arc::from(""), ..Self::named(rules, key, &trace) }
            }
            None => {
                let (held, at_secs, policy_version, message) = (None, None, Arc::from(""), None);
                let (id, offer) = (Some(Number { key: key.clone(), sequence }), Offer::of_old(verdict));
                Decision { id, verdict, held, at_secs, policy_version, message, offer }
            }
        })
    }

    /// The answer to an event that was taken before, and what came of it forgotten since.
    pub async fn repeat(&self, key: &Key, signals: bool, now: Timestamp) -> Result<Reply, Error> {
        self.look(key, now, |slot| self.repeated(slot, key, signals)).await
    }

    fn repeated(&self, slot: &hot::Slot, key: &Key, signals: bool) -> Reply {
        let (rules, tenant) = (self.rules(key.tenant()), self.tenants.of(key.tenant()));
        let reply = Self::reply(&rules, slot, key, None, signals, &tenant.live.snapshot());
        Reply { duplicate: true, ..reply }
    }

    /// The learner has been quiet since the event that made it `sequence`: speaks if that is worth it.
    pub async fn nudge(
        &self,
        key: &Key,
        sequence: u64,
        locale: Option<Locale>,
        now: Timestamp,
    ) -> Result<Option<Reply>, Error> {
        let tenant = self.tenants.of(key.tenant());
        let speak = |slot: &mut hot::Slot| {
            if slot.learner.sequence != sequence {
                return None;
            }
            let (statistics, rules) = (tenant.live.snapshot(), self.rules(key.tenant()));
            let after = slot.learner.version();
            let trace = turn::nudge(&rules, &mut slot.learner, locale, now, &statistics)?;
            let message = words::message(&rules, &slot.learner.preferences, locale, &trace);
            let features = Features::of(&rules.model, &slot.learner, &statistics);
            let logged = Self::logged(&rules, &trace, Some(&features), &statistics);
            let spoken = message.as_ref().and_then(|message| Self::spoken(message, logged));
            let commit = Commit { decision: spoken, ..Self::commit(key, slot, after, now) };
            slot.receipt = Some(self.store.commit(commit));
            let decision = Some(Decision { message, ..Self::named(&rules, key, &trace) });
            Some(Self::reply(&rules, slot, key, decision, false, &statistics))
        };
        let spoken = self.hot.with(&self.store, key, now, speak).await?;
        match spoken {
            Some(reply) if self.store.shared() => match self.kept(key, reply.pending.receipt.as_ref()).await {
                // The learner was heard of elsewhere, and so is not quiet.
                Err(Error::Store(store::Error::Conflict)) => {
                    self.mend(key, &reply.pending.lineage).await.map(|()| None)
                }
                kept => kept.map(|()| Some(reply)),
            },
            spoken => Ok(spoken),
        }
    }

    /// Takes what was counted since the last time into the snapshots that decisions see, each tenant's into its own.
    pub fn renew_statistics(&self) {
        self.tenants.renew();
    }

    /// Where others count in the same store, takes what is known there into the snapshots.
    pub async fn gather_statistics(&self) -> Result<(), Error> {
        if self.renewal == Renewal::Shared {
            self.tenants.take(self.store.changed_statistics().await?);
        }
        Ok(())
    }

    /// Lets learners leave memory that were not heard from since `before`, and keeps those in less of it that were not since `quiet`.
    /// Returns how many left.
    pub fn let_go(&self, before: Timestamp, quiet: Timestamp) -> usize {
        self.hot.let_go(before, quiet)
    }

    /// How many learners are in memory.
    #[must_use]
    pub fn hot_learners(&self) -> usize {
        self.hot.len()
    }

    /// The rules that a tenant's decisions follow.
    #[must_use]
    pub fn rules(&self, tenant: &str) -> Arc<Rules> {
        Arc::clone(self.book.load().of(tenant))
    }

    /// Whether events are still taken.
    #[must_use]
    pub fn healthy(&self) -> bool {
        self.store.healthy()
    }

    /// How the store's writing goes.
    #[must_use]
    pub fn store_meter(&self) -> &Arc<Meter> {
        self.store.meter()
    }

    /// Makes everything durable and takes no more.
    pub async fn close(&self) -> Result<(), Error> {
        Ok(self.store.close().await?)
    }

    /// The learner as they are now, after a change of the record of this version; what else an event changes is added to it.
    fn commit(key: &Key, slot: &mut hot::Slot, after: u64, now: Timestamp) -> Commit {
        let record = Record { version: slot.learner.version(), bytes: slot.learner.encode_in_place() };
        Commit::of(key.clone(), slot.lineage.clone(), after, record, now)
    }

    /// A decision with all that explains it: what the estimates were made of, too, where that is still known.
    fn logged(rules: &Rules, trace: &Trace, features: Option<&Features>, statistics: &Snapshot) -> Logged {
        let signals = features.into_iter().flat_map(|features| signals(&rules.model, features));
        let stopped = |rule: &Rule| Rule { stopped: rule.guard && statistics.harms(rule.reason()), ..rule.clone() };
        Logged {
            trace: *trace,
            model_version: rules.model.version.clone(),
            policy_version: rules.policy.version.to_string(),
            offer: Offer::new(&rules.policy, trace.verdict),
            rules: rules.policy.rules.iter().map(stopped).collect(),
            signals: signals.map(Weighed::from).collect(),
            trial: None,
            followed: AllFollowed::new(),
            message: None,
        }
    }

    /// A decision for the log, with its words.
    fn spoken(message: &Message, logged: Logged) -> Option<Spoken> {
        let Verdict::Spoken { reason, .. } = logged.trace.verdict else { return None };
        let logged = Logged { message: Some(message.clone()), ..logged };
        Some(logged.into_entry(reason, message.id.clone()))
    }

    fn named(rules: &Rules, key: &Key, trace: &Trace) -> Decision {
        let Trace { sequence, at_secs, verdict, held, .. } = *trace;
        let policy_version = Arc::clone(&rules.policy.version);
        let offer = Offer::new(&rules.policy, verdict);
        let id = Some(Number { key: key.clone(), sequence });
        Decision { id, verdict, held, at_secs, policy_version, message: None, offer }
    }

    fn reply(
        rules: &Arc<Rules>,
        slot: &hot::Slot,
        key: &Key,
        decision: Option<Decision>,
        full: bool,
        statistics: &Snapshot,
    ) -> Reply {
        let features = Features::of(&rules.model, &slot.learner, statistics);
        let assessment = assess(&rules.model, &slot.learner, &features);
        let report = Report::new(assessment, full.then_some(features), statistics);
        Reply::new(key, rules, &slot.learner, report, decision, slot)
    }
}

impl Report {
    fn new(assessment: Assessment, features: Option<Features>, statistics: &Snapshot) -> Self {
        Self { assessment, features, statistics_version: statistics.version() }
    }
}

impl Reply {
    /// What it says to the learner, if anything.
    #[must_use]
    pub fn said(&self) -> Option<Kind> {
        match self.decision.as_ref()?.verdict {
            Verdict::Spoken { reason, .. } => Some(reason.kind()),
            _ => None,
        }
    }

    fn new(
        key: &Key,
        rules: &Arc<Rules>,
        learner: &Learner,
        report: Report,
        decision: Option<Decision>,
        slot: &hot::Slot,
    ) -> Self {
        let (rules, sequence, pending) = (Arc::clone(rules), learner.sequence, Pending::of(key, slot));
        Self { rules, report, decision, duplicate: false, sequence, patience_ms: None, pending }
    }
}
