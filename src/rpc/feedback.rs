//! `hearten.v1.FeedbackService`.

use std::{pin::Pin, sync::Arc};

use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::{
    admission::Share,
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

/// Whose event it is, the event, and what is wanted of it; nothing else of the request is kept while the call waits.
fn submitted(request: Request<pb::SubmitEventRequest>) -> Result<(Arc<Share>, pb::Event, Options), Status> {
    let (admitted, request) = Admitted::of(request)?;
    let sent = request.event.ok_or_else(|| Refusal::invalid("event", "is required"))?;
    let options = options(wants_signals(request.view, true), Presence::default());
    Ok((admitted.share, sent, Options { dry_run: request.dry_run, ..options }))
}

#[tonic::async_trait]
impl FeedbackService for Feedback {
    async fn submit_event(
        &self,
        request: Request<pb::SubmitEventRequest>,
    ) -> Result<Response<pb::SubmitEventResponse>, Status> {
        let (share, sent, options) = submitted(request)?;
        let (event, now) = check(&share, &sent, "event")?;
        let reply = take(&self.engine, &share, &event, options, now, "event").await?;
        let mut taken = Taken { ids: sent.into(), reply };
        taken.settle(&self.engine).await?;
        let reply = taken.answer(Presence::default());
        Ok(Response::new(pb::SubmitEventResponse { reply: Some(reply) }))
    }

    type StreamSessionsStream =
        Pin<Box<dyn Stream<Item = Result<pb::StreamSessionsResponse, Status>> + Send + 'static>>;

    async fn stream_sessions(
        &self,
        request: Request<Streaming<pb::StreamSessionsRequest>>,
    ) -> Result<Response<Self::StreamSessionsStream>, Status> {
        let (admitted, incoming) = Admitted::of(request)?;
        let lasting = admitted.lasting()?;
        let answers = stream::serve(Arc::clone(&self.engine), admitted, &lasting, incoming);
        Ok(Response::new(Box::pin(answers)))
    }

    async fn batch_submit_events(
        &self,
        request: Request<pb::BatchSubmitEventsRequest>,
    ) -> Result<Response<pb::BatchSubmitEventsResponse>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        Ok(Response::new(batch::submit(&self.engine, &admitted, request).await?))
    }

    async fn report_outcomes(
        &self,
        request: Request<pb::ReportOutcomesRequest>,
    ) -> Result<Response<pb::ReportOutcomesResponse>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        Ok(Response::new(outcomes::report_all(&self.engine, &admitted, request).await?))
    }

    async fn explain_decision(
        &self,
        request: Request<pb::ExplainDecisionRequest>,
    ) -> Result<Response<pb::ExplainDecisionResponse>, Status> {
        let (admitted, pb::ExplainDecisionRequest { decision_id: id }) = Admitted::of(request)?;
        if id.is_empty() {
            return Err(Refusal::invalid("decision_id", "is required: from a decision").into());
        }
        let explained = self.look_up(&admitted, &id).await.map_err(Refusal::from)?;
        Ok(Response::new(explain::explanation(&self.engine.rules(admitted.tenant()), &explained)))
    }
}
