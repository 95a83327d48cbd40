//! Whoever is deleted is gone, stays gone, and nobody else is.

use std::{path::Path, sync::Arc};

use hearten::{
    access::{Access, keys::Keys},
    rpc::pb::stream_sessions_response::Message as Streamed,
    statistics::Subject,
    store::{Embedded, Store as _},
};
use tonic::{Request, metadata::MetadataValue};

use super::*;
use crate::{
    authority::{Cut, grant},
    in_process::{Place, Setup, decision_id, eventually, feedback, struggle, volume, wrong},
};

/// Nobody else's bytes look like these, so compression cannot hide them.
const WHO: &str = "kPz5RtW8xQ3vYb7N";

fn grep(directory: &Path, needle: &[u8]) -> usize {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| match path.is_dir() {
            true => grep(&path, needle),
            false => {
                std::fs::read(path).map_or(0, |bytes| bytes.windows(needle.len()).filter(|at| at == &needle).count())
            }
        })
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_left_and_nothing_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let setup =
        || Setup { statistics: hearten::engine::Statistics::Learn, ..Setup::default() }.in_directory(home.path());
    let server = setup().start().await;
    let (mut said, mut text) = (Vec::new(), String::new());
    for n in 0..20 {
        let event = pb::Event { class_id: "7b".to_owned(), ..wrong(WHO, &format!("own {n}")) };
        let reply = server.submit(event).await;
        if let Some(feedback) = feedback(&reply) {
            said.push(decision_id(&reply));
            text = feedback.text.clone();
        }
    }
    server.report(&said[0], pb::Outcome::Helpful).await;
    let other = server.submit_all(struggle("ben")).await;
    assert!(grep(home.path(), WHO.as_bytes()) > 0 && grep(home.path(), text.as_bytes()) > 0, "{text}");
    assert_eq!(server.attention("7b").await.len(), 1);

    let gone = delete(&server, WHO).await;
    assert_eq!((gone.records, gone.decisions, gone.outcomes), (1, said.len() as u64, 1));
    // As many items as a record remembers; nobody else met them.
    assert_eq!(gone.statistics, 8);
    assert_eq!(grep(home.path(), WHO.as_bytes()), 0);
    // What Ben was told may be the same words.
    if feedback(&other).is_none_or(|feedback| feedback.text != text) {
        assert_eq!(grep(home.path(), text.as_bytes()), 0, "{text}");
    }
    for _ in 0..2 {
        assert_eq!(delete(&server, WHO).await, pb::DeleteLearnerResponse::default(), "safe to repeat");
    }
    is_refused(&server, &said[0]).await;
    server.stop().await;

    let server = setup().start().await;
    is_refused(&server, &said[0]).await;
    assert_eq!(server.attempts("ben").await, 3, "others stay");
    assert_eq!(try_export(&server, "ben").await.unwrap().1.len(), usize::from(feedback(&other).is_some()));
    server.stop().await;
    assert_eq!(grep(home.path(), WHO.as_bytes()), 0, "late events leave nothing behind");
    let mut opened = None;
    eventually(async || {
        opened = Embedded::open(home.path()).ok();
        opened.is_some()
    })
    .await;
    let rows = opened.unwrap().statistics().await.unwrap();
    assert_eq!(rows.iter().filter(|(_, subject, _)| matches!(subject, Subject::Item(_))).count(), 12 + 3);
}

