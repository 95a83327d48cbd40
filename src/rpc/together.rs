//! A connection that writes together what is ready together.
//!
//! A system call costs as much as several answers do, and calls that wait for the same batch of the store have their answers at the
//! same time, each in a task of its own. So what is to be written waits for the next turn of the connection's task, which comes after
//! those that are ready to run before it. Answers below a kilobyte are then copied one after the other; the transport hands over larger
//! ones by themselves, each frame in two pieces.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How often a connection has been polled.
#[derive(Clone, Debug, Default)]
pub(super) struct Turns(Arc<AtomicU64>);

impl Turns {
    /// Drives the connection, turn by turn.
    pub(super) async fn drive<F: Future>(&self, mut connection: Pin<&mut F>) -> F::Output {
        let turn = |context: &mut Context<'_>| {
            self.0.fetch_add(1, Relaxed);
            connection.as_mut().poll(context)
        };
        std::future::poll_fn(turn).await
    }

    fn now(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// The connection.
#[derive(Debug)]
pub(super) struct Together<S> {
    stream: S,
    turns: Turns,
    /// The turn in which something was first there to be written, and the one in which it may be.
    waiting: Option<u64>,
    writing: u64,
}

impl<S> Together<S> {
    pub(super) fn new(stream: S, turns: Turns) -> Self {
        Self { stream, turns, waiting: None, writing: 0 }
    }

    /// Whether what is to be written has waited for a turn; if not, there will be another.
    fn has_waited(&mut self, context: &Context<'_>) -> bool {
        let now = self.turns.now();
        match self.waiting {
            _ if self.writing == now => true,
            Some(turn) if turn != now => {
                (self.waiting, self.writing) = (None, now);
                true
            }
            Some(_) => false,
            None => {
                self.waiting = Some(now);
                context.waker().wake_by_ref();
                false
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Together<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

// Not vectored: the transport would hand over uncopied whatever is longer than 256 bytes, each answer by itself.
impl<S: AsyncWrite + Unpin> AsyncWrite for Together<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.has_waited(context) { Pin::new(&mut self.stream).poll_write(context, bytes) } else { Poll::Pending }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use super::*;

    #[tokio::test]
    async fn what_is_written_waits_for_the_next_turn_and_then_all_of_it_goes() {
        let turns = Turns::default();
        let mut stream = pin!(Together::new(Vec::new(), turns.clone()));
        let (mut written, mut turn) = (0, 0);
        let writing = std::future::poll_fn(|context| {
            turn += 1;
            // Two are there from the first turn on, two more from the third; each is flushed by itself.
            let ready = if turn <= 2 { 2 } else { 4 };
            while written < ready {
                std::task::ready!(stream.as_mut().poll_write(context, &[written])).unwrap();
                std::task::ready!(stream.as_mut().poll_flush(context)).unwrap();
                written += 1;
            }
            if written == 4 {
                return Poll::Ready(turn);
            }
            context.waker().wake_by_ref();
            Poll::Pending
        });
        assert_eq!(turns.drive(pin!(writing)).await, 4);
        assert_eq!(stream.stream, [0, 1, 2, 3]);
        assert!(!stream.is_write_vectored(), "the transport would not copy");
    }
}
