//! What is measured, in turns with the echo.

use std::{path::Path, sync::Arc, time::Duration};

use bytes::Bytes;
use prost::Message as _;

use crate::{
    disk::Disk,
    echo::Replies,
    events::{self, Kind, Source},
    held::{Held, held},
    load::{Load, Run, run},
    options::Options,
    tally::{Fate, Measure},
    target::Target,
};

/// One way to use a server.
#[derive(Debug)]
pub struct Scenario {
    pub name: &'static str,
    pub durable: bool,
    pub kind: Kind,
    /// Calls at once, or streams.
    pub workers: u64,
    /// Requests under way on each.
    pub depth: usize,
    /// Whether it is measured under a schedule too.
    pub scheduled: bool,
}

const fn scenario(name: &'static str, durable: bool, kind: Kind, (workers, depth): (u64, usize)) -> Scenario {
    Scenario { name, durable, kind, workers, depth, scheduled: false }
}

pub static SCENARIOS: [Scenario; 7] = [
    scenario("unary_durable_16", true, Kind::Unary, (16, 1)),
    scenario("unary_durable_64", true, Kind::Unary, (64, 1)),
    Scenario { scheduled: true, ..scenario("unary_durable", true, Kind::Unary, (256, 1)) },
    scenario("unary_memory", false, Kind::Unary, (256, 1)),
    scenario("batch_durable", true, Kind::Batch, (16, 1)),
    Scenario { scheduled: true, ..scenario("stream_memory", false, Kind::Stream, (64, 16)) },
    Scenario { scheduled: true, ..scenario("stream_durable", true, Kind::Stream, (64, 16)) },
];

/// Events of each learner before anything is measured: the first are answered with less, and records grow.
pub const GROWN: u64 = 12;
/// Requests a second under a schedule, of what Hearten answers without one.
const SHARE: f64 = 0.5;
/// How long the disk is looked at in each turn.
const SYNCS: Duration = Duration::from_millis(250);

/// The same for all scenarios.
pub struct Bench {
    pub options: Options,
    pub tails: Arc<[Bytes]>,
    pub replies: Replies,
    pub disk: Disk,
}

impl Bench {
    pub fn place(&self) -> &Path {
        &self.options.place
    }
}

/// Both sides, turn by turn.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    pub echo: Vec<Measure>,
    pub hearten: Vec<Measure>,
}

#[derive(Debug)]
pub struct Outcome {
    pub scenario: &'static Scenario,
    pub closed: Turns,
    /// Events a second, and how that went.
    pub scheduled: Option<(f64, Turns)>,
    pub held: Held,
}

/// A server and who it is asked about.
struct Side {
    target: Target,
    crowd: Vec<Source>,
    fate: Fate,
}

impl Side {
    async fn new(bench: &Bench, target: Target, scenario: &Scenario) -> Self {
        let crowd = events::crowd(b"learner-", bench.options.learners, scenario.workers, &bench.tails);
        let mut side = Self { target, crowd, fate: Fate::default() };
        let own = bench.options.learners / scenario.workers;
        side.measure(Load { kind: Kind::Stream, depth: 16 }, Run::Counted(GROWN * own)).await;
        side
    }

    async fn measure(&mut self, load: Load, each: Run) -> Measure {
        let measure = run(&self.target, &mut self.crowd, load, each).await;
        self.fate.add(measure.fate.clone());
        measure
    }
}

pub async fn measure(bench: &mut Bench, scenario: &'static Scenario) -> Outcome {
    let connections = bench.options.connections;
    let echo = Target::echo(bench.place(), &bench.replies.encode_to_vec(), connections).await;
    let hearten = Target::hearten(bench.place(), scenario.durable, connections).await;
    let mut echo = Side::new(bench, echo, scenario).await;
    let mut hearten = Side::new(bench, hearten, scenario).await;
    let load = Load { kind: scenario.kind, depth: scenario.depth };
    let closed = Run::Closed(bench.options.seconds);
    let closed = turns(bench, scenario, [&mut echo, &mut hearten], load, closed).await;
    let scheduled = if scenario.scheduled {
        let mut rates: Vec<f64> = closed.hearten.iter().map(|measure| measure.rate).collect();
        rates.sort_by(f64::total_cmp);
        let rate = rates[rates.len() / 2] * SHARE;
        let load = Load { depth: usize::MAX, ..load };
        let open = Run::Open(rate / scenario.kind.events() as f64, bench.options.seconds);
        Some((rate, turns(bench, scenario, [&mut echo, &mut hearten], load, open).await))
    } else {
        None
    };
    assert_eq!(echo.fate.lost, 0, "the echo failed: {:?}", echo.fate.failure);
    let Side { mut target, crowd, fate } = hearten;
    if scenario.durable {
        target = target.killed().await;
    }
    Outcome { scenario, closed, scheduled, held: held(&target, &crowd, fate).await }
}

/// One after the other, then the other way round, so that neither is always first.
async fn turns(bench: &mut Bench, scenario: &Scenario, sides: [&mut Side; 2], load: Load, run: Run) -> Turns {
    let mut turns = Turns::default();
    let [echo, hearten] = sides;
    for turn in 0..bench.options.turns {
        if scenario.durable {
            bench.disk.measure(SYNCS);
        }
        for place in [turn % 2, (turn + 1) % 2] {
            hearten.target.calm().await;
            if place == 0 {
                turns.echo.push(echo.measure(load, run).await);
            } else {
                turns.hearten.push(hearten.measure(load, run).await);
            }
        }
        let (theirs, ours) = (&turns.echo[turn], &turns.hearten[turn]);
        let name = scenario.name;
        eprintln!("{name}: echo {:.0}/s, hearten {:.0}/s, {:.3}", theirs.rate, ours.rate, ours.rate / theirs.rate);
    }
    turns
}
