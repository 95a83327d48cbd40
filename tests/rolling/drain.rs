//! One stop, looked at closely.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use hearten::rpc::pb::{self, feedback_service_client::FeedbackServiceClient};
use tokio::{
    net::TcpStream,
    task::{JoinSet, block_in_place},
    time::sleep,
};
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient};

use super::pupil::resumable;
use crate::support::{Client, PATIENCE, Server, client::in_time, http2::Http2, now, pace::event};

const SUBMIT: &str = "/hearten.v1.FeedbackService/SubmitEvent";
/// Beyond the drain time: the last sync, the end of a process, on a busy machine.
const SLACK: Duration = Duration::from_secs(5);

fn request(learner: &str, id: usize) -> pb::SubmitEventRequest {
    pb::SubmitEventRequest { event: Some(event(learner, &id.to_string())), ..Default::default() }
}

/// Whoever watches is told, each of them, before their stream ends and whatever else is under way.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_its_health_is_told_first() {
    let mut server = Server::start(&["--drain", "3s"]);
    // A call that never ends keeps its connection, and the server, busy.
    let mut held = Http2::connect(server.addr(), 65_535, None).await;
    let mut call = held.call(SUBMIT, &[]).await.unwrap();
    call.body.send_data(vec![0, 0, 0, 1, 0, 10].into(), false).unwrap();
    let mut watchers = Vec::new();
    for service in ["", "hearten.v1.FeedbackService", "hearten.v1.LearnerService"] {
        let request = HealthCheckRequest { service: service.to_owned() };
        let client = Client::to(&server).await;
        let mut watcher = in_time(HealthClient::new(client.0).watch(request)).await.unwrap().into_inner();
        let first = in_time(watcher.message()).await.unwrap().unwrap();
        assert_eq!(first.status(), ServingStatus::Serving, "{service:?}");
        watchers.push(watcher);
    }
    let start = now();
    server.terminate();
    for watcher in &mut watchers {
        let told = in_time(watcher.message()).await.unwrap().expect("it is told before its stream ends");
        assert_eq!(told.status(), ServingStatus::NotServing);
    }
    let told = start.elapsed();
    while TcpStream::connect(server.addr()).await.is_ok() {
        assert!(start.elapsed() < PATIENCE, "it still listens");
        sleep(Duration::from_millis(1)).await;
    }
    println!("health: NOT_SERVING after {told:?}; connections are refused after {:?} at the latest", start.elapsed());
    let status = block_in_place(|| server.wait(Duration::from_secs(3) + SLACK)).expect("it stops");
    assert_eq!(status.code(), Some(0), "{}", server.output());
}

/// Calls on connections there are: each is answered, or refused in a way that says to go on elsewhere. What was answered is on disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_that_come_during_a_stop_are_answered_or_sent_away() {
    let home = tempfile::tempdir().unwrap();
    let mut server = Server::start_in(home.path(), &[]);
    let answered = Arc::new(AtomicUsize::new(0));
    let mut calling = JoinSet::new();
    for caller in 0..16 {
        let (client, answered) = (Client::to(&server).await, Arc::clone(&answered));
        calling.spawn(async move {
            let (mut client, learner) = (FeedbackServiceClient::new(client.0), format!("caller-{caller}"));
            for id in 0.. {
                match in_time(client.submit_event(request(&learner, id))).await {
                    Ok(_) => answered.fetch_add(1, Relaxed),
                    // Sent away, or the connection is gone and there is no other to be had.
                    Err(status) if resumable(&status) => return (learner, id),
                    Err(status) => panic!("{learner}: {status:?}"),
                };
            }
            unreachable!()
        });
    }
    while answered.load(Relaxed) < 300 {
        sleep(Duration::from_millis(5)).await;
    }
    server.terminate();
    let reports = calling.join_all().await;
    let status = block_in_place(|| server.wait(PATIENCE)).expect("it stops");
    assert_eq!(status.code(), Some(0), "{}", server.output());
    let server = Server::start_in(home.path(), &[]);
    let client = Client::to(&server).await;
    for (learner, count) in reports {
        let known = client.learner(&learner).await.unwrap().assessment.unwrap().attempts as usize;
        // The last may have been taken, and its answer lost with the connection.
        assert!((count..=count + 1).contains(&known), "{learner}: {count} answered, {known} known");
    }
}

/// What does not end by itself is left behind, when the time is over; what was answered is on disk.
#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_in_time_whoever_is_not_done() {
    let home = tempfile::tempdir().unwrap();
    let mut server = Server::start_in(home.path(), &["--drain", "1s"]);
    let mut held = Http2::connect(server.addr(), 65_535, None).await;
    let mut call = held.call(SUBMIT, &[]).await.unwrap();
    call.body.send_data(vec![0, 0, 0, 1, 0, 10].into(), false).unwrap();
    let client = Client::to(&server).await;
    let mut submit = FeedbackServiceClient::new(client.0.clone());
    for id in 0..50 {
        in_time(submit.submit_event(request("ana", id))).await.unwrap();
    }
    let start = now();
    server.terminate();
    let status = block_in_place(|| server.wait(Duration::from_secs(1) + SLACK)).expect("it stops");
    let took = start.elapsed();
    assert_eq!(status.code(), Some(0), "{}", server.output());
    assert!(took >= Duration::from_millis(900), "it did not wait for the call: {took:?}");
    assert!(server.output().contains("stopped before every call had ended"), "{}", server.output());
    let server = Server::start_in(home.path(), &[]);
    let client = Client::to(&server).await;
    assert_eq!(client.learner("ana").await.unwrap().assessment.unwrap().attempts, 50);
    let again = in_time(FeedbackServiceClient::new(client.0).submit_event(request("ana", 49))).await.unwrap();
    assert!(again.into_inner().reply.unwrap().duplicate, "the last one is known");
}
