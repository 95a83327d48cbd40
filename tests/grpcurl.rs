//! Hearten as somebody at a shell meets it: the real grpcurl against the real binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod support;

use std::process::Output;

use serde_json::{Value, json};
use support::{
    Grpcurl, Server,
    grpcurl::{Conversation, objects},
};

const SUBMIT: &str = "hearten.v1.FeedbackService/SubmitEvent";
const STREAM: &str = "hearten.v1.FeedbackService/StreamSessions";

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn parse(object: &str) -> Value {
    serde_json::from_str(object).unwrap()
}

fn answers(output: &Output) -> Vec<Value> {
    stdout(output);
    objects(&output.stdout).iter().map(|object| parse(object)).collect()
}

/// One attempt at an item of its own.
fn attempt(number: usize, correct: bool) -> Value {
    json!({
        "eventId": format!("e{number}"), "learnerId": "ana", "itemId": format!("q{number}"), "skillIds": ["fractions"],
        "attempt": {"correct": correct, "responseTime": "31s"},
    })
}

#[test]
fn it_lists_and_describes_what_there_is() {
    let server = Server::start(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let services = stdout(&grpcurl.run(&[], &["list"], ""));
    for service in ["hearten.v1.FeedbackService", "hearten.v1.LearnerService", "grpc.health.v1.Health"] {
        assert!(services.lines().any(|line| line == service), "{services}");
    }
    let methods = stdout(&grpcurl.run(&[], &["list", "hearten.v1.FeedbackService"], ""));
    assert!(methods.contains("hearten.v1.FeedbackService.StreamSessions"), "{methods}");
    let service = stdout(&grpcurl.run(&[], &["describe", "hearten.v1.FeedbackService"], ""));
    assert!(service.contains("rpc SubmitEvent ( .hearten.v1.SubmitEventRequest )"), "{service}");
    assert!(service.contains("( stream .hearten.v1.StreamSessionsRequest )"), "{service}");
    let message = stdout(&grpcurl.run(&[], &["describe", "hearten.v1.Attempt"], ""));
    assert!(message.contains("google.protobuf.Duration response_time = 3"), "{message}");
}

#[test]
fn its_health_can_be_checked() {
    let server = Server::start(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    for service in ["", "hearten.v1.FeedbackService", "hearten.v1.LearnerService"] {
        let asked = json!({"service": service}).to_string();
        let answer = answers(&grpcurl.call("grpc.health.v1.Health/Check", &asked));
        assert_eq!(answer, [json!({"status": "SERVING"})], "{service:?}");
    }
    let unknown = grpcurl.call("grpc.health.v1.Health/Check", r#"{"service":"nobody"}"#);
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("NotFound"), "{unknown:?}");
}

#[test]
fn three_wrong_answers_are_encouraged_and_the_next_right_one_is_celebrated() {
    let server = Server::start(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let mut replies = Vec::new();
    for (number, correct) in [(1, false), (2, false), (3, false), (4, true)] {
        let request = json!({"event": attempt(number, correct)}).to_string();
        replies.extend(answers(&grpcurl.call(SUBMIT, &request)));
    }
    let decisions: Vec<&Value> = replies.iter().map(|answer| &answer["reply"]["decision"]).collect();
    for silent in &decisions[..2] {
        assert!(silent["silence"]["cause"].as_str().unwrap().starts_with("CAUSE_"), "{silent}");
        assert!(!silent["silence"]["detail"].as_str().unwrap().is_empty(), "{silent}");
    }
    let [encouraged, celebrated] = [2, 3].map(|place| &decisions[place]["feedback"]);
    assert_eq!(encouraged["kind"], "KIND_ENCOURAGEMENT", "{}", decisions[2]);
    assert_eq!(encouraged["reason"], "REASON_ERROR_RUN");
    assert_eq!(encouraged["suggestion"], "SUGGESTION_OFFER_HINT");
    assert_eq!(celebrated["kind"], "KIND_CELEBRATION", "{}", decisions[3]);
    assert_eq!(celebrated["reason"], "REASON_COMEBACK");
    for feedback in [encouraged, celebrated] {
        assert_eq!(feedback["locale"], "en");
        assert!(!feedback["text"].as_str().unwrap().is_empty() && feedback["validUntil"].is_string(), "{feedback}");
    }
    let assessment = &replies[3]["reply"]["assessment"];
    assert_eq!(assessment["attempts"], 4);
    assert!(!assessment["signals"].as_array().unwrap().is_empty(), "a single call explains itself: {assessment}");

    let asked = json!({"decisionId": decisions[2]["decisionId"]}).to_string();
    let why = answers(&grpcurl.call("hearten.v1.FeedbackService/ExplainDecision", &asked)).remove(0);
    let chosen = why["candidates"].as_array().unwrap().iter().find(|candidate| candidate["chosen"] == true).unwrap();
    assert_eq!((&chosen["reason"], &chosen["met"]), (&json!("REASON_ERROR_RUN"), &json!(true)));
    let known = answers(&grpcurl.call("hearten.v1.LearnerService/GetLearner", r#"{"learnerId":"ana"}"#)).remove(0);
    assert_eq!(known["sequence"], "4", "{known}");
    assert_eq!(known["recentDecisions"][0]["decisionId"], decisions[3]["decisionId"]);
}

#[test]
fn an_error_shows_code_field_and_reason() {
    let server = Server::start(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    // (request, code, field, reason, part of the message)
    let mistakes = [
        (json!({"eventId": "1", "learnerId": "ana", "attempt": {}}), "event.attempt.correct", "required"),
        (json!({"eventId": "1", "attempt": {"correct": true}}), "event.learner_id", "required"),
        (
            json!({"eventId": "1", "learnerId": "ana", "attempt": {"correct": true, "responseTime": "-1s"}}),
            "event.attempt.response_time",
            "24 h",
        ),
    ];
    for (event, field, hint) in mistakes {
        let output = grpcurl.call(SUBMIT, &json!({"event": event}).to_string());
        assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
        let shown = String::from_utf8(output.stderr).unwrap();
        for part in ["Code: InvalidArgument", field, "INVALID_FIELD", "\"domain\"", "hearten", hint] {
            assert!(shown.contains(part), "no {part:?} in:\n{shown}");
        }
        assert!(shown.contains(&format!("Message: {field} ")), "{shown}");
    }
    let unknown = grpcurl.call("hearten.v1.LearnerService/GetLearner", r#"{"learnerId":"nobody"}"#);
    let shown = String::from_utf8(unknown.stderr).unwrap();
    assert!(shown.contains("Code: NotFound") && shown.contains("UNKNOWN_LEARNER"), "{shown}");
}

/// Sends one message and takes the one answer to it, before anything else is sent.
fn exchange(talk: &mut Conversation, message: &Value) -> Value {
    talk.send(&message.to_string());
    parse(&talk.receive())
}

#[test]
fn a_stream_answers_each_line_while_standard_input_is_still_open() {
    let server = Server::start(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let mut talk = grpcurl.converse(STREAM);
    let opened = exchange(&mut talk, &json!({"open": {"learnerId": "ana", "sessionId": "monday"}}));
    assert_eq!((&opened["opened"]["learnerId"], &opened["opened"]["sessionId"]), (&json!("ana"), &json!("monday")));
    assert!(opened["opened"]["policyVersion"].is_string() && opened["opened"]["modelVersion"].is_string());

    let mut said = Vec::new();
    for (number, correct) in [(1, false), (2, false), (3, false)] {
        let mut event = attempt(number, correct);
        event.as_object_mut().unwrap().remove("learnerId");
        let reply = exchange(&mut talk, &json!({"event": event}))["reply"].take();
        assert_eq!((&reply["eventId"], &reply["learnerId"]), (&event["eventId"], &json!("ana")));
        assert_eq!(reply["sessionId"], "monday");
        assert_eq!(reply["assessment"]["signals"], Value::Null, "brief on streams");
        said.push(reply["decision"].clone());
    }
    assert_eq!(said[2]["feedback"]["reason"], "REASON_ERROR_RUN", "{said:?}");

    let rejected = exchange(&mut talk, &json!({"event": {"eventId": "bad", "attempt": {"score": 2}}}));
    let rejected = &rejected["rejected"];
    assert_eq!((&rejected["eventId"], &rejected["position"]), (&json!("bad"), &json!("4")), "{rejected}");
    assert_eq!((&rejected["code"], &rejected["field"]), (&json!(3), &json!("event.attempt.score")), "{rejected}");
    let other = exchange(&mut talk, &json!({"event": {"eventId": "1", "learnerId": "ben", "skip": {}}}));
    assert_eq!(other["reply"]["learnerId"], "ben", "the stream goes on");

    let closing = exchange(&mut talk, &json!({"close": {}}))["closing"].take();
    assert_eq!((&closing["learnerId"], &closing["sessionId"]), (&json!("ana"), &json!("monday")));
    assert_eq!((&closing["summary"]["attempts"], &closing["summary"]["encouragements"]), (&json!(3), &json!(1)));
    exchange(&mut talk, &json!({"open": {"learnerId": "cleo"}}));

    let (rest, status, error) = talk.finish();
    assert!(status.success(), "{error}");
    let closed: Vec<Value> = rest.iter().map(|object| parse(object)["closing"]["learnerId"].clone()).collect();
    assert_eq!(closed, ["ben", "cleo"], "one closing for every session still open");
}

/// A learner who struggles, a message that was not shown, a wish, and what the teacher sees: as a platform is built.
#[test]
fn a_platform_reports_outcomes_changes_preferences_and_lists_who_needs_attention() {
    let server = Server::start(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let call = |method: &str, request: Value| answers(&grpcurl.call(method, &request.to_string())).remove(0);
    let submit = |number| {
        let mut event = attempt(number, false);
        event["classId"] = json!("7b");
        call(SUBMIT, json!({"event": event}))["reply"]["decision"].take()
    };
    let decisions: Vec<Value> = (1..=3).map(submit).collect();
    let said = &decisions[2];
    assert_eq!(said["feedback"]["reason"], "REASON_ERROR_RUN", "{said}");

    let report = json!({"decisionId": said["decisionId"], "outcome": "OUTCOME_NOT_SHOWN", "reason": "a quiz was open"});
    let wrong = json!({"decisionId": "nonsense", "outcome": "OUTCOME_SHOWN"});
    let told = call("hearten.v1.FeedbackService/ReportOutcomes", json!({"outcomes": [report, wrong, report]}));
    let told = &told["results"];
    let taken = json!({"decisionId": said["decisionId"], "outcome": "OUTCOME_NOT_SHOWN"});
    assert_eq!(told[0]["taken"], taken);
    assert_eq!((&told[1]["rejected"]["code"], &told[1]["rejected"]["position"]), (&json!(5), &json!("1")));
    assert_eq!(told[1]["rejected"]["field"], "outcomes[1].decision_id");
    assert_eq!(told[2]["taken"]["duplicate"], true);
    let why = call("hearten.v1.FeedbackService/ExplainDecision", json!({"decisionId": said["decisionId"]}));
    assert_eq!(why["outcome"], "OUTCOME_NOT_SHOWN");

    // What was not shown is made up for; then everything is switched off.
    assert_eq!(submit(4)["feedback"]["reason"], "REASON_ERROR_RUN");
    let wish = json!({
        "learnerId": "ana",
        // grpcurl does not know that masks have a JSON of their own (fullstorydev/grpcurl#393).
        "updateMask": {"paths": ["volume", "time_zone"]},
        "preferences": {"volume": "VOLUME_OFF", "timeZone": "europe/berlin", "reducedMotion": true},
    });
    let wanted = call("hearten.v1.LearnerService/UpdatePreferences", wish);
    let expected = json!({"volume": "VOLUME_OFF", "timeZone": "Europe/Berlin"});
    assert_eq!(wanted, json!({"learnerId": "ana", "preferences": expected}), "only what the mask names");
    let silent: Vec<Value> = (5..=12).map(submit).collect();
    assert!(silent.iter().all(|decision| decision["silence"]["cause"] == "CAUSE_SWITCHED_OFF"), "{silent:?}");
    let known = call("hearten.v1.LearnerService/GetLearner", json!({"learnerId": "ana"}));
    assert_eq!((&known["preferences"], &known["sequence"]), (&expected, &json!("12")));

    let listed =
        call("hearten.v1.LearnerService/ListLearnersNeedingAttention", json!({"classId": "7b", "pageSize": 5}));
    let [ana] = &listed["learners"].as_array().unwrap()[..] else { panic!("{listed}") };
    assert_eq!((&ana["learnerId"], &ana["reason"]), (&json!("ana"), &json!("REASON_WHEEL_SPINNING")));
    assert!(ana["since"].is_string() && ana["summary"].is_string() && listed["nextPageToken"].is_null(), "{listed}");
    let mut watching = grpcurl.converse("hearten.v1.LearnerService/WatchAttention");
    watching.send(&json!({"classId": "7b"}).to_string());
    watching.close();
    assert_eq!(parse(&watching.receive())["needed"]["learnerId"], "ana");
    submit(13);
    assert_eq!(parse(&watching.receive())["needed"]["evidence"][1]["value"], 13);

    // As JSON writes paths, which grpcurl hands on as they are.
    let zone = json!({"timeZone": "europe/berlin"});
    let wish = json!({"learnerId": "ana", "preferences": zone, "updateMask": {"paths": ["timeZone"]}});
    let wished = call("hearten.v1.LearnerService/UpdatePreferences", wish);
    assert_eq!(wished["preferences"]["timeZone"], "Europe/Berlin");
    let wish = json!({"learnerId": "ana", "updateMask": {"paths": ["volume", "TimeZone"]}});
    let unknown = grpcurl.call("hearten.v1.LearnerService/UpdatePreferences", &wish.to_string());
    let shown = String::from_utf8(unknown.stderr).unwrap();
    assert!(shown.contains("Code: InvalidArgument") && shown.contains("update_mask.paths[1]"), "{shown}");
}

/// grpcurl sends each event in a frame of its own, as fast as it can, and many more than may wait.
#[test]
fn a_client_in_a_hurry_is_slowed_down_and_not_cut_off() {
    let server = Server::start(&[]);
    let Some(grpcurl) = Grpcurl::to(&server) else { return };
    let event = |number| json!({"eventId": format!("{number}"), "learnerId": "ana", "untimed": true, "skip": {}});
    let requests: String = (0..20_000).map(|number| json!({"event": event(number)}).to_string()).collect();
    let output = grpcurl.call(STREAM, &requests);
    let replies = answers(&output).iter().filter(|answer| answer["reply"].is_object()).count();
    assert_eq!(replies, 20_000);
}
