//! The server: everything that listens, from a bound socket to a clean stop.

use std::{future::Future, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
    task::JoinHandle,
    time::{interval, timeout},
};
use tonic::service::Routes;
use tonic_health::{ServingStatus, server::HealthReporter};

use super::{
    admin::{self, Admin},
    admission::Admission,
    bounds::Bounds,
    gate::Shared,
    listening::Listening,
    pb::DESCRIPTORS,
    retain::{self, Retain},
};
use crate::{
    access::Access,
    clock,
    engine::Engine,
    telemetry::{Gauges, Metrics},
};

/// How long whoever scrapes at the very end may take.
const ADMIN_DRAIN: Duration = Duration::from_millis(500);
/// Whoever is not heard of for so long is kept in memory as bytes.
const QUIET_MS: i64 = 10_000;
/// How often the store's health is looked at, and idle learners let go.
const CHORES: Duration = Duration::from_secs(1);

/// Whose health is told: the server's as a whole and each service's by name.
const SERVICES: [&str; 3] = ["", "hearten.v1.FeedbackService", "hearten.v1.LearnerService"];

/// How the server runs.
#[derive(Debug)]
pub struct Options {
    /// How long a stop may wait for what is under way.
    pub drain: Duration,
    /// How often item statistics are renewed.
    pub statistics_interval: Duration,
    /// How long a learner stays in memory unheard of.
    pub idle_after: Duration,
    /// How long decisions are kept, and learners nobody has heard of; for ever where nothing is said.
    pub retain: Retain,
    /// Who may call.
    pub access: Arc<Access>,
    /// How much is taken on at once.
    pub bounds: Bounds,
    /// What is spoken over TLS, where that is spoken; what new connections begin with can be changed at any time.
    pub tls: Option<Arc<ArcSwap<ServerConfig>>>,
    /// Where everything is counted.
    pub metrics: Metrics,
    /// Where those who run it ask how it goes.
    pub admin: Option<TcpListener>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            drain: Duration::from_secs(10),
            statistics_interval: Duration::from_secs(30),
            idle_after: Duration::from_secs(600),
            retain: Retain::default(),
            access: Arc::new(Access::open()),
            bounds: Bounds::default(),
            tls: None,
            metrics: Metrics::default(),
            admin: None,
        }
    }
}

/// Why serving ended otherwise than by being asked to.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
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
    let (health, health_service) = tonic_health::server::health_reporter();
    set_health(&health, ServingStatus::Serving).await;
    let others = Routes::new(health_service.clone())
        .add_service(reflection().build_v1()?)
        .add_service(reflection().build_v1alpha()?)
        .prepare();
    let Options { drain, access, bounds, tls, metrics, admin, .. } = options;
    let every = Every { statistics: options.statistics_interval, idle: options.idle_after };
    let chores = tokio::spawn(chores(Arc::clone(&engine), health.clone(), every, draining.clone()));
    let retaining = tokio::spawn(retain::keep(Arc::clone(&engine), metrics.clone(), options.retain));
    let admin = admin.map(|listener| {
        let (engine, draining) = (Arc::clone(&engine), draining.clone());
        let gauges = Box::new(move || gauges(&engine, &draining));
        let admin = Admin { metrics: metrics.clone(), gauges, health: health_service };
        let (close, closed) = oneshot::channel::<()>();
        let closed = async { drop(closed.await) };
        (close, tokio::spawn(admin::serve(listener, admin, drain, closed)))
    });
    let admission = Admission::new(bounds, metrics.clone());
    let shared = Arc::new(Shared { access, admission, metrics, draining });
    let serving = Listening { listener, tls, engine: Arc::clone(&engine), others, shared };
    let mut serving = std::pin::pin!(serving.run());
    tokio::select! {
        // It ends only when it is told to.
        () = &mut serving => {}
        () = shutdown => {
            set_health(&health, ServingStatus::NotServing).await;
            let _ = stop.send(true);
            if timeout(drain, serving).await.is_err() {
                tracing::warn!(drain.secs = drain.as_secs(), "stopped before every call had ended");
            }
        }
    }
    chores.abort();
    retaining.abort();
    let closed = timeout(drain, engine.close()).await;
    // Last, so that a stop can be watched to its end.
    if let Some((close, admin)) = admin {
        drop(close);
        let _ = timeout(ADMIN_DRAIN, admin).await;
    }
    Ok(closed.map_err(|_| Stopped::Disk)??)
}

fn gauges(engine: &Engine, draining: &watch::Receiver<bool>) -> Gauges {
    Gauges {
        serving: !*draining.borrow(),
        store_healthy: engine.healthy(),
        store: Arc::clone(engine.store_meter()),
        hot_learners: engine.hot_learners(),
    }
}

fn reflection() -> tonic_reflection::server::Builder<'static> {
    tonic_reflection::server::Builder::configure()
        .register_encoded_file_descriptor_set(DESCRIPTORS)
        .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_reflection::pb::v1::FILE_DESCRIPTOR_SET)
        .register_encoded_file_descriptor_set(tonic_reflection::pb::v1alpha::FILE_DESCRIPTOR_SET)
        .include_reflection_service(false)
}

/// How often what is done.
#[derive(Clone, Copy)]
struct Every {
    statistics: Duration,
    idle: Duration,
}

/// What has to be done every now and then.
async fn chores(engine: Arc<Engine>, health: HealthReporter, every: Every, draining: watch::Receiver<bool>) {
    let mut ticks = interval(CHORES);
    let (mut renewed, mut swept) = (clock::now(), clock::now());
    // Looking at every learner in memory takes a moment for each, so not more often than it needs.
    let sweep_every = (every.idle / 10).clamp(CHORES, 15 * CHORES);
    let mut healthy = true;
    let mut gathering: Option<JoinHandle<()>> = None;
    loop {
        ticks.tick().await;
        if *draining.borrow() {
            return;
        }
        let now = clock::now();
        if now - renewed >= every.statistics.as_millis() as i64 {
            engine.renew_statistics();
            // A database may take its time, and chores do not wait for it.
            if gathering.as_ref().is_none_or(JoinHandle::is_finished) {
                gathering = Some(tokio::spawn(gather(Arc::clone(&engine))));
            }
            renewed = now;
        }
        if now - swept >= sweep_every.as_millis() as i64 {
            engine.let_go(now + -(every.idle.as_millis() as i64), now + -QUIET_MS);
            swept = now;
        }
        if healthy != engine.healthy() {
            healthy = !healthy;
            if !healthy {
                tracing::error!("the store takes nothing: not serving");
            }
            set_health(&health, if healthy { ServingStatus::Serving } else { ServingStatus::NotServing }).await;
        }
    }
}

async fn gather(engine: Arc<Engine>) {
    if let Err(error) = engine.gather_statistics().await {
        tracing::debug!(%error, "item statistics could not be read");
    }
}

async fn set_health(health: &HealthReporter, status: ServingStatus) {
    for service in SERVICES {
        health.set_service_status(service, status).await;
    }
}
