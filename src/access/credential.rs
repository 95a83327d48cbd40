//! What a caller shows.

use http::{HeaderMap, header::AUTHORIZATION};

use super::Denied;

/// The headers of a call, and the names in the certificate of its connection.
#[derive(Clone, Copy, Debug)]
pub struct Credential<'a> {
    headers: &'a HeaderMap,
    names: &'a [Box<str>],
}

/// The header in which a caller may say whose data they think they touch.
const TENANT: &str = "hearten-tenant";

impl<'a> Credential<'a> {
    /// Of one call.
    #[must_use]
    pub fn new(headers: &'a HeaderMap, names: &'a [Box<str>]) -> Self {
        Self { headers, names }
    }

    /// What stands after `Bearer`.
    pub(super) fn bearer(&self) -> Result<Option<&'a str>, Denied> {
        let mut values = self.headers.get_all(AUTHORIZATION).iter();
        let Some(value) = values.next() else { return Ok(None) };
        // Two are an accident at best: which one a proxy checked is anybody's guess.
        let text = value.to_str().ok().filter(|_| values.next().is_none()).ok_or(Denied::Malformed)?;
        let (scheme, rest) = text.split_once(' ').ok_or(Denied::Malformed)?;
        let rest = rest.trim();
        if !scheme.eq_ignore_ascii_case("bearer") || rest.is_empty() || rest.contains(' ') {
            return Err(Denied::Malformed);
        }
        Ok(Some(rest))
    }

    /// The names in the client's certificate, where the connection has one.
    pub(super) fn names(&self) -> &'a [Box<str>] {
        self.names
    }

    /// Holds the tenant a caller names, if they do, against the one the credential names.
    ///
    /// # Errors
    /// [`Denied::Tenant`] if it is another.
    pub fn meant_for(&self, tenant: &str) -> Result<(), Denied> {
        let same = |value: &http::HeaderValue| value.as_bytes() == tenant.as_bytes();
        if self.headers.get_all(TENANT).iter().all(same) { Ok(()) } else { Err(Denied::Tenant) }
    }
}
