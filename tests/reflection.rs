//! What tools find out by themselves: reflection in both versions, and health by service.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

use std::collections::{BTreeMap, BTreeSet};

use in_process::{Server, eventually, in_time};
use prost::Message;
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};

const SERVICES: [&str; 2] = ["hearten.v1.FeedbackService", "hearten.v1.LearnerService"];

/// What a tool needs of a file's descriptor.
#[derive(Clone, PartialEq, Message)]
struct File {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(string, tag = "2")]
    package: String,
    #[prost(string, repeated, tag = "3")]
    dependency: Vec<String>,
    #[prost(message, repeated, tag = "6")]
    service: Vec<Named>,
}

/// A service with its methods, or a method.
#[derive(Clone, PartialEq, Message)]
struct Named {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(message, repeated, tag = "2")]
    method: Vec<Method>,
}

#[derive(Clone, PartialEq, Message)]
struct Method {
    #[prost(string, tag = "1")]
    name: String,
}

/// What is asked; the two versions have the same questions under different names.
#[derive(Clone, Copy)]
enum Ask<'a> {
    Services,
    Symbol(&'a str),
    Filename(&'a str),
}

/// What is answered.
#[derive(Debug)]
enum Told {
    Services(Vec<String>),
    Files(Vec<File>),
    Error(i32),
}

/// A client of one version, and the tests for it.
macro_rules! version {
    ($version:ident) => {
        mod $version {
            use tonic_reflection::pb::$version::{
                ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
                server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
            };

            use super::{Ask, File, Message, Server, Told, in_time};

            async fn ask(server: &Server, ask: Ask<'_>) -> Told {
                let message_request = Some(match ask {
                    Ask::Services => MessageRequest::ListServices(String::new()),
                    Ask::Symbol(symbol) => MessageRequest::FileContainingSymbol(symbol.to_owned()),
                    Ask::Filename(name) => MessageRequest::FileByFilename(name.to_owned()),
                });
                let request = ServerReflectionRequest { host: String::new(), message_request };
                let mut client = ServerReflectionClient::new(server.channel());
                let answers = in_time(client.server_reflection_info(tokio_stream::once(request))).await;
                let answer = match answers {
                    Ok(answers) => in_time(answers.into_inner().message()).await,
                    Err(status) => Err(status),
                };
                match answer.map(|answer| answer.unwrap().message_response.unwrap()) {
                    Ok(MessageResponse::ListServicesResponse(listed)) => {
                        Told::Services(listed.service.into_iter().map(|service| service.name).collect())
                    }
                    Ok(MessageResponse::FileDescriptorResponse(files)) => {
                        let files = files.file_descriptor_proto.iter();
                        Told::Files(files.map(|file| File::decode(&file[..]).unwrap()).collect())
                    }
                    Ok(MessageResponse::ErrorResponse(error)) => Told::Error(error.error_code),
                    Ok(other) => panic!("{other:?}"),
                    Err(status) => Told::Error(status.code().into()),
                }
            }

            #[tokio::test]
            async fn lists_every_service() {
                super::lists_every_service(async |server, question| ask(server, question).await).await;
            }

            #[tokio::test]
            async fn describes_both_services_and_all_they_need() {
                super::describes_both_services(async |server, question| ask(server, question).await).await;
            }

            #[tokio::test]
            async fn says_what_it_does_not_know() {
                let server = Server::start().await;
                for unknown in [Ask::Symbol("hearten.v1.Nothing"), Ask::Filename("hearten/v1/nothing.proto")] {
                    let Told::Error(code) = ask(&server, unknown).await else { panic!("known") };
                    assert_eq!(code, tonic::Code::NotFound as i32);
                }
            }
        }
    };
}

version!(v1);
version!(v1alpha);

async fn lists_every_service(ask: impl AsyncFn(&Server, Ask<'_>) -> Told) {
    let server = Server::start().await;
    let Told::Services(listed) = ask(&server, Ask::Services).await else { panic!("no list") };
    let mut sorted = listed.clone();
    sorted.sort();
    let expected = [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
        SERVICES[0],
        SERVICES[1],
    ];
    assert_eq!(sorted, expected, "each once");
}

async fn describes_both_services(ask: impl AsyncFn(&Server, Ask<'_>) -> Told) {
    let server = Server::start().await;
    let mut methods = BTreeMap::new();
    for service in SERVICES {
        let mut wanted = BTreeSet::new();
        let mut known = BTreeSet::new();
        let Told::Files(files) = ask(&server, Ask::Symbol(service)).await else { panic!("no file for {service}") };
        let mut files = files;
        while let Some(file) = files.pop() {
            for described in &file.service {
                let names: Vec<_> = described.method.iter().map(|method| method.name.clone()).collect();
                methods.insert(format!("{}.{}", file.package, described.name), names);
            }
            known.insert(file.name);
            wanted.extend(file.dependency);
            // As grpcurl does: until nothing is imported that is not there.
            if let Some(missing) = wanted.difference(&known).next() {
                let Told::Files(more) = ask(&server, Ask::Filename(missing)).await else { panic!("no {missing}") };
                assert!(more.iter().any(|file| &file.name == missing));
                files.extend(more);
            }
        }
        assert!(wanted.contains("google/protobuf/timestamp.proto"), "{wanted:?}");
    }
    let expected = [
        (SERVICES[0], vec!["SubmitEvent", "StreamSessions", "BatchSubmitEvents", "ReportOutcomes", "ExplainDecision"]),
        (
            SERVICES[1],
            vec![
                "GetLearner",
                "BatchGetLearners",
                "UpdatePreferences",
                "ListLearnersNeedingAttention",
                "WatchAttention",
                "ExportLearner",
                "DeleteLearner",
            ],
        ),
    ];
    for (service, expected) in expected {
        assert_eq!(methods[service], expected);
    }
    // What errors carry can be described too.
    for detail in ["google.rpc.ErrorInfo", "google.rpc.BadRequest", "google.rpc.RetryInfo"] {
        assert!(matches!(ask(&server, Ask::Symbol(detail)).await, Told::Files(_)), "{detail}");
    }
}

fn of(service: &str) -> HealthCheckRequest {
    HealthCheckRequest { service: service.to_owned() }
}

#[tokio::test]
async fn health_is_told_by_service() {
    let server = Server::start().await;
    let mut health = HealthClient::new(server.channel());
    for service in ["", SERVICES[0], SERVICES[1]] {
        let answer = in_time(health.check(of(service))).await.unwrap().into_inner();
        assert_eq!(answer.status(), ServingStatus::Serving, "{service:?}");
    }
    let error = in_time(health.check(of("hearten.v1.Nothing"))).await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
}

/// Whoever watches hears of the stop before the connection goes, and so sends nobody there any more.
#[tokio::test]
async fn whoever_watches_hears_of_the_stop() {
    let mut server = Server::start().await;
    let mut watched = Vec::new();
    for service in ["", SERVICES[0], SERVICES[1]] {
        let mut watch = in_time(HealthClient::new(server.channel()).watch(of(service))).await.unwrap().into_inner();
        let first = in_time(watch.message()).await.unwrap().unwrap();
        assert_eq!(first.status(), ServingStatus::Serving, "{service:?}");
        watched.push((service, watch));
    }
    server.ask_to_stop();
    for (service, watch) in &mut watched {
        let mut last = ServingStatus::Serving;
        eventually(async || {
            last = in_time(watch.message()).await.unwrap().expect("told before the end").status();
            last == ServingStatus::NotServing
        })
        .await;
        assert_eq!(last, ServingStatus::NotServing, "{service:?}");
    }
    drop(watched);
    server.stop().await;
}

/// Load balancers watch for as long as they live; a stop that waited for them would always take its whole time.
#[tokio::test]
async fn a_watch_does_not_hold_up_the_stop() {
    let server = Server::start().await;
    let mut watch = in_time(HealthClient::new(server.channel()).watch(of(""))).await.unwrap().into_inner();
    in_time(watch.message()).await.unwrap();
    let asked = tokio::time::Instant::now();
    server.stop().await;
    assert!(asked.elapsed() < std::time::Duration::from_secs(5), "{:?}", asked.elapsed());
}
