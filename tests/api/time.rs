//! Clocks: late, stale, wrong by years.

use hearten::rpc::pb::{self, Reason, silence::Cause};

use crate::in_process::{Server, moment, now_ms, silence, spoken, struggle, wrong};

const MINUTE: i64 = 60_000;
const YEAR: i64 = 365 * 24 * 60 * MINUTE;

/// An event by a device's clock, in milliseconds since 1970.
fn at(occurred: i64, sent: Option<i64>, event: pb::Event) -> pb::Event {
    pb::Event { occurred_at: moment(occurred), sent_at: sent.and_then(moment), ..event }
}

#[tokio::test]
async fn an_event_that_arrives_two_minutes_late_is_counted_and_never_speaks() {
    let server = Server::start().await;
    for (place, event) in (1..).zip(struggle("ana")) {
        let reply = server.submit(at(now_ms() - 2 * MINUTE, None, event)).await;
        assert_eq!(silence(&reply).unwrap().0, Cause::Stale);
        assert_eq!(reply.assessment.unwrap().attempts, place);
    }
    assert_eq!(spoken(&server.submit(wrong("ana", "4")).await), Some(Reason::ErrorRun));
}

#[tokio::test]
async fn an_event_held_back_by_its_device_is_stale_whatever_the_device_takes_the_time_for() {
    let server = Server::start().await;
    for (learner, wrong_by) in [("right", 0), ("behind", -20 * YEAR), ("ahead", 20 * YEAR)] {
        for event in struggle(learner) {
            let sent = now_ms() + wrong_by;
            let reply = server.submit(at(sent - 2 * MINUTE, Some(sent), event)).await;
            assert_eq!(silence(&reply).unwrap().0, Cause::Stale, "{learner}");
        }
    }
}

#[tokio::test]
async fn a_clock_wrong_by_years_is_corrected_and_spoken_to() {
    let server = Server::start().await;
    for (learner, wrong_by) in [("behind", -20 * YEAR), ("ahead", 20 * YEAR)] {
        let mut reply = None;
        for event in struggle(learner) {
            let now = now_ms() + wrong_by;
            reply = Some(server.submit(at(now - 1000, Some(now), event)).await);
        }
        let reply = reply.unwrap();
        assert_eq!(spoken(&reply), Some(Reason::ErrorRun), "{learner}: {reply:?}");
        let until = crate::feedback(&reply).unwrap().valid_until.unwrap().seconds * 1000;
        assert!((0..=MINUTE).contains(&(until - now_ms())), "{learner}: valid until {until}");
    }
}

#[tokio::test]
async fn an_event_from_the_far_future_does_not_spoil_those_after_it() {
    let server = Server::start().await;
    let [first, second, third] = struggle("ana");
    server.submit(at(now_ms() + 10 * YEAR, None, first)).await;
    let reply = server.submit(at(now_ms(), None, second)).await;
    assert_eq!(silence(&reply).unwrap().0, Cause::NothingToSay);
    assert_eq!(spoken(&server.submit(at(now_ms(), None, third)).await), Some(Reason::ErrorRun));
}

#[tokio::test]
async fn an_event_older_than_its_devices_newest_is_late() {
    let server = Server::start().await;
    let [first, second, third] = struggle("ana");
    let phone = |event| pb::Event { device_id: "phone".to_owned(), ..event };
    server.submit_all([phone(first), phone(second)]).await;
    let reply = server.submit(phone(at(now_ms() - 30_000, None, third))).await;
    assert_eq!(silence(&reply), Some((Cause::Late, Reason::ErrorRun)));
    assert_eq!(reply.assessment.unwrap().attempts, 3);
    // Another device's clock and queue are its own.
    let tablet = pb::Event { device_id: "tablet".to_owned(), ..at(now_ms() - 30_000, None, wrong("ana", "4")) };
    assert_eq!(spoken(&server.submit(tablet).await), Some(Reason::ErrorRun));
}

#[tokio::test]
async fn a_devices_count_beats_its_clock() {
    let server = Server::start().await;
    let counted = |seq, event| pb::Event { device_id: "phone".to_owned(), device_seq: seq, ..event };
    let [first, second, third] = struggle("ana");
    server.submit(counted(5, at(now_ms(), None, first))).await;
    // By the clock this one is late.
    let reply = server.submit(counted(6, at(now_ms() - 30_000, None, second))).await;
    assert_eq!(silence(&reply).unwrap().0, Cause::NothingToSay);
    // By the clock this one is not.
    let reply = server.submit(counted(4, at(now_ms(), None, third))).await;
    assert_eq!(silence(&reply), Some((Cause::Late, Reason::ErrorRun)));
    let reply = server.submit(counted(7, at(now_ms(), None, wrong("ana", "4")))).await;
    assert_eq!(spoken(&reply), Some(Reason::ErrorRun));
}

#[tokio::test]
async fn without_a_clock_the_order_is_enough() {
    let server = Server::start().await;
    let untimed = struggle("ana").map(|event| pb::Event { untimed: true, ..at(now_ms() - YEAR, None, event) });
    let reply = server.submit_all(untimed).await;
    assert_eq!(spoken(&reply), Some(Reason::ErrorRun));
    assert_eq!(crate::feedback(&reply).unwrap().valid_until, None);
}
