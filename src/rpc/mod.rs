//! The API over gRPC: translate, call the engine, translate back. Only here: tonic and prost.

pub mod admin;
mod admission;
mod admitted;
mod attention;
mod batch;
mod bounds;
mod calls;
mod connection;
mod convert;
mod deadline;
mod explain;
mod feedback;
mod gate;
mod learners;
mod listening;
pub mod methods;
mod outbox;
mod outcomes;
mod patient;
pub mod pb;
mod peer;
mod preferences;
mod presence;
mod quiet;
mod render;
mod sent;
mod server;
mod sessions;
mod status;
mod stream;

pub use bounds::Bounds;
pub use convert::event;
pub use preferences::preferences;
pub use server::{Options, Stopped, run};
pub use status::Refusal;
