//! How many decisions it takes.

/// The normal quantiles of a two-sided test at 5 % and of 80 % power: 1.960 + 0.842.
const REACH: f64 = 1.959_964 + 0.841_621;

/// How many more randomised decisions, like those there are, until an effect of this size would be found in 80 of 100 trials
/// at a two-sided 5 %; 0 if there are enough. The error shrinks with the root of their number, so this takes
/// n·((1.96 + 0.84)·error/size)² in all. It holds as long as further learners bring as many decisions each; no p is adjusted for
/// other reasons.
#[must_use]
pub fn more(decisions: usize, error: f64, size: f64) -> Option<u64> {
    let needed = decisions as f64 * (REACH * error / size).powi(2);
    // What no platform will ever have is not told.
    (needed < 1e15).then(|| needed.ceil() as u64).map(|needed| needed.saturating_sub(decisions as u64))
}

/// The standard deviation of success beside the controls, clustering included, as it came out in simulated schools (`TRIALS.md`).
const USUAL: f64 = 0.22;

/// The same where there are too few to tell an error from: by what is usual, for a share held out.
#[must_use]
pub fn first(decisions: usize, held_out: f64, size: f64) -> Option<u64> {
    planned(size, USUAL, held_out, 1.0).map(|needed| needed.saturating_sub(decisions as u64))
}

/// How many randomised decisions a trial takes to find an effect of this size, planned before there are any: outcomes of a
/// standard deviation, a share held out, and how much less a decision says because a learner has several
/// (1 + (m − 1)·ρ for m decisions a learner whose outcomes correlate by ρ; 1 if they do not).
#[must_use]
pub fn planned(size: f64, deviation: f64, held_out: f64, clustering: f64) -> Option<u64> {
    let needed = (REACH * deviation / size).powi(2) * clustering / (held_out * (1.0 - held_out));
    (needed < 1e15).then(|| needed.ceil() as u64)
}
