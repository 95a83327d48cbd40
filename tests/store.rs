//! What every store promises, checked through the public API; the embedded one's own promises are in `store/embedded.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    async_fn_in_trait,
    reason = "the helpers are tests too"
)]

use std::{
    path::Path,
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use arrayvec::ArrayVec;
use hearten::{
    event::Timestamp,
    reason::Reason,
    statistics::{Met, Subject, Sums},
    store::{Commit, Embedded, Error, Key, Layout, Lineage, Memory, Postgres, Receipt, Record, Spoken, Store},
};
use tempfile::TempDir;

use self::support::postgres;

#[path = "store/behind.rs"]
mod behind;
#[path = "store/counting.rs"]
mod counting;
#[path = "store/embedded.rs"]
mod embedded;
#[path = "store/erasing.rs"]
mod erasing;
#[path = "store/files.rs"]
mod files;

#[path = "store/postgres.rs"]
mod in_postgres;
mod support;

use erasing::{
    erases_for_good, erases_until_heard_of_again, forgets_old_decisions, takes_off_whatever_list,
    tells_who_was_not_heard_of,
};

/// Somewhere a store can be opened, and if it is durable opened again after the store before was dropped.
trait Place: Sized {
    /// A new one; `None` where there is none to be had.
    async fn find() -> Option<Self>;

    async fn open(&self) -> Arc<dyn Store>;
}

struct Nowhere;

impl Place for Nowhere {
    async fn find() -> Option<Self> {
        Some(Self)
    }

    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(Memory::new())
    }
}

/// A database, with its tables in parts or not.
struct Database<const PLAIN: bool>(String);

impl<const PLAIN: bool> Place for Database<PLAIN> {
    async fn find() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let cluster = tokio::task::block_in_place(postgres::shared)?;
        let name = format!("store_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let url = cluster.database(&name).await;
        let layout = if PLAIN { Layout::Plain } else { Layout::Partitioned };
        Postgres::migrate(&url, None, layout).await.unwrap();
        Some(Self(url))
    }

    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(Postgres::open(&self.0, None).await.unwrap())
    }
}

struct Directory(TempDir);

impl Directory {
    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Place for Directory {
    async fn find() -> Option<Self> {
        Some(Self(tempfile::tempdir().unwrap()))
    }

    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(Embedded::open(self.path()).unwrap())
    }
}

/// Turns each promise into a test of one store.
macro_rules! promises {
    ($store:ident in $place:ty: $($promise:ident),+ $(,)?) => {
        mod $store {
            use super::*;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $promise() {
                    if let Some(place) = <$place>::find().await {
                        super::$promise(place).await;
                    }
                }
            )+
        }
    };
}

promises! { memory in Nowhere:
    loads_what_was_committed, keeps_tenants_and_learners_apart, lists_whom_to_see, the_newest_record_wins, a_record_never_goes_back,
    sums_add_up, adds_up_for_each_tenant, receipts_settle_in_order, a_closed_store_refuses,
    erases_for_good, erases_until_heard_of_again, forgets_old_decisions, takes_off_whatever_list, tells_who_was_not_heard_of,
}

promises! { embedded_too in Directory:
    loads_what_was_committed, keeps_tenants_and_learners_apart, lists_whom_to_see, the_newest_record_wins, a_record_never_goes_back,
    sums_add_up, adds_up_for_each_tenant, receipts_settle_in_order, a_closed_store_refuses, reopening_keeps_everything, sums_go_on_where_they_were,
    dropping_keeps_what_was_queued, one_owner_at_a_time,
    erases_for_good, erases_until_heard_of_again, forgets_old_decisions, takes_off_whatever_list, tells_who_was_not_heard_of,
}

promises! { postgres_too in Database<false>:
    loads_what_was_committed, keeps_tenants_and_learners_apart, lists_whom_to_see, the_newest_record_wins,
    sums_add_up, adds_up_for_each_tenant, a_closed_store_refuses, reopening_keeps_everything, sums_go_on_where_they_were,
    erases_for_good, erases_until_heard_of_again, forgets_old_decisions, takes_off_whatever_list, tells_who_was_not_heard_of,
}

promises! { postgres_without_parts in Database<true>:
    loads_what_was_committed, keeps_tenants_and_learners_apart, lists_whom_to_see, the_newest_record_wins,
    sums_add_up, adds_up_for_each_tenant, a_closed_store_refuses, reopening_keeps_everything, sums_go_on_where_they_were,
    erases_for_good, erases_until_heard_of_again, forgets_old_decisions, takes_off_whatever_list, tells_who_was_not_heard_of,
}

