//! A request as it comes in, counted: what has arrived and cannot be worked on yet takes up memory, and there is a bound to
//! that over all requests, where the largest each may be would add up to far more.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Buf as _, Bytes};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::time::{Sleep, sleep};
use tonic::Status;

use super::{admission::Bulk, status::Refusal};

/// Of one message this much is not counted: nearly all are smaller.
const SMALL: usize = 8 * 1024;

/// The body of a request.
pub(super) struct Received {
    body: Incoming,
    bulk: Arc<Mutex<Bulk>>,
    /// Of a stream only the message that is coming in counts: the ones before it are done with. It must come within this.
    stream: Option<Duration>,
    framing: Framing,
    /// Runs while a large message of a stream is coming in.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Received {
    /// Of a call, what is counted stays so until the call lets go of `bulk`: decoded it takes up more, not less.
    pub(super) fn new(body: Incoming, bulk: Arc<Mutex<Bulk>>, stream: Option<Duration>) -> Self {
        Self { body, bulk, stream, framing: Framing::default(), patience: None }
    }

    fn count(&mut self, data: &Bytes) -> Result<(), Status> {
        let large = self.framing.pass(data.clone()).saturating_sub(SMALL);
        if large == 0 && self.patience.is_none() {
            return Ok(());
        }
        // Between any two steps it is whole.
        let mut bulk = self.bulk.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(patience) = self.stream {
            if self.framing.between() || large < bulk.taken() {
                bulk.give_back();
                self.patience = None;
            }
            if self.framing.between() {
                return Ok(());
            }
            self.patience.get_or_insert_with(|| Box::pin(sleep(patience)));
        }
        if large > bulk.taken() { bulk.grow(large).map_err(Status::from) } else { Ok(()) }
    }
}

/// Where in its messages a body is: each is a byte, its length in four, and so many bytes.
#[derive(Debug, Default)]
struct Framing {
    head: [u8; 5],
    of_head: usize,
    /// Still to come of the message.
    left: usize,
    /// Arrived of the message.
    arrived: usize,
}

impl Framing {
    /// Whether the last message is complete and no other has begun.
    fn between(&self) -> bool {
        self.left == 0 && self.of_head == 0
    }

    /// How much has arrived of the message that `data` ends in.
    fn pass(&mut self, mut data: Bytes) -> usize {
        while data.has_remaining() {
            if self.left > 0 {
                let part = self.left.min(data.remaining());
                data.advance(part);
                self.left -= part;
                self.arrived += part;
                continue;
            }
            if self.of_head == 0 {
                self.arrived = 0;
            }
            let byte = data.get_u8();
            self.head.iter_mut().skip(self.of_head).take(1).for_each(|place| *place = byte);
            self.of_head += 1;
            if let (5, [_, length @ ..]) = (self.of_head, self.head) {
                self.of_head = 0;
                self.left = u32::from_be_bytes(length) as usize;
            }
        }
        self.arrived
    }
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let (Poll::Pending, Some(patience)) = (&frame, &mut self.patience) {
            ready!(patience.as_mut().poll(context));
            return Poll::Ready(Some(Err(Refusal::deadline().into())));
        }
        Poll::Ready(match ready!(frame) {
            None => None,
            Some(Err(error)) => Some(Err(Status::from_error(Box::new(error)))),
            Some(Ok(frame)) => match frame.data_ref().map(|data| self.count(data)) {
                Some(Err(refusal)) => Some(Err(refusal)),
                Some(Ok(())) | None => Some(Ok(frame)),
            },
        })
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_message_that_is_coming_in_counts_however_it_is_cut() {
        let message = |length: usize| [&[0], &(length as u32).to_be_bytes()[..], &vec![7; length]].concat();
        let body = [message(10), message(0), message(SMALL + 500), message(3), message(SMALL + 100)].concat();
        for cut in [1, 3, 5, 7, 4096, body.len() - 1] {
            let mut framing = Framing::default();
            let most = body.chunks(cut).map(|part| framing.pass(Bytes::copy_from_slice(part))).max().unwrap();
            assert!(most <= SMALL + 500, "{cut}: {most}");
            assert!(cut > 1 || most == SMALL + 500, "{cut}: {most}");
            assert_eq!((framing.pass(Bytes::new()), framing.between()), (SMALL + 100, true), "{cut}");
            framing.pass(Bytes::from_static(&[0]));
            assert!(!framing.between());
        }
    }
}
