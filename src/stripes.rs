//! One of something for each of a few threads: what all of them count in one place wanders from processor to processor with
//! every count.

use std::{
    iter,
    num::NonZero,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

/// As many as there are processors, at most: what is counted of each tenant is there so often.
const MOST: usize = 16;

static STRIPES: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get).next_power_of_two().min(MOST));

thread_local! {
    static MINE: usize = {
        static THREADS: AtomicUsize = AtomicUsize::new(0);
        THREADS.fetch_add(1, Relaxed) % *STRIPES
    };
}

/// What lies in cache lines of its own; processors fetch them in pairs.
#[derive(Debug)]
#[repr(align(128))]
struct Apart<T>(T);

/// One for each of a few threads. Which of them a thread has to do with never changes; two threads may share one.
#[derive(Debug)]
pub(crate) struct Stripes<T> {
    first: Box<Apart<T>>,
    others: Box<[Apart<T>]>,
}

impl<T: Default> Default for Stripes<T> {
    fn default() -> Self {
        let others = (1..*STRIPES).map(|_| Apart(T::default())).collect();
        Self { first: Box::new(Apart(T::default())), others }
    }
}

impl<T> Stripes<T> {
    /// That of the thread which asks.
    pub(crate) fn mine(&self) -> &T {
        let place = MINE.with(|mine| *mine);
        &self.others.get(place).unwrap_or(&self.first).0
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        iter::once(&*self.first).chain(&self.others).map(|apart| &apart.0)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU64;

    use super::*;

    #[test]
    fn what_every_thread_counts_is_found_by_all() {
        let stripes: Stripes<AtomicU64> = Stripes::default();
        thread::scope(|threads| {
            for _ in 0..2 * *STRIPES {
                threads.spawn(|| (0..1_000).for_each(|_| _ = stripes.mine().fetch_add(1, Relaxed)));
            }
        });
        let counted: Vec<u64> = stripes.all().map(|count| count.load(Relaxed)).collect();
        assert_eq!(counted.len(), *STRIPES);
        assert_eq!(counted.iter().sum::<u64>(), 2_000 * *STRIPES as u64);
    }
}
