//! What waits to be read by a client, bounded; and what becomes of it when nobody reads.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    sync::mpsc::{self, error::TrySendError},
    time::timeout,
};
use tokio_stream::Stream;

use super::{admission::Share, admitted::Lasting, peer::Reader, status::Refusal};

/// The sending end.
#[derive(Debug)]
pub(super) struct Outbox<T> {
    sender: mpsc::Sender<T>,
    waiting: Arc<Mutex<mpsc::Receiver<T>>>,
    stall: Duration,
    reader: Reader,
    share: Arc<Share>,
    /// Makes a last word of why there is no more.
    last: fn(Refusal) -> T,
}

/// The reading end. Both can reach what waits, so that a client who does not read cannot keep it in memory: until they
/// have read, the transport asks a response neither for its next message nor for its end.
#[derive(Debug)]
pub(super) struct Waiting<T>(Arc<Mutex<mpsc::Receiver<T>>>);

/// Nobody is left to answer.
#[derive(Debug)]
pub(super) struct Gone;

/// Room for so many; whoever reads none of them for too long is cut off.
pub(super) fn outbox<T>(
    room: usize,
    lasting: &Lasting,
    share: Arc<Share>,
    last: fn(Refusal) -> T,
) -> (Outbox<T>, Waiting<T>) {
    let (sender, receiver) = mpsc::channel(room);
    let waiting = Arc::new(Mutex::new(receiver));
    let (stall, reader) = (lasting.bounds.stall, lasting.reader.clone());
    (Outbox { sender, waiting: Arc::clone(&waiting), stall, reader, share, last }, Waiting(waiting))
}

impl<T> Outbox<T> {
    /// Sends one; where the client has not read for too long, all that waits is dropped and a last word takes its place.
    pub(super) async fn send(&self, item: T) -> Result<(), Gone> {
        match self.offer(item) {
            Ok(()) => Ok(()),
            Err(None) => Err(Gone),
            Err(Some(item)) => match timeout(self.stall, self.sender.send(item)).await {
                Ok(sent) => sent.map_err(|_| Gone),
                Err(_) => {
                    self.share.shed("slow-reader");
                    self.break_off(Refusal::unread());
                    Err(Gone)
                }
            },
        }
    }

    /// The same where nobody has to wait: there is nearly always room. Gives back what there is none for, and nothing where nobody is
    /// left to answer.
    pub(super) fn offer(&self, item: T) -> Result<(), Option<T>> {
        self.sender.try_send(item).map_err(|refused| match refused {
            TrySendError::Full(item) => Some(item),
            TrySendError::Closed(_) => None,
        })
    }

    /// Whether the next one has to wait for the client to read.
    pub(super) fn is_full(&self) -> bool {
        self.sender.capacity() == 0
    }

    /// Sends the last word; where the client has not read for too long, it is another one, and never that all went well.
    pub(super) async fn finish(self, item: T) {
        let _ = self.send(item).await;
    }

    fn break_off(&self, why: Refusal) {
        let mut waiting = lock(&self.waiting);
        while waiting.try_recv().is_ok() {}
        // There is room now, and nobody else sends.
        let _ = self.sender.try_send((self.last)(why));
    }

    /// Resolves when the client is gone.
    pub(super) async fn closed(&self) {
        self.sender.closed().await;
    }
}

/// No more is to come.
impl<T> Drop for Outbox<T> {
    fn drop(&mut self) {
        // The end of a stream says that all went well.
        if std::thread::panicking() {
            self.break_off(Refusal::broken());
        }
        self.reader.may_read();
    }
}

impl<T> Stream for Waiting<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        lock(&self.0).poll_recv(context)
    }
}

impl<T> Drop for Waiting<T> {
    fn drop(&mut self) {
        lock(&self.0).close();
    }
}

/// A receiver is whole between any two calls.
fn lock<T>(waiting: &Mutex<mpsc::Receiver<T>>) -> MutexGuard<'_, mpsc::Receiver<T>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