fn key(learner: &str) -> Key {
    Key::new("default", learner)
}

fn record(version: u64) -> Record {
    Record { version, bytes: format!("record {version}").into_bytes() }
}

/// One event: a record of `version`, an opportunity, and a decision with every even version.
fn commit(learner: &str, version: u64) -> Commit {
    // What one server commits of a learner builds on itself.
    static LINEAGE: LazyLock<Lineage> = LazyLock::new(Lineage::default);
    Commit {
        key: key(learner),
        after: version - 1,
        lineage: LINEAGE.clone(),
        at: Timestamp::from_millis(1_790_000_000_000),
        record: record(version),
        decision: version.is_multiple_of(2).then(|| spoken(version, format!("decision {version}").into_bytes())),
        outcome: None,
        attention: ArrayVec::new(),
        statistics: vec![(Subject::All, one()), (Subject::Item(version % 10), one())],
    }
}

fn spoken(number: u64, bytes: Vec<u8>) -> Spoken {
    let (reason, policy_version) = (Reason::ErrorRun, Arc::from("default"));
    Spoken { number, reason, message_id: "error-run-1".to_owned(), policy_version, bytes }
}

fn one() -> Sums {
    Sums::one(true, Some(1.5), Met { usual: 0.7, ability: -0.4, standing: 1.2 })
}

fn times(n: u64) -> Sums {
    (0..n).fold(Sums::default(), |mut sum, _| {
        sum += one();
        sum
    })
}

async fn statistics(store: &dyn Store) -> Vec<(Subject, Sums)> {
    statistics_of(store, "default").await
}

async fn statistics_of(store: &dyn Store, tenant: &str) -> Vec<(Subject, Sums)> {
    let rows = store.statistics().await.unwrap().into_iter();
    let mut rows: Vec<_> = rows.filter(|(of, ..)| **of == *tenant).map(|(_, subject, sums)| (subject, sums)).collect();
    rows.sort_by_key(|(subject, _)| *subject);
    rows
}

fn kept(receipt: &Receipt) -> bool {
    matches!(receipt.outcome(), Some(Ok(())))
}

async fn loads_what_was_committed(place: impl Place) {
    let store = place.open().await;
    assert_eq!(store.load(&key("ana")).await.unwrap(), None);
    assert_eq!(store.decision(&key("ana"), 2).await.unwrap(), None);
    assert_eq!(statistics(&*store).await, []);

    store.commit(commit("ana", 1)).wait().await.unwrap();
    store.commit(commit("ana", 2)).wait().await.unwrap();
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(2)));
    assert_eq!(store.decision(&key("ana"), 1).await.unwrap(), None);
    assert_eq!(store.decision(&key("ana"), 2).await.unwrap(), Some(b"decision 2".to_vec()));
    assert_eq!(
        statistics(&*store).await,
        [(Subject::All, times(2)), (Subject::Item(1), times(1)), (Subject::Item(2), times(1))]
    );
    assert!(store.healthy());
}

async fn keeps_tenants_and_learners_apart(place: impl Place) {
    let store = place.open().await;
    let keys = [("a", "bc"), ("ab", "c"), ("a", "b"), ("", "abc"), ("abc", "")]
        .map(|(tenant, learner)| Key::new(tenant, learner));
    for (version, key) in (1..).zip(&keys) {
        let commit = Commit {
            key: key.clone(),
            after: 0,
            record: record(version),
            decision: Some(spoken(version, vec![version as u8])),
            outcome: Some((version, version as u8)),
            attention: [(7, true)].into_iter().collect(),
            statistics: vec![(Subject::All, times(version)), (Subject::Item(7), times(version))],
            ..commit("", version)
        };
        store.commit(commit).wait().await.unwrap();
    }
    for (version, key) in (1..).zip(&keys) {
        assert_eq!(store.load(key).await.unwrap(), Some(record(version)));
        for other in 1..=5 {
            let decision = store.decision(key, other).await.unwrap();
            assert_eq!(decision, (version == other).then(|| vec![version as u8]));
            assert_eq!(store.outcome(key, other).await.unwrap(), (version == other).then_some(version as u8));
        }
        let listed = store.attention(key.tenant(), 7, "", 10).await.unwrap();
        let same = keys.iter().filter(|other| other.tenant() == key.tenant() && !other.learner().is_empty());
        let mut same: Vec<_> = same.map(|other| Arc::from(other.learner())).collect();
        same.sort();
        assert_eq!(listed, same);
        assert!(store.attention(key.tenant(), 8, "", 10).await.unwrap().is_empty());
        let of_tenant =
            (1..).zip(&keys).filter(|(_, other)| other.tenant() == key.tenant()).map(|(version, _)| version).sum();
        let sums = [(Subject::All, times(of_tenant)), (Subject::Item(7), times(of_tenant))];
        assert_eq!(statistics_of(&*store, key.tenant()).await, sums);
    }
    assert_eq!(statistics(&*store).await, []);
}

