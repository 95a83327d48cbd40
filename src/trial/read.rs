//! Cases out of a store: decisions that were made by lot, and what the log and the record tell of what came of them.

use std::{hash::Hasher, time::Duration};

use foldhash::HashMap;
use siphasher::sip::SipHasher13;

use super::{Case, Followed, HORIZON};
use crate::{
    engine::{Entered, Logged},
    event::Timestamp,
    feedback::Unit,
    learner::{Came, Learner, Since},
    reason::Verdict,
    store::{Key, Whole},
};

/// All that comes of a decision in its session has come after so long: a session ends after half an hour of silence, and whoever is
/// still at it has long made five opportunities.
pub const MATURE: Duration = Duration::from_secs(24 * 60 * 60);

/// Reads cases, learner by learner.
#[derive(Debug)]
pub struct Reader {
    since_secs: Option<i64>,
    until_secs: i64,
    cases: Vec<Case>,
    /// Decisions that are older than is asked for.
    pub old: u64,
    /// Decisions that are too young for all that may come of them to have come.
    pub young: u64,
    /// Entries of the log that cannot be read.
    pub unreadable: u64,
}

impl Reader {
    /// Takes decisions that were made since the one time, where one is given, and until the other: [`MATURE`] ago, or whenever nothing
    /// more comes of any.
    #[must_use]
    pub fn new(since: Option<Timestamp>, until: Timestamp) -> Self {
        let (since_secs, until_secs) = (since.map(Timestamp::as_secs), until.as_secs());
        Self { since_secs, until_secs, cases: Vec::new(), old: 0, young: 0, unreadable: 0 }
    }

    /// The cases, oldest first; those without a clock before all others.
    #[must_use]
    pub fn cases(mut self) -> Vec<Case> {
        self.cases.sort_by_key(|case| (case.at_secs, case.cluster, case.opportunity));
        self.cases
    }

    /// Takes what is kept of one learner.
    pub fn take(&mut self, whole: &Whole) {
        let mut of_learner: HashMap<u64, Case> = HashMap::default();
        for kept in &whole.decisions {
            let Ok(logged) = Logged::decode(&kept.bytes) else {
                self.unreadable += 1;
                continue;
            };
            for followed in &logged.followed {
                // Where the decision itself is no longer kept, what came of it tells nothing.
                let Some(case) = of_learner.get_mut(&followed.number) else { continue };
                match followed.came {
                    Came::Opportunities(since) => case.followed = with(case.followed, since),
                    Came::Return { right } => case.followed.remembered = Some(right),
                }
            }
            let at_secs = logged.trace.at_secs.map(|at| at as i64).or(kept.at.map(Timestamp::as_secs));
            if logged.trial.is_some() && at_secs.is_some_and(|at| at > self.until_secs) {
                self.young += 1;
                continue;
            }
            if at_secs.zip(self.since_secs).is_some_and(|(at, since)| at < since) {
                self.old += u64::from(logged.trial.is_some());
                continue;
            }
            let at_secs = at_secs.and_then(|at| u64::try_from(at).ok());
            of_learner.extend(case(&whole.key, &logged).map(|case| (kept.number, Case { at_secs, ..case })));
        }
        if of_learner.is_empty() {
            return;
        }
        // Of whoever never came back the record knows how far they got.
        if let Ok(learner) = Learner::decode(&whole.record.bytes) {
            for follow in &learner.follows {
                if let (Some(case), Some(since)) = (of_learner.get_mut(&follow.number), follow.since) {
                    case.followed = with(case.followed, since);
                }
            }
        }
        self.cases.extend(of_learner.into_values());
    }
}

fn with(followed: Followed, Since { made, opportunities, successes, rapid }: Since) -> Followed {
    Followed { stayed: made >= HORIZON, opportunities, successes, rapid, ..followed }
}

fn case(key: &Key, logged: &Logged) -> Option<Case> {
    let Entered { drawn, expected, before, ability, opportunity, age_band, class } = logged.trial?;
    let (reason, wording) = match logged.trace.verdict {
        Verdict::Spoken { reason, wording } => (reason, Some(wording)),
        Verdict::Silent { instead_of: Some(reason), .. } => (reason, None),
        _ => return None,
    };
    let mut hasher = SipHasher13::new();
    match drawn.unit {
        Unit::Learner => hasher.write(key.learner().as_bytes()),
        Unit::Class => hasher.write_u64(class),
    }
    Some(Case {
        tenant: key.tenant().into(),
        cluster: hasher.finish(),
        reason,
        wording,
        treated: wording.is_some(),
        propensity: drawn.propensity(),
        wording_propensity: drawn.chance.get(),
        expected: expected.get().into(),
        before: before.get().into(),
        ability: ability.get().into(),
        age_band,
        opportunity,
        at_secs: None,
        followed: Followed::default(),
    })
}
