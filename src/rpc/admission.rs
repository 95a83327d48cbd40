//! Who is let do how much at once: counters, one set for all and one for each tenant.

use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use dashmap::DashMap;
use foldhash::fast::RandomState;
use governor::{
    DefaultDirectRateLimiter, Quota, RateLimiter,
    clock::{Clock as _, DefaultClock},
};

use super::{
    bounds::Bounds,
    methods::{Cost, Method},
    status::Refusal,
};
use crate::telemetry::{Metrics, Tenant};

/// Heavy calls count as so many: each may bring or take away some megabytes.
const HEAVY: usize = 16;
/// Bytes of requests that are coming in: of everybody, and of one tenant.
const BYTES: (usize, usize) = (64 * 1024 * 1024, 32 * 1024 * 1024);
/// A tenant's rate may be used up at once to this much at least: the largest batch.
const LEAST_BURST: NonZeroU32 = NonZeroU32::new(1_000).unwrap();

/// What there is only so much of.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Calls,
    Streams,
    Bytes,
    TenantCalls,
    TenantStreams,
    TenantBytes,
}

impl Limit {
    /// As metrics call it.
    const fn label(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Streams => "streams",
            Self::Bytes => "bytes",
            Self::TenantCalls => "tenant-calls",
            Self::TenantStreams => "tenant-streams",
            Self::TenantBytes => "tenant-bytes",
        }
    }

    /// As clients are told.
    const fn text(self) -> &'static str {
        match self {
            Self::Calls => "calls at once",
            Self::Streams => "streams at once",
            Self::Bytes => "bytes of requests at once",
            Self::TenantCalls => "calls of this tenant at once",
            Self::TenantStreams => "streams of this tenant at once",
            Self::TenantBytes => "bytes of requests of this tenant at once",
        }
    }
}

/// So many at once.
#[derive(Debug)]
struct Places {
    taken: AtomicUsize,
    most: usize,
    /// What is told where there is no place.
    limit: Limit,
    metrics: Metrics,
}

impl Places {
    fn new(limit: Limit, most: usize, metrics: &Metrics) -> Arc<Self> {
        Arc::new(Self { taken: AtomicUsize::new(0), most, limit, metrics: metrics.clone() })
    }

    /// Counts so many more, if there is room for them.
    fn claim(&self, count: usize) -> Result<(), Refusal> {
        // Whoever is alone may be larger than the bound.
        let one_more = |taken: usize| (taken == 0 || taken + count <= self.most).then_some(taken + count);
        let claimed = self.taken.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more);
        claimed.map(|_| ()).map_err(|_| {
            self.metrics.shed(self.limit.label());
            Refusal::overloaded(self.limit.text(), self.most)
        })
    }

    fn take(self: &Arc<Self>, count: usize) -> Result<Place, Refusal> {
        self.claim(count)?;
        Ok(Place { places: Arc::clone(self), count })
    }
}

/// Some of them, given back when dropped.
#[derive(Debug)]
struct Place {
    places: Arc<Places>,
    count: usize,
}

impl Place {
    fn grow(&mut self, count: usize) -> Result<(), Refusal> {
        if let Some(more) = count.checked_sub(self.count) {
            self.places.claim(more)?;
            self.count = count;
        }
        Ok(())
    }

    fn shrink(&mut self) {
        self.places.taken.fetch_sub(std::mem::take(&mut self.count), Ordering::AcqRel);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.count > 0 {
            self.places.taken.fetch_sub(self.count, Ordering::AcqRel);
        }
    }
}

/// Bytes of a request that is coming in.
#[derive(Debug)]
pub(super) struct Bulk {
    everybody: Place,
    tenant: Place,
}

impl Bulk {
    pub(super) fn taken(&self) -> usize {
        self.tenant.count
    }

    /// Takes up so many in all.
    pub(super) fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.tenant.grow(bytes)?;
        self.everybody.grow(bytes)
    }

    pub(super) fn give_back(&mut self) {
        self.tenant.shrink();
        self.everybody.shrink();
    }
}

/// A call's places, given back when it is over.
#[derive(Debug)]
pub(super) struct Permit {
    _everybody: Place,
    _share: Place,
}

/// Places for calls, for streams, and for bytes of requests that are coming in.
#[derive(Debug)]
struct Room {
    calls: Arc<Places>,
    streams: Arc<Places>,
    bytes: Arc<Places>,
}

impl Room {
    fn place(&self, cost: Cost) -> Result<Place, Refusal> {
        match cost {
            Cost::Call => self.calls.take(1),
            Cost::Heavy => self.calls.take(HEAVY),
            Cost::Stream => self.streams.take(1),
        }
    }
}

