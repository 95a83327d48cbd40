//! Counts by size, without a lock.
//!
//! The client library's own histogram takes a mutex for each observation, and every event makes six of them.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// A distribution that many threads add to and one reads. A reader may miss what is added meanwhile, and loses nothing.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [f64],
    /// One for each bound, and one for what is larger than all of them.
    counts: Box<[AtomicU64]>,
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
    /// Nothing yet, told apart at these bounds, which rise.
    #[must_use]
    pub fn new(bounds: &'static [f64]) -> Self {
        let counts = (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect();
        Self { bounds, counts, sum: AtomicU64::new(0f64.to_bits()) }
    }

    /// Counts a value. What is no number is none.
    pub fn observe(&self, value: f64) {
        if value.is_nan() {
            return;
        }
        let place = self.bounds.partition_point(|bound| *bound < value);
        if let Some(count) = self.counts.get(place) {
            count.fetch_add(1, Relaxed);
        }
        let add = |sum| Some((f64::from_bits(sum) + value).to_bits());
        // Never fails: there is always a next sum.
        let _ = self.sum.fetch_update(Relaxed, Relaxed, add);
    }

    /// What was counted until now.
    #[must_use]
    pub fn read(&self) -> Distribution {
        let bounds = self.bounds.iter().copied().chain([f64::INFINITY]);
        let buckets: Vec<_> = bounds.zip(self.counts.iter().map(|count| count.load(Relaxed))).collect();
        let count = buckets.iter().map(|(_, count)| count).sum();
        Distribution { buckets, count, sum: f64::from_bits(self.sum.load(Relaxed)) }
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
