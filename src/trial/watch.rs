//! Which reasons a store's own log shows to do harm.

use std::{collections::BTreeMap, sync::Arc};

use super::{Case, Harm, harmful, looks};
use crate::reason::Reason;

/// Messages of a reason that do harm to a tenant's learners.
#[derive(Clone, Debug, PartialEq)]
pub struct Harmful {
    /// Whose learners.
    pub tenant: Arc<str>,
    /// What was said.
    pub reason: Reason,
    /// How that was established.
    pub harm: Harm,
}

/// Looks at cases, oldest first, wherever harm is watched for: every look there was reason for so far, each at the very cases it was
/// due at. So it is the same however often it is asked for and on whichever server, and nothing needs to be remembered of it.
#[must_use]
pub fn harms(cases: &[Case], watched: impl Fn(&str, Reason) -> bool) -> Vec<Harmful> {
    let mut trials: BTreeMap<(Arc<str>, Reason), Vec<&Case>> = BTreeMap::new();
    for case in cases.iter().filter(|case| watched(&case.tenant, case.reason)) {
        trials.entry((Arc::clone(&case.tenant), case.reason)).or_default().push(case);
    }
    let found = trials.into_iter().filter_map(|((tenant, reason), cases)| {
        let harm = looks(cases.len()).find_map(|(look, count)| harmful(cases.iter().copied().take(count), look))?;
        Some(Harmful { tenant, reason, harm })
    });
    found.collect()
}
