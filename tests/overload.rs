//! Ten times more than it can do: the server does what it can, refuses the rest at once, and keeps its memory.
//!
//! `cargo test --test overload -- --nocapture` prints what this machine can do, and how it fares beyond that.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "overload/load.rs"]
mod load;
#[path = "overload/refused.rs"]
mod refused;
#[path = "overload/streams.rs"]
mod streams;
#[path = "overload/tenants.rs"]
mod tenants;

use std::time::Duration;

use load::{Load, Offered};
use support::{Client, Server};
use tokio::sync::Mutex;

/// One after the other: each has the machine for itself.
static ALONE: Mutex<()> = Mutex::const_new(());

/// Calls in flight that keep the server busy.
const BUSY: usize = 64;
const LASTS: Duration = Duration::from_secs(4);
/// What the server may hold beyond what it held at its capacity, in MiB: 512 calls and their connections, and what is written
/// meanwhile (the journal's buffers are 40).
const MEMORY_MIB: u64 = 96;
/// By how much an admitted call may be slower than at capacity. There are 512 places where there were 64 calls, so each waits
/// for eight times as many; and the clients that ask ten times as often take their part of the same two cores.
const SLOWER: u32 = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_times_as_many_calls() {
    let _alone = ALONE.lock().await;
    let server = Server::start(&[]);
    let load = Load::on(&server, 8).await;
    load.run(Offered::AtOnce(BUSY), Duration::from_secs(1)).await;
    let alone = load.run(Offered::AtOnce(1), Duration::from_secs(1)).await;
    let capacity = load.run(Offered::AtOnce(BUSY), LASTS).await;
    let at_once = load.run(Offered::AtOnce(10 * BUSY), LASTS).await;
    let a_second = load.run(Offered::ASecond(10.0 * capacity.rate()), LASTS).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let after = load.run(Offered::AtOnce(BUSY), LASTS).await;
    println!("calls of SubmitEvent                  | answered | refused | p50 / p99 of those answered | memory");
    for (what, result) in [
        ("one at a time", &alone),
        ("64 at once: what it can do", &capacity),
        ("640 at once", &at_once),
        ("ten times as many a second", &a_second),
        ("64 at once, afterwards", &after),
    ] {
        println!("{what:37} | {result}");
    }
    for within in [&alone, &capacity, &after] {
        assert_eq!(within.refused, 0, "there was room");
    }
    for beyond in [&at_once, &a_second] {
        assert!(beyond.refused > 0, "it was not too much");
        let slow = beyond.p99();
        let allowed = SLOWER * capacity.p99().max(Duration::from_millis(20));
        assert!(slow <= allowed, "answers took {slow:?}, and {allowed:?} is allowed");
        assert!(beyond.rate() >= 0.2 * capacity.rate(), "it does hardly anything: {beyond}");
        let most = capacity.peak_mib + MEMORY_MIB;
        assert!(beyond.peak_mib <= most, "{} MiB, and {most} are allowed", beyond.peak_mib);
    }
    assert!(after.rate() >= 0.4 * capacity.rate(), "it did not recover: {after}");
    assert_eq!(Client::to(&server).await.health().await, "SERVING");
}
