//! Whose a record is.

use std::{
    fmt,
    hash::{BuildHasher as _, Hash, Hasher},
    sync::{Arc, LazyLock},
};

use arrayvec::ArrayString;
use foldhash::quality::RandomState;

use crate::event::MAX_ID_BYTES;

/// Whose record it is. Every key carries its tenant from the first day.
///
/// Both names stand in one piece of memory that whoever keeps the key shares: to take a share in a tenant's name with every event would
/// have all processors change one counter.
#[derive(Clone)]
pub struct Key {
    /// The tenant's name, and then the learner's.
    names: Arc<str>,
    /// Where the learner's begins.
    learner_at: u32,
    /// Made once, for all tables that the key is looked up in.
    hash: u64,
}

/// Secret, so that nobody can choose ids that stand in the same place of every table.
static HASHER: LazyLock<RandomState> = LazyLock::new(RandomState::default);

impl Key {
    /// The key of a learner of that id, as the platform gave it; of the tenant [`Tenant::DEFAULT`](crate::event::Tenant::DEFAULT) where
    /// none is named.
    #[must_use]
    pub fn new(tenant: &str, learner: &str) -> Self {
        let mut names = ArrayString::<{ 2 * MAX_ID_BYTES }>::new();
        let fits = names.try_push_str(tenant).is_ok() && names.try_push_str(learner).is_ok();
        let names = if fits { Arc::from(&*names) } else { Arc::from([tenant, learner].concat()) };
        let hash = HASHER.hash_one(&*names);
        Self { names, learner_at: tenant.len() as u32, hash }
    }

    /// The tenant's name.
    #[must_use]
    pub fn tenant(&self) -> &str {
        self.names().0
    }

    /// The learner's id as the platform gave it.
    #[must_use]
    pub fn learner(&self) -> &str {
        self.names().1
    }

    fn names(&self) -> (&str, &str) {
        self.names.split_at_checked(self.learner_at as usize).unwrap_or_default()
    }
}

impl PartialEq for Key {
    /// Most often it is the very same, which is told without a look at names that nobody has read lately.
    fn eq(&self, other: &Self) -> bool {
        (self.hash, self.learner_at) == (other.hash, other.learner_at)
            && (Arc::ptr_eq(&self.names, &other.names) || self.names == other.names)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        hasher.write_u64(self.hash);
    }
}

/// A learner's id is personal data: it stays out of logs, and so out of `Debug`.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_told_apart_wherever_they_meet() {
        let keys =
            [("north", "ana"), ("northana", ""), ("", "northana"), ("nort", "hana")].map(|(t, l)| Key::new(t, l));
        assert_eq!(keys.iter().collect::<HashSet<_>>().len(), 4);
        let [ana, ..] = keys;
        assert_eq!((ana.tenant(), ana.learner(), &ana), ("north", "ana", &Key::new("north", "ana")));
        let long = "ü".repeat(300);
        assert_eq!((Key::new(&long, "ana").tenant(), Key::new("x", &long).learner()), (&*long, &*long));
    }
}
