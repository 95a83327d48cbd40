//! What the server tells of itself: metrics, the port they are read from, log lines and traces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

#[path = "telemetry/admin.rs"]
mod admin;
#[path = "telemetry/child.rs"]
mod child;
#[path = "telemetry/contract.rs"]
mod contract;
#[path = "telemetry/deploy.rs"]
mod deploy;
#[path = "telemetry/health.rs"]
mod health;
#[path = "telemetry/logs.rs"]
mod logs;
#[path = "telemetry/metrics.rs"]
mod metrics;
#[path = "telemetry/page.rs"]
mod page;
#[cfg(feature = "otlp")]
#[path = "telemetry/traces.rs"]
mod traces;
