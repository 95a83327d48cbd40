//! The admin port: metrics, and whether the server lives and is ready, for those who run it.
//!
//! It is a port of its own because what asks here speaks no TLS and sends no credential. It takes what it can bear and
//! no more, and tells nothing of any learner.

mod answer;

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use hyper::service::service_fn;
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use tonic_health::pb::health_server::{Health, HealthServer};

use self::answer::Answers;
use crate::telemetry::{Gauges, Metrics};

/// A scraper, a few probes, and somebody who looks. More of them wait.
const CONNECTIONS: usize = 64;
/// Time to say what is wanted, on a new connection and between two requests.
const HEAD: Duration = Duration::from_secs(5);
/// Bytes of a request's head; the least that the transport can be told.
const HEAD_BYTES: u32 = 8 * 1024;
/// Requests at once on one connection.
const STREAMS: u32 = 16;
/// A connection this old is asked to go, so that one that never reads does not stay for ever.
const LONGEST: Duration = Duration::from_secs(600);
/// A silent connection is asked for a sign of life after this, and closed if it gives none in time.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));

/// What the admin port tells.
pub struct Admin<H: Health> {
    /// What was counted.
    pub metrics: Metrics,
    /// Reads what is not counted.
    pub gauges: Box<dyn Fn() -> Gauges + Send + Sync>,
    /// The same as on the main port.
    pub health: HealthServer<H>,
}

/// Answers until `shutdown` resolves, then for as long as `drain` at most to those who are connected.
pub async fn serve<H: Health>(
    listener: TcpListener,
    admin: Admin<H>,
    drain: Duration,
    shutdown: impl Future<Output = ()> + Send,
) {
    let answers = Arc::new(Answers::new(admin));
    let (stop, stopping) = watch::channel(false);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    loop {
        // Those who come when it is full wait to be accepted: somebody silent has to go in a moment.
        let accepted = async { (Arc::clone(&places).acquire_owned().await, listener.accept().await) };
        let (place, accepted) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut shutdown => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, _)) => {
                let connection = connection(stream, Arc::clone(&answers), stopping.clone(), drain);
                connections.spawn(async move {
                    connection.await;
                    drop(place);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "the admin port could not take a connection");
                // Most likely there are too many files open, and that does not change at once.
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    let _ = stop.send(true);
    let _ = timeout(drain, async { while connections.join_next().await.is_some() {} }).await;
}

/// Serves one connection, from its first byte to its last.
async fn connection<H: Health>(
    stream: TcpStream,
    answers: Arc<Answers<H>>,
    mut stopping: watch::Receiver<bool>,
    drain: Duration,
) {
    let _ = stream.set_nodelay(true);
    let asked = AtomicBool::new(false);
    let service = service_fn(|request| {
        asked.store(true, Relaxed);
        let answers = Arc::clone(&answers);
        async move { answers.to(request).await }
    });
    let server = server();
    let mut serving = pin!(server.serve_connection(TokioIo::new(stream), service));
    // Which of the two protocols it is has to be read first, and of that the transport has no timeout.
    let silent = async {
        sleep(HEAD).await;
        if asked.load(Relaxed) {
            std::future::pending::<()>().await;
        }
    };
    let told_to_go = async {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => {}
            () = sleep(LONGEST) => {}
        }
    };
    // How it ended is the other side's business.
    tokio::select! {
        _ = serving.as_mut() => return,
        () = silent => return,
        () = told_to_go => serving.as_mut().graceful_shutdown(),
    }
    let _ = timeout(drain.min(HEAD), poll_fn(|context| serving.as_mut().poll(context))).await;
}

fn server() -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES as usize);
    server
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(HEAD_BYTES)
        .max_concurrent_streams(STREAMS)
        .max_pending_accept_reset_streams(Some(32))
        .max_local_error_reset_streams(Some(64))
        .keep_alive_interval(Some(KEEPALIVE.0))
        .keep_alive_timeout(KEEPALIVE.1);
    server
}
