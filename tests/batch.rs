//! Batches: each learner's events in order, answered as sent, decided on as asked.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

use hearten::rpc::pb::{
    self, Reason, batch_submit_events_request::Decide, batch_submit_events_response::result::Result as Answer,
    silence::Cause,
};
use in_process::{
    Server, answer, blamed, decision_id, feedback, in_time, moment, now_ms, right, silence, spoken, struggle, wrong,
};
use prost::Message as _;
use tonic::Code;

const MINUTE: i64 = 60_000;

fn reply(answer: &Answer) -> &pb::Reply {
    match answer {
        Answer::Reply(reply) => reply,
        Answer::Rejected(rejected) => panic!("{rejected:?}"),
    }
}

fn rejected(answer: &Answer) -> &pb::Rejected {
    match answer {
        Answer::Rejected(rejected) => rejected,
        Answer::Reply(reply) => panic!("{reply:?}"),
    }
}

/// How many of the learner's attempts were counted when each event was answered: the order in which they were applied.
fn counts(answers: &[Answer]) -> Vec<u32> {
    answers.iter().map(|answer| reply(answer).assessment.as_ref().unwrap().attempts).collect()
}

fn ids(answers: &[Answer]) -> Vec<&str> {
    answers.iter().map(|answer| reply(answer).event_id.as_str()).collect()
}

/// What a device gathered ten minutes ago, a second apart.
fn gathered(events: impl IntoIterator<Item = pb::Event>) -> Vec<pb::Event> {
    let start = now_ms() - 10 * MINUTE;
    let at = |(place, event): (i64, _)| pb::Event { occurred_at: moment(start + 1000 * place), ..event };
    (0..).zip(events).map(at).collect()
}

#[tokio::test]
async fn each_event_is_decided_on_and_stale_ones_stay_silent() {
    let server = Server::start().await;
    let answers = server.batch(struggle("ana").into(), Decide::Unspecified).await;
    assert_eq!(spoken(reply(&answers[2])), Some(Reason::ErrorRun));
    assert!(answers.iter().all(|answer| reply(answer).assessment.as_ref().unwrap().signals.is_empty()), "brief");

    let answers = server.batch(gathered(struggle("ben")), Decide::Each).await;
    assert!(answers.iter().all(|answer| silence(reply(answer)).unwrap().0 == Cause::Stale), "{answers:?}");
}

#[tokio::test]
async fn the_last_event_of_each_learner_is_decided_on_even_when_it_is_stale() {
    let server = Server::start().await;
    let [a1, a2, a3] = struggle("ana");
    let [b1, b2, b3] = struggle("ben");
    let events = gathered([b1, a1, right("cai", "1"), a2, b2, a3, b3]);
    let answers = server.batch(events.clone(), Decide::Last).await;
    let decided: Vec<_> = (0..7).filter(|place| reply(&answers[*place]).decision.is_some()).collect();
    assert_eq!(decided, [2, 5, 6], "one decision for each of three learners");
    for place in [5, 6] {
        assert_eq!(spoken(reply(&answers[place])), Some(Reason::ErrorRun));
    }
    assert_eq!(silence(reply(&answers[2])).unwrap().0, Cause::NothingToSay);

    let again = server.batch(events, Decide::Last).await;
    for (again, first) in again.iter().zip(&answers) {
        assert!(reply(again).duplicate);
        assert_eq!(reply(again).decision, reply(first).decision);
    }
}

/// A device that is unsure sends an event twice. That must not cost the learner the decision.
#[tokio::test]
async fn an_event_repeated_at_the_end_does_not_take_the_decision_away() {
    let server = Server::start().await;
    let [first, second, third] = struggle("ana");
    let answers = server.batch(vec![first, second, third.clone(), third], Decide::Last).await;
    assert_eq!(spoken(reply(&answers[2])), Some(Reason::ErrorRun));
    assert!(!reply(&answers[2]).duplicate && reply(&answers[3]).duplicate);
    assert_eq!(reply(&answers[3]).decision, reply(&answers[2]).decision);

    let [first, second, third] = struggle("ben");
    let answers = server.batch(vec![first.clone(), second, third, first], Decide::Last).await;
    assert_eq!(spoken(reply(&answers[2])), Some(Reason::ErrorRun));
    assert_eq!(reply(&answers[3]).decision, None, "the original was not decided on");
}

