//! Ids of decisions: anybody can write one, and only those that were given out name anything.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fastrand::Rng;
use hearten::{
    engine::{Engine, Error, Options, Rules, Statistics},
    estimate::Model,
    event::Timestamp,
    feedback::Policy,
    reason::Outcome,
    rpc::{self, pb},
    store::{Key, Memory},
};
use tokio::runtime::Builder;

use super::engine::{Shape, Target, odd_number, odd_text, refused, taken};

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);
const LEARNERS: [&str; 3] = ["ana", "ben", "ö"];

/// In the right form, with whatever inside.
fn made(rng: &mut Rng) -> Vec<u8> {
    let tenant = if rng.u8(0..8) == 0 { odd_text(rng) } else { "default".to_owned() };
    let length = if rng.u8(0..8) == 0 { rng.u8(..) } else { tenant.len() as u8 };
    let number = if rng.bool() { rng.u64(0..8) } else { odd_number(rng) };
    let learner = if rng.bool() { odd_text(rng) } else { LEARNERS[rng.usize(0..3)].to_owned() };
    URL_SAFE_NO_PAD
        .encode([&[length], tenant.as_bytes(), &number.to_be_bytes(), learner.as_bytes()].concat())
        .into_bytes()
}

/// An engine in which everybody struggled, and the ids of what was decided.
async fn engine(tenant: &Arc<str>) -> (Engine, Vec<String>) {
    let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
    let engine = Engine::open(rules, Arc::new(Memory::new()), Statistics::Frozen).await.unwrap();
    let mut ids = Vec::new();
    for learner in LEARNERS {
        for number in 0..5 {
            let attempt = pb::Attempt { correct: Some(false), ..Default::default() };
            let sent = pb::Event {
                event_id: number.to_string(),
                learner_id: learner.to_owned(),
                item_id: format!("q{number}"),
                action: Some(pb::event::Action::Attempt(attempt)),
                ..Default::default()
            };
            let event = rpc::event(&sent, Some(NOW)).unwrap();
            let key = Key::new(tenant, event.learner.as_str());
            let reply = engine.submit(&key, &event, Options::default(), NOW).await.unwrap();
            ids.extend(reply.decision.map(|decision| decision.name()));
        }
    }
    (engine, ids)
}

#[test]
fn decision() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let tenant: Arc<str> = Arc::from("default");
    let (engine, ids) = runtime.block_on(engine(&tenant));
    let known = |id: &str| ids.iter().any(|known| known == id);
    let outcomes = [Outcome::Shown, Outcome::NotShown, Outcome::Dismissed, Outcome::Helpful, Outcome::Unhelpful];
    let seeds = ids.iter().map(|id| id.clone().into_bytes()).collect();
    Target { seeds, make: Some(made), ..Target::new("decision", Shape::Bytes, 6_000) }.run(|input| {
        let Ok(id) = std::str::from_utf8(input) else { return refused("no text") };
        let told = outcomes[input.len() % outcomes.len()];
        let (explained, reported, class) = runtime.block_on(async {
            let explained = engine.explain(&tenant, id, NOW).await;
            (explained, engine.report(&tenant, id, told, NOW).await, engine.class_behind(&tenant, id, NOW).await)
        });
        // Nobody comes to be remembered by being asked for.
        assert!(engine.hot_learners() <= LEARNERS.len(), "{} learners", engine.hot_learners());
        let class = class.map_or_else(|error| error.to_string(), |class| class.to_string());
        match (explained, reported) {
            (Ok(explained), reported) => {
                assert!(explained.decision.name() == id && known(id), "{id} is {}", explained.decision.name());
                assert!(matches!(reported, Ok(_) | Err(Error::NothingSaid | Error::WasSeen)), "{reported:?}");
                taken((class, reported.is_ok()))
            }
            (Err(Error::UnknownDecision), Err(Error::UnknownDecision)) => {
                assert!(!known(id), "{id} is forgotten");
                refused(&class)
            }
            (explained, reported) => panic!("{:?} {:?}", explained.err(), reported.err()),
        }
    });
}
