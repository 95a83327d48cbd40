//! What is evaluated is what is served: the engine says the same, event by event.

use std::sync::Arc;

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    event::Event,
    feedback::Policy,
    learner::Learner,
    rpc,
    statistics::Snapshot,
    store::{Key, Memory, Store},
};
use serde_json::{Value, json};

use super::{CLASS, Desk, events};
use crate::support::{client::message, models::MODEL};

/// Lines as the file has them, from the engine's own mouth.
struct Oracle {
    store: Arc<Memory>,
    engine: Engine,
    model: Model,
}

impl Oracle {
    async fn new(model: Model) -> Self {
        let store = Arc::new(Memory::new());
        let rules = Rules::new(model.clone(), Policy::builtin().unwrap());
        let engine = Engine::open(rules, Arc::clone(&store) as Arc<dyn Store>, Statistics::Frozen).await.unwrap();
        Self { store, engine, model }
    }

    async fn takes(&self, sent: &Value) -> String {
        let event: Event = rpc::event(&message(sent.clone()), None).unwrap();
        let key = Key::new("default", event.learner.as_str());
        let record = self.store.load(&key).await.unwrap();
        let learner = record.map_or_else(Learner::default, |record| Learner::decode(&record.bytes).unwrap());
        let expected = self.model.expect(&learner, event.item, &event.skills, &Snapshot::default()).probability;
        let mut reply = self.engine.submit(&key, &event, Options::default(), clock::now()).await.unwrap();
        self.engine.settle(&mut reply).await.unwrap();
        let [frustration, confidence, disengagement, wheel_spinning] =
            reply.report.assessment.estimates.map(|estimate| estimate.score);
        let correct = u8::from(sent["attempt"]["correct"] == true);
        let [id, learner, item] = ["eventId", "learnerId", "itemId"].map(|key| sent[key].as_str().unwrap());
        format!(
            "{id}\t{learner}\t{item}\t{correct}\t{expected:.6}\t{confidence:.6}\t{frustration:.6}\t{disengagement:.6}\t{wheel_spinning:.6}"
        )
    }
}

/// Every column: the expectation as the model has it of the record before, the estimates as they are replied.
#[tokio::test]
async fn the_engine_replies_what_is_evaluated() {
    let desk = Desk::new();
    let mut events = events(&CLASS.lines());
    // Without sessions and pauses nothing happens to a record between two events.
    events.iter_mut().for_each(|event| event["untimed"] = json!(true));
    let log = desk.log("log.jsonl", &events);
    for (name, text) in [("built-in", Model::BUILTIN.to_owned()), ("other", MODEL.to_owned())] {
        let file = desk.path("model.toml");
        std::fs::write(&file, &text).unwrap();
        let more = ["--statistics", "frozen", "--model", file.to_str().unwrap()];
        let evaluated = desk.predicted(&log, &more);
        let oracle = Oracle::new(Model::parse(&text).unwrap()).await;
        let mut rows = evaluated.iter();
        for event in &events {
            let replied = oracle.takes(event).await;
            if event.get("attempt").is_some() {
                assert_eq!(rows.next(), Some(&replied), "{name}");
            }
        }
        assert_eq!(rows.next(), None);
    }
}
