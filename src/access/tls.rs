//! TLS: what the server shows, and whose clients it lets connect. Read again when the files change; connections that stand
//! go on with what they began with.

use std::sync::Arc;

use rustls::{
    RootCertStore, ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
    server::{NoServerSessionStorage, WebPkiClientVerifier},
};
use webpki::EndEntityCert;

/// Why TLS cannot be offered like this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {why}")]
pub struct Unusable {
    what: &'static str,
    why: String,
}

impl Unusable {
    fn new(what: &'static str, why: impl ToString) -> Self {
        Self { what, why: why.to_string() }
    }
}

/// What is served over TLS: the certificate, its key, and whose signature client certificates need, where one is asked for.
///
/// # Errors
/// [`Unusable`] where one of them cannot be read, or key and certificate do not belong together.
pub fn config(chain: &[u8], key: &[u8], client_ca: Option<&[u8]>) -> Result<Arc<ServerConfig>, Unusable> {
    const CERTIFICATE: &str = "the certificate";
    const KEY: &str = "the private key";
    const CLIENT_CA: &str = "the client CA";
    let chain: Vec<CertificateDer<'static>> = certificates(CERTIFICATE, chain)?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|error| Unusable::new(KEY, told(&error)))?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Unusable::new("TLS", error))?;
    let builder = match client_ca {
        None => builder.with_no_client_auth(),
        Some(pem) => {
            let mut roots = RootCertStore::empty();
            for root in certificates(CLIENT_CA, pem)? {
                roots.add(root).map_err(|error| Unusable::new(CLIENT_CA, error))?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().map_err(|error| Unusable::new(CLIENT_CA, error))?)
        }
    };
    let mut config =
        builder.with_single_cert(chain, key).map_err(|error| Unusable::new("certificate and private key", error))?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    if client_ca.is_some() {
        // Whoever takes up a session again is not held to their certificate again, and it may have expired since.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
    }
    Ok(Arc::new(config))
}

fn certificates(what: &'static str, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Unusable> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let found = read.map_err(|error| Unusable::new(what, told(&error)))?;
    if found.is_empty() { Err(Unusable::new(what, "holds no certificate in PEM")) } else { Ok(found) }
}

/// What is wrong with a file in PEM, without anything that stands in it: a key whose lines ran together is in the line that is wrong.
fn told(error: &pem::Error) -> &'static str {
    match error {
        pem::Error::NoItemsFound => "is not there in PEM",
        pem::Error::IllegalSectionStart { .. } => {
            "has a line that begins as `-----BEGIN …-----` does, and goes on otherwise"
        }
        pem::Error::MissingSectionEnd { .. } => "has a line `-----BEGIN …-----` without its line `-----END …-----`",
        pem::Error::Base64Decode(_) => {
            "has something else than base64 between its lines `-----BEGIN …-----` and `-----END …-----`"
        }
        _ => "cannot be read as PEM",
    }
}

/// The DNS names and URIs in a certificate that was verified.
#[must_use]
pub fn names(certificate: &CertificateDer<'_>) -> Arc<[Box<str>]> {
    let Ok(certificate) = EndEntityCert::try_from(certificate) else { return Arc::from([]) };
    certificate.valid_dns_names().chain(certificate.valid_uri_names()).map(Box::from).collect()
}