#[tokio::test]
async fn history_is_imported_in_silence_and_counts() {
    let server = Server::start().await;
    let history = struggle("ana").into_iter().chain((4..=40).map(|id| answer("ana", &id.to_string(), id % 3 > 0)));
    let answers = server.batch(gathered(history), Decide::None).await;
    assert!(answers.iter().all(|answer| reply(answer).decision.is_none()));
    assert_eq!(counts(&answers), Vec::from_iter(1..=40));
    let known = server.learner("ana").await;
    assert_eq!((known.sequence, known.recent_decisions), (40, vec![]));

    server.batch(gathered(struggle("ben")), Decide::None).await;
    let next = server.submit(wrong("ben", "4")).await;
    assert_eq!(spoken(&next), Some(Reason::ErrorRun), "history spends no budget");
}

#[tokio::test]
async fn answers_come_in_the_order_sent_and_events_apply_in_the_devices_order() {
    let server = Server::start().await;
    let counted = |learner, seq| pb::Event {
        device_id: "phone".to_owned(),
        device_seq: seq,
        // A clock that runs backwards: the count beats it.
        occurred_at: moment(now_ms() - 1000 * seq as i64),
        ..wrong(learner, &format!("{seq}"))
    };
    let order = [("ana", 5), ("ben", 2), ("ana", 1), ("ana", 4), ("ben", 3), ("ana", 2), ("ben", 1), ("ana", 3)];
    let answers = server.batch(order.map(|(learner, seq)| counted(learner, seq)).into(), Decide::Last).await;
    assert_eq!(ids(&answers), order.map(|(_, seq)| seq.to_string()));
    assert_eq!(counts(&answers), order.map(|(_, seq)| seq as u32));
    for (answer, (learner, seq)) in answers.iter().zip(order) {
        let newest = seq == if learner == "ana" { 5 } else { 3 };
        assert_eq!(reply(answer).decision.is_some(), newest, "{learner} {seq}");
    }
}

#[tokio::test]
async fn without_a_count_events_apply_by_the_clock_and_without_a_clock_as_sent() {
    let server = Server::start().await;
    let start = now_ms() - 10_000;
    let timed =
        |second: i64| pb::Event { occurred_at: moment(start + 1000 * second), ..wrong("ana", &second.to_string()) };
    let answers = server.batch([3, 1, 4, 2].map(timed).into(), Decide::Each).await;
    assert_eq!(counts(&answers), [3, 1, 4, 2]);
    assert!(answers.iter().all(|answer| silence(reply(answer)).is_none_or(|(cause, _)| cause != Cause::Late)));
    assert_eq!(spoken(reply(&answers[0])), Some(Reason::ErrorRun), "the third by the clock");

    let untimed = |second: i64| pb::Event { learner_id: "ben".to_owned(), untimed: true, ..timed(second) };
    let answers = server.batch([3, 1, 4, 2].map(untimed).into(), Decide::Each).await;
    assert_eq!(counts(&answers), [1, 2, 3, 4]);
    // One event without a time: the clock orders nothing.
    let mut events = [3, 1, 4, 2].map(|second| pb::Event { learner_id: "cai".to_owned(), ..timed(second) });
    events[2].occurred_at = None;
    assert_eq!(counts(&server.batch(events.into(), Decide::None).await), [1, 2, 3, 4]);
}

#[tokio::test]
async fn an_invalid_event_is_rejected_in_its_place_and_the_others_are_taken() {
    let server = Server::start().await;
    let mut events: Vec<_> = (0..5).map(|id| wrong("ana", &id.to_string())).collect();
    events[1].event_id.clear();
    let Some(pb::event::Action::Attempt(attempt)) = &mut events[3].action else { panic!("an attempt") };
    attempt.response_time = Some(pb::Duration { seconds: -1, nanos: 0 });
    events.push(pb::Event { item_id: "something else".to_owned(), ..events[0].clone() });
    let answers = server.batch(events, Decide::Each).await;

    let expected = [
        (1, Code::InvalidArgument, "", "events[1].event_id"),
        (3, Code::InvalidArgument, "3", "events[3].attempt.response_time"),
        (5, Code::AlreadyExists, "0", "events[5].event_id"),
    ];
    for (place, code, event_id, field) in expected {
        let rejected = rejected(&answers[place]);
        assert_eq!((rejected.position, Code::from(rejected.code)), (place as u64, code));
        assert_eq!((rejected.event_id.as_str(), rejected.learner_id.as_str()), (event_id, "ana"));
        assert_eq!(rejected.field, field);
        assert!(rejected.message.starts_with(field), "{}", rejected.message);
    }
    assert_eq!([0, 2, 4].map(|place| reply(&answers[place]).assessment.as_ref().unwrap().attempts), [1, 2, 3]);
    assert_eq!(spoken(reply(&answers[4])), Some(Reason::ErrorRun));
    assert_eq!(server.attempts("ana").await, 3);
}

