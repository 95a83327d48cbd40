//! Streams on which hardly anything happens: thousands of them.

use std::time::Duration;

use hearten::rpc::pb::{
    self, StreamSessionsRequest, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
};
use tokio::{sync::mpsc, task::JoinSet};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Streaming};

use super::trial::{MARGIN_MIB, Trial, try_on};
use crate::support::{client::in_time, keyed::Keyed, now, pace::event};

const STREAMS: usize = 5_000;
const A_CONNECTION: usize = 1_000;

struct Idle {
    sender: mpsc::Sender<StreamSessionsRequest>,
    answers: Streaming<pb::StreamSessionsResponse>,
    learner: String,
}

impl Idle {
    async fn open(client: Keyed, number: usize) -> Self {
        let (sender, receiver) = mpsc::channel(1);
        let answers = client.feedback().stream_sessions(ReceiverStream::new(receiver)).await.unwrap().into_inner();
        let mut idle = Self { sender, answers, learner: format!("idle-{number}") };
        idle.submit("1").await;
        idle
    }

    async fn submit(&mut self, id: &str) {
        let message = Some(Sent::Event(event(&self.learner, id)));
        self.sender.send(StreamSessionsRequest { message }).await.unwrap();
        let answer = self.answers.message().await.unwrap().unwrap().message.unwrap();
        assert!(matches!(&answer, Answer::Reply(reply) if reply.event_id == id), "{answer:?}");
    }
}

async fn open_all(trial: &Trial) -> Vec<Idle> {
    let mut opening = JoinSet::new();
    let mut idle = Vec::new();
    for first in (0..STREAMS).step_by(A_CONNECTION) {
        let client = Keyed::connect(trial.server.url(), &trial.key).await;
        for number in first..first + A_CONNECTION {
            opening.spawn(Idle::open(client.clone(), number));
            // As a school's morning, not as one instant.
            if opening.len() >= 32 {
                idle.push(opening.join_next().await.unwrap().unwrap());
            }
        }
    }
    idle.extend(opening.join_all().await);
    idle
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_idle_streams() {
    try_on("5,000 idle streams", &["--store", "memory"], async |trial: &Trial| {
        let mut idle = in_time(open_all(trial)).await;
        println!("  {} MiB with {STREAMS} streams open", trial.server.resident_mib());
        tokio::time::sleep(Duration::from_secs(1)).await;
        for stream in idle.iter_mut().step_by(50) {
            in_time(stream.submit("2")).await;
        }
    })
    .await;
}

/// A stop tells every one of them, and ends in time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_idle_streams_hold_up_no_stop() {
    let (mut trial, _alone) = Trial::alone(&["--drain", "20s"]).await;
    let idle = in_time(open_all(&trial)).await;
    let start = now();
    trial.server.terminate();
    for mut stream in idle {
        let answer = in_time(stream.answers.message()).await.unwrap().unwrap().message.unwrap();
        assert!(matches!(&answer, Answer::Closing(closing) if closing.resume), "{answer:?}");
        assert_eq!(in_time(stream.answers.message()).await.unwrap_err().code(), Code::Unavailable);
    }
    let status = tokio::task::block_in_place(|| trial.server.wait(Duration::from_secs(20)));
    println!("a stop with {STREAMS} streams open took {:.1} s", start.elapsed().as_secs_f64());
    assert_eq!(status.expect("it stops in time").code(), Some(0), "{}", trial.server.output());
}

/// However often they come and go, the memory they took goes back to the system.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_memory_of_streams_goes_back() {
    let (trial, _alone) = Trial::alone(&["--store", "memory"]).await;
    let before = trial.server.resident_mib();
    for round in 1..=3 {
        let open = in_time(open_all(&trial)).await;
        let peak = trial.server.resident_mib();
        drop(open);
        let kept = trial.memory_back(before).await;
        println!("round {round}: {before} MiB before, {peak} with {STREAMS} streams open, {kept} afterwards");
        assert!(kept <= before + MARGIN_MIB, "{kept} MiB are kept of {peak}, {before} were there before");
    }
}
