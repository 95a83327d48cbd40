//! `ReportOutcomes`: what became of messages is kept, and a message nobody saw has cost nothing.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearten::{
    clock,
    engine::{Engine, Error, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    learner::Learner,
    reason,
    rpc::pb::{Event, Open, Outcome, Reason, silence::Cause},
    store::{Commit, Key, Memory, Record, Store as _},
};
use tokio::task::JoinSet;
use tonic::Code;

use crate::in_process::{
    Server, Setup, blamed, decision_id, feedback, moment, report, right, silence, spoken, struggle, wrong,
};

const SEEN: [Outcome; 4] = [Outcome::Shown, Outcome::Dismissed, Outcome::Helpful, Outcome::Unhelpful];

/// A server, and the id of what it has said to ana.
async fn said() -> (Server, String) {
    let server = Server::start().await;
    let reply = server.submit_all(struggle("ana")).await;
    assert_eq!(spoken(&reply), Some(Reason::ErrorRun));
    (server, decision_id(&reply))
}

const MONDAY_MS: i64 = 1_790_000_000_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How many messages a record knows.
const LAST: usize = 10;

/// What was said to ana over a month, by a log that is replayed: more than her record knows.
async fn said_in_a_month(server: &Server) -> Vec<String> {
    let mut stream = server.stream().await;
    stream.open(Open { replay: true, ..Default::default() }).await;
    let mut said = Vec::new();
    for (day, place) in (0..30).flat_map(|day| (0..6).map(move |place| (day, place))) {
        let occurred_at = moment(MONDAY_MS + day * DAY_MS + place * 30_000);
        let reply = stream.submit(Event { occurred_at, ..wrong("ana", &format!("{day}.{place}")) }).await;
        said.extend(feedback(&reply).map(|_| decision_id(&reply)));
    }
    assert!(said.len() > LAST + 1, "{}", said.len());
    said
}

async fn outcome(server: &Server, id: &str) -> Outcome {
    server.try_explain(id).await.unwrap().outcome()
}

#[tokio::test]
async fn what_became_of_a_message_is_kept_with_it() {
    for became in SEEN.into_iter().chain([Outcome::NotShown]) {
        let (server, id) = said().await;
        assert_eq!(outcome(&server, &id).await, Outcome::Unspecified);
        let taken = server.report(&id, became).await;
        assert_eq!((taken.decision_id.as_str(), taken.outcome(), taken.duplicate), (id.as_str(), became, false));
        assert_eq!(outcome(&server, &id).await, became);
    }
}

#[tokio::test]
async fn a_report_made_again_changes_nothing() {
    for became in SEEN.into_iter().chain([Outcome::NotShown]) {
        let (server, id) = said().await;
        server.report(&id, became).await;
        let before = (server.learner("ana").await, server.try_explain(&id).await.unwrap());
        for _ in 0..3 {
            let again = server.report(&id, became).await;
            assert_eq!((again.outcome(), again.duplicate), (became, true));
        }
        assert_eq!((server.learner("ana").await, server.try_explain(&id).await.unwrap()), before);
        assert_eq!(before.0.sequence, 3, "a report is no event");
    }
}

#[tokio::test]
async fn a_reaction_says_more_than_that_it_was_shown_and_the_newest_reaction_counts() {
    let (server, id) = said().await;
    let story = [
        (Outcome::NotShown, Outcome::NotShown, false),
        (Outcome::Shown, Outcome::Shown, false),
        (Outcome::Helpful, Outcome::Helpful, false),
        (Outcome::Shown, Outcome::Helpful, true),
        (Outcome::Dismissed, Outcome::Dismissed, false),
        (Outcome::Unhelpful, Outcome::Unhelpful, false),
        (Outcome::Shown, Outcome::Unhelpful, true),
    ];
    for (told, known, duplicate) in story {
        let taken = server.report(&id, told).await;
        assert_eq!((taken.outcome(), taken.duplicate), (known, duplicate), "{told:?}");
        assert_eq!(outcome(&server, &id).await, known);
    }
}

#[tokio::test]
async fn what_was_seen_cannot_become_unseen() {
    for became in SEEN {
        let (server, id) = said().await;
        server.report(&id, became).await;
        let rejected = server.refused(&id, Outcome::NotShown).await;
        assert_eq!(
            (Code::from(rejected.code), rejected.field.as_str()),
            (Code::FailedPrecondition, "outcomes[0].outcome")
        );
        assert_eq!(outcome(&server, &id).await, became);
        // And it still counts.
        let next = server.submit(wrong("ana", "4")).await;
        assert_eq!(silence(&next), Some((Cause::Cooldown, Reason::ErrorRun)));
    }
}

#[tokio::test]
async fn a_message_that_was_not_shown_holds_the_next_one_back_no_longer() {
    let (server, id) = said().await;
    server.report(&id, Outcome::NotShown).await;
    let next = server.submit(wrong("ana", "4")).await;
    assert_eq!(spoken(&next), Some(Reason::ErrorRun));
    let held = server.submit(wrong("ana", "5")).await;
    assert_eq!(silence(&held).unwrap().0, Cause::Cooldown, "but the next one does");
}

