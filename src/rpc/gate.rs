//! Everything a call goes through before its handler: who calls, may they, is there room, how long may it take.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};
use tonic::{Status, body::Body, service::Routes};
use tower::Service as _;
use tracing::{Instrument as _, Span};

use super::{
    admission::{Admission, Permit},
    admitted::Admitted,
    deadline,
    methods::{self, Asks, Cost, Method},
    peer::{Peer, Reader, UnderWay},
    status::Refusal,
};
use crate::{
    access::{Access, Credential, Denied},
    clock,
    telemetry::{Call, Metrics, code_name, ended, span},
};

/// The largest request of a method that takes one thing at a time, in bytes.
const SMALL_REQUEST: usize = 64 * 1024;

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    pub access: Arc<Access>,
    pub admission: Admission,
    pub metrics: Metrics,
    /// True once the server is stopping.
    pub draining: watch::Receiver<bool>,
}

/// The way in for one connection's calls.
#[derive(Clone, Debug)]
pub(super) struct Gate {
    routes: Routes,
    shared: Arc<Shared>,
    peer: Arc<Peer>,
}

impl Gate {
    pub(super) fn new(routes: Routes, shared: Arc<Shared>, peer: Arc<Peer>) -> Self {
        Self { routes, shared, peer }
    }
}

type Answering = Pin<Box<dyn Future<Output = Result<Response<Held>, std::convert::Infallible>> + Send>>;

impl hyper::service::Service<Request<Incoming>> for Gate {
    type Response = Response<Held>;
    type Error = std::convert::Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        let gate = self.clone();
        Box::pin(async move { Ok(gate.pass(request).await) })
    }
}

impl Gate {
    async fn pass(self, request: Request<Incoming>) -> Response<Held> {
        let under_way = self.peer.begin();
        let Some(method) = methods::find(request.uri().path()) else {
            self.peer.refuse();
            let status = Status::unimplemented("there is no such method: `grpcurl … list` tells what there is");
            return status.into_http::<Body>().map(|body| Held {
                body,
                call: None,
                permit: None,
                _under_way: under_way,
            });
        };
        let span = span(method.name, request.headers());
        let metrics = &self.shared.metrics;
        let (admitted, permit) = match self.admit(method, request.headers(), under_way.reader()).await {
            Ok(admitted) => admitted,
            Err((refusal, tenant)) => {
                self.peer.refuse();
                refusal.shed().into_iter().for_each(|limit| metrics.shed(limit));
                refusal.credential().into_iter().for_each(|reason| metrics.refused(reason));
                let call = Accounted::new(metrics.call(method.name, &tenant), span);
                let answer: Response<Body> = Status::from(refusal).into_http();
                return Held::new(answer, call, None, under_way);
            }
        };
        let tenant = admitted.as_ref().map_or("", |admitted| &*admitted.share.tenant);
        span.record("hearten.tenant", tenant);
        let call = Accounted::new(metrics.call(method.name, tenant), span.clone());
        let answer = self.handle(method, request, admitted).instrument(span).await;
        if method.cost != Cost::Stream {
            under_way.reader().may_read();
        }
        Held::new(answer, call, Some(permit), under_way)
    }

    async fn handle(
        mut self,
        method: &Method,
        request: Request<Incoming>,
        admitted: Option<Admitted>,
    ) -> Response<Body> {
        let until = match method.cost {
            // A stream ends itself, and tells its client how to go on.
            Cost::Stream => None,
            Cost::Call | Cost::Heavy => {
                let deadline = admitted.as_ref().and_then(|admitted| admitted.deadline);
                Some(deadline.unwrap_or_else(|| Instant::now() + self.shared.admission.bounds().call_time))
            }
        };
        let mut request = match method.cost {
            Cost::Call => request.map(|body| Body::new(Limited::new(body, SMALL_REQUEST).map_err(too_large))),
            Cost::Heavy | Cost::Stream => request.map(Body::new),
        };
        if let Some(admitted) = admitted {
            request.extensions_mut().insert(admitted);
        }
        let answer = self.routes.call(request);
        let answer = match until {
            None => answer.await,
            Some(until) => match timeout_at(until, answer).await {
                Ok(answer) => answer,
                Err(_) => return Status::from(Refusal::deadline()).into_http(),
            },
        };
        answer.unwrap_or_else(|never| match never {})
    }

