//! `hearten.v1.FeedbackService`.

use std::sync::Arc;

use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};

use super::{
    admission::Share,
    admitted::Admitted,
    batch, explain, outcomes, pb,
    presence::{Presence, wants_signals},
    sent::{Ids, Taken, check, options, take},
    status::Refusal,
    stream,
    wire::Written,
};
use crate::{
    clock,
    engine::{Engine, Error, Explained, Options},
    event::{Event, Timestamp},
};

/// The field of `SubmitEventResponse` that the answer stands in.
const REPLY: u32 = 1;

type Answered = Result<Response<Written>, Status>;

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

    pub(super) async fn submit_event(self: Arc<Self>, request: Request<Box<pb::SubmitEventRequest>>) -> Answered {
        let Submitted { share, ids, event, now, options } = Submitted::of(request)?;
        let reply = take(&self.engine, &share, &event, options, now, "event").await?;
        let mut taken = Taken::new(ids, reply, REPLY, Presence::default());
        taken.settle(&self.engine, "event").await?;
        Ok(Response::new(taken.answer))
    }

    pub(super) async fn stream_sessions(
        self: Arc<Self>,
        request: Request<Streaming<stream::Asked>>,
    ) -> Result<Response<impl Stream<Item = Result<Written, Status>> + Send + use<>>, Status> {
        let (admitted, incoming) = Admitted::of(request)?;
        let lasting = admitted.lasting()?;
        Ok(Response::new(stream::serve(Arc::clone(&self.engine), admitted, &lasting, incoming)))
    }

    pub(super) async fn batch_submit_events(
        self: Arc<Self>,
        request: Request<pb::BatchSubmitEventsRequest>,
    ) -> Answered {
        let (admitted, request) = Admitted::of(request)?;
        Ok(Response::new(batch::submit(&self.engine, &admitted, request).await?))
    }

    pub(super) async fn report_outcomes(self: Arc<Self>, request: Request<pb::ReportOutcomesRequest>) -> Answered {
        let (admitted, request) = Admitted::of(request)?;
        Ok(Response::new(Written::of(&outcomes::report_all(&self.engine, &admitted, request).await?)))
    }

    pub(super) async fn explain_decision(self: Arc<Self>, request: Request<pb::ExplainDecisionRequest>) -> Answered {
        let (admitted, pb::ExplainDecisionRequest { decision_id: id }) = Admitted::of(request)?;
        if id.is_empty() {
            return Err(Refusal::invalid("decision_id", "is required: from a decision").into());
        }
        let explained = self.look_up(&admitted, &id).await.map_err(Refusal::from)?;
        let explanation = explain::explanation(&self.engine.rules(admitted.tenant()), &explained);
        Ok(Response::new(Written::of(&explanation)))
    }
}

/// Whose event it is, the event, and what is wanted of it: all of a request that is kept while the call waits.
struct Submitted {
    share: Arc<Share>,
    ids: Ids,
    event: Event,
    now: Timestamp,
    options: Options,
}

impl Submitted {
    fn of(request: Request<Box<pb::SubmitEventRequest>>) -> Result<Self, Refusal> {
        let (Admitted { share, .. }, mut request) = Admitted::of(request)?;
        let sent = request.event.as_mut().ok_or_else(|| Refusal::invalid("event", "is required"))?;
        let (event, now) = check(&share, sent, "event")?;
        let options = options(wants_signals(request.view, true), Presence::default());
        Ok(Self { share, ids: Ids::take(sent), event, now, options: Options { dry_run: request.dry_run, ..options } })
    }
}
