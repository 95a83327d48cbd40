//! How good the estimates are: a log is run through the core as it would have run live, and what was believed is held against
//! what came, beside simple rivals.
//!
//! - [`Course`]: the core over a log, nothing from the future.
//! - [`Witness`]: what was believed and what came, in rows.
//! - [`Report`]: the figures, each with an interval over learners.

mod agreement;
mod answers;
mod course;
mod judge;
mod onset;
mod report;
mod rival;
mod spinning;
mod split;
mod table;
mod witness;

pub use agreement::{HIGH, Said};
pub use course::{Course, Taken};
pub use onset::{rapid_answers, struggles};
pub use report::{Figure, Measure, Report, Rival, Section};
pub use rival::{Before, Rivals, Simple};
pub use spinning::{Spell, spells, spun};
pub use split::Split;
pub use witness::{After, Answer, Opportunity, Witness};
