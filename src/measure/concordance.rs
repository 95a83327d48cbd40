//! How well scores tell who lasts longer.

use std::cmp::Ordering;

use super::{
    Weights,
    order::{Order, Pairs},
};

/// How long a row lasted.
#[derive(Clone, Copy, Debug)]
struct Lasted {
    time: u8,
    /// Whether it ended then; otherwise it was only watched until then.
    ended: bool,
}

/// Rows with discrete times, censored on the right, ranked by their scores.
#[derive(Clone, Debug)]
pub struct Survival {
    order: Order<Lasted>,
    /// The times at which anything ended.
    ends: Vec<u8>,
}

impl Survival {
    /// Sorts the rows, once. A higher score expects the event later; `events` says whether it happened at that time, or
    /// the row was censored at it.
    #[must_use]
    pub fn new(scores: &[f32], times: &[u8], events: &[bool], clusters: &[u32]) -> Self {
        // The zip would stop at the shorter column in silence; an empty one is refused by the order.
        let times = if times.len() == events.len() { times } else { &[] };
        let lasted = times.iter().zip(events).map(|(&time, &ended)| Lasted { time, ended });
        let mut ends: Vec<u8> = lasted.clone().filter(|row| row.ended).map(|row| row.time).collect();
        ends.sort_unstable();
        ends.dedup();
        Self { order: Order::new(scores, lasted, clusters), ends }
    }

    /// Harrell's concordance: of two rows of which one is known to have lasted longer, how likely that one has the
    /// higher score, ties counting half. It is known if the earlier time is an event; a row censored at the time of
    /// another's event lasted longer. One pass per distinct time of an event.
    #[must_use]
    pub fn concordance(&self, weights: &Weights) -> Option<f64> {
        let at = |end| {
            self.order.pairs(weights, move |row: Lasted| match row.time.cmp(&end) {
                Ordering::Less => None,
                Ordering::Equal => Some(!row.ended),
                Ordering::Greater => Some(true),
            })
        };
        self.ends.iter().copied().map(at).sum::<Pairs>().share()
    }
}
