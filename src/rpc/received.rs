//! A request as it comes in, counted: what has arrived and cannot be worked on yet takes up memory, and there is a bound to
//! that over all requests, where the largest each may be would add up to far more.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::{Buf as _, Bytes};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tonic::Status;

use super::{
    admission::{Admission, Bulk, Share},
    methods::Cost,
};

/// Of one message this much is not counted: nearly all are smaller.
const SMALL: usize = 8 * 1024;

/// The body of a request.
pub(super) struct Received {
    body: Incoming,
    bulk: Bulk,
    /// Of a stream only the message that is coming in counts: the ones before it are done with.
    stream: bool,
    framing: Framing,
}

impl Received {
    pub(super) fn new(body: Incoming, cost: Cost, admission: &Admission, share: &Arc<Share>) -> Self {
        let stream = cost == Cost::Stream;
        Self { body, bulk: admission.bulk(share), stream, framing: Framing::default() }
    }

    fn count(&mut self, data: &Bytes) -> Result<(), Status> {
        let large = self.framing.pass(data.clone());
        if self.stream && large < self.bulk.taken() {
            self.bulk.give_back();
        }
        if large > self.bulk.taken() { self.bulk.grow(large).map_err(Status::from) } else { Ok(()) }
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
    /// How much beyond what is not counted has arrived of the message that `data` ends in.
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
        self.arrived.saturating_sub(SMALL)
    }
}

impl HttpBody for Received {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        Poll::Ready(match ready!(Pin::new(&mut self.body).poll_frame(context)) {
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
            assert!(most <= 500, "{cut}: {most}");
            assert!(cut > 1 || most == 500, "{cut}: {most}");
            assert_eq!(framing.pass(Bytes::new()), 100, "{cut}");
        }
    }
}
