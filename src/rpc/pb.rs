//! The API as generated from `proto/hearten/v1`, with protobuf JSON.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::all,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "generated"
)]

// Instead of pbjson_types' own: `build.rs` has the generated code use it.
pub use super::duration::Duration;

tonic::include_proto!("hearten.v1");
include!(concat!(env!("OUT_DIR"), "/hearten.v1.serde.rs"));

/// The descriptors of every file, for reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
