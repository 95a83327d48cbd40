//! Tenants share a server and nothing else: with the same ids and all at once, each is told what it would be told alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

#[path = "tenants/across.rs"]
mod across;
#[path = "support/between.rs"]
mod between;
#[path = "tenants/laws.rs"]
mod laws;
#[path = "support/models.rs"]
#[allow(dead_code, reason = "the broken ones are for others")]
mod models;
#[path = "tenants/names.rs"]
mod names;
#[path = "policy/plan.rs"]
#[allow(dead_code, reason = "written for random policies")]
mod plan;
#[path = "tenants/rows.rs"]
mod rows;
#[path = "tenants/server.rs"]
mod server;
#[path = "tenants/steps.rs"]
mod steps;

use hearten::{
    event::{Action, Attempt, Clocks, Event, Id, Mode, Timestamp},
    store::Key,
};

/// The tenants, whom every other part of a key is the same for.
const TENANTS: [&str; 3] = ["default", "north", "south"];
const LEARNERS: [&str; 2] = ["ana", "bob"];
/// 2026-09-21, a Monday.
const START: i64 = 1_790_000_000_000;

fn key(tenant: &str, learner: &str) -> Key {
    Key::new(tenant, learner)
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millis(START + ms)
}

/// An answer in class 7 to an item of skill 1.
fn answer(learner: &str, id: &str, item: u64, correct: bool, ms: i64) -> Event {
    Event {
        id: Id::parse("event_id", id).unwrap(),
        learner: Id::parse("learner_id", learner).unwrap(),
        session: None,
        class: Some(7),
        mode: Mode::Practice,
        item: Some(item),
        skills: [1].into_iter().collect(),
        clocks: Clocks { occurred_at: Some(at(ms)), sent_at: None, received_at: Some(at(ms)) },
        untimed: false,
        device: 0,
        device_seq: None,
        suggested: false,
        action: Action::Attempt(Attempt { correct, response_ms: Some(20_000), number: None, last: false }),
    }
}
