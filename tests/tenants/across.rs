//! What one tenant does is nothing to another, also at the same time.

use std::{sync::Arc, time::Duration};

use hearten::{
    engine::{Engine, Options, Statistics},
    reason::{Outcome, Verdict},
    store::{Key, Memory, Pending, Store},
};
use tokio::{sync::Semaphore, time::timeout};

use super::{
    answer, at,
    between::{Between, Way},
    key,
    server::RULES,
};

const HOUR: i64 = 3_600_000;

/// Outcomes of one tenant are found only when it is let.
struct Slow {
    allowed: Semaphore,
}

impl Way for Slow {
    fn before_outcome<'a>(&'a self, key: &'a Key) -> Pending<'a, ()> {
        Box::pin(async move {
            if key.tenant() == "north" {
                self.allowed.acquire().await.unwrap().forget();
            }
            Ok(())
        })
    }
}

/// The first message of a learner who has heard so many since that only the log knows of it.
async fn long_ago(engine: &Engine, key: &Key) -> String {
    let mut said = Vec::new();
    for n in 0..60 {
        let event = answer(key.learner(), &n.to_string(), n, false, n as i64 * 3 * HOUR);
        let reply = engine.submit(key, &event, Options::default(), at(n as i64 * 3 * HOUR)).await.unwrap();
        let decision = reply.decision.unwrap();
        if matches!(decision.verdict, Verdict::Spoken { .. }) {
            said.push(decision.name());
        }
    }
    assert!(said.len() > 20, "{}", said.len());
    said.swap_remove(0)
}

#[tokio::test]
async fn a_slow_report_of_long_ago_holds_up_no_other_tenant() {
    let store = Arc::new(Between::new(Slow { allowed: Semaphore::new(0) }));
    let engine = Engine::open(RULES[0].clone(), Arc::clone(&store) as Arc<dyn Store>, Statistics::Frozen);
    let engine = Arc::new(engine.await.unwrap());
    let [north, south] = [key("north", "ana"), key("south", "ana")];
    let slow = long_ago(&engine, &north).await;
    let quick = long_ago(&engine, &south).await;
    let waiting = tokio::spawn({
        let engine = Arc::clone(&engine);
        async move { engine.report(&Arc::from("north"), &slow, Outcome::Helpful, at(200 * HOUR)).await }
    });
    // One thread: after this the other waits for the store.
    tokio::task::yield_now().await;
    let quick = engine.report(south.tenant(), &quick, Outcome::Helpful, at(200 * HOUR));
    let reported = timeout(Duration::from_secs(30), quick).await.expect("it waits for the other").unwrap();
    assert!(!reported.duplicate && !waiting.is_finished());
    store.way.allowed.add_permits(1);
    assert!(!waiting.await.unwrap().unwrap().duplicate);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_tenant_first_heard_of_by_many_at_once_loses_nothing() {
    let engine = Engine::open(RULES[0].clone(), Arc::new(Memory::new()), Statistics::Learn).await.unwrap();
    let engine = Arc::new(engine);
    let tasks = (0..400).map(|n| {
        let engine = Arc::clone(&engine);
        tokio::spawn(async move {
            // Ten at a time are the first of a tenant.
            let key = key(&format!("t{}", n / 10), &format!("l{}", n % 10));
            let event = answer(key.learner(), "1", 1, true, 0);
            engine.submit(&key, &event, Options::default(), at(0)).await.unwrap();
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
    engine.renew_statistics();
    for tenant in 0..40 {
        let profile = engine.profile(&key(&format!("t{tenant}"), "l3"), false, at(0)).await.unwrap();
        assert_eq!(profile.report.statistics_version, 10);
    }
}

#[tokio::test]
async fn classes_are_told_and_asking_keeps_nobody() {
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let engine = Engine::open(RULES[0].clone(), store, Statistics::Frozen).await.unwrap();
    let [north, south] = [key("north", "ana"), key("south", "ana")];
    for n in 0..100 {
        assert_eq!(engine.class(&key("north", &format!("nobody {n}")), at(0)).await.unwrap(), 0);
    }
    assert_eq!(engine.hot_learners(), 0);
    engine.submit(&north, &answer("ana", "1", 1, true, 0), Options::default(), at(0)).await.unwrap();
    assert_eq!(engine.class(&north, at(0)).await.unwrap(), 7);
    assert_eq!(engine.profile(&north, false, at(0)).await.unwrap().class, 7);
    assert_eq!(engine.class(&south, at(0)).await.unwrap(), 0);
    assert_eq!(engine.hot_learners(), 1);
}
