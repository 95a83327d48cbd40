//! Traces over OTLP: one span a call, in batches, to whoever collects them.

/// Where traces go.
#[derive(Clone, Debug, PartialEq)]
pub struct Otlp {
    /// The collector, such as `http://localhost:4317`: gRPC, with TLS where it is `https`.
    pub endpoint: String,
    /// The share of traces that are kept, 0 to 1, where the caller has not decided already.
    pub ratio: f64,
}

#[cfg(feature = "otlp")]
mod kept;
#[cfg(not(feature = "otlp"))]
mod left_out;

#[cfg(feature = "otlp")]
pub(super) use kept::{Provider, adopt};
#[cfg(not(feature = "otlp"))]
pub(super) use left_out::{Provider, adopt};
