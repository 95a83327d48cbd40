//! A wording that was just heard.

use hearten::{
    feedback::{Chances, chances},
    learner::{Learner, Spoken},
    reason::Reason,
    statistics::Snapshot,
};

use super::school::{DAY_SECS, REASON, hears, noon, of_kind};

fn after(learner: &Learner, day: u64) -> Chances {
    chances(&Snapshot::default(), REASON, 6, learner, None, Some(noon(day)))
}

#[test]
fn the_wording_just_heard_is_drawn_less_and_recovers_with_days() {
    let (fresh, mut learner) = (of_kind(0), of_kind(0));
    hears(&mut learner, 2, 100);
    let of_it: Vec<u16> = [0, 5, 15, 30, 60, 120].map(|days| after(&learner, 100 + days)[2]).to_vec();
    let usual = after(&fresh, 100)[2];
    eprintln!("just heard, after 0, 5, 15, 30, 60 and 120 days: {of_it:?} of {usual}");
    assert!(of_it.is_sorted() && of_it[0] * 3 < usual * 2 && of_it[5].abs_diff(usual) <= 1, "{of_it:?} of {usual}");
    // After a half-life it is in between, and the others share alike what it has lost.
    assert!(of_it[0] < of_it[2] && of_it[2] < usual);
    let others = after(&learner, 100);
    assert!((0..6).filter(|number| *number != 2).all(|number| others[number] > usual), "{others:?}");
}

/// Nor does it come back at once where no clock is known.
#[test]
fn without_a_clock_the_wording_last_heard_is_still_drawn_less() {
    let mut learner = of_kind(0);
    learner.said.heard(REASON, 2);
    let chances = chances(&Snapshot::default(), REASON, 6, &learner, None, None);
    assert!(chances[2] * 3 < chances[1] * 2, "{chances:?}");
}

/// Ten messages later it is not remembered when it was heard: longer ago than they were.
#[test]
fn a_wording_heard_before_all_that_is_remembered_recovers_too() {
    let mut learner = of_kind(0);
    hears(&mut learner, 2, 100);
    let spoken = learner.said.spoken[0];
    for day in 101..=110 {
        learner.said.spoken.retain(|spoken| spoken.reason != REASON);
        let at_secs = spoken.at_secs + (day - 100) * DAY_SECS;
        learner.said.spoken.push(Spoken { reason: Reason::Comeback, at_secs, ..spoken });
    }
    let of_it: Vec<u16> = [110, 140, 221].map(|day| after(&learner, day)[2]).to_vec();
    let usual = after(&of_kind(0), 100)[2];
    assert!(of_it.is_sorted() && of_it[0] < of_it[1] && of_it[2].abs_diff(usual) <= 1, "{of_it:?} of {usual}");
}

#[test]
fn wordings_of_another_message_are_not_tired_of() {
    let mut learner = of_kind(0);
    hears(&mut learner, 2, 100);
    let other = |learner: &Learner| chances(&Snapshot::default(), Reason::Comeback, 6, learner, None, Some(noon(100)));
    assert_eq!(other(&learner), other(&of_kind(0)));
}
