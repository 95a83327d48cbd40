//! A trial from end to end: a school that a message harms, on the real server, until its guard stops the message; and what
//! `hearten trial report` makes of what the server has kept.

use std::{fs, path::Path, time::Duration};

use hearten::{
    clock,
    feedback::Policy,
    rpc::pb::{
        self, decision::Outcome, event::Action, feedback_service_client::FeedbackServiceClient, silence::Cause,
        stream_sessions_request::Message, stream_sessions_response::Message as Answer,
    },
};
use pbjson_types::Timestamp as Moment;
use serde_json::Value;

use crate::support::{Client, Server, client::Stream, hearten};

const DAY: i64 = 86_400;
const LEARNERS: u64 = 40;
const DAYS: i64 = 6;

/// Errors in a row are all that is spoken of; half of the messages are held out.
fn policy(path: &Path) {
    let mut text = String::new();
    for line in Policy::BUILTIN.lines() {
        text += &format!("{line}\n");
        match line.strip_prefix("[reasons.") {
            Some("error-run]") => text += "trial = 0.5\nguard = true\n",
            Some(_) => text += "enabled = false\n",
            None => {}
        }
    }
    Policy::parse(&text).unwrap();
    fs::write(path, text).unwrap();
}

struct Learner<'a> {
    stream: &'a mut Stream,
    name: String,
    sent: u64,
}

impl Learner<'_> {
    async fn answers(&mut self, correct: bool, at: i64) -> pb::Decision {
        self.sent += 1;
        let attempt = pb::Attempt { correct: Some(correct), ..Default::default() };
        let event = pb::Event {
            event_id: self.sent.to_string(),
            learner_id: self.name.clone(),
            item_id: format!("item-{}", self.sent),
            skill_ids: vec!["fractions".to_owned()],
            occurred_at: Some(Moment { seconds: at, nanos: 0 }),
            action: Some(Action::Attempt(attempt)),
            ..Default::default()
        };
        match self.stream.exchange(Message::Event(event)).await {
            Answer::Reply(reply) => reply.decision.unwrap(),
            other => panic!("{other:?}"),
        }
    }
}

/// What was said and held out, by what the server answered.
#[derive(Debug, Default)]
struct Seen {
    said: u64,
    held_out: u64,
    /// One that was held out.
    decision: String,
}

/// Three errors a day, then five answers that go worse where something was said.
async fn school(server: &Server, run: &str, first_day: i64, days: i64) -> Seen {
    let mut stream = Client::to(server).await.stream().await;
    let open = pb::Open { replay: true, ..Default::default() };
    stream.exchange(Message::Open(open)).await;
    let (mut seen, mut random) = (Seen::default(), fastrand::Rng::with_seed(5));
    for learner in 0..LEARNERS {
        let mut learner = Learner { stream: &mut stream, name: format!("{run}-{learner}"), sent: 0 };
        for day in 0..days {
            let morning = first_day + day * DAY;
            let mut right = 0.0;
            for minute in 0..8 {
                let told = learner.answers(random.f64() < right, morning + minute * 60).await;
                if minute == 2 {
                    right = 0.7;
                }
                match told.outcome.unwrap() {
                    Outcome::Feedback(_) => {
                        seen.said += 1;
                        right = 0.15;
                    }
                    Outcome::Silence(silence) if silence.cause() == Cause::Trial && silence.held.is_none() => {
                        seen.held_out += 1;
                        seen.decision = told.decision_id;
                    }
                    Outcome::Silence(_) => {}
                }
            }
        }
    }
    seen
}

fn report(directory: &Path, more: &[&str]) -> String {
    let mut command = hearten(["trial", "report", "--data-dir"]);
    let output = command.arg(directory).args(more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_harms_is_found_out_and_stopped_for_good() {
    let home = tempfile::tempdir().unwrap();
    let (file, data) = (home.path().join("policy.toml"), home.path().join("data"));
    policy(&file);
    let arguments = ["--policy", file.to_str().unwrap(), "--guard-interval", "1s"];
    let mut server = Server::start_in(&data, &arguments);
    let now = clock::now().as_secs();
    let seen = school(&server, "pupil", now - 20 * DAY, DAYS).await;
    assert!(seen.said > 60 && seen.held_out > 60, "{seen:?}");

    // Every lot can be looked up.
    let client = Client::to(&server).await;
    let request = pb::ExplainDecisionRequest { decision_id: seen.decision.clone() };
    let explained = FeedbackServiceClient::new(client.0.clone()).explain_decision(request).await.unwrap().into_inner();
    let trial = explained.trial.unwrap();
    assert!(trial.held_out && trial.held_out_probability == 0.5, "{trial:?}");
    assert!(explained.summary.contains("held out by lot"), "{}", explained.summary);

    server.output_with("a trial showed that messages of this reason do harm");
    // From here on nothing of the kind is said, whatever happens, also after a crash.
    let after = school(&server, "later", now - 5 * DAY, 1).await;
    assert_eq!((after.said, after.held_out), (0, 0));
    server.kill9();
    let mut server = Server::start_in(&data, &arguments);
    let again = school(&server, "last", now - 3 * DAY, 1).await;
    assert_eq!((again.said, again.held_out), (0, 0));
    server.terminate();
    server.wait(Duration::from_secs(20)).unwrap();

    let told: Value = serde_json::from_str(&report(&data, &["--json"])).unwrap();
    let reason = &told["reasons"][0];
    assert_eq!(reason["reason"], "error-run");
    assert_eq!((reason["said"].as_u64(), reason["held_out"].as_u64()), (Some(seen.said), Some(seen.held_out)));
    assert_eq!(reason["verdict"], "harms", "{reason}");
    // Of what is said in the last minutes of a day nothing comes any more: the effect is nearer to zero than 0.15 less 0.7.
    let effect = &reason["effect"];
    let [low, high] = ["low", "high"].map(|end| effect[end].as_f64().unwrap());
    assert!(-0.6 < low && high < -0.3, "{effect}");
    // Whoever looks before and after believes in it: after three errors things get better by themselves.
    assert!(reason["naive"]["value"].as_f64().unwrap() > effect["value"].as_f64().unwrap() + 0.2, "{reason}");
    let page = home.path().join("report.html");
    let text = report(&data, &["--html", page.to_str().unwrap()]);
    assert!(text.contains("error-run") && text.contains("harms"), "{text}");
    assert!(fs::read_to_string(&page).unwrap().contains("<svg"));
    // Whatever is younger than asked for is left out.
    let none: Value = serde_json::from_str(&report(&data, &["--json", "--after", "365d"])).unwrap();
    assert_eq!(none["said"], 0);
}
