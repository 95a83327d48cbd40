//! Who may call, and what: every credential names its tenant and its roles.
//!
//! Three kinds of credential stand beside each other: keys of our own ([`keys`]), tokens signed by an issuer the operator
//! trusts ([`tokens`]), and the names in client certificates. All three come to the same thing, a [`Caller`].

mod caller;
mod credential;
mod denied;
mod file;
pub mod keys;
mod role;
pub mod signers;
pub mod tls;
pub mod tokens;

use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::watch;

pub use caller::{Caller, Origin};
pub use credential::Credential;
pub use denied::Denied;
pub use file::File;
pub use role::{Role, Roles};

use crate::event::Timestamp;

/// Everything that lets callers in.
#[derive(Debug)]
pub struct Access {
    /// Nothing is asked of callers: everybody is the default tenant, and may do everything.
    open: bool,
    keys: ArcSwap<keys::Keys>,
    tokens: Option<tokens::Tokens>,
    /// Counts changes: who was let in before one is looked at again.
    changes: watch::Sender<u64>,
}

impl Access {
    /// Asks nothing of anybody.
    #[must_use]
    pub fn open() -> Self {
        Self { open: true, ..Self::guarded(keys::Keys::default(), None) }
    }

    /// Lets in whom these know.
    #[must_use]
    pub fn guarded(keys: keys::Keys, tokens: Option<tokens::Tokens>) -> Self {
        Self { open: false, keys: ArcSwap::from_pointee(keys), tokens, changes: watch::Sender::new(0) }
    }

    /// Goes by other keys from here on; streams of those no longer known end.
    pub fn adopt(&self, keys: keys::Keys) {
        self.keys.store(Arc::new(keys));
        self.changes.send_modify(|count| *count += 1);
    }

    /// Goes by other keys of the issuer from here on; streams of tokens that none of them signed end.
    pub fn adopt_signers(&self, signers: signers::Signers) {
        if let Some(tokens) = &self.tokens {
            tokens.adopt(signers);
            self.changes.send_modify(|count| *count += 1);
        }
    }

    /// What tokens are checked against, where they are taken.
    pub fn tokens(&self) -> Option<&tokens::Tokens> {
        self.tokens.as_ref()
    }

    /// Resolves at changes.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Says who calls. Of several credentials the one in the headers counts: a proxy may have a certificate of its own.
    ///
    /// # Errors
    /// [`Denied`] where nobody known does, or no longer.
    pub fn identify(&self, credential: &Credential<'_>, now: Timestamp) -> Result<Arc<Caller>, Denied> {
        if self.open {
            return Ok(Caller::anybody());
        }
        match credential.bearer()? {
            Some(text) if text.starts_with(keys::PREFIX) => self.keys.load().find(text, now),
            Some(text) => self.tokens.as_ref().ok_or(Denied::Unknown)?.verify(text, now),
            None => self.keys.load().certified(credential.names(), now),
        }
    }

    /// Whether a caller who was let in still would be.
    #[must_use]
    pub fn still_admits(&self, caller: &Caller, now: Timestamp) -> bool {
        let known = match &caller.origin {
            Origin::Anybody => self.open,
            Origin::Key(id) => self.keys.load().knows(id, caller),
            Origin::Certificate(name) => self.keys.load().certifies(name, caller),
            Origin::Token(signer) => self.tokens.as_ref().is_some_and(|tokens| tokens.trusts(signer)),
        };
        known && !caller.expired(now)
    }
}
