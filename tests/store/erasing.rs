//! Erasing and forgetting: what every store promises.

use hearten::store::{Erased, Erasure, FEW};

use super::*;

const HOUR: i64 = 3_600_000;

/// So many hours after some day long ago.
fn at(hours: i64) -> Timestamp {
    Timestamp::from_millis((400_000 + hours) * HOUR)
}

fn of_tenant(tenant: &str, learner: &str) -> Key {
    Key::new(tenant, learner)
}

/// A learner with everything there is, at two items of their own and one of everybody's.
async fn know(store: &dyn Store, key: &Key, from: u64) {
    for version in from..from + 4 {
        let items = [Subject::All, Subject::Item(1), Subject::Item(100 + version)];
        let commit = Commit {
            key: key.clone(),
            after: version - 1,
            at: at(version as i64),
            outcome: version.is_multiple_of(2).then_some((version, 1)),
            attention: [(7, true)].into_iter().collect(),
            statistics: items.map(|item| (item, one())).into_iter().collect(),
            ..commit("", version)
        };
        store.commit(commit).wait().await.unwrap();
    }
}

fn erasure(key: &Key, for_good: bool) -> Erasure {
    let items = (0..200).map(Subject::Item).collect();
    Erasure { key: key.clone(), class: Some(7), items, for_good, unheard_since: None }
}

async fn is_gone(store: &dyn Store, key: &Key) {
    for number in 0..10 {
        assert_eq!(store.decision(key, number).await.unwrap(), None);
        assert_eq!(store.outcome(key, number).await.unwrap(), None);
    }
    assert_eq!(store.decisions(key, 0, 10).await.unwrap(), []);
    assert!(!store.attention(key.tenant(), 7, "", 10).await.unwrap().contains(&key.learner().into()));
}

async fn is_whole(store: &dyn Store, key: &Key) {
    assert_eq!(store.load(key).await.unwrap(), Some(record(4)));
    let past = store.decisions(key, 0, 10).await.unwrap();
    let numbers: Vec<_> = past.iter().map(|past| (past.number, past.outcome)).collect();
    assert_eq!(numbers, [(2, Some(1)), (4, Some(1))]);
    assert!(store.attention(key.tenant(), 7, "", 10).await.unwrap().contains(&key.learner().into()));
}

/// Whoever cannot be read cannot be asked which class they are in.
pub async fn takes_off_whatever_list(place: impl Place) {
    let store = place.open().await;
    let learners = [key("ana"), key("anan"), of_tenant("north", "ana")];
    for key in &learners {
        know(&*store, key, 1).await;
    }
    store.erase(Erasure { class: None, ..erasure(&learners[0], true) }).await.unwrap();
    is_gone(&*store, &learners[0]).await;
    for other in &learners[1..] {
        is_whole(&*store, other).await;
    }
}

/// Asked for is what was kept, in order; a step's commits are refused one by one.
pub async fn erases_for_good(place: impl Place) {
    let store = place.open().await;
    let (ana, other, north) = (key("ana"), key("anan"), of_tenant("north", "ana"));
    for key in [&ana, &other, &north] {
        know(&*store, key, 1).await;
    }
    // Enough others met item 1 that it tells of nobody.
    for n in 0..FEW {
        let statistics = vec![(Subject::Item(1), one())];
        store.commit(Commit { statistics, ..commit(&format!("class mate {n}"), 1) }).wait().await.unwrap();
    }
    let queued = store.commit(Commit { after: 4, attention: ArrayVec::new(), ..commit("ana", 5) });
    if store.shared() {
        // Who comes first is the database's to say.
        queued.wait().await.unwrap();
    }
    let erasing = store.erase(erasure(&ana, true));
    let erased = erasing.await.unwrap();
    queued.wait().await.unwrap();
    // Items 101 to 104 were met by `anan` too, and by fewer than FEW; item 5 by nobody else.
    assert_eq!(erased, Erased { records: 1, decisions: 2, outcomes: 2, statistics: 5 });
    assert!(matches!(store.load(&ana).await, Err(Error::Erased)));
    is_gone(&*store, &ana).await;
    is_whole(&*store, &other).await;
    is_whole(&*store, &north).await;
    let left: Vec<_> = statistics(&*store).await.into_iter().map(|(subject, sums)| (subject, sums.attempts)).collect();
    assert_eq!(left, [(Subject::All, 9), (Subject::Item(1), 8 + FEW)]);
    assert_eq!(statistics_of(&*store, "north").await.len(), 6, "others' sums are others'");

    // Late events, among those of others: theirs alone are refused, and the store goes on.
    let late: Vec<_> = (0..6)
        .map(|n| {
            let (learner, version) = if n % 2 == 0 { ("ana", 6 + n) } else { ("anan", 5 + n / 2) };
            let lineage = if n % 2 == 0 { Lineage::default() } else { commit(learner, version).lineage };
            store.commit(Commit { lineage, attention: ArrayVec::new(), outcome: None, ..commit(learner, version) })
        })
        .collect();
    for (n, receipt) in late.into_iter().enumerate() {
        let outcome = receipt.wait().await;
        // Where several write, whoever made this of an old record learns why when they load it again.
        let refused =
            matches!(outcome, Err(Error::Erased)) || store.shared() && matches!(outcome, Err(Error::Conflict));
        let as_it_should = if n % 2 == 0 { refused } else { outcome.is_ok() };
        assert!(as_it_should, "{n}: {outcome:?}");
    }
    assert!(matches!(store.load(&ana).await, Err(Error::Erased)));
    is_gone(&*store, &ana).await;
    assert!(store.healthy());

    // Again, and of somebody nobody knows: nothing to erase, and from then on nothing is taken of them.
    let again = |key| Erasure { items: Vec::new(), ..erasure(key, true) };
    assert_eq!(store.erase(again(&ana)).await.unwrap(), Erased::default());
    assert_eq!(store.erase(again(&key("nobody"))).await.unwrap(), Erased::default());
    let nobody = Commit { lineage: Lineage::default(), ..commit("nobody", 1) };
    assert!(matches!(store.commit(nobody).wait().await, Err(Error::Erased)));
    drop(store);
}

