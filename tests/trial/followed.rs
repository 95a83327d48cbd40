//! What comes of decisions made by lot: five opportunities, a session that ends, a skill that comes back.

use hearten::{
    engine::Reply,
    event::{Action, Event},
    learner::{Came, Followed, Since},
};

use super::{
    histories::{At, Room, Step, Twist, answer, step},
    worked::{Work, decided, policy},
};

const HOUR: i64 = 3_600_000;

fn number(reply: &Reply) -> u64 {
    reply.decision.as_ref().unwrap().id.as_ref().unwrap().sequence
}

/// What the log says came of earlier decisions with this event.
fn came(room: &Room, reply: &Reply) -> Vec<Followed> {
    let explained = room.explained(reply).unwrap();
    explained.logged.followed.to_vec()
}

fn since(opportunities: u8, successes: u8, rapid: u8) -> Came {
    Came::Opportunities(Since { made: opportunities, opportunities, successes, rapid })
}

fn told(room: &Room, reply: &Reply, first: u64) -> Vec<Came> {
    came(room, reply).into_iter().filter(|one| one.number == first).map(|one| one.came).collect()
}

#[test]
fn five_opportunities_tell_what_came_of_it_said_or_not() {
    let room = Room::under(policy("trial = 0.5"));
    let (mut said, mut held_out) = (0, 0);
    for learner in 0..20 {
        let mut work = Work::new(&room, &format!("learner-{learner}"));
        let (_, reply) = work.errs_until_decided();
        let first = number(&reply);
        *if decided(&reply).unwrap().1 { &mut said } else { &mut held_out } += 1;
        for (place, correct) in [true, false, true, true, false].into_iter().enumerate() {
            // A hint after the answer and a second try are no opportunities.
            let (_, reply) = work.answers(correct, 60_000);
            let expected = if place == 4 { vec![since(5, 3, 0)] } else { vec![] };
            assert_eq!(told(&room, &reply, first), expected, "{place}");
            let (_, again) = work.does(&step(20_000, At::Same, answer(true, 20_000)));
            assert_eq!(told(&room, &again, first), []);
        }
    }
    assert!(said > 2 && held_out > 2, "{said} {held_out}");
}

#[test]
fn answers_too_quick_to_have_been_read_are_counted() {
    let room = Room::under(policy("trial = 0.5"));
    let mut work = Work::new(&room, "ana");
    let (_, reply) = work.errs_until_decided();
    let first = number(&reply);
    let last = (0..5).map(|_| work.does(&step(60_000, At::New, answer(false, 300))).1).last().unwrap();
    assert_eq!(told(&room, &last, first), [since(5, 0, 5)]);
}

#[test]
fn whoever_leaves_is_counted_with_what_they_did() {
    for ends in [true, false] {
        let room = Room::under(policy("trial = 0.5"));
        let mut work = Work::new(&room, "ana");
        let (_, reply) = work.errs_until_decided();
        let first = number(&reply);
        work.answers(true, 60_000);
        // Told at once where the platform says so, else when the learner is back.
        let reply = if ends {
            work.does(&step(1_000, At::Nowhere, Action::SessionEnded)).1
        } else {
            work.answers(true, 2 * HOUR).1
        };
        assert_eq!(told(&room, &reply, first), [since(1, 1, 0)], "{ends}");
    }
}

#[test]
fn a_skill_that_comes_back_on_another_day_tells_whether_it_stayed() {
    for right in [true, false] {
        let room = Room::under(policy("trial = 0.5"));
        let mut work = Work::new(&room, "ana");
        let (_, reply) = work.errs_until_decided();
        let first = number(&reply);
        for _ in 0..5 {
            work.answers(true, 60_000);
        }
        // Another skill, then the same but too soon, then again after a night.
        let other = Step { skills: vec![2], ..step(13 * HOUR, At::New, answer(true, 20_000)) };
        assert_eq!(told(&room, &work.does(&other).1, first), []);
        let (_, reply) = work.answers(right, 60_000);
        assert_eq!(told(&room, &reply, first), [Came::Return { right }]);
        let (event, reply) = work.answers(right, 60_000);
        assert_eq!(told(&room, &reply, first), []);
        assert!(room.learner(&event).follows.iter().all(|follow| follow.number != first));
    }
}

#[test]
fn what_our_own_suggestion_led_to_counts_for_nothing() {
    let room = Room::under(policy("trial = 0.5"));
    let mut work = Work::new(&room, "ana");
    let (_, reply) = work.errs_until_decided();
    let first = number(&reply);
    for place in 0..6 {
        let event = work.event(&step(60_000, At::New, answer(true, 20_000)));
        let reply = room.submit(&Event { suggested: place < 3, ..event });
        assert_eq!(told(&room, &reply, first), [], "{place}");
    }
    let (_, reply) = work.answers(true, 60_000);
    assert_eq!(told(&room, &reply, first), []);
    let (_, reply) = work.answers(true, 60_000);
    assert_eq!(told(&room, &reply, first), [since(5, 5, 0)]);
}

/// Whoever did what was suggested has not left.
#[test]
fn what_our_own_suggestion_led_to_is_staying() {
    let room = Room::under(policy("trial = 0.5"));
    let mut work = Work::new(&room, "ana");
    let (_, reply) = work.errs_until_decided();
    let first = number(&reply);
    for place in 0..6 {
        let event = work.event(&step(60_000, At::New, answer(true, 20_000)));
        room.submit(&Event { suggested: place != 2, ..event });
    }
    let (_, reply) = work.does(&step(1_000, At::Nowhere, Action::SessionEnded));
    let stayed = Since { made: 5, opportunities: 1, successes: 1, rapid: 0 };
    assert_eq!(told(&room, &reply, first), [Came::Opportunities(stayed)]);
}

/// News of before the decision says nothing of what came after it.
#[test]
fn late_news_counts_for_nothing() {
    let room = Room::under(policy("trial = 0.5"));
    let mut work = Work::new(&room, "ana");
    let (_, reply) = work.errs_until_decided();
    let first = number(&reply);
    let late = Step { twist: Twist::Behind(120_000), ..step(1_000, At::New, answer(true, 20_000)) };
    work.does(&late);
    let last = (0..5).map(|_| work.answers(false, 60_000).1).last().unwrap();
    assert_eq!(told(&room, &last, first), [since(5, 0, 0)]);
}

/// The record follows two decisions; what is decided while both are followed is said, and nothing is left to chance.
#[test]
fn what_cannot_be_followed_is_not_left_to_chance() {
    let room = Room::under(policy("trial = 0.5"));
    let mut decisions = 0;
    for learner in 0..40 {
        let mut work = Work::new(&room, &format!("learner-{learner}"));
        for place in 0..60 {
            let (event, reply) = work.answers(place % 7 < 3, 45_000);
            let learner = room.learner(&event);
            assert!(learner.follows.len() <= 2);
            if let Some((_, said)) = decided(&reply) {
                let followed = learner.follows.iter().any(|follow| follow.number == learner.sequence);
                assert_eq!(followed, room.explain(&reply).trial.is_some());
                assert!(said || followed);
                decisions += 1;
            }
        }
    }
    assert!(decisions > 100, "{decisions}");
}
