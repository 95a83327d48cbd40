//! One call, from the first byte to the last.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering::Relaxed},
};

use tokio::time::Instant;

use super::Tenant;
use crate::histogram::Histogram;

/// From an answer out of memory to a client that has long given up. Streams last as long as they last.
const SECONDS: &[f64] =
    &[0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// What is measured of a method.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) name: &'static str,
    pub(super) under_way: AtomicI64,
    pub(super) seconds: Histogram,
}

impl Method {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, under_way: AtomicI64::new(0), seconds: Histogram::new(SECONDS) }
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
        method.under_way.fetch_add(1, Relaxed);
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
        self.method.under_way.fetch_sub(1, Relaxed);
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
