//! One event through the core, without a wire and without a disk: decode, engine, encode; and each stage alone.
//!
//! ```sh
//! cargo bench --bench core
//! ```
//!
//! Learners are a thousand who are hot, or a million met at random (`HEARTEN_MANY` sets another number). The store is the one that
//! forgets, so that what is measured is what an event costs the engine, the record's encoding included.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a measurement has nobody to answer to"
)]

#[path = "core/class.rs"]
#[allow(dead_code, reason = "`tests/guard.rs` uses the rest of it")]
mod class;

use std::{env, hint::black_box, time::Duration};

use class::Class;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use hearten::rpc::{self, pb};
use prost::Message as _;

#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Learners who fit the processor's caches, as far as anybody's do.
const HOT: u64 = 1_000;

fn many() -> u64 {
    env::var("HEARTEN_MANY").map_or(1_000_000, |text| text.parse().expect("HEARTEN_MANY is a count"))
}

fn events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("event");
    group.throughput(Throughput::Elements(1));
    group.measurement_time(Duration::from_secs(10));
    for (name, learners) in [("hot", HOT), ("many", many())] {
        let mut class = Class::new(learners);
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|count| class.timed(count));
        });
    }
    group.finish();
}

fn stages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Elements(1));
    let mut class = Class::new(HOT);
    let bytes = class.next().1;
    group.bench_function("decode", |bencher| {
        bencher.iter(|| {
            rpc::event(&pb::Event::decode(black_box(bytes.as_slice())).unwrap(), Some(Class::start())).unwrap()
        });
    });
    group.bench_function("engine", |bencher| bencher.iter_custom(|count| class.timed_engine(count)));
    let (sent, reply) = class.answered();
    group.bench_function("encode", |bencher| {
        let copies = || (sent.clone(), reply.clone());
        bencher.iter_batched(copies, |(sent, reply)| rpc::answer(sent, &reply), BatchSize::SmallInput);
    });
    let mut learner = class.learner();
    group.bench_function("record", |bencher| bencher.iter(|| black_box(&mut learner).encode_in_place()));
    group.finish();
}

criterion_group!(benches, events, stages);
criterion_main!(benches);
