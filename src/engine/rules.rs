//! What decisions follow, and whose.

use std::{hash::Hasher, sync::Arc};

use foldhash::HashMap;
use siphasher::sip::SipHasher13;

use crate::{
    estimate::Model,
    feedback::{Policy, Rule, Selection},
    learner::Learner,
    messages::Catalogues,
};

/// What decisions follow.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The coefficients.
    pub model: Model,
    /// The policy.
    pub policy: Policy,
    /// The words.
    pub catalogues: Arc<Catalogues>,
    fingerprint: u16,
    /// Something is left to chance.
    pub(super) draws: bool,
}

impl Rules {
    /// Binds a model and a policy together, with the words that come with this release.
    #[must_use]
    pub fn new(model: Model, policy: Policy) -> Self {
        let mut hasher = SipHasher13::new();
        hasher.write(model.version.as_bytes());
        hasher.write_u8(0);
        hasher.write(policy.version.as_bytes());
        let fingerprint = hasher.finish() as u16;
        let draws = policy.draws();
        Self { model, policy, catalogues: Catalogues::builtin(), fingerprint, draws }
    }

    /// The same with other catalogues.
    #[must_use]
    pub fn with_catalogues(self, catalogues: Arc<Catalogues>) -> Self {
        Self { catalogues, ..self }
    }

    /// Whether the record's decisions were made under these rules, and so can be explained by them.
    #[must_use]
    pub fn made(&self, learner: &Learner) -> bool {
        learner.rules == self.fingerprint
    }

    /// The learner is decided about by these rules from here on.
    pub(super) fn adopt(&self, learner: &mut Learner) {
        if !self.made(learner) {
            learner.traces.clear();
            // Another threshold was not met yet.
            learner.watches.iter_mut().for_each(|watch| watch.running = 0);
            learner.rules = self.fingerprint;
        }
    }
}

/// The usual rules, and those of tenants who have their own.
#[derive(Clone, Debug)]
pub struct RuleBook {
    usual: Arc<Rules>,
    own: HashMap<Arc<str>, Arc<Rules>>,
}

impl RuleBook {
    /// The same rules for everybody.
    #[must_use]
    pub fn new(usual: Rules) -> Self {
        Self { usual: Arc::new(usual), own: HashMap::default() }
    }

    /// The same book, with a tenant's own rules in it.
    #[must_use]
    pub fn with(mut self, tenant: Arc<str>, rules: Rules) -> Self {
        self.own.insert(tenant, Arc::new(rules));
        self
    }

    /// The rules of whoever has none of their own.
    #[must_use]
    pub fn usual(&self) -> &Arc<Rules> {
        &self.usual
    }

    /// The rules of a tenant.
    #[must_use]
    pub fn of(&self, tenant: &str) -> &Arc<Rules> {
        // Most servers have one tenant, who need not be looked up with every event.
        if self.own.is_empty() { &self.usual } else { self.own.get(tenant).unwrap_or(&self.usual) }
    }

    /// Whether anybody's policy has a guard, or chooses wordings by what comes after them.
    #[must_use]
    pub fn learns_from_trials(&self) -> bool {
        let learns = |rule: &Rule| rule.guard || rule.selection == Selection::Adaptive;
        let any = |rules: &Arc<Rules>| rules.policy.rules.iter().any(learns);
        any(&self.usual) || self.own.values().any(any)
    }

    /// The tenants who have their own, in no order.
    pub fn own(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<Rules>)> {
        self.own.iter()
    }
}

impl From<Rules> for RuleBook {
    fn from(usual: Rules) -> Self {
        Self::new(usual)
    }
}
