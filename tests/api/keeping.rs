//! What survives: restarts, leaving memory, and statistics in both modes.

use std::time::Duration;

use hearten::{engine::Statistics, rpc::pb};

use crate::in_process::{Server, Setup, answer, decision_id, moment, now_ms, right, struggle};

const AT_ONCE: Duration = Duration::from_millis(1);

#[tokio::test]
async fn a_restart_keeps_everything() {
    let home = tempfile::tempdir().unwrap();
    let server = Setup::default().in_directory(home.path()).start().await;
    let said = server.submit_all(struggle("ana")).await;
    let silent = server.submit(right("ana", "4")).await;
    server.submit(right("ben", "1")).await;
    let before = (server.learner("ana").await, server.learner("ben").await);
    let told = (server.try_explain(&decision_id(&said)).await, server.try_explain(&decision_id(&silent)).await);
    server.stop().await;

    let server = Setup::default().in_directory(home.path()).start().await;
    assert_eq!((server.learner("ana").await, server.learner("ben").await), before);
    let told_again = (server.try_explain(&decision_id(&said)).await, server.try_explain(&decision_id(&silent)).await);
    assert_eq!((told_again.0.unwrap(), told_again.1.unwrap()), (told.0.unwrap(), told.1.unwrap()));
    let [.., third] = struggle("ana");
    let again = server.submit(third).await;
    assert!(again.duplicate, "ids are known across restarts");
    assert_eq!(again.decision, said.decision);
    server.stop().await;
}

#[tokio::test]
async fn learners_who_leave_memory_come_back_as_they_were() {
    let mut forgetful = Setup::default();
    forgetful.options.idle_after = AT_ONCE;
    let forgetful = forgetful.start().await;
    let mindful = Server::start().await;

    let script = [false, false, false, true, true, false, false, true, true, true, true, true, false, true];
    let start = now_ms() - 20_000;
    for (place, correct) in script.into_iter().enumerate() {
        // Fixed times, and in the past: else what differs between the two servers is when they heard of it.
        let occurred_at = moment(start + place as i64 * 500);
        let event = pb::Event { occurred_at, ..answer("ana", &place.to_string(), correct) };
        assert_eq!(forgetful.submit(event.clone()).await, mindful.submit(event).await);
        if [2, 5, 9].contains(&place) {
            forgetful.forgotten().await;
        }
    }
    assert_eq!(forgetful.learner("ana").await, mindful.learner("ana").await);
}

/// The statistics' number, asked for by an event that is not kept.
async fn version(server: &Server) -> u64 {
    let request = pb::SubmitEventRequest { event: Some(right("somebody else", "1")), view: 0, dry_run: true };
    server.try_submit(request).await.unwrap().assessment.unwrap().statistics_version
}

#[tokio::test]
async fn statistics_are_renewed_at_intervals_and_keep_across_restarts() {
    let home = tempfile::tempdir().unwrap();
    let server = Setup::learning_every(AT_ONCE).in_directory(home.path()).start().await;
    server.submit_all(struggle("ana")).await;
    // A retry is no opportunity.
    let retry = pb::Event { item_id: "item 3".to_owned(), ..right("ana", "4") };
    server.submit(retry).await;
    server.learnt(3).await;
    assert_eq!(version(&server).await, 3);
    server.submit(right("ben", "1")).await;
    server.learnt(4).await;
    server.stop().await;

    let server = Setup::default().in_directory(home.path()).start().await;
    assert_eq!(version(&server).await, 4, "frozen as it stood at the start");
    server.stop().await;
}

#[tokio::test]
async fn statistics_stay_as_they_are_when_frozen_or_before_the_interval_is_over() {
    let mut frozen = Setup::learning_every(AT_ONCE);
    frozen.statistics = Statistics::Frozen;
    let mut patient = Setup::learning_every(Duration::from_secs(3600));
    patient.statistics = Statistics::Learn;
    let learning = Setup::learning_every(AT_ONCE).start().await;
    let (frozen, patient) = (frozen.start().await, patient.start().await);
    for server in [&frozen, &patient, &learning] {
        server.submit_all(struggle("ana")).await;
    }
    // The others had as much time, and were asked to renew as often.
    learning.learnt(3).await;
    learning.submit(right("ana", "4")).await;
    learning.learnt(4).await;
    assert_eq!((version(&frozen).await, version(&patient).await), (0, 0));
}
