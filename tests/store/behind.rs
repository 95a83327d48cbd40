//! Records that stand in batches' rows before they get rows of their own.

use hearten::store::{Erasure, Moving as _};

use super::*;

const LEARNERS: u64 = 100;
const ROUNDS: u64 = 8;

fn name(n: u64) -> String {
    format!("learner {n:03}")
}

/// Large enough for batches' rows, of 16 MiB, to run out of room: from the second round on there are 20 MB.
fn large(n: u64, version: u64) -> Record {
    Record { version, bytes: vec![(n * 7 + version) as u8; 120_000] }
}

/// In each round others are heard of.
fn newest(n: u64) -> Option<Record> {
    (1..=ROUNDS).rev().find(|round| n.is_multiple_of(*round)).map(|round| large(n, round))
}

async fn check(store: &dyn Store) {
    for n in 0..LEARNERS {
        assert_eq!(store.load(&key(&name(n))).await.unwrap(), newest(n), "{n}");
    }
}

#[tokio::test]
async fn what_batches_have_no_more_room_for_is_there_at_once_and_after_a_restart() {
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    for round in 1..=ROUNDS {
        let heard = (0..LEARNERS).filter(|n| n.is_multiple_of(round));
        for n in heard {
            store.commit(Commit::new(key(&name(n)), round - 1, large(n, round))).wait().await.unwrap();
        }
    }
    check(&*store).await;
    drop(store);
    check(&*place.open().await).await;
}

/// Whoever comes back after the others were busy for long is found with the newest there is, wherever the one before stands.
#[tokio::test]
async fn who_comes_back_is_not_taken_for_who_they_were() {
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    for version in 1..=4 {
        store.commit(commit("ana", version)).wait().await.unwrap();
        if version == 2 {
            let others: Vec<_> = (1..=25_000).map(|version| store.commit(commit("bo", version))).collect();
            others.last().unwrap().wait().await.unwrap();
        }
        assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(version)));
    }
    drop(store);
    assert_eq!(place.open().await.load(&key("ana")).await.unwrap(), Some(record(4)));
}

#[tokio::test]
async fn whoever_goes_through_the_learners_finds_all() {
    let place = tempfile::tempdir().unwrap();
    let store = Embedded::open(place.path()).unwrap();
    for version in 1..=2 {
        for n in 0..LEARNERS {
            store.commit(commit(&name(n), n + version)).wait().await.unwrap();
        }
    }
    let all = store.learners(None, 1_000).await.unwrap();
    let found: Vec<_> = all.into_iter().map(|whole| (whole.key, whole.record.version)).collect();
    assert_eq!(found, (0..LEARNERS).map(|n| (key(&name(n)), n + 2)).collect::<Vec<_>>());
}

/// A release that knows no rows of batches would go on from older records, so it must not open the store.
#[tokio::test]
async fn the_format_rises_with_whoever_is_busy_first() {
    let place = Directory::find().await.unwrap();
    let format = |path: &Path| {
        let data = fjall::Database::builder(path.join("data")).open().unwrap();
        let meta = data.keyspace("meta", fjall::KeyspaceCreateOptions::default).unwrap();
        u32::from_be_bytes(meta.get("format").unwrap().unwrap().as_ref().try_into().unwrap())
    };
    let killed = |place: &Directory| {
        let copy = tempfile::tempdir().unwrap();
        embedded::copy(place.path(), copy.path());
        copy
    };
    let store = place.open().await;
    store.commit(commit("ana", 1)).wait().await.unwrap();
    assert_eq!(format(killed(&place).path()), 1, "who comes once is not busy");
    store.commit(commit("ana", 2)).wait().await.unwrap();
    assert_eq!(format(killed(&place).path()), 3);
    let again = Embedded::open(killed(&place).path()).unwrap();
    assert_eq!(again.load(&key("ana")).await.unwrap(), Some(record(2)), "what was killed is caught up with");
    let erasure = Erasure { key: key("ana"), class: None, items: Vec::new(), for_good: true, unheard_since: None };
    store.erase(erasure).await.unwrap();
    drop(store);
    assert_eq!(format(place.path()), 3, "an erasure does not lower it");
    assert!(matches!(place.open().await.load(&key("ana")).await, Err(Error::Erased)));
}
