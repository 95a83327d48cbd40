//! Nothing acknowledged is ever lost: a server is killed under load, fifty times on one directory, and each time what it
//! knows afterwards is exactly what a prefix of the events leads to, one that holds every event it had answered.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "crash/asked.rs"]
mod asked;
#[path = "crash/history.rs"]
mod history;
#[path = "crash/reference.rs"]
mod reference;

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    thread,
    time::Duration,
};

use hearten::{
    clock,
    rpc::pb::{self, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer},
};
use history::{LEARNERS, Random, event, learner_of, name};
use reference::{Reference, Told, told};
use support::{Client, Server, client::in_time, hearten};

const ROUNDS: usize = 50;
/// How many ids of a learner are remembered.
const REMEMBERED: usize = 32;

/// What came of one round.
struct Round {
    /// How many events had been handed over, in all rounds.
    sent: usize,
    /// What was answered: the event's number, whether it was known, and the decision.
    answers: Vec<(usize, bool, Told)>,
}

/// The events that are still known by their ids, oldest first.
fn remembered(durable: usize) -> Vec<usize> {
    let mut counts = BTreeMap::new();
    let mut latest: Vec<usize> = (0..durable)
        .rev()
        .filter(|number| {
            let count: &mut usize = counts.entry(learner_of(*number)).or_default();
            *count += 1;
            *count <= REMEMBERED
        })
        .collect();
    latest.reverse();
    latest
}

/// Sends what is remembered once more and then goes on from `durable`, until the server dies: after `fatal` answers and
/// then this much longer.
async fn round(server: &mut Server, durable: usize, fatal: usize, longer: Duration) -> Round {
    let client = Client::to(server).await;
    let mut stream = client.stream().await;
    let open = pb::Open { replay: true, ..pb::Open::default() };
    assert!(matches!(stream.exchange(Sent::Open(open)).await, Answer::Opened(_)));

    let sent = Arc::new(AtomicUsize::new(durable));
    let sender = tokio::spawn({
        let (sender, sent) = (stream.sender.clone(), Arc::clone(&sent));
        async move {
            for number in remembered(durable).into_iter().chain(durable..) {
                // Counted first: what may have been sent is never more than this.
                sent.fetch_max(number + 1, SeqCst);
                let message = Some(Sent::Event(event(number)));
                if sender.send(pb::StreamSessionsRequest { message }).await.is_err() {
                    break;
                }
            }
        }
    });
    let mut answers = Vec::new();
    let mut take = |answer: Answer| {
        let Answer::Reply(reply) = answer else { panic!("not a reply: {answer:?}") };
        answers.push((reply.event_id.parse().unwrap(), reply.duplicate, told(reply.decision.as_ref().unwrap())));
    };
    for _ in 0..fatal {
        take(stream.next().await.unwrap().expect("the stream goes on"));
    }
    tokio::time::sleep(longer).await;
    server.kill9();
    // What had left the server before it died counts as answered.
    while let Ok(Some(answer)) = stream.next().await {
        take(answer);
    }
    drop(stream);
    in_time(sender).await.unwrap();
    Round { sent: sent.load(SeqCst), answers }
}

/// A start that is cut short, too.
fn killed_while_opening(directory: &Path, after: Duration) {
    let mut command = hearten(["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    let mut child = command.arg(directory).stderr(std::process::Stdio::null()).spawn().unwrap();
    thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_kills_under_load_lose_nothing_that_was_answered() {
    // Set it to run one history of kills again; the timing of each kill stays the machine's.
    let seed = std::env::var("CRASH_SEED").ok().map_or(clock::now().as_millis() as u64, |seed| seed.parse().unwrap());
    println!("CRASH_SEED={seed}");
    let mut random = Random(seed);
    let home = tempfile::tempdir().unwrap();
    let mut reference = Reference::start().await;
    let mut server = Server::start_in(home.path(), &["--statistics", "frozen"]);
    let (mut durable, mut unanswered) = (0, 0);

    for number in 0..ROUNDS {
        let known = remembered(durable).len();
        // One kill in eight falls among the events that are sent again.
        let fatal = if random.below(8) == 0 { random.below(known + 1) } else { known + random.below(800) };
        let Round { sent, answers } =
            round(&mut server, durable, fatal, Duration::from_micros(random.below(3_000) as u64)).await;
        if random.below(4) == 0 {
            killed_while_opening(home.path(), Duration::from_millis(random.below(60) as u64));
        }
        server = Server::start_in(home.path(), &["--statistics", "frozen"]);

        let client = Client::to(&server).await;
        let (found, _) = client.learners((0..LEARNERS).map(name).collect()).await;
        let kept = found.iter().map(|learner| learner.sequence as usize).sum::<usize>();
        let new = answers.iter().filter(|(number, ..)| *number >= durable).count();
        let acknowledged = durable + new;
        let line = format!("round {number}: {acknowledged} acknowledged, {kept} kept, {sent} sent");
        println!("{line}");
        assert!(acknowledged <= kept && kept <= sent, "{line}");
        for learner in &found {
            let events = (0..kept).filter(|number| name(learner_of(*number)) == learner.learner_id).count();
            assert_eq!(learner.sequence as usize, events, "{line}: {} is not at that prefix", learner.learner_id);
        }
        reference.feed(durable..kept).await;
        assert_eq!(found, reference.learners().await, "{line}");

        let expected = remembered(durable).into_iter().chain(durable..);
        for ((number, duplicate, told), expected) in answers.iter().zip(expected) {
            assert_eq!(*number, expected, "{line}: answers come in the order of the events");
            assert_eq!(*duplicate, expected < durable, "{line}: event {number}");
            assert_eq!(told, reference.told(expected), "{line}: event {number}");
        }
        unanswered += kept - acknowledged;
        durable = kept;
    }
    println!("{durable} events, {unanswered} of them kept though their answers were lost");
    assert!(durable > 10 * ROUNDS, "hardly anything was under way");

    server.terminate();
    let status = tokio::task::block_in_place(|| server.wait(support::PATIENCE)).expect("it stops");
    assert!(status.success());
    let server = Server::start_in(home.path(), &["--statistics", "frozen"]);
    let (found, _) = Client::to(&server).await.learners((0..LEARNERS).map(name).collect()).await;
    assert_eq!(found, reference.learners().await);
}
