//! Trials: what is left to chance is a matter of the decision alone, everything else goes on as if nothing were, and it is seen what
//! comes of it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "the helpers are tests too")]

#[path = "trial/adaptive.rs"]
mod adaptive;
#[path = "trial/arithmetic.rs"]
mod arithmetic;
#[path = "trial/erased.rs"]
mod erased;
#[path = "trial/followed.rs"]
mod followed;
#[path = "support/histories.rs"]
mod histories;
#[path = "trial/lots.rs"]
mod lots;
#[path = "trial/served.rs"]
mod served;
mod support;
#[path = "trial/worked.rs"]
mod worked;
