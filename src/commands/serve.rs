//! `hearten serve`.

use std::{
    io::IsTerminal,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::Args;
use hearten::{
    engine::Engine,
    rpc,
    store::{Embedded, Memory, Store},
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

use super::{Problem, StatisticsMode, model_at, rules::Files};

/// Every setting of the server. Each is a flag and an environment variable; a wrong one is refused before anything listens.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Address to listen on; port 0 takes any free one.
    #[arg(
        long,
        env = "HEARTEN_LISTEN",
        hide_env_values = true,
        default_value = "127.0.0.1:50051",
        value_name = "ADDR"
    )]
    listen: SocketAddr,
    /// Where the embedded store keeps its files.
    #[arg(long, env = "HEARTEN_DATA_DIR", hide_env_values = true, default_value = "hearten-data", value_name = "DIR")]
    data_dir: PathBuf,
    /// `embedded` keeps learners under the data directory; `memory` keeps nothing: tests, benchmarks, a first look.
    #[arg(long, env = "HEARTEN_STORE", hide_env_values = true, default_value = "embedded", value_name = "STORE")]
    store: StoreKind,
    /// A model file, as `hearten fit` writes it, instead of the one built in.
    #[arg(long, env = "HEARTEN_MODEL", hide_env_values = true, value_name = "FILE")]
    model: Option<PathBuf>,
    /// A policy file instead of the one built in; read again on SIGHUP.
    #[arg(long, env = "HEARTEN_POLICY", hide_env_values = true, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// A directory of message catalogues, in place of those built in or beside them; read again on SIGHUP.
    #[arg(long, env = "HEARTEN_MESSAGES", hide_env_values = true, value_name = "DIR")]
    messages: Option<PathBuf>,
    /// Whether item statistics are learnt, or stay as they were at the start.
    #[arg(
        long,
        env = "HEARTEN_STATISTICS",
        hide_env_values = true,
        value_enum,
        default_value = "learn",
        value_name = "MODE"
    )]
    statistics: StatisticsMode,
    /// How often decisions see new item statistics.
    #[arg(long, env = "HEARTEN_STATISTICS_INTERVAL", hide_env_values = true, default_value = "30s", value_name = "TIME", value_parser = length)]
    statistics_interval: Duration,
    /// How long a learner stays in memory after the last event.
    #[arg(long, env = "HEARTEN_IDLE_AFTER", hide_env_values = true, default_value = "10m", value_name = "TIME", value_parser = length)]
    idle_after: Duration,
    /// How long a stop may wait for calls under way.
    #[arg(long, env = "HEARTEN_DRAIN", hide_env_values = true, default_value = "10s", value_name = "TIME", value_parser = length)]
    drain: Duration,
    /// What is logged: error, warn, info, debug or trace, for all or by module, such as `warn,hearten=debug`.
    #[arg(
        long,
        env = "HEARTEN_LOG",
        hide_env_values = true,
        default_value = "warn,hearten=info",
        value_name = "FILTER"
    )]
    log: String,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum StoreKind {
    Embedded,
    Memory,
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Problem> {
    let filter = EnvFilter::try_new(&arguments.log)
        .map_err(|error| Problem::new(format!("--log {:?} is not a filter: {error}", arguments.log)))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // Colours are for eyes, not for files.
    if std::io::stderr().is_terminal() {
        log.init()
    } else {
        log.with_ansi(false).init()
    }

    let files = Files {
        model: model_at(arguments.model.as_deref())?,
        policy: arguments.policy.clone(),
        messages: arguments.messages.clone(),
        tenants: None,
    };
    let book = files.read()?;
    let store = open(arguments.store, &arguments.data_dir)?;
    let engine = Arc::new(Engine::open(book, store, arguments.statistics.into()).await?);
    let listener = TcpListener::bind(arguments.listen)
        .await
        .map_err(|error| Problem::new(format!("cannot listen on {}: {error}", arguments.listen)))?;
    // Before anybody is told that it is up.
    let stop = asked_to_stop()?;
    read_again_on_hangup(Arc::clone(&engine), files)?;
    greet(&arguments, listener.local_addr()?);

    let options = rpc::Options {
        drain: arguments.drain,
        statistics_interval: arguments.statistics_interval,
        idle_after: arguments.idle_after,
    };
    rpc::run(listener, engine, options, stop).await?;
    tracing::info!("stopped");
    Ok(())
}

fn open(kind: StoreKind, path: &Path) -> Result<Arc<dyn Store>, Problem> {
    Ok(match kind {
        StoreKind::Embedded => Arc::new(Embedded::open(path)?),
        StoreKind::Memory => Arc::new(Memory::new()),
    })
}

/// What a newcomer wants to know, then nothing more unless something happens.
fn greet(arguments: &Arguments, address: SocketAddr) {
    let kept = match arguments.store {
        StoreKind::Embedded => format!("learners are kept in {}", arguments.data_dir.display()),
        StoreKind::Memory => "nothing is kept (--store memory)".to_owned(),
    };
    eprintln!("hearten {} listening on {address}; {kept}", env!("CARGO_PKG_VERSION"));
    eprintln!("try: grpcurl -plaintext -d '{TRY}' {address} hearten.v1.FeedbackService/SubmitEvent");
    if !address.ip().is_loopback() {
        tracing::warn!("anybody who can reach this address can read and write: there is no access control yet");
    }
}

const TRY: &str = r#"{"event":{"eventId":"1","learnerId":"ana","itemId":"q1","skillIds":["fractions"],"attempt":{"correct":false,"responseTime":"31s"}}}"#;

/// Characters of a refusal that are worth a line of the log.
const LONGEST_REASON: usize = 2_000;

/// On SIGHUP policy and messages are read again. Where one of them cannot be used both are refused, and the old ones stay.
fn read_again_on_hangup(engine: Arc<Engine>, files: Files) -> Result<(), Problem> {
    let mut hangups = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            if files.policy.is_none() && files.messages.is_none() {
                tracing::warn!(
                    "asked to read policy and messages again, but they are built in: start with --policy or --messages"
                );
                continue;
            }
            // Files may be far away: nobody waits for them but this task.
            let files = files.clone();
            let read = tokio::task::spawn_blocking(move || files.read()).await;
            match read.unwrap_or_else(|stopped| Err(stopped.into())) {
                Ok(book) => {
                    let version = Arc::clone(&book.usual().policy.version);
                    let locales = book.usual().catalogues.each().count();
                    engine.adopt(book);
                    // Said when it is so.
                    tracing::info!(policy.version = %version, messages.locales = locales, "policy and messages were read again");
                }
                Err(problem) => {
                    // One line, however many faults.
                    let mut reason: String = problem.to_string().replace('\n', "; ");
                    if let Some((cut, _)) = reason.char_indices().nth(LONGEST_REASON) {
                        reason.truncate(cut);
                        reason.push_str(" … and more: `hearten messages check` tells all");
                    }
                    tracing::error!(%reason, "what was read again is refused, and the old stays");
                }
            }
        }
    });
    Ok(())
}

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

/// Reads `500ms`, `30s`, `10m` or `2h`.
pub(super) fn millis(text: &str) -> Option<u64> {
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];
    units.iter().find_map(|(unit, millis)| {
        let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(*millis)
    })
}

fn length(text: &str) -> Result<Duration, String> {
    match millis(text) {
        Some(millis) if millis > 0 => Ok(Duration::from_millis(millis)),
        _ => Err("a time is a whole number above 0 with ms, s, m or h, such as 30s".to_owned()),
    }
}
