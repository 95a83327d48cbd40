//! Unary calls, as many as are asked for.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use hearten::rpc::pb::{self, feedback_service_client::FeedbackServiceClient};
use tokio::{task::JoinSet, time::sleep};
use tonic::{
    Code, Status,
    codegen::{Body, Bytes, StdError},
    transport::Channel,
};
use tonic_types::StatusExt as _;

use crate::support::{Client, PATIENCE, Server, now, pace::event};

/// How much is asked for.
#[derive(Clone, Copy, Debug)]
pub enum Offered {
    /// So many calls at any time: when one is answered the next is made.
    AtOnce(usize),
    /// So many a second, whether they are answered or not, as far as this machine can make them.
    ASecond(f64),
}

/// Clients of one server.
pub struct Load<'a> {
    server: &'a Server,
    clients: Vec<FeedbackServiceClient<Channel>>,
    next: Arc<AtomicU64>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    took: Vec<Duration>,
    pub refused: usize,
    lasted: Duration,
    pub peak_mib: u64,
}

/// Calls that the client may have made and not been answered: more are not made, and a client that waits is one that asks less.
const MOST: usize = 1_500;
const LEARNERS: u64 = 500;

impl<'a> Load<'a> {
    pub async fn on(server: &'a Server, connections: usize) -> Self {
        let mut clients = Vec::new();
        for _ in 0..connections {
            clients.push(FeedbackServiceClient::new(Client::to(server).await.0));
        }
        Self { server, clients, next: Arc::default() }
    }

    pub async fn run(&self, offered: Offered, lasts: Duration) -> Outcome {
        let (start, peak) = (now(), AtomicU64::new(0));
        let watched = async {
            loop {
                peak.fetch_max(self.server.resident_mib(), Relaxed);
                sleep(Duration::from_millis(20)).await;
            }
        };
        let mut outcome = tokio::select! {
            outcome = self.offer(offered, start + lasts) => outcome,
            () = watched => unreachable!(),
        };
        outcome.took.sort_unstable();
        Outcome { lasted: start.elapsed(), peak_mib: peak.load(Relaxed), ..outcome }
    }

    async fn offer(&self, offered: Offered, until: Instant) -> Outcome {
        let mut calling = JoinSet::new();
        let clients = || self.clients.iter().cycle().cloned();
        match offered {
            Offered::AtOnce(count) => {
                for client in clients().take(count) {
                    let next = Arc::clone(&self.next);
                    calling.spawn(async move {
                        let mut outcome = Outcome::default();
                        while now() < until {
                            outcome.add(submit(client.clone(), &next).await);
                        }
                        outcome
                    });
                }
            }
            Offered::ASecond(rate) => {
                let (start, waiting) = (now(), Arc::new(AtomicUsize::new(0)));
                let mut clients = clients();
                let mut made = 0_u32;
                while now() < until {
                    while f64::from(made) < rate * start.elapsed().as_secs_f64() && waiting.load(Relaxed) < MOST {
                        made += 1;
                        waiting.fetch_add(1, Relaxed);
                        let (client, next, waiting) =
                            (clients.next().unwrap(), Arc::clone(&self.next), Arc::clone(&waiting));
                        calling.spawn(async move {
                            let mut outcome = Outcome::default();
                            outcome.add(submit(client, &next).await);
                            waiting.fetch_sub(1, Relaxed);
                            outcome
                        });
                    }
                    sleep(Duration::from_millis(1)).await;
                }
            }
        }
        calling.join_all().await.into_iter().fold(Outcome::default(), Outcome::and)
    }
}

async fn submit<T>(mut client: FeedbackServiceClient<T>, next: &AtomicU64) -> Result<Duration, Status>
where
    T: tonic::client::GrpcService<tonic::body::Body>,
    T::Error: Into<StdError>,
    T::ResponseBody: Body<Data = Bytes> + Send + 'static,
    <T::ResponseBody as Body>::Error: Into<StdError> + Send,
{
    let number = next.fetch_add(1, Relaxed);
    let event = event(&format!("l{}", number % LEARNERS), &number.to_string());
    let start = now();
    let request = pb::SubmitEventRequest { event: Some(event), ..Default::default() };
    let answer = tokio::time::timeout(PATIENCE, client.submit_event(request)).await.expect("no answer");
    answer.map(|_| start.elapsed())
}

impl Outcome {
    /// A call was answered, or was refused as it should be; nothing else.
    pub fn add(&mut self, answer: Result<Duration, Status>) {
        match answer {
            Ok(took) => self.took.push(took),
            Err(status) => {
                assert_refused(&status);
                self.refused += 1;
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.took.extend(other.took);
        Self { refused: self.refused + other.refused, ..self }
    }

    /// Calls answered in a second.
    pub fn rate(&self) -> f64 {
        self.took.len() as f64 / self.lasted.as_secs_f64()
    }

    pub fn percentile(&self, percent: usize) -> Duration {
        let place = (self.took.len() * percent).div_ceil(100).max(1) - 1;
        self.took.get(place).copied().unwrap_or_default()
    }

    pub fn p99(&self) -> Duration {
        self.percentile(99)
    }
}

/// Work that is refused says so, and when to come again.
pub fn assert_refused(status: &Status) {
    assert_eq!(status.code(), Code::ResourceExhausted, "{status}");
    let again = status.get_details_retry_info().and_then(|info| info.retry_delay);
    assert!(again.is_some(), "when to come again: {status:?}");
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p99] = [50, 99].map(|percent| 1e3 * self.percentile(percent).as_secs_f64());
        let refused = self.refused as f64 / self.lasted.as_secs_f64();
        write!(f, "{:6.0}/s | {refused:5.0}/s | {p50:8.1} / {p99:.1} ms | {} MiB", self.rate(), self.peak_mib)
    }
}
