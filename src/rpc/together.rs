//! A connection that writes together what is ready together.
//!
//! A system call costs as much as several answers do, and calls that wait for the same batch of the store have their answers at the
//! same time, each in a task of its own. So what is to be written is gathered until the next turn of the connection's task, which comes
//! after those that are ready to run before it. The transport by itself hands over every frame of a kilobyte or more in two pieces.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
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

/// So many bytes are gathered. A connection that has nothing to say keeps no room for them, and of pieces up to this size the
/// allocator keeps some at hand for each thread.
const MOST: usize = 32 * 1024;

/// The connection.
#[derive(Debug)]
pub(super) struct Together<S> {
    stream: S,
    turns: Turns,
    gathered: Vec<u8>,
    /// How much of it is written.
    written: usize,
    /// The turn in which something was first gathered.
    since: u64,
    /// The client has said something. Until then the transport may wait for it, and not flush again.
    heard: bool,
}

impl<S> Together<S> {
    pub(super) fn new(stream: S, turns: Turns) -> Self {
        Self { stream, turns, gathered: Vec::new(), written: 0, since: 0, heard: false }
    }
}

impl<S: AsyncWrite + Unpin> Together<S> {
    /// Writes all that is gathered.
    fn poll_gathered(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest) = self.gathered.get(self.written..).filter(|rest| !rest.is_empty()) {
            match ready!(Pin::new(&mut self.stream).poll_write(context, rest))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                more => self.written += more,
            }
        }
        (self.gathered, self.written) = (Vec::new(), 0);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Together<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        self.heard |= buffer.filled().len() > before;
        read
    }
}

// Not vectored: the transport would hand over uncopied whatever is longer than 256 bytes, and it is copied here anyway.
impl<S: AsyncWrite + Unpin> AsyncWrite for Together<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.gathered.len() >= MOST {
            ready!(self.poll_gathered(context))?;
        }
        if self.gathered.is_empty() {
            self.since = self.turns.now();
            self.gathered.reserve(MOST);
        }
        let fitting = bytes.get(..MOST - self.gathered.len()).unwrap_or(bytes);
        self.gathered.extend_from_slice(fitting);
        Poll::Ready(Ok(fitting.len()))
    }

    /// The transport flushes every longer frame, and goes on only when that is done: so it is told so, and there will be another
    /// turn, at the end of which it flushes again.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.gathered.is_empty() {
            return Pin::new(&mut self.stream).poll_flush(context);
        }
        if self.heard && self.since == self.turns.now() {
            context.waker().wake_by_ref();
            return Poll::Ready(Ok(()));
        }
        ready!(self.poll_gathered(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_gathered(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::AtomicBool,
        task::{Wake, Waker},
    };

    use tokio::io::AsyncWriteExt as _;

    use super::*;

    /// What it is written to, a write at a time.
    #[derive(Default)]
    struct Writes(Vec<Vec<u8>>);

    impl AsyncWrite for Writes {
        fn poll_write(mut self: Pin<&mut Self>, _: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
            self.0.push(bytes.to_vec());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Whether there is to be another turn.
    #[derive(Default)]
    struct Another(AtomicBool);

    impl Wake for Another {
        fn wake(self: Arc<Self>) {
            self.0.store(true, Relaxed);
        }
    }

    #[test]
    fn what_is_written_in_one_turn_goes_at_once_in_the_next() {
        let (turns, another) = (Turns::default(), Arc::new(Another::default()));
        let waker = Waker::from(Arc::clone(&another));
        let mut context = Context::from_waker(&waker);
        let mut stream = Together { heard: true, ..Together::new(Writes::default(), turns.clone()) };
        let mut turn = |bytes: &[u8]| {
            turns.0.fetch_add(1, Relaxed);
            for byte in bytes {
                assert!(Pin::new(&mut stream).poll_write(&mut context, &[*byte]).is_ready());
                assert!(Pin::new(&mut stream).poll_flush(&mut context).is_ready(), "the transport goes on");
            }
            assert!(Pin::new(&mut stream).poll_flush(&mut context).is_ready());
            (std::mem::take(&mut stream.stream.0), another.0.swap(false, Relaxed))
        };
        assert_eq!(turn(&[0, 1]), (vec![], true));
        assert_eq!(turn(&[2]), (vec![vec![0, 1, 2]], false), "with nothing left there is no further turn");
        assert_eq!(turn(&[3]), (vec![], true));
        assert_eq!(turn(&[]), (vec![vec![3]], false));
        assert_eq!(stream.gathered.capacity(), 0, "whoever has nothing to say keeps no room for it");
        assert!(!stream.is_write_vectored(), "the transport would not copy");
    }

    #[tokio::test]
    async fn what_is_said_before_the_client_has_spoken_goes_at_once() {
        let mut stream = Together::new(Writes::default(), Turns::default());
        stream.write_all(b"settings").await.unwrap();
        stream.flush().await.unwrap();
        assert_eq!(stream.stream.0, [b"settings"]);
    }

    #[tokio::test]
    async fn what_is_too_much_to_gather_goes_before_its_turn_and_nothing_is_left_at_the_end() {
        let mut stream = Together::new(Writes::default(), Turns::default());
        let sent: Vec<u8> = (0..2 * MOST + 5).map(|place| place as u8).collect();
        stream.write_all(&sent).await.unwrap();
        assert_eq!(stream.stream.0.len(), 2);
        stream.shutdown().await.unwrap();
        assert_eq!(stream.stream.0.concat(), sent);
    }
}
