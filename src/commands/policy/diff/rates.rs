//! How much learners hear.

use super::story::Story;

const HOUR_SECS: u64 = 60 * 60;
const HOUR_MS: u64 = HOUR_SECS * 1_000;
/// With less time at work, a rate per hour would be blown up out of next to nothing.
const LEAST_MS: u64 = HOUR_MS / 2;

/// How much each learner hears under A and under B: one number a learner, from the least to the most.
pub(super) struct Rates {
    /// Messages in the busiest hour at work, of every learner.
    pub busiest: [Vec<usize>; 2],
    /// Messages by hours at work, of learners with half an hour or more.
    pub per_hour: [Vec<f64>; 2],
}

impl Rates {
    pub fn of(stories: &[Story]) -> Self {
        let mut rates = Self { busiest: Default::default(), per_hour: Default::default() };
        for story in stories {
            let active = story.active_ms();
            for ((at, busiest), per_hour) in story.said_at().iter().zip(&mut rates.busiest).zip(&mut rates.per_hour) {
                busiest.push(busiest_hour(at));
                if active >= LEAST_MS {
                    per_hour.push(at.len() as f64 * HOUR_MS as f64 / active as f64);
                }
            }
        }
        rates.busiest.iter_mut().for_each(|all| all.sort_unstable());
        rates.per_hour.iter_mut().for_each(|all| all.sort_unstable_by(f64::total_cmp));
        rates
    }
}

/// The most messages within an hour at work, by whole seconds as the policy's own limit counts.
fn busiest_hour(at_ms: &[u64]) -> usize {
    let mut from = 0;
    let counts = at_ms.iter().enumerate().map(|(place, at)| {
        while at_ms.get(from).is_some_and(|first| at / 1_000 - first / 1_000 >= HOUR_SECS) {
            from += 1;
        }
        place + 1 - from
    });
    counts.max().unwrap_or(0)
}

/// The least value that so many per cent do not exceed.
pub(super) fn percentile<T: Copy>(sorted: &[T], percent: usize) -> Option<T> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}
