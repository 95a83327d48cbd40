//! Certificates that are renewed on disk while the server runs.

use std::{fs, thread, time::Duration};

use hearten::rpc::pb::{
    StreamSessionsRequest, feedback_service_client::FeedbackServiceClient, stream_sessions_request::Message as Sent,
    stream_sessions_response::Message as Answer,
};
use serde_json::json;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{
    Code, Request, Status, Streaming,
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity},
};

use super::Files;
use crate::{
    authority::{Authority, Issued},
    support::{
        PATIENCE, Server,
        client::{in_time, message},
        now,
    },
};

/// A new connection, to a server that this authority vouches for.
pub async fn connect(server: &Server, authority: &Authority, client: Option<&Issued>) -> Result<Channel, String> {
    let trusted = Certificate::from_pem(authority.pem());
    let mut tls = ClientTlsConfig::new().ca_certificate(trusted).domain_name("localhost");
    if let Some(client) = client {
        tls = tls.identity(Identity::from_pem(&client.certificate, &client.key));
    }
    let endpoint = Endpoint::from_shared(format!("https://{}", server.addr())).unwrap().tls_config(tls).unwrap();
    in_time(endpoint.connect()).await.map_err(|error| format!("{error:?}"))
}

/// A stream of sessions under way.
pub struct Talk {
    sender: mpsc::Sender<StreamSessionsRequest>,
    answers: Streaming<hearten::rpc::pb::StreamSessionsResponse>,
}

impl Talk {
    pub async fn begin(channel: Channel, key: Option<&str>) -> Result<Self, Status> {
        let (sender, receiver) = mpsc::channel(1);
        let mut request = Request::new(ReceiverStream::new(receiver));
        if let Some(key) = key {
            request.metadata_mut().insert("authorization", format!("Bearer {key}").parse().unwrap());
        }
        let answers = in_time(FeedbackServiceClient::new(channel).stream_sessions(request)).await?.into_inner();
        Ok(Self { sender, answers })
    }

    /// Whether it goes on.
    pub async fn goes_on(&mut self, id: &str) -> Result<(), Status> {
        let event = message(json!({"eventId": id, "learnerId": "ana", "skip": {}}));
        let _ = self.sender.send(StreamSessionsRequest { message: Some(Sent::Event(event)) }).await;
        let answer = in_time(self.answers.message()).await?.expect("the stream goes on");
        assert!(matches!(answer.message, Some(Answer::Reply(reply)) if reply.event_id == id));
        Ok(())
    }

    /// How it ends.
    pub async fn end(mut self) -> Status {
        in_time(self.answers.message()).await.unwrap_err()
    }
}

/// Connects again and again until that fails, or until it does not.
async fn until(connects: bool, server: &Server, authority: &Authority) -> Duration {
    let since = now();
    while connect(server, authority, None).await.is_ok() != connects {
        assert!(since.elapsed() < PATIENCE, "nothing changed");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    since.elapsed()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_shown_to_newcomers_and_an_open_stream_goes_on() {
    let files = Files::new();
    let key = files.keys(&["new", "--role", "admin"]);
    let server = files.serve(&[]);
    let mut talk = Talk::begin(connect(&server, &files.servers, None).await.unwrap(), Some(&key)).await.unwrap();
    talk.goes_on("1").await.unwrap();

    // By another authority, so that it can be told from the old one.
    let others = Authority::new("others");
    assert!(connect(&server, &others, None).await.unwrap_err().contains("UnknownIssuer"));
    let renewed = others.issue(&["localhost"]);
    files.issued("server", &renewed);
    assert!(until(true, &server, &others).await < Duration::from_secs(10));
    assert!(connect(&server, &files.servers, None).await.is_err());
    talk.goes_on("2").await.unwrap();

    // What cannot be shown is not taken up: neither half a pair nor no certificate at all.
    let errors =
        || server.output().lines().filter(|line| line.contains("ERROR")).map(str::to_owned).collect::<Vec<_>>();
    // While the two files of the renewal were put one after the other, they may have been seen apart.
    let before = errors().len();
    let half = files.servers.issue(&["localhost"]);
    let broken = [
        ("the key of another", half.certificate.clone(), "certificate and private key"),
        ("nothing", String::new(), "the certificate: holds no certificate in PEM"),
        ("half a file", renewed.certificate[..200].to_owned(), "the certificate: "),
    ];
    for (count, (what, text, words)) in (before + 1..).zip(broken) {
        fs::write(files.path("server.pem"), text).unwrap();
        let deadline = now() + PATIENCE;
        while errors().len() < count {
            assert!(now() < deadline, "nothing was said of {what}");
            thread::sleep(Duration::from_millis(20));
        }
        thread::sleep(Duration::from_millis(1500));
        let errors = errors();
        assert_eq!(errors.len(), count, "{what}: {errors:?}");
        assert!(errors[count - 1].contains("the old stays") && errors[count - 1].contains(words), "{what}: {errors:?}");
        assert!(connect(&server, &others, None).await.is_ok(), "{what}");
    }
    files.issued("server", &half);
    until(true, &server, &files.servers).await;
    talk.goes_on("3").await.unwrap();
    let log = server.output();
    assert!(!log.contains("PRIVATE KEY"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_authority_for_clients_holds_for_newcomers() {
    let files = Files::new();
    files.keys(&["new", "--role", "ingest", "--certificate", "tablet.test"]);
    let server = files.serve_mutually();
    let (old, others) = (files.clients.issue(&["tablet.test"]), Authority::new("others"));
    let new = others.issue(&["tablet.test"]);
    let begin = async |client: &Issued| {
        let channel = connect(&server, &files.servers, Some(client)).await.map_err(Status::unavailable)?;
        let mut talk = Talk::begin(channel, None).await?;
        talk.goes_on("1").await.map(|()| talk)
    };
    let mut talk = begin(&old).await.unwrap();
    assert!(begin(&new).await.is_err());
    files.put("clients.pem", &others.pem());
    let deadline = now() + PATIENCE;
    while begin(&new).await.is_err() {
        assert!(now() < deadline, "never taken up");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(begin(&old).await.is_err());
    talk.goes_on("2").await.unwrap();
    // Its connection stands, and its name is worth what the keys say.
    files.keys(&["revoke", "tablet.test"]);
    let ended = talk.end().await;
    assert_eq!(ended.code(), Code::Unauthenticated, "{ended:?}");
}
