//! What should have come of the events: an engine in this process, over a store that never crashes.

use std::{ops::Range, sync::Arc, time::Duration};

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    messages::message_id,
    reason::Verdict,
    rpc::{
        self,
        pb::{self, decision::Outcome},
    },
    store::{Key, Memory},
};
use tokio::net::TcpListener;

use super::{
    history::{LEARNERS, event, name},
    support::Client,
};

/// A decision: its id, and the message or the cause of silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told(String, Result<String, i32>);

pub fn told(decision: &pb::Decision) -> Told {
    let verdict = match decision.outcome.as_ref().unwrap() {
        Outcome::Feedback(feedback) => Ok(feedback.message_id.clone()),
        Outcome::Silence(silence) => Err(silence.cause),
    };
    Told(decision.decision_id.clone(), verdict)
}

pub struct Reference {
    engine: Arc<Engine>,
    /// The engine is fed directly, and read through the API so that both sides are compared in full.
    client: Client,
    told: Vec<Told>,
}

impl Reference {
    pub async fn start() -> Self {
        let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
        let engine = Arc::new(Engine::open(rules, Arc::new(Memory::new()), Statistics::Frozen).await.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let hour = Duration::from_secs(3600);
        let options =
            rpc::Options { drain: hour, statistics_interval: hour, idle_after: hour, ..rpc::Options::default() };
        tokio::spawn(rpc::run(listener, Arc::clone(&engine), options, std::future::pending()));
        Self { engine, client: Client::connect(url).await, told: Vec::new() }
    }

    pub async fn feed(&mut self, numbers: Range<usize>) {
        assert_eq!(numbers.start, self.told.len());
        for number in numbers {
            let event = rpc::event(&event(number), None).unwrap();
            let key = Key::new("default", event.learner.as_str());
            let reply = self.engine.submit(&key, &event, Options::default(), clock::now()).await.unwrap();
            assert!(!reply.duplicate);
            let decision = reply.decision.unwrap();
            let verdict = match decision.verdict {
                Verdict::Spoken { reason, wording } => Ok(message_id(reason, wording)),
                Verdict::Silent { cause, .. } => Err(cause as i32),
                Verdict::Undecided => panic!("a decision was asked for"),
            };
            self.told.push(Told(decision.name(), verdict));
        }
    }

    pub fn told(&self, number: usize) -> &Told {
        &self.told[number]
    }

    pub async fn learners(&self) -> Vec<pb::GetLearnerResponse> {
        self.client.learners((0..LEARNERS).map(name).collect()).await.0
    }
}
