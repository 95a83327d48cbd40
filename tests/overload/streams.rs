//! Streams on which events come as fast as they can: they are slowed down, and every event is answered once.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use hearten::rpc::pb::{
    StreamSessionsRequest, feedback_service_client::FeedbackServiceClient, stream_sessions_request::Message as Sent,
    stream_sessions_response::Message as Answer,
};
use tokio::{task::JoinSet, time::sleep};
use tonic::transport::Channel;

use super::{ALONE, BUSY};
use crate::support::{Client, Server, client::in_time, now, pace::event, tools};

/// Sends so many events on a stream and takes an answer to each, in order.
async fn converse(client: FeedbackServiceClient<Channel>, learner: String, events: usize) {
    let sent = {
        let learner = learner.clone();
        (0..events)
            .map(move |id| StreamSessionsRequest { message: Some(Sent::Event(event(&learner, &id.to_string()))) })
    };
    let mut client = client;
    let mut answers = client.stream_sessions(tokio_stream::iter(sent)).await.unwrap().into_inner();
    for id in 0..events {
        let answer = answers.message().await.unwrap().unwrap().message.unwrap();
        let Answer::Reply(reply) = answer else { panic!("{answer:?}") };
        assert_eq!((reply.event_id, reply.duplicate), (id.to_string(), false), "each once and in order");
        assert_eq!(reply.assessment.unwrap().attempts as usize, id + 1, "{learner}");
    }
    let answer = answers.message().await.unwrap().unwrap().message.unwrap();
    assert!(matches!(answer, Answer::Closing(_)), "{answer:?}");
    assert!(answers.message().await.unwrap().is_none());
}

/// Events a second, and the most memory there was, in MiB.
async fn pour(server: &Server, name: &str, streams: usize, events: usize) -> (f64, u64) {
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.push(FeedbackServiceClient::new(Client::to(server).await.0));
    }
    let (start, peak) = (now(), Arc::new(AtomicU64::new(0)));
    let mut pouring = JoinSet::new();
    for number in 0..streams {
        pouring.spawn(converse(clients[number % 4].clone(), format!("{name}-{number}"), events));
    }
    let watched = async {
        loop {
            peak.fetch_max(server.resident_mib(), Relaxed);
            sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        _ = tokio::time::timeout(Duration::from_secs(120), pouring.join_all()) => {}
        () = watched => unreachable!(),
    }
    ((streams * events) as f64 / start.elapsed().as_secs_f64(), peak.load(Relaxed))
}

/// So many commits may wait for the disk before streams do.
const BEHIND: u64 = 8_192;
/// What tenfold streams may take beyond the memory of as many as keep it busy, in MiB: 256 answers each, of less than a
/// KiB, and what is written meanwhile.
const MEMORY_MIB: u64 = 256;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_times_as_many_streams() {
    let _alone = ALONE.lock().await;
    let server = Server::start(&[]);
    let idle = server.resident_mib();
    let (capacity, busy) = pour(&server, "busy", BUSY, 300).await;
    let (rate, most) = pour(&server, "more", 10 * BUSY, 100).await;
    println!(
        "streams that send as fast as they can: 64 take {capacity:.0} events/s and {busy} MiB (idle: {idle}); 640 take {rate:.0} events/s and {most} MiB"
    );
    assert!(most <= busy + MEMORY_MIB, "{most} MiB");
    assert!(rate >= 0.4 * capacity, "many streams make it slow");
}

/// A disk that takes a second for each batch: what waits for it stays little, because the streams are slowed down.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_disk_does_not_fill_memory() {
    let _alone = ALONE.lock().await;
    let Some(strace) = tools::strace() else { return };
    let home = tempfile::tempdir().unwrap();
    let options = ["-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync"];
    let slow = [&options[..], &["-e", "inject=fdatasync:delay_enter=400ms"]].concat();
    let arguments = ["--admin", "127.0.0.1:0"];
    let server = Server::start_traced(&strace, &slow, Path::new(&home.path().join("store")), &arguments);
    let pending = Arc::new(AtomicU64::new(0));
    let watching = tokio::spawn(watch_pending(admin(&server), Arc::clone(&pending)));
    let (rate, most) = in_time(pour(&server, "slow", 200, 200)).await;
    watching.abort();
    let waiting = pending.load(Relaxed);
    println!("a disk of 400 ms a sync, 200 streams: {rate:.0} events/s, at most {waiting} commits waiting, {most} MiB");
    assert!(waiting > BEHIND / 2, "the disk was not slow: {waiting}");
    // Each stream may add one more, and a look at the metrics may be late.
    assert!(waiting <= BEHIND + 2 * 200, "{waiting} commits waited for the disk");
}

fn admin(server: &Server) -> String {
    let output = server.output_with("metrics on http://");
    let (_, rest) = output.split_once("metrics on http://").unwrap();
    rest.split_once('/').unwrap().0.to_owned()
}

/// The most commits that waited for the disk, as the metrics have it.
async fn watch_pending(address: String, most: Arc<AtomicU64>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    loop {
        let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
        let request = format!("GET /metrics HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).await.unwrap();
        let pending = page.lines().find_map(|line| line.strip_prefix("hearten_store_pending_commits "));
        let pending: f64 = pending.expect("it is told").trim().parse().unwrap();
        most.fetch_max(pending as u64, Relaxed);
        sleep(Duration::from_millis(50)).await;
    }
}
