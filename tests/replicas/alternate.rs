//! Two engines on one database take turns with the same learners, by lot; one alone does the same. Every answer and every byte kept
//! must be equal.

use std::sync::Arc;

use hearten::{
    engine::{Engine, Error, Options, Reply, Rules, Statistics},
    estimate::Model,
    event::{Event, Timestamp},
    feedback::Policy,
    learner::Volume,
    reason::{Outcome, Verdict},
    rpc,
    store::{Key, Memory, Postgres, Store},
};
use serde_json::json;

use super::Database;

const LEARNERS: u64 = 12;
const TURNS: u64 = 1_500;

pub async fn two_on(database: &Database) -> [Engine; 2] {
    let open = async || {
        let store = Arc::new(Postgres::open(&database.url(), None).await.unwrap());
        Engine::open(rules(), store, Statistics::Frozen).await.unwrap()
    };
    [open().await, open().await]
}

pub fn rules() -> Rules {
    Rules::new(Model::builtin().unwrap(), Policy::parse(&super::on_trial()).unwrap())
}

pub fn at(turn: u64) -> Timestamp {
    Timestamp::from_millis(1_790_000_000_000 + turn as i64 * 11_000)
}

pub fn key(learner: u64) -> Key {
    Key::new("default", &format!("learner-{learner}"))
}

pub fn event(learner: u64, turn: u64, lot: &mut fastrand::Rng) -> Event {
    let action = match lot.u8(..10) {
        0 => ("hint", json!({"level": 1})),
        1 => ("skip", json!({})),
        n => ("attempt", json!({"correct": n > 6, "responseTime": format!("{}s", lot.u8(2..40))})),
    };
    let sent = json!({
        "eventId": turn.to_string(), "learnerId": format!("learner-{learner}"), "classId": "7b", "itemId": format!("q{}", lot.u8(..60)),
        "skillIds": [format!("s{}", lot.u8(..3))], action.0: action.1
    });
    rpc::event(&serde_json::from_value(sent).unwrap(), Some(at(turn))).unwrap()
}

/// What an answer says, without what differs by machine.
fn told(reply: &Reply) -> String {
    format!("{:?} {:?} {} {}", reply.report, reply.decision, reply.duplicate, reply.sequence)
}

