//! Extended time: who is given it is not slow where others are. That they may be quiet for longer, `nudge` tests.

use hearten::rpc::pb::{Duration, Event, Preferences, Reason, event::Action};

use crate::in_process::{Server, decision_id, right, silence, spoken, wrong};

fn taking(event: Event, seconds: i64) -> Event {
    let Some(Action::Attempt(attempt)) = event.action else { panic!("no answer") };
    let response_time = Some(Duration { seconds, nanos: 0 });
    Event { action: Some(Action::Attempt(hearten::rpc::pb::Attempt { response_time, ..attempt })), ..event }
}

#[tokio::test]
async fn a_slow_wrong_answer_is_no_slow_struggle_for_whoever_is_given_time() {
    let server = Server::start().await;
    let extended_time = true;
    server.prefer("given time", Preferences { extended_time, ..Default::default() }).await;
    let mut slowness = Vec::new();
    for (learner, slow) in [("like others", true), ("given time", false)] {
        server.submit_all((0..6).map(|id| right(learner, &id.to_string()))).await;
        server.submit(taking(wrong(learner, "6"), 55)).await;
        let reply = server.submit(taking(wrong(learner, "7"), 55)).await;
        assert_eq!(spoken(&reply), slow.then_some(Reason::SlowStruggle), "{learner}: {:?}", silence(&reply));
        let told = server.try_explain(&decision_id(&reply)).await.unwrap();
        slowness.push(told.readings.iter().find(|reading| reading.name == "slowness").unwrap().value);
    }
    assert!(slowness[0] >= 1.0 && slowness[1] < 1.0, "{slowness:?}");

    // Time enough is not time without end.
    let reply = server.submit(taking(wrong("given time", "8"), 120)).await;
    assert_eq!(spoken(&reply), Some(Reason::SlowStruggle), "{:?}", silence(&reply));
}
