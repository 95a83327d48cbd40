//! No method is forgotten: what is served, what is listed with who may call it, and what the table tests are the same.

use std::collections::BTreeSet;

use hearten::rpc::{methods::METHODS, pb::DESCRIPTORS};
use prost::Message;
use tonic::Code;

use crate::{calls::World, in_process::Server, raw, shown::Shown};

#[derive(Clone, PartialEq, Message)]
struct Files {
    #[prost(message, repeated, tag = "1")]
    file: Vec<File>,
}

#[derive(Clone, PartialEq, Message)]
struct File {
    #[prost(string, tag = "2")]
    package: String,
    #[prost(message, repeated, tag = "6")]
    service: Vec<Service>,
}

#[derive(Clone, PartialEq, Message)]
struct Service {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(message, repeated, tag = "2")]
    method: Vec<Named>,
}

#[derive(Clone, PartialEq, Message)]
struct Named {
    #[prost(string, tag = "1")]
    name: String,
}

/// Every method in these descriptors, as it stands in a path.
fn described(descriptors: &[u8]) -> Vec<String> {
    let mut methods = Vec::new();
    for File { package, service } in Files::decode(descriptors).unwrap().file {
        for Service { name, method } in service {
            methods.extend(method.into_iter().map(|method| format!("{package}.{name}/{}", method.name)));
        }
    }
    methods
}

#[test]
fn every_method_served_is_listed_and_no_other() {
    let served: BTreeSet<String> = [
        DESCRIPTORS,
        tonic_health::pb::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET,
        tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET,
    ]
    .into_iter()
    .flat_map(described)
    .collect();
    let listed: BTreeSet<String> = METHODS.iter().map(|method| method.name.to_owned()).collect();
    assert_eq!(listed.len(), METHODS.len(), "each once");
    assert_eq!(served, listed);
}

#[tokio::test]
async fn what_is_not_listed_is_no_method() {
    let server = Server::start().await;
    let shown = Shown::nothing(server.channel());
    for method in [
        "hearten.v1.FeedbackService/Nothing",
        "hearten.v1.FeedbackService/submitevent",
        "hearten.v1.FeedbackService/SubmitEvent/",
        "hearten.v1.FeedbackService/",
        "hearten.v2.FeedbackService/SubmitEvent",
    ] {
        let refused = raw::call(&shown, method, World::event("ana", "1")).await.unwrap_err();
        assert_eq!(refused.code(), Code::Unimplemented, "{method}");
        assert!(refused.message().contains("list"), "{}", refused.message());
    }
    server.stop().await;
}
