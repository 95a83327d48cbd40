//! The services behind the gate, by the name in a call's path.
//!
//! Ours are called as they are: a router boxes what comes and goes once more and takes the path to pieces, which costs a call as much
//! as decoding it. The others go through one, as their types have no names.

use std::{convert::Infallible, sync::Arc};

use http::{Request, Response};
use tonic::{body::Body, codegen::BoxFuture, service::Routes};
use tower::Service as _;

use super::{
    feedback::Feedback,
    learners::Learners,
    methods::Method,
    pb::{feedback_service_server as feedback, learner_service_server as learners},
    received::Received,
};
use crate::{engine::Engine, telemetry::Metrics};

/// What comes of a call.
pub(super) type Answering = BoxFuture<Response<Body>, Infallible>;

/// The largest request, a batch; a larger one ends its call or stream in the transport.
const MAX_MESSAGE_BYTES: usize = 4 * 1024 * 1024;

/// What there is to be called.
pub(super) struct Services {
    feedback: feedback::FeedbackServiceServer<Feedback>,
    learners: learners::LearnerServiceServer<Learners>,
    others: Routes,
}

impl Services {
    pub(super) fn new(engine: &Arc<Engine>, metrics: &Metrics, others: &Routes) -> Self {
        let feedback = Feedback { engine: Arc::clone(engine) };
        let learners = Learners { engine: Arc::clone(engine), metrics: metrics.clone() };
        Self {
            feedback: feedback::FeedbackServiceServer::new(feedback).max_decoding_message_size(MAX_MESSAGE_BYTES),
            learners: learners::LearnerServiceServer::new(learners).max_decoding_message_size(MAX_MESSAGE_BYTES),
            others: others.clone(),
        }
    }

    pub(super) fn call(&self, method: &Method, request: Request<Received>) -> Answering {
        match method.name.split_once('/') {
            Some((feedback::SERVICE_NAME, _)) => self.feedback.clone().call(request),
            Some((learners::SERVICE_NAME, _)) => self.learners.clone().call(request),
            _ => self.call_other(request.map(Body::new)),
        }
    }

    /// A call of health or reflection; whoever shows no credential reaches nothing else.
    pub(super) fn call_other(&self, request: Request<Body>) -> Answering {
        Box::pin(self.others.clone().call(request))
    }
}
