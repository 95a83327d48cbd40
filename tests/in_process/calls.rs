//! The calls around events: what became of messages, what learners ask for, whom a teacher should see.

use hearten::rpc::pb::{self, report_outcomes_response::result::Result as Told, watch_attention_response::Change};
use pbjson_types::FieldMask;
use tonic::{Status, Streaming};

use super::{Server, in_time};

pub fn report(decision_id: &str, outcome: pb::Outcome) -> pb::OutcomeReport {
    pb::OutcomeReport { decision_id: decision_id.to_owned(), outcome: outcome.into(), reason: String::new() }
}

pub fn mask(paths: &[&str]) -> Option<FieldMask> {
    Some(FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() })
}

/// These preferences, of this learner; no mask.
pub fn wish(learner: &str, preferences: pb::Preferences) -> pb::UpdatePreferencesRequest {
    pb::UpdatePreferencesRequest {
        learner_id: learner.to_owned(),
        preferences: Some(preferences),
        ..Default::default()
    }
}

pub fn volume(volume: pb::preferences::Volume) -> pb::Preferences {
    pb::Preferences { volume: volume.into(), ..Default::default() }
}

impl Server {
    pub async fn try_report(&self, outcomes: Vec<pb::OutcomeReport>) -> Result<Vec<Told>, Status> {
        let request = pb::ReportOutcomesRequest { outcomes };
        let response = in_time(self.feedback().report_outcomes(request)).await?.into_inner();
        Ok(response.results.into_iter().map(|result| result.result.expect("every result holds one")).collect())
    }

    /// One report that is taken.
    pub async fn report(&self, decision_id: &str, outcome: pb::Outcome) -> pb::OutcomeTaken {
        match self.report_one(decision_id, outcome).await {
            Told::Taken(taken) => taken,
            Told::Rejected(rejected) => panic!("not taken: {rejected:?}"),
        }
    }

    /// One report that is not.
    pub async fn refused(&self, decision_id: &str, outcome: pb::Outcome) -> pb::Rejected {
        match self.report_one(decision_id, outcome).await {
            Told::Rejected(rejected) => rejected,
            Told::Taken(taken) => panic!("taken: {taken:?}"),
        }
    }

    async fn report_one(&self, decision_id: &str, outcome: pb::Outcome) -> Told {
        self.try_report(vec![report(decision_id, outcome)]).await.unwrap().remove(0)
    }

    pub async fn try_prefer(&self, request: pb::UpdatePreferencesRequest) -> Result<pb::Preferences, Status> {
        let response = in_time(self.learners().update_preferences(request)).await?.into_inner();
        Ok(response.preferences.expect("an answer holds preferences"))
    }

    /// What is known of them once these are set.
    pub async fn prefer(&self, learner: &str, preferences: pb::Preferences) -> pb::Preferences {
        self.try_prefer(wish(learner, preferences)).await.unwrap()
    }

    pub async fn try_attention(
        &self,
        class_id: &str,
        page_size: i32,
        page_token: &str,
    ) -> Result<pb::ListLearnersNeedingAttentionResponse, Status> {
        let (class_id, page_token) = (class_id.to_owned(), page_token.to_owned());
        let request = pb::ListLearnersNeedingAttentionRequest { class_id, page_size, page_token };
        Ok(in_time(self.learners().list_learners_needing_attention(request)).await?.into_inner())
    }

    /// Everybody on a class's list, which fits a page.
    pub async fn attention(&self, class_id: &str) -> Vec<pb::Attention> {
        let page = self.try_attention(class_id, 0, "").await.unwrap();
        assert_eq!(page.next_page_token, "", "one page");
        page.learners
    }

    pub async fn watch(&self, class_id: &str) -> Watch {
        let request = pb::WatchAttentionRequest { class_id: class_id.to_owned() };
        Watch(in_time(self.learners().watch_attention(request)).await.unwrap().into_inner())
    }

    /// Who holds the engine: the server, and each stream under way.
    pub fn holders(&self) -> usize {
        self.engine.strong_count()
    }
}

/// A class's list as its teacher sees it.
pub struct Watch(Streaming<pb::WatchAttentionResponse>);

impl Watch {
    pub async fn try_next(&mut self) -> Result<Option<Change>, Status> {
        let change = in_time(self.0.message()).await?;
        Ok(change.map(|change| change.change.expect("a change holds one")))
    }

    pub async fn needed(&mut self) -> pb::Attention {
        match self.try_next().await.unwrap().expect("the stream goes on") {
            Change::Needed(attention) => attention,
            Change::ResolvedLearnerId(learner) => panic!("resolved: {learner}"),
        }
    }

    pub async fn resolved(&mut self) -> String {
        match self.try_next().await.unwrap().expect("the stream goes on") {
            Change::ResolvedLearnerId(learner) => learner,
            Change::Needed(attention) => panic!("needed: {attention:?}"),
        }
    }
}
