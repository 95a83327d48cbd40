//! Calls to a real server: everybody once, or some at a steady pace that waits for no answer.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use hearten::rpc::pb::{
    self, batch_submit_events_request::Decide, batch_submit_events_response::result::Result as Told, event::Action,
    feedback_service_client::FeedbackServiceClient,
};
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval},
};

use crate::{
    crowd::{Random, name},
    support::{Client, client::in_time, pace::Latencies},
};

/// Whom a call is about.
#[derive(Clone, Copy)]
pub enum Pick {
    /// One of the first so many.
    Among(usize),
    /// One from this one on, below that one.
    From(usize, usize),
}

impl Pick {
    fn one(self, random: &mut Random) -> usize {
        match self {
            Self::Among(end) => random.below(end as u64) as usize,
            Self::From(first, end) => first + random.below((end - first) as u64) as usize,
        }
    }
}

pub fn event(learner: usize, id: String) -> pb::Event {
    let correct = learner.is_multiple_of(3);
    let attempt = pb::Attempt { correct: Some(correct), ..pb::Attempt::default() };
    pb::Event {
        event_id: id,
        learner_id: name(learner),
        item_id: format!("item-1-{}", learner % 200),
        skill_ids: vec!["skill-1".to_owned()],
        action: Some(Action::Attempt(attempt)),
        ..pb::Event::default()
    }
}

/// An event of each, in batches.
pub async fn call_each(client: &Client, learners: &[usize], id: &str) {
    let mut under_way = JoinSet::new();
    for learners in learners.chunks(500) {
        if under_way.len() >= 4 {
            under_way.join_next().await.unwrap().unwrap();
        }
        let events = learners.iter().map(|learner| event(*learner, id.to_owned())).collect();
        let request = pb::BatchSubmitEventsRequest { events, decide: Decide::Last.into(), ..Default::default() };
        let mut client = FeedbackServiceClient::new(client.0.clone());
        under_way.spawn(async move {
            let answer = in_time(client.batch_submit_events(request)).await.unwrap().into_inner();
            assert!(answer.results.iter().all(|one| matches!(one.result, Some(Told::Reply(_)))));
        });
    }
    while let Some(done) = under_way.join_next().await {
        done.unwrap();
    }
}

/// So many single events a second, for so long, each when it is due.
pub async fn calls(client: &Client, rate: u64, seconds: u64, pick: Pick, id: &str, random: &mut Random) -> Latencies {
    let log = Arc::new(Mutex::new(Vec::new()));
    let mut ticks = interval(Duration::from_micros(1_000_000 / rate));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut under_way = JoinSet::new();
    for number in 0..rate * seconds {
        let due = ticks.tick().await;
        let (mut client, log) = (FeedbackServiceClient::new(client.0.clone()), Arc::clone(&log));
        let event = event(pick.one(random), format!("{id}-{number}"));
        under_way.spawn(async move {
            let request = pb::SubmitEventRequest { event: Some(event), ..Default::default() };
            let answer = in_time(client.submit_event(request)).await;
            log.lock().unwrap().push(answer.map(|_| due.elapsed()).map_err(|status| status.to_string()));
        });
    }
    while let Some(done) = under_way.join_next().await {
        done.unwrap();
    }
    let mut latencies = Latencies::default();
    for result in log.lock().unwrap().drain(..) {
        match result {
            Ok(took) => latencies.took.push(took),
            Err(why) => latencies.failed.push(why),
        }
    }
    latencies.took.sort_unstable();
    latencies
}
