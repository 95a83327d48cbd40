//! TLS as clients meet it: the real grpcurl and the real binary, certificates right and wrong, renewed while it runs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod authority;
mod support;

#[path = "tls/client.rs"]
mod client;
#[path = "tls/refused.rs"]
mod refused;
#[path = "tls/renewed.rs"]
mod renewed;
#[path = "tls/sessions.rs"]
mod sessions;

use std::{fs, path::PathBuf};

use authority::{Authority, Issued};
use serde_json::{Value, json};
use support::{Grpcurl, Server, grpcurl::objects, hearten};
use tempfile::TempDir;

const SUBMIT: &str = "hearten.v1.FeedbackService/SubmitEvent";
const GET: &str = "hearten.v1.LearnerService/GetLearner";

/// Files as whoever runs a server has them.
struct Files {
    folder: TempDir,
    servers: Authority,
    clients: Authority,
}

impl Files {
    /// A certificate for this machine, and an authority for clients.
    fn new() -> Self {
        let files = Self {
            folder: tempfile::tempdir().unwrap(),
            servers: Authority::new("servers"),
            clients: Authority::new("clients"),
        };
        files.put("servers.pem", &files.servers.pem());
        files.put("clients.pem", &files.clients.pem());
        files.issued("server", &files.servers.issue(&["localhost", "127.0.0.1"]));
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Its path, for a command line.
    fn word(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// Whole at once, as whatever renews certificates does it.
    fn put(&self, name: &str, text: &str) {
        let part = self.path("part");
        fs::write(&part, text).unwrap();
        fs::rename(part, self.path(name)).unwrap();
    }

    /// As NAME.pem and NAME.key.
    fn issued(&self, name: &str, issued: &Issued) {
        self.put(&format!("{name}.key"), &issued.key);
        self.put(&format!("{name}.pem"), &issued.certificate);
    }

    /// What `hearten keys …` prints.
    fn keys(&self, words: &[&str]) -> String {
        let output = hearten(["keys"]).args(words).arg("--keys").arg(self.path("keys.toml")).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    fn serve(&self, more: &[&str]) -> Server {
        let [cert, key, keys] = ["server.pem", "server.key", "keys.toml"].map(|name| self.word(name));
        let arguments = ["--store", "memory", "--tls-cert", &cert, "--tls-key", &key, "--keys", &keys];
        Server::start(&[&arguments, more].concat())
    }

    /// One that asks clients for a certificate.
    fn serve_mutually(&self) -> Server {
        self.serve(&["--client-ca", &self.word("clients.pem")])
    }
}

fn event(id: &str) -> String {
    json!({"event": {"eventId": id, "learnerId": "ana", "itemId": id, "attempt": {"correct": false}}}).to_string()
}

fn answer(output: &std::process::Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&objects(&output.stdout)[0]).unwrap()
}

#[test]
fn grpcurl_speaks_tls_and_shows_a_key() {
    let files = Files::new();
    let key = files.keys(&["new", "--role", "admin"]);
    let server = files.serve(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let (ca, header) = (files.word("servers.pem"), format!("authorization: Bearer {key}"));
    let grpcurl = grpcurl.with(&["-cacert", &ca, "-H", &header]);
    assert_eq!(answer(&grpcurl.call(SUBMIT, &event("1")))["reply"]["learnerId"], "ana");
    assert_eq!(answer(&grpcurl.call(GET, r#"{"learnerId": "ana"}"#))["sequence"], "1");
    let listed = grpcurl.run(&[], &["list"], "");
    assert!(String::from_utf8_lossy(&listed.stdout).contains("hearten.v1.FeedbackService"), "{listed:?}");

    let bare = grpcurl.with(&["-cacert", &ca]);
    let refused = bare.call(SUBMIT, &event("2"));
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(told.contains("Unauthenticated") && told.contains("send the header `authorization: Bearer"), "{told}");
}

#[test]
fn grpcurl_is_let_in_by_its_certificate() {
    let files = Files::new();
    files.keys(&["new", "--role", "ingest", "--certificate", "tablet.test"]);
    let key = files.keys(&["new", "--role", "admin"]);
    files.issued("client", &files.clients.issue(&["tablet.test"]));
    files.issued("stranger", &files.clients.issue(&["stranger.test"]));
    let server = files.serve_mutually();
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let ca = files.word("servers.pem");
    let shows = |name: &str, more: &[&str]| {
        let [cert, key] = ["pem", "key"].map(|kind| files.word(&format!("{name}.{kind}")));
        grpcurl.with(&[&["-cacert", &ca, "-cert", &cert, "-key", &key], more].concat())
    };
    assert_eq!(answer(&shows("client", &[]).call(SUBMIT, &event("1")))["reply"]["learnerId"], "ana");
    let told = |output: std::process::Output| {
        assert!(!output.status.success(), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    // Reflection goes by the same rules; what is told comes through it.
    let refused = told(shows("client", &[]).call(GET, r#"{"learnerId": "ana"}"#));
    assert!(refused.contains("PermissionDenied") && refused.contains("takes the role `read`"), "{refused}");
    let refused = told(shows("stranger", &[]).call(SUBMIT, &event("2")));
    assert!(refused.contains("Unauthenticated") && refused.contains("not known here"), "{refused}");
    // A certificate that stands for nobody is good enough to carry a key.
    let header = format!("authorization: Bearer {key}");
    let carried = shows("stranger", &["-H", &header]).call(GET, r#"{"learnerId": "ana"}"#);
    assert_eq!(answer(&carried)["sequence"], "1");
}
