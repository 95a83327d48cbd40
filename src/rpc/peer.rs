//! One connection, as its calls and its keeper see it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::time::{Duration, Instant};

/// What is known of a connection.
#[derive(Debug)]
pub(super) struct Peer {
    /// The names in the client's certificate.
    pub names: Arc<[Box<str>]>,
    /// A call was let in.
    admitted: AtomicBool,
    /// Calls and streams under way.
    under_way: AtomicUsize,
    since: Mutex<Since>,
}

#[derive(Debug)]
struct Since {
    /// When a call last began or ended.
    busy: Instant,
    /// When large answers, not yet read in full, were ready.
    ready: Vec<(u64, Instant)>,
    next: u64,
}

impl Peer {
    pub(super) fn new(names: Arc<[Box<str>]>) -> Arc<Self> {
        let since = Mutex::new(Since { busy: Instant::now(), ready: Vec::new(), next: 0 });
        Arc::new(Self { names, admitted: AtomicBool::new(false), under_way: AtomicUsize::new(0), since })
    }

    /// A call was let in: whoever makes such calls is no stranger.
    pub(super) fn admit(&self) {
        if !self.admitted.load(Ordering::Relaxed) {
            self.admitted.store(true, Ordering::Relaxed);
        }
    }

    /// A call begins; it ends with what is returned.
    pub(super) fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::AcqRel);
        UnderWay { peer: Arc::clone(self), answer: None }
    }

    /// Why the connection should end, if it should.
    pub(super) fn outstayed(&self, stall: Duration, idle: Duration) -> Option<Outstayed> {
        let since = self.since();
        if since.ready.iter().any(|(_, ready)| ready.elapsed() > stall) {
            return Some(Outstayed::Unread);
        }
        // A stranger may watch over the server's health, not stay for it.
        if !self.admitted.load(Ordering::Relaxed) {
            return (since.busy.elapsed() > stall).then_some(Outstayed::Stranger);
        }
        let quiet = self.under_way.load(Ordering::Acquire) == 0 && since.busy.elapsed() > idle;
        quiet.then_some(Outstayed::Idle)
    }

    fn since(&self) -> std::sync::MutexGuard<'_, Since> {
        self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a connection has lasted long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outstayed {
    /// No call of it was let in.
    Stranger,
    /// Nothing was asked for long.
    Idle,
    /// What was asked for is not read.
    Unread,
}

/// A call under way.
#[derive(Debug)]
pub(super) struct UnderWay {
    peer: Arc<Peer>,
    answer: Option<u64>,
}

impl UnderWay {
    /// A large answer is ready, and takes up memory until it is read.
    pub(super) fn ready(&mut self) {
        let mut since = self.peer.since();
        let number = since.next;
        since.next += 1;
        since.ready.push((number, Instant::now()));
        drop(since);
        self.answer = Some(number);
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let last = self.peer.under_way.fetch_sub(1, Ordering::AcqRel) == 1;
        if !last && self.answer.is_none() {
            return;
        }
        let mut since = self.peer.since();
        if let Some(answer) = self.answer {
            since.ready.retain(|(number, _)| *number != answer);
        }
        // Strangers are counted from when they came.
        if last && self.peer.admitted.load(Ordering::Relaxed) {
            since.busy = Instant::now();
        }
    }
}
