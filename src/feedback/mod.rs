//! What to say, if anything: readings → rules → restraint → wording.

mod decide;
mod messages;
mod policy;
mod read;
mod restraint;
mod sentence;

pub use decide::{Candidate, Context, candidates, decide};
pub use messages::{message_id, wording, wordings};
pub use policy::{Comparison, Condition, Policy, Restraint, Rule};
pub use read::read;
pub use sentence::{because, named, summary};
