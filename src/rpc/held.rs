//! An answer on its way, and what its call holds until the last of it is handed over: its places, its line in the numbers.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{HeaderMap, Response};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tonic::{Status, body::Body};
use tracing::Span;

use super::{
    admission::Permit,
    peer::{Stranger, UnderWay},
    status::Refusal,
};
use crate::telemetry::{Call, code_name, ended};

/// Resolves when a stream must end, with why.
pub(super) type Ends = Pin<Box<dyn Future<Output = Refusal> + Send>>;

/// A call that is counted, and its span ended, when it is over.
pub(super) struct Accounted {
    call: Option<Call>,
    span: Span,
    code: Option<i32>,
}

impl Accounted {
    pub(super) fn new(call: Call, span: Span) -> Self {
        Self { call: Some(call), span, code: None }
    }

    /// Notes how it ends, if these say so.
    fn note(&mut self, headers: &HeaderMap) {
        let code = headers.get(Status::GRPC_STATUS).and_then(|code| code.to_str().ok()?.parse().ok());
        self.code = code.or(self.code);
    }
}

impl Drop for Accounted {
    fn drop(&mut self) {
        const CANCELLED: i32 = 1;
        ended(&self.span, self.code.unwrap_or(CANCELLED));
        if let Some((call, code)) = self.call.take().zip(self.code) {
            call.finish(code_name(code));
        }
    }
}

/// What a call takes up, given back when dropped.
#[expect(dead_code, reason = "held, not looked at")]
pub(super) enum Places {
    Known(Permit),
    Stranger(Stranger),
}

/// The answer.
pub(super) struct Held {
    body: Body,
    call: Option<Accounted>,
    places: Option<Places>,
    pub(super) ends: Option<Ends>,
    _under_way: UnderWay,
}

impl Held {
    pub(super) fn new(
        answer: Response<Body>,
        mut call: Accounted,
        places: Option<Places>,
        under_way: UnderWay,
    ) -> Response<Self> {
        call.note(answer.headers());
        answer.map(|body| Self { body, call: Some(call), places, ends: None, _under_way: under_way })
    }

    /// The last frame of a stream that must end.
    fn last(&mut self, refusal: Refusal) -> Result<Frame<Bytes>, Status> {
        self.body = Body::empty();
        self.ends = None;
        let mut trailers = HeaderMap::new();
        Status::from(refusal).add_header(&mut trailers)?;
        Ok(Frame::trailers(trailers))
    }
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(frame) => frame,
            // What is there goes first.
            Poll::Pending => match &mut self.ends {
                None => return Poll::Pending,
                Some(ends) => {
                    let refusal = ready!(ends.as_mut().poll(context));
                    Some(self.last(refusal))
                }
            },
        };
        if let (Some(call), Some(Ok(frame))) = (&mut self.call, &frame)
            && let Some(trailers) = frame.trailers_ref()
        {
            call.note(trailers);
        }
        if frame.is_none() {
            self.call = None;
            self.places = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
