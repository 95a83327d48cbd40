//! Nudges: the server speaks first to a learner who has gone quiet, and seldom.
//!
//! By the real clock, and so run side by side: silence under five seconds is never being stuck.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

use std::{sync::Arc, time::Duration};

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    rpc::{
        self,
        pb::{
            self, Reason, Suggestion, batch_submit_events_request::Decide, event::Action, feedback::Kind,
            preferences::Volume, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
        },
    },
    store::{Key, Memory},
};
use in_process::{PATIENCE, Server, Setup, Stream, event, moment, now_ms, right, started, volume, wrong};
use tokio::time::{Instant, sleep, timeout_at};

const FLOOR: Duration = Duration::from_secs(5);
/// Long enough for a nudge that must not come to have come. It is waited for only where none is expected, so that a slow
/// machine fails nothing.
const QUIET: Duration = Duration::from_millis(6_500);

/// An answer to an item, after some seconds.
fn timed(learner: &str, id: &str, item: &str, seconds: i64) -> pb::Event {
    let mut event = pb::Event { item_id: item.to_owned(), ..right(learner, id) };
    if let Some(Action::Attempt(attempt)) = &mut event.action {
        attempt.response_time = Some(pb::Duration { seconds, nanos: 0 });
    }
    event
}

/// A server that knows `quick` to take others two seconds and `slow` a minute.
async fn prepared() -> Server {
    let server = Setup::learning_every(Duration::from_millis(1)).start().await;
    let class = (0..60).map(|place| {
        let (item, seconds) = if place < 40 { ("quick", 2) } else { ("slow", 60) };
        timed(&format!("classmate {place}"), "1", item, seconds)
    });
    server.batch(class.collect(), Decide::None).await;
    server.learnt(60).await;
    server
}

/// Each scenario has learners and a stream of its own; together they take as long as the longest.
macro_rules! side_by_side {
    ($($scenario:ident),+ $(,)?) => {
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn the_server_speaks_first_and_seldom() {
            let server = Arc::new(prepared().await);
            let running = [$({
                let server = Arc::clone(&server);
                (stringify!($scenario), tokio::spawn(async move { $scenario(&server).await }))
            }),+];
            let mut failed = Vec::new();
            for (scenario, running) in running {
                if running.await.is_err() {
                    failed.push(scenario);
                }
            }
            assert!(failed.is_empty(), "failed, see above: {failed:?}");
            Arc::into_inner(server).expect("every scenario is over").stop().await;
        }
    };
}

side_by_side! {
    silence_at_an_item_leads_to_one_nudge_and_no_second_at_the_same_item,
    nobody_is_nudged_who_is_not_stuck,
    a_page_that_comes_back_starts_the_wait_anew,
    an_event_sent_again_does_not_call_the_nudge_off,
    a_nudge_suggests_only_what_the_platform_can_offer,
    a_replay_nudges_nobody,
    a_learner_heard_from_elsewhere_is_not_nudged,
    whoever_wants_to_hear_less_is_not_nudged,
}

/// What comes within some time: only nudges.
async fn nudges(stream: &mut Stream, time: Duration) -> Vec<pb::Nudge> {
    let mut nudges = Vec::new();
    let deadline = Instant::now() + time;
    while let Ok(next) = timeout_at(deadline, nudge(stream)).await {
        nudges.push(next);
    }
    nudges
}

/// The next thing to come, however long a slow machine takes.
async fn nudge(stream: &mut Stream) -> pb::Nudge {
    match stream.next().await {
        Answer::Nudge(nudge) => nudge,
        other => panic!("not a nudge: {other:?}"),
    }
}

fn focus(learner: &str, id: &str, hidden: bool) -> pb::Event {
    event(learner, id, Action::FocusChanged(pb::FocusChanged { hidden }))
}

async fn silence_at_an_item_leads_to_one_nudge_and_no_second_at_the_same_item(server: &Server) {
    let mut stream = server.stream().await;
    stream.open(pb::Open { session_id: "monday".to_owned(), learner_id: "ana".to_owned(), ..Default::default() }).await;
    let asked = Instant::now();
    stream.submit(started("ana", "s1", "quick")).await;
    let nudge = nudge(&mut stream).await;
    assert!(asked.elapsed() >= FLOOR && asked.elapsed() < PATIENCE, "{:?}", asked.elapsed());
    assert_eq!((nudge.learner_id.as_str(), nudge.session_id.as_str()), ("ana", "monday"));
    assert_eq!(nudge.assessment.as_ref().unwrap().attempts, 0, "a newcomer");
    let decision = nudge.decision.unwrap();
    let Some(pb::decision::Outcome::Feedback(said)) = &decision.outcome else { panic!("{decision:?}") };
    assert_eq!((said.kind(), said.reason()), (Kind::Encouragement, Reason::Stuck));
    assert_eq!(said.suggestion(), Suggestion::OfferHint);
    let left = said.valid_until.unwrap().seconds * 1000 - now_ms();
    assert!((1..=60_000).contains(&left), "valid for {left} ms");

    // It is a decision like any other: counted, kept, explained.
    let known = server.learner("ana").await;
    assert_eq!((known.sequence, known.recent_decisions.first()), (2, Some(&decision)));
    let told = server.try_explain(&decision.decision_id).await.unwrap();
    assert_eq!(told.decision, Some(decision));
    assert!(told.readings.iter().any(|reading| reading.name == "idle" && reading.value == 1.0));

    stream.submit(started("ana", "s2", "quick")).await;
    assert_eq!(nudges(&mut stream, QUIET).await, []);
    stream.half_close();
    assert_eq!(stream.closing().await.summary.unwrap().encouragements, 1);
}