/// Whatever is sent of them from then on.
async fn is_refused(server: &Server, decision_id: &str) {
    is_unknown(server, WHO).await;
    let late = wrong(WHO, "late");
    let submit = |dry_run| pb::SubmitEventRequest { event: Some(late.clone()), view: 0, dry_run };
    for dry_run in [false, true] {
        came_too_late(&server.try_submit(submit(dry_run)).await.unwrap_err(), "event.learner_id");
    }
    // One that was taken before is no exception.
    let again = pb::SubmitEventRequest { event: Some(wrong(WHO, "own 3")), ..Default::default() };
    came_too_late(&server.try_submit(again).await.unwrap_err(), "event.learner_id");
    let preferences = in_process::wish(WHO, volume(pb::preferences::Volume::Off));
    came_too_late(&server.try_prefer(preferences).await.unwrap_err(), "learner_id");
    let rejected = server.refused(decision_id, pb::Outcome::Shown).await;
    assert_eq!(rejected.code, i32::from(Code::FailedPrecondition), "{rejected:?}");
    assert_eq!(rejected.field, "outcomes[0].decision_id");
    let refused = server.try_explain(decision_id).await.unwrap_err();
    assert_eq!((refused.code(), blamed(&refused).1.as_str()), (Code::NotFound, "UNKNOWN_DECISION"));
    let mut batch = server.batch(vec![late.clone()], pb::batch_submit_events_request::Decide::Each).await;
    let pb::batch_submit_events_response::result::Result::Rejected(rejected) = batch.remove(0) else { panic!() };
    assert_eq!(rejected.code, i32::from(Code::FailedPrecondition), "{rejected:?}");

    // A stream goes on for others.
    let mut stream = server.stream().await;
    stream.report(in_process::report(decision_id, pb::Outcome::Shown)).await;
    assert_eq!(stream.rejected().await.field, "outcome.decision_id");
    for event in [late, wrong("cem", "1")] {
        stream.event(event).await;
    }
    let (mut rejected, mut replied) = (0, 0);
    while rejected + replied < 2 {
        match stream.next().await {
            Streamed::Rejected(rejection) => {
                assert_eq!((rejection.learner_id.as_str(), rejection.code), (WHO, i32::from(Code::FailedPrecondition)));
                rejected += 1;
            }
            Streamed::Reply(reply) => {
                assert_eq!(reply.learner_id, "cem");
                replied += 1;
            }
            _ => {}
        }
    }
    assert_eq!((rejected, replied), (1, 1));
}

#[tokio::test]
async fn one_nobody_knows_is_refused_from_then_on() {
    let server = Setup { store: Place::Memory, ..Setup::default() }.start().await;
    assert_eq!(delete(&server, WHO).await, pb::DeleteLearnerResponse::default());
    let event = Some(wrong(WHO, "1"));
    let late = pb::SubmitEventRequest { event, ..Default::default() };
    came_too_late(&server.try_submit(late).await.unwrap_err(), "event.learner_id");
    is_unknown(&server, WHO).await;
    server.stop().await;
}

#[tokio::test]
async fn another_tenants_learner_of_the_same_id_is_another() {
    let mut cut = Cut::default();
    let keys = ["north", "south"].map(|tenant| cut.key(grant(tenant, &["admin"])));
    let keyring: Keys = cut.keys();
    let mut setup = Setup::default();
    setup.options.access = Arc::new(Access::guarded(keyring, None));
    let server = setup.start().await;
    let [north, south] = keys.map(|key| MetadataValue::try_from(format!("Bearer {key}")).unwrap());
    for key in [&north, &south] {
        let mut request = Request::new(pb::SubmitEventRequest { event: Some(wrong("ana", "1")), ..Default::default() });
        request.metadata_mut().insert("authorization", key.clone());
        server.feedback().submit_event(request).await.unwrap();
    }
    let mut request = Request::new(pb::DeleteLearnerRequest { learner_id: "ana".to_owned() });
    request.metadata_mut().insert("authorization", north.clone());
    assert_eq!(server.learners().delete_learner(request).await.unwrap().into_inner().records, 1);
    for (key, code) in [(north, Code::NotFound), (south, Code::Ok)] {
        let mut request = Request::new(pb::GetLearnerRequest { learner_id: "ana".to_owned(), view: 0 });
        request.metadata_mut().insert("authorization", key);
        let told = server.learners().get_learner(request).await;
        assert_eq!(told.map_or_else(|refused| refused.code(), |_| Code::Ok), code);
    }
    server.stop().await;
}
