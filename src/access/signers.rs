//! The public keys an issuer signs tokens with: a JSON Web Key Set, from a file or fetched.

use std::{collections::HashMap, fmt, path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use bytes::Bytes;
use http::Uri;
use http_body_util::{BodyExt, Empty, Limited};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, JwkSet, PublicKeyUse, ThumbprintHash},
};
use tokio::time::timeout;

/// The largest set, in bytes; one with twenty keys and their certificates has some 60 KiB.
const MOST_BYTES: usize = 1024 * 1024;
/// How long fetching may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A key and the one algorithm it is good for.
pub(super) struct Signer {
    /// Names it whatever its id (RFC 7638).
    pub(super) thumbprint: Arc<str>,
    pub(super) key: DecodingKey,
    pub(super) algorithm: Algorithm,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// All of an issuer's keys, by their ids.
#[derive(Debug, Default)]
pub struct Signers(HashMap<Arc<str>, Signer>);

/// Why a set cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(String);

impl Signers {
    /// Reads a set: keys for RS256, ES256 and EdDSA (Ed25519); others in it are somebody else's.
    ///
    /// # Errors
    /// [`Unusable`] where it is no key set, or holds no key that could be used.
    pub fn parse(text: &[u8]) -> Result<Self, Unusable> {
        let set: JwkSet =
            serde_json::from_slice(text).map_err(|error| Unusable(format!("is no JSON Web Key Set: {error}")))?;
        let mut signers = HashMap::new();
        for (place, jwk) in set.keys.iter().enumerate() {
            let signs = jwk.common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature);
            let algorithm = match &jwk.algorithm {
                AlgorithmParameters::RSA(_) => Algorithm::RS256,
                AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => Algorithm::ES256,
                AlgorithmParameters::OctetKeyPair(curve) if curve.curve == EllipticCurve::Ed25519 => Algorithm::EdDSA,
                _ => continue,
            };
            let stated = jwk.common.key_algorithm.map(|stated| stated.to_string());
            if !signs || stated.is_some_and(|stated| stated != format!("{algorithm:?}")) {
                continue;
            }
            let key = DecodingKey::from_jwk(jwk)
                .map_err(|error| Unusable(format!("keys[{place}] cannot be read: {error}")))?;
            let thumbprint = jwk
                .thumbprint(ThumbprintHash::SHA256)
                .map_err(|error| Unusable(format!("keys[{place}] cannot be told from others: {error}")))?;
            let signer = Signer { thumbprint: thumbprint.into(), key, algorithm };
            let id = Arc::from(jwk.common.key_id.as_deref().unwrap_or_default());
            if signers.insert(id, signer).is_some() {
                return Err(Unusable(format!("keys[{place}] has the `kid` of another")));
            }
        }
        if signers.is_empty() {
            return Err(Unusable("holds no key for RS256, ES256 or EdDSA (Ed25519)".to_owned()));
        }
        Ok(Self(signers))
    }

    /// The key of this id; where a token names none, the only one there is.
    pub(super) fn find(&self, id: Option<&str>) -> Option<&Signer> {
        match id {
            Some(id) => self.0.get(id),
            None => self.0.values().next().filter(|_| self.0.len() == 1),
        }
    }

    /// Whether the key of this thumbprint is among them.
    pub(super) fn hold(&self, thumbprint: &str) -> bool {
        self.0.values().any(|signer| *signer.thumbprint == *thumbprint)
    }
}

/// Where a set comes from.
#[derive(Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Fetched, over TLS unless it comes from this machine.
    Url(Uri),
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if !text.contains("://") {
            return Ok(Self::File(text.into()));
        }
        let uri: Uri = text.parse().map_err(|error| format!("is no URL: {error}"))?;
        let host = uri.host().unwrap_or_default();
        let here = host == "localhost"
            || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        match uri.scheme_str() {
            Some("https") => Ok(Self::Url(uri)),
            Some("http") if here => Ok(Self::Url(uri)),
            Some("http") => Err("whoever can change what is fetched can sign tokens: https:// is needed".to_owned()),
            _ => Err("is neither a file nor an https:// URL".to_owned()),
        }
    }
}

/// Without what may stand before the host: that can be a password.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Url(uri) => {
                let (scheme, host) = (uri.scheme_str().unwrap_or_default(), uri.host().unwrap_or_default());
                let port = uri.port().map_or(String::new(), |port| format!(":{port}"));
                write!(f, "{scheme}://{host}{port}{}", uri.path())
            }
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Source {
    /// Reads or fetches the set.
    ///
    /// # Errors
    /// [`Unusable`] where that fails or what came is no set.
    pub async fn load(&self) -> Result<Signers, Unusable> {
        let text = match self {
            Self::File(path) => tokio::fs::read(path).await.map_err(|error| Unusable(error.to_string()))?.into(),
            Self::Url(uri) => {
                let fetched = timeout(PATIENCE, fetch(uri)).await;
                fetched.map_err(|_| Unusable(format!("did not come within {} s", PATIENCE.as_secs())))??
            }
        };
        Signers::parse(&text)
    }
}

async fn fetch(uri: &Uri) -> Result<Bytes, Unusable> {
    let failed = |error: &dyn std::error::Error| {
        let cause = error.source().map_or(String::new(), |cause| format!(": {cause}"));
        Unusable(format!("could not be fetched: {error}{cause}"))
    };
    let https = HttpsConnectorBuilder::new().with_native_roots().map_err(|error| failed(&error))?;
    let client = Client::builder(TokioExecutor::new()).build(https.https_or_http().enable_http1().build());
    let response = client.request(request(uri)?).await.map_err(|error| failed(&error))?;
    if !response.status().is_success() {
        return Err(Unusable(format!("could not be fetched: the issuer answered {}", response.status())));
    }
    let body = Limited::new(response.into_body(), MOST_BYTES).collect().await;
    Ok(body.map_err(|error| failed(&*error))?.to_bytes())
}

fn request(uri: &Uri) -> Result<http::Request<Empty<Bytes>>, Unusable> {
    let request = http::Request::get(uri).header(http::header::ACCEPT, "application/json");
    request.body(Empty::new()).map_err(|error| Unusable(error.to_string()))
}
