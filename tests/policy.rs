//! Policies: whatever stands in the file, what is promised of every policy holds, over random policies and random histories.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

#[path = "policy/attention.rs"]
mod attention;
#[path = "policy/budget.rs"]
mod budget;
#[path = "policy/dismissals.rs"]
mod dismissals;
#[path = "policy/explained.rs"]
mod explained;
#[path = "support/histories.rs"]
mod histories;
#[path = "policy/life.rs"]
mod life;
#[path = "policy/limits.rs"]
mod limits;
#[path = "policy/outcomes.rs"]
mod outcomes;
#[path = "policy/plan.rs"]
mod plan;
#[path = "policy/quiet.rs"]
mod quiet;
#[path = "policy/reports.rs"]
mod reports;
#[path = "policy/rotation.rs"]
mod rotation;
#[path = "policy/silence.rs"]
mod silence;
