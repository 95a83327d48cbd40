//! What is measured, and where to say that something happened.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
};

use dashmap::DashMap;

use super::{
    call::{Call, Methods},
    counters::Counters,
    exposition,
    stream::Stream,
    tenant::Tenant,
    tenants::Tenants,
};
use crate::store::Meter;

/// All numbers of a server. Cheap to clone: every clone counts the same.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Counted>);

/// What has been counted until now.
#[derive(Debug)]
pub(super) struct Counted {
    pub(super) tenants: Tenants,
    pub(super) methods: Methods,
    pub(super) refused: Counters<&'static str>,
    pub(super) shed: Counters<&'static str>,
    pub(super) connections: Arc<AtomicI64>,
    pub(super) connections_refused: Counters<&'static str>,
    /// Learners, by why.
    pub(super) erased: Counters<&'static str>,
    pub(super) forgotten: AtomicU64,
    pub(super) stopped: Counters<&'static str>,
    pub(super) reloads: Counters<(&'static str, &'static str)>,
    /// Whether each last reload went well.
    pub(super) reloaded: DashMap<&'static str, bool>,
}

/// What is read at the moment of asking, rather than counted.
#[derive(Clone, Debug)]
pub struct Gauges {
    /// Calls are taken: neither starting nor stopping.
    pub serving: bool,
    /// The store takes writes.
    pub store_healthy: bool,
    /// How the store's writing goes.
    pub store: Arc<Meter>,
    /// Learners in memory.
    pub hot_learners: usize,
}

/// A connection that is open.
#[derive(Debug)]
#[must_use = "a connection is closed when this is dropped"]
pub struct Connection(Arc<AtomicI64>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

/// Tenants whose numbers are told apart, unless said otherwise.
const MOST_TENANTS: usize = 100;

impl Default for Metrics {
    fn default() -> Self {
        Self::new(MOST_TENANTS)
    }
}

impl Metrics {
    /// Nothing yet. So many tenants get numbers of their own, those beyond are one together.
    #[must_use]
    pub fn new(most_tenants: usize) -> Self {
        Self(Arc::new(Counted {
            tenants: Tenants::new(most_tenants),
            methods: Methods::default(),
            refused: Counters::default(),
            shed: Counters::default(),
            connections: Arc::default(),
            connections_refused: Counters::default(),
            erased: Counters::default(),
            forgotten: AtomicU64::default(),
            stopped: Counters::default(),
            reloads: Counters::default(),
            reloaded: DashMap::new(),
        }))
    }

    /// A tenant's call of a method, `service/name`, begins.
    pub fn call(&self, method: &'static str, tenant: &Arc<Tenant>) -> Call {
        Call::begin(self.0.methods.of(method), Arc::clone(tenant))
    }

    /// The counters of a tenant.
    #[must_use]
    pub fn tenant(&self, name: &str) -> Arc<Tenant> {
        self.0.tenants.get(name)
    }

    /// A stream is open from here on.
    pub fn stream(&self, tenant: &str) -> Stream {
        Stream::begin(self.tenant(tenant))
    }

    /// A connection is open from here on.
    pub fn connection(&self) -> Connection {
        self.0.connections.fetch_add(1, Relaxed);
        Connection(Arc::clone(&self.0.connections))
    }

    /// A connection was turned away.
    pub fn connection_refused(&self, reason: &'static str) {
        self.0.connections_refused.add(reason);
    }

    /// A credential was not taken.
    pub fn refused(&self, reason: &'static str) {
        self.0.refused.add(reason);
    }

    /// Something was turned away because there was too much of it.
    pub fn shed(&self, limit: &'static str) {
        self.0.shed.add(limit);
    }

    /// So many learners were erased.
    pub fn erased(&self, why: &'static str, learners: u64) {
        (0..learners).for_each(|_| self.0.erased.add(why));
    }

    /// So many logged decisions were forgotten.
    pub fn forgotten(&self, decisions: u64) {
        self.0.forgotten.fetch_add(decisions, Relaxed);
    }

    /// Messages of a reason are not said any more to a tenant's learners, as a trial showed harm.
    pub fn stopped(&self, reason: &'static str) {
        self.0.stopped.add(reason);
    }

    /// Something was read again.
    pub fn reload(&self, what: &'static str, ok: bool) {
        self.0.reloads.add((what, if ok { "ok" } else { "failed" }));
        self.0.reloaded.insert(what, ok);
    }

    /// Everything, as text in the OpenMetrics format.
    #[must_use]
    pub fn render(&self, gauges: &Gauges) -> String {
        exposition::render(&self.0, gauges)
    }
}
