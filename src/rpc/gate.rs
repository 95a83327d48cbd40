//! Everything a call goes through before its handler: who calls, may they, is there room, how long may it take.

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use http::{HeaderMap, Request, Response};
use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body as _, Incoming};
use tokio::{
    sync::watch,
    time::{Instant, timeout, timeout_at},
};
use tonic::{Status, body::Body, codegen::BoxFuture};
use tracing::{Instrument as _, Span};

use super::{
    admission::{Admission, Bulk},
    admitted::{Admitted, Lasting, stopping},
    deadline,
    held::{Accounted, Ends, Held, Places},
    methods::{self, Asks, Cost, Method},
    peer::{Peer, Reader},
    received::Received,
    services::{Answering, Services},
    status::Refusal,
};
use crate::{
    access::{Access, Credential, Denied},
    clock,
    telemetry::{Metrics, span},
};

/// What those who show no credential may send with a call, in bytes: the name of a service.
const MOST_OF_STRANGERS: usize = 1024;

/// How long a refused call's request is still read.
const READ_OFF: Duration = Duration::from_secs(1);

/// What all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    pub access: Arc<Access>,
    pub admission: Admission,
    pub metrics: Metrics,
    /// True once the server is stopping.
    pub draining: watch::Receiver<bool>,
}

/// The way in for one connection's calls. They share this, and what other connections share too only through it: all processors would
/// change the same counters.
pub(super) struct Gate(Arc<Way>);

struct Way {
    services: Services,
    shared: Arc<Shared>,
    peer: Arc<Peer>,
}

impl Gate {
    pub(super) fn new(services: Services, shared: Arc<Shared>, peer: Arc<Peer>) -> Self {
        Self(Arc::new(Way { services, shared, peer }))
    }
}

impl hyper::service::Service<Request<Incoming>> for Gate {
    type Response = Response<Held>;
    type Error = Infallible;
    type Future = BoxFuture<Response<Held>, Infallible>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let gate = Arc::clone(&self.0);
        // A block and not an async function, whose future would have room for the request twice.
        Box::pin(async move {
            let under_way = gate.peer.begin();
            let Some(method) = methods::find(request.uri().path()) else {
                gate.refused(request);
                // Whoever tries doors is seen in the numbers.
                let status = Status::unimplemented("there is no such method: `grpcurl … list` tells what there is");
                let call =
                    Accounted::new(gate.shared.metrics.call("unknown", &gate.shared.metrics.tenant("")), Span::none());
                return Ok(Held::new(status.into_http(), call, None, under_way));
            };
            let metrics = &gate.shared.metrics;
            let (admitted, permit) = match gate.admit(method, request.headers(), under_way.reader()).await {
                Ok(admitted) => admitted,
                Err((refusal, tenant)) => {
                    gate.refused(request);
                    refusal.credential().into_iter().for_each(|reason| metrics.refused(reason));
                    let call = Accounted::new(metrics.call(method.name, &metrics.tenant(&tenant)), Span::none());
                    let answer: Response<Body> = Status::from(refusal).into_http();
                    return Ok(Held::new(answer, call, None, under_way));
                }
            };
            let tenant = admitted.as_ref().map_or("", |admitted| &*admitted.share.tenant);
            // Strangers have no say in what is traced.
            let span = span(method.name, request.headers());
            span.record("hearten.tenant", tenant);
            let counted = admitted.as_ref().map(|admitted| Arc::clone(&admitted.share.counted));
            let counted = counted.unwrap_or_else(|| metrics.tenant(""));
            let call = Accounted::new(metrics.call(method.name, &counted), span.clone());
            let ends = gate.ends(method, admitted.as_ref());
            let until = gate.until(method, admitted.as_ref());
            let (answering, bulk) = gate.hand_on(method, request, admitted);
            let answer = in_time(answering, until).instrument(span).await;
            // A request takes up its room until there is an answer.
            drop(bulk);
            if method.cost != Cost::Stream {
                under_way.reader().may_read();
            }
            let mut held = Held::new(answer, call, Some(permit), under_way);
            held.body_mut().ends = ends;
            Ok(held)
        })
    }
}

