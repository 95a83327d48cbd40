//! What is seen of a run.

use std::time::Instant;

use bytes::Bytes;
use hdrhistogram::Histogram;
use tonic::Status;

use crate::{
    events::{Kind, replied},
    now,
    pace::{Pace, Window},
};

/// What a run has shown.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Events a second.
    pub rate: f64,
    /// Microseconds to the answer of a request.
    pub latency: Histogram<u32>,
    /// Microseconds of the server's processors for an event.
    pub cpu: f64,
    /// Bytes of the mean answer.
    pub reply: f64,
    /// What became of the events of the whole run, whether or not they count.
    pub fate: Fate,
}

/// What became of events.
#[derive(Clone, Debug, Default)]
pub struct Fate {
    /// Answered with a reply that names them.
    pub named: u64,
    /// Answered otherwise: by Hearten with a refusal, by the echo always.
    pub unnamed: u64,
    /// Not answered.
    pub lost: u64,
    /// What the first of those heard.
    pub failure: Option<Status>,
}

impl Fate {
    pub fn add(&mut self, other: Self) {
        self.named += other.named;
        self.unnamed += other.unnamed;
        self.lost += other.lost;
        self.failure = self.failure.take().or(other.failure);
    }
}

/// What one worker has seen.
pub struct Tally {
    pub kind: Kind,
    window: Window,
    pub latency: Histogram<u32>,
    pub requests: u64,
    pub bytes: u64,
    pub fate: Fate,
}

impl Tally {
    pub fn new(kind: Kind, window: Window) -> Self {
        let mut latency = Histogram::new(3).unwrap();
        latency.auto(true);
        Self { kind, window, latency, requests: 0, bytes: 0, fate: Fate::default() }
    }

    pub fn took(&mut self, pace: &Pace, began: Instant, reply: &Bytes, number: u64) {
        let ended = now();
        let named = replied(self.kind, reply, number);
        self.fate.named += named;
        self.fate.unnamed += self.kind.events() - named;
        if pace.counts(&self.window, began, ended) {
            self.latency.record((ended - began).as_micros().max(1) as u64).unwrap();
            self.requests += 1;
            self.bytes += reply.len() as u64;
        }
    }

    pub fn add(&mut self, other: Self) {
        self.latency.add(&other.latency).unwrap();
        self.requests += other.requests;
        self.bytes += other.bytes;
        self.fate.add(other.fate);
    }

    pub fn lost(&mut self, requests: usize, status: Status) {
        self.fate.lost += requests as u64 * self.kind.events();
        self.fate.failure.get_or_insert(status);
    }
}
