//! One call, from the first byte to the last.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::Relaxed},
};

use arc_swap::ArcSwap;
use foldhash::HashMap;
use tokio::time::Instant;

use super::Tenant;
use crate::{histogram::Histogram, stripes::Stripes};

/// From an answer out of memory to a client that has long given up. Streams last as long as they last.
const SECONDS: &[f64; 16] =
    &[0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// What is measured of a method.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) name: &'static str,
    /// Those that a thread began, less those that it ended.
    under_way: Stripes<AtomicI64>,
    pub(super) seconds: Histogram,
}

impl Method {
    fn new(name: &'static str) -> Self {
        Self { name, under_way: Stripes::default(), seconds: Histogram::new(SECONDS) }
    }

    /// Never below zero, although a call may end elsewhere than it began, and between two looks.
    pub(super) fn under_way(&self) -> i64 {
        self.under_way.all().map(|calls| calls.load(Relaxed)).sum::<i64>().max(0)
    }
}

/// The methods that were called. They are looked up with every call and change with the first, so nobody waits for a look.
#[derive(Debug, Default)]
pub(super) struct Methods(ArcSwap<HashMap<&'static str, Arc<Method>>>);

impl Methods {
    pub(super) fn of(&self, name: &'static str) -> Arc<Method> {
        if let Some(known) = self.0.load().get(name) {
            return Arc::clone(known);
        }
        let new = Arc::new(Method::new(name));
        let mut found = Arc::clone(&new);
        self.0.rcu(|known| {
            let mut known = HashMap::clone(known);
            // Another thread may have been first.
            found = Arc::clone(known.entry(name).or_insert_with(|| Arc::clone(&new)));
            known
        });
        found
    }

    /// By name.
    pub(super) fn all(&self) -> Vec<Arc<Method>> {
        let mut methods: Vec<_> = self.0.load().values().map(Arc::clone).collect();
        methods.sort_unstable_by_key(|method| method.name);
        methods
    }
}

/// A call under way. Dropped unfinished it counts as cancelled: its client went away.
#[derive(Debug)]
#[must_use = "a call is over when this is dropped"]
pub struct Call {
    method: Arc<Method>,
    tenant: Arc<Tenant>,
    began: Instant,
    code: &'static str,
}

impl Call {
    pub(super) fn begin(method: Arc<Method>, tenant: Arc<Tenant>) -> Self {
        method.under_way.mine().fetch_add(1, Relaxed);
        Self { method, tenant, began: Instant::now(), code: "Cancelled" }
    }

    /// Whose call it is.
    #[must_use]
    pub fn tenant(&self) -> &Arc<Tenant> {
        &self.tenant
    }

    /// It ended with this code, by the name that [`code_name`] gives.
    pub fn finish(mut self, code: &'static str) {
        self.code = code;
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.method.under_way.mine().fetch_sub(1, Relaxed);
        self.method.seconds.observe(self.began.elapsed().as_secs_f64());
        self.tenant.called(self.method.name, self.code);
    }
}

/// A status code of gRPC by its number.
#[must_use]
pub fn code_name(code: i32) -> &'static str {
    match code {
        0 => "Ok",
        1 => "Cancelled",
        3 => "InvalidArgument",
        4 => "DeadlineExceeded",
        5 => "NotFound",
        6 => "AlreadyExists",
        7 => "PermissionDenied",
        8 => "ResourceExhausted",
        9 => "FailedPrecondition",
        10 => "Aborted",
        11 => "OutOfRange",
        12 => "Unimplemented",
        13 => "Internal",
        14 => "Unavailable",
        15 => "DataLoss",
        16 => "Unauthenticated",
        _ => "Unknown",
    }
}
