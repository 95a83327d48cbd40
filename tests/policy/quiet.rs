//! Quiet hours, by the clock on the learner's wall, also on the days when that is put forward or back.

use hearten::{
    event::{Action, Clocks, Event, Timestamp},
    feedback::Policy,
    learner::Zone,
    reason::{Held, Limit, Reason, Verdict},
};
use proptest::{prelude::*, sample::select};

use super::{
    histories::{At, HOUR, History, MINUTE, Room, SECOND, Scribe, answer, config, step},
    plan::Plan,
};

/// 2026-10-25 at 01:00 UTC: clocks in Berlin go back from 03:00 to 02:00.
const AUTUMN: i64 = 1_792_890_000_000;
/// 2027-03-28 at 01:00 UTC: they go forward from 02:00 to 03:00.
const SPRING: i64 = 1_806_195_600_000;

/// Minutes since midnight in Berlin, worked out by hand.
fn in_berlin(at: i64) -> i64 {
    let summer = !(AUTUMN..SPRING).contains(&at);
    let offset = if summer { 2 * HOUR } else { HOUR };
    (at + offset).rem_euclid(24 * HOUR) / MINUTE
}

fn is_within(minute: i64, (from, until): (u16, u16)) -> bool {
    let (from, until) = (i64::from(from), i64::from(until));
    if from < until { (from..until).contains(&minute) } else { minute >= from || minute < until }
}

/// Speaks of the first error, but for quiet hours.
fn plan(quiet_hours: (u16, u16)) -> Policy {
    Plan { quiet_hours: Some(quiet_hours), ..Plan::only(&[Reason::ErrorRun, Reason::Stuck]) }.policy()
}

/// The first thing a newcomer does.
fn event(learner: &str, at: i64, action: Action) -> Event {
    let history = History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() };
    let event = Scribe::new(learner, &history).event(&step(0, At::New, action));
    let at = Some(Timestamp::from_millis(at));
    Event { clocks: Clocks { occurred_at: at, sent_at: None, received_at: at }, ..event }
}

/// What a newcomer who errs at that moment hears; the limit, where it is nothing.
fn held_at(room: &Room, zone: Option<Zone>, at: i64) -> Option<Held> {
    let event = event(&format!("at {at} in {zone:?}"), at, answer(false, 20_000));
    room.prefer(&event, |preferences| preferences.time_zone = zone);
    let decision = room.submit(&event).decision.unwrap();
    assert_eq!(decision.held.is_none(), matches!(decision.verdict, Verdict::Spoken { .. }), "{decision:?}");
    assert!(decision.held.is_none_or(|held| held.limit == Limit::QuietHours), "{decision:?}");
    decision.held
}

fn berlin() -> Option<Zone> {
    Some(Zone::parse("Europe/Berlin").unwrap())
}

/// Around both changes of clocks, every quarter of an hour and at the edges of the hours.
fn moments(hours: (u16, u16)) -> impl Iterator<Item = i64> {
    let edges = [hours.0, hours.1].map(|minute| i64::from(minute) * MINUTE);
    let nearby = [-SECOND, 0, SECOND].map(|near| edges.map(|edge| edge + near)).concat();
    let days = [AUTUMN, SPRING].into_iter().flat_map(|change| (-2..=2).map(move |day| change - HOUR + day * 24 * HOUR));
    days.flat_map(move |midnight| {
        let quarters = (0..96).map(move |quarter| midnight + quarter * 15 * MINUTE);
        // By either offset.
        let nearby =
            nearby.clone().into_iter().flat_map(move |near| [HOUR, 2 * HOUR].map(|offset| midnight + near - offset));
        quarters.chain(nearby).collect::<Vec<_>>()
    })
}

#[test]
fn nothing_is_said_inside_and_everything_outside_also_when_the_clocks_change() {
    let windows =
        [(21 * 60, 7 * 60), (0, 6 * 60), (22 * 60, 0), (2 * 60, 3 * 60), (2 * 60 + 30, 60), (13 * 60, 14 * 60), (1, 0)];
    for window in windows {
        let room = Room::under(plan(window));
        for at in moments(window) {
            let held = held_at(&room, berlin(), at);
            let minute = in_berlin(at);
            assert_eq!(
                held.is_some(),
                is_within(minute, window),
                "{window:?} at {:02}:{:02}",
                minute / 60,
                minute % 60
            );
        }
    }
}

#[test]
fn where_nobody_knows_the_time_there_are_no_quiet_hours() {
    let window = (21 * 60, 7 * 60);
    let room = Room::under(plan(window));
    assert!(moments(window).all(|at| held_at(&room, None, at).is_none()));
    // Nor for events that have an order and no clock.
    let untimed = Event { untimed: true, ..event("ana", AUTUMN, answer(false, 20_000)) };
    room.prefer(&untimed, |preferences| preferences.time_zone = berlin());
    assert!(matches!(room.verdict(&untimed), Verdict::Spoken { .. }));
}

#[test]
fn a_zone_of_half_hours_is_told_from_its_neighbours() {
    let (kathmandu, room) = (Zone::parse("Asia/Kathmandu"), Room::under(plan((21 * 60, 7 * 60))));
    // UTC+05:45, without summer time.
    for (hour, minute, quiet) in [(15, 14, false), (15, 15, true), (1, 14, true), (1, 15, false)] {
        let at = AUTUMN - HOUR + hour * HOUR + minute * MINUTE;
        assert_eq!(held_at(&room, kathmandu, at).is_some(), quiet, "{hour}:{minute} UTC");
    }
}

#[test]
fn nobody_is_nudged_in_quiet_hours() {
    let room = Room::under(plan((21 * 60, 7 * 60)));
    for (place, (hour, quiet)) in [(18, false), (19, true), (23, true), (4, true), (5, false)].into_iter().enumerate() {
        // In summer time; the item was shown ten minutes before.
        let at = AUTUMN - 25 * HOUR + hour * HOUR + MINUTE;
        let shown = event(&format!("learner {place}"), at - 10 * MINUTE, Action::ItemStarted);
        room.prefer(&shown, |preferences| preferences.time_zone = berlin());
        let reply = room.submit(&shown);
        let patience_ms = reply.patience_ms.unwrap();
        assert!(patience_ms <= 10 * MINUTE, "{patience_ms}");
        assert_eq!(room.nudge(&shown, reply.sequence, at).is_none(), quiet, "{hour} h UTC");
    }
}

proptest! {
    #![proptest_config(config(64))]

    /// The wait that is told is the wait there is, but on the days when clocks change.
    #[test]
    fn the_wait_ends_with_the_quiet_hours(
        from in 0..1440u16, length in 1..1440u16, at in AUTUMN + 48 * HOUR..SPRING - 48 * HOUR,
        zone in select(&["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"][..]),
    ) {
        let room = Room::under(plan((from, (from + length) % 1440)));
        let zone = Zone::parse(zone);
        let Some(Held { wait, .. }) = held_at(&room, zone, at) else { return Ok(()) };
        prop_assert!(wait > 0 && wait <= length);
        // Other countries change their clocks on other days.
        let later = at + i64::from(wait) * MINUTE;
        let changed = zone != berlin() && !(AUTUMN + 20 * 24 * HOUR..SPRING - 40 * 24 * HOUR).contains(&at);
        prop_assert!(changed || held_at(&room, zone, later).is_none());
        prop_assert!(changed || wait == 1 || held_at(&room, zone, later - MINUTE).is_some());
    }
}
