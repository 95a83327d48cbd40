//! One of the servers: what it knows stays, the process changes.

use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::watch;

use crate::support::{Client, PATIENCE, Server, now};

pub struct Site {
    home: TempDir,
    server: Server,
    address: watch::Sender<String>,
    over: watch::Sender<bool>,
}

impl Site {
    pub fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let server = Server::start_in(home.path(), &[]);
        let (address, over) = (watch::Sender::new(server.url()), watch::Sender::new(false));
        Self { home, server, address, over }
    }

    /// Where it is found at the moment.
    pub fn address(&self) -> watch::Receiver<String> {
        self.address.subscribe()
    }

    /// Whether enough was sent.
    pub fn over(&self) -> watch::Receiver<bool> {
        self.over.subscribe()
    }

    pub fn enough(&mut self) {
        self.over.send_replace(true);
    }

    /// Stops it as a rolling update does, and starts it again; how long the stop took.
    pub fn restart(&mut self) -> Duration {
        let start = now();
        self.server.terminate();
        let status = self.server.wait(PATIENCE).expect("it stops");
        let took = start.elapsed();
        assert_eq!(status.code(), Some(0), "{}", self.server.output());
        self.server = Server::start_in(self.home.path(), &[]);
        self.address.send_replace(self.server.url());
        took
    }

    /// Kills it, and starts it again.
    pub fn crash(&mut self) {
        self.server.kill9();
        self.server = Server::start_in(self.home.path(), &[]);
        self.address.send_replace(self.server.url());
    }

    /// How many attempts of a learner are known here.
    pub async fn attempts(&self, learner: &str) -> usize {
        match Client::to(&self.server).await.learner(learner).await {
            Ok(learner) => learner.assessment.unwrap().attempts as usize,
            Err(status) => {
                assert_eq!(status.code(), tonic::Code::NotFound, "{status}");
                0
            }
        }
    }
}
