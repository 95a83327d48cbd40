//! What the store in PostgreSQL promises besides: one history for every learner, whoever writes it, and clear words while the
//! database is away.

use std::{os::unix::fs::PermissionsExt as _, time::Duration};

use hearten::store::Migrated;

use super::{
    support::{now, postgres::Cluster},
    *,
};

/// What is built on one loading of a learner.
fn of(lineage: &Lineage, learner: &str, after: u64) -> Commit {
    Commit { after, lineage: lineage.clone(), ..commit(learner, after + 1) }
}

async fn two() -> Option<(Arc<dyn Store>, Arc<dyn Store>)> {
    let database = Database::<false>::find().await?;
    Some((database.open().await, database.open().await))
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_build_on_the_same_record_one_is_refused() {
    let Some((one, other)) = two().await else { return };
    let (here, there) = (Lineage::default(), Lineage::default());
    one.commit(of(&here, "ana", 0)).wait().await.unwrap();
    one.commit(of(&here, "ana", 1)).wait().await.unwrap();
    // The other knows of the first event only.
    let late =
        [other.commit(of(&there, "ana", 1)), other.commit(of(&there, "ana", 2)), other.commit(of(&there, "ana", 3))];
    for receipt in late {
        assert!(matches!(receipt.wait().await, Err(Error::Conflict)));
    }
    assert!(there.broken() && !here.broken());
    assert_eq!(other.load(&key("ana")).await.unwrap(), Some(record(2)));
    assert_eq!(statistics(&*other).await.first(), Some(&(Subject::All, times(2))), "what was refused adds nothing");
    let again = Lineage::default();
    other.commit(of(&again, "ana", 2)).wait().await.unwrap();
    assert!(matches!(one.commit(of(&here, "ana", 2)).wait().await, Err(Error::Conflict)));
    assert!(one.healthy() && other.healthy());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_learner_is_new_once() {
    let Some((one, other)) = two().await else { return };
    for n in 0..50 {
        let learner = format!("l{n}");
        let (here, there) = (of(&Lineage::default(), &learner, 0), of(&Lineage::default(), &learner, 0));
        let (here, there) = (one.commit(here), other.commit(there));
        let (here, there) = (here.wait().await, there.wait().await);
        let conflicts = [&here, &there].into_iter().filter(|outcome| matches!(outcome, Err(Error::Conflict))).count();
        assert!(here.is_ok() || there.is_ok());
        assert_eq!(conflicts, 1);
    }
    assert_eq!(statistics(&*one).await.first(), Some(&(Subject::All, times(50))));
}

/// Whoever is refused takes nobody of the same batch along.
#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_concerns_nobody_else() {
    let Some((one, other)) = two().await else { return };
    one.commit(of(&Lineage::default(), "l7", 0)).wait().await.unwrap();
    let receipts: Vec<_> =
        (0..500).map(|n| other.commit(of(&Lineage::default(), &format!("l{}", n % 250), n / 250))).collect();
    let mut refused = Vec::new();
    for (n, receipt) in receipts.iter().enumerate() {
        if let Err(error) = receipt.wait().await {
            assert!(matches!(error, Error::Conflict), "{error}");
            refused.push(n);
        }
    }
    // The second of each learner has a lineage of its own, and so may find the first not yet written.
    assert!(refused.contains(&7), "{refused:?}");
    assert!(refused.iter().all(|n| *n == 7 || *n >= 250), "{refused:?}");
}

/// Several servers write to the same learners as fast as they can; each change is made on what is there, and none is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everybody_gets_their_turn() {
    const LEARNERS: u64 = 20;
    const EACH: u64 = 60;
    let Some(database) = Database::<false>::find().await else { return };
    let mut writers = Vec::new();
    for _ in 0..3 {
        let store = database.open().await;
        writers.push(tokio::spawn(async move {
            let mut conflicts = 0;
            for n in 0..EACH * LEARNERS {
                let learner = format!("l{}", n % LEARNERS);
                loop {
                    let after = store.load(&key(&learner)).await.unwrap().map_or(0, |record| record.version);
                    match store.commit(of(&Lineage::default(), &learner, after)).wait().await {
                        Ok(()) => break,
                        Err(Error::Conflict) => conflicts += 1,
                        Err(error) => panic!("{error}"),
                    }
                }
            }
            conflicts
        }));
    }
    let mut conflicts = 0;
    for writer in writers {
        conflicts += writer.await.unwrap();
    }
    let store = database.open().await;
    for n in 0..LEARNERS {
        assert_eq!(store.load(&key(&format!("l{n}"))).await.unwrap(), Some(record(3 * EACH)));
    }
    let sums = statistics(&*store).await;
    assert_eq!(sums.first(), Some(&(Subject::All, times(3 * EACH * LEARNERS))));
    println!("{} changes by three writers of {LEARNERS} learners met {conflicts} conflicts", 3 * EACH * LEARNERS);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_count_is_heard_of() {
    let Some((one, other)) = two().await else { return };
    assert_eq!(statistics(&*other).await, []);
    one.commit(of(&Lineage::default(), "ana", 0)).wait().await.unwrap();
    other.commit(of(&Lineage::default(), "bob", 0)).wait().await.unwrap();
    let mut changed = other.changed_statistics().await.unwrap();
    changed.sort_by_key(|(_, subject, _)| *subject);
    assert_eq!(changed.first(), Some(&("default".into(), Subject::All, times(2))));
}

/// A database that is away is said to be so at once, and taken up again when it is back, without a word from anybody.
#[tokio::test(flavor = "multi_thread")]
async fn away_and_back() {
    let Some(mut cluster) = tokio::task::block_in_place(|| Cluster::start(&[])) else { return };
    let url = cluster.database("hearten").await;
    Postgres::migrate(&url, None, Layout::default()).await.unwrap();
    let store = Postgres::open(&url, None).await.unwrap();
    store.commit(commit("ana", 1)).wait().await.unwrap();
    tokio::task::block_in_place(|| cluster.kill());
    let start = now();
    let error = store.commit(commit("ana", 2)).wait().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error}");
    assert!(!store.healthy());
    assert!(matches!(store.load(&key("ana")).await, Err(Error::Unreachable(_))));
    assert!(matches!(store.commit(commit("bob", 1)).wait().await, Err(Error::Unreachable(_))));
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
    let _cluster = tokio::task::block_in_place(|| cluster.restart(&[]));
    let start = now();
    while !store.healthy() {
        assert!(start.elapsed() < Duration::from_secs(10));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(1)));
    store.commit(commit("ana", 2)).wait().await.unwrap();
}

