//! A server under measurement: a process of its own, and the connections to it.

use std::{env, fs, path::Path, process::Command, time::Duration};

use tempfile::TempDir;
use tokio::time::sleep;
use tonic::transport::{Channel, Endpoint};

use crate::server::Server;

/// Of the ticks in which Linux tells what a process took.
const TICK: Duration = Duration::from_millis(10);
/// How long a server may go on with what nobody waits for.
const CALM: Duration = Duration::from_secs(3);

pub struct Target {
    // Stopped before its directory goes.
    server: Server,
    directory: TempDir,
    pub channels: Vec<Channel>,
}

impl Target {
    /// The real binary. Without durability it keeps nothing but what is in memory.
    pub async fn hearten(place: &Path, durable: bool, connections: usize) -> Self {
        let directory = TempDir::new_in(place).unwrap();
        let server = Server::start_in(directory.path(), store(durable));
        Self { channels: connect(&server, connections).await, server, directory }
    }

    /// This binary, as the echo.
    pub async fn echo(place: &Path, replies: &[u8], connections: usize) -> Self {
        let directory = TempDir::new_in(place).unwrap();
        let file = directory.path().join("replies");
        fs::write(&file, replies).unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        command.arg("--echo").arg(file);
        let server = Server::spawn(command, directory.path());
        Self { channels: connect(&server, connections).await, server, directory }
    }

    /// Hearten again, on what it left behind when it was killed.
    pub async fn killed(mut self) -> Self {
        let connections = self.channels.len();
        self.server.kill9();
        let server = Server::start_in(self.directory.path(), store(true));
        Self { channels: connect(&server, connections).await, server, directory: self.directory }
    }

    /// What its threads took of the processors so far, those that have ended too.
    pub fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.server.pid())).unwrap();
        // After the name, which may hold anything: state is the first, user and system time are the twelfth and thirteenth.
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        let ticks: u32 = fields.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<u32>().unwrap()).sum();
        TICK * ticks
    }

    /// Waits until it rests, so that what it puts off is not taken from whoever is next.
    pub async fn calm(&self) {
        let mut left = CALM;
        while let Some(rest) = left.checked_sub(10 * TICK) {
            let before = self.cpu();
            sleep(10 * TICK).await;
            if self.cpu() - before <= TICK {
                return;
            }
            left = rest;
        }
    }
}

fn store(durable: bool) -> &'static [&'static str] {
    if durable { &[] } else { &["--store", "memory"] }
}

async fn connect(server: &Server, connections: usize) -> Vec<Channel> {
    let mut channels = Vec::new();
    for _ in 0..connections {
        channels.push(Endpoint::from_shared(server.url()).unwrap().connect().await.unwrap());
    }
    channels
}
