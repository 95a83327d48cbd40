//! A limit that held a message back says which it is and how long it lasts, and is as good as its word.

use hearten::rpc::pb::{Event, Held, Open, Preferences, Reply, held::Limit};

use crate::{
    explain::check,
    in_process::{Server, Setup, Stream, decision_id, held, moment, right, spoken, wrong},
};

const MINUTE_MS: i64 = 60_000;
/// 2026-09-21, 12:13:20 in Greenwich.
const NOON_MS: i64 = 1_789_992_800_000;

fn limit(reply: &Reply) -> Option<(Limit, u32, Option<i64>)> {
    held(reply).map(|Held { opportunities, wait, limit }| {
        (Limit::try_from(*limit).unwrap(), *opportunities, wait.as_ref().map(|wait| wait.seconds / 60))
    })
}

/// The same as the explanation has it, which must hold up.
async fn explained(server: &Server, reply: &Reply) -> Option<(Limit, u32, Option<i64>)> {
    let told = server.try_explain(&decision_id(reply)).await.unwrap();
    check(reply, &told);
    limit(&Reply { decision: told.decision, ..Reply::default() })
}

/// A wrong answer of which only the order is known: fifty make an hour at work.
fn untimed(session: &str, place: usize) -> Event {
    Event { untimed: true, session_id: session.to_owned(), ..wrong("ana", &place.to_string()) }
}

#[tokio::test]
async fn a_cooldown_is_over_after_as_many_opportunities_as_it_said() {
    let server = Server::start().await;
    let mut expected = [None, None, None, Some(4), Some(3), Some(2), Some(1), None].into_iter();
    for place in 0..8 {
        let reply = server.submit(wrong("ana", &place.to_string())).await;
        let left = expected.next().unwrap();
        assert_eq!(explained(&server, &reply).await, left.map(|left| (Limit::Cooldown, left, None)), "{place}");
        assert_eq!(spoken(&reply).is_some(), [2, 7].contains(&place), "{place}");
    }
}

#[tokio::test]
async fn a_session_that_has_had_its_encouragements_is_over_with_the_session() {
    let server = Server::start().await;
    let mut replies = Vec::new();
    for place in 0..18 {
        replies.push(server.submit(untimed("monday", place)).await);
    }
    assert_eq!(replies.iter().filter(|reply| spoken(reply).is_some()).count(), 3);
    assert_eq!(explained(&server, &replies[17]).await, Some((Limit::Session, 0, None)));
    assert!(spoken(&server.submit(untimed("tuesday", 18)).await).is_some());
}

#[tokio::test]
async fn an_hour_at_work_that_has_had_its_messages_is_over_when_it_said() {
    let server = Server::start().await;
    let mut reply = Reply::default();
    let mut said = 0;
    for place in 0..33 {
        reply = server.submit(untimed(&format!("session {}", place / 15), place)).await;
        said += usize::from(spoken(&reply).is_some());
    }
    assert_eq!(said, 4);
    let Some((Limit::Hour, 0, Some(minutes))) = explained(&server, &reply).await else { panic!("{reply:?}") };
    // At 72 seconds each.
    let wait = (minutes as usize * 60).div_ceil(72);
    for place in 33..33 + wait {
        let reply = server.submit(untimed("session 3", place)).await;
        let last = place + 1 == 33 + wait;
        assert_eq!(spoken(&reply).is_some(), last, "{place}: {:?}", limit(&reply));
        assert!(last || limit(&reply).unwrap().0 == Limit::Hour);
    }
}

/// A wrong answer, on a stream that replays a log.
async fn replayed(stream: &mut Stream, at_ms: i64) -> Reply {
    stream.submit(Event { occurred_at: moment(at_ms), ..wrong("ana", &at_ms.to_string()) }).await
}