#[tokio::test]
async fn messages_older_than_the_last_ten_take_reports_like_any_other() {
    let server = Server::start().await;
    let said = said_in_a_month(&server).await;
    let known = server.learner("ana").await;
    for id in &said[..said.len() - LAST] {
        assert!(!server.report(id, Outcome::Shown).await.duplicate);
        assert!(server.report(id, Outcome::Shown).await.duplicate);
        assert!(!server.report(id, Outcome::Helpful).await.duplicate);
        assert_eq!(server.report(id, Outcome::Shown).await.outcome(), Outcome::Helpful);
        assert_eq!(server.refused(id, Outcome::NotShown).await.field, "outcomes[0].outcome");
        assert_eq!(outcome(&server, id).await, Outcome::Helpful);
    }
    assert_eq!(server.learner("ana").await, known);
}

#[tokio::test]
async fn a_stream_answers_reports_in_their_order_among_the_replies() {
    let (server, id) = said().await;
    let mut stream = server.stream().await;
    stream.event(right("ana", "4")).await;
    stream.report(report(&id, Outcome::Shown)).await;
    stream.report(report("nonsense", Outcome::Shown)).await;
    stream.report(report(&id, Outcome::Unspecified)).await;
    stream.event(right("ana", "5")).await;
    stream.report(report(&id, Outcome::NotShown)).await;
    stream.report(report(&id, Outcome::Shown)).await;

    assert_eq!(stream.reply().await.event_id, "4");
    let taken = stream.taken().await;
    assert_eq!((taken.decision_id.as_str(), taken.outcome(), taken.duplicate), (id.as_str(), Outcome::Shown, false));
    let mut refused = Vec::new();
    for place in 2..=5 {
        if place == 4 {
            assert_eq!(stream.reply().await.event_id, "5");
            continue;
        }
        let rejected = stream.rejected().await;
        assert!(rejected.message.starts_with(&rejected.field), "{rejected:?}");
        refused.push((rejected.position, Code::from(rejected.code), rejected.field));
    }
    let expected = [
        (2, Code::NotFound, "outcome.decision_id"),
        (3, Code::InvalidArgument, "outcome.outcome"),
        (5, Code::FailedPrecondition, "outcome.outcome"),
    ];
    assert_eq!(refused, expected.map(|(position, code, field)| (position, code, field.to_owned())));
    assert!(stream.taken().await.duplicate);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_report_made_by_many_at_once_is_taken_once() {
    let server = Arc::new(Server::start().await);
    let said = said_in_a_month(&server).await;
    // One that only the log knows, and one that the record knows.
    for id in [&said[0], &said[said.len() - 1]] {
        let mut reporting = JoinSet::new();
        for _ in 0..32 {
            let (server, id) = (Arc::clone(&server), id.clone());
            reporting.spawn(async move { server.report(&id, Outcome::Helpful).await });
        }
        let taken = reporting.join_all().await;
        assert!(taken.iter().all(|taken| taken.outcome() == Outcome::Helpful), "{taken:?}");
        assert_eq!(taken.iter().filter(|taken| !taken.duplicate).count(), 1);
        assert_eq!(outcome(&server, id).await, Outcome::Helpful);
    }
}

#[tokio::test]
async fn a_policy_that_only_watches_says_nothing_that_could_be_reported() {
    let server = Setup::default().with_policy("layout = 1", "layout = 1\nshadow = true").start().await;
    let reply = server.submit_all(struggle("ana")).await;
    assert_eq!(silence(&reply), Some((Cause::Shadow, Reason::ErrorRun)));
    let rejected = server.refused(&decision_id(&reply), Outcome::Shown).await;
    assert_eq!(
        (Code::from(rejected.code), rejected.field.as_str()),
        (Code::FailedPrecondition, "outcomes[0].decision_id")
    );
}

/// Records of an older layout do not know which decisions their messages belong to.
#[tokio::test]
async fn no_id_names_the_messages_of_an_old_record() {
    let bytes = include_bytes!("../golden/record-v2-full.bin").to_vec();
    let key = Key::new("default", "ana");
    let store = Arc::new(Memory::new());
    let record = Record { version: Learner::decode(&bytes).unwrap().version(), bytes };
    store.commit(Commit::new(key.clone(), 0, record));
    let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
    let engine = Engine::open(rules, store, Statistics::Frozen).await.unwrap();
    let parts: [&[u8]; 4] = [&[7], b"default", &0u64.to_be_bytes(), b"ana"];
    let id = URL_SAFE_NO_PAD.encode(parts.concat());
    let told = engine.report(key.tenant(), &id, reason::Outcome::NotShown, clock::now()).await;
    assert!(matches!(told, Err(Error::UnknownDecision)), "{told:?}");
}

#[tokio::test]
async fn no_report_and_more_than_a_thousand_are_refused_as_a_whole() {
    let (server, id) = said().await;
    for count in [0, 1001] {
        let status = server.try_report(vec![report(&id, Outcome::Shown); count]).await.unwrap_err();
        assert_eq!(status.code(), Code::InvalidArgument);
        assert_eq!(blamed(&status), ("outcomes".to_owned(), "INVALID_FIELD".to_owned()));
    }
    assert_eq!(outcome(&server, &id).await, Outcome::Unspecified);
    assert_eq!(server.try_report(vec![report(&id, Outcome::Shown); 1000]).await.unwrap().len(), 1000);
    assert_eq!(outcome(&server, &id).await, Outcome::Shown);
}
