//! A real log, each event of a learner at a server drawn by lot.

use std::{
    collections::{HashMap, HashSet},
    fs::{self, File},
    io::{BufRead as _, BufReader},
};

use hearten::rpc::pb::{self, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer};
use tokio::task::JoinSet;

use super::{
    Database, on_trial,
    support::{Client, Server, client::Stream, now, tools},
};

const LEARNERS: usize = 200;
const EVENTS: usize = 100_000;

/// The events of the busiest learners, each learner's in the order of the log.
fn events() -> Option<HashMap<String, Vec<pb::Event>>> {
    let log = tools::events("lpp", "assistments09/train.tsv")?;
    let all: Vec<pb::Event> = BufReader::new(File::open(log).unwrap())
        .lines()
        .map(|line| serde_json::from_str(&line.unwrap()).unwrap())
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for event in &all {
        *counts.entry(&event.learner_id).or_default() += 1;
    }
    let mut busiest: Vec<_> = counts.into_iter().map(|(learner, count)| (std::cmp::Reverse(count), learner)).collect();
    busiest.sort_unstable();
    let chosen: HashSet<&str> = busiest.into_iter().take(LEARNERS).map(|(_, learner)| learner).collect();
    let mut events: HashMap<String, Vec<pb::Event>> = HashMap::new();
    for event in all.iter().filter(|event| chosen.contains(&*event.learner_id)) {
        events.entry(event.learner_id.clone()).or_default().push(event.clone());
    }
    while events.values().map(Vec::len).sum::<usize>() > EVENTS {
        events.values_mut().max_by_key(|events| events.len()).unwrap().pop();
    }
    Some(events)
}

/// Sends every learner's events in order, each to one of the servers, and returns how many were answered.
async fn spray(servers: &[Server], events: &HashMap<String, Vec<pb::Event>>) -> usize {
    let mut clients = Vec::new();
    for server in servers {
        clients.push(Client::to(server).await);
    }
    let mut pupils = JoinSet::new();
    for (number, events) in events.values().enumerate() {
        let mut streams: Vec<Stream> = Vec::new();
        for client in &clients {
            let mut stream = client.stream().await;
            let open = pb::Open { replay: true, ..Default::default() };
            assert!(matches!(stream.exchange(Sent::Open(open)).await, Answer::Opened(_)));
            streams.push(stream);
        }
        let events = events.clone();
        pupils.spawn(async move {
            let mut lot = fastrand::Rng::with_seed(number as u64);
            for event in &events {
                let place = lot.usize(..streams.len());
                let answer = streams[place].exchange(Sent::Event(event.clone())).await;
                let Answer::Reply(reply) = answer else { panic!("{answer:?}") };
                assert!(reply.event_id == event.event_id && !reply.duplicate);
            }
            events.len()
        });
    }
    pupils.join_all().await.into_iter().sum()
}

/// Everything that is kept of learners, in one hash, and how many records and decisions that is.
async fn kept(database: &Database) -> (i64, i64, String) {
    let statement = "select (select count(*) from hearten_learners), (select count(*) from hearten_decisions), \
         (select md5(string_agg(md5(learner || version || encode(record, 'hex')), '' order by tenant, learner)) from hearten_learners) || \
         (select md5(string_agg(md5(learner || number || reason || message_id || policy_version || encode(entry, 'hex')), '' \
         order by tenant, learner, number)) from hearten_decisions)";
    let row = database.cluster.client(database.name).await.query_one(statement, &[]).await.unwrap();
    (row.get(0), row.get(1), row.get(2))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_servers_write_what_one_would() {
    let Some(events) = tokio::task::block_in_place(events) else { return };
    let (Some(one), Some(three)) = (Database::prepare("one").await, Database::prepare("three").await) else { return };
    // Known events are told by hashes that take the secret: with the same, equal histories are equal to the byte.
    let client = one.cluster.client("one").await;
    let secret = client.query_one("select value from hearten_meta where name = 'secret'", &[]).await.unwrap();
    let secret: Vec<u8> = secret.get(0);
    let client = three.cluster.client("three").await;
    client.execute("update hearten_meta set value = $1 where name = 'secret'", &[&secret]).await.unwrap();
    let home = tempfile::tempdir().unwrap();
    let policy = home.path().join("policy.toml");
    fs::write(&policy, on_trial()).unwrap();
    let mut told = Vec::new();
    for (database, servers) in [(&one, 1), (&three, 3)] {
        let servers = database.serve(servers, &["--statistics", "frozen", "--policy", policy.to_str().unwrap()]);
        let start = now();
        let answered = spray(&servers, &events).await;
        assert_eq!(answered, events.values().map(Vec::len).sum::<usize>());
        let seconds = start.elapsed().as_secs_f64();
        told.push(kept(database).await);
        let (learners, decisions, _) = told.last().unwrap();
        println!(
            "{} servers: {answered} events of {learners} learners, {decisions} messages, {:.0} events/s",
            servers.len(),
            answered as f64 / seconds
        );
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0].0, LEARNERS as i64);
    assert!(told[0].1 > 500, "hardly anything was said");
}

/// Where servers learn, decisions follow what was known at the moment; what is counted in the end is the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_servers_count_what_one_would() {
    let Some(mut events) = tokio::task::block_in_place(events) else { return };
    events.retain(|_, events| {
        events.truncate(200);
        events.len() == 200
    });
    let (Some(one), Some(three)) = (Database::prepare("one_learns").await, Database::prepare("three_learn").await)
    else {
        return;
    };
    let mut told = Vec::new();
    for (database, servers) in [(&one, 1), (&three, 3)] {
        let servers = database.serve(servers, &["--statistics-interval", "1s"]);
        spray(&servers, &events).await;
        while database.number("select count(*) from hearten_statistics_log").await > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let sums = "select md5(string_agg(concat_ws(' ', kind, subject, attempts, successes, timed, log_time, log_time_squared), \
             ',' order by kind, subject)), max(attempts)::bigint from (select kind, subject, sum(attempts) as attempts, \
             sum(successes) as successes, sum(timed) as timed, sum(log_time) as log_time, \
             sum(log_time_squared) as log_time_squared from hearten_statistics group by kind, subject) as sums";
        let row = database.cluster.client(database.name).await.query_one(sums, &[]).await.unwrap();
        let (hash, attempts): (String, i64) = (row.get(0), row.get(1));
        // Every server comes to know what all have counted.
        for server in &servers {
            let learner = events.keys().next().unwrap();
            let client = Client::to(server).await;
            let mut known = 0;
            for _ in 0..100 {
                known = client.learner(learner).await.unwrap().assessment.unwrap().statistics_version;
                if known == attempts as u64 {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            assert_eq!(known, attempts as u64);
        }
        told.push((hash, attempts));
    }
    assert!(told[0].1 > 1_000, "{told:?}");
    assert_eq!(told[0], told[1]);
}
