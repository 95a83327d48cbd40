//! A backup is the store at one moment, whoever writes to it meanwhile, and it is whole or not there.

use std::{
    fs,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use hearten::store::{Embedded, Moving as _};
use serde_json::json;

use crate::{
    crowd, crowded,
    run::{command, done, killed},
    support::{Client, Server, now, pace::Steady},
};

fn backup(from: &Path, to: &Path) -> Command {
    command(["backup"], to, &["--data-dir", from.to_str().unwrap()])
}

/// How many of Ana's events a store knows.
async fn known(directory: &Path) -> u64 {
    let server = Server::start_in(directory, &[]);
    Client::to(&server).await.learner("ana").await.unwrap().sequence
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_has_everything_that_was_answered_before() {
    let home = tempfile::tempdir().unwrap();
    let (store, copy, restored) = (home.path().join("store"), home.path().join("copy"), home.path().join("restored"));
    crowded::fill(&store, 5_000).await;
    let server = Server::start_in(&store, &[]);
    let client = Client::to(&server).await;
    let steady = Steady::start(server.url(), "", Duration::from_millis(5));
    let (answered, over) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let load = tokio::spawn({
        let (answered, over) = (Arc::clone(&answered), Arc::clone(&over));
        async move {
            for number in 1.. {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                let event = json!({"eventId": format!("{number}"), "learnerId": "ana", "attempt": {"correct": true}});
                client.submit(event).await.unwrap();
                answered.store(number, Ordering::SeqCst);
            }
        }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    let (before, began) = (answered.load(Ordering::SeqCst), now());
    let said = tokio::task::block_in_place(|| done(backup(&store, &copy))).unwrap();
    let ended = now();
    tokio::time::sleep(Duration::from_millis(50)).await;
    over.store(true, Ordering::SeqCst);
    load.await.unwrap();
    let after = answered.load(Ordering::SeqCst);
    let meanwhile = steady.between(began, ended).await;
    assert!(meanwhile.failed.is_empty(), "{:?}", meanwhile.failed);
    eprintln!("p50 / p99 meanwhile: {meanwhile}; {said}");
    assert!(before > 0 && before < after);
    server.output_with("a backup was made");

    // The lock of the copy goes with whoever made it.
    let size = Embedded::open_existing(&copy).unwrap();
    let learners = size.learners(None, 10_000).await.unwrap().len();
    assert!(learners > 5_000, "{learners}");
    drop(size);
    let copied = Command::new("cp").arg("-r").args([&copy, &restored]).status().unwrap();
    assert!(copied.success());
    for place in [&copy, &restored] {
        let known = known(place).await as usize;
        assert!((before..=after).contains(&known), "{before} <= {known} <= {after}");
    }
    let said = done(backup(&store, &copy)).unwrap_err();
    assert!(said.contains("something is there already"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_is_killed_leaves_nothing_that_could_be_taken_for_one() {
    let home = tempfile::tempdir().unwrap();
    let store = home.path().join("store");
    crowded::fill(&store, 20_000).await;
    let all = Embedded::open_existing(&store).unwrap().rows();
    let mut cut_short = 0;
    for round in 0..12 {
        let copy = home.path().join(format!("copy-{round}"));
        let part = home.path().join(format!("copy-{round}.part"));
        // Later each time, from when it has begun to write.
        let mut writing = None;
        let was = killed(backup(&store, &copy), |at| {
            if writing.is_none() && part.join("copy").exists() {
                writing = Some(at);
            }
            writing.is_some_and(|since| at - since >= Duration::from_millis(round * 20))
        });
        cut_short += usize::from(was && !copy.exists());
        if copy.exists() {
            assert!(Embedded::open_existing(&copy).unwrap().rows() >= all / 2);
            continue;
        }
        for place in [&copy, &part] {
            assert!(Embedded::open_existing(place).is_err() || place.join("data").exists());
        }
        if part.join("data").exists() {
            continue;
        }
        // Nor does a server take it for a store.
        if part.join("copy").exists() {
            let refused = Embedded::open(&part).unwrap_err().to_string();
            assert!(refused.contains("the copy in it is not whole"), "{refused}");
        }
        // Tried again, it is made.
        done(backup(&store, &copy)).unwrap();
        assert!(!part.exists());
    }
    assert!(cut_short > 0, "it was too fast to be killed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_goes_away_stops_what_the_server_does_for_them() {
    let home = tempfile::tempdir().unwrap();
    let (store, copy) = (home.path().join("store"), home.path().join("copy"));
    crowd::fill(&store, 10).await;
    let embedded = Embedded::open_existing(&store).unwrap();
    // As the server does it when nobody listens any more.
    let said = embedded.copy(&copy, |_| false);
    assert!(said.is_ok(), "so few rows are copied in one go");
    drop(embedded);
    fs::remove_dir_all(&copy).unwrap();
    crowded::fill(&home.path().join("many"), 10_000).await;
    let embedded = Embedded::open_existing(home.path().join("many")).unwrap();
    let error = embedded.copy(&copy, |_| false).unwrap_err();
    assert!(error.to_string().contains("it was stopped"), "{error}");
    assert!(!copy.exists() && !copy.with_file_name("copy.part").exists());
}
