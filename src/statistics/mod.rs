//! What is known about items and skills: sums over everybody's opportunities.
//!
//! Sums, not means, and whole numbers, not floats: replicas merge by addition, in any order, to the same bits.

mod heard;
mod snapshot;
mod sums;

pub use heard::Wording;
pub use snapshot::{Snapshot, Tally};
pub use sums::{Met, Subject, Sums};
