//! How much the server takes on at once. Beyond a bound work is refused early, with RESOURCE_EXHAUSTED, rather than queued.

use std::{num::NonZeroU32, time::Duration};

/// All of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Connections at once; further ones are closed as they come.
    pub connections: usize,
    /// Calls at once, streams apart.
    pub calls: usize,
    /// Streams at once.
    pub streams: usize,
    /// Of these, how many calls one tenant may have under way.
    pub tenant_calls: usize,
    /// And how many streams.
    pub tenant_streams: usize,
    /// Events and reads a second from one tenant; `None` is no bound.
    pub tenant_rate: Option<NonZeroU32>,
    /// How long a call may take, whatever deadline its caller gives.
    pub call_time: Duration,
    /// How long a stream may say nothing.
    pub stream_idle: Duration,
    /// How long a stream may last.
    pub stream_age: Duration,
    /// How long a client may leave what it asked for unread, or a connection without a call that was admitted.
    pub stall: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connections: 8_192,
            calls: 1_024,
            streams: 16_384,
            tenant_calls: 512,
            tenant_streams: 8_192,
            tenant_rate: None,
            call_time: Duration::from_secs(30),
            stream_idle: Duration::from_secs(60 * 60),
            stream_age: Duration::from_secs(24 * 60 * 60),
            stall: Duration::from_secs(20),
        }
    }
}