/// Operators and poolers end connections of a database that is there.
#[tokio::test]
async fn connections_that_were_cut_are_made_anew() {
    let Some(cluster) = postgres::shared() else { return };
    let url = cluster.database("cut").await;
    Postgres::migrate(&url, None, Layout::default()).await.unwrap();
    let store = Postgres::open(&url, None).await.unwrap();
    store.commit(commit("ana", 1)).wait().await.unwrap();
    // This thread waits meanwhile, so that nobody hears of it before they ask.
    let cut = || std::thread::scope(|scope| scope.spawn(|| cut_connections(cluster, "cut")).join().unwrap());
    for version in 2..=4 {
        cut();
        assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(version - 1)));
        cut();
        store.commit(commit("ana", version)).wait().await.unwrap();
        cut();
        assert_eq!(statistics(&store).await.first(), Some(&(Subject::All, times(version))));
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        assert!(store.healthy());
    }
}

/// Whoever waits for a lock is ended: nothing was committed over that connection, so all of it is written over another, once.
#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_cut_before_its_commit_is_written_all_the_same() {
    let Some(cluster) = tokio::task::block_in_place(postgres::shared) else { return };
    let url = cluster.database("cut_early").await;
    Postgres::migrate(&url, None, Layout::default()).await.unwrap();
    let store = Postgres::open(&url, None).await.unwrap();
    store.commit(commit("ana", 1)).wait().await.unwrap();
    let looking = cluster.client("cut_early").await;
    for version in 2..=4 {
        let holder = cluster.client("cut_early").await;
        holder.batch_execute("begin; select * from hearten_learners for update").await.unwrap();
        let receipt = store.commit(commit("ana", version));
        let waiters = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
             where wait_event_type = 'Lock' and application_name = 'hearten' and datname = current_database()";
        let start = now();
        while looking.query_one(waiters, &[]).await.unwrap().get::<_, i64>(0) == 0 {
            assert!(start.elapsed() < Duration::from_secs(20), "it does not wait");
        }
        holder.batch_execute("commit").await.unwrap();
        receipt.wait().await.unwrap();
        assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(version)));
        assert_eq!(statistics(&store).await.first(), Some(&(Subject::All, times(version))));
        assert!(store.healthy());
    }
}

/// Nobody knows what became of a commit that was cut, and only whoever waits for it is told so.
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_is_cut_concerns_nobody_else() {
    let settings = ["synchronous_standby_names=nobody", "synchronous_commit=local"];
    let Some(cluster) = tokio::task::block_in_place(|| Cluster::start(&settings)) else { return };
    let url = cluster.database("hearten").await;
    Postgres::migrate(&url, None, Layout::default()).await.unwrap();
    // Commits wait for a standby that there is not.
    let waits = format!("{url}{}options=-csynchronous_commit%3Don", if url.contains('?') { '&' } else { '?' });
    let store = Postgres::open(&waits, None).await.unwrap();
    let receipt = store.commit(commit("ana", 1));
    let looking = cluster.client("hearten").await;
    let waiters = "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'";
    let start = now();
    while looking.query_one(waiters, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        assert!(start.elapsed() < Duration::from_secs(20), "it does not wait");
    }
    let error = receipt.wait().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)) && error.to_string().contains("not known"), "{error}");
    assert!(store.healthy());
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(1)), "it was kept, as it happens");
}

