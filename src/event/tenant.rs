//! Tenants: whose data it is.

use std::{fmt, sync::Arc};

use super::Invalid;

/// A tenant's name: it stands in keys of the store, in names of folders and in metrics, so little is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tenant(Arc<str>);

/// The longest, in bytes.
const MOST_BYTES: usize = 64;

impl Tenant {
    /// Whose data it is where nothing says otherwise.
    pub const DEFAULT: &'static str = "default";

    /// Checks a name: 1 to 64 small letters, digits, `-`, `_` and `.`, beginning with a letter or digit.
    ///
    /// # Errors
    /// [`Invalid`] if it is none.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = text.len() <= MOST_BYTES && text.chars().all(|c| plain(c) || matches!(c, '-' | '_' | '.'));
        if fits && text.starts_with(plain) {
            return Ok(Self(text.into()));
        }
        let allowed = "1 to 64 small letters, digits, `-`, `_` and `.`, beginning with a letter or digit";
        Err(Invalid::new("tenant", format!("is {text:?}: {allowed}")))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Shared, for keys.
    #[must_use]
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl fmt::Display for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
