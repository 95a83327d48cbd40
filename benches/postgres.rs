//! Events a second on PostgreSQL, beside the least that keeping them could cost: bare batches of `insert … on conflict`, with as many
//! rows, as many bytes and as many connections, in turns in one run.
//!
//!     cargo bench --bench postgres
//!     cargo bench --bench postgres -- --turns 11
//!
//! The database is one of its own, started in a temporary directory, and waits for its disk.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement has nobody to answer to"
)]

#[path = "../tests/support/postgres.rs"]
#[allow(dead_code, reason = "tests use the rest of it")]
mod postgres;
#[path = "../tests/support/tools.rs"]
#[allow(dead_code, reason = "tests use the rest of it")]
mod tools;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    rpc::{self, pb},
    store::{Key, Layout, Postgres, Store},
};
use tokio::{task::JoinSet, time::sleep};

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Learners who are busy at one time, each waiting for the answer before the next event.
const LEARNERS: usize = 3_000;
/// One turn of each.
const TURN: Duration = Duration::from_secs(5);
/// How many of each, where nothing else is said.
const TURNS: usize = 5;
const CONNECTIONS: usize = 3;

/// What `tests/support` asks of whoever uses it.
const PATIENCE: Duration = Duration::from_secs(30);

fn now() -> Instant {
    #[allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]
    Instant::now()
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure());
}

fn turns() -> usize {
    let mut said = std::env::args().skip_while(|argument| argument != "--turns");
    let turns = said.next().map_or(TURNS, |_| said.next().and_then(|turns| turns.parse().ok()).unwrap_or_default());
    assert!(turns > 0, "--turns wants a count");
    turns
}

async fn measure() {
    let turns = turns();
    let Some(cluster) = postgres::Cluster::start(&["max_wal_size=4GB"]) else { return };
    let url = cluster.database("bench").await;
    Postgres::migrate(&url, None, Layout::default()).await.unwrap();
    let store: Arc<dyn Store> = Arc::new(Postgres::open(&url, None).await.unwrap());
    let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
    let engine = Arc::new(Engine::open(rules, Arc::clone(&store), Statistics::Learn).await.unwrap());
    cluster
        .execute("bench", "create table bare (tenant text, learner text, version bigint, record bytea, primary key (tenant, learner))")
        .await;
    // Records grow to their usual size first.
    events(&engine, TURN).await;
    let size = cluster.client("bench").await;
    let bytes: i32 = size.query_one("select avg(length(record))::int from hearten_learners", &[]).await.unwrap().get(0);
    let mut ratios = Vec::new();
    println!(
        "{LEARNERS} learners at once, records of {bytes} bytes, {CONNECTIONS} connections, {} s a turn",
        TURN.as_secs()
    );
    println!("| events/s | commits a batch | CPU an event: here, database | bare rows/s | ratio |");
    println!("|---|---|---|---|---|");
    for _ in 0..turns {
        let meter = store.meter();
        let before = meter.batch_commits.read();
        let cpu = Cpu::now(&cluster);
        let ours = events(&engine, TURN).await;
        let [here, database] = cpu.since(&cluster, ours * TURN.as_secs_f64());
        let after = meter.batch_commits.read();
        let batch = (after.sum - before.sum) / (after.count - before.count).max(1) as f64;
        let bare = rows(&cluster, batch.round().max(1.0) as usize, bytes as usize, TURN).await;
        let ratio = ours / bare;
        println!("| {ours:.0} | {batch:.0} | {here:.1} µs, {database:.1} µs | {bare:.0} | {ratio:.2} |");
        ratios.push(ratio);
    }
    ratios.sort_by(f64::total_cmp);
    println!("median ratio {:.2}, from {:.2} to {:.2}", ratios[turns / 2], ratios[0], ratios[turns - 1]);
    engine.close().await.unwrap();
}

/// What the processors have done so far, in seconds: in this process, and in each of the database's.
struct Cpu(f64, HashMap<String, f64>);

impl Cpu {
    fn now(cluster: &postgres::Cluster) -> Self {
        let database = cluster.processes().into_iter().map(|process| (process.clone(), busy(&process)));
        Self(busy("self"), database.collect())
    }

