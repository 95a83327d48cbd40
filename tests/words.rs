//! The words of a message: whose language, for which age, with which number, how to be shown; and that they stay what they were.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

#[path = "words/catalogue.rs"]
mod catalogue;
#[path = "words/payload.rs"]
mod payload;
