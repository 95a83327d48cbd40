//! The admin port as a scraper, a probe and a nuisance meet it: by hand over a socket.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use hearten::{
    rpc::admin::{Admin, serve},
    telemetry::Gauges,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::oneshot,
    task::JoinHandle,
    time::{Instant, sleep, timeout},
};
use tonic_health::server::{HealthReporter, health_reporter};

use super::{
    metrics::{everything, gauges},
    page::Page,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// An admin port, and what it tells.
pub struct Port {
    pub address: SocketAddr,
    pub serving: Arc<AtomicBool>,
    pub store_healthy: Arc<AtomicBool>,
    pub health: HealthReporter,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Port {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let [serving, store_healthy] = [true, true].map(AtomicBool::new).map(Arc::new);
        let read = {
            let (serving, store_healthy) = (Arc::clone(&serving), Arc::clone(&store_healthy));
            move || {
                let (serving, store_healthy) = (serving.load(Relaxed), store_healthy.load(Relaxed));
                Gauges { serving, store_healthy, ..gauges() }
            }
        };
        let (health, service) = health_reporter();
        let admin = Admin { metrics: everything(), gauges: Box::new(read), health: service };
        let (stop, stopped) = oneshot::channel();
        let drain = Duration::from_secs(2);
        let ended = tokio::spawn(serve(listener, admin, drain, async {
            let _ = stopped.await;
        }));
        Self { address, serving, store_healthy, health, stop, ended }
    }

    pub async fn close(self) {
        self.stop.send(()).unwrap();
        timeout(PATIENCE, self.ended).await.unwrap().unwrap();
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends something and reads to the end.
    async fn say(&self, what: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(what.as_bytes()).await.unwrap();
        rest(&mut stream).await
    }

    async fn get(&self, path: &str) -> (u16, String, String) {
        let answer = self.say(&format!("GET {path} HTTP/1.1\r\nhost: admin\r\nconnection: close\r\n\r\n")).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (status(&answer), head.to_owned(), body.to_owned())
    }
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    // Whether it is closed or cut off is no matter here.
    let _ = timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("ends");
    String::from_utf8(answer).unwrap()
}

fn status(answer: &str) -> u16 {
    answer
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3))
        .unwrap_or_else(|| panic!("{answer:?}"))
        .parse()
        .unwrap()
}

#[tokio::test]
async fn metrics_are_a_page_of_the_right_kind() {
    let port = Port::open().await;
    let (status, head, body) = port.get("/metrics").await;
    assert_eq!(status, 200);
    let kind = "content-type: application/openmetrics-text; version=1.0.0; charset=utf-8";
    assert!(head.contains(kind), "{head}");
    assert_eq!(Page::parse(&body).value("hearten_shed_total", &[("limit", "calls")]), Some(1.0));
    // A query belongs to the scraper, not to the path.
    assert_eq!(port.get("/metrics?from=prometheus").await.0, 200);
    port.close().await;
}

#[tokio::test]
async fn ready_is_told_with_why_not() {
    let port = Port::open().await;
    assert_eq!(port.get("/readyz").await.0, 200);
    port.serving.store(false, Relaxed);
    let (status, _, body) = port.get("/readyz").await;
    assert_eq!((status, body.as_str()), (503, "not ready: starting or stopping\n"));
    port.serving.store(true, Relaxed);
    port.store_healthy.store(false, Relaxed);
    let (status, _, body) = port.get("/readyz").await;
    assert_eq!((status, body.lines().count()), (503, 1), "{body}");
    assert!(body.starts_with("not ready: the store takes nothing"), "{body}");
    // It lives all the same: a restart is for people to decide.
    assert_eq!(port.get("/healthz").await.0, 200);
    port.close().await;
}

#[tokio::test]
async fn what_is_not_there_is_told_what_is() {
    let port = Port::open().await;
    for path in ["/", "/metric", "/metrics/", "/debug/pprof", "//metrics", "/%6detrics"] {
        let (status, _, body) = port.get(path).await;
        assert_eq!(status, 404, "{path}");
        assert!(["/metrics", "/healthz", "/readyz"].iter().all(|there| body.contains(there)), "{body}");
    }
    port.close().await;
}

#[tokio::test]
async fn only_questions_are_taken() {
    let port = Port::open().await;
    let posted = port.say("POST /metrics HTTP/1.1\r\nhost: admin\r\ncontent-length: 3\r\n\r\nabc").await;
    assert_eq!(status(&posted), 405);
    assert!(posted.contains("allow: GET, HEAD\r\n"), "{posted}");
    for body in ["content-length: 3\r\n\r\nabc", "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"] {
        let refused = port.say(&format!("GET /metrics HTTP/1.1\r\nhost: admin\r\n{body}")).await;
        assert_eq!(status(&refused), 400, "{body}");
    }
    let head = port.say("HEAD /metrics HTTP/1.1\r\nhost: admin\r\nconnection: close\r\n\r\n").await;
    assert!(status(&head) == 200 && head.ends_with("\r\n\r\n"), "{head}");
    let long = format!("GET /metrics HTTP/1.1\r\nhost: admin\r\nx: {}\r\n\r\n", "x".repeat(20_000));
    let refused = port.say(&long).await;
    assert!(refused.is_empty() || status(&refused) == 431, "{refused}");
    assert!(!refused.contains("hearten_"), "{refused}");
    port.close().await;
}

#[tokio::test]
async fn whoever_is_slow_to_ask_is_sent_away() {
    let port = Port::open().await;
    let (mut silent, mut slow, mut unsure) = (port.connect().await, port.connect().await, port.connect().await);
    let began = Instant::now();
    // Both protocols begin with this letter.
    unsure.write_all(b"P").await.unwrap();
    let dribble = async {
        for letter in "GET /metrics HTTP/1.1\r\nhost: admin".bytes() {
            if slow.write_all(&[letter]).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(250)).await;
        }
        rest(&mut slow).await
    };
    let ends = async { tokio::join!(rest(&mut silent), rest(&mut unsure), dribble) };
    let (silent, unsure, slow) = timeout(PATIENCE, ends).await.unwrap();
    assert!(silent.is_empty() && unsure.is_empty() && !slow.contains("hearten_"), "{slow}");
    assert!(began.elapsed() >= Duration::from_secs(5));
    port.close().await;
}

#[tokio::test]
async fn a_crowd_of_the_silent_keeps_nobody_out_for_long() {
    let port = Port::open().await;
    let mut crowd = Vec::new();
    for _ in 0..80 {
        crowd.push(port.connect().await);
    }
    let began = Instant::now();
    assert_eq!(port.get("/healthz").await.0, 200);
    assert!(began.elapsed() >= Duration::from_secs(2), "more than 64 at once were served");
    drop(crowd);
    port.close().await;
}

#[tokio::test]
async fn a_connection_may_be_kept() {
    let port = Port::open().await;
    let mut stream = port.connect().await;
    for _ in 0..3 {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: admin\r\n\r\n").await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"alive\n") {
            let mut bytes = [0; 1024];
            let count = timeout(PATIENCE, stream.read(&mut bytes)).await.unwrap().unwrap();
            assert_ne!(count, 0);
            answer.extend_from_slice(&bytes[..count]);
        }
    }
    // It is open, and a stop does not wait for it.
    port.close().await;
    assert_eq!(rest(&mut stream).await, "");
}