    /// Microseconds for each of so many, here and there; processes of the database that ended meanwhile are left out.
    fn since(&self, cluster: &postgres::Cluster, count: f64) -> [f64; 2] {
        let Self(here, database) = Self::now(cluster);
        let database = database.iter().map(|(process, busy)| busy - self.1.get(process).unwrap_or(&0.0));
        [here - self.0, database.sum()].map(|seconds: f64| seconds * 1e6 / count)
    }
}

/// What a process has used of the processors, in seconds. Of one that is gone, nothing.
fn busy(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // What it is called stands in parentheses, and may hold anything.
    let (_, fields) = stat.rsplit_once(") ").unwrap_or_default();
    // The 14th and 15th of the line, in ticks, of which Linux has a hundred a second.
    fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Events through the engine, each answered before the learner's next.
async fn events(engine: &Arc<Engine>, turn: Duration) -> f64 {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let mut learners = JoinSet::new();
    let first = NUMBER.fetch_add(1, Relaxed) * 1_000_000;
    for learner in 0..LEARNERS {
        let (engine, stop, answered) = (Arc::clone(engine), Arc::clone(&stop), Arc::clone(&answered));
        learners.spawn(async move {
            let key = Key::new("default", &format!("learner-{learner}"));
            for number in first.. {
                if stop.load(Relaxed) {
                    return;
                }
                let sent = pb::Event {
                    event_id: number.to_string(),
                    learner_id: key.learner().to_string(),
                    item_id: format!("q{}", (number + learner as u64 * 7) % 500),
                    skill_ids: vec![format!("skill-{}", learner % 40)],
                    action: Some(pb::event::Action::Attempt(pb::Attempt {
                        correct: Some(!(number * 7 + learner as u64).is_multiple_of(3)),
                        response_time: Some(pb::Duration { seconds: 9, nanos: 0 }),
                        ..Default::default()
                    })),
                    ..Default::default()
                };
                let now = clock::now();
                let event = rpc::event(&sent, Some(now)).unwrap();
                let mut reply = engine.submit(&key, &event, Options::default(), now).await.unwrap();
                engine.settle(&mut reply).await.unwrap();
                answered.fetch_add(1, Relaxed);
            }
        });
    }
    let start = now();
    sleep(turn).await;
    let rate = answered.load(Relaxed) as f64 / start.elapsed().as_secs_f64();
    stop.store(true, Relaxed);
    learners.join_all().await;
    rate
}

/// The same amount of bytes, written over by statements that know of nothing else.
async fn rows(cluster: &postgres::Cluster, batch: usize, bytes: usize, turn: Duration) -> f64 {
    let stop = Arc::new(AtomicBool::new(false));
    let mut writers = JoinSet::new();
    let start = now();
    for writer in 0..CONNECTIONS {
        let (client, stop) = (cluster.client("bench").await, Arc::clone(&stop));
        writers.spawn(async move {
            let statement = "insert into bare as kept select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bytea[]) \
                 on conflict (tenant, learner) do update set version = excluded.version, record = excluded.record \
                 where kept.version < excluded.version";
            let statement = client.prepare(statement).await.unwrap();
            let learners: Vec<String> =
                (0..LEARNERS).filter(|n| n % CONNECTIONS == writer).map(|n| format!("learner-{n}")).collect();
            let (mut written, mut version, mut next) = (0, clock::now().as_millis(), 0);
            while !stop.load(Relaxed) {
                version += 1;
                let names: Vec<&str> =
                    (0..batch.min(learners.len())).map(|n| learners[(next + n) % learners.len()].as_str()).collect();
                next += names.len();
                let record: Vec<u8> = (0..bytes).map(|_| fastrand::u8(..)).collect();
                let (tenants, versions) = (vec!["default"; names.len()], vec![version; names.len()]);
                let records = vec![record.as_slice(); names.len()];
                written += client.execute(&statement, &[&tenants, &names, &versions, &records]).await.unwrap();
            }
            written
        });
    }
    sleep(turn).await;
    stop.store(true, Relaxed);
    let written: u64 = writers.join_all().await.into_iter().sum();
    written as f64 / start.elapsed().as_secs_f64()
}
