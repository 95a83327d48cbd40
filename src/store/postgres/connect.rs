//! How the database is reached: address, TLS, what every connection begins with.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, QueueMode, RecyclingMethod, Runtime};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs, pki_types::CertificateDer, pki_types::pem::PemObject};
use rustls_tokio_postgres::MakeRustlsConnect;
use tokio_postgres::{
    Config,
    config::{Host, SslMode, TargetSessionAttrs},
    tls::MakeTlsConnect,
};

/// Connections of one server: each lane of the committer keeps one busy, the rest is for reads.
const CONNECTIONS: usize = 12;
/// Longer than any statement of ours takes, shorter than a caller waits.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// One of several hosts may be gone without saying so.
const CONNECT: Duration = Duration::from_secs(2);

/// What every connection begins with. Isolation is what it is by default, because an insertion has to see a tombstone that was
/// laid before it (`erase.rs`).
const SESSION: &str = "set statement_timeout = '5s'; set idle_in_transaction_session_timeout = '10s'; \
set lock_timeout = '4s'; set default_transaction_isolation = 'read committed'";

/// For what looks at whole tables.
pub(super) const UNHURRIED: &str = "set statement_timeout = 0";

/// Why an address is not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unusable {
    #[error("the address of the database cannot be read: {0}")]
    Address(String),
    #[error("the root certificates cannot be used: {0}")]
    Roots(String),
}

/// What an address says. It begins with `postgres://`, may name several hosts, and goes to whichever of them takes writes.
pub(super) fn config(url: &str) -> Result<Config, Unusable> {
    // What is wrong with it may quote the password.
    let mut config: Config = url.parse().map_err(|error| Unusable::Address(parse_fault(&error)))?;
    config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    if config.get_application_name().is_none() {
        config.application_name("hearten");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(PATIENCE);
    }
    // A host that died without a word is not waited for, even if nothing is on its way there.
    if !url.contains("keepalives") {
        config.keepalives_idle(PATIENCE).keepalives_interval(CONNECT).keepalives_retries(3);
    }
    if !config.get_hosts().is_empty() && config.get_hosts().iter().all(|host| matches!(host, Host::Unix(_))) {
        // Nobody listens in, and there is no name to hold a certificate against.
        config.ssl_mode(SslMode::Disable);
    }
    let options = url.split_once('?').map_or("", |(_, options)| options);
    if !options.split('&').any(|option| option.starts_with("sslmode=")) && !near(&config) {
        config.ssl_mode(SslMode::Require);
    }
    Ok(config)
}

/// Where that is, as it may be told.
pub(super) fn place(config: &Config) -> String {
    let ports = config.get_ports();
    let host = |(place, host): (usize, &Host)| match host {
        Host::Unix(path) => path.display().to_string(),
        Host::Tcp(name) => match ports.get(place).or(ports.first()) {
            Some(port) => format!("{name}:{port}"),
            None => name.clone(),
        },
    };
    let hosts: Vec<String> = config.get_hosts().iter().enumerate().map(host).collect();
    format!("postgres://{}/{}", hosts.join(","), config.get_dbname().unwrap_or_default())
}

/// On this machine, where nobody listens in.
fn near(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback()),
    })
}

/// Names the option at fault, never a value.
fn parse_fault(error: &tokio_postgres::Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// When the database last ended a connection. Those that were made before are not trusted.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut(Arc<Mutex<Option<Instant>>>);

impl Cut {
    pub fn now(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(tokio::time::Instant::now().into_std());
    }

    pub fn is_before(&self, made: Instant) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none_or(|cut| cut < made)
    }
}

