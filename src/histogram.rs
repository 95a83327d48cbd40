//! Counts by size, without a lock.
//!
//! The client library's own histogram takes a mutex for each observation, and every event makes six of them.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use crate::stripes::Stripes;

/// The most bounds.
const BOUNDS: usize = 16;

/// A distribution that many threads add to and one reads. A reader may miss what is added meanwhile, and loses nothing.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [f64],
    counted: Stripes<Counted>,
}

/// What some of the threads counted.
#[derive(Debug, Default)]
struct Counted {
    /// One for each bound, and one for what is larger than all of them.
    counts: [AtomicU64; BOUNDS + 1],
    /// A float's bits.
    sum: AtomicU64,
}

/// A histogram at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    /// Each upper bound, the last without end, and how many fell between it and the one before.
    pub buckets: Vec<(f64, u64)>,
    /// How many there were.
    pub count: u64,
    /// What they add up to.
    pub sum: f64,
}

impl Histogram {
    /// Nothing yet, told apart at these bounds, which rise; there are sixteen at most.
    #[must_use]
    pub fn new<const N: usize>(bounds: &'static [f64; N]) -> Self {
        const { assert!(N <= BOUNDS, "more bounds than there is room for") };
        Self { bounds, counted: Stripes::default() }
    }

    /// Counts a value. What is no number is none.
    pub fn observe(&self, value: f64) {
        if value.is_nan() {
            return;
        }
        let place = self.bounds.partition_point(|bound| *bound < value);
        let Counted { counts, sum } = self.counted.mine();
        if let Some(count) = counts.get(place) {
            count.fetch_add(1, Relaxed);
        }
        let add = |sum| Some((f64::from_bits(sum) + value).to_bits());
        // Never fails: there is always a next sum.
        let _ = sum.fetch_update(Relaxed, Relaxed, add);
    }

    /// What was counted until now.
    #[must_use]
    pub fn read(&self) -> Distribution {
        let bounds = self.bounds.iter().copied().chain([f64::INFINITY]);
        let mut buckets: Vec<_> = bounds.map(|bound| (bound, 0)).collect();
        let mut whole = 0.0;
        for Counted { counts, sum } in self.counted.all() {
            for ((_, bucket), count) in buckets.iter_mut().zip(counts) {
                *bucket += count.load(Relaxed);
            }
            whole += f64::from_bits(sum.load(Relaxed));
        }
        Distribution { count: buckets.iter().map(|(_, count)| count).sum(), buckets, sum: whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_on_a_bound_counts_below_it() {
        let histogram = Histogram::new(&[0.1, 1.0]);
        [0.05, 0.1, 0.5, 2.0, f64::NAN].into_iter().for_each(|value| histogram.observe(value));
        let read = histogram.read();
        assert_eq!(read.buckets, [(0.1, 2), (1.0, 1), (f64::INFINITY, 1)]);
        assert_eq!((read.count, read.sum), (4, 0.05 + 0.1 + 0.5 + 2.0));
    }

    #[test]
    fn nothing_is_lost_between_threads() {
        let histogram = Histogram::new(&[0.5]);
        std::thread::scope(|threads| {
            for value in [0.25, 1.0, 0.25, 1.0] {
                let histogram = &histogram;
                threads.spawn(move || (0..10_000).for_each(|_| histogram.observe(value)));
            }
        });
        let read = histogram.read();
        assert_eq!(read.buckets, [(0.5, 20_000), (f64::INFINITY, 20_000)]);
        assert_eq!(read.sum, 25_000.0);
    }
}
