//! `LearnerService`: what is known about learners.

use hearten::rpc::pb;
use tonic::{Code, Status};

use crate::in_process::{Server, blamed, in_time, right, struggle, wrong};

async fn look_up(server: &Server, ids: &[&str], view: pb::View) -> Result<pb::BatchGetLearnersResponse, Status> {
    let learner_ids = ids.iter().map(|id| (*id).to_owned()).collect();
    let request = pb::BatchGetLearnersRequest { learner_ids, view: view.into() };
    Ok(in_time(server.learners().batch_get_learners(request)).await?.into_inner())
}

#[tokio::test]
async fn a_learner_is_shown_as_of_the_last_reply_with_the_last_eight_decisions() {
    let server = Server::start().await;
    let mut replies = Vec::new();
    for event in struggle("ana").into_iter().chain((4..=10).map(|id| right("ana", &id.to_string()))) {
        replies.push(server.submit(event).await);
    }
    let known = server.learner("ana").await;
    assert_eq!(known.learner_id, "ana");
    assert_eq!(known.sequence, 10);
    assert_eq!(known.assessment, replies.last().unwrap().assessment);
    let newest_first = replies.iter().rev().take(8).map(|reply| reply.decision.clone().unwrap());
    assert_eq!(known.recent_decisions, Vec::from_iter(newest_first));
}

#[tokio::test]
async fn a_learner_nobody_has_heard_of_is_not_found() {
    let server = Server::start().await;
    let error = server.try_learner("nobody").await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
    assert_eq!(blamed(&error), ("learner_id".to_owned(), "UNKNOWN_LEARNER".to_owned()));
    let error = server.try_learner("").await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert_eq!(blamed(&error), ("learner_id".to_owned(), "INVALID_FIELD".to_owned()));
}

#[tokio::test]
async fn several_learners_come_in_the_order_asked_for_and_unknown_ones_are_named() {
    let server = Server::start().await;
    server.submit_all(["ana", "ben", "cai"].map(|learner| wrong(learner, "1"))).await;
    let ids = ["cai", "nobody", "ana", "no one", "ben", "cai"];
    for (view, full) in [(pb::View::Unspecified, false), (pb::View::Full, true)] {
        let found = look_up(&server, &ids, view).await.unwrap();
        let names: Vec<_> = found.learners.iter().map(|each| each.learner_id.as_str()).collect();
        assert_eq!(names, ["cai", "ana", "ben", "cai"]);
        assert_eq!(found.unknown_learner_ids, ["nobody", "no one"]);
        for learner in found.learners {
            assert_eq!(!learner.assessment.unwrap().signals.is_empty(), full, "{view:?}");
        }
    }
}

#[tokio::test]
async fn asking_for_no_learner_too_many_or_an_impossible_one_names_the_field() {
    let server = Server::start().await;
    let many: Vec<_> = (0..1001).map(|place| place.to_string()).collect();
    let many: Vec<_> = many.iter().map(String::as_str).collect();
    let cases: [(&[&str], &str); 4] = [
        (&[], "learner_ids"),
        (&many, "learner_ids"),
        (&["ana", ""], "learner_ids[1]"),
        (&["ana", "ben", "a\nb"], "learner_ids[2]"),
    ];
    for (ids, field) in cases {
        let error = look_up(&server, ids, pb::View::Brief).await.unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument);
        assert_eq!(blamed(&error), (field.to_owned(), "INVALID_FIELD".to_owned()));
    }
    assert_eq!(look_up(&server, &many[..1000], pb::View::Brief).await.unwrap().unknown_learner_ids.len(), 1000);
}
