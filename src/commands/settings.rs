//! Every setting of the server. Each is a flag, an environment variable and a key of the configuration file; a wrong one is
//! refused before anything listens.

use std::{fmt, net::SocketAddr, num::NonZeroU32, path::PathBuf, str::FromStr, time::Duration};

use clap::Args;
use hearten::{access::signers::Source, rpc::Bounds};

use super::{Problem, StatisticsMode, store::Which};

#[derive(Debug, Args)]
pub(crate) struct Settings {
    /// A TOML file of settings, by the names of these flags with `_` for `-`; variables and flags go before it.
    #[arg(long, env = "HEARTEN_CONFIG", hide_env_values = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address to listen on; port 0 takes any free one.
    #[arg(
        long,
        env = "HEARTEN_LISTEN",
        hide_env_values = true,
        default_value = "127.0.0.1:50051",
        value_name = "ADDR"
    )]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub store: Which,
    /// A model file, as `hearten fit` writes it, instead of the one built in.
    #[arg(long, env = "HEARTEN_MODEL", hide_env_values = true, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// A policy file instead of the one built in; read again on SIGHUP.
    #[arg(long, env = "HEARTEN_POLICY", hide_env_values = true, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// A directory of message catalogues, in place of those built in or beside them; read again on SIGHUP.
    #[arg(long, env = "HEARTEN_MESSAGES", hide_env_values = true, value_name = "DIR")]
    pub messages: Option<PathBuf>,
    /// A directory with a folder for each tenant with a `policy.toml` or `messages` of its own; read again on SIGHUP.
    #[arg(long, env = "HEARTEN_TENANTS", hide_env_values = true, value_name = "DIR")]
    pub tenants: Option<PathBuf>,
    /// Whether item statistics are learnt, or stay as they were at the start and nothing is counted.
    #[arg(
        long,
        env = "HEARTEN_STATISTICS",
        hide_env_values = true,
        value_enum,
        default_value = "learn",
        value_name = "MODE"
    )]
    pub statistics: StatisticsMode,
    /// How often decisions see new item statistics.
    #[arg(long, env = "HEARTEN_STATISTICS_INTERVAL", hide_env_values = true, default_value = "30s", value_name = "TIME", value_parser = length)]
    pub statistics_interval: Duration,
    /// How long a learner stays in memory after the last event.
    #[arg(long, env = "HEARTEN_IDLE_AFTER", hide_env_values = true, default_value = "10m", value_name = "TIME", value_parser = length)]
    pub idle_after: Duration,
    /// How long logged decisions and what became of their messages are kept, such as 30d; for ever where it is not given.
    #[arg(long, env = "HEARTEN_RETAIN_DECISIONS", hide_env_values = true, value_name = "TIME", value_parser = length)]
    pub retain_decisions: Option<Duration>,
    /// How long learners are kept that nobody has heard of, such as 400d; for ever where it is not given.
    #[arg(long, env = "HEARTEN_RETAIN_LEARNERS", hide_env_values = true, value_name = "TIME", value_parser = length)]
    pub retain_learners: Option<Duration>,
    /// How often the log is read for trials that do harm, where a policy guards against it; less often where that takes long.
    #[arg(long, env = "HEARTEN_GUARD_INTERVAL", hide_env_values = true, default_value = "10m", value_name = "TIME", value_parser = length)]
    pub guard_interval: Duration,
    /// How long a stop may wait for calls under way.
    #[arg(long, env = "HEARTEN_DRAIN", hide_env_values = true, default_value = "10s", value_name = "TIME", value_parser = length)]
    pub drain: Duration,

    /// The server's certificate chain in PEM; TLS is spoken where it is given. Read again when it changes.
    #[arg(long, env = "HEARTEN_TLS_CERT", hide_env_values = true, value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// Its private key in PEM. Read again when it changes.
    #[arg(long, env = "HEARTEN_TLS_KEY", hide_env_values = true, value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Whose signature client certificates need, in PEM; clients without one cannot connect. Read again when it changes.
    #[arg(long, env = "HEARTEN_CLIENT_CA", hide_env_values = true, value_name = "FILE")]
    pub client_ca: Option<PathBuf>,
    /// The keys that callers need, as `hearten keys new` writes them. Read again when it changes.
    #[arg(long, env = "HEARTEN_KEYS", hide_env_values = true, value_name = "FILE")]
    pub keys: Option<PathBuf>,
    /// What tokens (JWT) are signed with: a JSON Web Key Set, from a file or an https:// URL.
    #[arg(long, env = "HEARTEN_JWT_KEYS", hide_env_values = true, value_name = "FILE|URL")]
    pub jwt_keys: Option<Source>,
    /// The issuer (`iss`) that tokens must name.
    #[arg(long, env = "HEARTEN_JWT_ISSUER", hide_env_values = true, value_name = "TEXT")]
    pub jwt_issuer: Option<String>,
    /// The audience (`aud`) that tokens must name.
    #[arg(long, env = "HEARTEN_JWT_AUDIENCE", hide_env_values = true, value_name = "TEXT")]
    pub jwt_audience: Option<String>,
    /// How often the key set is looked up; also when a token names a key that is not in it.
    #[arg(long, env = "HEARTEN_JWT_REFRESH", hide_env_values = true, default_value = "5m", value_name = "TIME", value_parser = length)]
    pub jwt_refresh: Duration,
    /// Listen beyond this machine although TLS or authentication is missing: whoever gets there reads and writes.
    #[arg(long, env = "HEARTEN_INSECURE", hide_env_values = true, default_value = "false", default_missing_value = "true", num_args = 0..=1, require_equals = true, action = clap::ArgAction::Set, value_name = "BOOL")]
    pub insecure: bool,

    /// Connections at once; further ones are closed as they come.
    #[arg(long, env = "HEARTEN_MAX_CONNECTIONS", hide_env_values = true, default_value_t = usual().connections.into(), value_name = "COUNT")]
    pub max_connections: Count,
    /// Calls at once; one of up to a thousand events or learners counts as 16.
    #[arg(long, env = "HEARTEN_MAX_CALLS", hide_env_values = true, default_value_t = usual().calls.into(), value_name = "COUNT")]
    pub max_calls: Count,
    /// Streams at once.
    #[arg(long, env = "HEARTEN_MAX_STREAMS", hide_env_values = true, default_value_t = usual().streams.into(), value_name = "COUNT")]
    pub max_streams: Count,
    /// Calls at once of one tenant.
    #[arg(long, env = "HEARTEN_TENANT_CALLS", hide_env_values = true, default_value_t = usual().tenant_calls.into(), value_name = "COUNT")]
    pub tenant_calls: Count,
    /// Streams at once of one tenant.
    #[arg(long, env = "HEARTEN_TENANT_STREAMS", hide_env_values = true, default_value_t = usual().tenant_streams.into(), value_name = "COUNT")]
    pub tenant_streams: Count,
    /// Events and reads a second of one tenant; 0 is no bound.
    #[arg(long, env = "HEARTEN_TENANT_RATE", hide_env_values = true, default_value = "0", value_name = "COUNT")]
    pub tenant_rate: u32,
    /// How long a call may take, whatever deadline its caller gives.
    #[arg(long, env = "HEARTEN_CALL_TIMEOUT", hide_env_values = true, default_value = "30s", value_name = "TIME", value_parser = length)]
    pub call_timeout: Duration,
    /// How long a stream may be silent before its client is told to open another.
    #[arg(long, env = "HEARTEN_STREAM_IDLE", hide_env_values = true, default_value = "1h", value_name = "TIME", value_parser = length)]
    pub stream_idle: Duration,
    /// How long a stream may last before its client is told to open another.
    #[arg(long, env = "HEARTEN_STREAM_AGE", hide_env_values = true, default_value = "24h", value_name = "TIME", value_parser = length)]
    pub stream_age: Duration,
    /// How long a client may leave answers unread, or stay connected without a call that is let in.
    #[arg(long, env = "HEARTEN_STALL", hide_env_values = true, default_value = "20s", value_name = "TIME", value_parser = length)]
    pub stall: Duration,

    /// Address of the admin port: /metrics, /healthz, /readyz, and health over gRPC; plaintext, without credentials.
    #[arg(long, env = "HEARTEN_ADMIN", hide_env_values = true, value_name = "ADDR")]
    pub admin: Option<SocketAddr>,
    /// Where traces are sent, over OTLP (gRPC), such as http://127.0.0.1:4317.
    #[arg(long, env = "HEARTEN_OTLP", hide_env_values = true, value_name = "URL")]
    pub otlp: Option<String>,
    /// Of the calls whose callers do not say whether they are traced, the share that is: 0 to 1.
    #[arg(long, env = "HEARTEN_TRACE_RATIO", hide_env_values = true, default_value = "1", value_name = "SHARE", value_parser = share)]
    pub trace_ratio: f64,
    /// What is logged: error, warn, info, debug or trace, for all or by module, such as `warn,hearten=debug`.
    #[arg(
        long,
        env = "HEARTEN_LOG",
        hide_env_values = true,
        default_value = "warn,hearten=info",
        value_name = "FILTER"
    )]
    pub log: String,
    /// How log lines are written: for people, or one JSON object a line.
    #[arg(
        long,
        env = "HEARTEN_LOG_FORMAT",
        hide_env_values = true,
        value_enum,
        default_value = "human",
        value_name = "FORMAT"
    )]
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum LogFormat {
    Human,
    Json,
}

