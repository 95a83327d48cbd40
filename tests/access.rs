//! Who may call what: every method with every kind of credential, right and wrong.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod authority;
mod in_process;
mod support;

#[path = "access/calls.rs"]
mod calls;
#[path = "access/classes.rs"]
mod classes;
#[path = "access/headers.rs"]
mod headers;
#[path = "access/listed.rs"]
mod listed;
#[path = "support/raw.rs"]
mod plain;
#[path = "access/raw.rs"]
mod raw;
#[path = "access/revoked.rs"]
mod revoked;
#[path = "access/rotation.rs"]
mod rotation;
#[path = "access/shown.rs"]
mod shown;
#[path = "access/table.rs"]
mod table;
#[path = "access/tokens.rs"]
mod tokens;
