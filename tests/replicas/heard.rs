//! What one server is told, all go by.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    event::Timestamp,
    feedback::Policy,
    reason::{Cause, Limit, Reason, Verdict},
    rpc::{
        self,
        pb::{
            self, learner_service_client::LearnerServiceClient, stream_sessions_request::Message as Sent,
            stream_sessions_response::Message as Answer, watch_attention_response::Change,
        },
    },
    store::{Key, Postgres},
};
use serde_json::json;

use super::{
    Database,
    support::{Client, client::in_time, hearten, now},
};

/// A second, and what a busy machine adds to it.
const SOON: Duration = Duration::from_millis(1_000);

fn wrong(learner: &str, id: usize) -> serde_json::Value {
    json!({
        "eventId": id.to_string(), "learnerId": learner, "classId": "7b", "itemId": format!("q{id}"), "skillIds": ["fractions"],
        "attempt": {"correct": false, "responseTime": "31s"}
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn preferences_hold_everywhere_at_once() {
    let Some(database) = Database::prepare("preferences").await else { return };
    let servers = database.serve(2, &[]);
    let (one, other) = (Client::to(&servers[0]).await, Client::to(&servers[1]).await);
    let mut spoke = false;
    for id in 0..8 {
        let decision = one.submit(wrong("ana", id)).await.unwrap().decision.unwrap();
        spoke |= matches!(decision.outcome, Some(pb::decision::Outcome::Feedback(_)));
    }
    assert!(spoke, "eight errors in a row, and not a word");
    let off = pb::Preferences { volume: pb::preferences::Volume::Off.into(), ..Default::default() };
    let request = pb::UpdatePreferencesRequest { learner_id: "ana".into(), preferences: Some(off), update_mask: None };
    in_time(LearnerServiceClient::new(other.0.clone()).update_preferences(request)).await.unwrap();
    // The first server has the learner in memory, as they were.
    let reply = one.submit(wrong("ana", 100)).await.unwrap();
    let Some(pb::decision::Outcome::Silence(silence)) = reply.decision.unwrap().outcome else { panic!("off is off") };
    assert_eq!(silence.cause(), pb::silence::Cause::SwitchedOff);
    assert_eq!(reply.assessment.unwrap().attempts, 9);
    for client in [&one, &other] {
        let learner = client.learner("ana").await.unwrap();
        assert_eq!(learner.assessment.unwrap().attempts, 9);
        assert_eq!(learner.preferences.unwrap().volume(), pb::preferences::Volume::Off);
    }
    // What was taken by one server is known to the other.
    let again = other.submit(wrong("ana", 3)).await.unwrap();
    assert!(again.duplicate);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_watches_sees_learners_of_every_server() {
    let Some(database) = Database::prepare("watched").await else { return };
    let servers = database.serve(2, &[]);
    let (one, other) = (Client::to(&servers[0]).await, Client::to(&servers[1]).await);
    let request = pb::WatchAttentionRequest { class_id: "7b".into() };
    let mut watch =
        in_time(LearnerServiceClient::new(other.0.clone()).watch_attention(request)).await.unwrap().into_inner();
    let mut last = now();
    for id in 0..40 {
        one.submit(wrong("ana", id)).await.unwrap();
        last = now();
        if database.number("select count(*) from hearten_attention").await > 0 {
            break;
        }
    }
    let change = in_time(watch.message()).await.unwrap().unwrap().change.unwrap();
    let Change::Needed(attention) = change else { panic!("{change:?}") };
    assert_eq!(attention.learner_id, "ana");
    assert!(last.elapsed() < 2 * SOON, "{:?}", last.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_published_policy_holds_everywhere_within_a_second() {
    let Some(database) = Database::prepare("published").await else { return };
    let servers = database.serve(2, &[]);
    let clients = [Client::to(&servers[0]).await, Client::to(&servers[1]).await];
    let version = async |client: &Client| {
        let answer = client.stream().await.exchange(Sent::Open(pb::Open::default())).await;
        let Answer::Opened(opened) = answer else { panic!("{answer:?}") };
        opened.policy_version
    };
    let before = version(&clients[0]).await;
    assert_eq!(version(&clients[1]).await, before);
    let policy = tempfile::NamedTempFile::new().unwrap();
    let shown = hearten(["policy", "show"]).output().unwrap().stdout;
    let text = String::from_utf8(shown).unwrap();
    let named = text.lines().find(|line| line.starts_with("name = ")).unwrap();
    std::fs::write(policy.path(), text.replace(named, "name = \"ours\"")).unwrap();
    let url = database.url();
    let publish = |arguments: &[&str]| {
        let done = hearten(arguments.iter().copied()).args(["--store", &url]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        now()
    };
    let follow = async |begins: &str, since: Instant| {
        for client in &clients {
            while !version(client).await.starts_with(begins) {
                assert!(since.elapsed() < 2 * SOON, "it was not heard of");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
        println!("a policy was taken up by all after {:?}", since.elapsed());
    };
    let listed = || {
        let listed = hearten(["policy", "list", "--store", &url]).output().unwrap();
        String::from_utf8(listed.stdout).unwrap()
    };
    assert!(listed().starts_with("none is published"));
    follow("ours", publish(&["policy", "publish", policy.path().to_str().unwrap()])).await;
    publish(&["policy", "publish", "built-in", "--tenant", "north"]);
    assert_eq!(listed(), format!("everybody {}\ntenant=north {before}\n", version(&clients[0]).await));
    publish(&["policy", "withdraw", "--tenant", "north"]);
    follow(&before, publish(&["policy", "withdraw"])).await;
    std::fs::write(policy.path(), "name = 7").unwrap();
    let refused = hearten(["policy", "publish", policy.path().to_str().unwrap(), "--store", &url]).output().unwrap();
    assert!(!refused.status.success());
    assert_eq!(database.number("select count(*) from hearten_policies").await, 0);
}

/// A guard's word holds on every server, and on those that start later.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_guard_stopped_is_stopped_everywhere() {
    let Some(database) = Database::prepare("guarded").await else { return };
    let guarded = "[reasons.error-run]\ntrial = 0.001\nguard = true";
    let text = Policy::BUILTIN.replace("[reasons.error-run]", guarded);
    // It would be told first, as too little is known for it.
    let text = text.replace("[reasons.frustration-rising]", "[reasons.frustration-rising]\nenabled = false");
    let policy = Policy::parse(&text).unwrap();
    let open = async || {
        let store = Arc::new(Postgres::open(&database.url(), None).await.unwrap());
        let rules = Rules::new(Model::builtin().unwrap(), policy.clone());
        Engine::open(rules, store, Statistics::Learn).await.unwrap()
    };
    let (one, other) = (open().await, open().await);
    let tenant: Arc<str> = Arc::from("default");
    let said = async |engine: &Engine, learner: &str| {
        let key = Key::new(&tenant, learner);
        let mut told = Vec::new();
        for id in 0..4 {
            let sent: pb::Event = serde_json::from_value(wrong(learner, id)).unwrap();
            let event =
                rpc::event(&sent, Some(Timestamp::from_millis(1_790_000_000_000 + id as i64 * 60_000))).unwrap();
            let mut reply = engine.submit(&key, &event, Options::default(), clock::now()).await.unwrap();
            engine.settle(&mut reply).await.unwrap();
            told.extend(reply.decision.map(|decision| (decision.verdict, decision.held.map(|held| held.limit))));
        }
        told
    };
    let stopped = (Verdict::Silent { cause: Cause::Trial, instead_of: Some(Reason::ErrorRun) }, Some(Limit::Guard));
    assert!(!said(&other, "before").await.contains(&stopped));
    assert!(one.guards("default", Reason::ErrorRun) && other.guards("default", Reason::ErrorRun));
    one.look_at(&tenant, Reason::ErrorRun, 3);
    one.stop(&tenant, Reason::ErrorRun);
    assert!(!one.guards("default", Reason::ErrorRun));
    let here = said(&one, "here").await;
    assert!(here.contains(&stopped), "{here:?}");
    other.gather_statistics().await.unwrap();
    let later = open().await;
    for (engine, learner) in [(&other, "there"), (&later, "later")] {
        assert!(!engine.guards("default", Reason::ErrorRun) && engine.looked("default", Reason::ErrorRun, 3));
        assert!(!engine.looked("default", Reason::ErrorRun, 2));
        assert!(said(engine, learner).await.contains(&stopped), "{learner}");
    }
}
