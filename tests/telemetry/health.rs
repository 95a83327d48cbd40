//! The health of the server over gRPC on the admin port: no TLS, no credential.

use std::time::Duration;

use tokio::time::timeout;
use tonic::{Code, transport::Endpoint};
use tonic_health::{
    ServingStatus,
    pb::{HealthCheckRequest, health_check_response::ServingStatus as Status, health_client::HealthClient},
};

use super::admin::Port;

fn about(service: &str) -> HealthCheckRequest {
    HealthCheckRequest { service: service.to_owned() }
}

#[tokio::test]
async fn a_probe_is_told() {
    let port = Port::open().await;
    let channel = Endpoint::from_shared(format!("http://{}", port.address)).unwrap().connect().await.unwrap();
    let mut client = HealthClient::new(channel);
    port.health.set_service_status("", ServingStatus::Serving).await;
    let told = client.check(about("")).await.unwrap().into_inner();
    assert_eq!(told.status(), Status::Serving);
    assert_eq!(client.check(about("nobody")).await.unwrap_err().code(), Code::NotFound);
    let long = client.check(about(&"x".repeat(2000))).await.unwrap_err();
    assert_eq!(long.code(), Code::OutOfRange, "{long}");

    let mut watched = client.watch(about("")).await.unwrap().into_inner();
    assert_eq!(watched.message().await.unwrap().unwrap().status(), Status::Serving);
    port.health.set_service_status("", ServingStatus::NotServing).await;
    assert_eq!(watched.message().await.unwrap().unwrap().status(), Status::NotServing);

    // Whoever watches does not keep it from stopping.
    timeout(Duration::from_secs(10), port.close()).await.unwrap();
}

#[tokio::test]
async fn nothing_else_is_served_there() {
    let port = Port::open().await;
    let channel = Endpoint::from_shared(format!("http://{}", port.address)).unwrap().connect().await.unwrap();
    let mut client = tonic::client::Grpc::new(channel);
    client.ready().await.unwrap();
    let path = http::uri::PathAndQuery::from_static("/hearten.v1.LearnerService/GetLearner");
    let codec = tonic_prost::ProstCodec::<HealthCheckRequest, HealthCheckRequest>::default();
    let refused = client.unary(tonic::Request::new(about("ana")), path, codec).await.unwrap_err();
    assert_ne!(refused.code(), Code::Ok);
    port.close().await;
}
