//! What is kept for so long goes afterwards, and no sooner.

use std::{sync::Arc, time::Duration};

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    event::Timestamp,
    feedback::Policy,
    rpc::{self, Retain},
    store::{Embedded, Key, Memory, Store},
};

use super::*;
use crate::in_process::{Setup, decision_id, eventually, feedback, struggle, wrong};

const DAY: i64 = 86_400_000;

fn key(learner: &str) -> Key {
    Key::new("default", learner)
}

async fn engine(store: Arc<dyn Store>) -> Engine {
    let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
    Engine::open(rules, store, Statistics::Learn).await.unwrap()
}

/// They struggled then, and something was said; returns the number of messages.
async fn heard(engine: &Engine, learner: &str, at: Timestamp) -> usize {
    let mut said = 0;
    for n in 0..3 {
        let event = rpc::event(&wrong(learner, &format!("{n} at {}", at.as_millis())), Some(at + n * 30_000)).unwrap();
        let mut reply = engine.submit(&key(learner), &event, Options::default(), at + n * 30_000).await.unwrap();
        engine.settle(&mut reply).await.unwrap();
        said += usize::from(reply.decision.is_some_and(|decision| decision.message.is_some()));
    }
    said
}

#[tokio::test]
async fn the_server_lets_go_of_old_decisions() {
    let mut setup = Setup::default();
    setup.options.retain = Retain { decisions: Some(Duration::from_secs(1)), learners: None };
    let server = setup.start().await;
    let reply = server.submit_all(struggle("ana")).await;
    assert!(feedback(&reply).is_some());
    eventually(async || try_export(&server, "ana").await.unwrap().1.is_empty()).await;
    assert_eq!(server.attempts("ana").await, 3, "learners are kept");
    // The record remembers it for a while, without its words.
    let _ = server.try_explain(&decision_id(&reply)).await;
    server.stop().await;
}

#[tokio::test]
async fn the_server_lets_go_of_learners_nobody_has_heard_of() {
    let home = tempfile::tempdir().unwrap();
    let now = clock::now();
    {
        let engine = engine(Arc::new(Embedded::open(home.path()).unwrap())).await;
        heard(&engine, "ana", now + -500 * DAY).await;
        heard(&engine, "ben", now + -500 * DAY).await;
        heard(&engine, "ben", now + -DAY).await;
        engine.close().await.unwrap();
    }
    let mut setup = Setup::default().in_directory(home.path());
    // The first sweep comes after a minute, or as soon as something could have become old: hours are what is noted.
    setup.options.retain =
        Retain { decisions: Some(Duration::from_secs(2)), learners: Some(Duration::from_secs(400 * 86_400)) };
    let server = setup.start().await;
    eventually(async || server.try_learner("ana").await.is_err()).await;
    is_unknown(&server, "ana").await;
    assert_eq!(server.attempts("ben").await, 6);
    // They may come back, and begin anew.
    server.submit(wrong("ana", "back")).await;
    assert_eq!(server.attempts("ana").await, 1);
    server.stop().await;
}

#[tokio::test]
async fn a_sweep_takes_what_is_old_and_nothing_else() {
    let home = tempfile::tempdir().unwrap();
    let stores: [Arc<dyn Store>; 2] = [Arc::new(Memory::new()), Arc::new(Embedded::open(home.path()).unwrap())];
    for store in stores {
        let engine = engine(store).await;
        let day = |n: i64| Timestamp::from_millis((20_000 + n) * DAY);
        assert!(heard(&engine, "ana", day(0)).await > 0);
        assert!(heard(&engine, "ben", day(10)).await > 0);
        // Whoever is in memory since they were heard of is let go of once they have left it.
        assert_eq!(engine.sweep(None, Some(day(5))).await.unwrap().learners, 0);
        engine.let_go(day(11), day(11));
        let nothing = engine.sweep(Some(day(-1)), Some(day(-1))).await.unwrap();
        assert_eq!((nothing.decisions, nothing.learners), (0, 0));
        let swept = engine.sweep(Some(day(5)), None).await.unwrap();
        assert_eq!((swept.decisions, swept.learners), (1, 0));
        assert_eq!(engine.past(&key("ana"), 0, 10).await.unwrap().len(), 0);
        assert_eq!(engine.past(&key("ben"), 0, 10).await.unwrap().len(), 1);
        let swept = engine.sweep(None, Some(day(5))).await.unwrap();
        assert_eq!((swept.decisions, swept.learners), (0, 1));
        assert!(engine.profile(&key("ana"), false, day(11)).await.is_err());
        assert_eq!(engine.profile(&key("ben"), false, day(11)).await.unwrap().sequence, 3);
        assert_eq!(engine.sweep(None, Some(day(5))).await.unwrap().learners, 0);
        heard(&engine, "ana", day(20)).await;
        assert_eq!(engine.profile(&key("ana"), false, day(21)).await.unwrap().sequence, 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_looked_at_while_they_go_does_not_come_back() {
    let home = tempfile::tempdir().unwrap();
    let day = |n: i64| Timestamp::from_millis((20_000 + n) * DAY);
    let store: Arc<dyn Store> = Arc::new(Embedded::open(home.path()).unwrap());
    let engine = Arc::new(engine(store).await);
    for n in 0..20 {
        let ana = format!("ana-{n}");
        heard(&engine, &ana, day(0)).await;
        engine.let_go(day(1), day(1));
        let sweeping = tokio::spawn({
            let engine = Arc::clone(&engine);
            async move { engine.sweep(None, Some(day(5))).await }
        });
        let mut gone = 0;
        while gone < 200 {
            match engine.profile(&key(&ana), false, day(9)).await {
                Ok(_) => assert_eq!(gone, 0, "{ana} came back"),
                Err(_) => gone += 1,
            }
        }
        assert_eq!(sweeping.await.unwrap().unwrap().learners, 1);
        assert!(engine.profile(&key(&ana), false, day(9)).await.is_err());
    }
}
