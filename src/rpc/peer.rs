//! One connection, as its calls and its keeper see it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::{
    sync::Notify,
    time::{Duration, Instant},
};

use super::calls;

/// Calls refused on a connection of which none was let in; then it is closed. Refusing costs little, but whoever asks
/// without a pause would have it paid by those who are let in.
const MOST_REFUSED: usize = 100;

/// What is known of a connection.
#[derive(Debug)]
pub(super) struct Peer {
    /// The names in the client's certificate.
    pub names: Arc<[Box<str>]>,
    /// A call was let in.
    admitted: AtomicBool,
    /// Calls that were not.
    refused: AtomicUsize,
    enough: Notify,
    /// Calls and streams under way.
    under_way: AtomicUsize,
    since: Mutex<Since>,
}

#[derive(Debug)]
struct Since {
    /// When a call last began or ended.
    busy: Instant,
    /// Calls of which nothing is left to do but to be read, and since when.
    unread: Vec<(Arc<Notify>, Instant)>,
}

impl Peer {
    pub(super) fn new(names: Arc<[Box<str>]>) -> Arc<Self> {
        let since = Mutex::new(Since { busy: Instant::now(), unread: Vec::new() });
        let (admitted, refused, under_way) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
        Arc::new(Self { names, admitted, refused, enough: Notify::new(), under_way, since })
    }

    /// A call was let in: whoever makes such calls is no stranger.
    pub(super) fn admit(&self) {
        if !self.admitted.load(Ordering::Relaxed) {
            self.admitted.store(true, Ordering::Relaxed);
        }
    }

    /// A call was not let in.
    pub(super) fn refuse(&self) {
        if !self.admitted.load(Ordering::Relaxed) && self.refused.fetch_add(1, Ordering::Relaxed) == MOST_REFUSED {
            self.enough.notify_one();
        }
    }

    /// Resolves when a stranger was refused often enough.
    pub(super) async fn refused_enough(&self) {
        self.enough.notified().await;
    }

    /// A call begins; it ends with what is returned.
    pub(super) fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Ordering::AcqRel);
        UnderWay(Reader { peer: Arc::clone(self), end: calls::end() })
    }

    /// Why the connection should end, if it should.
    pub(super) fn outstayed(&self, stall: Duration, idle: Duration) -> Option<Outstayed> {
        let since = self.since();
        // A stranger may watch over the server's health, not stay for it.
        if !self.admitted.load(Ordering::Relaxed) {
            return (since.busy.elapsed() > stall).then_some(Outstayed::Stranger);
        }
        let quiet = self.under_way.load(Ordering::Acquire) == 0 && since.busy.elapsed() > idle;
        quiet.then_some(Outstayed::Idle)
    }

    /// Ends calls whose answers were left unread for longer than `stall`.
    pub(super) fn cut_off(&self, stall: Duration) {
        self.since().unread.retain(|(end, since)| {
            let patient = since.elapsed() <= stall;
            if !patient {
                end.notify_one();
            }
            patient
        });
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
}

/// Whoever a call's answer is for.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    peer: Arc<Peer>,
    end: Arc<Notify>,
}

impl Reader {
    /// The answer is complete: from now on all that is left is to read it, and it takes up memory and a place until then.
    pub(super) fn may_read(&self) {
        self.peer.since().unread.push((Arc::clone(&self.end), Instant::now()));
    }
}

/// A call under way.
#[derive(Debug)]
pub(super) struct UnderWay(Reader);

impl UnderWay {
    pub(super) fn reader(&self) -> &Reader {
        &self.0
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let Reader { peer, end } = &self.0;
        let last = peer.under_way.fetch_sub(1, Ordering::AcqRel) == 1;
        let mut since = peer.since();
        since.unread.retain(|(other, _)| !Arc::ptr_eq(end, other));
        // Strangers are counted from when they came.
        if last && peer.admitted.load(Ordering::Relaxed) {
            since.busy = Instant::now();
        }
    }
}
