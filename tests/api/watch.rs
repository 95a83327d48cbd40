//! `WatchAttention`: the list, and from then on what changes about it.

use std::time::Duration;

use hearten::rpc::pb::{Outcome, Reason, watch_attention_response::Change};
use tokio::time::{Instant, timeout};
use tonic::Code;

use crate::{
    attention::{failing, in_class, recovering},
    in_process::{Server, blamed, decision_id, eventually, spoken, wrong},
};

/// Promised is about half a second; the machine may be busy.
const SOON: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_watch_begins_with_everybody_and_goes_on_with_each_change() {
    let server = Server::start().await;
    let mut said = None;
    for event in failing("monday", "ana") {
        let reply = server.submit(event).await;
        said = spoken(&reply).map(|_| decision_id(&reply)).or(said);
    }
    let mut watch = server.watch("monday").await;
    let first = watch.needed().await;
    assert_eq!(vec![first.clone()], server.attention("monday").await);

    // Somebody comes.
    server.submit_all(failing("tuesday", "elsewhere")).await;
    server.submit_all(failing("monday", "ben")).await;
    let since = Instant::now();
    let mut ben = watch.needed().await;
    assert!(since.elapsed() < SOON, "{:?}", since.elapsed());
    assert_eq!((ben.learner_id.as_str(), ben.reason()), ("ben", Reason::WheelSpinning));
    // It may have been looked at while ben was still failing.
    while vec![first.clone(), ben.clone()] != server.attention("monday").await {
        ben = watch.needed().await;
    }

    // Something about them changes.
    server.report(&said.unwrap(), Outcome::Dismissed).await;
    let changed = watch.needed().await;
    assert_eq!(changed.learner_id, "ana");
    assert!(changed.tried.iter().any(|tried| tried.outcome() == Outcome::Dismissed), "{changed:?}");
    server.submit(in_class("monday", wrong("ana", "one more"))).await;
    let changed = watch.needed().await;
    assert_eq!(vec![changed, ben], server.attention("monday").await);

    // Somebody goes.
    server.submit_all(recovering("monday", "ben")).await;
    let since = Instant::now();
    while let Ok(update) = timeout(SOON, watch.try_next()).await {
        match update.unwrap().unwrap() {
            Change::ResolvedLearnerId(learner) => {
                assert_eq!(learner, "ben");
                break;
            }
            // It may have been looked at on the way.
            Change::Needed(attention) => assert_eq!(attention.learner_id, "ben"),
        }
    }
    assert!(since.elapsed() < SOON, "{:?}", since.elapsed());
    assert_eq!(server.attention("monday").await.len(), 1);
}

#[tokio::test]
async fn where_nothing_changes_nothing_is_said() {
    let server = Server::start().await;
    server.submit_all(failing("monday", "ana")).await;
    let mut watch = server.watch("monday").await;
    watch.needed().await;
    server.submit(in_class("monday", wrong("ben", "once"))).await;
    assert!(timeout(Duration::from_millis(1500), watch.try_next()).await.is_err());
}

#[tokio::test]
async fn a_stop_ends_every_watch_and_waits_for_none() {
    let mut server = Server::start().await;
    server.submit_all(failing("monday", "ana")).await;
    let mut watches = Vec::new();
    for class in ["monday", "nobody is here"] {
        watches.push(server.watch(class).await);
    }
    watches[0].needed().await;
    let asked = Instant::now();
    server.ask_to_stop();
    for watch in &mut watches {
        let error = watch.try_next().await.unwrap_err();
        assert_eq!(error.code(), Code::Unavailable);
        assert_eq!(blamed(&error), (String::new(), "STOPPING".to_owned()));
    }
    server.stop().await;
    // The time it would wait for what is under way is ten seconds.
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
}

#[tokio::test]
async fn whoever_leaves_is_no_longer_looked_for() {
    let server = Server::start().await;
    server.submit_all(failing("monday", "ana")).await;
    let before = server.holders();
    let mut watches = Vec::new();
    for _ in 0..20 {
        watches.push(server.watch("monday").await);
    }
    assert!(server.holders() >= before + 20);
    drop(watches);
    eventually(async || server.holders() == before).await;
}