async fn adds_up_for_each_tenant(place: impl Place) {
    let store = place.open().await;
    let tenants = ["default", "north", "south"];
    // One batch may hold events of all of them, about items of the same ids.
    let mut receipts = Vec::new();
    for n in 1..=300 {
        for (place, tenant) in (1..).zip(tenants).filter(|(place, _)| n % place == 0) {
            let key = Key::new(tenant, "ana");
            receipts.push(store.commit(Commit { key, after: (n - place) * place, ..commit("ana", n * place) }));
        }
    }
    for receipt in receipts {
        receipt.wait().await.unwrap();
    }
    for (tenant, count) in tenants.into_iter().zip([300, 150, 100]) {
        assert_eq!(statistics_of(&*store, tenant).await.first(), Some(&(Subject::All, times(count))), "{tenant}");
    }
}

async fn lists_whom_to_see(place: impl Place) {
    let store = place.open().await;
    let listed = |learner: String, version, classes: &[(u64, bool)]| {
        let attention = classes.iter().copied().collect();
        store.commit(Commit { attention, outcome: Some((version, version as u8)), ..commit(&learner, version) })
    };
    // Many changes that one batch may hold: the last counts.
    let mut receipts = Vec::new();
    for n in 0..50 {
        receipts.push(listed(format!("l{n:02}"), 1, &[(7, true)]));
        receipts.push(listed(format!("l{n:02}"), 2, if n % 2 == 0 { &[(7, false), (8, true)] } else { &[] }));
        receipts.push(listed(format!("l{n:02}"), 3, if n % 4 == 0 { &[(8, false), (7, true)] } else { &[] }));
    }
    for receipt in receipts {
        receipt.wait().await.unwrap();
    }
    let ids = |of: fn(i32) -> bool| -> Vec<Arc<str>> {
        (0..50).filter(|n| of(*n)).map(|n| Arc::from(format!("l{n:02}"))).collect()
    };
    let (here, there) = (ids(|n| n % 4 != 2), ids(|n| n % 4 == 2));
    assert_eq!(store.attention("default", 7, "", 100).await.unwrap(), here);
    assert_eq!(store.attention("default", 8, "", 100).await.unwrap(), there);
    assert_eq!(store.attention("default", 7, &here[9], 5).await.unwrap(), here[10..15]);
    assert_eq!(store.attention("default", 7, "l49", 5).await.unwrap(), []);
    assert_eq!(store.outcome(&key("l00"), 3).await.unwrap(), Some(3));
}

async fn the_newest_record_wins(place: impl Place) {
    let store = place.open().await;
    let receipts: Vec<_> = (1..=3000).map(|version| store.commit(commit("ana", version))).collect();
    receipts.last().unwrap().wait().await.unwrap();
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(3000)));
    // Records coalesce; decisions and sums do not.
    for version in [2, 4, 1024, 2998, 3000] {
        assert!(store.decision(&key("ana"), version).await.unwrap().is_some());
    }
    assert_eq!(statistics(&*store).await.first(), Some(&(Subject::All, times(3000))));
}

async fn a_record_never_goes_back<P: Place>(_: P) {
    for offered in [6, 7] {
        refuses_to_go_back(P::find().await.unwrap(), 7, offered).await;
    }
}

async fn refuses_to_go_back(place: impl Place, stored: u64, offered: u64) {
    let store = place.open().await;
    let good = store.commit(commit("ana", stored));
    good.wait().await.unwrap();
    let sums = statistics(&*store).await;

    let error = store.commit(commit("ana", offered)).wait().await.unwrap_err();
    assert!(matches!(&error, Error::Poisoned(why) if why.contains("version")), "{error}");
    let error = store.commit(commit("bob", 1)).wait().await.unwrap_err();
    assert!(matches!(error, Error::Poisoned(_)), "{error}");
    assert!(!store.healthy());
    assert!(matches!(store.close().await, Err(Error::Poisoned(_))));

    assert!(kept(&good));
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(stored)));
    assert_eq!(store.load(&key("bob")).await.unwrap(), None);
    assert_eq!(statistics(&*store).await, sums, "a failed commit changes nothing");
}

