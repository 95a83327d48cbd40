//! Whether messages help: micro-randomised trials (Klasnja et al. 2015, Health Psychology 34).
//!
//! A policy may hold out messages of a reason with a known chance. What follows is counted alike whether a message was said or
//! held out, so the two differ by the message alone, and the difference is what it does.
//!
//! - [`Case`]: one such decision and what followed.
//! - [`Reader`]: finds them in a store.
//! - [`Outcome`]: what a message is held against.
//! - [`Sample`]: the estimator.
//! - [`Report`]: the effects of a trial.
//! - [`harmful`]: the guard, which looks for harm while a trial goes on; [`looks`] says when.
//!
//! What is tested here is the arithmetic, on simulated learners whose truth is known. What messages do to real ones only a
//! trial with them can tell.

mod assemble;
mod case;
mod effect;
mod gram;
mod groups;
mod guard;
mod holm;
mod naive;
mod outcome;
mod read;
mod regression;
mod report;
mod sample;
mod sizing;
mod student;
mod table;
mod watch;
pub mod words;

pub use case::{Case, Followed, HORIZON};
pub use effect::{Effect, Missing};
pub use groups::{Groups, Moderator, Tally};
pub use guard::{Harm, harmful, looks};
pub use holm::holm;
pub use naive::naive;
pub use outcome::Outcome;
pub use read::{MATURE, Reader};
pub use report::{Arms, DETECTABLE, Line, Primary, Report, Table, Told, Verdict};
pub use sample::Sample;
pub use sizing::{more, planned};
pub use student::quantile;
pub use watch::{Look, look};
