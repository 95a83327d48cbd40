//! When the next request is sent.

use std::{
    thread,
    time::{Duration, Instant},
};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::now;

/// What of a run is measured.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub opens: Instant,
    pub closes: Instant,
}

impl Window {
    pub fn holds(&self, moment: Instant) -> bool {
        self.opens <= moment && moment < self.closes
    }
}

/// Tells one worker when.
pub enum Pace {
    /// As soon as there is room, until then.
    Closed(Instant),
    /// As soon as there is room, so many times.
    Counted(u64),
    /// When its time has come, or later where a worker's call before it is not answered; its latency counts from then.
    Open(UnboundedReceiver<Instant>),
}

impl Pace {
    /// The moment the next request is to be sent, after which its latency counts; `None` at the end.
    pub async fn next(&mut self) -> Option<Instant> {
        match self {
            Self::Closed(until) => Some(now()).filter(|now| now < until),
            Self::Counted(left) => {
                *left = left.checked_sub(1)?;
                Some(now())
            }
            Self::Open(times) => times.recv().await,
        }
    }

    /// What latencies are told apart by: a request under a schedule belongs to where it should have begun, others to where they
    /// end.
    pub fn counts(&self, window: &Window, began: Instant, ended: Instant) -> bool {
        window.holds(if matches!(self, Self::Open(_)) { began } else { ended })
    }
}

/// Requests at even intervals, so many a second in all, one worker after the other. A thread of its own keeps the time: the
/// runtime's timers count in milliseconds.
pub fn schedule(rate: f64, workers: usize, start: Instant, until: Instant) -> Vec<Pace> {
    let (senders, receivers): (Vec<_>, Vec<_>) = (0..workers).map(|_| unbounded_channel()).unzip();
    thread::spawn(move || keep(rate, &senders, start, until));
    receivers.into_iter().map(Pace::Open).collect()
}

fn keep(rate: f64, workers: &[UnboundedSender<Instant>], start: Instant, until: Instant) {
    for (number, worker) in workers.iter().cycle().enumerate() {
        let due = start + Duration::from_secs_f64(number as f64 / rate);
        if due >= until {
            return;
        }
        if let Some(early) = due.checked_duration_since(now()) {
            thread::sleep(early);
        }
        if worker.send(due).is_err() {
            return;
        }
    }
}
