//! The one place that asks what time it is. Everything below the engine takes time as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::event::Timestamp;

/// Now, by the server's clock.
#[must_use]
#[allow(clippy::disallowed_methods, reason = "this is the clock")]
pub fn now() -> Timestamp {
    // A clock before 1970 is broken; zero keeps it from going on to break anything else.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
