//! What was reported and asked for is on disk when it is answered: a server killed right after knows it again.

use hearten::rpc::pb::{
    self, Outcome, feedback_service_client::FeedbackServiceClient, learner_service_client::LearnerServiceClient,
    preferences::Volume, report_outcomes_response::result::Result as Told,
};
use serde_json::{Value, json};

use crate::support::{Client, Server, client::in_time};

/// A wrong answer to an item of its own.
fn wrong(number: usize) -> Value {
    json!({
        "eventId": format!("{number}"), "learnerId": "ana", "classId": "monday", "itemId": format!("q{number}"),
        "skillIds": ["fractions"], "attempt": {"correct": false, "responseTime": "20s"},
    })
}

async fn report(client: &Client, decision_id: &str, outcome: Outcome) {
    let report =
        pb::OutcomeReport { decision_id: decision_id.to_owned(), outcome: outcome.into(), ..Default::default() };
    let request = pb::ReportOutcomesRequest { outcomes: vec![report] };
    let answer = in_time(FeedbackServiceClient::new(client.0.clone()).report_outcomes(request)).await.unwrap();
    let Some(Told::Taken(taken)) = answer.into_inner().results.remove(0).result else { panic!("not taken") };
    assert_eq!((taken.outcome(), taken.duplicate), (outcome, false));
}

async fn explain(client: &Client, decision_id: &str) -> pb::ExplainDecisionResponse {
    let request = pb::ExplainDecisionRequest { decision_id: decision_id.to_owned() };
    in_time(FeedbackServiceClient::new(client.0.clone()).explain_decision(request)).await.unwrap().into_inner()
}

async fn attention(client: &Client) -> Vec<pb::Attention> {
    let request = pb::ListLearnersNeedingAttentionRequest { class_id: "monday".to_owned(), ..Default::default() };
    let mut client = LearnerServiceClient::new(client.0.clone());
    in_time(client.list_learners_needing_attention(request)).await.unwrap().into_inner().learners
}

fn said(reply: &pb::Reply) -> Option<&str> {
    let decision = reply.decision.as_ref().unwrap();
    matches!(decision.outcome, Some(pb::decision::Outcome::Feedback(_))).then_some(&decision.decision_id)
}

/// Kills the server and starts another.
async fn killed(server: &mut Server) -> Client {
    server.kill9();
    let directory = server.directory().to_owned();
    *server = Server::start_in(&directory, &["--statistics", "frozen"]);
    Client::to(server).await
}

#[tokio::test]
async fn what_became_of_a_message_outlasts_a_kill_and_so_does_what_it_gave_back() {
    let home = tempfile::tempdir().unwrap();
    let mut server = Server::start_in(home.path(), &["--statistics", "frozen"]);
    let mut client = Client::to(&server).await;
    let mut ids = Vec::new();
    for number in 0..3 {
        ids.extend(said(&client.submit(wrong(number)).await.unwrap()).map(str::to_owned));
    }
    report(&client, &ids[0], Outcome::NotShown).await;
    client = killed(&mut server).await;
    assert_eq!(explain(&client, &ids[0]).await.outcome(), Outcome::NotShown);
    // Without the report the next would be four opportunities away.
    let reply = client.submit(wrong(3)).await.unwrap();
    let second = said(&reply).expect("what was not shown has cost nothing").to_owned();

    report(&client, &second, Outcome::Helpful).await;
    client = killed(&mut server).await;
    assert_eq!(explain(&client, &second).await.outcome(), Outcome::Helpful);
    assert_eq!(said(&client.submit(wrong(4)).await.unwrap()), None, "what was seen has");
}

#[tokio::test]
async fn wishes_and_the_list_of_those_who_need_attention_outlast_a_kill() {
    let home = tempfile::tempdir().unwrap();
    let mut server = Server::start_in(home.path(), &["--statistics", "frozen"]);
    let mut client = Client::to(&server).await;
    for number in 0..12 {
        client.submit(wrong(number)).await.unwrap();
    }
    let listed = attention(&client).await;
    assert_eq!(listed.len(), 1);
    for learner_id in ["ana", "nobody yet"] {
        let preferences = pb::Preferences { volume: Volume::Off.into(), ..Default::default() };
        let request = pb::UpdatePreferencesRequest {
            learner_id: learner_id.to_owned(),
            preferences: Some(preferences),
            update_mask: None,
        };
        in_time(LearnerServiceClient::new(client.0.clone()).update_preferences(request)).await.unwrap();
    }
    client = killed(&mut server).await;
    assert_eq!(attention(&client).await, listed);
    for (learner_id, sequence) in [("ana", 12), ("nobody yet", 0)] {
        let known = client.learner(learner_id).await.unwrap();
        assert_eq!((known.preferences.unwrap().volume(), known.sequence), (Volume::Off, sequence));
    }
}
