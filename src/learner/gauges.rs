//! Leaky accumulators: what happened, fading.
//!
//! `a ← a · 2^(−Δt/h) + x`, at two half-lives. The shorter sees the last few answers, the longer a whole exercise. They
//! share one clock, the record's, so an event costs two exponentials however many accumulators there are.

use super::F24;

/// The half-lives, in seconds.
pub const HALF_LIVES: [f32; 2] = [30.0, 180.0];

/// No accumulator grows past this, so that a log without a clock, in which nothing decays, stays bounded.
pub const CEILING: f32 = 8.0;

/// What is accumulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Gauge {
    /// A wrong answer, by how much it was expected to be right (0 to 1).
    UnexpectedError,
    /// A right answer, by how much it was expected to be wrong (0 to 1).
    UnexpectedSuccess,
    /// A wrong answer, by how many wrong ones in a row it makes (0 to 1).
    ErrorRun,
    /// A wrong answer that ended three or more right ones.
    BrokenStreak,
    /// A long time on a wrong answer, in deviations above the usual (0 to 1).
    SlowError,
    /// An answer too quick to have been read; a right one only as far as it was likelier to be wrong (0 to 1).
    Rapid,
    /// A wrong retry without a pause for thought, and without a hint.
    FastRetry,
    /// A hint; twice for the bottom-out one.
    Help,
}

impl Gauge {
    /// All of them, in the record's order.
    pub const ALL: [Self; 8] = [
        Self::UnexpectedError,
        Self::UnexpectedSuccess,
        Self::ErrorRun,
        Self::BrokenStreak,
        Self::SlowError,
        Self::Rapid,
        Self::FastRetry,
        Self::Help,
    ];

    /// Those that speak of struggle: a success relieves them.
    pub const STRUGGLE: [Self; 6] =
        [Self::UnexpectedError, Self::ErrorRun, Self::BrokenStreak, Self::SlowError, Self::FastRetry, Self::Help];

    /// The names its signals go by, one per half-life.
    #[must_use]
    pub fn names(self) -> [&'static str; 2] {
        match self {
            Self::UnexpectedError => ["unexpected_error_30s", "unexpected_error_180s"],
            Self::UnexpectedSuccess => ["unexpected_success_30s", "unexpected_success_180s"],
            Self::ErrorRun => ["error_run_30s", "error_run_180s"],
            Self::BrokenStreak => ["broken_streak_30s", "broken_streak_180s"],
            Self::SlowError => ["slow_error_30s", "slow_error_180s"],
            Self::Rapid => ["rapid_30s", "rapid_180s"],
            Self::FastRetry => ["fast_retry_30s", "fast_retry_180s"],
            Self::Help => ["help_30s", "help_180s"],
        }
    }
}

/// Every accumulator of one learner, as of the record's clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gauges(pub(super) [[F24; 2]; Gauge::ALL.len()]);

impl Gauges {
    /// A gauge's values, one per half-life.
    #[must_use]
    pub fn get(&self, gauge: Gauge) -> [f32; 2] {
        self.0.get(gauge as usize).map_or([0.0; 2], |pair| pair.map(F24::get))
    }

    /// All values, those of a gauge one after the other.
    pub fn all(&self) -> impl Iterator<Item = f32> {
        self.0.iter().flatten().map(|value| value.get())
    }

    /// Lets time pass.
    pub fn decay(&mut self, elapsed_ms: i64) {
        if elapsed_ms <= 0 {
            return;
        }
        let seconds = elapsed_ms as f32 / 1000.0;
        let factors = HALF_LIVES.map(|half_life| (-seconds / half_life).exp2());
        for pair in &mut self.0 {
            for (value, factor) in pair.iter_mut().zip(factors) {
                *value = F24::new(value.get() * factor);
            }
        }
    }

    /// Adds to a gauge; `amount` is never negative.
    pub fn add(&mut self, gauge: Gauge, amount: f32) {
        if let Some(pair) = self.0.get_mut(gauge as usize) {
            for value in pair {
                // The value itself bounds the sum from below, so adding never lowers it.
                *value = F24::new((value.get() + amount.max(0.0)).min(CEILING));
            }
        }
    }

    /// Leaves only a share of what was accumulated about struggle, 0 to 1.
    pub fn relieve(&mut self, share: f32) {
        for gauge in Gauge::STRUGGLE {
            if let Some(pair) = self.0.get_mut(gauge as usize) {
                for value in pair {
                    *value = F24::new(value.get() * share);
                }
            }
        }
    }
}
