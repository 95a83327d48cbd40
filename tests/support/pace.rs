//! A client that behaves: one event at a time on its own connection, at a steady pace that waits for few answers.

use std::{
    fmt,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use hearten::rpc::pb::{self, event::Action};
use tokio::{
    runtime::Builder,
    sync::{Semaphore, watch},
    time::{MissedTickBehavior, interval, timeout},
};

use super::{PATIENCE, keyed::Keyed, now};

/// One event, as platforms send them.
pub fn event(learner: &str, id: &str) -> pb::Event {
    let attempt = pb::Attempt { correct: Some(true), ..pb::Attempt::default() };
    pb::Event {
        event_id: id.to_owned(),
        learner_id: learner.to_owned(),
        item_id: "q1".to_owned(),
        skill_ids: vec!["fractions".to_owned()],
        action: Some(Action::Attempt(attempt)),
        ..pb::Event::default()
    }
}

type Log = Arc<Mutex<Vec<(Instant, Result<Duration, String>)>>>;

/// So many calls are under way at most. In a slow moment what is due waits here, which counts as the server's time: more
/// of them could be refused for being many, and rightly.
pub const UNDER_WAY: usize = 8;

/// It goes on until it is dropped.
pub struct Steady {
    log: Log,
    stop: watch::Sender<bool>,
}

impl Steady {
    /// On a thread of its own, so that what else the test does is not counted as the server's.
    pub fn start(url: String, key: &str, pace: Duration) -> Self {
        let log = Log::default();
        let (stop, stopped) = watch::channel(false);
        let (key, theirs) = (key.to_owned(), Arc::clone(&log));
        thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let client = Keyed::connect(url, &key).await;
                submit_steadily(client, pace, theirs, stopped).await;
            });
        });
        Self { log, stop }
    }

    /// How it went with what was to be sent in a time that is over.
    pub async fn between(&self, from: Instant, to: Instant) -> Latencies {
        // The slowest of them may still be under way.
        let settled = |log: &Log| log.lock().unwrap().iter().any(|(at, _)| *at >= to);
        let deadline = now() + PATIENCE;
        while !settled(&self.log) && now() < deadline {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        let log = self.log.lock().unwrap();
        let theirs = || log.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, result)| result);
        let mut took: Vec<Duration> = theirs().filter_map(|result| result.as_ref().ok().copied()).collect();
        took.sort_unstable();
        Latencies { took, failed: theirs().filter_map(|result| result.as_ref().err().cloned()).collect() }
    }
}

impl Drop for Steady {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

async fn submit_steadily(client: Keyed, pace: Duration, log: Log, mut stopped: watch::Receiver<bool>) {
    let mut ticks = interval(pace);
    // What this process was too late for is sent at once, and is late: that is counted too.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let places = Arc::new(Semaphore::new(UNDER_WAY));
    for number in 0_u64.. {
        let due = tokio::select! {
            due = ticks.tick() => due.into_std(),
            _ = stopped.wait_for(|stopped| *stopped) => return,
        };
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place.unwrap(),
            _ = stopped.wait_for(|stopped| *stopped) => return,
        };
        let (mut client, log) = (client.feedback(), Arc::clone(&log));
        tokio::spawn(async move {
            let event = event(&format!("steady-{}", number % 20), &number.to_string());
            let request = pb::SubmitEventRequest { event: Some(event), ..Default::default() };
            let answer = timeout(PATIENCE, client.submit_event(request)).await;
            let result = match answer {
                Ok(Ok(_)) => Ok(due.elapsed()),
                Ok(Err(status)) => Err(format!("{:?}: {}", status.code(), status.message())),
                Err(_) => Err("no answer".to_owned()),
            };
            log.lock().unwrap().push((due, result));
            drop(place);
        });
    }
}

/// How long answers took, in order, and those that were none.
#[derive(Debug, Default)]
pub struct Latencies {
    pub took: Vec<Duration>,
    pub failed: Vec<String>,
}

impl Latencies {
    /// So many in a hundred were this fast.
    pub fn percentile(&self, percent: usize) -> Duration {
        let place = (self.took.len() * percent).div_ceil(100).max(1) - 1;
        self.took.get(place).copied().unwrap_or_default()
    }
}

impl fmt::Display for Latencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p99] = [50, 99].map(|percent| 1e3 * self.percentile(percent).as_secs_f64());
        write!(f, "{p50:.1} / {p99:.1} ms of {}", self.took.len())
    }
}
