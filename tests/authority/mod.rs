//! Everything that can be shown at the door: keys of our own, tokens of an issuer, certificates of an authority.

#![allow(dead_code, unused_imports, reason = "each test binary compiles this module and uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers are tests too"
)]

mod certificates;
mod keys;
mod tokens;

pub use certificates::{Authority, Issued};
pub use keys::{Cut, grant};
pub use tokens::{AUDIENCE, ISSUER, Signing, claims, set, unsigned};
