//! What was read is lived with: any record that is taken for one, and any event, go through a turn and come back as a record.

use std::sync::{Arc, LazyLock};

use fastrand::Rng;
use hearten::{
    engine::{Ask, Engine, Error, Options, Rules, Statistics, apply},
    estimate::Model,
    event::Timestamp,
    feedback::Policy,
    learner::Learner,
    reason::{Outcome, Verdict},
    rpc::{self, pb},
    statistics::Snapshot,
    store::{Commit, Key, Memory, Record, Store},
};
use prost::Message;
use tokio::runtime::Builder;

use super::{
    engine::{Shape, Target, refused, taken},
    hostile,
    records::{self, golden},
};

/// A record, and what happens then.
#[derive(Clone, PartialEq, Message)]
struct Life {
    #[prost(bytes = "vec", tag = "1")]
    record: Vec<u8>,
    #[prost(message, repeated, tag = "2")]
    events: Vec<pb::Event>,
}

static GOLDEN: LazyLock<Vec<Vec<u8>>> = LazyLock::new(golden);

fn made(rng: &mut Rng) -> Vec<u8> {
    let mut record = if rng.bool() { records::made(rng) } else { rng.choice(&*GOLDEN).cloned().unwrap_or_default() };
    for _ in 0..rng.u8(0..3) {
        let at = rng.usize(0..record.len());
        record[at] = if rng.bool() { rng.u8(..) } else { record[at] ^ 1 << rng.u8(0..8) };
    }
    let record = if rng.u8(0..4) == 0 { Vec::new() } else { record };
    Life { record, events: (0..rng.u8(1..4)).map(|_| hostile::event(rng)).collect() }.encode_to_vec()
}

#[test]
fn life() {
    let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
    let statistics = Snapshot::default();
    Target { make: Some(made), ..Target::new("life", Shape::Wire, 6_000) }.run(|input| {
        let Ok(Life { record, events }) = Life::decode(input) else { return refused("no protobuf") };
        let learner = if record.is_empty() { Ok(Learner::default()) } else { Learner::decode(&record) };
        let Ok(mut learner) = learner else { return refused("no record") };
        // Nobody comes near the largest number of changes that is read.
        if learner.version() > 1 << 61 {
            return refused("no learner");
        }
        let mut kinds = Vec::new();
        for (place, sent) in events.iter().enumerate() {
            let received = input.first().map(|byte| Timestamp::from_millis(1_800_000_000_000 + i64::from(*byte)));
            let Ok(event) = rpc::event(sent, received.filter(|_| place % 2 == 0)) else { continue };
            let turn = apply(&rules, &mut learner, &event, &statistics, Ask::default(), 7 + place as u64);
            let expected = turn.assessment.p_next_correct;
            assert!((0.0..=1.0).contains(&expected), "{expected}");
            let scores = turn.assessment.estimates.map(|estimate| estimate.score);
            assert!(scores.iter().all(|score| (0.0..=1.0).contains(score)), "{scores:?}");
            let bytes = learner.encode();
            assert_eq!(Learner::decode(&bytes).unwrap_or_else(|error| panic!("{error}: {learner:?}")), learner);
            kinds.push(learner.traces.last().map(|trace| match trace.verdict {
                Verdict::Undecided => 0,
                Verdict::Spoken { reason, .. } => reason as u16,
                Verdict::Silent { cause, .. } => 100 + cause as u16,
            }));
        }
        if kinds.is_empty() { refused("no event") } else { taken((record.first().copied(), kinds)) }
    });
}

/// The same in an engine, which finds the record in its store: everything that can be asked about a learner, and done to one.
#[test]
fn kept() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let now = Timestamp::from_millis(1_800_000_000_000);
    let rules = || Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
    Target { make: Some(made), ..Target::new("kept", Shape::Wire, 2_000) }.run(|input| {
        let Ok(Life { record, events }) = Life::decode(input) else { return refused("no protobuf") };
        let Ok(learner) = Learner::decode(&record) else { return refused("no record") };
        let version = learner.version();
        if version > 1 << 61 {
            return refused("no learner");
        }
        let store = Arc::new(Memory::new());
        let key = Key::new("default", "ana");
        let attention = [(learner.class, true)].into_iter().collect();
        store.commit(Commit { attention, ..Commit::new(key.clone(), 0, Record { version, bytes: record }) });
        let done = runtime.block_on(async {
            let engine = Engine::open(rules(), store, Statistics::Learn).await?;
            let mut ids = Vec::new();
            for sent in &events {
                let Ok(event) = rpc::event(sent, Some(now)) else { continue };
                match engine.submit(&key, &event, Options { signals: true, ..Options::default() }, now).await {
                    // A damaged record may remember decisions without a number: nobody knows them.
                    Err(Error::IdReused | Error::UnknownDecision) => continue,
                    reply => {
                        let mut reply = reply?;
                        engine.settle(&mut reply).await?;
                        ids.extend(reply.decision.filter(|_| !reply.duplicate).map(|decision| decision.name()));
                        engine.nudge(&key, reply.sequence, None, now + 600_000).await?;
                    }
                }
            }
            // With a nudge after each, the last eight decisions.
            for id in ids.iter().rev().take(4) {
                engine.explain(key.tenant(), id, now).await?;
                let _ = engine.report(key.tenant(), id, Outcome::NotShown, now).await;
            }
            engine.struggling(key.tenant(), learner.class, "", 10, now).await?;
            // Nobody is known by a record without a change.
            let told = match engine.profile(&key, true, now).await {
                Ok(profile) => Some(profile.decisions.len()),
                Err(Error::UnknownLearner | Error::UnknownDecision) => None,
                Err(error) => return Err(error),
            };
            assert!(engine.healthy());
            Ok::<_, Error>((ids.len(), told))
        });
        taken(done.unwrap_or_else(|error| panic!("{error}")))
    });
}
