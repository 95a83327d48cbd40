//! Who is let in, from the files the settings name; and those files watched, so that a revoked key is worth nothing within
//! seconds and a renewed certificate is shown without a restart.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use hearten::{
    access::{Access, File, keys::Keys, signers::Source, tls, tokens::Tokens},
    telemetry::Metrics,
};
use rustls::ServerConfig;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use crate::commands::{Problem, config, settings::Settings};

/// How often files are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// What is being written would be read half, and half a file of keys can be a good one: a change is taken up when it has
/// stood for so long.
const STILL: Duration = Duration::from_millis(500);
/// Strangers can show tokens with made-up key ids: for them the key set is not looked up more often than this.
const LEAST_REFRESH: Duration = Duration::from_secs(10);

/// Who is let in, and what it is told from.
pub(super) struct Guard {
    pub(super) access: Arc<Access>,
    pub(super) tls: Option<Arc<ArcSwap<ServerConfig>>>,
    keys: Option<File>,
    certificates: Option<File>,
    signers: Option<(Source, Duration)>,
}

impl Guard {
    /// Reads everything, and refuses what would let in anybody from anywhere.
    pub(super) async fn new(settings: &Settings) -> Result<Self, Problem> {
        settings.whole()?;
        exposed(settings.listen, settings)?;
        let keys = settings.keys.as_ref().map(|path| File::open([path.as_path()])).transpose()?;
        let known = keys.as_ref().map(|file| keys_in(file, settings)).transpose()?;
        let signers = settings.jwt_keys.clone().map(|source| (source, settings.jwt_refresh));
        let tokens = match &signers {
            None => None,
            Some((source, _)) => {
                let about = |error| Problem::from(error).about(&format!("--jwt-keys {source}"));
                let issuer = settings.jwt_issuer.clone().unwrap_or_default();
                let audience = settings.jwt_audience.clone().unwrap_or_default();
                Some(Tokens::new(issuer, audience, source.load().await.map_err(about)?))
            }
        };
        if settings.client_ca.is_some() && known.is_none() && tokens.is_none() {
            let problem = "--client-ca lets certificates be checked, and nothing says what they are good for: \
                           name them with `hearten keys new --certificate NAME …` and give --keys";
            return Err(Problem::new(problem));
        }
        let open = known.is_none() && tokens.is_none();
        let access = if open { Access::open() } else { Access::guarded(known.unwrap_or_default(), tokens) };
        let certificates = certificate_files(settings).map(|paths| File::open(paths.iter().map(PathBuf::as_path)));
        let certificates = certificates.transpose()?;
        let tls = certificates.as_ref().map(config_in).transpose()?.map(|config| Arc::new(ArcSwap::new(config)));
        Ok(Self { access: Arc::new(access), tls, keys, certificates, signers })
    }

    /// Watches the files from here on.
    pub(super) fn keep_watch(self, metrics: &Metrics) {
        let Self { access, tls, keys, certificates, signers } = self;
        if let Some(file) = keys {
            let access = Arc::clone(&access);
            watch(file, "keys", metrics.clone(), move |file| {
                // One that has no keys says so in a line; an empty one is about to be written.
                if text(file).trim().is_empty() {
                    return Err("is empty".to_owned());
                }
                let keys = Keys::parse(&text(file)).map_err(|error| error.to_string())?;
                access.adopt(keys);
                Ok(())
            });
        }
        if let Some((file, tls)) = certificates.zip(tls) {
            watch(file, "certificates", metrics.clone(), move |file| {
                tls.store(config_in(file).map_err(|problem| problem.to_string())?);
                Ok(())
            });
        }
        if let Some((source, every)) = signers {
            tokio::spawn(look_up(access, source, every, metrics.clone()));
        }
    }
}

/// What whoever starts a server with these settings should know.
#[derive(Debug)]
pub(super) struct Warnings {
    listen: SocketAddr,
    unknown: Vec<String>,
    lacking: Vec<&'static str>,
}

impl Warnings {
    pub(super) fn of(settings: &Settings) -> Self {
        let listen = settings.listen;
        let lacking = if listen.ip().is_loopback() { Vec::new() } else { lacking(settings) };
        Self { listen, unknown: config::unknown_variables(), lacking }
    }

