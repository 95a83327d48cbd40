//! Somebody who was let in.

use std::sync::{Arc, LazyLock};

use super::{Denied, Role, Roles};
use crate::event::{Name, Tenant, Timestamp, class_hash};

/// How a caller was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nothing was asked.
    Anybody,
    /// By a key, of this id.
    Key(Arc<str>),
    /// By this name in a client certificate.
    Certificate(Arc<str>),
    /// By a token, signed with the key of this thumbprint: under the same id there may stand another one day.
    Token(Arc<str>),
}

/// A caller, as their credential describes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Whose data they may touch.
    pub tenant: Arc<str>,
    /// What they may do.
    pub roles: Roles,
    /// The classes whose learners they may see, by their hashes; `None` is all.
    pub classes: Option<Arc<[u64]>>,
    /// From when on the credential is worth nothing.
    pub until: Option<Timestamp>,
    /// How they were told.
    pub origin: Origin,
}

impl Caller {
    /// Who calls where nothing is asked.
    pub(super) fn anybody() -> Arc<Self> {
        static ANYBODY: LazyLock<Arc<Caller>> = LazyLock::new(|| {
            let tenant = Arc::from(Tenant::DEFAULT);
            let roles = Roles::from_iter(Role::ALL);
            Arc::new(Caller { tenant, roles, classes: None, until: None, origin: Origin::Anybody })
        });
        Arc::clone(&ANYBODY)
    }

    /// Whether the credential is worth nothing any more.
    #[must_use]
    pub fn expired(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// Whether they may see learners of this class; zero is none.
    #[must_use]
    pub fn sees(&self, class: u64) -> bool {
        self.classes.as_ref().is_none_or(|classes| classes.contains(&class))
    }

    /// Whether a call that asks for `role` is theirs to make.
    ///
    /// # Errors
    /// [`Denied::Role`] if it is not.
    pub fn may(&self, role: Role) -> Result<(), Denied> {
        if self.roles.allow(role) { Ok(()) } else { Err(Denied::Role(role)) }
    }
}

/// The classes of a credential, by the hashes that records keep.
pub(super) fn classes<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<Arc<[u64]>, String> {
    let hash = |id| Name::parse("class", id).map(class_hash).map_err(|invalid| invalid.to_string());
    ids.into_iter().map(hash).collect()
}
