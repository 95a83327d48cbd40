//! What the record shows right now: an event is put into the record, and what it showed comes back.
//!
//! Two steps, because what an answer shows depends on what was expected of it: [`advance`] lets time pass, then the layer
//! above forms its expectation, then [`observe`] takes the event in.

mod ability;
mod answer;
mod constants;
mod fault;
mod follow;
mod observe;
mod pace;
mod progress;
mod skill;
mod time;
mod visit;

pub use ability::Expected;
pub use answer::Answer;
pub use constants::*;
pub use follow::follow;
pub use observe::{Observation, observe};
pub use pace::{Usual, usual};
pub use progress::forget_runs;
pub use time::{Passage, advance};
