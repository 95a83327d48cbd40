//! Spans as a collector gets them.

use std::{
    env, fs,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use hearten::telemetry::{Logs, Otlp, ended, span};
use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry_proto::tonic::{
    collector::trace::v1::{
        ExportTraceServiceRequest, ExportTraceServiceResponse,
        trace_service_server::{TraceService, TraceServiceServer},
    },
    common::v1::{KeyValue, any_value},
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};
use tokio::{net::TcpListener, time::Instant};
use tonic::{
    Request, Response, Status,
    transport::{Identity, Server, ServerTlsConfig, server::TcpIncoming},
};

use super::child::{objects, run};

const METHOD: &str = "hearten.v1.FeedbackService/SubmitEvent";
/// The example of the W3C.
const CALLER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// The same caller, who keeps no trace.
const UNSAMPLED: &str = "00-5bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

/// In a process of its own: a call with a caller, one without, and two that leave no trace.
pub fn call(logs: Logs) {
    let endpoint = env::var("ENDPOINT").unwrap();
    let ratio = env::var("RATIO").unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let guard = Logs { otlp: Some(Otlp { endpoint, ratio }), ..logs }.start().unwrap();
        for (parent, code) in [(Some(CALLER), 0), (None, 13), (Some(UNSAMPLED), 0), (Some("nonsense"), 5)] {
            let mut headers = HeaderMap::new();
            headers.extend(
                parent.map(|parent| (HeaderName::from_static("traceparent"), HeaderValue::from_static(parent))),
            );
            let call = span(METHOD, &headers);
            call.record("hearten.tenant", "north");
            call.in_scope(|| {
                tracing::warn!("a line within a call is no part of its trace");
                let _library = tracing::info_span!("somebody else's span").entered();
            });
            ended(&call, code);
        }
        guard.stop().await;
    });
}

#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<ExportTraceServiceRequest>>>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.lock().unwrap().push(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    async fn listen(&self, mut server: Server) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = server.add_service(TraceServiceServer::new(self.clone()));
        tokio::spawn(serving.serve_with_incoming(TcpIncoming::from(listener)));
        address
    }

    /// Spans with the attributes of who sent them.
    fn spans(&self) -> Vec<(Span, Vec<KeyValue>)> {
        let requests = self.0.lock().unwrap().clone();
        let resources = requests.into_iter().flat_map(|request| request.resource_spans);
        resources
            .flat_map(|of| {
                let attributes = of.resource.unwrap().attributes;
                let spans = of.scope_spans.into_iter().flat_map(|scope| scope.spans);
                spans.map(move |span| (span, attributes.clone())).collect::<Vec<_>>()
            })
            .collect()
    }
}

async fn calls(endpoint: String, ratio: &'static str) -> String {
    calls_trusting("", endpoint, ratio).await
}

/// Trusting who is named in a file, and nobody else.
async fn calls_trusting(file: &str, endpoint: String, ratio: &'static str) -> String {
    let file = file.to_owned();
    let run = move || {
        let settings = [("ENDPOINT", &*endpoint), ("RATIO", ratio), ("FILTER", "warn"), ("SSL_CERT_FILE", &*file)];
        run("calls", if file.is_empty() { &settings[..3] } else { &settings })
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// As text, whatever it is.
fn attribute(attributes: &[KeyValue], key: &str) -> Option<String> {
    let value = attributes.iter().find(|attribute| attribute.key == key)?.value.clone()?.value?;
    Some(match value {
        any_value::Value::StringValue(text) => text,
        any_value::Value::IntValue(number) => number.to_string(),
        other => panic!("{other:?}"),
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_traced_under_their_callers() {
    let collector = Collector::default();
    let address = collector.listen(Server::builder()).await;
    let lines = calls(format!("http://{address}"), "1").await;
    let spans = collector.spans();
    assert_eq!(spans.len(), 3, "{lines} {spans:?}");
    for (span, resource) in &spans {
        assert_eq!((span.name.as_str(), span.kind()), (METHOD, SpanKind::Server));
        let told = |key| attribute(&span.attributes, key).unwrap();
        assert_eq!(told("rpc.system"), "grpc");
        assert_eq!(
            (told("rpc.service"), told("rpc.method")),
            ("hearten.v1.FeedbackService".into(), "SubmitEvent".into())
        );
        assert_eq!(told("hearten.tenant"), "north");
        assert!(span.events.is_empty(), "{span:?}");
        assert_eq!(attribute(resource, "service.name").as_deref(), Some("hearten"));
        assert_eq!(attribute(resource, "service.version").as_deref(), Some(env!("CARGO_PKG_VERSION")));
        assert!(span.end_time_unix_nano >= span.start_time_unix_nano);
    }
    let [(called, _), (alone, _), (odd, _)] = &spans[..] else { panic!() };
    let ids = (hex(&called.trace_id), hex(&called.parent_span_id));
    assert_eq!(ids, ("4bf92f3577b34da6a3ce929d0e0e4736".into(), "00f067aa0ba902b7".into()));
    assert!(alone.parent_span_id.is_empty() && odd.parent_span_id.is_empty());
    let ended = |span: &Span| {
        (attribute(&span.attributes, "rpc.grpc.status_code").unwrap(), span.status.clone().unwrap_or_default().code())
    };
    assert_eq!(ended(called), ("0".into(), StatusCode::Unset));
    assert_eq!(ended(alone), ("13".into(), StatusCode::Error));
    assert_eq!(ended(odd), ("5".into(), StatusCode::Unset), "an error of the caller's is none of the server's");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_share_is_of_those_the_caller_has_not_decided() {
    let collector = Collector::default();
    let address = collector.listen(Server::builder()).await;
    calls(format!("http://{address}"), "0").await;
    let spans = collector.spans();
    let traces: Vec<_> = spans.iter().map(|(span, _)| hex(&span.trace_id)).collect();
    assert_eq!(traces, ["4bf92f3577b34da6a3ce929d0e0e4736"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_not_there_is_told_of_once_and_waited_for_briefly() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let lines = objects(&calls(format!("http://{address}"), "1").await);
    let lost = "traces cannot be delivered, and are lost until they can";
    assert_eq!(lines.iter().filter(|line| line["message"] == lost).count(), 1, "{lines:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_may_ask_for_tls() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let folder = tempfile::tempdir().unwrap();
    let trusted = folder.path().join("collector.pem");
    fs::write(&trusted, &certificate).unwrap();
    let tls = ServerTlsConfig::new().identity(Identity::from_pem(&certificate, &key));
    let collector = Collector::default();
    let address = collector.listen(Server::builder().tls_config(tls).unwrap()).await;
    let endpoint = format!("https://localhost:{}", address.port());
    let lines = calls_trusting(trusted.to_str().unwrap(), endpoint.clone(), "1").await;
    assert_eq!(collector.spans().len(), 3, "{lines}");

    // Anybody else's certificate is not taken.
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    fs::write(&trusted, other.cert.pem()).unwrap();
    let lines = calls_trusting(trusted.to_str().unwrap(), endpoint, "1").await;
    assert!(lines.contains("traces cannot be delivered") && collector.spans().len() == 3, "{lines}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_never_answers_does_not_keep_the_server_from_stopping() {
    // Connections are made, and nobody takes them up.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let began = Instant::now();
    let lines = objects(&calls(format!("http://{}", listener.local_addr().unwrap()), "1").await);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert!(lines.iter().any(|line| line["message"] == "the last traces may not have been delivered"), "{lines:?}");
}
