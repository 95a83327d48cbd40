//! The database's machine goes down, or one of the servers does: what was answered is there, and counted once.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use hearten::rpc::pb::{SubmitEventRequest, feedback_service_client::FeedbackServiceClient};
use serde_json::json;
use tokio::{sync::Mutex, task::JoinSet, time::sleep};
use tonic::{Code, transport::Endpoint};
use tonic_types::StatusExt as _;

use super::{
    migrate, serve,
    support::{Client, Server, client::message, now, postgres::Cluster},
};

const PUPILS: usize = 48;

/// What pupils have in common.
struct Load {
    servers: Mutex<Vec<String>>,
    stop: AtomicBool,
    answered: AtomicU64,
    refused: AtomicU64,
    /// When events were answered, in milliseconds from the start.
    times: Mutex<Vec<u64>>,
    start: Instant,
}

/// One learner's events, one after the other, each sent until it is answered: to whichever server there is.
async fn pupil(load: Arc<Load>, number: usize) -> (String, u32) {
    let learner = format!("pupil-{number}");
    let mut lot = fastrand::Rng::with_seed(number as u64);
    let mut taken = 0;
    while !load.stop.load(Relaxed) {
        let event = json!({
            "eventId": taken.to_string(), "learnerId": learner, "itemId": format!("q{}", taken % 50), "skillIds": ["fractions"],
            "attempt": {"correct": taken % 3 == 0, "responseTime": "9s"}
        });
        let request = SubmitEventRequest { event: Some(message(event)), ..Default::default() };
        loop {
            let url = {
                let servers = load.servers.lock().await;
                servers[lot.usize(..servers.len())].clone()
            };
            let channel = Endpoint::from_shared(url).unwrap().timeout(Duration::from_secs(15)).connect_lazy();
            match FeedbackServiceClient::new(channel).submit_event(request.clone()).await {
                Ok(_) => break,
                Err(status) => {
                    assert!(
                        matches!(
                            status.code(),
                            Code::Unavailable | Code::Cancelled | Code::Unknown | Code::DeadlineExceeded
                        ),
                        "{status:?}"
                    );
                    if status.message().starts_with("the store cannot be reached") {
                        let wait = status.get_details_retry_info().unwrap().retry_delay;
                        assert!(wait.is_some(), "no word of when to try again");
                    }
                    load.refused.fetch_add(1, Relaxed);
                    sleep(Duration::from_millis(100)).await;
                }
            }
        }
        load.answered.fetch_add(1, Relaxed);
        load.times.lock().await.push(load.start.elapsed().as_millis() as u64);
        taken += 1;
    }
    (learner, taken)
}

/// Lets pupils work while `happen` happens, then holds what is kept against what was answered.
async fn under_load(servers: &[Server], happen: impl AsyncFnOnce(&Load)) -> Load {
    let load = Arc::new(Load {
        servers: Mutex::new(servers.iter().map(Server::url).collect()),
        stop: AtomicBool::new(false),
        answered: AtomicU64::new(0),
        refused: AtomicU64::new(0),
        times: Mutex::default(),
        start: now(),
    });
    let mut pupils = JoinSet::new();
    for number in 0..PUPILS {
        pupils.spawn(pupil(Arc::clone(&load), number));
    }
    sleep(Duration::from_secs(2)).await;
    happen(&load).await;
    sleep(Duration::from_secs(2)).await;
    load.stop.store(true, Relaxed);
    let taken = pupils.join_all().await;
    let url = load.servers.lock().await[0].clone();
    let client = Client::connect(url).await;
    for (learner, taken) in taken {
        let kept = client.learner(&learner).await.unwrap();
        assert_eq!(kept.assessment.unwrap().attempts, taken, "{learner}");
    }
    Arc::into_inner(load).unwrap()
}

/// The longest time in which nobody was answered.
async fn outage(load: &Load) -> u64 {
    let mut times = load.times.lock().await;
    times.sort_unstable();
    times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_fails_over_to_its_standby() {
    let Some(mut primary) = tokio::task::block_in_place(|| Cluster::start(&[])) else { return };
    let standby = tokio::task::block_in_place(|| primary.standby(&[]));
    migrate(&primary.database("hearten").await);
    primary.execute("postgres", "alter system set synchronous_standby_names = 'standby'").await;
    primary.execute("postgres", "select pg_reload_conf()").await;
    let client = primary.client("postgres").await;
    for _ in 0..100 {
        let state =
            client.query_one("select coalesce(max(sync_state), '') from pg_stat_replication", &[]).await.unwrap();
        if state.get::<_, &str>(0) == "sync" {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    let url = format!("postgres://hearten@127.0.0.1:{},127.0.0.1:{}/hearten", primary.port(), standby.port());
    let servers = serve(&url, 2, &[]);
    let mut away = Duration::ZERO;
    let load = under_load(&servers, async |_| {
        tokio::task::block_in_place(|| primary.kill());
        let killed = now();
        let client = Client::to(&servers[0]).await;
        while client.health().await != "NOT_SERVING" {
            assert!(killed.elapsed() < Duration::from_secs(8), "health says that all is well");
            sleep(Duration::from_millis(50)).await;
        }
        println!("health: NOT_SERVING after {:?}", killed.elapsed());
        sleep(Duration::from_secs(1)).await;
        tokio::task::block_in_place(|| standby.promote());
        let promoted = now();
        while client.health().await != "SERVING" {
            assert!(promoted.elapsed() < Duration::from_secs(15), "it does not come back by itself");
            sleep(Duration::from_millis(50)).await;
        }
        away = killed.elapsed();
        println!("health: SERVING {:?} after the promotion, {away:?} after the failure", promoted.elapsed());
    })
    .await;
    println!(
        "failover: {} events answered, {} refusals, nobody was answered for {} ms",
        load.answered.load(Relaxed),
        load.refused.load(Relaxed),
        outage(&load).await
    );
    assert!(u128::from(outage(&load).await) < away.as_millis() + 3_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_killed() {
    let Some(database) = super::Database::prepare("killed").await else { return };
    let mut servers = database.serve(3, &[]);
    let mut last = servers.pop().unwrap();
    let all: Vec<String> = servers.iter().chain([&last]).map(Server::url).collect();
    let load = under_load(&servers, async |load| {
        load.servers.lock().await.clone_from(&all);
        sleep(Duration::from_secs(1)).await;
        tokio::task::block_in_place(|| last.kill9());
        sleep(Duration::from_secs(1)).await;
        load.servers.lock().await.pop();
    })
    .await;
    println!(
        "a server killed: {} events answered, {} refusals, nobody was answered for {} ms",
        load.answered.load(Relaxed),
        load.refused.load(Relaxed),
        outage(&load).await
    );
}
