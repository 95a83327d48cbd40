//! Tenants of one server, over gRPC: whatever others do, each is answered as by a server that has only ever seen them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod authority;
mod in_process;

#[path = "isolation/made.rs"]
mod made;
#[path = "isolation/seen.rs"]
mod seen;
#[path = "isolation/sent.rs"]
mod sent;

use std::{cell::Cell, sync::Arc, time::Duration};

use authority::{Cut, grant};
use hearten::access::{Access, keys::Keys};
use in_process::{Place, Server, Setup};
use made::{Op, ops};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use seen::{Known, Watched};
use sent::{As, Request};
use serde_json::Value;

/// In one of them the others are as likely as not to be called so.
const TENANTS: [&str; 3] = ["north", "south", "north.2"];

/// A server that these keys open; what items are like is learnt, and taken up when a test says so.
async fn serve(keys: &Keys) -> Server {
    let mut setup = Setup { store: Place::Memory, ..Setup::learning_every(Duration::from_secs(3600)) };
    setup.options.access = Arc::new(Access::guarded(keys.clone(), None));
    setup.start().await
}

/// One thing after the other, as it happened.
#[allow(clippy::large_enum_variant, reason = "there are few of them")]
enum Happened {
    Asked(usize, Request, Value),
    Renewed,
}

/// Returns how many answers had somebody on a list, and how many something to say: there is nothing to be seen otherwise.
async fn apart(ops: Vec<(usize, Op)>) -> [usize; 2] {
    let mut cut = Cut::default();
    let keys = TENANTS.map(|tenant| cut.key(grant(tenant, &["admin"])));
    let keyring = cut.keys();

    let together = serve(&keyring).await;
    let mut callers = keys.clone().map(|key| As::new(together.channel(), &key));
    let mut watched = Vec::new();
    for caller in &mut callers {
        watched.push(Watched::begin(caller).await);
    }
    let (mut known, mut happened) = (Known::default(), Vec::new());
    for (tenant, op) in ops {
        let Some(request) = op.request(&known) else {
            together.renew();
            happened.push(Happened::Renewed);
            continue;
        };
        let answer = callers[tenant].send(&request).await;
        known.hear(&answer);
        happened.push(Happened::Asked(tenant, request, answer));
    }
    // What is watched comes to what is listed.
    for (caller, watched) in callers.iter_mut().zip(watched) {
        watched.comes_to_what_is_listed(caller).await;
    }
    drop(callers);

    for (tenant, key) in keys.iter().enumerate() {
        let alone = serve(&keyring).await;
        let mut caller = As::new(alone.channel(), key);
        for (place, happened) in happened.iter().enumerate() {
            match happened {
                Happened::Renewed => alone.renew(),
                Happened::Asked(of, request, answer) if *of == tenant => {
                    let lone = caller.send(request).await;
                    assert_eq!(&lone, answer, "{place}, {}: {request:?}", TENANTS[tenant]);
                }
                Happened::Asked(..) => {}
            }
        }
        drop(caller);
        alone.stop().await;
    }
    together.stop().await;
    let mut seen = [0; 2];
    for happened in &happened {
        if let Happened::Asked(_, request, answer) = happened {
            let listed = answer["learners"].as_array().is_some_and(|listed| !listed.is_empty());
            seen[0] += usize::from(matches!(request, Request::List(_)) && listed);
            seen[1] += usize::from(answer.to_string().contains("messageId"));
        }
    }
    seen
}

/// What was seen of sixteen histories.
fn histories(mut runner: TestRunner) -> [usize; 2] {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let strategy = prop::collection::vec((0..TENANTS.len(), ops()), 40..90);
    let seen = Cell::new([0, 0]);
    let result = runner.run(&strategy, |ops| {
        let [listed, spoken] = runtime.block_on(apart(ops));
        let before = seen.get();
        seen.set([before[0] + listed, before[1] + spoken]);
        Ok(())
    });
    result.unwrap_or_else(|failed| panic!("{failed}"));
    seen.get()
}

fn config() -> Config {
    Config { cases: 16, failure_persistence: None, max_shrink_time: 30_000, ..Config::default() }
}

#[test]
fn each_is_answered_as_if_it_were_alone() {
    histories(TestRunner::new(config()));
}

/// The same histories every time, so that how much there is to be seen is not left to chance.
#[test]
fn and_so_it_is_where_somebody_needs_attention_and_much_is_said() {
    let same = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let seen = histories(TestRunner::new_with_rng(config(), same));
    assert!(seen.iter().all(|count| *count > 20), "{seen:?}");
}
