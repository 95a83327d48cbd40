//! The real server inside the test's own process: `rpc::run` on a free port, over a real store, spoken to over gRPC.

#![allow(dead_code, unused_imports, reason = "each test binary compiles this module and uses a part of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

use std::{
    future::Future,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, Weak},
    time::Duration,
};

use hearten::{
    engine::{Engine, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    rpc::{
        self, Stopped,
        pb::{self, feedback_service_client::FeedbackServiceClient, learner_service_client::LearnerServiceClient},
    },
    store::{Embedded, Memory, Store},
};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle, time::timeout};
use tonic::{
    Status,
    transport::{Channel, Endpoint},
};

mod calls;
mod say;
mod stream;

pub use calls::*;
pub use say::*;
pub use stream::Stream;

/// How long a test waits for what should happen at once: generous, because CI machines are shared and slow.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How the server is to run. Statistics are frozen unless stated, so that only what a test sends can matter.
pub struct Setup {
    pub statistics: Statistics,
    pub options: rpc::Options,
    pub store: Place,
    pub policy: Policy,
}

/// Where learners are kept.
pub enum Place {
    /// In a directory that lives as long as the server.
    Fresh,
    /// In a directory the test keeps.
    Directory(PathBuf),
    Memory,
    /// In a store of the test's own.
    Own(Arc<dyn Store>),
}

impl Default for Setup {
    fn default() -> Self {
        let hour = Duration::from_secs(3600);
        let options = rpc::Options {
            drain: Duration::from_secs(10),
            statistics_interval: hour,
            idle_after: hour,
            ..rpc::Options::default()
        };
        let policy = Policy::builtin().unwrap();
        Self { statistics: Statistics::Frozen, options, store: Place::Fresh, policy }
    }
}

impl Setup {
    pub fn learning_every(interval: Duration) -> Self {
        let mut setup = Self { statistics: Statistics::Learn, ..Self::default() };
        setup.options.statistics_interval = interval;
        setup
    }

    pub fn in_directory(self, path: &Path) -> Self {
        Self { store: Place::Directory(path.to_owned()), ..self }
    }

    /// The built-in policy, but for one line of its file.
    pub fn with_policy(self, line: &str, instead: &str) -> Self {
        assert!(Policy::BUILTIN.contains(line), "{line}");
        Self { policy: Policy::parse(&Policy::BUILTIN.replacen(line, instead, 1)).unwrap(), ..self }
    }

    pub async fn start(self) -> Server {
        let (store, home): (Arc<dyn Store>, _) = match self.store {
            Place::Fresh => {
                let home = tempfile::tempdir().unwrap();
                (Arc::new(Embedded::open(home.path()).unwrap()), Some(home))
            }
            Place::Directory(path) => (Arc::new(reopened(&path).await), None),
            Place::Memory => (Arc::new(Memory::new()), None),
            Place::Own(store) => (store, None),
        };
        let rules = Rules::new(Model::builtin().unwrap(), self.policy);
        let engine = Arc::new(Engine::open(rules, store, self.statistics).await.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let over_tls = self.options.tls.is_some();
        let (stop, stopped) = oneshot::channel::<()>();
        let known = Arc::downgrade(&engine);
        let running = tokio::spawn(rpc::run(listener, engine, self.options, async move {
            let _ = stopped.await;
        }));
        let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
        // Over TLS a test connects by itself, as somebody.
        let channel = if over_tls { endpoint.connect_lazy() } else { endpoint.connect().await.unwrap() };
        Server { address, endpoint, channel, engine: known, stop: Some(stop), running, _home: home }
    }
}

/// Opens the store in a directory whose last owner may be letting go of it just now, on another thread.
async fn reopened(path: &Path) -> Embedded {
    let mut opened = None;
    eventually(async || {
        opened = match Embedded::open(path) {
            Err(error) if error.to_string().contains("another process has it open") => None,
            opened => Some(opened.unwrap()),
        };
        opened.is_some()
    })
    .await;
    opened.unwrap()
}

/// A running server, and one connection to it. Dropping it asks it to stop.
pub struct Server {
    pub address: SocketAddr,
    endpoint: Endpoint,
    channel: Channel,
    /// Not held: the store must be free for whoever opens it after the stop.
    engine: Weak<Engine>,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<Result<(), Stopped>>,
    _home: Option<TempDir>,
}

impl Server {
    pub async fn start() -> Self {
        Setup::default().start().await
    }

