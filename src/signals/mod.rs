//! What the record shows right now: an event is put into the record, and what it showed comes back.
//!
//! Two steps, because what an answer shows depends on what was expected of it: [`advance`] lets time pass, then the layer
//! above forms its expectation, then [`observe`] takes the event in.

mod constants;
mod fault;
mod observe;
mod pace;
mod skill;
mod time;

pub use constants::*;
pub use observe::{Answer, Observation, forget_runs, observe};
pub use pace::{Usual, usual};
pub use time::{Passage, advance};
