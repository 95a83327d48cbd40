//! One of something for each of a few threads: what all of them count in one place wanders from processor to processor with
//! every count.

use std::{
    array,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// More than there are threads that count, on most machines: they take theirs in the order in which they first do, and two who are
/// busy had better not meet.
const STRIPES: usize = 16;

thread_local! {
    static MINE: usize = {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        THREADS.fetch_add(1, Relaxed) % STRIPES
    };
}

/// What lies in cache lines of its own; processors fetch them in pairs.
#[derive(Debug, Default)]
#[repr(align(128))]
struct Apart<T>(T);

/// One for each of a few threads. Which of them a thread has to do with never changes; two threads may share one.
#[derive(Debug)]
pub(crate) struct Stripes<T>(Box<[Apart<T>; STRIPES]>);

impl<T: Default> Default for Stripes<T> {
    fn default() -> Self {
        Self(Box::new(array::from_fn(|_| Apart::default())))
    }
}

impl<T> Stripes<T> {
    /// That of the thread which asks.
    pub(crate) fn mine(&self) -> &T {
        let [first, ..] = &*self.0;
        &self.0.get(MINE.with(|mine| *mine)).unwrap_or(first).0
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|apart| &apart.0)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::atomic::AtomicU64, thread};

    use super::*;

    #[test]
    fn what_every_thread_counts_is_found_by_all() {
        let stripes: Stripes<AtomicU64> = Stripes::default();
        thread::scope(|threads| {
            for _ in 0..2 * STRIPES {
                threads.spawn(|| (0..1_000).for_each(|_| _ = stripes.mine().fetch_add(1, Relaxed)));
            }
        });
        let counted: Vec<u64> = stripes.all().map(|count| count.load(Relaxed)).collect();
        assert_eq!(counted.len(), STRIPES);
        assert_eq!(counted.iter().sum::<u64>(), 2_000 * STRIPES as u64);
    }
}
