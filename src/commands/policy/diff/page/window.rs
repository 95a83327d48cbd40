//! The part of a learner's way that is shown, and where each moment stands on it.

use crate::commands::policy::diff::story::Story;

const MINUTE_MS: u64 = 60_000;
/// In more than this nothing can be told apart.
const LONGEST_MS: u64 = 120 * MINUTE_MS;
const SHORTEST_MS: u64 = 10 * MINUTE_MS;
/// Room before the first change.
const BEFORE_MS: u64 = 5 * MINUTE_MS;

pub(super) struct Window {
    pub from_ms: u64,
    pub until_ms: u64,
}

impl Window {
    /// All of it, or the two hours at work in which most changes of what is said.
    pub fn of(story: &Story) -> Self {
        let end = story.active_ms().max(SHORTEST_MS);
        if end <= LONGEST_MS {
            return Self { from_ms: 0, until_ms: end };
        }
        let heard = story.moments.iter().filter(|moment| moment.is_heard());
        let at: Vec<u64> = heard.map(|moment| moment.active_ms).collect();
        let within = |first: u64| at.iter().filter(|at| (first..first + LONGEST_MS - BEFORE_MS).contains(at)).count();
        // Of several, the first.
        let best = at.iter().copied().rev().max_by_key(|first| within(*first)).unwrap_or(0);
        let from_ms = best.saturating_sub(BEFORE_MS).min(end - LONGEST_MS);
        Self { from_ms, until_ms: from_ms + LONGEST_MS }
    }

    pub fn is_all(&self, story: &Story) -> bool {
        self.from_ms == 0 && self.until_ms >= story.active_ms()
    }

    pub fn holds(&self, at_ms: u64) -> bool {
        (self.from_ms..=self.until_ms).contains(&at_ms)
    }

    /// From 0 to 1.
    pub fn share(&self, at_ms: u64) -> f64 {
        at_ms.saturating_sub(self.from_ms) as f64 / (self.until_ms - self.from_ms) as f64
    }

    /// Round moments, eight or fewer.
    pub fn marks(&self) -> impl Iterator<Item = u64> {
        let span = self.until_ms - self.from_ms;
        let steps = [2, 5, 10, 15, 20].map(|minutes| minutes * MINUTE_MS);
        let step = steps.into_iter().find(|step| span / step <= 8).unwrap_or(30 * MINUTE_MS);
        (self.from_ms.div_ceil(step)..=self.until_ms / step).map(move |count| count * step)
    }
}

/// Such as `2 h 05 min`.
pub(super) fn clock(ms: u64) -> String {
    match (ms / MINUTE_MS / 60, ms / MINUTE_MS % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}
