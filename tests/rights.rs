//! What a learner may ask for: everything held about them, and that nothing of it is left.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod authority;
mod in_process;

#[path = "rights/delete.rs"]
mod delete;
#[path = "rights/export.rs"]
mod export;
#[path = "rights/race.rs"]
mod race;
#[path = "rights/retain.rs"]
mod retain;

use hearten::rpc::pb::{self, export_learner_response::Part};
use in_process::{Server, blamed, in_time};
use tonic::{Code, Status};

/// What is remembered of them, and their decisions, as whoever may read is told.
async fn try_export(
    server: &Server,
    learner: &str,
) -> Result<(pb::LearnerExport, Vec<pb::ExplainDecisionResponse>), Status> {
    let request = pb::ExportLearnerRequest { learner_id: learner.to_owned() };
    let mut parts = in_time(server.learners().export_learner(request)).await?.into_inner();
    let (mut held, mut decisions) = (None, Vec::new());
    while let Some(part) = in_time(parts.message()).await? {
        match part.part.expect("a part holds one") {
            Part::Learner(learner) => {
                assert!(held.is_none() && decisions.is_empty(), "what is remembered comes first, and once");
                held = Some(learner);
            }
            Part::Decision(decision) => decisions.push(decision),
        }
    }
    Ok((held.expect("there is a first part"), decisions))
}

async fn try_delete(server: &Server, learner: &str) -> Result<pb::DeleteLearnerResponse, Status> {
    let request = pb::DeleteLearnerRequest { learner_id: learner.to_owned() };
    Ok(in_time(server.learners().delete_learner(request)).await?.into_inner())
}

async fn delete(server: &Server, learner: &str) -> pb::DeleteLearnerResponse {
    try_delete(server, learner).await.unwrap()
}

/// It is refused because the learner was erased, who is named in that field.
fn came_too_late(refused: &Status, field: &str) {
    assert_eq!(refused.code(), Code::FailedPrecondition, "{refused:?}");
    assert_eq!(blamed(refused), (field.to_owned(), "LEARNER_ERASED".to_owned()));
}

/// Nobody has heard of them.
async fn is_unknown(server: &Server, learner: &str) {
    let refused = server.try_learner(learner).await.unwrap_err();
    assert_eq!((refused.code(), blamed(&refused).1.as_str()), (Code::NotFound, "UNKNOWN_LEARNER"));
    let refused = try_export(server, learner).await.unwrap_err();
    assert_eq!((refused.code(), blamed(&refused).1.as_str()), (Code::NotFound, "UNKNOWN_LEARNER"));
}
