//! Stores are copied while they are served, and moved from machine to machine and into PostgreSQL, whatever interrupts it.
//!
//! `HEARTEN_SCALE` and `HEARTEN_SCALE_DIR` as in `tests/scale.rs`: with them, the round trip is made with the store in that
//! directory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "moving/backup.rs"]
mod backup;
#[path = "scale/crowd.rs"]
mod crowd;
#[path = "moving/crowded.rs"]
mod crowded;
#[path = "moving/refused.rs"]
mod refused;
#[path = "moving/round_trip.rs"]
mod round_trip;
#[path = "moving/run.rs"]
mod run;