#[tokio::main(flavor = "current_thread")]
async fn cut_connections(cluster: &Cluster, database: &str) {
    let cut = "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity \
         where application_name = 'hearten' and datname = current_database()";
    let cut: i64 = cluster.client(database).await.query_one(cut, &[]).await.unwrap().get(0);
    assert!(cut > 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_can_be_read_by_people() {
    let Some(cluster) = tokio::task::block_in_place(postgres::shared) else { return };
    let url = cluster.database("readable").await;
    Postgres::migrate(&url, None, Layout::default()).await.unwrap();
    let store = Postgres::open(&url, None).await.unwrap();
    for version in 1..=4 {
        let outcome = (version == 4).then_some((2, 3));
        store.commit(Commit { outcome, ..commit("ana", version) }).wait().await.unwrap();
    }
    let client = cluster.client("readable").await;
    let rows = client
        .query(
            "select d.learner, d.number, d.reason, d.message_id, d.policy_version, o.outcome, d.decided_at::text \
             from hearten_decisions d left join hearten_outcomes o using (tenant, learner, number) order by d.number",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(rows.len(), 2);
    let text = |place: usize, column: usize| -> String { rows[place].get(column) };
    assert_eq!([text(0, 0), text(0, 2), text(0, 3), text(0, 4)], ["ana", "error-run", "error-run-1", "default"]);
    assert_eq!([rows[0].get::<_, i64>(1), rows[1].get(1)], [2, 4]);
    assert_eq!([rows[0].get::<_, Option<i16>>(5), rows[1].get(5)], [Some(3), None]);
    assert!(text(0, 6).starts_with("2026-09-21"), "{}", text(0, 6));
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_are_made_once_and_looked_at_before_serving() {
    let Some(cluster) = tokio::task::block_in_place(postgres::shared) else { return };
    let url = cluster.database("migrated").await;
    let why = async || Postgres::open(&url, None).await.unwrap_err().to_string();
    assert!(why().await.contains("hearten migrate"), "{}", why().await);
    let all = std::array::from_fn::<_, 4, _>(|_| {
        let url = url.clone();
        tokio::spawn(async move { Postgres::migrate(&url, None, Layout::default()).await })
    });
    let mut made = 0;
    for each in all {
        let Migrated { version, made: mine } = each.await.unwrap().unwrap();
        assert_eq!(version, 1);
        made += mine;
    }
    assert_eq!(made, 1);
    Postgres::open(&url, None).await.unwrap();
    cluster.execute("migrated", "insert into hearten_migrations (version) values (999)").await;
    assert!(why().await.contains("newer release"), "{}", why().await);
}

/// As the documents advise it: no password is needed there.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_is_reached_by_its_socket() {
    let place = tempfile::tempdir().unwrap();
    // The database runs as somebody else.
    std::fs::set_permissions(place.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
    let directory = place.path().display().to_string();
    let settings = format!("unix_socket_directories={directory}");
    let Some(cluster) = tokio::task::block_in_place(|| Cluster::start(&[&settings])) else { return };
    let url = cluster.database("hearten").await;
    let port = url.rsplit_once(':').unwrap().1.split_once('/').unwrap().0;
    let url = format!("postgres:///hearten?host={directory}&port={port}&user=hearten");
    Postgres::migrate(&url, None, Layout::default()).await.unwrap();
    let store = Postgres::open(&url, None).await.unwrap();
    store.commit(commit("ana", 1)).wait().await.unwrap();
    assert_eq!(store.load(&key("ana")).await.unwrap(), Some(record(1)));
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_told_without_its_password() {
    let wrong = [
        ("postgres://ana:s3cret@127.0.0.1:1/none", "postgres://127.0.0.1:1/none could not be opened"),
        ("postgres://ana:s3cret@127.0.0.1:nowhere/none", "the address of the database cannot be read"),
    ];
    for (url, told) in wrong {
        let error = Postgres::open(url, None).await.unwrap_err().to_string();
        assert!(!error.contains("s3cret"), "{error}");
        assert!(error.contains(told), "{error}");
    }
}

/// Whoever runs another database looks there whether it takes them.
#[test]
fn every_statement_is_told() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let told = std::fs::read_to_string(root.join("docs/POSTGRES.md")).unwrap();
    let statements = std::fs::read_to_string(root.join("src/store/postgres/statements.rs")).unwrap();
    let mut names = statements.lines().filter_map(|line| line.strip_prefix("pub(super) const ")?.split(':').next());
    assert!(names.clone().count() > 20);
    let untold: Vec<&str> = names.by_ref().filter(|name| !told.contains(&format!("`{name}`"))).collect();
    assert!(untold.is_empty(), "docs/POSTGRES.md says nothing of {untold:?}");
}