impl Way {
    /// Reads what is still to come of a refused call's request. What comes of a stream that nobody reads any more is counted by
    /// the transport, which closes the connection, and with it everybody else's calls, at the 1,024th.
    fn refused(&self, request: Request<Incoming>) {
        let mut body = request.into_body();
        if self.peer.refuse() && !body.is_end_stream() {
            let rest = async move { while let Some(Ok(_)) = body.frame().await {} };
            tokio::spawn(timeout(READ_OFF, rest));
        }
    }

    /// Until when there must be an answer.
    fn until(&self, method: &Method, admitted: Option<&Admitted>) -> Option<Instant> {
        match method.cost {
            // A stream ends itself, and tells its client how to go on.
            Cost::Stream => None,
            Cost::Call | Cost::Heavy => {
                let asked = admitted.and_then(|admitted| admitted.deadline);
                Some(asked.unwrap_or_else(|| Instant::now() + self.shared.admission.bounds().call_time))
            }
        }
    }

    /// Hands a request to its service; also returns what its bytes take up.
    fn hand_on(
        &self,
        method: &Method,
        request: Request<Incoming>,
        admitted: Option<Admitted>,
    ) -> (Answering, Option<Arc<Mutex<Bulk>>>) {
        let Some(admitted) = admitted else {
            let request = request.map(|body| Body::new(Limited::new(body, MOST_OF_STRANGERS)));
            return (self.services.call_other(request), None);
        };
        let stream = admitted.lasting.as_ref().map(|lasting| lasting.bounds.call_time);
        let bulk = Arc::new(Mutex::new(self.shared.admission.bulk(&admitted.share)));
        let mut request = request.map(|body| Received::new(body, Arc::clone(&bulk), stream));
        request.extensions_mut().insert(admitted);
        (self.services.call(method, request), Some(bulk))
    }

    /// When a stream must end whose handler would go on for ever; ours end themselves, and tell their clients how to go on.
    fn ends(&self, method: &Method, admitted: Option<&Admitted>) -> Option<Ends> {
        match (method.asks, method.cost, admitted) {
            (Asks::Any, Cost::Stream, Some(admitted)) => {
                let over = admitted.clone().over();
                Some(Box::pin(async move { over.await.refusal }))
            }
            (Asks::Nothing, Cost::Stream, _) => {
                let stopping = stopping(self.shared.draining.clone());
                Some(Box::pin(async move {
                    stopping.await;
                    Refusal::stopping()
                }))
            }
            _ => None,
        }
    }

    /// Lets a call in, or says why not.
    async fn admit(
        &self,
        method: &Method,
        headers: &HeaderMap,
        reader: &Reader,
    ) -> Result<(Option<Admitted>, Places), (Refusal, Arc<str>)> {
        let Shared { access, admission, metrics, draining } = &*self.shared;
        let nobody = |denied: Denied| (denied.into(), Arc::from(""));
        if method.asks == Asks::Nothing {
            let permit = self.peer.admit_stranger().map_err(|refusal| {
                metrics.shed("strangers");
                (refusal, Arc::from(""))
            })?;
            return Ok((None, Places::Stranger(permit)));
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
        let lasting = || Lasting {
            counted: Arc::new(metrics.stream(&caller.tenant)),
            access: Arc::clone(access),
            bounds,
            age: now + bounds.stream_age,
            draining: draining.clone(),
            reader: reader.clone(),
        };
        let lasting = (method.cost == Cost::Stream).then(|| Arc::new(lasting()));
        Ok((Some(Admitted { caller, share, deadline, lasting }), Places::Known(permit)))
    }
}

/// An answer, if there is one in time.
async fn in_time(answering: Answering, until: Option<Instant>) -> Response<Body> {
    let answer = match until {
        None => answering.await,
        Some(until) => match timeout_at(until, answering).await {
            Ok(answer) => answer,
            Err(_) => return Status::from(Refusal::deadline()).into_http(),
        },
    };
    answer.unwrap_or_else(|never| match never {})
}