#[tokio::test]
async fn a_batch_holds_one_to_a_thousand_events_and_its_answer_fits_a_message() {
    let server = Server::start().await;
    let batch = |count: usize, decide: i32| {
        let events = (0..count).map(|id| wrong(&format!("learner {}", id % 50), &id.to_string())).collect();
        pb::BatchSubmitEventsRequest { events, decide, view: pb::View::Full.into() }
    };
    for (request, field) in [(batch(0, 0), "events"), (batch(1001, 0), "events"), (batch(1, 9), "decide")] {
        let error = in_time(server.feedback().batch_submit_events(request)).await.unwrap_err();
        assert_eq!(error.code(), Code::InvalidArgument);
        assert_eq!(blamed(&error), (field.to_owned(), "INVALID_FIELD".to_owned()));
    }
    assert_eq!(server.try_learner("learner 0").await.unwrap_err().code(), Code::NotFound, "nothing was taken");

    let answers = in_time(server.feedback().batch_submit_events(batch(1000, 0))).await.unwrap().into_inner();
    assert_eq!(answers.results.len(), 1000);
    // What clients accept unless they are told otherwise.
    assert!(answers.encoded_len() < 4 << 20, "{} bytes", answers.encoded_len());
    assert_eq!(server.attempts("learner 49").await, 20);
}

#[tokio::test]
async fn an_event_twice_in_a_batch_counts_once() {
    let server = Server::start().await;
    let [first, second, third] = struggle("ana");
    let events = vec![first.clone(), second, first, third.clone(), third];
    let answers = server.batch(events, Decide::Each).await;
    let duplicates = answers.iter().map(|answer| reply(answer).duplicate);
    assert_eq!(Vec::from_iter(duplicates), [false, false, true, false, true]);
    assert_eq!(counts(&answers), [1, 2, 2, 3, 3]);
    assert_eq!(decision_id(reply(&answers[2])), decision_id(reply(&answers[0])));
    assert_eq!(feedback(reply(&answers[4])), feedback(reply(&answers[3])));
    assert_eq!(server.learner("ana").await.sequence, 3);
}

#[tokio::test]
async fn the_same_id_of_two_learners_is_two_events() {
    let server = Server::start().await;
    let answers = server.batch(vec![wrong("ana", "1"), right("ben", "1")], Decide::Each).await;
    assert!(answers.iter().all(|answer| !reply(answer).duplicate));
    assert_eq!(counts(&answers), [1, 1]);
}

#[tokio::test]
async fn the_catch_up_decision_can_still_be_shown() {
    let server = Server::start().await;
    let left = pb::event::Action::SessionEnded(pb::SessionEnded {});
    let events = struggle("ana").into_iter().chain([crate::in_process::event("ana", "left", left)]);
    let answers = server.batch(gathered(events), Decide::Last).await;
    // On the last answer, although the session's end came after it.
    let said = feedback(reply(&answers[2])).unwrap();
    assert_eq!(said.reason(), Reason::ErrorRun);
    assert!(said.valid_until.as_ref().unwrap().seconds * 1000 > now_ms(), "{said:?}");
}

#[tokio::test]
async fn a_batch_larger_than_what_is_remembered_can_be_sent_again() {
    let server = Server::start().await;
    let counted = |place: u64| pb::Event { device_seq: place + 1, ..right("ana", &place.to_string()) };
    let events: Vec<pb::Event> = (0..100).map(counted).collect();
    server.batch(events.clone(), Decide::None).await;
    assert_eq!(server.attempts("ana").await, 100);

    let again = server.batch(events.clone(), Decide::None).await;
    assert!(again.iter().all(|answer| reply(answer).duplicate));
    assert_eq!(server.attempts("ana").await, 100);

    // Something new at its end is taken, and only that.
    let more: Vec<pb::Event> = events.into_iter().chain([counted(100)]).collect();
    let answers = server.batch(more, Decide::Last).await;
    assert_eq!(answers.iter().filter(|answer| !reply(answer).duplicate).count(), 1);
    assert_eq!(server.attempts("ana").await, 101);
}

/// Whatever stands in it twice, however far apart.
#[tokio::test]
async fn a_large_batch_with_repetitions_can_be_sent_again() {
    let server = Server::start().await;
    let all = || 0..61;
    let batches: [(&str, Vec<u64>); 3] = [
        ("at once", all().flat_map(|id| if id == 40 { vec![40, 40] } else { vec![id] }).collect()),
        ("a little later", all().flat_map(|id| if id == 50 { vec![50, 25] } else { vec![id] }).collect()),
        ("each", all().flat_map(|id| [id, id]).collect()),
    ];
    for (learner, batch) in batches {
        let events = || batch.iter().map(|id| right(learner, &id.to_string())).collect();
        server.batch(events(), Decide::None).await;
        assert_eq!(server.attempts(learner).await, 61, "{learner}");
        let again = server.batch(events(), Decide::None).await;
        assert!(again.iter().all(|answer| reply(answer).duplicate), "{learner}");
        assert_eq!(server.attempts(learner).await, 61, "{learner}");
    }
}

