//! Response times: log-normal per item, shifted by the learner's own speed (van der Linden 2007).

use super::constants::{
    EXTENDED_TIME, PACE_WEIGHT, RAPID_CAP_SECS, RAPID_SHARE, RAPID_UNKNOWN_SECS, USUAL_SECS, USUAL_SPREAD,
};
use crate::{
    learner::{F24, Learner, Pace},
    statistics::{Snapshot, Subject},
};

/// How many times of its own an item needs to count as much as what is known of all items.
const SHRINKAGE: f32 = 5.0;
/// How many times a learner must have shown before slowness means anything.
const ENOUGH: u8 = 3;

/// The usual log response time at an item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// Mean of the log, of seconds.
    pub mean: f32,
    /// Standard deviation of the log.
    pub spread: f32,
    /// It comes from somebody's times, not from a guess.
    pub measured: bool,
    /// An answer quicker than this, in seconds, was not read.
    pub rapid_below: f32,
    /// How much longer the learner may take, as a log.
    pub allowance: f32,
}

/// The usual time at an item: its own times, shrunk to those of all items.
#[must_use]
pub fn usual(item: Option<u64>, statistics: &Snapshot) -> Usual {
    let all = statistics.get(Subject::All).pace();
    let (mean, variance) = all.unwrap_or((USUAL_SECS.ln(), USUAL_SPREAD * USUAL_SPREAD));
    let sums = item.map(|item| statistics.get(Subject::Item(item))).unwrap_or_default();
    let Some((item_mean, item_variance)) = sums.pace() else {
        // Whether this is a quick item is not known: what is rapid elsewhere may be fluent here.
        let rapid_below = rapid_share(mean, variance).min(RAPID_UNKNOWN_SECS);
        return Usual { mean, spread: variance.sqrt().max(0.2), measured: all.is_some(), rapid_below, allowance: 0.0 };
    };
    let own = sums.timed as f32 / (sums.timed as f32 + SHRINKAGE);
    let blend = |item: f32, all: f32| own * item + (1.0 - own) * all;
    let (blended_mean, blended_variance) = (blend(item_mean, mean), blend(item_variance, variance));
    let rapid_below = rapid_share(blended_mean, blended_variance).min(rapid_share(item_mean, item_variance));
    Usual { mean: blended_mean, spread: blended_variance.sqrt().max(0.2), measured: true, rapid_below, allowance: 0.0 }
}

impl Usual {
    /// For this learner: whoever is given extended time is slow later, and stuck later.
    #[must_use]
    pub fn for_learner(self, learner: &Learner) -> Self {
        let allowance = if learner.preferences.extended_time { EXTENDED_TIME.ln() } else { 0.0 };
        Self { allowance, ..self }
    }

    /// Whether an answer came too quickly to have been read.
    #[must_use]
    pub fn is_rapid(&self, response_ms: i64) -> bool {
        (response_ms as f32) / 1000.0 < self.rapid_below
    }

    /// Deviations above what is usual for this learner at this item; `None` while that is not known.
    #[must_use]
    pub fn slowness(&self, pace: &Pace, response_ms: i64) -> Option<f32> {
        if !self.measured && pace.known < ENOUGH {
            return None;
        }
        let known = f32::from(pace.known);
        let offset = pace.offset.get() * known / (known + f32::from(ENOUGH));
        Some((log_secs(response_ms) - self.mean - offset - self.allowance) / self.spread)
    }

    /// The time that only one in twenty answers exceeds, in milliseconds.
    #[must_use]
    pub fn percentile_95_ms(&self, pace: &Pace) -> i64 {
        ((self.mean + pace.offset.get().max(0.0) + self.allowance + 1.645 * self.spread).exp() * 1000.0) as i64
    }
}

/// A share of the mean time, which for log-normal times lies above the median.
fn rapid_share(mean: f32, variance: f32) -> f32 {
    ((mean + variance / 2.0).exp() * RAPID_SHARE).min(RAPID_CAP_SECS)
}

/// The natural log of a time in seconds.
pub(super) fn log_secs(response_ms: i64) -> f32 {
    (response_ms.max(1) as f32 / 1000.0).ln()
}

/// Learns how fast the learner is.
pub(super) fn learn(pace: &mut Pace, usual: &Usual, response_ms: i64) {
    let offset = log_secs(response_ms) - usual.mean;
    let weight = (1.0 / (f32::from(pace.known) + 1.0)).max(PACE_WEIGHT);
    let surprise = offset - pace.offset.get();
    pace.offset = F24::new(pace.offset.get() + weight * surprise);
    pace.known = pace.known.saturating_add(1);
}
