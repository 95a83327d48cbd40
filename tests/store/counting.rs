//! What is counted in PostgreSQL is written to a log first, and added up from there: each count once, whoever dies when.

use std::time::Duration;

use hearten::store::{Erased, Erasure};
use tokio_postgres::Client;

use super::{
    support::{now, postgres::Cluster},
    *,
};

/// A database, and somebody who looks at its tables.
struct Looked {
    cluster: &'static Cluster,
    name: String,
    url: String,
    client: Client,
}

impl Looked {
    async fn at(name: &str) -> Option<Self> {
        let cluster = tokio::task::block_in_place(postgres::shared)?;
        let url = cluster.database(name).await;
        Postgres::migrate(&url, None, Layout::default()).await.unwrap();
        let client = cluster.client(name).await;
        Some(Self { cluster, name: name.to_owned(), url, client })
    }

    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(Postgres::open(&self.url, None).await.unwrap())
    }

    async fn number(&self, statement: &str) -> i64 {
        self.client.query_one(statement, &[]).await.unwrap().get(0)
    }

    async fn logged(&self) -> i64 {
        self.number("select count(*) from hearten_statistics_log").await
    }

    async fn added(&self) -> i64 {
        self.number("select coalesce(sum(attempts), 0)::bigint from hearten_statistics where kind = 0").await
    }

    /// Somebody holds these rows until the client commits.
    async fn hold(&self, rows: &str) -> Client {
        let client = self.cluster.client(&self.name).await;
        client.batch_execute(&format!("begin; select * from {rows} for update")).await.unwrap();
        client
    }

    async fn hold_folding(&self) -> Client {
        self.hold("hearten_meta where name = 'folding'").await
    }

    async fn until(&self, statement: &str) {
        let start = now();
        while self.number(&format!("select ({statement})::int::bigint")).await == 0 {
            assert!(start.elapsed() < Duration::from_secs(20), "never: {statement}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn until_all_is_added(&self) {
        self.until("select count(*) = 0 from hearten_statistics_log").await;
    }
}

async fn release(holder: Client) {
    holder.batch_execute("commit").await.unwrap();
}

fn erasure(learner: &str, for_good: bool) -> Erasure {
    let items = (0..20).map(Subject::Item).collect();
    Erasure { key: key(learner), class: None, items, for_good, unheard_since: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_counted_before_it_died_is_not_lost() {
    let Some(database) = Looked::at("died").await else { return };
    let holder = database.hold_folding().await;
    let store = database.open().await;
    for version in 1..=25 {
        store.commit(commit("ana", version)).wait().await.unwrap();
    }
    drop(store);
    assert_eq!((database.logged().await, database.added().await), (25, 0), "nobody has added it up");
    let other = database.open().await;
    let before = statistics(&*other).await;
    assert_eq!(before.first(), Some(&(Subject::All, times(25))));
    assert_eq!(before.len(), 11);
    release(holder).await;
    database.until_all_is_added().await;
    assert_eq!(database.added().await, 25);
    assert_eq!(statistics(&*other).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_counts_nothing_is_not_logged() {
    let Some(database) = Looked::at("nothing").await else { return };
    let _holder = database.hold_folding().await;
    let store = database.open().await;
    store.commit(Commit { statistics: Vec::new(), ..commit("ana", 1) }).wait().await.unwrap();
    assert_eq!(database.logged().await, 0);
}

/// Whoever dies with rows in hand has not added them, and gives them back.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_while_it_adds_up_counts_nothing_twice() {
    let Some(database) = Looked::at("interrupted").await else { return };
    let store = database.open().await;
    store.commit(commit("ana", 1)).wait().await.unwrap();
    database.until_all_is_added().await;
    for round in 1..=3 {
        let holder = database.hold("hearten_statistics").await;
        store.commit(commit("ana", round + 1)).wait().await.unwrap();
        let waiting = "from pg_stat_activity where wait_event_type = 'Lock' and application_name = 'hearten' \
             and datname = current_database()";
        database.until(&format!("select count(*) > 0 {waiting}")).await;
        assert_eq!(database.logged().await, 1, "it is not gone before it is added");
        database.number(&format!("select count(pg_terminate_backend(pid)) {waiting}")).await;
        assert_eq!(statistics(&*store).await.first(), Some(&(Subject::All, times(round + 1))));
        release(holder).await;
        database.until_all_is_added().await;
        assert_eq!(database.added().await, round as i64 + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_who_add_up_at_once_count_once() {
    let Some(database) = Looked::at("several").await else { return };
    let mut servers = Vec::new();
    for server in 0..3 {
        let store = database.open().await;
        servers.push(tokio::spawn(async move {
            for version in 1..=200 {
                let each: Vec<_> = (0..4).map(|n| store.commit(commit(&format!("l{server} {n}"), version))).collect();
                for receipt in each {
                    receipt.wait().await.unwrap();
                }
                if version % 10 == server {
                    store.changed_statistics().await.unwrap();
                }
            }
            store.close().await.unwrap();
        }));
    }
    for server in servers {
        server.await.unwrap();
    }
    assert_eq!((database.logged().await, database.added().await), (0, 3 * 200 * 4), "who closes adds up what is left");
    let sums = statistics(&*database.open().await).await;
    assert_eq!(sums.first(), Some(&(Subject::All, times(3 * 200 * 4))));
    assert!(sums[1..].iter().all(|(_, sums)| *sums == times(3 * 20 * 4)), "{sums:?}");
}

/// Those who have to see everything wait for whoever is adding up.
#[tokio::test(flavor = "multi_thread")]
async fn changes_are_those_of_the_log_too() {
    let Some(database) = Looked::at("changes").await else { return };
    let (one, other) = (database.open().await, database.open().await);
    let holder = database.hold_folding().await;
    one.commit(commit("ana", 1)).wait().await.unwrap();
    let changes = tokio::spawn(async move { other.changed_statistics().await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!changes.is_finished());
    release(holder).await;
    let changed = changes.await.unwrap().unwrap();
    assert!(changed.contains(&("default".into(), Subject::All, times(1))), "{changed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn erasing_takes_what_is_still_in_the_log() {
    let Some(database) = Looked::at("erased_early").await else { return };
    let store = database.open().await;
    for (learner, for_good) in [("ana", true), ("bob", false)] {
        let holder = database.hold_folding().await;
        for version in 1..=3 {
            store.commit(commit(learner, version)).wait().await.unwrap();
        }
        assert_eq!(database.logged().await, 3);
        let erasing = Arc::clone(&store);
        let erasing = tokio::spawn(async move { erasing.erase(erasure(learner, for_good)).await });
        tokio::time::sleep(Duration::from_millis(100)).await;
        release(holder).await;
        assert_eq!(erasing.await.unwrap().unwrap(), Erased { records: 1, decisions: 1, outcomes: 0, statistics: 3 });
        assert_eq!(database.logged().await, 0);
        let left: Vec<_> = statistics(&*store).await.into_iter().map(|(subject, _)| subject).collect();
        assert_eq!(left, [Subject::All], "nothing is left that tells of {learner}");
    }
}

/// A log that nobody can empty does not grow for ever, and what is counted meanwhile is counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_not_emptied_grows_no_more() {
    const UNREADABLE: i64 = 10_001;
    let Some(database) = Looked::at("crowded").await else { return };
    let store = database.open().await;
    let rows =
        format!("insert into hearten_statistics_log select n, now(), '\\xff' from generate_series(1, {UNREADABLE}) n");
    database.client.batch_execute(&rows).await.unwrap();
    let (start, mut version) = (now(), 0);
    while database.added().await < version as i64 || database.logged().await > UNREADABLE || version < 20 {
        assert!(start.elapsed() < Duration::from_secs(20));
        version += 1;
        store.commit(commit("ana", version)).wait().await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    store.commit(commit("ana", version + 1)).wait().await.unwrap();
    assert_eq!((database.logged().await, database.added().await), (UNREADABLE, version as i64 + 1));
    assert_eq!(statistics(&*store).await.first(), Some(&(Subject::All, times(version + 1))));
    store.close().await.unwrap();
    assert_eq!(database.logged().await, UNREADABLE, "what cannot be read is left for who can");
}