/// Connections that are made when they are needed, and again when they broke.
pub(super) fn pool(config: Config, tls: Tls, cut: Cut) -> Result<Pool, Unusable> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let begin = Hook::async_fn(|client, _| {
        Box::pin(async move {
            client.batch_execute(SESSION).await.map_err(HookError::Backend)?;
            // A database that does not wait for its disk would let us promise what it forgets.
            let setting = client.query_one("show synchronous_commit", &[]).await.map_err(HookError::Backend)?;
            if setting.try_get::<_, &str>(0).is_ok_and(|value| value == "off") {
                client.batch_execute("set synchronous_commit = on").await.map_err(HookError::Backend)?;
            }
            Ok(())
        })
    });
    let trusted = Hook::sync_fn(move |_, metrics| match cut.is_before(metrics.created) {
        true => Ok(()),
        false => Err(HookError::message("others were cut since it was made")),
    });
    Pool::builder(Manager::from_config(config, tls, recycling))
        .max_size(CONNECTIONS)
        // As few as will do are busy: each is a process of the database with memory of its own.
        .queue_mode(QueueMode::Lifo)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .post_create(begin)
        .pre_recycle(trusted)
        .build()
        .map_err(|error| Unusable::Address(error.to_string()))
}

/// How TLS is spoken: with whoever these roots, or else the system's, vouch for.
pub(super) fn tls(roots: Option<&[u8]>) -> Result<Tls, Unusable> {
    let fault = |error: &dyn std::fmt::Display| Unusable::Roots(error.to_string());
    let mut trusted = RootCertStore::empty();
    match roots {
        Some(pem) => {
            for root in CertificateDer::pem_slice_iter(pem) {
                let root = root.map_err(|_| fault(&"they are no certificates in PEM"))?;
                trusted.add(root).map_err(|error| fault(&error))?;
            }
            if trusted.is_empty() {
                return Err(fault(&"they hold no certificate in PEM"));
            }
        }
        // Those of the system that can be read; where there are none, TLS fails when it is spoken.
        None => {
            trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| fault(&error))?;
    Ok(Tls(MakeRustlsConnect::new(builder.with_root_certificates(trusted).with_no_client_auth())))
}

/// How TLS is spoken, where it is.
#[derive(Clone)]
pub(super) struct Tls(MakeRustlsConnect);

impl<S> MakeTlsConnect<S> for Tls
where
    MakeRustlsConnect: MakeTlsConnect<S>,
{
    type Stream = <MakeRustlsConnect as MakeTlsConnect<S>>::Stream;
    type TlsConnect = <MakeRustlsConnect as MakeTlsConnect<S>>::TlsConnect;
    type Error = <MakeRustlsConnect as MakeTlsConnect<S>>::Error;

    fn make_tls_connect(&mut self, host: &str) -> Result<Self::TlsConnect, Self::Error> {
        // A socket of this machine has no name, and one is asked for although TLS will not be spoken there.
        self.0.make_tls_connect(if host.is_empty() { "localhost" } else { host })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_this_machine_tls_is_asked_for() {
        let mode = |url: &str| config(url).unwrap().get_ssl_mode();
        assert_eq!(mode("postgres://ana@db.example.org/hearten"), SslMode::Require);
        assert_eq!(mode("postgres://ana@127.0.0.1,db.example.org/hearten"), SslMode::Require);
        assert_eq!(mode("postgres://ana@db.example.org/hearten?sslmode=disable"), SslMode::Disable);
        assert_eq!(mode("postgres://ana:sslmode=x@db.example.org/hearten"), SslMode::Require);
        assert_eq!(mode("postgres://ana@localhost/hearten"), SslMode::Prefer);
        assert_eq!(mode("postgres:///hearten?host=/run/postgresql"), SslMode::Disable);
    }

    #[test]
    fn what_is_wrong_quotes_no_password() {
        for url in ["postgres://ana:s3cret@h/d?sslmode=s3cret", "postgres://ana:s3cret@h:s3cret/d", "host=s3cret"] {
            let told = config(url).map_or_else(|error| error.to_string(), |_| String::new());
            assert!(!told.contains("s3cret"), "{told}");
        }
    }
}
