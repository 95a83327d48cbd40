//! What only files can suffer: a wrong directory, a killed process, a torn write, a full disk.

use std::{
    env, fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use hearten::store::Erasure;

use super::*;

fn why(path: &Path) -> String {
    Embedded::open(path).unwrap_err().to_string()
}

#[test]
fn other_things_are_left_alone() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("thesis.txt");
    fs::write(&file, "mine").unwrap();
    assert!(why(&file).contains("not a directory"), "{}", why(&file));
    assert!(why(place.path()).contains("thesis.txt"), "{}", why(place.path()));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing was added");
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn a_fresh_volume_and_a_deep_path_will_do() {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("lost+found")).unwrap();
    Embedded::open(place.path()).unwrap();
    let deep = place.path().join(".deep/er");
    Embedded::open(&deep).unwrap();
    // What it makes is nobody else's to read.
    assert_eq!(fs::metadata(deep).unwrap().permissions().mode() & 0o777, 0o700);
}

/// A program that is just being started holds every file of this process open for a moment, and with them a lock that is
/// left to closing.
#[test]
fn a_directory_is_free_as_soon_as_its_store_is_gone() {
    let place = tempfile::tempdir().unwrap();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                Command::new("true").status().unwrap();
            }
        });
        let opened: Vec<_> = (0..50).map(|_| Embedded::open(place.path()).map(drop)).collect();
        over.store(true, Ordering::SeqCst);
        assert!(opened.iter().all(Result::is_ok), "{opened:?}");
    });
}

#[tokio::test]
async fn no_copy_is_put_among_the_files_of_its_store() {
    let place = tempfile::tempdir().unwrap();
    let store = Embedded::open(place.path()).unwrap();
    for within in ["copy", "data/copy", "data/../deep/er"] {
        let refused = store.copy(&place.path().join(within), |_| true).unwrap_err().to_string();
        assert!(refused.contains("within the store"), "{refused}");
    }
    assert!(!place.path().join("copy.part").exists());
}

