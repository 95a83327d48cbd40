//! Hearten beside what the wire itself costs: a bare tonic echo that sends messages of the same size, in turns in one run.
//!
//!     cargo bench --bench transport
//!     cargo bench --bench transport -- --json
//!     cargo bench --bench transport -- --only stream_durable --seconds 5 --turns 9
//!
//! Both servers are processes of their own and get the same requests from the same code over as many connections. What is said
//! to be durable is: at the end of each scenario Hearten is killed, started again, and asked for every event it acknowledged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement has nobody to answer to"
)]

#[path = "transport/disk.rs"]
mod disk;
#[path = "transport/echo.rs"]
mod echo;
#[path = "transport/events.rs"]
mod events;
#[path = "transport/figures.rs"]
mod figures;
#[path = "transport/flat.rs"]
mod flat;
#[path = "transport/held.rs"]
mod held;
#[path = "transport/load.rs"]
mod load;
#[path = "transport/options.rs"]
mod options;
#[path = "transport/pace.rs"]
mod pace;
#[path = "../tests/support/raw.rs"]
mod raw;
#[path = "transport/report.rs"]
mod report;
#[path = "transport/scenario.rs"]
mod scenario;
#[path = "../tests/support/server.rs"]
#[allow(dead_code, reason = "tests use the rest of it")]
mod server;
#[path = "transport/survey.rs"]
mod survey;
#[path = "transport/tally.rs"]
mod tally;
#[path = "transport/target.rs"]
mod target;

use std::{
    env,
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

use tokio::signal::unix::{SignalKind, signal};

use crate::{
    disk::Disk,
    figures::Figures,
    options::Options,
    scenario::{Bench, SCENARIOS},
};

// As the server: the echo is this binary.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What `tests/support` asks of whoever uses it.
const PATIENCE: Duration = Duration::from_secs(30);

fn now() -> Instant {
    #[allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]
    Instant::now()
}

/// The real binary, deaf to the settings of whoever measures.
fn hearten<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hearten"));
    command.args(arguments);
    let settings = env::vars_os().map(|(name, _)| name);
    for setting in settings.filter(|name| name.to_string_lossy().starts_with("HEARTEN_")) {
        command.env_remove(setting);
    }
    command
}

fn main() -> ExitCode {
    let options = Options::read();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if let Some(replies) = &options.echo {
        runtime.block_on(echo::serve(replies));
        return ExitCode::SUCCESS;
    }
    runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate()).unwrap();
        let mut interrupt = signal(SignalKind::interrupt()).unwrap();
        tokio::select! {
            code = measure(options) => code,
            // What was started ends with what holds it.
            _ = terminate.recv() => ExitCode::FAILURE,
            _ = interrupt.recv() => ExitCode::FAILURE,
        }
    })
}

async fn measure(options: Options) -> ExitCode {
    let replies = survey::replies(&options.place).await;
    let disk = Disk::new(&options.place);
    let mut bench = Bench { options, tails: events::tails(), replies, disk };
    let mut outcomes = Vec::new();
    for scenario in &SCENARIOS {
        if bench.options.wants(scenario.name) {
            outcomes.push(scenario::measure(&mut bench, scenario).await);
        }
    }
    let flat = if bench.options.wants("flat") { Some(flat::measure(&bench).await) } else { None };
    let Bench { options, disk, .. } = bench;
    let figures = Figures { outcomes, flat, disk };
    if options.json {
        println!("{}", report::json(&figures, &options));
    } else {
        report::tables(&figures, &options);
    }
    if figures.held().all(|(_, held)| held.well()) {
        return ExitCode::SUCCESS;
    }
    eprintln!("the server does not hold what it acknowledged, or refused some: these figures are worth nothing");
    ExitCode::FAILURE
}
