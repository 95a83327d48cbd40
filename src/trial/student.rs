//! Student's t distribution.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Halvings of the range in which a quantile is looked for; after these it is exact to the last digit or so.
const HALVINGS: usize = 200;

/// The two-sided p of a statistic; 1 where there are no degrees of freedom.
pub(super) fn two_sided(statistic: f64, freedom: f64) -> f64 {
    (2.0 * beyond(statistic.abs(), freedom)).min(1.0)
}

/// What a statistic stays below with the given chance, 0.5 to 1. Found from the distribution itself, since the inverse in
/// statrs is approximate in the tails.
#[must_use]
pub fn quantile(chance: f64, freedom: f64) -> f64 {
    let tail = 1.0 - chance;
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    while beyond(high, freedom) > tail && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = low.midpoint(high);
        if beyond(middle, freedom) > tail { low = middle } else { high = middle }
    }
    high
}

/// The chance of a statistic above this.
fn beyond(statistic: f64, freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(0.5, |student| student.sf(statistic))
}