async fn sums_add_up(place: impl Place) {
    let store = place.open().await;
    let streams = (0..64).map(|stream| {
        let store = Arc::clone(&store);
        tokio::spawn(async move {
            let learner = format!("learner {stream}");
            for version in 1..=50 {
                store.commit(commit(&learner, version)).wait().await.unwrap();
            }
            assert_eq!(store.load(&key(&learner)).await.unwrap(), Some(record(50)));
        })
    });
    for stream in streams.collect::<Vec<_>>() {
        stream.await.unwrap();
    }
    let mut expected = vec![(Subject::All, times(64 * 50))];
    expected.extend((0..10).map(|item| (Subject::Item(item), times(64 * 5))));
    assert_eq!(statistics(&*store).await, expected);
}

async fn receipts_settle_in_order(place: impl Place) {
    let store = place.open().await;
    let receipts: Vec<_> = (1..=5000).map(|n| store.commit(commit(&format!("learner {}", n % 7), n))).collect();
    for n in [0, 700, 2500, 4999] {
        receipts[n].wait().await.unwrap();
        assert!(receipts[..=n].iter().all(kept));
    }
}

async fn a_closed_store_refuses(place: impl Place) {
    let store = place.open().await;
    let queued: Vec<_> = (1..=2000).map(|version| store.commit(commit("ana", version))).collect();
    let (first, second) = tokio::join!(store.close(), store.close());
    first.and(second).unwrap();
    assert!(queued.iter().all(kept), "what was queued is written");

    assert!(matches!(store.commit(commit("ana", 2001)).wait().await, Err(Error::Closed)));
    assert!(!store.healthy());
    store.close().await.unwrap();
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(2000)));
}

async fn reopening_keeps_everything(place: impl Place) {
    let store = place.open().await;
    let secret = store.secret();
    assert_ne!(secret, [0; 16]);
    assert_ne!(secret, Directory::find().await.unwrap().open().await.secret(), "each store has its own");
    for version in 1..=100 {
        let _ = store.commit(commit("ana", version));
    }
    store.close().await.unwrap();
    let sums = statistics(&*store).await;
    drop(store);

    for more in 101..=103 {
        let store = place.open().await;
        assert_eq!(store.secret(), secret);
        assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(more - 1)));
        assert_eq!(store.decision(&key("ana"), 42).await.unwrap(), Some(b"decision 42".to_vec()));
        assert_eq!(statistics(&*store).await.first(), Some(&(Subject::All, times(more - 1))));
        assert_eq!(statistics(&*store).await.len(), sums.len());
        store.commit(commit("ana", more)).wait().await.unwrap();
    }
}

async fn sums_go_on_where_they_were(place: impl Place) {
    for (sittings, tenant) in [(1, "north"), (1, "default"), (2, "north"), (2, "default"), (3, "default"), (3, "north")]
    {
        let store = place.open().await;
        let key = Key::new(tenant, "ana");
        store.commit(Commit { key, after: (sittings - 1) * 10, ..commit("ana", sittings * 10) }).wait().await.unwrap();
        let sums = [(Subject::All, times(sittings)), (Subject::Item(0), times(sittings))];
        assert_eq!(statistics_of(&*store, tenant).await, sums);
    }
}

async fn dropping_keeps_what_was_queued(place: impl Place) {
    let store = place.open().await;
    let receipts: Vec<_> = (1..=2000).map(|version| store.commit(commit("ana", version))).collect();
    drop(store);
    assert!(receipts.iter().all(kept));
    assert_eq!(place.open().await.load(&key("ana")).await.unwrap(), Some(record(2000)));
}

async fn one_owner_at_a_time(place: Directory) {
    let store = place.open().await;
    let error = Embedded::open(place.path()).unwrap_err();
    assert!(error.to_string().contains("another process has it open"), "{error}");
    store.commit(commit("ana", 1)).wait().await.unwrap();
    drop(store);
    assert!(place.open().await.load(&key("ana")).await.unwrap().is_some());
}
