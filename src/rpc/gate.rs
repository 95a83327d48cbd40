//! Everything a call goes through before its handler: who calls, may they, is there room, how long may it take.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use http_body_util::BodyExt as _;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};
use tonic::{Status, body::Body, service::Routes};
use tower::Service as _;

use super::{
    admission::{Admission, Permit},
    admitted::Admitted,
    deadline,
    methods::{self, Asks, Cost, Method},
    peer::{Peer, UnderWay},
    status::Refusal,
};
use crate::{
    access::{Access, Credential, Denied},
    clock,
};

/// The largest request of a method that takes one thing at a time, in bytes.
const SMALL_REQUEST: usize = 64 * 1024;

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    pub access: Arc<Access>,
    pub admission: Admission,
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
        let mut under_way = self.peer.begin();
        let Some(method) = methods::find(request.uri().path()) else {
            let status = Status::unimplemented("no such method: `grpcurl … list` tells what there is");
            return Held::refused(status, under_way);
        };
        let (admitted, permit) = match self.admit(method, request.headers()).await {
            Ok(admitted) => admitted,
            Err(refusal) => return Held::refused(refusal.into(), under_way),
        };
        let until = match method.cost {
            // A stream ends itself, and tells its client how to go on.
            Cost::Stream => None,
            Cost::Call | Cost::Heavy => admitted.as_ref().and_then(|admitted| admitted.deadline),
        };
        let mut request = match method.cost {
            Cost::Call => {
                request.map(|body| Body::new(http_body_util::Limited::new(body, SMALL_REQUEST).map_err(too_large)))
            }
            Cost::Heavy | Cost::Stream => request.map(Body::new),
        };
        if let Some(admitted) = admitted {
            request.extensions_mut().insert(admitted);
        }
        let mut routes = self.routes;
        let answer = routes.call(request);
        let answer = match until {
            None => answer.await,
            Some(until) => match timeout_at(until, answer).await {
                Ok(answer) => answer,
                Err(_) => return Held::refused(Refusal::deadline().into(), under_way),
            },
        };
        if method.cost == Cost::Heavy {
            under_way.ready();
        }
        match answer {
            Ok(answer) => answer.map(|body| Held { body, permit: Some(permit), _under_way: under_way }),
            Err(never) => match never {},
        }
    }

    /// Lets a call in, or says why not.
    async fn admit(&self, method: &Method, headers: &HeaderMap) -> Result<(Option<Admitted>, Permit), Refusal> {
        let Shared { access, admission, draining } = &*self.shared;
        if method.asks == Asks::Nothing {
            return Ok((None, admission.admit_stranger(method)?));
        }
        let credential = Credential::new(headers, &self.peer.names);
        let mut told = access.identify(&credential, clock::now());
        // Issuers publish a key before they sign with it, so one that is not known here is worth a look at what is published.
        if let (Err(Denied::Signer), Some(tokens)) = (&told, access.tokens())
            && tokens.looked_up().await
        {
            told = access.identify(&credential, clock::now());
        }
        let caller = told?;
        credential.meant_for(&caller.tenant)?;
        if let Asks::Role(role) = method.asks {
            caller.may(role)?;
        }
        self.peer.admit();
        let share = admission.share(&caller.tenant);
        let permit = admission.admit(method, &share)?;
        let (now, bounds) = (Instant::now(), *admission.bounds());
        let asked = deadline::asked(headers);
        let deadline = match method.cost {
            Cost::Stream => asked.map(|asked| now + asked),
            Cost::Call | Cost::Heavy => Some(now + asked.unwrap_or(Duration::MAX).min(bounds.call_time)),
        };
        let age = now + bounds.stream_age;
        let (access, draining) = (Arc::clone(access), draining.clone());
        Ok((Some(Admitted { caller, share, access, bounds, deadline, age, draining }), permit))
    }
}

fn too_large(error: Box<dyn std::error::Error + Send + Sync>) -> Status {
    match error.downcast::<http_body_util::LengthLimitError>() {
        Ok(_) => Refusal::too_large(SMALL_REQUEST).into(),
        Err(error) => Status::from_error(error),
    }
}

/// An answer, and what its call holds until the last of it is handed over.
pub(super) struct Held {
    body: Body,
    permit: Option<Permit>,
    _under_way: UnderWay,
}

impl Held {
    fn refused(status: Status, under_way: UnderWay) -> Response<Self> {
        status.into_http::<Body>().map(|body| Self { body, permit: None, _under_way: under_way })
    }
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        if let Poll::Ready(None) = frame {
            self.permit = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
