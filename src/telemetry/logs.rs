//! Where log lines go and what they look like. What they may say is written down in `docs/LOGGING.md`.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    env, io,
    io::IsTerminal as _,
    panic::{self, PanicHookInfo},
};

use tracing_subscriber::{
    EnvFilter, Layer, Registry,
    filter::{FilterExt as _, LevelFilter, filter_fn},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

use super::traces::{Otlp, Provider};

/// What a line looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For eyes.
    #[default]
    Human,
    /// One JSON object a line.
    Json,
}

/// How a process logs and traces.
#[derive(Clone, Debug)]
pub struct Logs {
    /// What is logged: error, warn, info, debug or trace, for all or by module, such as `warn,hearten=debug`.
    pub filter: String,
    /// What a line looks like.
    pub format: Format,
    /// Where traces go, if anywhere. They have nothing to do with the filter.
    pub otlp: Option<Otlp>,
}

/// Why logging did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The filter is none.
    #[error("--log {filter:?} is not a filter: {error}")]
    Filter {
        /// What was given.
        filter: String,
        /// What is wrong with it.
        error: tracing_subscriber::filter::ParseError,
    },
    /// There is no such place for traces.
    #[error("{endpoint:?} is not a place for traces: {why}")]
    Endpoint {
        /// What was given.
        endpoint: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is no such share.
    #[error("{0} is not a share of traces to keep: it is a number from 0 to 1")]
    Ratio(f64),
    /// A process logs one way only.
    #[error("logging was started before")]
    Started,
}

impl Error {
    /// What looks as if a password were in it is not told.
    pub(in crate::telemetry) fn endpoint(endpoint: &str, why: String) -> Self {
        let endpoint = if endpoint.contains('@') { "…" } else { endpoint }.to_owned();
        Self::Endpoint { endpoint, why }
    }
}

/// What to stop with.
#[derive(Debug)]
#[must_use = "traces that were not sent are lost without a stop"]
pub struct Guard(Option<Provider>);

impl Logs {
    /// Checks what can be checked without starting.
    ///
    /// # Errors
    /// What was asked for makes no sense.
    pub fn check(&self) -> Result<(), Error> {
        let Self { filter, otlp, .. } = self;
        EnvFilter::try_new(filter).map_err(|error| Error::Filter { filter: filter.clone(), error })?;
        otlp.as_ref().map(Provider::check).transpose()?;
        Ok(())
    }

    /// Starts logging to standard error, for the whole process. Where traces are kept this has to run within tokio.
    ///
    /// # Errors
    /// What was asked for makes no sense, or logging was started before.
    pub fn start(self) -> Result<Guard, Error> {
        let Self { filter, format, otlp } = self;
        let filter = EnvFilter::try_new(&filter).map_err(|error| Error::Filter { filter, error })?;
        // Spans are for traces: were they enabled for lines they would be made for every call. What no line is as detailed as is not
        // even asked about, of which the libraries have plenty.
        let most = filter.max_level_hint().unwrap_or(LevelFilter::TRACE);
        let events = filter_fn(move |metadata| metadata.is_event() && *metadata.level() <= most);
        let filter = filter.and(events.with_max_level_hint(most));
        let line = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_target(false);
        let line: Box<dyn Layer<Registry> + Send + Sync> = match format {
            Format::Human => line.with_ansi(coloured()).with_filter(filter).boxed(),
            Format::Json => {
                let json = line.json().flatten_event(true).with_current_span(false).with_span_list(false);
                json.with_filter(filter).boxed()
            }
        };
        let provider = otlp.map(Provider::new).transpose()?;
        // A layer that is left out would still ask for every span, so that there is one layer more only where it is wanted.
        let registry = tracing_subscriber::registry().with(line);
        match provider.as_ref().map(Provider::layer) {
            Some(traces) => registry.with(traces).try_init(),
            None => registry.try_init(),
        }
        .map_err(|_| Error::Started)?;
        panic::set_hook(Box::new(panicked));
        Ok(Guard(provider))
    }
}

impl Guard {
    /// Sends the traces that were not sent yet, and gives up on them after a few seconds.
    pub async fn stop(self) {
        if let Some(provider) = self.0 {
            // It blocks, and what it waits for may need this thread.
            let _ = tokio::task::spawn_blocking(|| provider.stop()).await;
        }
    }
}

/// Colours are for eyes, not for files, and not for eyes that do not want them.
fn coloured() -> bool {
    io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none_or(|set| set.is_empty())
}

/// A panic is a line like any other. Its message is told only where it was written down as it is: one that was put
/// together may hold anything.
fn panicked(panic: &PanicHookInfo<'_>) {
    let message = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("not told");
    let place = panic.location().map(ToString::to_string);
    let thread = std::thread::current().name().map(str::to_owned);
    let backtrace = Backtrace::capture();
    let backtrace = (backtrace.status() == BacktraceStatus::Captured).then(|| backtrace.to_string());
    tracing::error!(
        panic.message = message,
        panic.location = place,
        panic.thread = thread,
        panic.backtrace = backtrace,
        "a bug: the server panicked"
    );
}