/// One of them has old news of the learner, and takes several events before it hears of that: they stay in order.
pub async fn burst(engine: &Engine, learner: u64, events: &[Event], turn: u64) -> Vec<String> {
    let mut replies = Vec::new();
    for event in events {
        replies.push(engine.submit(&key(learner), event, Options::default(), at(turn)).await);
    }
    let mut answers = Vec::new();
    for reply in replies {
        let settled = match reply {
            Ok(mut reply) => engine.settle(&mut reply).await.map(|()| reply),
            Err(error) => Err(error),
        };
        answers.push(settled.map_or_else(|error: Error| error.to_string(), |reply| told(&reply)));
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_take_turns_are_as_good_as_one() {
    let Some(database) = Database::prepare("turns").await else { return };
    let alone: Arc<dyn Store> = Arc::new(Memory::new());
    let client = database.cluster.client("turns").await;
    client
        .execute("update hearten_meta set value = $1 where name = 'secret'", &[&alone.secret().as_slice()])
        .await
        .unwrap();
    let two = two_on(&database).await;
    let one = Engine::open(rules(), Arc::clone(&alone), Statistics::Frozen).await.unwrap();
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut lot = fastrand::Rng::with_seed(seed);
    let mut said: Vec<(u64, String)> = Vec::new();
    let mut sent: Vec<(u64, Event)> = Vec::new();
    let (mut bursts, mut reports, mut nudges, mut resent) = (0, 0, 0, 0);
    for turn in 0..TURNS {
        let (engine, learner) = (&two[lot.usize(..2)], lot.u64(..LEARNERS));
        let of = key(learner);
        match lot.u8(..12) {
            0 => {
                let volume = [Volume::Normal, Volume::Quiet, Volume::CelebrationsOnly, Volume::Off][lot.usize(..4)];
                let ours = engine.prefer(&of, |wanted| wanted.volume = volume, at(turn)).await.unwrap();
                let theirs = one.prefer(&of, |wanted| wanted.volume = volume, at(turn)).await.unwrap();
                assert_eq!(ours, theirs);
            }
            1 if !said.is_empty() => {
                let (_, id) = said[lot.usize(..said.len())].clone();
                let outcome = [Outcome::Shown, Outcome::NotShown, Outcome::Dismissed, Outcome::Helpful][lot.usize(..4)];
                let report = async |engine: &Engine| {
                    let mut reported =
                        engine.report(of.tenant(), &id, outcome, at(turn)).await.map_err(|e| e.to_string())?;
                    engine.settle_report(&mut reported).await.map_err(|e| e.to_string())?;
                    Ok::<_, String>((reported.outcome, reported.duplicate))
                };
                assert_eq!(report(engine).await, report(&one).await, "turn {turn}");
                reports += 1;
            }
            2 => {
                let sequence = one.profile(&of, false, at(turn)).await.map_or(0, |profile| profile.sequence);
                let ours = engine.nudge(&of, sequence, None, at(turn)).await.unwrap();
                let stale = ours.is_none();
                // Of a learner whom it has old news of an engine knows better than to nudge.
                if !stale {
                    let theirs = one.nudge(&of, sequence, None, at(turn)).await.unwrap();
                    assert_eq!(ours.as_ref().map(told), theirs.as_ref().map(told), "turn {turn}");
                    nudges += 1;
                }
            }
            4 if !sent.is_empty() => {
                let (learner, event) = sent[lot.usize(sent.len().saturating_sub(100)..sent.len())].clone();
                let ours = burst(engine, learner, std::slice::from_ref(&event), turn).await;
                assert_eq!(ours, burst(&one, learner, &[event], turn).await, "turn {turn}");
                resent += 1;
            }
            n => {
                let events: Vec<Event> =
                    (0..if n == 3 { 6 } else { 1 }).map(|place| event(learner, turn * 10 + place, &mut lot)).collect();
                bursts += u32::from(events.len() > 1);
                let (ours, theirs) =
                    (burst(engine, learner, &events, turn).await, burst(&one, learner, &events, turn).await);
                assert_eq!(ours, theirs, "turn {turn}");
                // The other engine knows them when they come again.
                let again = burst(&two[lot.usize(..2)], learner, &events, turn).await;
                assert!(again.iter().all(|answer| answer.contains(" true ")), "{again:?}");
                let profile = one.profile(&of, false, at(turn)).await.unwrap();
                let spoken = profile.decisions.iter().filter(|each| matches!(each.verdict, Verdict::Spoken { .. }));
                sent.extend(events.into_iter().map(|event| (learner, event)));
                said.extend(spoken.map(|decision| (learner, decision.name())));
            }
        }
    }
    for learner in 0..LEARNERS {
        let ours: Vec<u8> = client
            .query_one("select record from hearten_learners where learner = $1", &[&key(learner).learner()])
            .await
            .unwrap()
            .get(0);
        assert_eq!(Some(ours), alone.load(&key(learner)).await.unwrap().map(|record| record.bytes), "{learner}");
    }
    println!(
        "{TURNS} turns, {bursts} bursts, {reports} reports, {nudges} nudges, {resent} resent, {} messages known",
        said.len()
    );
    assert!(bursts > 50 && reports > 50 && resent > 50 && !said.is_empty());
}

/// At once, and as fast as they can: every event is answered, and counted once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_who_write_at_once_both_get_their_answers() {
    const EACH: u64 = 150;
    let Some(database) = Database::prepare("at_once").await else { return };
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..2 {
        let store = Arc::new(Postgres::open(&database.url(), None).await.unwrap());
        let engine = Engine::open(rules(), store, Statistics::Learn).await.unwrap();
        writers.spawn(async move {
            let mut lot = fastrand::Rng::with_seed(writer);
            for turn in 0..EACH {
                for learner in 0..3 {
                    let events: Vec<Event> =
                        (0..2).map(|place| event(learner, writer * 1_000_000 + turn * 10 + place, &mut lot)).collect();
                    let answers = burst(&engine, learner, &events, turn).await;
                    assert!(answers.iter().all(|answer| answer.contains(" false ")), "{answers:?}");
                }
            }
        });
    }
    writers.join_all().await;
    let store = Arc::new(Postgres::open(&database.url(), None).await.unwrap());
    for learner in 0..3 {
        let record = store.load(&key(learner)).await.unwrap().unwrap();
        // Every event is one change.
        assert_eq!(record.version, 2 * 2 * EACH);
    }
}
