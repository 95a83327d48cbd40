//! Trials: what lots are drawn from, and what of them goes into the log.

use std::sync::Arc;

use super::{Ask, Engine, Entered, Logged, Rules, Turn};
use crate::{
    feedback::Lots,
    learner::{Learner, Trace, Unit},
    messages::Message,
    reason::{Reason, Verdict},
    statistics::{Snapshot, Subject, Sums},
    store::{Key, Spoken},
};

impl Engine {
    /// The same with what lots are drawn from, where any are.
    pub(super) fn with_lots(&self, rules: &Rules, key: &Key, ask: Ask) -> Ask {
        if !rules.draws {
            return ask;
        }
        Ask { lots: Lots::new(&self.secret, key.tenant(), key.learner()), ..ask }
    }

    /// Whether messages of a reason would be stopped if they did harm, and are not yet.
    #[must_use]
    pub fn guards(&self, tenant: &str, reason: Reason) -> bool {
        let guarded = self.rules(tenant).policy.rule(reason).is_some_and(|rule| rule.guard && rule.trial.is_some());
        guarded && !self.tenants.of(&Arc::from(tenant)).live.snapshot().harms(reason)
    }

    /// Whether the trial of a reason was looked at for this time, by any server.
    #[must_use]
    pub fn looked(&self, tenant: &str, reason: Reason, look: u8) -> bool {
        self.tenants.of(&Arc::from(tenant)).live.snapshot().looked(reason, look)
    }

    /// It is looked at now, and never again for this time. It is on disk with the tenant's next event.
    pub fn look_at(&self, tenant: &str, reason: Reason, look: u8) {
        let once = Sums { attempts: 1, ..Sums::default() };
        self.tenants.of(tenant).live.note(Subject::Look(reason as u8, look), once);
    }

    /// Whether a tenant's policy has a guard.
    #[must_use]
    pub fn has_guard(&self, tenant: &str) -> bool {
        self.rules(tenant).policy.rules.iter().any(|rule| rule.guard)
    }

    /// Whether anybody's has.
    #[must_use]
    pub fn has_guards(&self) -> bool {
        let book = self.book.load();
        let guarded = |rules: &Arc<Rules>| rules.policy.rules.iter().any(|rule| rule.guard);
        guarded(book.usual()) || book.own().any(|(_, rules)| guarded(rules))
    }

    /// Whether anybody's policy has a guard, or chooses wordings by what comes after them.
    #[must_use]
    pub fn learns_from_trials(&self) -> bool {
        self.book.load().learns_from_trials()
    }

    /// Messages of a reason do harm to a tenant's learners: where the policy guards against that, they are not said any more, on no
    /// server and for good. It is on disk with the tenant's next event.
    pub fn stop(&self, tenant: &str, reason: Reason) {
        self.tenants.of(tenant).live.note(Subject::Harm(reason as u8), Sums { attempts: 1, ..Sums::default() });
    }

    /// What the log is told of an event: its decision, if it spoke or was made by lot, and what came of earlier ones.
    pub(super) fn entry(
        rules: &Rules,
        learner: &Learner,
        turn: &Turn,
        message: Option<&Message>,
        statistics: &Snapshot,
    ) -> Option<Spoken> {
        let decided = turn.decided.filter(|_| message.is_some() || turn.drawn.is_some());
        let Some(trace) = decided else {
            let reason = turn.followed.first()?.reason;
            let trace = turn.decided.unwrap_or(Trace {
                sequence: learner.sequence,
                statistics: statistics.version(),
                ..Trace::default()
            });
            return Some(Self::follow_up(rules, turn, trace).into_entry(reason, String::new()));
        };
        let (Verdict::Spoken { reason, .. } | Verdict::Silent { instead_of: Some(reason), .. }) = trace.verdict else {
            return None;
        };
        let entered = |drawn| Entered {
            drawn,
            expected: Unit::new(turn.assessment.p_next_correct),
            before: Unit::new(learner.progress.recent_rate.get()),
            ability: learner.progress.ability,
            opportunity: learner.progress.opportunities,
            age_band: learner.preferences.age_band,
            class: learner.class,
        };
        let logged = Logged {
            trial: turn.drawn.map(entered),
            followed: turn.followed.clone(),
            message: message.cloned(),
            ..Self::logged(rules, &trace, Some(&turn.features), statistics)
        };
        Some(logged.into_entry(reason, message.map(|message| message.id.clone()).unwrap_or_default()))
    }

    /// What came of earlier decisions, beside one that nobody asks the log about.
    fn follow_up(rules: &Rules, turn: &Turn, trace: Trace) -> Logged {
        Logged {
            trace,
            model_version: rules.model.version.clone(),
            policy_version: rules.policy.version.to_string(),
            offer: super::Offer::new(&rules.policy, trace.verdict),
            rules: Vec::new(),
            signals: Vec::new(),
            trial: None,
            followed: turn.followed.clone(),
            message: None,
        }
    }
}

impl Logged {
    /// A row of the log.
    pub(super) fn into_entry(self, reason: Reason, message_id: String) -> Spoken {
        let policy_version = Arc::from(self.policy_version.as_str());
        Spoken { number: self.trace.sequence, reason, message_id, policy_version, bytes: self.encode() }
    }
}