pub async fn erases_until_heard_of_again(place: impl Place) {
    let store = place.open().await;
    let (ana, other) = (key("ana"), key("bob"));
    know(&*store, &ana, 1).await;
    know(&*store, &other, 1).await;
    let erased = store.erase(Erasure { items: Vec::new(), ..erasure(&ana, false) }).await.unwrap();
    assert_eq!(erased, Erased { records: 1, decisions: 2, outcomes: 2, statistics: 0 });
    assert_eq!(store.load(&ana).await.unwrap(), None);
    is_gone(&*store, &ana).await;
    is_whole(&*store, &other).await;
    // Whoever comes back begins anew, whatever their last version was.
    know(&*store, &ana, 1).await;
    is_whole(&*store, &ana).await;
    let both = [store.erase(erasure(&ana, false)), store.erase(erasure(&other, false))];
    for erasing in both {
        assert_eq!(erasing.await.unwrap().records, 1);
    }
    assert_eq!(store.load(&other).await.unwrap(), None);
}

pub async fn forgets_old_decisions(place: impl Place) {
    let store = place.open().await;
    let learners = ["ana", "bob"].map(key);
    for key in &learners {
        know(&*store, key, 1).await;
    }
    assert_eq!(store.forget_decisions(at(2)).await.unwrap(), 0, "what was said at that time was not said before it");
    assert_eq!(store.forget_decisions(Timestamp::from_millis(at(2).as_millis() + 1)).await.unwrap(), 2);
    for key in &learners {
        let past = store.decisions(key, 0, 10).await.unwrap();
        assert_eq!(past.iter().map(|past| past.number).collect::<Vec<_>>(), [4]);
        assert_eq!(store.outcome(key, 2).await.unwrap(), None);
        assert_eq!(store.outcome(key, 4).await.unwrap(), Some(1));
        assert_eq!(store.load(key).await.unwrap(), Some(record(4)));
    }
    assert_eq!(store.forget_decisions(at(9)).await.unwrap(), 2);
    assert_eq!(store.forget_decisions(at(9)).await.unwrap(), 0);
}

/// To the hour, so that it is noted once an hour and not with every event.
pub async fn tells_who_was_not_heard_of(place: impl Place) {
    let store = place.open().await;
    let heard = |learner: &str, version, hours| {
        store.commit(Commit {
            at: at(hours),
            after: version - 1,
            attention: ArrayVec::new(),
            ..commit(learner, version)
        })
    };
    for (learner, hours) in [("ana", 1), ("bob", 20), ("cem", 30)] {
        heard(learner, 1, hours).wait().await.unwrap();
    }
    let unheard = async |hours, limit| {
        let mut ids: Vec<_> =
            store.unheard(at(hours), limit).await.unwrap().into_iter().map(|key| key.learner().to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(unheard(1, 10).await, [""; 0]);
    assert_eq!(unheard(25, 10).await, ["ana", "bob"]);
    assert_eq!(unheard(50, 2).await.len(), 2);
    // One event is enough to be heard of; one with an old time changes nothing.
    heard("ana", 2, 60).wait().await.unwrap();
    heard("cem", 2, 2).wait().await.unwrap();
    assert_eq!(unheard(50, 10).await, ["bob", "cem"]);
    assert_eq!(unheard(25, 10).await, ["bob"]);
    // Whoever was heard of since is not the one who was meant.
    let since = |learner: &str, hours| Erasure { unheard_since: Some(at(hours)), ..erasure(&key(learner), false) };
    assert_eq!(store.erase(since("ana", 50)).await.unwrap().records, 0);
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(2)));
    store.erase(erasure(&key("bob"), false)).await.unwrap();
    assert_eq!(unheard(50, 10).await, ["cem"]);
    assert_eq!(unheard(100, 10).await, ["ana", "cem"]);
    // Several of one batch, whose clocks go back as well: the latest counts, for whoever is new and for whoever is known.
    for (learner, from, hours) in [("dan", 1, [5, 70, 3]), ("dan", 4, [75, 90, 2]), ("ana", 3, [61, 80, 62])] {
        let receipts: Vec<_> = (from..).zip(hours).map(|(version, hours)| heard(learner, version, hours)).collect();
        for receipt in receipts {
            receipt.wait().await.unwrap();
        }
    }
    assert_eq!(unheard(80, 10).await, ["cem"]);
    assert_eq!(unheard(90, 10).await, ["ana", "cem"]);
    assert_eq!(unheard(100, 10).await, ["ana", "cem", "dan"]);
}
