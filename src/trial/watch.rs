//! The guard's looks at all trials that a store's log tells of.

use std::{collections::BTreeMap, sync::Arc};

use super::{Case, Harm, harmful, looks};
use crate::reason::Reason;

/// A look at a trial that was due.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Whose learners.
    pub tenant: Arc<str>,
    /// What was said.
    pub reason: Reason,
    /// Which, from zero.
    pub number: u8,
    /// The harm that it established, if it did.
    pub harm: Option<Harm>,
}

/// Makes every look that is due and was not made, wherever harm is watched for: each at the first cases there are then, as many as it
/// is due at. None is made twice, so that all together are wrong as seldom as the guard promises.
#[must_use]
pub fn look(
    cases: &[Case],
    watched: impl Fn(&str, Reason) -> bool,
    made: impl Fn(&str, Reason, u8) -> bool,
) -> Vec<Look> {
    let mut trials: BTreeMap<(Arc<str>, Reason), Vec<&Case>> = BTreeMap::new();
    for case in cases.iter().filter(|case| watched(&case.tenant, case.reason)) {
        trials.entry((Arc::clone(&case.tenant), case.reason)).or_default().push(case);
    }
    let mut all = Vec::new();
    for ((tenant, reason), cases) in trials {
        for (number, count) in looks(cases.len()) {
            let Ok(number) = u8::try_from(number) else { break };
            if made(&tenant, reason, number) {
                continue;
            }
            let harm = harmful(cases.iter().copied().take(count), number.into());
            let over = harm.is_some();
            all.push(Look { tenant: Arc::clone(&tenant), reason, number, harm });
            if over {
                break;
            }
        }
    }
    all
}
