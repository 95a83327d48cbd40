//! What one of two servers knows already, while the other has done more since.

use hearten::{
    engine::{Engine, Options},
    event::Event,
    reason::{Outcome, Verdict},
};

use super::{
    Database,
    alternate::{at, burst, event, key, two_on},
};

/// What is known already is said only by who knows the newest.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_that_one_knows_is_held_against_what_the_other_was_told() {
    let Some(database) = Database::prepare("told").await else { return };
    let two = two_on(&database).await;
    let mut lot = fastrand::Rng::with_seed(1);
    let mut turn = 0;
    let id = loop {
        turn += 1;
        let mut reply = two[0].submit(&key(0), &event(0, turn, &mut lot), Options::default(), at(turn)).await.unwrap();
        two[0].settle(&mut reply).await.unwrap();
        if let Some(spoken) = reply.decision.filter(|each| matches!(each.verdict, Verdict::Spoken { .. })) {
            break spoken.name();
        }
    };
    let report = async |engine: &Engine, outcome: Outcome| {
        let mut reported = engine.report("default", &id, outcome, at(turn)).await.map_err(|e| e.to_string())?;
        engine.settle_report(&mut reported).await.map_err(|e| e.to_string())?;
        Ok::<_, String>((reported.outcome, reported.duplicate))
    };
    assert_eq!(report(&two[0], Outcome::NotShown).await, Ok((Outcome::NotShown, false)));
    assert_eq!(report(&two[1], Outcome::NotShown).await, Ok((Outcome::NotShown, true)));
    assert_eq!(report(&two[0], Outcome::Shown).await, Ok((Outcome::Shown, false)));
    assert!(report(&two[1], Outcome::NotShown).await.is_err_and(|why| why.contains("what was seen stays seen")));
    assert_eq!(report(&two[1], Outcome::Helpful).await, Ok((Outcome::Helpful, false)));
    assert_eq!(report(&two[0], Outcome::Shown).await, Ok((Outcome::Helpful, true)));
}

/// Events of a client that went away are not made again for nobody: it has sent them to another server meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_waits_for_is_counted_once() {
    const MORE_THAN_REMEMBERED: u64 = 40;
    let Some(database) = Database::prepare("gone").await else { return };
    let two = two_on(&database).await;
    let mut lot = fastrand::Rng::with_seed(1);
    let events: Vec<Event> = (0..MORE_THAN_REMEMBERED + 2).map(|turn| event(0, turn, &mut lot)).collect();
    let [first, sent @ .., last] = &events[..] else { panic!() };
    burst(&two[0], 0, std::slice::from_ref(first), 0).await;
    for event in sent {
        burst(&two[1], 0, std::slice::from_ref(event), 1).await;
    }
    for event in sent {
        drop(two[0].submit(&key(0), event, Options::default(), at(1)).await.unwrap());
    }
    let answer = burst(&two[0], 0, std::slice::from_ref(last), 2).await;
    assert!(answer[0].contains(" false "), "{answer:?}");
    let version = "select version from hearten_learners";
    assert_eq!(database.number(version).await, MORE_THAN_REMEMBERED as i64 + 2);
}

/// What one server knows is known, also where others did so much since that they have forgotten it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_remembers_is_not_taken_again() {
    let Some(database) = Database::prepare("remembered").await else { return };
    let two = two_on(&database).await;
    let mut lot = fastrand::Rng::with_seed(1);
    let events: Vec<Event> = (0..41).map(|turn| event(0, turn, &mut lot)).collect();
    burst(&two[0], 0, &events[..1], 0).await;
    for event in &events[1..] {
        burst(&two[1], 0, std::slice::from_ref(event), 1).await;
    }
    let again = burst(&two[0], 0, &events[..1], 2).await;
    assert!(again[0].ends_with(" None true 41"), "a duplicate, on all that is known: {again:?}");
    assert_eq!(database.number("select version from hearten_learners").await, 41);
}