async fn nobody_is_nudged_who_is_not_stuck(server: &Server) {
    let mut stream = server.stream().await;
    let mode = |mode: pb::Mode, learner| pb::Event { mode: mode.into(), ..started(learner, "s", "quick") };
    let events = [
        started("at a slow item", "s", "slow"),
        started("hidden", "s", "quick"),
        focus("hidden", "f", true),
        mode(pb::Mode::Exam, "exam"),
        mode(pb::Mode::Graded, "graded"),
        pb::Event { untimed: true, ..started("untimed", "s", "quick") },
        started("answered", "s", "quick"),
        timed("answered", "a", "quick", 2),
        started("gone", "s", "quick"),
        event("gone", "e", Action::SessionEnded(pb::SessionEnded {})),
        started("skipped", "s", "quick"),
        pb::Event { item_id: "quick".to_owned(), ..event("skipped", "k", Action::Skip(pb::Skip {})) },
        started("closed by the platform", "s", "quick"),
    ];
    for event in events {
        stream.submit(event).await;
    }
    stream
        .send(Sent::Close(pb::Close { learner_id: "closed by the platform".to_owned(), session_id: String::new() }))
        .await;
    stream.closing().await;
    // Started last, and so the last that could be nudged.
    stream.submit(started("stuck", "s", "quick")).await;
    assert_eq!(nudge(&mut stream).await.learner_id, "stuck");
    assert_eq!(nudges(&mut stream, Duration::from_secs(1)).await, []);
}

async fn a_page_that_comes_back_starts_the_wait_anew(server: &Server) {
    let mut stream = server.stream().await;
    stream.submit(started("ben", "s", "quick")).await;
    stream.submit(focus("ben", "f1", true)).await;
    sleep(FLOOR / 2).await;
    let back = Instant::now();
    // Named, so that the item's own times count.
    stream.submit(pb::Event { item_id: "quick".to_owned(), ..focus("ben", "f2", false) }).await;
    nudge(&mut stream).await;
    assert!(back.elapsed() >= FLOOR);
}

async fn an_event_sent_again_does_not_call_the_nudge_off(server: &Server) {
    let mut stream = server.stream().await;
    stream.submit(started("cai", "s", "quick")).await;
    assert!(stream.submit(started("cai", "s", "quick")).await.duplicate);
    nudge(&mut stream).await;
}

async fn a_nudge_suggests_only_what_the_platform_can_offer(server: &Server) {
    let mut stream = server.stream().await;
    let capabilities = vec![Suggestion::TakeBreak.into()];
    stream.open(pb::Open { capabilities, ..Default::default() }).await;
    stream.submit(started("dee", "s", "quick")).await;
    let nudge = nudge(&mut stream).await;
    let Some(pb::decision::Outcome::Feedback(said)) = nudge.decision.unwrap().outcome else { panic!("silent") };
    assert_eq!(said.suggestion(), Suggestion::Unspecified);
}

async fn a_replay_nudges_nobody(server: &Server) {
    let mut stream = server.stream().await;
    stream.open(pb::Open { replay: true, ..Default::default() }).await;
    let event = pb::Event { occurred_at: moment(now_ms()), ..started("eve", "s", "quick") };
    stream.submit(event).await;
    assert_eq!(nudges(&mut stream, QUIET).await, []);
}

/// Only a stream can be spoken to first; who is answered elsewhere meanwhile is not quiet.
async fn a_learner_heard_from_elsewhere_is_not_nudged(server: &Server) {
    let mut stream = server.stream().await;
    stream.submit(started("fay", "s", "quick")).await;
    server.submit(wrong("fay", "elsewhere")).await;
    assert_eq!(nudges(&mut stream, QUIET).await, []);
}

/// What they want to hear may come to be known while the server waits.
async fn whoever_wants_to_hear_less_is_not_nudged(server: &Server) {
    let mut stream = server.stream().await;
    for wanted in [Volume::Off, Volume::CelebrationsOnly, Volume::Quiet] {
        let [before, meanwhile] = ["before", "meanwhile"].map(|when| format!("{wanted:?} {when}"));
        server.prefer(&before, volume(wanted)).await;
        for learner in [&before, &meanwhile] {
            stream.submit(started(learner, "s", "quick")).await;
        }
        server.prefer(&meanwhile, volume(wanted)).await;
    }
    stream.submit(started("normal", "s", "quick")).await;
    assert_eq!(nudge(&mut stream).await.learner_id, "normal");
    assert_eq!(nudges(&mut stream, Duration::from_secs(1)).await, []);
}

/// As the engine tells it: by the clock it would take minutes.
#[tokio::test]
async fn extended_time_makes_every_wait_half_as_long_again() {
    // Where an item's usual time sets the wait, and where the policy does.
    for floor in ["stuck_floor_secs = 5", "stuck_floor_secs = 600"] {
        let policy = Policy::parse(&Policy::BUILTIN.replace("stuck_floor_secs = 5", floor)).unwrap();
        let rules = Rules::new(Model::builtin().unwrap(), policy);
        let engine = Engine::open(rules, Arc::new(Memory::new()), Statistics::Frozen).await.unwrap();
        let mut waits = Vec::new();
        for (learner, extended) in [("like others", false), ("given time", true)] {
            let now = clock::now();
            let event = rpc::event(&started(learner, "s", "item"), Some(now)).unwrap();
            let key = Key::new("default", event.learner.as_str());
            engine.prefer(&key, |wanted| wanted.extended_time = extended, now).await.unwrap();
            waits.push(engine.submit(&key, &event, Options::default(), now).await.unwrap().patience_ms.unwrap());
        }
        let longer = waits[1] as f64 / waits[0] as f64;
        assert!((longer - 1.5).abs() < 1e-3, "{floor}: {waits:?}");
    }
}
