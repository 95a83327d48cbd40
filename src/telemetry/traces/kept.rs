//! Spans, from the layer that makes them to the exporter that sends them.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};

use http::{HeaderMap, Uri};
use opentelemetry::{
    KeyValue,
    propagation::{Extractor, TextMapPropagator},
    trace::{TraceContextExt as _, TracerProvider as _},
};
use opentelemetry_otlp::{WithExportConfig as _, WithTonicConfig as _, tonic_types::transport::ClientTlsConfig};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    propagation::TraceContextPropagator,
    trace::{Sampler, SdkTracerProvider, SpanData, SpanExporter},
};
use tracing::{Metadata, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, filter_fn},
    registry::LookupSpan,
};

use super::Otlp;
use crate::telemetry::{Error, span::TARGET};

/// A collector that takes longer gets no more spans for a while.
const EXPORT: Duration = Duration::from_secs(5);
/// How long a stop waits for the collector.
const STOP: Duration = Duration::from_secs(3);

/// What makes spans and sends them.
#[derive(Debug)]
pub(in crate::telemetry) struct Provider(SdkTracerProvider);

impl Provider {
    /// Whether traces can go there at all; and if so, whether with TLS.
    pub(in crate::telemetry) fn check(Otlp { endpoint, ratio }: &Otlp) -> Result<bool, Error> {
        if !(0.0..=1.0).contains(ratio) {
            return Err(Error::Ratio(*ratio));
        }
        let refused = |why: String| Error::endpoint(endpoint, why);
        let place: Uri = endpoint.parse().map_err(|error: http::uri::InvalidUri| refused(error.to_string()))?;
        match place.scheme_str() {
            Some("http") => Ok(false),
            Some("https") => Ok(true),
            _ => Err(refused("it has to begin with http:// or https://".to_owned())),
        }
    }

    pub(in crate::telemetry) fn new(otlp: Otlp) -> Result<Self, Error> {
        let secure = Self::check(&otlp)?;
        let Otlp { endpoint, ratio } = otlp;
        let exporter = opentelemetry_otlp::SpanExporter::builder().with_tonic();
        let exporter = exporter.with_endpoint(&endpoint).with_timeout(EXPORT);
        let exporter =
            if secure { exporter.with_tls_config(ClientTlsConfig::new().with_enabled_roots()) } else { exporter };
        let exporter = exporter.build().map_err(|error| Error::endpoint(&endpoint, error.to_string()))?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder().with_service_name("hearten").with_attribute(version).build();
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(ratio))))
            .with_batch_exporter(Watched { exporter, failing: AtomicBool::new(false) })
            .build();
        Ok(Self(provider))
    }

    /// Takes the spans of calls, and nothing besides: not a line of the log, not a library's spans.
    pub(in crate::telemetry) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let spans = tracing_opentelemetry::layer().with_tracer(self.0.tracer("hearten"));
        let spans = spans.with_location(false).with_threads(false).with_target(false).with_tracked_inactivity(false);
        let ours = |metadata: &Metadata<'_>| metadata.is_span() && metadata.target() == TARGET;
        // So that nobody asks about what the libraries would tell in more detail.
        spans.with_filter(filter_fn(ours).with_max_level_hint(LevelFilter::INFO))
    }

    /// Sends what is left. Blocks, but not for long.
    pub(in crate::telemetry) fn stop(self) {
        if let Err(error) = self.0.shutdown_with_timeout(STOP) {
            tracing::warn!(%error, "the last traces may not have been delivered");
        }
    }
}

/// Makes the span that the caller's headers name this span's parent.
pub(in crate::telemetry) fn adopt(span: &Span, headers: &HeaderMap) {
    let context = TraceContextPropagator::new().extract(&Headers(headers));
    if context.span().span_context().is_valid() {
        // It has just been made, so it has no parent yet.
        let _ = span.set_parent(context);
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(http::HeaderName::as_str).collect()
    }
}

/// Says when spans begin to get lost, and when they no longer do: the library itself keeps silent.
struct Watched<E> {
    exporter: E,
    failing: AtomicBool,
}

impl<E> fmt::Debug for Watched<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watched").field("failing", &self.failing).finish_non_exhaustive()
    }
}

impl<E: SpanExporter> SpanExporter for Watched<E> {
    async fn export(&self, spans: Vec<SpanData>) -> OTelSdkResult {
        let sent = self.exporter.export(spans).await;
        match (&sent, self.failing.swap(sent.is_err(), Relaxed)) {
            (Err(error), false) => tracing::warn!(%error, "traces cannot be delivered, and are lost until they can"),
            (Ok(()), true) => tracing::info!("traces are delivered again"),
            _ => {}
        }
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}
