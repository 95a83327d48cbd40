//! From the embedded store into PostgreSQL and back, killed on every way: the same learners, decisions, places on lists and sums.

use std::{
    collections::hash_map::DefaultHasher,
    env, fs,
    hash::{Hash as _, Hasher as _},
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    crowded,
    run::{command, done, killed},
    support::{Client, Server, now, postgres},
};

/// What an export holds, whatever the order of its learners.
#[derive(Debug, PartialEq)]
struct Held {
    learners: u64,
    decisions: u64,
    hash: u64,
    statistics: String,
}

fn held(directory: &Path) -> Held {
    let manifest: Value = serde_json::from_slice(&fs::read(directory.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["complete"], true);
    let mut hash = 0_u64;
    let mut learners = 0;
    let files = manifest["files"].as_array().unwrap();
    for file in files.iter().filter(|file| file["keys"].is_array()) {
        let file = fs::File::open(directory.join(file["name"].as_str().unwrap())).unwrap();
        for line in BufReader::new(file).lines() {
            let mut hasher = DefaultHasher::new();
            line.unwrap().hash(&mut hasher);
            hash = hash.wrapping_add(hasher.finish());
            learners += 1;
        }
    }
    assert_eq!(manifest["learners"], learners);
    let statistics = files.iter().find(|file| file["name"] == "statistics.jsonl").unwrap();
    let statistics = statistics["sha256"].as_str().unwrap().to_owned();
    Held { learners, decisions: manifest["decisions"].as_u64().unwrap(), hash, statistics }
}

/// Files of learners that the manifest names.
fn whole_files(directory: &Path) -> usize {
    let manifest = fs::read(directory.join("manifest.json")).unwrap_or_default();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap_or_default();
    manifest["files"].as_array().map_or(0, |files| files.iter().filter(|file| file["keys"].is_array()).count())
}

/// A store of `learners`, or the one that is named for the measurement.
async fn store(home: &Path) -> (PathBuf, u64) {
    match (env::var_os("HEARTEN_SCALE_DIR"), env::var("HEARTEN_SCALE")) {
        (Some(directory), Ok(learners)) => (directory.into(), learners.parse().unwrap()),
        _ => {
            let directory = home.join("store");
            crowded::fill(&directory, 25_000).await;
            (directory, 25_000)
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_out_of_postgresql_is_what_went_in() {
    let Some(cluster) = postgres::shared() else { return };
    let url = cluster.database("moved").await;
    let home = tempfile::tempdir().unwrap();
    let (directory, learners) = store(home.path()).await;
    let (out, back) = (home.path().join("out"), home.path().join("back"));
    let embedded = ["--data-dir", directory.to_str().unwrap()];

    let began = now();
    let third = (learners / 30_000).max(1) as usize;
    assert!(
        killed(command(["export"], &out, &embedded), |_| whole_files(&out) >= third),
        "it was too fast to be killed"
    );
    let said = done(command(["import"], &out, &["--store", &url])).unwrap_err();
    assert!(said.contains("half an export"), "{said}");
    let said = done(command(["export"], &out, &embedded)).unwrap();
    assert!(said.contains("by an earlier run"), "{said}");
    eprintln!("export: {:.0} s; {said}", began.elapsed().as_secs_f64());

    let began = now();
    let client = cluster.client("moved").await;
    let mut there = 0_i64;
    // Asked from another task, since it has to be asked while the command runs.
    let (tell, mut told) = tokio::sync::watch::channel(0_i64);
    let asking = tokio::spawn(async move {
        loop {
            let row = client.query_one("select count(*) from hearten_learners", &[]).await;
            if tell.send(row.map_or(0, |row| row.get(0))).is_err() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(if learners > 100_000 { 2_000 } else { 20 })).await;
        }
    });
    let half = tokio::task::block_in_place(|| {
        killed(command(["import"], &out, &["--store", &url]), |_| {
            there = *told.borrow_and_update();
            there >= learners as i64 / 3
        })
    });
    drop(told);
    asking.await.unwrap();
    assert!(half, "it was too fast to be killed");
    assert!(there < learners as i64);
    let mut serve = crate::support::hearten(["export"]);
    serve.arg(home.path().join("none")).args(["--store", &url]);
    let said = done(serve).unwrap_err();
    assert!(said.contains("not whole"), "{said}");
    let said = done(command(["import"], &out, &["--store", &url])).unwrap();
    assert!(said.contains("by an earlier run"), "{said}");
    eprintln!("import: {:.0} s; {said}", began.elapsed().as_secs_f64());
    let again = done(command(["import"], &out, &["--store", &url])).unwrap();
    assert!(again.contains("there already"), "{again}");

    let began = now();
    done(command(["export"], &back, &["--store", &url])).unwrap();
    eprintln!("export of the database: {:.0} s", began.elapsed().as_secs_f64());
    let (went, came) = (held(&out), held(&back));
    eprintln!("{went:?}");
    assert_eq!(went.learners, learners);
    assert!(went.decisions > learners);
    assert_eq!(went, came);
    if env::var_os("HEARTEN_SCALE_DIR").is_some() {
        return;
    }

    // And into files again, which serve.
    let again = home.path().join("again");
    let place = ["--data-dir", again.to_str().unwrap()];
    assert!(killed(command(["import"], &back, &place), |_| again.join("import").exists()));
    done(command(["import"], &back, &place)).unwrap();
    let last = home.path().join("last");
    done(command(["export"], &last, &place)).unwrap();
    assert_eq!(went, held(&last));
    let server = Server::start_in(&again, &[]);
    let client = Client::to(&server).await;
    let known = serde_json::json!({"eventId": "e35", "learnerId": "learner-0000007", "attempt": {"correct": true}});
    // Known by its id, which only the old secret can tell: it is refused as another event under that id, or repeated.
    let told = client.submit(known).await;
    assert!(told.map_or_else(|status| status.code() == tonic::Code::AlreadyExists, |reply| reply.duplicate));
}
