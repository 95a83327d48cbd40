//! A million learners on one machine: what one in memory takes, what the store takes, how soon a server is back, and how fast it
//! answers while it reads those who come back from the disk.
//!
//! A few thousand in the usual run, which only shows that it works. Measured as in `ARCHITECTURE.md`:
//!
//! ```sh
//! HEARTEN_SCALE=1000000 cargo test --release --test scale -- --nocapture
//! ```
//!
//! `HEARTEN_SCALE_DIR` names a data directory to keep and to use again.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

mod support;

#[path = "scale/calls.rs"]
mod calls;
#[path = "scale/crowd.rs"]
mod crowd;

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use calls::{Pick, call_each, calls};
use crowd::Random;
use hearten::{
    clock,
    learner::Learner,
    store::{Embedded, Moving as _},
};
use support::{Client, Server, hearten, now, pace::Latencies};

/// From here on figures are held against what was promised.
const MANY: usize = 1_000_000;

fn learners() -> usize {
    env::var("HEARTEN_SCALE").map_or(2_000, |text| text.parse().expect("HEARTEN_SCALE is a count"))
}

fn size(directory: &Path) -> u64 {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().unwrap().len() }).sum()
}

/// What it costs to read a record, and to write it.
async fn reading(directory: &Path) {
    let store = Embedded::open_existing(directory).unwrap();
    let records: Vec<Vec<u8>> =
        store.learners(None, 1_000).await.unwrap().into_iter().map(|whole| whole.record.bytes).collect();
    let bytes: usize = records.iter().map(Vec::len).sum();
    let began = now();
    for _ in 0..20 {
        records.iter().for_each(|record| assert!(Learner::decode(record).is_ok()));
    }
    let each = began.elapsed().as_secs_f64() * 1e6 / (20 * records.len()) as f64;
    eprintln!("records: {} bytes in the mean, read in {each:.1} µs", bytes / records.len());
}

/// The system forgets what it kept of these files in memory.
fn forget(directory: &Path) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            forget(&path);
        } else if path.is_file() {
            let file = format!("if={}", path.display());
            let _ = std::process::Command::new("dd").args([&file, "iflag=nocache", "count=0", "status=none"]).status();
        }
    }
}

/// How long until a server that starts answers its first call.
async fn restart(directory: &Path) -> (Server, Client, Duration) {
    let began = now();
    let server = Server::start_in(directory, &["--idle-after", "2h", "--max-calls", "8192", "--tenant-calls", "8192"]);
    let client = Client::to(&server).await;
    client.learner(&crowd::name(0)).await.unwrap();
    (server, client, began.elapsed())
}

/// Until whoever is not heard of any more is kept as bytes.
async fn quiet(many: bool) {
    tokio::time::sleep(Duration::from_secs(if many { 40 } else { 0 })).await;
}

/// How long the machine's processors were busy with it so far.
fn busy(server: &Server) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", server.pid())).unwrap();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
    let ticks: u64 = [11, 12].iter().map(|place| fields[*place].parse::<u64>().unwrap()).sum();
    Duration::from_millis(ticks * 10)
}

fn stop(mut server: Server) {
    server.terminate();
    assert!(server.wait(Duration::from_secs(60)).expect("it stops").success());
}