#[tokio::test]
async fn a_day_that_has_had_its_messages_is_over_by_the_clock() {
    let server = Setup::default().with_policy("per_hour = 4 ", "per_hour = 10 ").start().await;
    let mut stream = server.stream().await;
    stream.open(Open { replay: true, ..Default::default() }).await;
    let (mut now, mut said) = (NOON_MS, 0);
    let mut reply = Reply::default();
    // Six wrong answers every hour and a half: the third is heard.
    while limit(&reply).is_none_or(|(limit, ..)| limit != Limit::Day) {
        now += 80 * MINUTE_MS;
        for _ in 0..6 {
            now += 2 * MINUTE_MS;
            reply = replayed(&mut stream, now).await;
            said += usize::from(spoken(&reply).is_some());
            if limit(&reply).is_some_and(|(limit, ..)| limit == Limit::Day) {
                break;
            }
        }
        assert!(now < NOON_MS + 24 * 60 * MINUTE_MS);
    }
    assert_eq!(said, 10);
    let Some((Limit::Day, 0, Some(minutes))) = explained(&server, &reply).await else { panic!("{reply:?}") };
    let over = now + minutes * MINUTE_MS;
    for before in [4, 3, 2] {
        reply = replayed(&mut stream, over - before * MINUTE_MS).await;
        assert_eq!(spoken(&reply), None);
    }
    let left = limit(&reply).unwrap();
    assert!(left == (Limit::Day, 0, Some(2)), "{left:?}");
    assert!(spoken(&replayed(&mut stream, over).await).is_some());
}

#[tokio::test]
async fn quiet_hours_are_the_learners_own_and_over_when_they_said() {
    let line = "# quiet_hours = { from = \"21:00\", until = \"07:00\" }";
    let server = Setup::default().with_policy(line, &line[2..]).start().await;
    // 21:13:20 there.
    server.prefer("ana", Preferences { time_zone: "Asia/Tokyo".to_owned(), ..Default::default() }).await;
    let mut stream = server.stream().await;
    stream.open(Open { replay: true, ..Default::default() }).await;
    for place in 0..2 {
        replayed(&mut stream, NOON_MS - (2 - place) * MINUTE_MS).await;
    }
    let reply = replayed(&mut stream, NOON_MS).await;
    let left = 9 * 60 + 47;
    assert_eq!(explained(&server, &reply).await, Some((Limit::QuietHours, 0, Some(left))));
    let mut reply = reply;
    for before in [3, 2, 1] {
        reply = replayed(&mut stream, NOON_MS + (left - before) * MINUTE_MS).await;
        assert_eq!(spoken(&reply), None);
    }
    assert_eq!(limit(&reply), Some((Limit::QuietHours, 0, Some(1))));
    assert!(spoken(&replayed(&mut stream, NOON_MS + left * MINUTE_MS).await).is_some());

    // Where nobody knows what time it is, it is not late.
    server.prefer("ben", Preferences { time_zone: "Pacific/Auckland".to_owned(), ..Default::default() }).await;
    for learner in ["ben", "cai"] {
        let mut last = Reply::default();
        for place in 0..3 {
            let event = wrong(learner, &place.to_string());
            last = stream.submit(Event { occurred_at: moment(NOON_MS - 6 * 60 * MINUTE_MS + place), ..event }).await;
        }
        assert!(spoken(&last).is_some(), "{learner}");
    }
}

#[tokio::test]
async fn a_pause_lies_between_any_two_messages() {
    let server = Setup::default().with_policy("pause_secs = 0 ", "pause_secs = 90 ").start().await;
    let mut stream = server.stream().await;
    stream.open(Open { replay: true, ..Default::default() }).await;
    for place in 0..3 {
        replayed(&mut stream, NOON_MS + place * MINUTE_MS / 2).await;
    }
    let event = |secs: i64| Event {
        occurred_at: moment(NOON_MS + MINUTE_MS + secs * 1000),
        ..right("ana", &format!("{secs} s later"))
    };
    let reply = stream.submit(event(25)).await;
    assert_eq!(explained(&server, &reply).await, Some((Limit::Pause, 0, Some(2))), "65 seconds more");
}
