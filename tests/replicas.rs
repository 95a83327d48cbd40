//! Several servers on one database: whichever is asked, a learner has one history, and it is the one that a single server would have
//! written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "replicas/alternate.rs"]
mod alternate;
#[path = "replicas/equal.rs"]
mod equal;
#[path = "replicas/failover.rs"]
mod failover;
#[path = "replicas/heard.rs"]
mod heard;
#[path = "replicas/known.rs"]
mod known;

use hearten::feedback::Policy;
use support::{
    Server, hearten,
    postgres::{self, Cluster},
};

/// A database that is ready to be served from.
struct Database {
    cluster: &'static Cluster,
    name: &'static str,
}

impl Database {
    /// Makes one in the server that all tests here have in common, as an operator would.
    async fn prepare(name: &'static str) -> Option<Self> {
        let cluster = tokio::task::block_in_place(postgres::shared)?;
        migrate(&cluster.database(name).await);
        Some(Self { cluster, name })
    }

    fn url(&self) -> String {
        self.cluster.url(self.name)
    }

    /// So many servers on it.
    fn serve(&self, servers: usize, arguments: &[&str]) -> Vec<Server> {
        serve(&self.url(), servers, arguments)
    }

    /// One number that a statement answers with.
    async fn number(&self, statement: &str) -> i64 {
        self.cluster.client(self.name).await.query_one(statement, &[]).await.unwrap().get(0)
    }
}

/// The built-in policy with every message on trial that may be: what is left to chance must not depend on who is asked either.
fn on_trial() -> String {
    let mut text = String::new();
    for line in Policy::BUILTIN.lines() {
        text += &format!("{line}\n");
        if line.starts_with("[reasons.") && line != "[reasons.stuck]" {
            text += "trial = 0.3\nselection = \"adaptive\"\n";
        }
    }
    text
}

fn serve(url: &str, servers: usize, arguments: &[&str]) -> Vec<Server> {
    let arguments = [&["--store", url], arguments].concat();
    (0..servers).map(|_| Server::start(&arguments)).collect()
}

fn migrate(url: &str) {
    let made = hearten(["migrate", "--store", url]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
