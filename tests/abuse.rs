//! Whatever strangers and bad clients do, somebody who behaves is served as before, and afterwards all is as it was.
//!
//! In each test a client submits events at a steady pace, on a connection and for a tenant of its own, before, during and after the
//! abuse. `cargo test --test abuse -- --nocapture` prints how that went.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "abuse/connections.rs"]
mod connections;
#[path = "abuse/floods.rs"]
mod floods;
#[path = "abuse/idle.rs"]
mod idle;
#[path = "abuse/nothing.rs"]
mod nothing;
#[path = "abuse/readers.rs"]
mod readers;
#[path = "abuse/trial.rs"]
mod trial;
#[path = "abuse/unfinished.rs"]
mod unfinished;
