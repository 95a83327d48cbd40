//! The span of a call, with the attributes that OpenTelemetry's conventions for RPC ask for.

use http::HeaderMap;
use tracing::{Span, field::Empty};

use super::{split, traces};

/// What spans go by: traces take this target and nothing else, so that nothing else leaves the server with them.
pub(super) const TARGET: &str = "hearten::call";

/// The span of a call of a method, `service/name`. Its parent is the span that the caller's headers name. Where no
/// traces are kept it is disabled and costs next to nothing.
#[must_use]
pub fn span(method: &'static str, headers: &HeaderMap) -> Span {
    let (service, name) = split(method);
    let span = tracing::info_span!(
        target: TARGET,
        "call",
        otel.name = method.trim_start_matches('/'),
        otel.kind = "server",
        otel.status_code = Empty,
        rpc.system = "grpc",
        rpc.service = service,
        rpc.method = name,
        rpc.grpc.status_code = Empty,
        hearten.tenant = Empty,
    );
    if !span.is_disabled() {
        traces::adopt(&span, headers);
    }
    span
}

/// Notes on a call's span how it ended, by gRPC's number. Failures of the caller's are no failures of the server's.
pub fn ended(span: &Span, code: i32) {
    span.record("rpc.grpc.status_code", code);
    // Unknown, deadline exceeded, unimplemented, internal, unavailable, data loss.
    if matches!(code, 2 | 4 | 12 | 13 | 14 | 15) {
        span.record("otel.status_code", "ERROR");
    }
}
