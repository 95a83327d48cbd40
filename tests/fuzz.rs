//! Everything that reads what others wrote, fed with what nobody would write: no input ends anything, none costs more than it
//! should, and what is taken is whole.
//!
//! Each test runs the corpus of its target (`tests/fuzz/corpus/TARGET`, those that failed once first) and then some thousands of
//! inputs made by chance. More of them, with the seed that a run before printed, and new kinds of input kept in the corpus:
//!
//!     HEARTEN_FUZZ=1000000 HEARTEN_FUZZ_SEED=1 HEARTEN_FUZZ_KEEP=1 cargo test --release --test fuzz -- --nocapture policy
//!
//! An input that fails is printed and kept in the corpus of its target, under `failures`, and so runs again every time. One that
//! ends the whole process, by exhausting the stack, stays in the directory for temporary files as `hearten-fuzz-TARGET-PID`.
//! There is no guidance by coverage on the stable toolchain: answers in words not heard before stand in for it.
//!
//! In release, `CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=true CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=true` tell of what would
//! otherwise wrap in silence. The configuration file is read by the program, not by the library: its target stands with it
//! (`cargo test --bin hearten fuzz`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

#[path = "fuzz/engine/mod.rs"]
mod engine;

#[path = "fuzz/callers.rs"]
mod callers;
#[path = "fuzz/calls.rs"]
mod calls;
#[path = "fuzz/catalogues.rs"]
mod catalogues;
#[path = "fuzz/credentials.rs"]
mod credentials;
#[path = "fuzz/events.rs"]
mod events;
#[path = "fuzz/hostile.rs"]
mod hostile;
#[path = "fuzz/ids.rs"]
mod ids;
#[path = "fuzz/life.rs"]
mod life;
#[path = "fuzz/logged.rs"]
mod logged;
#[path = "fuzz/models.rs"]
mod models;
#[path = "fuzz/policies.rs"]
mod policies;
#[path = "fuzz/records.rs"]
mod records;
#[path = "fuzz/tls.rs"]
mod tls;