/// One tenant's part.
#[derive(Debug)]
pub(super) struct Share {
    /// Whose.
    pub(super) tenant: Arc<str>,
    /// Where it is counted what becomes of their requests.
    pub(super) counted: Arc<Tenant>,
    room: Room,
    rate: Option<DefaultDirectRateLimiter>,
    turn: tokio::sync::Mutex<()>,
    metrics: Metrics,
}

impl Share {
    fn new(tenant: Arc<str>, bounds: &Bounds, metrics: &Metrics) -> Self {
        let counted = metrics.tenant(&tenant);
        let rate = bounds
            .tenant_rate
            .map(|rate| RateLimiter::direct(Quota::per_second(rate).allow_burst(rate.max(LEAST_BURST))));
        let calls = Places::new(Limit::TenantCalls, bounds.tenant_calls, metrics);
        let streams = Places::new(Limit::TenantStreams, bounds.tenant_streams, metrics);
        let bytes = Places::new(Limit::TenantBytes, BYTES.1, metrics);
        Self {
            tenant,
            counted,
            room: Room { calls, streams, bytes },
            rate,
            turn: tokio::sync::Mutex::new(()),
            metrics: metrics.clone(),
        }
    }

    /// Takes so much of the tenant's rate, or says when there will be enough.
    fn spend(&self, count: usize) -> Result<(), Duration> {
        let (Some(rate), Some(count)) = (&self.rate, u32::try_from(count).ok().and_then(NonZeroU32::new)) else {
            return Ok(());
        };
        match rate.check_n(count) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(until)) => Err(until.wait_time_from(DefaultClock::default().now())),
            // More than ever fits; no request is that large.
            Err(_) => Err(Duration::from_secs(1)),
        }
    }

    /// The same for a call, which is refused where there is not enough.
    pub(super) fn charge(&self, count: usize) -> Result<(), Refusal> {
        self.spend(count).map_err(|wait| {
            self.shed("tenant-rate");
            Refusal::too_fast(wait)
        })
    }

    /// Something of the tenant's was turned away because there was too much of it.
    pub(super) fn shed(&self, limit: &'static str) {
        self.metrics.shed(limit);
    }

    /// Whether there is a rate to keep.
    pub(super) fn is_paced(&self) -> bool {
        self.rate.is_some()
    }

    /// The same for one message of a stream, which waits: it is not read from meanwhile, so its client is slowed down. Streams
    /// of one tenant wait in turn, or one could wait for ever.
    pub(super) async fn pace(&self) {
        let _turn = self.turn.lock().await;
        while let Err(wait) = self.spend(1) {
            tokio::time::sleep(wait).await;
        }
    }
}

/// All counters.
#[derive(Debug)]
pub(super) struct Admission {
    bounds: Bounds,
    metrics: Metrics,
    everybody: Room,
    tenants: DashMap<Arc<str>, Arc<Share>, RandomState>,
}

impl Admission {
    pub(super) fn new(bounds: Bounds, metrics: Metrics) -> Self {
        let everybody = Room {
            calls: Places::new(Limit::Calls, bounds.calls, &metrics),
            streams: Places::new(Limit::Streams, bounds.streams, &metrics),
            bytes: Places::new(Limit::Bytes, BYTES.0, &metrics),
        };
        Self { bounds, metrics, everybody, tenants: DashMap::default() }
    }

    pub(super) fn bounds(&self) -> &Bounds {
        &self.bounds
    }

    /// What one tenant has a share of.
    pub(super) fn share(&self, tenant: &Arc<str>) -> Arc<Share> {
        if let Some(share) = self.tenants.get(tenant) {
            return Arc::clone(&share);
        }
        let make = || Arc::new(Share::new(Arc::clone(tenant), &self.bounds, &self.metrics));
        Arc::clone(&self.tenants.entry(Arc::clone(tenant)).or_insert_with(make))
    }

    /// A place for a call or stream, or why there is none. The tenant's own bound is told first: it is the one they can do
    /// something about.
    pub(super) fn admit(&self, method: &Method, share: &Share) -> Result<Permit, Refusal> {
        let of_tenant = share.room.place(method.cost)?;
        if method.cost != Cost::Stream {
            share.charge(1)?;
        }
        Ok(Permit { _everybody: self.everybody.place(method.cost)?, _share: of_tenant })
    }

    /// What a request takes up as it comes in; nothing yet.
    pub(super) fn bulk(&self, share: &Share) -> Bulk {
        let none = |places: &Arc<Places>| Place { places: Arc::clone(places), count: 0 };
        Bulk { everybody: none(&self.everybody.bytes), tenant: none(&share.room.bytes) }
    }
}
