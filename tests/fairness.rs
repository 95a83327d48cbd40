//! What is said fits what happened: nothing is praised that was given away or guessed, nobody is blamed for a clock, and a
//! new day begins anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

use hearten::rpc::pb::{self, Reason, event::Action, silence::Cause};
use in_process::{Server, event, feedback, moment, now_ms, right, silence, spoken, started, struggle, wrong};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn at(occurred: i64, event: pb::Event) -> pb::Event {
    pb::Event { occurred_at: moment(occurred), ..event }
}

/// An answer whose time is not stated.
fn untold_time(mut event: pb::Event) -> pb::Event {
    if let Some(Action::Attempt(attempt)) = &mut event.action {
        attempt.response_time = None;
    }
    event
}

fn in_seconds(seconds: i64, mut event: pb::Event) -> pb::Event {
    if let Some(Action::Attempt(attempt)) = &mut event.action {
        attempt.response_time = Some(pb::Duration { seconds, nanos: 0 });
    }
    event
}

fn bottom_out(learner: &str, id: &str, item: &str) -> pb::Event {
    let hint = event(learner, id, Action::Hint(pb::Hint { level: 3, bottom_out: true }));
    pb::Event { item_id: item.to_owned(), ..hint }
}

fn on(item: &str, event: pb::Event) -> pb::Event {
    pb::Event { item_id: item.to_owned(), ..event }
}

#[tokio::test]
async fn an_answer_that_was_given_away_is_no_comeback() {
    let server = Server::start().await;
    let x = |learner: &str, id: &str| on("x", right(learner, id));
    let ways: [(&str, Vec<pb::Event>); 3] = [
        ("at once", vec![bottom_out("at once", "h", "x"), x("at once", "4")]),
        ("again", vec![bottom_out("again", "h", "x"), x("again", "4"), x("again", "5")]),
        (
            "by a detour",
            vec![bottom_out("by a detour", "h", "x"), started("by a detour", "s", "y"), x("by a detour", "4")],
        ),
    ];
    for (learner, events) in ways {
        server.submit_all(struggle(learner)).await;
        let reply = server.submit_all(events).await;
        assert_ne!(spoken(&reply), Some(Reason::Comeback), "{learner}");
    }
}

#[tokio::test]
async fn a_lucky_guess_is_no_comeback() {
    let server = Server::start().await;
    server.submit_all(struggle("ana")).await;
    let reply = server.submit(in_seconds(3, right("ana", "4"))).await;
    assert_ne!(spoken(&reply), Some(Reason::Comeback));
}

#[tokio::test]
async fn examinations_do_not_show_in_what_is_said_after_them() {
    let server = Server::start().await;
    for correct in [true, false] {
        let learner = format!("exam {correct}");
        for id in 1..=4 {
            let answer = in_process::answer(&learner, &id.to_string(), correct);
            server.submit(pb::Event { mode: pb::Mode::Exam.into(), ..answer }).await;
        }
        let said = spoken(&server.submit(right(&learner, "5")).await);
        assert!(!matches!(said, Some(Reason::Comeback | Reason::StreakMilestone)), "{said:?}");
    }
}

/// Not even by how many tries an item took.
#[tokio::test]
async fn an_item_solved_after_an_examination_does_not_tell_of_the_tries_in_it() {
    let server = Server::start().await;
    for mode in [pb::Mode::Practice, pb::Mode::Exam] {
        let learner = format!("{mode:?}");
        let at_one_item = |event: pb::Event| pb::Event { item_id: "q1".to_owned(), ..in_seconds(30, event) };
        for id in 1..=3 {
            let answer = at_one_item(in_process::answer(&learner, &id.to_string(), false));
            server.submit(pb::Event { mode: mode.into(), ..answer }).await;
        }
        let said = spoken(&server.submit(at_one_item(right(&learner, "4"))).await);
        assert_eq!(said == Some(Reason::PersistencePaidOff), mode == pb::Mode::Practice, "{said:?}");
    }
}

#[tokio::test]
async fn results_that_were_not_told_do_not_show_later() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    stream.open(pb::Open { correctness_shown: Some(false), ..Default::default() }).await;
    for event in struggle("ana") {
        stream.submit(event).await;
    }
    let said = spoken(&server.submit(right("ana", "4")).await);
    assert_ne!(said, Some(Reason::Comeback));
}

