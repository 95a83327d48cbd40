//! The chance that an attempt is right: a logistic model in the family of performance factors analysis (Pavlik, Cen &
//! Koedinger 2009), with Elo ratings (Pelánek 2016) for what counts cannot tell.

use arrayvec::ArrayVec;

use super::{
    Model, Term, Terms,
    terms::{standing, terms},
};
use crate::{
    event::MAX_SKILLS,
    learner::{Learner, logistic, short},
    signals::Expected,
    statistics::Snapshot,
};

impl Model {
    /// What is expected of the learner's attempt at this item, of these skills.
    #[must_use]
    pub fn expect(&self, learner: &Learner, item: Option<u64>, skills: &[u64], statistics: &Snapshot) -> Expected {
        self.weigh(&Self::terms(learner, item, skills, statistics))
    }

    /// What that expectation is made of.
    #[must_use]
    pub fn terms(learner: &Learner, item: Option<u64>, skills: &[u64], statistics: &Snapshot) -> Terms {
        let skills: ArrayVec<u32, MAX_SKILLS> = skills.iter().take(MAX_SKILLS).map(|hash| short(*hash)).collect();
        terms(learner, item, &skills, statistics)
    }

    /// The same for the next item of the skill in hand, whichever that is.
    #[must_use]
    pub fn expect_next(&self, learner: &Learner, statistics: &Snapshot) -> Expected {
        let in_hand: ArrayVec<u32, 1> = learner.skills.first().map(|skill| skill.id).into_iter().collect();
        self.weigh(&terms(learner, None, &in_hand, statistics))
    }

    /// What is expected where these are the terms.
    #[must_use]
    pub fn weigh(&self, terms: &Terms) -> Expected {
        let sum: f32 = self.expectation.weights.iter().zip(terms).map(|(weight, term)| weight * term).sum();
        let term = |term: Term| terms.get(term as usize).copied().unwrap_or_default();
        Expected {
            probability: logistic(self.expectation.bias + sum),
            easiness: term(Term::Easiness),
            standing: standing(term(Term::SkillAbility), term(Term::RecentAbility)),
        }
    }
}

/// The weights of the expectation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights {
    /// Log-odds when every term is zero.
    pub bias: f32,
    /// In the order of [`Term::ALL`].
    pub weights: [f32; Term::ALL.len()],
}
