//! Hearten: learner events in, an estimate and a decision out.
//!
//! The crate in the order data flows, each layer using only those before it:
//!
//! - [`reason`]: why Hearten speaks or stays silent.
//! - [`event`]: what a learner did, validated.
//! - [`statistics`]: what is known about items and skills.
//! - [`learner`]: what is remembered about one learner.
//! - [`signals`]: what the record shows right now.
//! - [`estimate`]: how the learner is doing.
//! - [`messages`]: the words, by language and age.
//! - [`feedback`]: what to say, if anything.
//! - [`store`]: where learners are kept, beside the engine.
//! - [`engine`]: one event in, one decision out.
//! - [`moving`]: a whole store as files, and back.
//! - [`trial`]: whether messages help.
//! - [`access`]: who may call, and what.
//! - [`rpc`]: the API over gRPC.
//! - [`telemetry`]: what the server tells of itself: metrics, logs, traces.
//! - [`measure`]: how good predictions are, and how sure that is; arithmetic that knows nothing of learners.
//! - [`evaluate`]: the estimates held against a log.
//! - [`fit`]: coefficients from logs.
//!
//! Up to [`feedback`] everything is pure: no I/O, no clock; time is an argument.

pub mod access;
pub mod clock;
pub mod engine;
pub mod estimate;
pub mod evaluate;
pub mod event;
pub mod feedback;
pub mod fit;
pub mod histogram;
pub mod learner;
pub mod measure;
pub mod messages;
pub mod moving;
pub mod reason;
pub mod rpc;
pub mod signals;
pub mod statistics;
pub mod store;
mod stripes;
pub mod telemetry;
pub mod trial;
