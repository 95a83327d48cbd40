//! What the server tells of itself: metrics, logs and traces.
//!
//! Of people it tells nothing: no learner, no event, no session, no text. Tenants have names here, the first few of them.

mod call;
mod counters;
mod exposition;
mod logs;
mod metrics;
mod page;
mod process;
mod span;
mod stream;
mod tenant;
mod tenants;
mod traces;

pub use call::{Call, code_name};
pub use logs::{Error, Format, Guard, Logs};
pub use metrics::{Connection, Gauges, Metrics};
pub use span::{ended, span};
pub use stream::Stream;
pub use tenant::{Arrival, Tenant};
pub use tenants::OTHER;
pub use traces::Otlp;

/// A method's service and name, from `service/name`.
fn split(method: &'static str) -> (&'static str, &'static str) {
    method.trim_start_matches('/').rsplit_once('/').unwrap_or(("", method))
}
