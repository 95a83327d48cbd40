//! Connections that do not come about, and what is said about them to whoever tried.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    process::Output,
    sync::Arc,
};

use rustls::ClientConfig;

use super::{
    Files, SUBMIT,
    client::{connected, showing},
    event,
};
use crate::{
    authority::Issued,
    support::{Grpcurl, PATIENCE, Server},
};

fn told(output: Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_server_that_is_not_trusted_is_not_spoken_to() {
    let files = Files::new();
    files.keys(&["new", "--role", "admin"]);
    let server = files.serve(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let wrong = told(grpcurl.with(&["-cacert", &files.word("clients.pem")]).call(SUBMIT, &event("1")));
    assert!(wrong.contains("certificate signed by unknown authority"), "{wrong}");
    let nobody = told(grpcurl.with(&[]).call(SUBMIT, &event("1")));
    assert!(nobody.contains("certificate signed by unknown authority"), "{nobody}");
    let named = ["-cacert", &files.word("servers.pem"), "-servername", "elsewhere.test"];
    let elsewhere = told(grpcurl.with(&named).call(SUBMIT, &event("1")));
    assert!(elsewhere.contains("not elsewhere.test"), "{elsewhere}");

    files.issued("server", &files.servers.issue_expired(&["localhost", "127.0.0.1"]));
    let server = files.serve(&[]);
    let grpcurl = Grpcurl::to(&server).unwrap();
    let expired = told(grpcurl.with(&["-cacert", &files.word("servers.pem")]).call(SUBMIT, &event("1")));
    assert!(expired.contains("certificate has expired"), "{expired}");
}

#[test]
fn a_client_without_a_good_certificate_is_told_why() {
    let files = Files::new();
    let key = files.keys(&["new", "--role", "admin"]);
    files.keys(&["new", "--role", "admin", "--certificate", "tablet.test"]);
    files.issued("right", &files.clients.issue(&["tablet.test"]));
    files.issued("wrong", &files.servers.issue(&["tablet.test"]));
    files.issued("expired", &files.clients.issue_expired(&["tablet.test"]));
    let server = files.serve_mutually();
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let (ca, header) = (files.word("servers.pem"), format!("authorization: Bearer {key}"));
    let shows = |name: &str| {
        let [cert, key] = ["pem", "key"].map(|kind| files.word(&format!("{name}.{kind}")));
        // The best key does not make up for it.
        grpcurl.with(&["-cacert", &ca, "-H", &header, "-cert", &cert, "-key", &key])
    };
    let call = |grpcurl: &Grpcurl, flags: &[&str]| grpcurl.run(&[&["-d", "@"], flags].concat(), &[SUBMIT], &event("1"));
    assert!(call(&shows("right"), &[]).status.success());
    // This grpcurl does not pass on what it is told: under TLS 1.3 that comes after its part of the handshake.
    let none = grpcurl.with(&["-cacert", &ca, "-H", &header]);
    for (what, grpcurl) in [("wrong", shows("wrong")), ("expired", shows("expired")), ("none", none)] {
        let told = told(call(&grpcurl, &["-connect-timeout", "2"]));
        assert!(told.contains("Failed to dial"), "{what}: {told}");
    }
    let read = |name: &str| {
        let [certificate, key] =
            ["pem", "key"].map(|kind| fs::read_to_string(files.path(&format!("{name}.{kind}"))).unwrap());
        Issued { certificate, key }
    };
    let said = [
        (Some(read("wrong")), "UnknownCA"),
        (Some(read("expired")), "CertificateExpired"),
        (None, "CertificateRequired"),
    ];
    for (client, alert) in said {
        for config in showing(&files, client.as_ref()) {
            let refused = connected(&server, &config).unwrap_err();
            assert!(refused.contains("received fatal alert") && refused.contains(alert), "{alert}: {refused}");
        }
    }
    for config in showing(&files, Some(&read("right"))) {
        connected(&server, &config).unwrap();
    }
}

#[test]
fn plaintext_where_tls_is_spoken_is_told_so_and_the_other_way_round() {
    let files = Files::new();
    files.keys(&["new", "--role", "admin"]);
    let server = files.serve(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    for (flags, what) in [(&["-d", "@"][..], SUBMIT), (&[], "list")] {
        let plain = told(grpcurl.run(flags, &[what], &event("1")));
        assert!(plain.contains("this port speaks TLS: connect without -plaintext"), "{plain}");
    }

    let server = Server::start(&["--store", "memory"]);
    let grpcurl = Grpcurl::to(&server).unwrap();
    let secure = told(grpcurl.with(&["-cacert", &files.word("servers.pem")]).call(SUBMIT, &event("1")));
    assert!(secure.contains("first record does not look like a TLS handshake"), "{secure}");
    // It serves on.
    assert!(grpcurl.call(SUBMIT, &event("1")).status.success());
}

#[test]
fn http_2_is_agreed_on_or_nothing() {
    let files = Files::new();
    files.keys(&["new", "--role", "admin"]);
    let server = files.serve(&[]);
    let offered = |protocols: &[&[u8]]| {
        showing(&files, None).map(|config| {
            let mut config = ClientConfig::clone(&config);
            config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
            connected(&server, &Arc::new(config))
        })
    };
    for agreed in offered(&[b"http/1.1", b"h2"]) {
        assert_eq!(agreed.unwrap().unwrap(), b"h2");
    }
    for without in [&[&b"http/1.1"[..]][..], &[b"h3", b"grpc-exp"]] {
        for refused in offered(without) {
            let refused = refused.unwrap_err();
            assert!(refused.contains("NoApplicationProtocol"), "{refused}");
        }
    }
}

/// A browser's way to ask, on a port that speaks HTTP/2 over TLS: the connection ends, and nothing is answered.
#[test]
fn http_1_without_tls_gets_no_answer() {
    let files = Files::new();
    files.keys(&["new", "--role", "admin"]);
    let server = files.serve(&[]);
    let mut socket = TcpStream::connect(server.addr()).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    socket.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = socket.read_to_end(&mut answer);
    // A TLS alert at most.
    assert!(answer.len() < 16 && !answer.starts_with(b"HTTP"), "{answer:?}");
}
