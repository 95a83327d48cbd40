//! What the tests that use the real binary share: the server, a client, and the tools from outside.

#![allow(dead_code, unused_imports, reason = "each test binary compiles this module and uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

use std::{
    env,
    process::Command,
    time::{Duration, Instant},
};

pub mod client;
pub mod grpcurl;
pub mod http2;
pub mod keyed;
pub mod models;
pub mod pace;
pub mod platform;
pub mod postgres;
pub mod server;
pub mod tools;
pub mod wire;

pub use client::Client;
pub use grpcurl::Grpcurl;
pub use server::Server;

/// How long a test waits for what should happen at once: generous, because CI machines are shared and slow.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The real binary, deaf to the settings of whoever runs the tests.
pub fn hearten<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearten"));
    command.args(arguments);
    let settings = env::vars_os().map(|(name, _)| name);
    for setting in settings.filter(|name| name.to_string_lossy().starts_with("HEARTEN_")) {
        command.env_remove(setting);
    }
    command
}

/// The clock by which tests measure and give up.
#[allow(clippy::disallowed_methods, reason = "a test waits in real time for a real process")]
pub fn now() -> Instant {
    Instant::now()
}
