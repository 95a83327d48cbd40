//! The services behind the gate, by the name in a call's path.
//!
//! Ours are called as they are: a router boxes what comes and goes once more and takes the path to pieces, which costs a call as much
//! as decoding it. The others go through one, as their types have no names.

use std::convert::Infallible;

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

/// What comes of a call.
pub(super) type Answering = BoxFuture<Response<Body>, Infallible>;

/// What there is to be called.
#[derive(Clone)]
pub(super) struct Services {
    pub(super) feedback: feedback::FeedbackServiceServer<Feedback>,
    pub(super) learners: learners::LearnerServiceServer<Learners>,
    pub(super) others: Routes,
}

impl Services {
    pub(super) fn call(&mut self, method: &Method, request: Request<Received>) -> Answering {
        match method.name.split_once('/') {
            Some((feedback::SERVICE_NAME, _)) => self.feedback.call(request),
            Some((learners::SERVICE_NAME, _)) => self.learners.call(request),
            _ => self.call_other(request.map(Body::new)),
        }
    }

    /// A call of health or reflection; whoever shows no credential reaches nothing else.
    pub(super) fn call_other(&mut self, request: Request<Body>) -> Answering {
        Box::pin(self.others.call(request))
    }
}
