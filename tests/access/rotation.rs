//! An issuer changes its keys while the real server runs.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use jsonwebtoken::Algorithm;
use tonic::transport::Channel;

use crate::{
    authority::{AUDIENCE, ISSUER, Signing, claims, set},
    calls::World,
    in_process::{blamed, eventually},
    raw,
    revoked::{STREAM, SUBMIT, is_refused, sent, watching},
    shown::Shown,
    support::{Client, Server},
};

/// Publishes a key set over HTTP, or fails to.
struct Issuer {
    address: SocketAddr,
    says: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
}

impl Issuer {
    fn new(set: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (says, asked) = (Arc::new(Mutex::new(ok(set))), Arc::new(AtomicUsize::new(0)));
        let (answer, count) = (Arc::clone(&says), Arc::clone(&asked));
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                assert_eq!(lines.next().unwrap(), "GET /keys?of=hearten HTTP/1.1");
                let _ = lines.find(String::is_empty);
                count.fetch_add(1, Ordering::AcqRel);
                let answer = answer.lock().unwrap().clone();
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { address, says, asked }
    }

    fn url(&self) -> String {
        format!("http://{}/keys?of=hearten", self.address)
    }

    fn says(&self, response: String) {
        *self.says.lock().unwrap() = response;
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Acquire)
    }
}

fn ok(set: &str) -> String {
    let length = set.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{set}"
    )
}

fn serve(keys: &str, refresh: &str) -> Server {
    let tokens = ["--jwt-keys", keys, "--jwt-issuer", ISSUER, "--jwt-audience", AUDIENCE, "--jwt-refresh", refresh];
    Server::start(&[&["--store", "memory"], &tokens[..]].concat())
}

fn shown(channel: &Channel, signing: &Signing) -> Shown {
    Shown::bearer(channel, &signing.sign(&claims("school", &["admin"])))
}

async fn passes(shown: &Shown) -> bool {
    match raw::call(shown, SUBMIT, World::event("ana", "1")).await {
        Ok(_) => true,
        Err(refused) => {
            is_refused(&refused, "TOKEN_REFUSED");
            assert!(refused.message().contains("does not publish"), "{refused:?}");
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_keys_is_taken_up_and_a_withdrawn_key_ends_what_it_signed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jwks.json");
    let [first, second] = ["first", "second"].map(|id| Signing::new(id, Algorithm::ES256));
    fs::write(&file, set(&[&first])).unwrap();
    let server = serve(file.to_str().unwrap(), "500ms");
    let channel = Client::to(&server).await.0;
    let [old, new] = [&first, &second].map(|signing| shown(&channel, signing));
    assert!(passes(&old).await && !passes(&new).await);

    // Nothing of a set that cannot be used is taken.
    for broken in ["", "{", r#"{"keys":[]}"#, r#"{"keys":[{"kty":"EC","crv":"P-256","kid":"second"}]}"#] {
        fs::write(&file, broken).unwrap();
        tokio::time::sleep(Duration::from_millis(1100)).await;
        assert!(passes(&old).await && !passes(&new).await, "{broken}");
    }
    server.output_with("could not be looked up");

    fs::write(&file, set(&[&first, &second])).unwrap();
    eventually(async || passes(&new).await).await;
    let stream = raw::open(&old, STREAM, sent("1")).await.unwrap();
    let watched = watching(&old).await;
    let mut other = raw::open(&new, STREAM, sent("2")).await.unwrap();
    other.next().await.unwrap();

    fs::write(&file, set(&[&second])).unwrap();
    for ended in [stream.end().await, watched.end().await] {
        is_refused(&ended, "CREDENTIAL_UNKNOWN");
    }
    assert!(!passes(&old).await && passes(&new).await);
    other.send(sent("3")).await;
    other.next().await.unwrap();

    // Another key under the name of the old one is another key.
    let impostor = Signing::new("second", Algorithm::ES256);
    fs::write(&file, set(&[&impostor])).unwrap();
    let ended = other.end().await;
    is_refused(&ended, "CREDENTIAL_UNKNOWN");
    let refused = raw::call(&new, SUBMIT, World::event("ana", "1")).await.unwrap_err();
    is_refused(&refused, "CREDENTIAL_UNKNOWN");
}

/// Issuers publish a key before they sign with it: the first call that shows one is let in.
#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_key_is_looked_up_and_an_issuer_that_fails_is_waited_for() {
    let [first, second, third] = ["first", "second", "third"].map(|id| Signing::new(id, Algorithm::EdDSA));
    let issuer = Issuer::new(&set(&[&first]));
    let server = serve(&issuer.url(), "1h");
    let channel = Client::to(&server).await.0;
    let [one, two, three] = [&first, &second, &third].map(|signing| shown(&channel, signing));
    assert!(passes(&one).await);
    issuer.says(ok(&set(&[&first, &second])));
    // Strangers cannot have it asked as often as they like.
    for _ in 0..20 {
        assert!(!passes(&two).await);
    }
    assert_eq!(issuer.asked(), 1);
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert!(passes(&two).await, "the first call that shows it");
    assert!(passes(&one).await);
    assert_eq!(issuer.asked(), 2);

    issuer.says("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned());
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert!(!passes(&three).await && passes(&one).await && passes(&two).await);
    assert_eq!(issuer.asked(), 3);
    let log = server.output_with("could not be looked up");
    assert!(log.contains("500") && !log.contains("ERROR"), "{log}");
    let refused = raw::call(&three, SUBMIT, World::event("ana", "1")).await.unwrap_err();
    assert_eq!(blamed(&refused).1, "TOKEN_REFUSED");
}
