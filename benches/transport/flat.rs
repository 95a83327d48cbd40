//! Whether an event costs the same, however many learners there are and however much one has done.

use crate::{
    events::{self, Kind, PREFIX, Source},
    held::{Held, held},
    load::{Load, Run, run},
    scenario::{Bench, GROWN},
    tally::{Fate, Measure},
    target::Target,
};

const STREAMS: u64 = 64;
const LOAD: Load = Load { kind: Kind::Stream, depth: 16 };
const FEW: u64 = 1_024;

/// Microseconds of the server's processors for an event, turn by turn.
#[derive(Debug)]
pub struct Flat {
    pub few: (u64, Vec<f64>),
    pub many: (u64, Vec<f64>),
    /// One learner's events up to this number.
    pub first: (u64, Vec<f64>),
    /// As many, from this number on.
    pub late: (u64, Vec<f64>),
    pub held: Vec<Held>,
}

/// Learners, and what became of their events.
struct Learners {
    crowd: Vec<Source>,
    fate: Fate,
}

impl Learners {
    fn new(bench: &Bench, prefix: &[u8; PREFIX], learners: u64) -> Self {
        Self { crowd: events::crowd(prefix, learners, STREAMS, &bench.tails), fate: Fate::default() }
    }

    async fn send(&mut self, target: &Target, each: Run) -> Measure {
        let measure = run(target, &mut self.crowd, LOAD, each).await;
        self.fate.add(measure.fate.clone());
        measure
    }

    async fn held(self, target: &Target) -> Held {
        held(target, &self.crowd, self.fate).await
    }
}

pub async fn measure(bench: &Bench) -> Flat {
    let (few, many, slice) = (FEW, bench.options.many.max(FEW), bench.options.slice);
    let seconds = bench.options.seconds;
    let mut flat = Flat {
        few: (few, vec![]),
        many: (many, vec![]),
        first: (slice, vec![]),
        late: (bench.options.aged, vec![]),
        held: vec![],
    };
    let small = Target::hearten(bench.place(), true, bench.options.connections).await;
    let large = Target::hearten(bench.place(), true, bench.options.connections).await;
    let mut some = Learners::new(bench, b"learner-", few);
    let mut lots = Learners::new(bench, b"learner-", many);
    lots.send(&large, Run::Counted(GROWN * (many / STREAMS))).await;
    some.send(&small, Run::Counted(GROWN * (few / STREAMS))).await;
    // So that both stores have begun to put what they hold in order.
    some.send(&small, Run::Closed(2 * seconds)).await;
    for turn in 0..bench.options.turns {
        for place in [turn % 2, (turn + 1) % 2] {
            small.calm().await;
            large.calm().await;
            if place == 0 {
                flat.few.1.push(some.send(&small, Run::Closed(seconds)).await.cpu);
            } else {
                flat.many.1.push(lots.send(&large, Run::Closed(seconds)).await.cpu);
            }
        }
        eprintln!("flat: {few} learners {:.2} µs, {many} learners {:.2} µs", flat.few.1[turn], flat.many.1[turn]);
    }
    flat.held.push(lots.held(&large).await);
    drop(large);
    // One learner on each stream.
    let mut aged = Learners::new(bench, b"veteran-", STREAMS);
    aged.send(&small, Run::Counted(bench.options.aged)).await;
    for turn in 0..bench.options.turns {
        let mut fresh = Learners::new(bench, format!("fresh{turn:02}-").as_bytes().first_chunk().unwrap(), STREAMS);
        for place in [turn % 2, (turn + 1) % 2] {
            small.calm().await;
            if place == 0 {
                flat.first.1.push(fresh.send(&small, Run::Counted(slice)).await.cpu);
            } else {
                flat.late.1.push(aged.send(&small, Run::Counted(slice)).await.cpu);
            }
        }
        flat.held.push(fresh.held(&small).await);
        eprintln!("flat: first {:.2} µs, late {:.2} µs", flat.first.1[turn], flat.late.1[turn]);
    }
    flat.held.push(some.held(&small).await);
    flat.held.push(aged.held(&small).await);
    flat
}