/// Whoever is there is told, and the rest is there: nobody has to ask again.
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_block_is_told_as_damage() {
    let place = Directory::find().await.unwrap();
    let store = Embedded::open(place.path()).unwrap();
    let commits: Vec<_> = (0..2_000).map(|n| store.commit(commit(&format!("learner {n}"), 1))).collect();
    for commit in commits {
        commit.wait().await.unwrap();
    }
    // A copy has everything in tables, and nothing in a journal; the engine keeps a list of them in the first.
    let copy = place.path().with_extension("copy");
    store.copy(&copy, |_| true).unwrap();
    store.close().await.unwrap();
    let tables = fs::read_dir(copy.join("data/keyspaces")).unwrap().map(|table| table.unwrap().path().join("tables"));
    let tables = tables.filter(|table| !table.ends_with("0/tables"));
    let files = tables.filter_map(|tables| fs::read_dir(tables).ok()).flatten().map(|file| file.unwrap().path());
    let largest = files.max_by_key(|file| file.metadata().unwrap().len()).unwrap();
    let mut bytes = fs::read(&largest).unwrap();
    bytes[3_000] ^= 0xFF;
    fs::write(&largest, bytes).unwrap();

    let store = Embedded::open(&copy).unwrap();
    let mut damaged = 0;
    for n in 0..2_000 {
        match store.load(&key(&format!("learner {n}"))).await {
            Ok(there) => assert_eq!(there, Some(record(1))),
            Err(Error::Damaged(why)) => {
                assert!(why.contains("checksum"), "{why}");
                damaged += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert!((1..2_000).contains(&damaged), "{damaged}");
    drop(store);
    fs::remove_dir_all(copy).unwrap();
}

/// A crash while the store was being made leaves `new`; and the lock file outlives every process.
#[test]
fn a_store_half_made_is_made_again() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("lock"), "").unwrap();
    fs::create_dir(place.path().join("new")).unwrap();
    fs::write(place.path().join("new/0.jnl"), "half").unwrap();
    Embedded::open(place.path()).unwrap();
    assert!(!place.path().join("new").exists());
}

#[tokio::test]
async fn a_newer_format_is_refused() {
    let place = Directory::find().await.unwrap();
    place.open().await;
    {
        let data = fjall::Database::builder(place.path().join("data")).open().unwrap();
        let meta = data.keyspace("meta", fjall::KeyspaceCreateOptions::default).unwrap();
        meta.insert("format", 4_u32.to_be_bytes()).unwrap();
    }
    assert!(why(place.path()).contains("format 4"), "{}", why(place.path()));
}

/// Wherever the journal breaks off, the store opens with all commits up to some point and nothing of any after it.
#[tokio::test]
async fn a_torn_journal_yields_a_prefix() {
    const COMMITS: u64 = 40;
    let place = Directory::find().await.unwrap();
    drop(place.open().await);
    let journal = |place: &Directory| place.path().join("data/0.jnl");
    let born = written(&journal(&place));
    let store = place.open().await;
    for n in 1..=COMMITS {
        store.commit(commit(&format!("learner {n}"), 2 * n)).wait().await.unwrap();
    }
    store.close().await.unwrap();
    drop(store);

    let whole = written(&journal(&place));
    let mut last = 0;
    // A step prime to everything in the layout lands everywhere in it.
    for cut in (born..whole).step_by(37).chain([whole]) {
        let torn = Directory::find().await.unwrap();
        copy(place.path(), torn.path());
        fs::File::options().write(true).open(journal(&torn)).unwrap().set_len(cut).unwrap();

        let store = torn.open().await;
        let sums = statistics(&*store).await;
        let survivors = sums.first().map_or(0, |(_, all)| all.attempts);
        assert!(survivors >= last, "a longer journal holds no less");
        last = survivors;
        for n in 1..=COMMITS {
            let learner = key(&format!("learner {n}"));
            assert_eq!(store.load(&learner).await.unwrap().is_some(), n <= survivors, "cut at {cut}");
            assert_eq!(store.decision(&learner, 2 * n).await.unwrap().is_some(), n <= survivors, "cut at {cut}");
        }
        store.commit(commit("after the crash", 1)).wait().await.unwrap();
    }
    assert_eq!(last, COMMITS);
}

/// The engine makes its journals 64 MiB long in advance, so the length says nothing.
fn written(journal: &Path) -> u64 {
    fs::read(journal).unwrap().iter().rposition(|byte| *byte != 0).map_or(0, |last| last as u64 + 1)
}

pub(super) fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let place = Directory::find().await.unwrap();
    for _ in 0..3 {
        let mut writer = writer(place.path(), "exec \"$0\" \"$@\"");
        let acknowledged = acknowledged(&mut writer).nth(200).unwrap();
        writer.kill().unwrap();
        writer.wait().unwrap();
        let store = place.open().await;
        let record = store.load(&key("ana")).await.unwrap().unwrap();
        assert!(record.version >= acknowledged);
        assert_eq!(statistics(&*store).await.first(), Some(&(Subject::All, times(record.version))));
    }
}

/// A limit on the size of files is the failing disk that needs no root. Going over it also raises SIGXFSZ, which would
/// end the process: the shell ignores it, and what it ignores stays ignored in what it runs.
#[tokio::test]
async fn a_failed_write_poisons() {
    let place = Directory::find().await.unwrap();
    place.open().await;
    let mut writer = writer(place.path(), "trap '' XFSZ; ulimit -f 512; exec \"$0\" \"$@\"");
    let acknowledged = acknowledged(&mut writer).last().unwrap();
    assert!(writer.wait().unwrap().success(), "the writer checked what it saw");

    let store = place.open().await;
    let record = store.load(&key("ana")).await.unwrap().unwrap();
    assert!(record.version >= acknowledged);
    assert_eq!(statistics(&*store).await.first(), Some(&(Subject::All, times(record.version))));
    store.commit(commit("ana", record.version + 1)).wait().await.unwrap();
}

