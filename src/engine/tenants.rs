//! What is kept of a tenant beside the learners. Tenants share nothing that could tell one of another, or wait for another.

use std::sync::Arc;

use arc_swap::ArcSwap;
use foldhash::HashMap;
use tokio::sync::Mutex;

use super::live::{Live, Renewal};
use crate::statistics::{Snapshot, Subject, Sums};

/// One tenant.
#[derive(Debug)]
pub(super) struct Tenant {
    /// What is known of the tenant's items.
    pub live: Live,
    /// Held by whoever takes a report of a message of long ago.
    pub old_reports: Mutex<()>,
}

/// All who were heard of.
#[derive(Debug)]
pub(super) struct Tenants {
    renewal: Renewal,
    // Read with every event and changed with a tenant's first, so readers must not wait for each other.
    known: ArcSwap<HashMap<Arc<str>, Arc<Tenant>>>,
}

impl Tenants {
    /// Those of whose items something is known already.
    pub fn new(renewal: Renewal, sums: Vec<(Arc<str>, Subject, Sums)>) -> Self {
        let mut snapshots: HashMap<Arc<str>, Snapshot> = HashMap::default();
        for (tenant, subject, sums) in sums {
            snapshots.entry(tenant).or_default().extend([(subject, sums)]);
        }
        let tenant = |(name, snapshot)| (name, Arc::new(Tenant::new(renewal, snapshot)));
        Self { renewal, known: ArcSwap::from_pointee(snapshots.into_iter().map(tenant).collect()) }
    }

    /// Looks at a tenant without a share in it: all processors would change one counter.
    pub fn with<T>(&self, name: &str, look: impl FnOnce(&Tenant) -> T) -> T {
        match self.known.load().get(name) {
            Some(tenant) => look(tenant),
            None => look(&self.of(name)),
        }
    }

    /// A tenant; one who was never heard of is known from here on.
    pub fn of(&self, name: &str) -> Arc<Tenant> {
        if let Some(tenant) = self.known.load().get(name) {
            return Arc::clone(tenant);
        }
        let new = Arc::new(Tenant::new(self.renewal, Snapshot::default()));
        let mut found = Arc::clone(&new);
        self.known.rcu(|known| {
            let mut known = HashMap::clone(known);
            // Another thread may have been first.
            found = Arc::clone(known.entry(name.into()).or_insert_with(|| Arc::clone(&new)));
            known
        });
        found
    }

    /// Takes what was counted since the last time into the snapshots that decisions see.
    pub fn renew(&self) {
        self.known.load().values().for_each(|tenant| tenant.live.renew());
    }

    /// Takes sums as they are in the store into them.
    pub fn take(&self, stored: Vec<(Arc<str>, Subject, Sums)>) {
        let mut by_tenant: HashMap<Arc<str>, Vec<(Subject, Sums)>> = HashMap::default();
        for (tenant, subject, sums) in stored {
            by_tenant.entry(tenant).or_default().push((subject, sums));
        }
        by_tenant.into_iter().for_each(|(tenant, sums)| self.of(&tenant).live.take(sums));
    }
}

impl Tenant {
    fn new(renewal: Renewal, snapshot: Snapshot) -> Self {
        Self { live: Live::new(renewal, snapshot), old_reports: Mutex::default() }
    }
}