impl Settings {
    /// Refuses what is of no use without what is missing, wherever either of them is said.
    pub(crate) fn whole(&self) -> Result<(), Problem> {
        let cert = ("--tls-cert", self.tls_cert.is_some());
        let key = ("--tls-key", self.tls_key.is_some());
        let client_ca = ("--client-ca", self.client_ca.is_some());
        let jwt_keys = ("--jwt-keys", self.jwt_keys.is_some());
        let issuer = ("--jwt-issuer", self.jwt_issuer.is_some());
        let audience = ("--jwt-audience", self.jwt_audience.is_some());
        let pairs = [
            (cert, key),
            (key, cert),
            (client_ca, cert),
            (jwt_keys, issuer),
            (jwt_keys, audience),
            (issuer, jwt_keys),
            (audience, jwt_keys),
        ];
        if self.admin == Some(self.listen) && self.listen.port() != 0 {
            return Err(Problem::new(format!("--listen and --admin are both {}", self.listen)));
        }
        match pairs.into_iter().find(|((_, given), (_, needed))| *given && !needed) {
            Some(((given, _), (needed, _))) => Err(Problem::new(format!("{given} is of no use without {needed}"))),
            None => Ok(()),
        }
    }

    /// How much is taken on at once.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            connections: self.max_connections.0,
            calls: self.max_calls.0,
            streams: self.max_streams.0,
            tenant_calls: self.tenant_calls.0,
            tenant_streams: self.tenant_streams.0,
            tenant_rate: NonZeroU32::new(self.tenant_rate),
            call_time: self.call_timeout,
            stream_idle: self.stream_idle,
            stream_age: self.stream_age,
            stall: self.stall,
        }
    }
}

fn usual() -> Bounds {
    Bounds::default()
}

/// At least one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count(usize);

impl From<usize> for Count {
    fn from(count: usize) -> Self {
        Self(count)
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            Ok(count) if count > 0 => Ok(Self(count)),
            _ => Err("a count is a whole number above 0".to_owned()),
        }
    }
}

/// Reads `500ms`, `30s`, `10m`, `2h` or `30d`.
pub(super) fn millis(text: &str) -> Option<u64> {
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)];
    units.iter().find_map(|(unit, millis)| {
        let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(*millis)
    })
}

/// The longest time a setting may be: timers of the system end not much further out.
const LONGEST_MS: u64 = 10 * 365 * 24 * 3_600_000;

pub(super) fn length(text: &str) -> Result<Duration, String> {
    match millis(text) {
        Some(millis) if millis > 0 && millis <= LONGEST_MS => Ok(Duration::from_millis(millis)),
        Some(millis) if millis > LONGEST_MS => Err("a time is ten years at most".to_owned()),
        _ => Err("a time is a whole number above 0 with ms, s, m, h or d, such as 30s".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a share is a number from 0 to 1".to_owned()),
    }
}