    pub(super) fn log(&self) {
        for name in &self.unknown {
            tracing::warn!(variable.name = name, "a variable is set that is no setting, and does nothing");
        }
        if !self.lacking.is_empty() {
            let lacking = self.lacking.join(" and ");
            tracing::warn!(listen.lacking = %lacking, "whoever reaches this server reads and writes, as --insecure allows");
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let lacking = (!self.lacking.is_empty()).then(|| {
            let lacking = self.lacking.join(" and ");
            format!("--insecure: whoever reaches {} reads and writes, without {lacking}", self.listen)
        });
        let unknown =
            self.unknown.iter().map(|name| format!("{name} is set, and no setting is called so: it does nothing"));
        unknown.chain(lacking).collect()
    }
}

/// What stands between strangers and the data, and is missing.
fn lacking(settings: &Settings) -> Vec<&'static str> {
    let tls = settings.tls_cert.is_none().then_some("TLS (--tls-cert, --tls-key)");
    let known = settings.keys.is_some() || settings.jwt_keys.is_some();
    let authentication = (!known).then_some("authentication (--keys or --jwt-keys)");
    tls.into_iter().chain(authentication).collect()
}

fn exposed(listen: SocketAddr, settings: &Settings) -> Result<(), Problem> {
    let lacking = lacking(settings);
    if listen.ip().is_loopback() || settings.insecure || lacking.is_empty() {
        return Ok(());
    }
    let lacking = lacking.join(" and ");
    Err(Problem::new(format!(
        "--listen {listen} can be reached from outside this machine, and there is no {lacking}: \
         give what is missing, listen on 127.0.0.1, or say --insecure"
    )))
}

fn text(file: &File) -> String {
    file.contents().first().map_or(String::new(), |bytes| String::from_utf8_lossy(bytes).into_owned())
}

fn keys_in(file: &File, settings: &Settings) -> Result<Keys, Problem> {
    let path = settings.keys.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
    Keys::parse(&text(file)).map_err(|error| Problem::from(error).about(&path))
}

fn certificate_files(settings: &Settings) -> Option<Vec<PathBuf>> {
    let (cert, key) = settings.tls_cert.clone().zip(settings.tls_key.clone())?;
    Some([cert, key].into_iter().chain(settings.client_ca.clone()).collect())
}

fn config_in(file: &File) -> Result<Arc<ServerConfig>, Problem> {
    let [chain, key, client_ca @ ..] = file.contents() else {
        return Err(Problem::new("a certificate and its key are needed"));
    };
    Ok(tls::config(chain, key, client_ca.first().map(Vec::as_slice))?)
}

/// Takes up every change of a file. What cannot be used is refused, and the old stays.
fn watch(
    file: File,
    what: &'static str,
    metrics: Metrics,
    take_up: impl Fn(&File) -> Result<(), String> + Send + 'static,
) {
    tokio::spawn(async move {
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut file, mut unread, mut waiting) = (file, false, false);
        loop {
            if waiting {
                sleep(STILL).await;
            } else {
                looks.tick().await;
            }
            // A file may be far away: only this task waits for it.
            let look = move || {
                let changed = file.changed();
                (file, changed)
            };
            let Ok((looked, changed)) = tokio::task::spawn_blocking(look).await else {
                tracing::error!(file.kind = what, "a file is watched no more: restart to take up its changes");
                return;
            };
            file = looked;
            match &changed {
                Ok(true) => waiting = true,
                Ok(false) if waiting => {
                    waiting = false;
                    let taken = take_up(&file);
                    metrics.reload(what, taken.is_ok());
                    match taken {
                        Ok(()) => tracing::info!(file.kind = what, "a changed file was taken up"),
                        Err(error) => {
                            tracing::error!(file.kind = what, error, "a changed file is refused, and the old stays")
                        }
                    }
                }
                Ok(false) => {}
                // Told once, not every time it is looked for.
                Err(error) if !unread => {
                    tracing::error!(file.kind = what, %error, "a file cannot be read, and what it said stays")
                }
                Err(_) => {}
            }
            unread = changed.is_err();
        }
    });
}

/// Looks the issuer's keys up at intervals, and when a token asks for it.
async fn look_up(access: Arc<Access>, source: Source, every: Duration, metrics: Metrics) {
    let Some(tokens) = access.tokens() else { return };
    let mut last = Instant::now();
    loop {
        let asked = tokio::select! {
            () = sleep(every.saturating_sub(last.elapsed())) => false,
            () = tokens.wanted() => true,
        };
        if !asked || last.elapsed() >= LEAST_REFRESH {
            last = Instant::now();
            let loaded = source.load().await;
            metrics.reload("jwt_keys", loaded.is_ok());
            match loaded {
                Ok(signers) => access.adopt_signers(signers),
                Err(error) => tracing::warn!(%error, "the keys that tokens are signed with could not be looked up"),
            }
        }
        tokens.done();
    }
}
