//! A connection that writes together what is ready together.
//!
//! A system call costs as much as several answers do, and calls that wait for the same batch of the store have their answers at the
//! same time, each in a task of its own. So what is to be written waits until those tasks had their turn, and small answers are
//! copied one after the other: the transport would write each by itself if it could hand it over uncopied.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The connection.
#[derive(Debug)]
pub(super) struct Together<S> {
    stream: S,
    /// What is to be written has let others go first.
    waited: bool,
}

impl<S> Together<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, waited: false }
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

// Not vectored, which would hand over uncopied.
impl<S: AsyncWrite + Unpin> AsyncWrite for Together<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if !std::mem::replace(&mut self.waited, true) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.waited = false;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, pin::pin};

    use tokio::io::AsyncWriteExt as _;

    use super::*;

    #[tokio::test]
    async fn others_go_first_once_before_each_burst() {
        let mut stream = pin!(Together::new(Vec::new()));
        for burst in 1..=3 {
            let mut polls = 0;
            for part in [b"one", b"two"] {
                let written = poll_fn(|context| {
                    polls += 1;
                    stream.as_mut().poll_write(context, part)
                });
                assert_eq!(written.await.unwrap(), 3);
            }
            assert_eq!(polls, 3, "burst {burst}");
            stream.flush().await.unwrap();
        }
        assert_eq!(stream.stream, b"onetwo".repeat(3));
    }
}
