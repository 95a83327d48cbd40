//! The server: everything that listens, from a bound socket to a clean stop.

use std::{future::Future, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::watch,
    time::{interval, timeout},
};
use tonic::transport::{Server, server::TcpIncoming};
use tonic_health::{ServingStatus, server::HealthReporter};

use super::{
    feedback::Feedback,
    learners::Learners,
    pb::{DESCRIPTORS, feedback_service_server::FeedbackServiceServer, learner_service_server::LearnerServiceServer},
};
use crate::{clock, engine::Engine};

/// The largest request, a batch; a larger one ends its call or stream in the transport.
const MAX_MESSAGE_BYTES: usize = 4 * 1024 * 1024;
/// Streams and calls at once on one connection.
const MAX_CONCURRENT_STREAMS: u32 = 1024;
/// What a client may send ahead of being read, in bytes, on one stream and on one connection. The transport cuts a
/// connection off when unread DATA frames, each padded to 256 bytes, waste more than half of its window: an event is a
/// small frame, so many streams' worth must fit before that, or a client in a hurry is cut off instead of slowed down.
const WINDOWS: (u32, u32) = (64 * 1024, 16 * 1024 * 1024);
/// Headers of one call, in bytes.
const MAX_HEADER_BYTES: u32 = 16 * 1024;
/// A silent connection is asked for a sign of life after this, and closed if it gives none in time.
const KEEPALIVE: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(20));
/// How often the store's health is looked at, and idle learners let go.
const CHORES: Duration = Duration::from_secs(1);

/// Whose health is told: the server's as a whole and each service's by name.
const SERVICES: [&str; 3] = ["", "hearten.v1.FeedbackService", "hearten.v1.LearnerService"];

/// How the server runs.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How long a stop may wait for what is under way.
    pub drain: Duration,
    /// How often item statistics are renewed.
    pub statistics_interval: Duration,
    /// How long a learner stays in memory unheard of.
    pub idle_after: Duration,
}

/// Why serving ended otherwise than by being asked to.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The transport failed.
    #[error("the server failed: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// The descriptors cannot be served.
    #[error("reflection cannot be served: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// What was pending took too long to store.
    #[error("the disk did not take what was pending in time: what was not answered may be lost")]
    Disk,
    /// What was pending could not be stored.
    #[error(transparent)]
    Engine(#[from] crate::engine::Error),
}

/// Serves until `shutdown` resolves, then stops cleanly: not healthy, streams told to go on elsewhere, calls under way
/// answered, everything on disk.
pub async fn run(
    listener: TcpListener,
    engine: Arc<Engine>,
    options: Options,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), Stopped> {
    let (stop, draining) = watch::channel(false);
    let feedback = FeedbackServiceServer::new(Feedback { engine: Arc::clone(&engine), draining: draining.clone() });
    let learners = LearnerServiceServer::new(Learners { engine: Arc::clone(&engine), draining: draining.clone() });
    let (mut health, health_service) = tonic_health::server::health_reporter();
    set_health(&health, ServingStatus::Serving).await;

    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET)
            .include_reflection_service(false)
    };
    let mut stopped = draining.clone();
    let serving = Server::builder()
        .max_concurrent_streams(MAX_CONCURRENT_STREAMS)
        // The transport leaves these open: a client that resets streams by the thousand would be served for ever.
        .http2_max_pending_accept_reset_streams(Some(32))
        .http2_max_local_error_reset_streams(Some(1024))
        .initial_stream_window_size(WINDOWS.0)
        .initial_connection_window_size(WINDOWS.1)
        .http2_max_header_list_size(MAX_HEADER_BYTES)
        .http2_keepalive_interval(Some(KEEPALIVE.0))
        .http2_keepalive_timeout(Some(KEEPALIVE.1))
        .add_service(feedback.max_decoding_message_size(MAX_MESSAGE_BYTES))
        .add_service(learners.max_decoding_message_size(MAX_MESSAGE_BYTES))
        .add_service(health_service)
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .serve_with_incoming_shutdown(TcpIncoming::from(listener).with_nodelay(Some(true)), async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        });

    let chores = tokio::spawn(chores(Arc::clone(&engine), health.clone(), options, draining));
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = &mut serving => ended,
        () = shutdown => {
            set_health(&health, ServingStatus::NotServing).await;
            let _ = stop.send(true);
            // Whoever watches has been told. Their streams end here, or every stop would wait for them.
            for service in SERVICES {
                health.clear_service_status(service).await;
            }
            match timeout(options.drain, serving).await {
                Ok(ended) => ended,
                Err(_) => {
                    tracing::warn!(drain.secs = options.drain.as_secs(), "stopped before every call had ended");
                    Ok(())
                }
            }
        }
    };
    chores.abort();
    timeout(options.drain, engine.close()).await.map_err(|_| Stopped::Disk)??;
    Ok(ended?)
}

/// What has to be done every now and then.
async fn chores(engine: Arc<Engine>, health: HealthReporter, options: Options, draining: watch::Receiver<bool>) {
    let mut ticks = interval(CHORES);
    let (mut renewed, mut swept) = (clock::now(), clock::now());
    // Looking at every learner in memory takes a moment for each, so not more often than it needs.
    let sweep_every = (options.idle_after / 10).clamp(CHORES, 60 * CHORES);
    let mut healthy = true;
    loop {
        ticks.tick().await;
        if *draining.borrow() {
            return;
        }
        let now = clock::now();
        if now - renewed >= options.statistics_interval.as_millis() as i64 {
            engine.renew_statistics();
            renewed = now;
        }
        if now - swept >= sweep_every.as_millis() as i64 {
            engine.let_go(now + -(options.idle_after.as_millis() as i64));
            swept = now;
        }
        if healthy && !engine.healthy() {
            healthy = false;
            tracing::error!("the store failed: refusing events until restarted");
            set_health(&health, ServingStatus::NotServing).await;
        }
    }
}

async fn set_health(health: &HealthReporter, status: ServingStatus) {
    for service in SERVICES {
        health.set_service_status(service, status).await;
    }
}
