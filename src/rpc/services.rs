//! The services behind the gate, by the name in a call's path.
//!
//! Ours are called as they are: a router boxes what comes and goes once more and takes the path to pieces, which costs a call as much
//! as decoding it. The others go through one, as their types have no names.

use std::{convert::Infallible, sync::Arc};

use http::{Request, Response};
use prost::Message;
use tonic::{Status, body::Body, codegen::BoxFuture, server::Grpc, service::Routes};
use tower::{Service as _, service_fn};

use super::{
    codec::Plain,
    feedback::Feedback,
    learners::Learners,
    methods::Method,
    pb::{feedback_service_server as feedback, learner_service_server as learners},
    received::Received,
    wire::Written,
};
use crate::{engine::Engine, telemetry::Metrics};

/// What comes of a call.
pub(super) type Answering = BoxFuture<Response<Body>, Infallible>;

/// The largest request, a batch; a larger one ends its call or stream in the transport.
const MAX_MESSAGE_BYTES: usize = 4 * 1024 * 1024;

/// What there is to be called.
pub(super) struct Services {
    feedback: Arc<Feedback>,
    learners: learners::LearnerServiceServer<Learners>,
    others: Routes,
}

impl Services {
    pub(super) fn new(engine: &Arc<Engine>, metrics: &Metrics, others: &Routes) -> Self {
        let feedback = Arc::new(Feedback { engine: Arc::clone(engine) });
        let learners = Learners { engine: Arc::clone(engine), metrics: metrics.clone() };
        Self {
            feedback,
            learners: learners::LearnerServiceServer::new(learners).max_decoding_message_size(MAX_MESSAGE_BYTES),
            others: others.clone(),
        }
    }

    pub(super) fn call(&self, method: &Method, request: Request<Received>) -> Answering {
        match method.name.split_once('/') {
            Some((feedback::SERVICE_NAME, name)) => self.call_feedback(name, request),
            Some((learners::SERVICE_NAME, _)) => self.learners.clone().call(request),
            _ => self.call_other(request.map(Body::new)),
        }
    }

    /// Answers to events are written as bytes, which generated code has no place for.
    fn call_feedback(&self, name: &str, request: Request<Received>) -> Answering {
        let to = Arc::clone(&self.feedback);
        match name {
            "SubmitEvent" => unary(request, move |asked| Arc::clone(&to).submit_event(asked)),
            "BatchSubmitEvents" => unary(request, move |asked| Arc::clone(&to).batch_submit_events(asked)),
            "ReportOutcomes" => unary(request, move |asked| Arc::clone(&to).report_outcomes(asked)),
            "ExplainDecision" => unary(request, move |asked| Arc::clone(&to).explain_decision(asked)),
            "StreamSessions" => Box::pin(async move {
                let serve = service_fn(move |asked| Arc::clone(&to).stream_sessions(asked));
                Ok(grpc().streaming(serve, request).await)
            }),
            _ => Box::pin(async { Ok(Status::unimplemented("there is no such method").into_http()) }),
        }
    }

    /// A call of health or reflection; whoever shows no credential reaches nothing else.
    pub(super) fn call_other(&self, request: Request<Body>) -> Answering {
        Box::pin(self.others.clone().call(request))
    }
}

fn unary<U, F>(request: Request<Received>, serve: impl FnMut(tonic::Request<U>) -> F + Send + 'static) -> Answering
where
    U: Message + Default + Send + 'static,
    F: Future<Output = Result<tonic::Response<Written>, Status>> + Send + 'static,
{
    Box::pin(async move { Ok(grpc().unary(service_fn(serve), request).await) })
}

fn grpc<U: Message + Default + Send + 'static>() -> Grpc<Plain<U>> {
    Grpc::new(Plain::default()).max_decoding_message_size(MAX_MESSAGE_BYTES)
}