    /// Lets a call in, or says why not.
    async fn admit(
        &self,
        method: &Method,
        headers: &HeaderMap,
        reader: &Reader,
    ) -> Result<(Option<Admitted>, Permit), (Refusal, Arc<str>)> {
        let Shared { access, admission, metrics, draining } = &*self.shared;
        let nobody = |denied: Denied| (denied.into(), Arc::from(""));
        if method.asks == Asks::Nothing {
            let permit = admission.admit_stranger(method).map_err(|refusal| (refusal, Arc::from("")))?;
            return Ok((None, permit));
        }
        let credential = Credential::new(headers, &self.peer.names);
        let mut told = access.identify(&credential, clock::now());
        // Issuers publish a key before they sign with it, so one that is not known here is worth a look at what is published.
        if let (Err(Denied::Signer), Some(tokens)) = (&told, access.tokens())
            && tokens.looked_up().await
        {
            told = access.identify(&credential, clock::now());
        }
        let caller = told.map_err(nobody)?;
        let theirs = |denied: Denied| (denied.into(), Arc::clone(&caller.tenant));
        credential.meant_for(&caller.tenant).map_err(theirs)?;
        if let Asks::Role(role) = method.asks {
            caller.may(role).map_err(theirs)?;
        }
        self.peer.admit();
        let share = admission.share(&caller.tenant);
        let permit = admission.admit(method, &share).map_err(|refusal| (refusal, Arc::clone(&caller.tenant)))?;
        let (now, bounds) = (Instant::now(), *admission.bounds());
        let asked = deadline::asked(headers);
        let deadline = match method.cost {
            Cost::Stream => asked.map(|asked| now + asked),
            Cost::Call | Cost::Heavy => Some(now + asked.unwrap_or(Duration::MAX).min(bounds.call_time)),
        };
        let age = now + bounds.stream_age;
        let stream = (method.cost == Cost::Stream).then(|| Arc::new(metrics.stream(&caller.tenant)));
        let (access, draining, reader) = (Arc::clone(access), draining.clone(), reader.clone());
        Ok((Some(Admitted { caller, share, stream, access, bounds, deadline, age, draining, reader }), permit))
    }
}

fn too_large(error: Box<dyn std::error::Error + Send + Sync>) -> Status {
    match error.downcast::<LengthLimitError>() {
        Ok(_) => Refusal::too_large(SMALL_REQUEST).into(),
        Err(error) => Status::from_error(error),
    }
}

/// A call that is counted, and its span ended, when it is over.
struct Accounted {
    call: Option<Call>,
    span: Span,
    code: Option<i32>,
}

impl Accounted {
    fn new(call: Call, span: Span) -> Self {
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

/// An answer, and what its call holds until the last of it is handed over.
pub(super) struct Held {
    body: Body,
    call: Option<Accounted>,
    permit: Option<Permit>,
    _under_way: UnderWay,
}

impl Held {
    fn new(answer: Response<Body>, mut call: Accounted, permit: Option<Permit>, under_way: UnderWay) -> Response<Self> {
        call.note(answer.headers());
        answer.map(|body| Self { body, call: Some(call), permit, _under_way: under_way })
    }
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if let (Some(call), Some(Ok(frame))) = (&mut self.call, &frame)
            && let Some(trailers) = frame.trailers_ref()
        {
            call.note(trailers);
        }
        if frame.is_none() {
            self.call = None;
            self.permit = None;
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
