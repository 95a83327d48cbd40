//! One randomised decision and what followed.

use std::sync::Arc;

use crate::{learner::AgeBand, reason::Reason};

/// So many opportunities after a decision are looked at.
pub const HORIZON: u8 = crate::learner::WINDOW;

/// A message was about to be said, and chance decided whether it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Whose learner it was.
    pub tenant: Arc<str>,
    /// The learner, or the class where a class is randomised as one: what is independent of everything else.
    pub cluster: u64,
    /// Why it was about to be said.
    pub reason: Reason,
    /// Which wording was said; none where it was held out.
    pub wording: Option<u8>,
    /// It was said.
    pub treated: bool,
    /// The chance with which something was said, above 0 and below 1.
    pub propensity: f64,
    /// The chance of this very wording, given that something was said, above 0; 1 if it is not known.
    pub wording_propensity: f64,
    /// The chance that the next answer would be right, as believed before the decision, 0 to 1.
    pub expected: f64,
    /// The share right of the last answers before the decision, 0 to 1.
    pub before: f64,
    /// Ability as believed before the decision, in log-odds.
    pub ability: f64,
    /// The learner's age.
    pub age_band: AgeBand,
    /// How many opportunities the learner had had.
    pub opportunity: u32,
    /// When it was, in seconds since 1970.
    pub at_secs: Option<u64>,
    /// What came of it.
    pub followed: Followed,
}

/// What followed a decision, whether it was said or held out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// The learner went on: there were [`HORIZON`] opportunities in the same session after it, at whatever items.
    pub stayed: bool,
    /// Those that no suggestion of ours led to, up to [`HORIZON`].
    pub opportunities: u8,
    /// The right answers among them.
    pub successes: u8,
    /// The rapid guesses among them.
    pub rapid: u8,
    /// Whether the first unassisted opportunity at the same skill on another day was right; none if there was none yet.
    pub remembered: Option<bool>,
}

impl Case {
    /// Whether anything can be estimated from it: chances strictly between never and always, numbers that are finite, and
    /// counts that fit each other.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        let Followed { opportunities, successes, rapid, .. } = self.followed;
        let open = |chance: f64| chance > 0.0 && chance < 1.0;
        let share = |value: f64| (0.0..=1.0).contains(&value);
        open(self.propensity)
            && self.wording_propensity > 0.0
            && self.wording_propensity <= 1.0
            && share(self.expected)
            && share(self.before)
            && self.ability.is_finite()
            && opportunities <= HORIZON
            && successes <= opportunities
            && rapid <= opportunities
    }
}
