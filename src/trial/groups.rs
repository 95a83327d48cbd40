//! Cases in groups, by what was known before the decision.

use std::sync::Arc;

use serde::Serialize;

use super::{Case, Missing, Sample};
use crate::learner::AgeBand;

/// So many tenants are told apart, those with most cases; the others are one group.
const MOST_TENANTS: usize = 12;
/// Nothing is told from fewer decisions in an arm: their mean is not normal enough for an interval.
pub(super) const FEWEST_DECISIONS: usize = 10;
/// Nor from fewer clusters: with these, intervals are wide and still hold what they promise (`tests/simulated.rs`).
pub(super) const FEWEST_CLUSTERS: usize = 5;

/// What effects may differ by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moderator {
    /// Thirds of the cases by ability.
    Ability,
    /// Age.
    Age,
    /// The platform's customers.
    Tenant,
}

/// A group for each case of a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    /// What they are called.
    pub names: Vec<String>,
    /// In the order of the sample's decisions.
    pub(super) members: Vec<usize>,
}

/// How much there is to go by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Decisions in which it was said.
    pub said: usize,
    /// Decisions in which it was held out.
    pub held_out: usize,
    /// Learners, or classes where these are randomised.
    pub clusters: usize,
}

impl Moderator {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Ability, Self::Age, Self::Tenant];

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ability => "ability",
            Self::Age => "age",
            Self::Tenant => "tenant",
        }
    }

    /// The groups of a sample that have cases.
    #[must_use]
    pub fn groups(self, sample: &Sample<'_>) -> Groups {
        match self {
            Self::Ability => thirds(sample),
            Self::Age => {
                let names = AgeBand::ALL.map(|band| age(band).to_owned());
                Groups::new(sample, names.to_vec(), |case| AgeBand::ALL.iter().position(|band| *band == case.age_band))
            }
            Self::Tenant => tenants(sample),
        }
    }
}

impl Groups {
    /// All cases as one group.
    #[must_use]
    pub fn one(sample: &Sample<'_>) -> Self {
        Self::new(sample, vec!["all".to_owned()], |_| Some(0))
    }

    /// A case whose group has no place among the names is in the last one. Groups without cases are dropped.
    fn new(sample: &Sample<'_>, names: Vec<String>, of: impl Fn(&Case) -> Option<usize>) -> Self {
        let last = names.len().saturating_sub(1);
        let members: Vec<usize> = sample.cases().map(|case| of(case).unwrap_or(last).min(last)).collect();
        let mut filled = vec![false; names.len()];
        for &member in &members {
            if let Some(filled) = filled.get_mut(member) {
                *filled = true;
            }
        }
        let place = |member: usize| filled.iter().take(member).filter(|filled| **filled).count();
        let members = members.into_iter().map(place).collect();
        let names = names.into_iter().zip(&filled).filter(|(_, filled)| **filled).map(|(name, _)| name).collect();
        Self { names, members }
    }

    /// What each group has to go by.
    #[must_use]
    pub fn tallies(&self, sample: &Sample<'_>) -> Vec<Tally> {
        let mut tallies = vec![(Tally::default(), None); self.names.len()];
        for (decision, &group) in sample.decisions.iter().zip(&self.members) {
            let Some((tally, last)) = tallies.get_mut(group) else { continue };
            if decision.case.treated {
                tally.said += 1;
            } else {
                tally.held_out += 1;
            }
            // Those of a cluster stand together.
            if *last != Some(decision.cluster) {
                tally.clusters += 1;
                *last = Some(decision.cluster);
            }
        }
        tallies.into_iter().map(|(tally, _)| tally).collect()
    }
}

impl Tally {
    /// # Errors
    ///
    /// If there is too little to go by.
    pub(super) fn sound(self) -> Result<(), Missing> {
        match (self.said, self.held_out) {
            (0, 0) => Err(Missing::NoCases),
            (0, _) => Err(Missing::NothingSaid),
            (_, 0) => Err(Missing::NothingHeldOut),
            (said, held_out) if said.min(held_out) < FEWEST_DECISIONS => Err(Missing::TooFewDecisions),
            _ if self.clusters < FEWEST_CLUSTERS => Err(Missing::TooFewLearners),
            _ => Ok(()),
        }
    }
}

/// Cut where a third and two thirds of the cases are at or below.
fn thirds(sample: &Sample<'_>) -> Groups {
    let mut abilities: Vec<f64> = sample.cases().map(|case| case.ability).collect();
    abilities.sort_unstable_by(f64::total_cmp);
    let cut = |thirds: usize| abilities.get((abilities.len() * thirds).div_ceil(3).saturating_sub(1)).copied();
    let (Some(first), Some(second)) = (cut(1), cut(2)) else { return Groups::one(sample) };
    let names = vec![
        format!("lowest third (to {first:.2})"),
        format!("middle third (to {second:.2})"),
        "highest third".to_owned(),
    ];
    Groups::new(sample, names, |case| Some(usize::from(case.ability > first) + usize::from(case.ability > second)))
}

fn tenants(sample: &Sample<'_>) -> Groups {
    // Cases of a tenant stand together.
    let cases: Vec<&Case> = sample.cases().collect();
    let mut sizes: Vec<(usize, &Arc<str>)> = cases
        .chunk_by(|a, b| a.tenant == b.tenant)
        .filter_map(|cases| Some((cases.len(), &cases.first()?.tenant)))
        .collect();
    sizes.sort_by(|(a, first), (b, second)| b.cmp(a).then(first.cmp(second)));
    let rest = sizes.len() > MOST_TENANTS;
    sizes.truncate(MOST_TENANTS);
    let mut names: Vec<String> = sizes.iter().map(|(_, tenant)| tenant.to_string()).collect();
    names.extend(rest.then(|| "others".to_owned()));
    Groups::new(sample, names, |case| sizes.iter().position(|(_, tenant)| **tenant == case.tenant))
}

fn age(band: AgeBand) -> &'static str {
    match band {
        AgeBand::Unknown => "not known",
        AgeBand::From6 => "6 to 9",
        AgeBand::From10 => "10 to 13",
        AgeBand::From14 => "14 to 17",
        AgeBand::Adult => "adult",
    }
}
