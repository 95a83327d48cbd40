//! `hearten.v1.FeedbackService`.

use std::{pin::Pin, sync::Arc};

use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::{
    admitted::Admitted,
    batch, explain, outcomes,
    pb::{self, feedback_service_server::FeedbackService},
    presence::Presence,
    sent::{Taken, check, options, take, wants_signals},
    status::Refusal,
    stream,
};
use crate::{
    clock,
    engine::{Engine, Error, Explained, Options},
};

pub(super) struct Feedback {
    pub engine: Arc<Engine>,
}

impl Feedback {
    /// A decision the caller may see; one about a learner they may not see is as if it had never been made.
    async fn look_up(&self, Admitted { caller, .. }: &Admitted, id: &str) -> Result<Explained, Error> {
        let now = clock::now();
        if caller.classes.is_some() && !caller.sees(self.engine.class_behind(&caller.tenant, id, now).await?) {
            return Err(Error::UnknownDecision);
        }
        self.engine.explain(&caller.tenant, id, now).await
    }
}

#[tonic::async_trait]
impl FeedbackService for Feedback {
    async fn submit_event(
        &self,
        request: Request<pb::SubmitEventRequest>,
    ) -> Result<Response<pb::SubmitEventResponse>, Status> {
        let (admitted, request) = (Admitted::of(&request)?, request.into_inner());
        let sent = request.event.ok_or_else(|| Refusal::invalid("event", "is required"))?;
        let presence = Presence::default();
        let options = options(wants_signals(request.view, true), presence);
        let options = Options { dry_run: request.dry_run, ..options };
        let (event, now) = check(&admitted.share, &sent, "event")?;
        let mut taken = Taken::new(sent, take(&self.engine, &admitted.share, &event, options, now, "event").await?);
        taken.settle(&self.engine).await?;
        let reply = taken.answer(presence);
        Ok(Response::new(pb::SubmitEventResponse { reply: Some(reply) }))
    }

    type StreamSessionsStream =
        Pin<Box<dyn Stream<Item = Result<pb::StreamSessionsResponse, Status>> + Send + 'static>>;

    async fn stream_sessions(
        &self,
        request: Request<Streaming<pb::StreamSessionsRequest>>,
    ) -> Result<Response<Self::StreamSessionsStream>, Status> {
        let admitted = Admitted::of(&request)?;
        let answers = stream::serve(Arc::clone(&self.engine), admitted, request.into_inner());
        Ok(Response::new(Box::pin(answers)))
    }

    async fn batch_submit_events(
        &self,
        request: Request<pb::BatchSubmitEventsRequest>,
    ) -> Result<Response<pb::BatchSubmitEventsResponse>, Status> {
        Ok(Response::new(batch::submit(&self.engine, &Admitted::of(&request)?, request.into_inner()).await?))
    }

    async fn report_outcomes(
        &self,
        request: Request<pb::ReportOutcomesRequest>,
    ) -> Result<Response<pb::ReportOutcomesResponse>, Status> {
        Ok(Response::new(outcomes::report_all(&self.engine, &Admitted::of(&request)?, request.into_inner()).await?))
    }

    async fn explain_decision(
        &self,
        request: Request<pb::ExplainDecisionRequest>,
    ) -> Result<Response<pb::ExplainDecisionResponse>, Status> {
        let (admitted, id) = (Admitted::of(&request)?, request.into_inner().decision_id);
        if id.is_empty() {
            return Err(Refusal::invalid("decision_id", "is required: from a decision").into());
        }
        let explained = self.look_up(&admitted, &id).await.map_err(Refusal::from)?;
        Ok(Response::new(explain::explanation(&self.engine.rules(admitted.tenant()), &explained)))
    }
}
