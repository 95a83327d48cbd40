//! The API over gRPC: translate, call the engine, translate back. Only here: tonic and prost.

pub mod admin;
mod attention;
mod batch;
mod convert;
mod explain;
mod feedback;
mod learners;
mod outcomes;
pub mod pb;
mod preferences;
mod presence;
mod quiet;
mod render;
mod sent;
mod server;
mod sessions;
mod status;
mod stream;

pub use convert::event;
pub use preferences::preferences;
pub use server::{Options, Stopped, run};
pub use status::Refusal;
