//! What is there where Hearten was built without traces: nothing, and it says so.

use http::HeaderMap;
use tracing::Span;
use tracing_subscriber::layer::Identity;

use super::Otlp;
use crate::telemetry::Error;

/// There is none.
#[derive(Debug)]
pub(in crate::telemetry) enum Provider {}

impl Provider {
    pub(in crate::telemetry) fn check(Otlp { endpoint, .. }: &Otlp) -> Result<Self, Error> {
        let why = "this Hearten was built without traces; build it with `--features otlp`".to_owned();
        Err(Error::endpoint(endpoint, why))
    }

    pub(in crate::telemetry) fn new(otlp: Otlp) -> Result<Self, Error> {
        Self::check(&otlp)
    }

    pub(in crate::telemetry) fn layer(&self) -> Identity {
        match *self {}
    }

    pub(in crate::telemetry) fn stop(self) {
        match self {}
    }
}

pub(in crate::telemetry) fn adopt(_: &Span, _: &HeaderMap) {}
