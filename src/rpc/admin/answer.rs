//! What is answered to whom.

use std::convert::Infallible;

use http::{HeaderValue, Method, Request, Response, StatusCode, Version, header};
use http_body_util::Full;
use hyper::body::{Body as _, Incoming};
use tonic::{body::Body, server::NamedService};
use tonic_health::pb::health_server::{Health, HealthServer};
use tower::ServiceExt as _;

use super::Admin;

/// Of a request for the health of a service: a name.
const HEALTH_BYTES: usize = 1024;
const TEXT: &str = "text/plain; charset=utf-8";
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const LIST: &str = "there are /metrics, /healthz and /readyz, and grpc.health.v1.Health over HTTP/2\n";

pub(super) struct Answers<H: Health> {
    admin: Admin<H>,
}

impl<H: Health> Answers<H> {
    pub(super) fn new(admin: Admin<H>) -> Self {
        let health = admin.health.max_decoding_message_size(HEALTH_BYTES);
        Self { admin: Admin { health, ..admin } }
    }

    pub(super) async fn to(&self, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
        let path = request.uri().path();
        let (service, _) = path.trim_start_matches('/').split_once('/').unwrap_or_default();
        if service == <HealthServer<H> as NamedService>::NAME {
            let Ok(response) = self.admin.health.clone().oneshot(request).await;
            return Ok(response);
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut refusal = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
            refusal.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return Ok(closing(refusal, request.version()));
        }
        if !request.body().is_end_stream() {
            let refusal = text(StatusCode::BAD_REQUEST, "nothing that is asked here takes a body\n");
            return Ok(closing(refusal, request.version()));
        }
        Ok(match path {
            "/metrics" => respond(StatusCode::OK, OPENMETRICS, self.admin.metrics.render(&(self.admin.gauges)())),
            "/healthz" => text(StatusCode::OK, "alive\n"),
            "/readyz" => self.readiness(),
            _ => text(StatusCode::NOT_FOUND, LIST),
        })
    }

    fn readiness(&self) -> Response<Body> {
        let gauges = (self.admin.gauges)();
        if !gauges.store_healthy {
            let why = "not ready: the store takes nothing; the log says why, and whether a restart helps\n";
            text(StatusCode::SERVICE_UNAVAILABLE, why)
        } else if !gauges.serving {
            text(StatusCode::SERVICE_UNAVAILABLE, "not ready: starting or stopping\n")
        } else {
            text(StatusCode::OK, "ready\n")
        }
    }
}

fn text(status: StatusCode, text: &'static str) -> Response<Body> {
    respond(status, TEXT, text.to_owned())
}

/// What is true now is not true in a moment, so nobody keeps it.
fn respond(status: StatusCode, kind: &'static str, body: String) -> Response<Body> {
    let mut response = Response::new(Body::new(Full::new(body.into())));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What was sent besides is not read.
fn closing(mut response: Response<Body>, version: Version) -> Response<Body> {
    // Where requests share a connection nothing has to be read to get to the next.
    if version < Version::HTTP_2 {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
