//! What every test here does around its abuse.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use hearten::rpc::pb::{
    self, StreamSessionsRequest, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
};
use tempfile::TempDir;
use tokio::{
    sync::{Mutex, MutexGuard, mpsc},
    time::sleep,
};
use tokio_stream::wrappers::ReceiverStream;

use crate::support::{
    Client, PATIENCE, Server,
    client::in_time,
    keyed::{Keyed, new_key},
    now,
    pace::{Steady, event},
};

/// How long the server under test waits for clients that do not read, and for strangers.
pub const STALL: Duration = Duration::from_secs(2);
/// Being found to have outstayed, and closed: a look a second, and five for a polite end.
pub const CLOSING: Duration = Duration::from_secs(8);
/// A steady client sends one event in this time.
const PACE: Duration = Duration::from_millis(10);
/// Slower than three times this is slow, however fast it was before. Two cores are shared by the server, by whoever abuses
/// it and by whatever else is built on this machine: a scheduler's turn is some milliseconds, and a sync of the disk may take ten.
const FLOOR: Duration = Duration::from_millis(20);
/// How many times a trial may find the machine itself too busy to tell.
const TRIES: usize = 5;
/// What may be kept in memory, in MiB: what the allocator holds on to, and the records and journal of the steady client's events.
pub const MARGIN_MIB: u64 = 48;

/// The server, and keys for two tenants.
pub struct Trial {
    pub server: Server,
    /// The abuser's.
    pub key: String,
    good: String,
    _home: TempDir,
    /// The most memory seen, in MiB.
    peak: AtomicU64,
}

/// One after the other: each has the machine for itself.
static ALONE: Mutex<()> = Mutex::const_new(());

/// Abuses a server of its own, and holds it to what must be true.
pub async fn try_on(name: &str, arguments: &[&str], abuse: impl AsyncFn(&Trial)) {
    let _alone = ALONE.lock().await;
    for number in 1.. {
        let trial = Trial::start(arguments).await;
        let fair = trial.run(name, &abuse).await;
        if fair {
            return;
        }
        assert!(number < TRIES, "{name}: whoever behaves waited too long, {TRIES} times over");
    }
}

impl Trial {
    /// For what cannot be tried around: the server does not outlive it.
    pub async fn alone(arguments: &[&str]) -> (Self, MutexGuard<'static, ()>) {
        let alone = ALONE.lock().await;
        (Self::start(arguments).await, alone)
    }

    async fn start(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let keys = home.path().join("keys.toml");
        let [good, bad] = ["good", "bad"].map(|tenant| new_key(&keys, tenant));
        let settings = ["--stall", "2s", "--idle-after", "1s", "--keys", keys.to_str().unwrap()];
        let server = Server::start_in(&home.path().join("data"), &[&settings, arguments].concat());
        Self { server, key: bad, good, _home: home, peak: AtomicU64::new(0) }
    }

    /// Whether whoever behaves was served as fast as before.
    async fn run(&self, name: &str, abuse: &impl AsyncFn(&Self)) -> bool {
        self.converse("before").await;
        let steady = Steady::start(self.server.url(), &self.good, PACE);
        sleep(Duration::from_millis(300)).await;
        let resident = self.server.resident_mib();
        let start = now();
        sleep(Duration::from_millis(1_500)).await;
        let begun = now();
        tokio::select! {
            () = abuse(self) => {}
            () = self.watch_memory() => {}
        }
        let over = now();
        sleep(Duration::from_millis(600)).await;
        let end = now();
        let before = steady.between(start, begun).await;
        let during = steady.between(begun, over).await;
        let after = steady.between(over, end).await;
        drop(steady);
        let kept = self.memory_back(resident).await;
        let peak = self.peak.load(Relaxed);
        let ratio = during.percentile(99).as_secs_f64() / before.percentile(99).as_secs_f64();
        println!(
            "{name}: p50 / p99 before {before}, during {during} (p99 ×{ratio:.1}, {:.1} s), after {after}; \
             memory {resident} MiB before, {peak} at most, {kept} after",
            (over - begun).as_secs_f64()
        );
        for (when, latencies) in [("before", &before), ("during", &during), ("after", &after)] {
            assert!(latencies.failed.is_empty(), "{name}, {when}: {:?}", latencies.failed);
            assert!(!latencies.took.is_empty(), "{name}, {when}: nothing was measured");
        }
        assert!(kept <= resident + MARGIN_MIB, "{name}: {kept} MiB are kept of {peak}, {resident} were there before");
        assert_eq!(in_time(Client::to(&self.server)).await.health().await, "SERVING", "{name}");
        self.converse("after").await;
        during.percentile(99) <= 3 * before.percentile(99).max(FLOOR)
    }

    /// A whole conversation, on a stream of its own.
    pub async fn converse(&self, learner: &str) {
        let (sender, receiver) = mpsc::channel(1);
        let client = Keyed::connect(self.server.url(), &self.good).await;
        let answers = in_time(client.feedback().stream_sessions(ReceiverStream::new(receiver))).await.unwrap();
        let mut answers = answers.into_inner();
        let open = pb::Open { learner_id: learner.to_owned(), ..Default::default() };
        let messages = [Sent::Open(open), Sent::Event(event(learner, "1")), Sent::Event(event(learner, "2"))];
        for message in messages {
            sender.send(StreamSessionsRequest { message: Some(message) }).await.unwrap();
            let answer = in_time(answers.message()).await.unwrap().unwrap().message.unwrap();
            assert!(matches!(answer, Answer::Opened(_) | Answer::Reply(_)), "{answer:?}");
        }
        drop(sender);
        let answer = in_time(answers.message()).await.unwrap().unwrap().message.unwrap();
        let Answer::Closing(closing) = answer else { panic!("{answer:?}") };
        assert_eq!(closing.summary.unwrap().attempts, 2);
        assert!(in_time(answers.message()).await.unwrap().is_none());
    }

    async fn watch_memory(&self) {
        loop {
            self.peak.fetch_max(self.server.resident_mib(), Relaxed);
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// What is held once it is little enough, or after a while.
    pub async fn memory_back(&self, before: u64) -> u64 {
        let deadline = now() + PATIENCE / 3;
        loop {
            let resident = self.server.resident_mib();
            if resident <= before + MARGIN_MIB || now() > deadline {
                return resident;
            }
            sleep(Duration::from_millis(200)).await;
        }
    }
}