fn p99(latencies: &Latencies) -> Duration {
    assert!(latencies.failed.is_empty(), "{:?}", latencies.failed.first());
    latencies.percentile(99)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_million_learners_fit_on_one_machine() {
    let learners = learners();
    let many = learners >= MANY;
    let own = tempfile::tempdir().unwrap();
    let directory = env::var_os("HEARTEN_SCALE_DIR").map_or_else(|| own.path().join("store"), PathBuf::from);
    if !directory.exists() {
        let began = now();
        crowd::fill(&directory, learners).await;
        eprintln!("{learners} learners made in {:.0} s", began.elapsed().as_secs_f64());
    }
    // An id that was sent in an earlier run on the same store would be a repetition, and write nothing.
    let run = clock::now().as_millis();
    reading(&directory).await;
    let bytes = size(&directory);
    eprintln!("store: {:.2} GB, {} bytes a learner", bytes as f64 / 1e9, bytes / learners as u64);

    let (mut starts, mut worked) = (Vec::new(), Vec::new());
    for round in 0..3 {
        forget(&directory);
        let (mut server, client, took) = restart(&directory).await;
        starts.push(took);
        worked.push(busy(&server));
        // The next start finds what this one had not flushed.
        let recent: Vec<usize> = (0..learners.min(50_000)).collect();
        call_each(&client, &recent, &format!("{run}-again-{round}")).await;
        server.kill9();
    }
    forget(&directory);
    let (server, client, took) = restart(&directory).await;
    starts.push(took);
    worked.push(busy(&server));
    eprintln!(
        "start to first answer: {starts:.2?} ({worked:.2?} of it at work), the first after a clean stop, the others after a kill under load"
    );
    let starting = server.resident_mib();

    let mut random = Random(7);
    let seconds = if many { 30 } else { 2 };
    forget(&directory);
    let (hot, cold) = (Pick::Among(1_000.min(learners / 2)), Pick::From(1_000.min(learners / 2), learners));
    // The first calls make them hot.
    call_each(&client, &(0..1_000.min(learners / 2)).collect::<Vec<_>>(), &format!("{run}-warm")).await;
    let alone = calls(&client, 300, seconds, hot, &format!("{run}-alone"), &mut random).await;
    let mut other = Random(8);
    let [beside, coming] = ["beside", "cold"].map(|name| format!("{run}-{name}"));
    let (beside, coming) = tokio::join!(
        calls(&client, 300, seconds, hot, &beside, &mut random),
        calls(&client, 700, seconds, cold, &coming, &mut other),
    );
    eprintln!("p50 / p99: hot alone {alone}; hot beside cold {beside}; cold {coming}");

    let copy = own.path().join("copy");
    let copying = tokio::task::spawn_blocking({
        let (directory, copy) = (directory.clone(), copy.clone());
        move || {
            let began = now();
            let mut backup = hearten(["backup"]);
            assert!(backup.arg(copy).arg("--data-dir").arg(directory).status().unwrap().success());
            began.elapsed()
        }
    });
    let seconds = if many { 15 } else { 1 };
    let meanwhile = calls(&client, 300, seconds, hot, &format!("{run}-copying"), &mut random).await;
    let took = copying.await.unwrap();
    eprintln!("backup: {:.1} s, {:.2} GB; hot meanwhile {meanwhile}", took.as_secs_f64(), size(&copy) as f64 / 1e9);
    fs::remove_dir_all(&copy).unwrap();

    let half: Vec<usize> = (0..learners / 2).collect();
    let rest: Vec<usize> = (learners / 2..learners).collect();
    call_each(&client, &half, &format!("{run}-first")).await;
    quiet(many).await;
    let halfway = server.resident_mib();
    call_each(&client, &rest, &format!("{run}-second")).await;
    let peak = server.resident_mib();
    quiet(many).await;
    let all = server.resident_mib();
    let each = |mib: u64, of: usize| mib as f64 * 1024.0 * 1024.0 / of as f64;
    let hot_bytes = each(all.saturating_sub(halfway), rest.len());
    eprintln!(
        "memory: {starting} MiB at the start, {halfway} MiB with half hot, {all} MiB with all ({peak} MiB just after): {hot_bytes:.0} bytes a hot learner, \
         {:.0} with all that grew",
        each(all.saturating_sub(starting), learners)
    );
    eprintln!("store at the end: {:.2} GB", size(&directory) as f64 / 1e9);
    stop(server);

    if many {
        assert!(p99(&beside) < Duration::from_millis(10) && p99(&coming) < Duration::from_millis(10));
        assert!(starts.iter().all(|took| *took < Duration::from_secs(2)), "{starts:?}");
        assert!(bytes < 1_500 * learners as u64, "{bytes}");
        assert!(hot_bytes < 1.2 * 1024.0, "{hot_bytes}");
    }
}
