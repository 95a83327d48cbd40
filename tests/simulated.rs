//! What a trial finds in simulated schools, held against their truth. This proves the arithmetic; what messages do to people it
//! cannot tell.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

#[path = "simulated/coverage.rs"]
mod coverage;
#[path = "simulated/example.rs"]
mod example;
#[path = "simulated/families.rs"]
mod families;
#[path = "simulated/harm.rs"]
mod harm;
#[path = "simulated/power.rs"]
mod power;
#[path = "simulated/school.rs"]
mod school;
#[path = "simulated/worked.rs"]
mod worked;

/// The most that comes of this many trials where each goes wrong with this chance, but for one run of tests in a thousand (the
/// normal bound, 3.09 standard errors).
fn at_most(chance: f64, trials: usize) -> f64 {
    chance + 3.09 * (chance * (1.0 - chance) / trials as f64).sqrt()
}
