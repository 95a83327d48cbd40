//! `hearten.v1.LearnerService`.

use std::{pin::Pin, sync::Arc};

use tokio_stream::Stream;
use tonic::{Request, Response, Status};

use super::{
    admitted::Admitted,
    attention, export,
    pb::{self, learner_service_server::LearnerService},
    preferences::{Change, shown},
    presence::wants_signals,
    render,
    sent::key,
    status::Refusal,
};
use crate::{
    clock,
    engine::{Engine, Error},
    event::Id,
    store::Erased,
    telemetry::Metrics,
};

/// The most learners in one call.
const MAX_LEARNERS: usize = 1_000;

pub(super) struct Learners {
    pub engine: Arc<Engine>,
    pub metrics: Metrics,
}

impl Learners {
    /// A learner the caller may see; one they may not see is as if nobody had heard of them.
    async fn look_up(
        &self,
        Admitted { caller, .. }: &Admitted,
        id: &Id,
        signals: bool,
    ) -> Result<pb::GetLearnerResponse, Error> {
        let profile = self.engine.profile(&key(&caller.tenant, id), signals, clock::now()).await?;
        if !caller.sees(profile.class) {
            return Err(Error::UnknownLearner);
        }
        Ok(render::profile(id.as_str(), &profile))
    }
}

#[tonic::async_trait]
impl LearnerService for Learners {
    async fn get_learner(
        &self,
        request: Request<pb::GetLearnerRequest>,
    ) -> Result<Response<pb::GetLearnerResponse>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        let id = Id::parse("learner_id", &request.learner_id).map_err(Refusal::from)?;
        let found = self.look_up(&admitted, &id, wants_signals(request.view, true)).await.map_err(Refusal::from)?;
        Ok(Response::new(found))
    }

    async fn batch_get_learners(
        &self,
        request: Request<pb::BatchGetLearnersRequest>,
    ) -> Result<Response<pb::BatchGetLearnersResponse>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        let count = request.learner_ids.len();
        if !(1..=MAX_LEARNERS).contains(&count) {
            let problem = format!("names {count} learners: 1 to {MAX_LEARNERS} are allowed");
            return Err(Refusal::invalid("learner_ids", problem).into());
        }
        admitted.share.charge(count - 1)?;
        let mut response = pb::BatchGetLearnersResponse::default();
        for (place, id) in request.learner_ids.into_iter().enumerate() {
            let parsed = Id::parse(&format!("learner_ids[{place}]"), &id).map_err(Refusal::from)?;
            match self.look_up(&admitted, &parsed, wants_signals(request.view, false)).await {
                Ok(found) => response.learners.push(found),
                Err(Error::UnknownLearner) => response.unknown_learner_ids.push(id),
                Err(error) => return Err(Refusal::from(error).within(&format!("learner_ids[{place}]")).into()),
            }
        }
        Ok(Response::new(response))
    }

    async fn update_preferences(
        &self,
        request: Request<pb::UpdatePreferencesRequest>,
    ) -> Result<Response<pb::UpdatePreferencesResponse>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        let pb::UpdatePreferencesRequest { learner_id, preferences, update_mask } = request;
        let id = Id::parse("learner_id", &learner_id).map_err(Refusal::from)?;
        let change = Change::parse(preferences, update_mask.as_ref())?;
        let wanted =
            self.engine.prefer(&key(admitted.tenant(), &id), |wanted| change.apply(wanted), clock::now()).await;
        let preferences = Some(shown(&wanted.map_err(Refusal::from)?));
        Ok(Response::new(pb::UpdatePreferencesResponse { learner_id, preferences }))
    }

    async fn list_learners_needing_attention(
        &self,
        request: Request<pb::ListLearnersNeedingAttentionRequest>,
    ) -> Result<Response<pb::ListLearnersNeedingAttentionResponse>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        Ok(Response::new(attention::list(&self.engine, &admitted.caller, request).await?))
    }

    type WatchAttentionStream =
        Pin<Box<dyn Stream<Item = Result<pb::WatchAttentionResponse, Status>> + Send + 'static>>;

    async fn watch_attention(
        &self,
        request: Request<pb::WatchAttentionRequest>,
    ) -> Result<Response<Self::WatchAttentionStream>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        let changes = attention::watch(Arc::clone(&self.engine), &request, admitted)?;
        Ok(Response::new(Box::pin(changes)))
    }

    type ExportLearnerStream = Pin<Box<dyn Stream<Item = Result<pb::ExportLearnerResponse, Status>> + Send + 'static>>;

    async fn export_learner(
        &self,
        request: Request<pb::ExportLearnerRequest>,
    ) -> Result<Response<Self::ExportLearnerStream>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        let parts = export::export(Arc::clone(&self.engine), &request.learner_id, admitted).await?;
        Ok(Response::new(Box::pin(parts)))
    }

    async fn delete_learner(
        &self,
        request: Request<pb::DeleteLearnerRequest>,
    ) -> Result<Response<pb::DeleteLearnerResponse>, Status> {
        let (admitted, request) = Admitted::of(request)?;
        let id = Id::parse("learner_id", &request.learner_id).map_err(Refusal::from)?;
        let (engine, metrics, key) = (Arc::clone(&self.engine), self.metrics.clone(), key(admitted.tenant(), &id));
        // It goes on to its end, and counts, though nobody may be waiting for it any more.
        let erasing = tokio::spawn(async move {
            let erased = engine.erase(&key, clock::now()).await;
            metrics.erased("asked", erased.as_ref().map_or(0, |erased| erased.records));
            erased
        });
        let erased = erasing.await.map_err(|_| Refusal::broken())?.map_err(Refusal::from)?;
        let Erased { records, decisions, outcomes, statistics } = erased;
        Ok(Response::new(pb::DeleteLearnerResponse { records, decisions, outcomes, statistics }))
    }
}
