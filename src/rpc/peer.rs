//! One connection, as its calls and its keeper see it.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use tokio::{
    sync::Notify,
    time::{Duration, Instant},
};

use super::{calls, status::Refusal};

/// Calls refused on a connection of which none was let in; then it is closed. Refusing costs little, but whoever asks
/// without a pause would have it paid by those who are let in.
const MOST_REFUSED: usize = 100;

/// Calls and streams at once, on one connection, that show no credential: they watch over the server's health. All connections
/// together have no bound but theirs, or strangers could keep others from asking.
const MOST_STRANGERS: usize = 4;

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
    /// A call was begun, let in or not.
    called: AtomicBool,
    /// Calls and streams under way.
    under_way: AtomicUsize,
    /// Of these, those that show no credential.
    strangers: AtomicUsize,
    since: Mutex<Since>,
}

#[derive(Debug)]
struct Since {
    /// When the client came.
    began: Instant,
    /// When the last call ended, or the client came.
    busy: Instant,
    /// Calls of which nothing is left to do but to be read, and since when.
    unread: Vec<(Arc<Notify>, Instant)>,
}

impl Peer {
    pub(super) fn new(names: Arc<[Box<str>]>) -> Arc<Self> {
        let since = Mutex::new(Since { began: Instant::now(), busy: Instant::now(), unread: Vec::new() });
        let [refused, under_way, strangers] = [0; 3].map(AtomicUsize::new);
        let [admitted, called] = [false; 2].map(AtomicBool::new);
        Arc::new(Self { names, admitted, refused, enough: Notify::new(), called, under_way, strangers, since })
    }

    /// A call was let in: whoever makes such calls is no stranger.
    pub(super) fn admit(&self) {
        if !self.admitted.load(Ordering::Relaxed) {
            self.admitted.store(true, Ordering::Relaxed);
        }
    }

    /// A call was not let in. Whether others were.
    pub(super) fn refuse(&self) -> bool {
        let admitted = self.admitted.load(Ordering::Relaxed);
        if !admitted && self.refused.fetch_add(1, Ordering::Relaxed) == MOST_REFUSED {
            self.enough.notify_one();
        }
        admitted
    }

    /// A place for a call that shows no credential.
    pub(super) fn admit_stranger(self: &Arc<Self>) -> Result<Stranger, Refusal> {
        let one_more = |count| (count < MOST_STRANGERS).then_some(count + 1);
        match self.strangers.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more) {
            Ok(_) => Ok(Stranger(Arc::clone(self))),
            Err(_) => {
                let limit = "calls without a credential at once on a connection";
                Err(Refusal::overloaded(limit, MOST_STRANGERS))
            }
        }
    }

    /// Resolves when a stranger was refused often enough.
    pub(super) async fn refused_enough(&self) {
        self.enough.notified().await;
    }

    /// A call begins; it ends with what is returned.
    pub(super) fn begin(self: &Arc<Self>) -> UnderWay {
        if !self.called.load(Ordering::Relaxed) {
            self.called.store(true, Ordering::Relaxed);
        }
        self.under_way.fetch_add(1, Ordering::AcqRel);
        UnderWay(Reader { peer: Arc::clone(self), end: calls::end() })
    }

    /// Whether nothing was ever asked on it, and so nothing may still be on its way.
    pub(super) fn mute(&self) -> bool {
        !self.called.load(Ordering::Relaxed)
    }

    /// Why the connection should end, if it should.
    pub(super) fn outstayed(&self, stall: Duration, idle: Duration, age: Duration) -> Option<Outstayed> {
        let since = self.since();
        // A stranger may watch over the server's health, not stay for it.
        if !self.admitted.load(Ordering::Relaxed) {
            return (since.busy.elapsed() > stall).then_some(Outstayed::Stranger);
        }
        if since.began.elapsed() > age {
            return Some(Outstayed::Aged);
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

/// A place of a call that shows no credential.
#[derive(Debug)]
pub(super) struct Stranger(Arc<Peer>);

impl Drop for Stranger {
    fn drop(&mut self) {
        self.0.strangers.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Why a connection has lasted long enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outstayed {
    /// No call of it was let in.
    Stranger,
    /// Nothing was asked for long.
    Idle,
    /// It is so old that what was shown when it began should be shown again.
    Aged,
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