    pub fn feedback(&self) -> FeedbackServiceClient<Channel> {
        FeedbackServiceClient::new(self.channel.clone())
    }

    pub fn learners(&self) -> LearnerServiceClient<Channel> {
        LearnerServiceClient::new(self.channel.clone())
    }

    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// A connection of its own, to be cut.
    pub async fn connect(&self) -> Channel {
        self.endpoint.connect().await.unwrap()
    }

    pub async fn try_submit(&self, request: pb::SubmitEventRequest) -> Result<pb::Reply, Status> {
        let response = in_time(self.feedback().submit_event(request)).await?;
        Ok(response.into_inner().reply.expect("an answer holds a reply"))
    }

    pub async fn submit(&self, event: pb::Event) -> pb::Reply {
        self.try_submit(pb::SubmitEventRequest { event: Some(event), ..Default::default() }).await.unwrap()
    }

    /// Submits in turn; returns the last reply.
    pub async fn submit_all(&self, events: impl IntoIterator<Item = pb::Event>) -> pb::Reply {
        let mut last = None;
        for event in events {
            last = Some(self.submit(event).await);
        }
        last.expect("there are events")
    }

    pub async fn batch(
        &self,
        events: Vec<pb::Event>,
        decide: pb::batch_submit_events_request::Decide,
    ) -> Vec<pb::batch_submit_events_response::result::Result> {
        let request = pb::BatchSubmitEventsRequest { events, decide: decide.into(), view: 0 };
        let response = in_time(self.feedback().batch_submit_events(request)).await.unwrap().into_inner();
        response.results.into_iter().map(|result| result.result.expect("every result holds one")).collect()
    }

    pub async fn try_learner(&self, learner_id: &str) -> Result<pb::GetLearnerResponse, Status> {
        let request = pb::GetLearnerRequest { learner_id: learner_id.to_owned(), view: 0 };
        Ok(in_time(self.learners().get_learner(request)).await?.into_inner())
    }

    pub async fn learner(&self, learner_id: &str) -> pb::GetLearnerResponse {
        self.try_learner(learner_id).await.unwrap()
    }

    pub async fn attempts(&self, learner_id: &str) -> u32 {
        self.learner(learner_id).await.assessment.unwrap().attempts
    }

    pub async fn try_explain(&self, decision_id: &str) -> Result<pb::ExplainDecisionResponse, Status> {
        let request = pb::ExplainDecisionRequest { decision_id: decision_id.to_owned() };
        Ok(in_time(self.feedback().explain_decision(request)).await?.into_inner())
    }

    pub async fn stream(&self) -> Stream {
        Stream::start(self.channel()).await
    }

    /// Waits until item statistics summarise this many opportunities. Asks by dry runs, which are not counted.
    pub async fn learnt(&self, opportunities: u64) {
        eventually(async || {
            let event = Some(right("somebody else", "1"));
            let reply = self.try_submit(pb::SubmitEventRequest { event, view: 0, dry_run: true }).await.unwrap();
            reply.assessment.unwrap().statistics_version >= opportunities
        })
        .await;
    }

    /// Takes what was counted into what decisions see, now and not when it is time.
    pub fn renew(&self) {
        self.engine.upgrade().expect("it runs").renew_statistics();
    }

    /// Waits until no learner is in memory.
    pub async fn forgotten(&self) {
        eventually(async || self.engine.upgrade().is_some_and(|engine| engine.hot_learners() == 0)).await;
    }

    /// Asks it to stop, and does not wait.
    pub fn ask_to_stop(&mut self) {
        let _ = self.stop.take().expect("asked once").send(());
    }

    /// Stops it cleanly. Returns once the store is closed and free.
    pub async fn stop(mut self) {
        if self.stop.is_some() {
            self.ask_to_stop();
        }
        in_time(&mut self.running).await.unwrap().unwrap();
        // Tasks that were told to end may still be ending.
        eventually(async || self.engine.strong_count() == 0).await;
    }
}

/// What is awaited, or a failure instead of a test that hangs.
pub async fn in_time<T>(future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future).await.expect("took too long")
}

/// Asks again and again until the answer is yes.
pub async fn eventually(mut done: impl AsyncFnMut() -> bool) {
    in_time(async {
        while !done().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}