/// Flushing happens behind the committer's back: when it fails, the next commit has to fail too, and nothing may hang.
#[tokio::test]
async fn a_failed_flush_poisons() {
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    for table in fs::read_dir(place.path().join("data/keyspaces")).unwrap() {
        fs::remove_dir_all(table.unwrap().path().join("tables")).unwrap();
    }
    let much = |version| Commit { record: Record { version, bytes: vec![7; 100_000] }, ..commit("ana", version) };
    let mut version = 0;
    let error = loop {
        version += 1;
        // 32 MiB are gathered before the first flush.
        assert!(version < 10_000, "a flush that cannot succeed went unnoticed");
        let outcome = tokio::time::timeout(Duration::from_secs(10), store.commit(much(version)).wait()).await;
        if let Err(error) = outcome.expect("a receipt that never settles") {
            break error;
        }
    };
    assert!(matches!(&error, Error::Poisoned(why) if why.contains("in the background")), "{error}");
    assert_eq!(store.load(&key("ana")).await.unwrap().unwrap().version, version - 1);
    assert!(!store.healthy());
}

const DIRECTORY: &str = "HEARTEN_TEST_DIRECTORY";

/// Starts [`write_until_it_fails`] in a process of its own.
fn writer(directory: &Path, script: &str) -> Child {
    Command::new("sh")
        .args(["-c", script])
        .arg(env::current_exe().unwrap())
        .args(["--ignored", "--exact", "embedded::write_until_it_fails", "--nocapture"])
        .env(DIRECTORY, directory)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The versions that a writer says are durable.
fn acknowledged(writer: &mut Child) -> impl Iterator<Item = u64> {
    BufReader::new(writer.stdout.take().unwrap()).lines().filter_map(|line| line.unwrap().parse().ok())
}

#[tokio::test]
#[ignore = "run by other tests in a process of its own"]
async fn write_until_it_fails() {
    let Some(directory) = env::var_os(DIRECTORY).map(PathBuf::from) else { return };
    let store = Embedded::open(directory).unwrap();
    let first = store.load(&key("ana")).await.unwrap().map_or(1, |record| record.version + 1);
    let mut receipts = Vec::new();
    for version in first.. {
        let receipt = store.commit(commit("ana", version));
        receipts.push(receipt.clone());
        match receipt.wait().await {
            Ok(()) => writeln!(std::io::stdout(), "{version}").unwrap(),
            Err(error) => {
                assert!(matches!(&error, Error::Poisoned(why) if why.contains("too large")), "{error}");
                break;
            }
        }
    }
    let failed = receipts.pop().unwrap();
    assert!(receipts.iter().all(kept), "what was durable stays so");
    assert!(!kept(&failed) && !store.healthy());
    let later = store.commit(commit("bob", 1)).wait().await;
    assert!(matches!(later, Err(Error::Poisoned(_))));
    let newest = store.load(&key("ana")).await.unwrap().unwrap().version;
    assert_eq!(newest, first + receipts.len() as u64 - 1, "reads go on, and see the committed");
    assert!(matches!(store.close().await, Err(Error::Poisoned(_))));
}

/// Whatever of it stands in the sums' own rows, and whatever in those of batches.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sums_are_whole_after_any_number_of_batches() {
    let place = Directory::find().await.unwrap();
    let mut version = 0;
    for batches in [1, 2, 63, 64, 65, 130, 1] {
        let store = place.open().await;
        for _ in 0..batches {
            version += 1;
            store.commit(commit("ana", version)).wait().await.unwrap();
        }
        let met = |item| (1..=version).filter(|version| version % 10 == item).count() as u64;
        let items = (0..10).filter(|item| met(*item) > 0).map(|item| (Subject::Item(item), times(met(item))));
        let all: Vec<_> = [(Subject::All, times(version))].into_iter().chain(items).collect();
        assert_eq!(statistics(&*store).await, all, "while it is open");
        drop(store);
        let store = place.open().await;
        assert_eq!(statistics(&*store).await, all, "when it is opened again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn erased_sums_do_not_come_back_from_what_batches_added() {
    let place = Directory::find().await.unwrap();
    let store = place.open().await;
    for version in 1..=3 {
        store.commit(commit("ana", version)).wait().await.unwrap();
    }
    let items = vec![Subject::Item(2)];
    let erasure = Erasure { key: key("ben"), class: None, items, for_good: true, unheard_since: None };
    assert_eq!(store.erase(erasure).await.unwrap().statistics, 1);
    let left = [(Subject::All, times(3)), (Subject::Item(1), times(1)), (Subject::Item(3), times(1))];
    assert_eq!(statistics(&*store).await, left);
    drop(store);
    assert_eq!(statistics(&*place.open().await).await, left);
}
