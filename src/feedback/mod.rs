//! What to say, if anything: readings → rules → restraint → wording.

mod adaptive;
mod attention;
mod condition;
mod decide;
mod file;
mod lot;
mod policy;
mod quiet;
mod read;
mod restraint;
mod sentence;
mod trigger;
mod watch;

pub use adaptive::{Chances, chances, opinions, pick, rewards};
pub use attention::attend;
pub use condition::{Comparison, Condition, Conditions, Threshold};
pub use decide::{Candidate, Context, Decided, candidates, decide};
pub use file::{Unusable, schema};
pub use lot::{Chance, Drawn, Lots, Trial, Unit};
pub use policy::{Caps, Criteria, Level, Policy, QuietHours, Restraint, Rule, Selection, Volumes};
pub use read::read;
pub use sentence::{because, capital, named, summary};
pub use trigger::{Measure, Trigger, Watched};
pub use watch::{learn, watch};