#[tokio::test]
async fn a_new_day_begins_anew() {
    let server = Server::start().await;
    let yesterday = now_ms() - DAY;
    for (place, event) in (0..).zip(["1", "2"].map(|id| wrong("ana", id))) {
        server.submit(at(yesterday + place * MINUTE, event)).await;
    }
    let hidden = event("ana", "away", Action::FocusChanged(pb::FocusChanged { hidden: true }));
    server.submit(at(yesterday + 2 * MINUTE, hidden)).await;
    // One error today is one error, and the page that was closed yesterday is not hidden today.
    let reply = server.submit(wrong("ana", "3")).await;
    assert_eq!(silence(&reply), Some((Cause::NothingToSay, Reason::Unspecified)));
}

#[tokio::test]
async fn a_pause_is_a_break() {
    let server = Server::start().await;
    let start = now_ms() - 50 * MINUTE;
    let on_monday = |event: pb::Event| pb::Event { session_id: "monday".to_owned(), ..event };
    for id in 0..5 {
        server.submit(on_monday(at(start + id * 1000, right("ana", &id.to_string())))).await;
    }
    let reply = server.submit(on_monday(right("ana", "5"))).await;
    assert_ne!(spoken(&reply), Some(Reason::LongSession));
}

#[tokio::test]
async fn answers_handed_in_together_are_not_rapid() {
    let server = Server::start().await;
    let start = now_ms() - 5_000;
    for place in 0..5 {
        let answer = untold_time(wrong("ana", &place.to_string()));
        let reply = server.submit(at(start + place * 50, answer)).await;
        assert_ne!(spoken(&reply), Some(Reason::RapidGuessing));
        assert!(reply.assessment.unwrap().disengagement.unwrap().score < 0.1);
    }
}

#[tokio::test]
async fn fluency_is_not_guessing() {
    let server = Server::start().await;
    for id in 1..=8 {
        server.submit(in_seconds(1, right("ana", &id.to_string()))).await;
    }
    let reply = server.submit(in_seconds(1, wrong("ana", "9"))).await;
    assert_ne!(spoken(&reply), Some(Reason::RapidGuessing));
}

#[tokio::test]
async fn going_back_and_forth_between_sessions_earns_no_more_messages() {
    let server = Server::start().await;
    let start = now_ms() - 30 * MINUTE;
    let mut encouraged = 0;
    for place in 0..80 {
        let session_id = ["left", "right"][place as usize % 2].to_owned();
        let event =
            pb::Event { session_id, sent_at: moment(start + place * 20_000), ..wrong("ana", &place.to_string()) };
        let mut stream = server.stream().await;
        stream.open(pb::Open { replay: true, ..Default::default() }).await;
        let reply = stream.submit(at(start + place * 20_000, event)).await;
        encouraged += usize::from(feedback(&reply).is_some());
    }
    assert_eq!(encouraged, 3);
}

#[tokio::test]
async fn a_count_that_starts_over_is_not_late() {
    let server = Server::start().await;
    let start = now_ms() - 30_000;
    for (place, seq) in (0..).zip([7, 8, 1]) {
        let event = pb::Event { device_seq: seq, ..wrong("ana", &place.to_string()) };
        let reply = server.submit(at(start + place * 10_000, event)).await;
        assert_ne!(silence(&reply).map(|(cause, _)| cause), Some(Cause::Late), "count {seq}");
    }
}

#[tokio::test]
async fn late_news_does_not_take_the_learner_away_from_the_item_in_hand() {
    let server = Server::start().await;
    let start = now_ms() - 40_000;
    server.submit_all(struggle("ana").into_iter().map(|event| at(start, event))).await;
    server.submit(at(start + 20_000, bottom_out("ana", "h", "x"))).await;
    server.submit(at(start + 5_000, on("y", wrong("ana", "late")))).await;
    let reply = server.submit(at(start + 30_000, on("x", right("ana", "5")))).await;
    assert_ne!(spoken(&reply), Some(Reason::Comeback));
}

#[tokio::test]
async fn whoever_answers_is_not_hidden() {
    let server = Server::start().await;
    server.submit(event("ana", "away", Action::FocusChanged(pb::FocusChanged { hidden: true }))).await;
    let reply = server.submit_all(struggle("ana")).await;
    assert_eq!(spoken(&reply), Some(Reason::ErrorRun));
}

#[tokio::test]
async fn a_handful_of_items_is_enough_to_practise_with() {
    let server = Server::start().await;
    let mut said = 0;
    for round in 0..12 {
        for item in ["q1", "q2", "q3", "q4"] {
            let id = format!("{round} {item}");
            let reply = server.submit(on(item, in_process::answer("ana", &id, round % 3 == 2))).await;
            said += usize::from(feedback(&reply).is_some());
        }
    }
    assert!(said > 3, "{said} messages in 48 answers");
}
