//! Whether a message does harm, looked for while the trial goes on.
//!
//! Looking again and again would sooner or later find harm where there is none. So looks are few, each at twice the cases of
//! the one before, and each is allowed half the error of the one before: 0.05/2, 0.05/4, … Their sum stays below 0.05, so all
//! looks together find harm in at most 5 of 100 trials whose message does none (Bonferroni, however the looks depend on each
//! other). It is a promise about each tenant's trial of a reason, not about all of them together.

use super::{Case, Effect, Outcome, Sample};

/// Cases at the first look.
const FIRST: usize = 200;
/// How often all looks together may be wrong.
const ERROR: f64 = 0.05;

/// Harm that was established.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Harm {
    /// Fewer right answers, or more who leave.
    pub outcome: Outcome,
    /// At which look, from zero.
    pub look: u32,
    /// The effect; its own interval is the report's, not the one harm was established by.
    pub effect: Effect,
    /// The end of the guard's interval that is nearer to zero: the harm is at least this, with that look's certainty.
    pub bound: f64,
}

/// The looks that are due once there are so many cases, and at how many each is: look k at 200·2^k.
pub fn looks(cases: usize) -> impl Iterator<Item = (u32, usize)> {
    let count = |look| FIRST.checked_mul(1_usize.checked_shl(look)?);
    (0..).map_while(move |look| Some((look, count(look)?))).take_while(move |(_, count)| *count <= cases)
}

/// Whether cases of one tenant and reason establish harm. At look k an error of 0.05·2^−(k+1) is split evenly over the two
/// outcomes, right answers and leaving; since only harm is looked for, an outcome's share is all on the side of harm.
#[must_use]
pub fn harmful<'a>(cases: impl IntoIterator<Item = &'a Case>, look: u32) -> Option<Harm> {
    let sample = Sample::new(cases);
    let share = ERROR * 0.5_f64.powi(look.saturating_add(1).min(64) as i32) / 2.0;
    [Outcome::Success, Outcome::Left].into_iter().find_map(|outcome| {
        let effect = sample.effect(outcome).ok()?;
        let [low, high] = effect.interval(share);
        let (harmful, bound) = if outcome.more_is_better() { (high < 0.0, high) } else { (low > 0.0, low) };
        harmful.then_some(Harm { outcome, look, effect, bound })
    })
}
