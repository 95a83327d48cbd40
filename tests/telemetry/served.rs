//! The real server, seen by a scraper, a reader of its log and a collector of traces.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
};

use hearten::rpc::pb::{
    self, feedback_service_client::FeedbackServiceClient, learner_service_client::LearnerServiceClient,
    stream_sessions_request::Message as Sent,
};
use serde_json::{Value, json};
use tonic::{Code, transport};

use super::{
    page::Page,
    support::{Client, PATIENCE, Server, client::message},
    traces::Collector,
};

/// Nobody but the store and the caller may ever see this.
const LEARNER: &str = "ana-whom-nobody-may-name";

fn attempt(event: &str, correct: bool) -> Value {
    json!({
        "eventId": event, "learnerId": LEARNER, "itemId": "q1", "skillIds": ["fractions"],
        "attempt": {"correct": correct, "responseTime": "31s"},
    })
}

fn get(admin: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(admin).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: admin\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_tells_of_itself_and_of_nobody_else() {
    let collector = Collector::default();
    let endpoint = format!("http://{}", collector.listen(transport::Server::builder()).await);
    let arguments = ["--admin", "127.0.0.1:0", "--otlp", &endpoint, "--log-format", "json", "--log", "debug"];
    let mut server = Server::start(&arguments);
    let output = server.output_with("taking calls");
    let mut lines = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let greeting = lines.find(|line| line["message"] == "taking calls").unwrap();
    let admin: SocketAddr = greeting["admin.address"].as_str().unwrap().parse().unwrap();

    let client = Client::to(&server).await;
    for (event, correct) in [("one", false), ("two", false), ("two", false)] {
        client.submit(attempt(event, correct)).await.unwrap();
    }
    let refused = client.submit(json!({"eventId": "x", "learnerId": LEARNER})).await.unwrap_err();
    assert_eq!(refused.code(), Code::InvalidArgument);

    assert!(get(admin, "/readyz").starts_with("HTTP/1.1 200 "));
    let answer = get(admin, "/metrics");
    let page = Page::parse(answer.split_once("\r\n\r\n").unwrap().1);
    let count = |name, labels: &[(&str, &str)]| page.value(name, labels).unwrap_or_default();
    let events = ["taken", "duplicate", "rejected"]
        .map(|result| count("hearten_events_total", &[("tenant", "default"), ("result", result)]));
    assert_eq!(events, [2.0, 1.0, 1.0]);
    let submitted = |code| count("hearten_rpc_requests_total", &[("method", "SubmitEvent"), ("code", code)]);
    assert_eq!((submitted("Ok"), submitted("InvalidArgument")), (3.0, 1.0));
    assert_eq!(count("hearten_rpc_duration_seconds_count", &[("method", "SubmitEvent")]), 4.0);
    assert_eq!(count("hearten_rpc_in_flight", &[("method", "SubmitEvent")]), 0.0);
    assert_eq!(count("hearten_estimate_count", &[("estimate", "frustration")]), 2.0);
    assert_eq!(count("hearten_store_batch_commits_sum", &[]), 2.0);
    assert_eq!(count("hearten_store_pending_commits", &[]), 0.0);
    assert_eq!((count("hearten_hot_learners", &[]), count("hearten_ready", &[])), (1.0, 1.0));
    assert_eq!(count("hearten_connections_open", &[]), 1.0);

    server.terminate();
    assert!(server.wait(PATIENCE).unwrap().success());
    let output = server.output();
    for told in [&answer, &output] {
        assert!(!told.contains(LEARNER), "{told}");
    }
    let lines: Vec<Value> = output.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let said = |message: &str| lines.iter().any(|line| line["message"] == message);
    assert!(said("stopping") && said("stopped"), "{output}");

    let spans = collector.spans();
    assert_eq!(spans.len(), 4, "{spans:?}");
    assert!(!format!("{spans:?}").contains(LEARNER));
    assert!(spans.iter().all(|(span, _)| span.name == "hearten.v1.FeedbackService/SubmitEvent"));
}

/// Every method, asked well and badly, about learners whose names would be found anywhere.
async fn ask_everything(client: &Client, learner: &str) {
    let named = |event: &str| {
        json!({"eventId": event, "learnerId": learner, "itemId": "q1", "classId": "7b",
        "attempt": {"correct": false, "responseTime": "31s"}})
    };
    let mut decisions = Vec::new();
    for event in ["a", "b", "c", "d"] {
        let reply = client.submit(named(event)).await.unwrap();
        decisions.extend(reply.decision.map(|decision| decision.decision_id));
    }
    client.submit(json!({"eventId": "a", "learnerId": learner, "skip": {}})).await.unwrap_err();
    client.submit(json!({"learnerId": learner, "eventId": learner.repeat(20), "skip": {}})).await.unwrap_err();
    let mut feedback = FeedbackServiceClient::new(client.0.clone());
    let events = vec![message(named("e")), message(json!({"learnerId": learner, "eventId": "f"}))];
    let batch = pb::BatchSubmitEventsRequest { events, ..Default::default() };
    assert_eq!(feedback.batch_submit_events(batch).await.unwrap().into_inner().results.len(), 2);
    let mut stream = client.stream().await;
    let open = pb::Open { learner_id: learner.to_owned(), session_id: learner.to_owned(), ..Default::default() };
    stream.exchange(Sent::Open(open)).await;
    stream.exchange(Sent::Event(message(json!({"eventId": "g", "itemId": learner})))).await;
    stream.exchange(Sent::Event(message(named("h")))).await;
    drop(stream);
    for decision_id in decisions.into_iter().chain([learner.to_owned()]) {
        let report = pb::OutcomeReport { decision_id: decision_id.clone(), outcome: 1, ..Default::default() };
        feedback.report_outcomes(pb::ReportOutcomesRequest { outcomes: vec![report] }).await.unwrap();
        let _ = feedback.explain_decision(pb::ExplainDecisionRequest { decision_id }).await;
    }
    client.learner(learner).await.unwrap();
    client.learner(&format!("{learner}-unknown")).await.unwrap_err();
    client.learners(vec![learner.to_owned(), format!("{learner}-unknown")]).await;
    let mut learners = LearnerServiceClient::new(client.0.clone());
    let prefer = |preferences, path: &str| {
        let request = json!({"learnerId": learner, "preferences": preferences, "updateMask": {"paths": [path]}});
        let request: pb::UpdatePreferencesRequest = message(request);
        let mut learners = learners.clone();
        async move { learners.update_preferences(request).await }
    };
    prefer(json!({"volume": "VOLUME_OFF"}), "volume").await.unwrap();
    prefer(json!({"timeZone": learner}), "time_zone").await.unwrap_err();
    let class_id = learner.to_owned();
    let list = pb::ListLearnersNeedingAttentionRequest { class_id: class_id.clone(), ..Default::default() };
    learners.list_learners_needing_attention(list).await.unwrap();
    drop(learners.watch_attention(pb::WatchAttentionRequest { class_id }).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_asked_nobody_is_named() {
    let collector = Collector::default();
    let endpoint = format!("http://{}", collector.listen(transport::Server::builder()).await);
    let arguments = ["--admin", "127.0.0.1:0", "--otlp", &endpoint, "--log", "debug,hearten=trace"];
    let mut server = Server::start(&arguments);
    let greeting = server.output_with("/metrics");
    let (_, admin) = greeting.split_once("metrics on http://").unwrap();
    let admin: SocketAddr = admin.split_once("/metrics").unwrap().0.parse().unwrap();
    let names: Vec<String> = (0..20).map(|number| format!("{LEARNER}-{number}")).collect();
    let client = Client::to(&server).await;
    for name in &names {
        ask_everything(&client, name).await;
    }
    let metrics = get(admin, "/metrics");
    server.terminate();
    assert!(server.wait(PATIENCE).unwrap().success());
    let spans = format!("{:?}", collector.spans());
    assert!(metrics.contains("UpdatePreferences") && spans.contains("WatchAttention"), "else nothing was asked");
    for told in [&metrics, &server.output(), &spans] {
        // Each name holds this.
        assert!(!told.contains(LEARNER), "{told}");
    }
}
