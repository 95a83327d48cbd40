//! More of everything than anybody needs.

use std::{
    fs, io,
    process::{Command, Stdio},
    time::Duration,
};

use tokio::{
    io::AsyncWriteExt as _,
    net::TcpStream,
    time::{sleep, timeout},
};

use super::trial::{CLOSING, STALL, Trial, try_on};
use crate::support::{
    PATIENCE, now, tools,
    wire::{
        ACK, CANCEL, CONTINUATION, DATA, END_HEADERS, HEADERS, PING, PREFACE, RST_STREAM, SETTINGS, WINDOW_UPDATE,
        Wire, call, frame, header,
    },
};

const SUBMIT: &str = "/hearten.v1.FeedbackService/SubmitEvent";
const STREAM: &str = "/hearten.v1.FeedbackService/StreamSessions";

/// Two thousand calls a second that are not let in, over a hundred connections.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_by_the_thousand() {
    let Some(h2load) = tools::h2load() else { return };
    try_on("h2load at a pace, 100 connections", &[], async |trial: &Trial| {
        // For fewer calls of each than a stranger may make.
        flood_with(&h2load, trial, &["-D", "3", "--rps", "30"]).await;
    })
    .await;
}

/// As fast as the machine makes them, from other connections when the first are closed. What makes them stands back on these two
/// cores, as if it came from elsewhere; still the server has all it can do, so that whoever behaves waits in line. They are served.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn calls_without_a_pause() {
    let Some(h2load) = tools::h2load() else { return };
    try_on("h2load without a pause, 100 connections at a time", &[], async |trial: &Trial| {
        let start = now();
        while start.elapsed() < Duration::from_secs(3) {
            flood_with(&h2load, trial, &["-n", "20000"]).await;
        }
    })
    .await;
}

async fn flood_with(h2load: &Command, trial: &Trial, how: &[&str]) {
    let garbage = tempfile::NamedTempFile::new().unwrap();
    fs::write(garbage.path(), [0x5a; 512]).unwrap();
    let mut command = Command::new("nice");
    command.args(["-n", "19"]).arg(h2load.get_program());
    command.envs(h2load.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.args(["-c", "100", "-m", "10"]).args(how).arg("-d").arg(garbage.path());
    command.args(["-H", "content-type: application/grpc", "-H", "te: trailers"]);
    command.arg(format!("{}{SUBMIT}", trial.server.url())).stdout(Stdio::piped()).stderr(Stdio::null());
    let start = now();
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let refused = done(&String::from_utf8_lossy(&output.stdout));
    println!("  {refused} calls were refused, {:.0}/s", refused / start.elapsed().as_secs_f64());
    assert!(refused > 1_000.0, "it was no flood");
}

/// Of `requests: 20000 total, 11047 started, 10047 done, …`, how many are done.
fn done(printed: &str) -> f64 {
    let requests = printed.lines().find_map(|line| line.strip_prefix("requests: "));
    let done = requests.and_then(|line| line.split(", ").find_map(|part| part.strip_suffix(" done")));
    done.unwrap_or_else(|| panic!("it did not run: {printed}")).parse().unwrap()
}

/// Frames that cost a client nothing. Of some the server takes only so many; whatever it takes, it goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn frames_by_the_ten_thousand() {
    try_on("frames: resets, CONTINUATION, PING, SETTINGS, empty DATA", &[], async |trial: &Trial| {
        // CVE-2023-44487: calls that are begun and taken back, by strangers and by others.
        for key in [None, Some(trial.key.as_str())] {
            let block = call(SUBMIT, key);
            let pair = |stream| [frame(HEADERS, END_HEADERS, stream, &block), frame(RST_STREAM, 0, stream, &CANCEL)];
            let resets = (0..50_000).map(|number| pair(2 * number + 1).concat());
            assert!(flood(trial, "resets", &[], resets).await, "it takes them all");
        }
        // Headers that never end.
        for piece in [header("x", &"y".repeat(1_000)), vec![]] {
            let begin = frame(HEADERS, 0, 1, &call(SUBMIT, None));
            let pieces = (0..20_000).map(|_| frame(CONTINUATION, 0, 1, &piece));
            assert!(flood(trial, "pieces of headers", &begin, pieces).await, "it takes them all");
        }
        let begin = frame(HEADERS, END_HEADERS, 1, &call(STREAM, Some(&trial.key)));
        let empty = (0..50_000).map(|_| frame(DATA, 0, 1, &[]));
        assert!(flood(trial, "empty DATA", &begin, empty).await, "it takes them all");
        // Frames that are legal however many there are: they are answered, no faster than the answers are taken.
        for (name, legal) in [
            ("PING", frame(PING, 0, 0, &[7; 8])),
            ("SETTINGS", frame(SETTINGS, 0, 0, &[0, 3, 0, 0, 0, 100])),
            ("WINDOW_UPDATE", frame(WINDOW_UPDATE, 0, 1, &[0, 0, 0, 1])),
        ] {
            flood(trial, name, &begin, (0..50_000).map(|_| legal.clone())).await;
        }
    })
    .await;
}

/// Sends frames until all are sent and taken, or the server closes the connection: whether it did.
async fn flood(trial: &Trial, name: &str, begin: &[u8], frames: impl Iterator<Item = Vec<u8>>) -> bool {
    let mut wire = Wire::open(trial.server.addr()).await.unwrap();
    let start = now();
    let mut sent = 0;
    let sending = async {
        wire.send(begin).await?;
        for frame in frames {
            wire.send(&frame).await?;
            sent += 1;
        }
        // Whoever answers this has taken all that came before.
        wire.send(&frame(PING, 0, 0, b"the last")).await
    };
    let _: io::Result<()> = timeout(PATIENCE, sending).await.expect("it neither takes them nor closes");
    let closed = loop {
        if wire.closed_within(Duration::from_millis(20)).await {
            break true;
        }
        if wire.heard().pong == Some(*b"the last") {
            break false;
        }
        assert!(start.elapsed() < PATIENCE, "{name}: neither taken nor closed");
    };
    let end = if closed { format!("closed ({:?})", wire.heard().goaway) } else { "all taken".to_owned() };
    println!("  {sent} × {name} in {:.2} s: {end}", start.elapsed().as_secs_f64());
    closed
}

/// Pings from somebody who does not read the answers: those do not pile up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pings_whose_answers_are_not_read() {
    try_on("PINGs, answers not read", &[], async |trial: &Trial| {
        let mut deaf = TcpStream::connect(trial.server.addr()).await.unwrap();
        let hello = [PREFACE, &frame(SETTINGS, 0, 0, &[]), &frame(SETTINGS, ACK, 0, &[])].concat();
        deaf.write_all(&hello).await.unwrap();
        let pings = frame(PING, 0, 0, &[7; 8]).repeat(100);
        let mut sent = 0_u32;
        let sending = async {
            while deaf.write_all(&pings).await.is_ok() {
                sent += 100;
                if sent > 2_000_000 {
                    sleep(PATIENCE).await;
                }
            }
        };
        timeout(STALL + CLOSING, sending).await.expect("it is cut off");
        println!("  {sent} pings");
    })
    .await;
}