/// The README has whoever is told of a mistake mend it.
#[tokio::test]
async fn a_large_batch_of_which_one_event_was_mended_counts_once() {
    let server = Server::start().await;
    for place in [0, 19, 60, 67, 68, 94, 99] {
        let learner = format!("mended {place}");
        let good: Vec<pb::Event> = (0..100).map(|id| right(&learner, &id.to_string())).collect();
        let mut bad = good.clone();
        bad[place].action = None;
        let answers = server.batch(bad, Decide::None).await;
        assert_eq!(rejected(&answers[place]).field, format!("events[{place}].action"));
        for (time, new) in [("mended", 1), ("again", 0), ("and again", 0)] {
            let answers = server.batch(good.clone(), Decide::None).await;
            assert_eq!(answers.iter().filter(|answer| !reply(answer).duplicate).count(), new, "{learner}, {time}");
            assert_eq!(server.attempts(&learner).await, 100, "{learner}, {time}");
        }
    }
}

/// The device sent its newest event first, and its history then.
#[tokio::test]
async fn what_was_sent_before_its_batch_counts_once() {
    let server = Server::start().await;
    for place in [5, 40, 50, 99] {
        let learner = format!("early {place}");
        server.submit(right(&learner, &place.to_string())).await;
        let events: Vec<pb::Event> = (0..100).map(|id| right(&learner, &id.to_string())).collect();
        for time in ["sent", "again", "and again"] {
            server.batch(events.clone(), Decide::None).await;
            assert_eq!(server.attempts(&learner).await, 100, "{learner}, {time}");
        }
    }
}

/// Of a learner who was erased nothing is taken; that is nobody else's fault.
#[tokio::test]
async fn an_erased_learner_of_a_large_batch_is_rejected_alone() {
    let server = Server::start().await;
    server.submit(right("gone", "1")).await;
    let request = pb::DeleteLearnerRequest { learner_id: "gone".to_owned() };
    server.learners().delete_learner(request).await.unwrap();
    let events = (0..40).flat_map(|id| ["gone", "ana"].map(|learner| right(learner, &id.to_string())));
    let answers = server.batch(events.collect(), Decide::Last).await;
    for (place, pair) in answers.chunks(2).enumerate() {
        let rejected = rejected(&pair[0]);
        assert_eq!(Code::from(rejected.code), Code::FailedPrecondition);
        assert_eq!(rejected.field, format!("events[{}].learner_id", 2 * place));
        assert!(!reply(&pair[1]).duplicate);
    }
    assert_eq!(server.attempts("ana").await, 40);
}

#[tokio::test]
async fn what_was_never_taken_is_never_called_a_duplicate() {
    let server = Server::start().await;
    let named = |learner: &str, place: u64| right(learner, &place.to_string());
    let new = |answers: &[Answer]| answers.iter().filter(|answer| !reply(answer).duplicate).count();

    // The end of a history was imported, then all of it.
    server.batch((60..100).map(|place| named("ana", place)).collect(), Decide::None).await;
    let answers = server.batch((0..100).map(|place| named("ana", place)).collect(), Decide::None).await;
    assert!(new(&answers) >= 60, "{}", new(&answers));

    // Eight events never arrived, forty did, one by one; then all of them come from the outbox.
    for place in 8..48 {
        server.submit(named("ben", place)).await;
    }
    let answers = server.batch((0..48).map(|place| named("ben", place)).collect(), Decide::None).await;
    assert!(answers[..8].iter().all(|answer| !reply(answer).duplicate));

    // A batch came, and comes again with something older in front.
    let batch: Vec<pb::Event> = (1..60).map(|place| named("eve", place)).collect();
    server.batch(batch.clone(), Decide::None).await;
    let older = [named("eve", 0)].into_iter().chain(batch).collect();
    let answers = server.batch(older, Decide::None).await;
    assert!(!reply(&answers[0]).duplicate);
}

#[tokio::test]
async fn a_catch_up_decision_is_no_news_of_a_long_session() {
    let server = Server::start().await;
    let start = now_ms() - 120 * MINUTE;
    let at = |place: i64, event: pb::Event| pb::Event { occurred_at: moment(start + place * 40_000), ..event };
    let events = (0..6).map(|place| at(place, right("ana", &place.to_string()))).collect();
    let answers = server.batch(events, Decide::Last).await;
    assert_ne!(spoken(reply(&answers[5])), Some(Reason::LongSession));
}
