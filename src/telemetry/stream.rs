//! One stream, from its opening to its end.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use super::Tenant;

/// A stream that is open.
#[derive(Debug)]
#[must_use = "a stream is over when this is dropped"]
pub struct Stream(Arc<Tenant>);

impl Stream {
    pub(super) fn begin(tenant: Arc<Tenant>) -> Self {
        tenant.streams.fetch_add(1, Relaxed);
        Self(tenant)
    }

    /// Whose stream it is.
    #[must_use]
    pub fn tenant(&self) -> &Arc<Tenant> {
        &self.0
    }

    /// A message came in.
    pub fn received(&self) {
        self.0.received();
    }

    /// A message went out.
    pub fn sent(&self) {
        self.0.sent();
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.0.streams.fetch_sub(1, Relaxed);
    }
}
