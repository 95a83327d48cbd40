//! One connection, from its first byte to its last.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use hyper::{server::conn::http2, service::service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
    time::{MissedTickBehavior, interval, timeout},
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tonic::{Status, body::Body};

use super::{
    admitted::stopping,
    calls::Calls,
    gate::{Gate, Shared},
    patient::Patient,
    peer::{Outstayed, Peer},
    services::Services,
    together::{Together, Turns},
};
use crate::access::tls;

/// Streams and calls at once on one connection.
const MAX_CONCURRENT_STREAMS: u32 = 1024;
/// What a client may send ahead of being read, in bytes, on one stream and on one connection. The transport cuts a
/// connection off when unread DATA frames, each padded to 256 bytes, waste more than half of its window: an event is a
/// small frame, so many streams' worth must fit before that, or a client in a hurry is cut off instead of slowed down.
const WINDOWS: (u32, u32) = (64 * 1024, 16 * 1024 * 1024);
/// Headers of one call, in bytes.
const MAX_HEADER_BYTES: u32 = 16 * 1024;
/// Answers of one stream that may wait in the transport, in bytes.
const MAX_SEND_BUFFER: usize = 64 * 1024;
/// A silent connection is asked for a sign of life after this, and closed if it gives none in time.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(20));
/// A connection without a call for this long is closed; clients open another when they need one.
const IDLE: Duration = Duration::from_secs(15 * 60);
/// How often a connection is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How long a client that was told off may take to hear it.
const PARTING: Duration = Duration::from_secs(1);
/// How long a connection whose every call was refused may take to tell the last of it; it takes no more of them meanwhile.
const LAST_WORDS: Duration = Duration::from_millis(10);
/// How long a connection that is asked to end may take to do so.
const GRACE: Duration = Duration::from_secs(5);

/// Serves one client until either side has had enough.
pub(super) async fn serve(
    stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    services: Services,
    shared: Arc<Shared>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let stall = shared.admission.bounds().stall;
    let stream = Patient::new(stream, stall);
    let Some(tls) = tls else {
        return speak(stream, Peer::new(Arc::from([])), services, shared).await;
    };
    let stream = tokio::select! {
        shaken = timeout(stall, shake_hands(stream, tls)) => shaken??,
        () = stopping(shared.draining.clone()) => return Ok(()),
    };
    let certificate = stream.get_ref().1.peer_certificates().and_then(|chain| chain.first());
    let names = certificate.map_or_else(|| Arc::from([]), tls::names);
    speak(stream, Peer::new(names), services, shared).await
}

async fn shake_hands(stream: Patient, config: Arc<ServerConfig>) -> io::Result<TlsStream<Patient>> {
    let mut begun = [0; 3];
    if stream.get_ref().peek(&mut begun).await? == begun.len() && &begun == b"PRI" {
        return Err(tell_plaintext(stream).await);
    }
    match TlsAcceptor::from(config).accept(stream).into_fallible().await {
        Ok(stream) => Ok(stream),
        Err((error, stream)) => {
            part(stream).await;
            Err(error)
        }
    }
}

/// Ends a connection so that its client still hears what was said last, such as why its certificate will not do: closed
/// with something of theirs unread, the system would take it back.
async fn part(mut stream: Patient) {
    let _ = stream.shutdown().await;
    let mut unread = [0; 1024];
    let read = async { while stream.read(&mut unread).await.is_ok_and(|read| read > 0) {} };
    let _ = timeout(PARTING, read).await;
}

/// A client that speaks HTTP/2 without TLS is told so in its own words, whatever it calls: it would see a broken connection
/// otherwise.
async fn tell_plaintext(stream: Patient) -> io::Error {
    const TOLD: &str = "this port speaks TLS: connect without -plaintext";
    let told = service_fn(|_| async { Ok::<_, Infallible>(Status::failed_precondition(TOLD).into_http::<Body>()) });
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder.max_concurrent_streams(1).max_header_list_size(MAX_HEADER_BYTES);
    let _ = timeout(GRACE, builder.serve_connection(TokioIo::new(stream), told)).await;
    io::Error::new(io::ErrorKind::InvalidData, "a client spoke plaintext")
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Arc<Peer>,
    services: Services,
    shared: Arc<Shared>,
) -> io::Result<()> {
    let (stall, age) = (shared.admission.bounds().stall, shared.admission.bounds().stream_age);
    let mut stopping = std::pin::pin!(stopping(shared.draining.clone()));
    let gate = Gate::new(services, shared, Arc::clone(&peer));
    let mut builder = http2::Builder::new(Calls);
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_CONCURRENT_STREAMS)
        // Without these a client that resets streams by the thousand would be served for ever.
        .max_pending_accept_reset_streams(32)
        .max_local_error_reset_streams(1024)
        .initial_stream_window_size(WINDOWS.0)
        .initial_connection_window_size(WINDOWS.1)
        .max_header_list_size(MAX_HEADER_BYTES)
        .max_send_buf_size(MAX_SEND_BUFFER)
        .keep_alive_interval(KEEPALIVE.0)
        .keep_alive_timeout(KEEPALIVE.1);
    let turns = Turns::default();
    let stream = TokioIo::new(Together::new(stream, turns.clone()));
    let mut connection = std::pin::pin!(builder.serve_connection(stream, gate));
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let outstayed = loop {
        tokio::select! {
            ended = turns.drive(connection.as_mut()) => return ended.map_err(io::Error::other),
            () = &mut stopping => break None,
            () = peer.refused_enough() => {
                connection.as_mut().graceful_shutdown();
                let _ = timeout(LAST_WORDS, turns.drive(connection.as_mut())).await;
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "a stranger would not stop asking"));
            }
            _ = looks.tick() => {
                peer.cut_off(stall);
                if let Some(outstayed) = peer.outstayed(stall, IDLE, age) {
                    break Some(outstayed);
                }
            }
        }
    };
    connection.as_mut().graceful_shutdown();
    // Calls that nobody reads would keep it for ever.
    let ended = async {
        loop {
            tokio::select! {
                ended = turns.drive(connection.as_mut()) => return ended.map_err(io::Error::other),
                _ = looks.tick() => peer.cut_off(stall),
            }
        }
    };
    match outstayed {
        // How long a stop may take is not this connection's to say; a call may have come just as it was found idle.
        // Whoever has said nothing yet would have the stop wait for nothing.
        None if peer.mute() => Ok(()),
        None | Some(Outstayed::Idle | Outstayed::Aged) => ended.await,
        Some(Outstayed::Stranger) => timeout(GRACE, ended).await?,
    }
}
