//! `hearten serve`.

mod control;
mod guard;
mod reload;
mod trials;

use std::{net::SocketAddr, sync::Arc};

use hearten::{
    engine::Engine,
    rpc,
    store::Policies,
    telemetry::{Format, Logs, Metrics, Otlp},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use self::guard::{Guard, Warnings};
use super::{
    Problem, StatisticsMode, model_at,
    rules::Files,
    settings::{LogFormat, Settings},
    store::{Opened, Place},
};

pub(crate) async fn run(settings: Settings) -> Result<(), Problem> {
    let logs = logs(&settings).start()?;
    let guard = Guard::new(&settings).await?;
    let mut files = files(&settings)?;
    let mut book = files.read()?;
    let opened = settings.store.open().await?;
    if let Opened::Postgres(database) = &opened {
        // One that cannot be used keeps nobody from serving.
        files.take_up(database.published().await?);
        book = files.read()?;
    }
    let engine = Arc::new(Engine::open(book, opened.store(), settings.statistics.into()).await?);
    let listener = bind(settings.listen).await?;
    let admin = match settings.admin {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    // Streams take a file descriptor each, and the usual limit is a thousand.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    // Before anybody is told that it is up.
    let stop = asked_to_stop()?;
    let metrics = Metrics::default();
    let frozen = matches!(settings.statistics, StatisticsMode::Frozen);
    if engine.learns_from_trials() && (frozen || opened.moving().is_none()) {
        tracing::warn!(
            "a policy has a guard or adaptive wordings, which take a store that keeps decisions and --statistics learn: they do nothing here"
        );
    }
    if let Some(store) = opened.moving().filter(|_| !frozen) {
        trials::keep(Arc::clone(&engine), store, metrics.clone(), settings.guard_interval);
    }
    let database = match opened {
        Opened::Embedded(store) => {
            control::listen(&settings.store.data_dir, &store);
            None
        }
        Opened::Memory(_) => None,
        Opened::Postgres(database) => Some(database),
    };
    reload::keep(Arc::clone(&engine), files, database, metrics.clone())?;
    greet(&settings, listener.local_addr()?, admin.as_ref().map(TcpListener::local_addr).transpose()?);
    Warnings::of(&settings).log();

    let options = rpc::Options {
        drain: settings.drain,
        statistics_interval: settings.statistics_interval,
        idle_after: settings.idle_after,
        retain: rpc::Retain { decisions: settings.retain_decisions, learners: settings.retain_learners },
        access: Arc::clone(&guard.access),
        bounds: settings.bounds(),
        tls: guard.tls.clone(),
        metrics: metrics.clone(),
        admin,
    };
    guard.keep_watch(&metrics);
    let served = rpc::run(listener, engine, options, stop).await;
    if served.is_ok() {
        tracing::info!("stopped");
    }
    logs.stop().await;
    Ok(served?)
}

/// Everything a server would read before it listens; what it would warn of.
pub(crate) async fn check(settings: &Settings) -> Result<Vec<String>, Problem> {
    logs(settings).check()?;
    Guard::new(settings).await?;
    let book = files(settings)?.read()?;
    settings.store.usable()?;
    let forgets = matches!(settings.store.store, Place::Memory);
    let in_vain = book.learns_from_trials() && (forgets || matches!(settings.statistics, StatisticsMode::Frozen));
    Ok(Warnings::of(settings).lines().into_iter().chain(in_vain.then(useless)).collect())
}

fn useless() -> String {
    "a policy has a guard or adaptive wordings, which take --statistics learn and a store that keeps decisions: they do nothing".to_owned()
}

fn logs(settings: &Settings) -> Logs {
    let format = match settings.log_format {
        LogFormat::Human => Format::Human,
        LogFormat::Json => Format::Json,
    };
    let otlp = settings.otlp.clone().map(|endpoint| Otlp { endpoint, ratio: settings.trace_ratio });
    Logs { filter: settings.log.clone(), format, otlp }
}

/// What decisions follow, and where it is read from.
fn files(settings: &Settings) -> Result<Files, Problem> {
    let (policy, messages, tenants) = (settings.policy.clone(), settings.messages.clone(), settings.tenants.clone());
    Ok(Files { model: model_at(settings.model.as_deref())?, policy, messages, tenants, published: Policies::new() })
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Problem> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| Problem::new(format!("cannot listen on {address}: {error}")))
}

/// What a newcomer wants to know, then nothing more unless something happens.
fn greet(settings: &Settings, address: SocketAddr, admin: Option<SocketAddr>) {
    if matches!(settings.log_format, LogFormat::Json) {
        let (version, admin) = (env!("CARGO_PKG_VERSION"), admin.map(tracing::field::display));
        tracing::info!(server.version = version, server.address = %address, admin.address = admin, "taking calls");
        return;
    }
    let kept = match settings.store.store {
        Place::Embedded => format!("learners are kept in {}", settings.store.data_dir.display()),
        Place::Memory => "nothing is kept (--store memory)".to_owned(),
        Place::Postgres(_) => "learners are kept in PostgreSQL".to_owned(),
    };
    eprintln!("hearten {} listening on {address}; {kept}", env!("CARGO_PKG_VERSION"));
    let plaintext = if settings.tls_cert.is_none() { " -plaintext" } else { " -cacert CA.pem" };
    let guarded = settings.keys.is_some() || settings.jwt_keys.is_some();
    let key = if guarded { " -H 'authorization: Bearer KEY'" } else { "" };
    if let Some(admin) = admin {
        eprintln!("metrics on http://{admin}/metrics");
    }
    eprintln!("try: grpcurl{plaintext}{key} -d '{TRY}' {address} hearten.v1.FeedbackService/SubmitEvent");
}

const TRY: &str = r#"{"event":{"eventId":"1","learnerId":"ana","itemId":"q1","skillIds":["fractions"],"attempt":{"correct":false,"responseTime":"31s"}}}"#;

/// Resolves on SIGTERM or Ctrl-C.
fn asked_to_stop() -> Result<impl Future<Output = ()> + Send, Problem> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        // Whoever asks again does not want to wait.
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tracing::warn!("stopped at once: what was not answered may not be on disk");
            std::process::exit(1);
        });
    })
}
