//! Which tenants are told apart: whoever scrapes keeps every name for ever, so there must be an end of them.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use dashmap::{DashMap, Entry};

use super::{Tenant, tenant::Estimates};

/// The name of all tenants beyond those that are told apart.
pub const OTHER: &str = "other";

/// The tenants that are told apart, and the rest in one.
#[derive(Debug)]
pub(super) struct Tenants {
    most: usize,
    known: AtomicUsize,
    named: DashMap<Arc<str>, Arc<Tenant>>,
    other: Arc<Tenant>,
    pub(super) estimates: Arc<Estimates>,
}

impl Tenants {
    pub(super) fn new(most: usize) -> Self {
        let estimates = Arc::default();
        let other = Arc::new(Tenant::new(OTHER, &estimates));
        Self { most, known: AtomicUsize::new(0), named: DashMap::new(), other, estimates }
    }

    pub(super) fn get(&self, name: &str) -> Arc<Tenant> {
        if let Some(tenant) = self.named.get(name) {
            return Arc::clone(&tenant);
        }
        // One that is called so has no numbers of its own, or there would be two of the same name.
        if name == OTHER || self.known.load(Relaxed) >= self.most {
            return Arc::clone(&self.other);
        }
        match self.named.entry(Arc::from(name)) {
            Entry::Occupied(tenant) => Arc::clone(tenant.get()),
            Entry::Vacant(place) => {
                let one_more = |known| (known < self.most).then_some(known + 1);
                match self.known.fetch_update(Relaxed, Relaxed, one_more) {
                    Ok(_) => Arc::clone(&place.insert(Arc::new(Tenant::new(name, &self.estimates)))),
                    Err(_) => Arc::clone(&self.other),
                }
            }
        }
    }

    /// By name, the rest last.
    pub(super) fn all(&self) -> Vec<Arc<Tenant>> {
        let mut tenants: Vec<_> = self.named.iter().map(|tenant| Arc::clone(&tenant)).collect();
        tenants.sort_unstable_by(|one, other| one.name().cmp(other.name()));
        tenants.push(Arc::clone(&self.other));
        tenants
    }
}
