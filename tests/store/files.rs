//! What was erased is gone from the embedded store's files, byte by byte; and what it says of times survives.

use std::io::Write as _;

use hearten::store::{Erased, Erasure};

use super::*;

/// Nobody else's bytes look like these, so compression cannot hide them.
const WHO: &str = "learner-q7Zx9vKfW2mT";
const WORDS: &str = "words-8hRbYc31LpdN";

fn grep(directory: &Path, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(grep(&entry.path(), needle));
        } else if let Ok(bytes) = std::fs::read(entry.path())
            && bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        {
            found.push(entry.path().display().to_string());
        }
    }
    found
}

fn erasure(learner: &str) -> Erasure {
    Erasure { key: key(learner), class: Some(7), items: Vec::new(), for_good: true, unheard_since: None }
}

async fn tell(store: &dyn Store, learner: &str, version: u64, words: &str) {
    let decision = Some(spoken(version, words.as_bytes().to_vec()));
    let attention = [(7, true)].into_iter().collect();
    store.commit(Commit { decision, attention, ..commit(learner, version) }).wait().await.unwrap();
}

/// The same of somebody who is busy: of what they do soon after, batches' rows tell.
async fn tell_more(store: &dyn Store, learner: &str) {
    tell(store, learner, 1, WORDS).await;
    for version in 2..=3 {
        store.commit(commit(learner, version)).wait().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erased_bytes_are_gone_from_every_file() {
    let place = Directory::find().await.unwrap();
    for sitting in 1..=2 {
        let store = place.open().await;
        let who = format!("{WHO}{sitting}");
        for n in 1..=200 {
            tell(&*store, &format!("other {n}"), sitting * 10, "other words").await;
        }
        tell_more(&*store, &who).await;
        assert!(!grep(place.path(), &who).is_empty() && !grep(place.path(), WORDS).is_empty());
        // Once from a journal, and once with table files of an earlier erasure about.
        let erased = store.erase(erasure(&who)).await.unwrap();
        assert_eq!((erased.records, erased.decisions), (1, 2));
        assert_eq!(grep(place.path(), &who), [""; 0]);
        assert_eq!(grep(place.path(), WORDS), [""; 0]);
        assert!(!grep(place.path(), "other 1").is_empty(), "others are there");
        assert!(matches!(store.commit(commit(&who, 4)).wait().await, Err(Error::Erased)));
        assert_eq!(grep(place.path(), &who), [""; 0], "a late event leaves nothing behind");
        for n in 1..=200 {
            assert_eq!(store.load(&key(&format!("other {n}"))).await.unwrap(), Some(record(sitting * 10)));
        }
    }
    let store = place.open().await;
    for sitting in 1..=2 {
        assert!(matches!(store.load(&key(&format!("{WHO}{sitting}"))).await, Err(Error::Erased)));
    }
    assert_eq!(grep(place.path(), WHO), [""; 0]);
}

/// What is on its way to be cleaned when a process ends is cleaned by the next one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_in_between_leaves_the_rest_to_the_next_start() {
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    tell_more(&*store, WHO).await;
    let erasing = store.erase(erasure(WHO));
    store.close().await.unwrap();
    drop(erasing);
    drop(store);
    let store = place.open().await;
    assert!(matches!(store.load(&key(WHO)).await, Err(Error::Erased)));
    let began = tokio::time::Instant::now();
    while !grep(place.path(), WHO).is_empty() || !grep(place.path(), WORDS).is_empty() {
        assert!(began.elapsed().as_secs() < 30, "the rest was never cleaned");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// Those who ask at the same time share the work, and commits go on meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_are_erased_at_once_while_others_go_on() {
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    for n in 0..50 {
        tell_more(&*store, &format!("{WHO}-{n}")).await;
    }
    let all = tokio::spawn({
        let store = Arc::clone(&store);
        async move {
            let erasing: Vec<_> = (0..50).map(|n| store.erase(erasure(&format!("{WHO}-{n}")))).collect();
            let mut records = 0;
            for erasing in erasing {
                records += erasing.await.unwrap().records;
            }
            records
        }
    });
    let mut version = 0;
    while !all.is_finished() {
        version += 1;
        store.commit(commit("busy", version)).wait().await.unwrap();
    }
    assert_eq!(all.await.unwrap(), 50);
    assert_eq!(store.load(&key("busy")).await.unwrap(), Some(record(version)));
    assert_eq!(grep(place.path(), WHO), [""; 0]);
    assert_eq!(store.erase(erasure(WHO)).await.unwrap(), Erased::default());
}

/// A store in which nobody was erased can be opened by an older release; one with tombstones cannot, as that would let late
/// events bring learners back.
#[tokio::test]
async fn the_format_rises_with_the_first_erasure() {
    let place = Directory::find().await.unwrap();
    let format = || {
        let data = fjall::Database::builder(place.path().join("data")).open().unwrap();
        let meta = data.keyspace("meta", fjall::KeyspaceCreateOptions::default).unwrap();
        u32::from_be_bytes(meta.get("format").unwrap().unwrap().as_ref().try_into().unwrap())
    };
    let store = place.open().await;
    tell(&*store, "ana", 1, "words").await;
    store.erase(Erasure { for_good: false, ..erasure("ana") }).await.unwrap();
    drop(store);
    assert_eq!(format(), 1);
    let store = place.open().await;
    store.erase(erasure("ana")).await.unwrap();
    drop(store);
    assert_eq!(format(), 2);
    place.open().await;
}

/// Of what was kept before times were, nobody knows when it was: it counts as of the day it is first opened.
#[tokio::test]
async fn a_store_from_before_times_were_kept_is_dated() {
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    for n in 1..=30 {
        tell(&*store, &format!("l{n}"), 2, "words").await;
    }
    drop(store);
    {
        let data = fjall::Database::builder(place.path().join("data")).open().unwrap();
        let table = |name| data.keyspace(name, fjall::KeyspaceCreateOptions::default).unwrap();
        data.delete_keyspace(table("times")).unwrap();
        table("meta").remove("times").unwrap();
    }
    let began = hearten::clock::now();
    let store = place.open().await;
    assert_eq!(store.unheard(began, 100).await.unwrap(), []);
    assert_eq!(store.forget_decisions(began).await.unwrap(), 0);
    let later = began + 2 * 3_600_000;
    assert_eq!(store.unheard(later, 100).await.unwrap().len(), 30);
    assert_eq!(store.forget_decisions(later).await.unwrap(), 30);
}

/// Prints how long an erasure takes in a store of some size, and how long commits wait meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "a measurement: HEARTEN_LEARNERS=20000 cargo test --test store -- --ignored --nocapture how_long"]
async fn how_long_commits_wait_for_an_erasure() {
    let learners: u64 = std::env::var("HEARTEN_LEARNERS").map_or(2_000, |count| count.parse().unwrap());
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    let bytes: Vec<u8> = (0..800_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let mut receipts = Vec::new();
    for n in 0..learners {
        let record = Record { version: 1, bytes: bytes.iter().map(|byte| byte ^ n as u8).collect() };
        let decision = Some(spoken(1, bytes[..300].to_vec()));
        receipts.push(store.commit(Commit { record, decision, ..commit(&format!("learner {n}"), 1) }));
    }
    for receipt in receipts {
        receipt.wait().await.unwrap();
    }
    for (round, count) in [("first", 1), ("second", 1), ("twenty at once", 20)] {
        let erasing = (0..count).map(|n| store.erase(erasure(&format!("learner {}", n + 100 * round.len()))));
        let (erasing, began) = (erasing.collect::<Vec<_>>(), tokio::time::Instant::now());
        let store = Arc::clone(&store);
        let done = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let until = Arc::clone(&done);
        let busy = tokio::spawn(async move {
            let mut waits = Vec::new();
            let mut version = store.load(&key("busy")).await.unwrap().map_or(0, |record| record.version);
            while !until.load(std::sync::atomic::Ordering::Acquire) {
                version += 1;
                let began = tokio::time::Instant::now();
                store.commit(commit("busy", version)).wait().await.unwrap();
                waits.push(began.elapsed());
            }
            waits
        });
        for erasing in erasing {
            erasing.await.unwrap();
        }
        let took = began.elapsed();
        done.store(true, std::sync::atomic::Ordering::Release);
        let mut waits = busy.await.unwrap();
        waits.sort();
        let at = |share: f64| waits[((waits.len() - 1) as f64 * share) as usize];
        writeln!(
            std::io::stdout(),
            "{learners} learners, {round}: {took:?}; meanwhile {} commits, p50 {:?}, p99 {:?}, most {:?}",
            waits.len(),
            at(0.5),
            at(0.99),
            at(1.0)
        )
        .unwrap();
    }
}
