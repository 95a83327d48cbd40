//! `hearten.v1.FeedbackService`.

use std::{pin::Pin, sync::Arc};

use tokio::sync::watch;
use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::{
    batch, explain, outcomes,
    pb::{self, feedback_service_server::FeedbackService},
    presence::Presence,
    sent::{Taken, check, options, take, tenant, wants_signals},
    status::Refusal,
    stream,
};
use crate::{
    clock,
    engine::{Engine, Options},
};

pub(super) struct Feedback {
    pub engine: Arc<Engine>,
    /// True once the server is stopping.
    pub draining: watch::Receiver<bool>,
}

#[tonic::async_trait]
impl FeedbackService for Feedback {
    async fn submit_event(
        &self,
        request: Request<pb::SubmitEventRequest>,
    ) -> Result<Response<pb::SubmitEventResponse>, Status> {
        let (tenant, request) = (tenant(&request), request.into_inner());
        let sent = request.event.ok_or_else(|| Refusal::invalid("event", "is required"))?;
        let presence = Presence::default();
        let options = options(wants_signals(request.view, true), presence);
        let options = Options { dry_run: request.dry_run, ..options };
        let (event, now) = check(&sent, "event")?;
        let taken = Taken::new(sent, take(&self.engine, &tenant, &event, options, now, "event").await?);
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
        let (engine, tenant) = (Arc::clone(&self.engine), tenant(&request));
        let answers = stream::serve(engine, tenant, request.into_inner(), self.draining.clone());
        Ok(Response::new(Box::pin(answers)))
    }

    async fn batch_submit_events(
        &self,
        request: Request<pb::BatchSubmitEventsRequest>,
    ) -> Result<Response<pb::BatchSubmitEventsResponse>, Status> {
        Ok(Response::new(batch::submit(&self.engine, &tenant(&request), request.into_inner()).await?))
    }

    async fn report_outcomes(
        &self,
        request: Request<pb::ReportOutcomesRequest>,
    ) -> Result<Response<pb::ReportOutcomesResponse>, Status> {
        Ok(Response::new(outcomes::report_all(&self.engine, &tenant(&request), request.into_inner()).await?))
    }

    async fn explain_decision(
        &self,
        request: Request<pb::ExplainDecisionRequest>,
    ) -> Result<Response<pb::ExplainDecisionResponse>, Status> {
        let (tenant, id) = (tenant(&request), request.into_inner().decision_id);
        if id.is_empty() {
            return Err(Refusal::invalid("decision_id", "is required: from a decision").into());
        }
        let explained = self.engine.explain(&tenant, &id, clock::now()).await.map_err(Refusal::from)?;
        Ok(Response::new(explain::explanation(&self.engine.rules(&tenant), &explained)))
    }
}
