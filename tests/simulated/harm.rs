//! Whether the guard finds harm, and only where there is some.

use hearten::{
    learner::AgeBand,
    reason::Reason,
    trial::{Case, Followed, HORIZON, Outcome, harmful, looks},
};

use crate::{
    at_most,
    school::{ALL_AT_ONCE, Chances, School},
};

/// Enough for looks at 200, 400, … 3,200 cases.
const SCHOOL: School = School { learners: 760, chances: Chances::Always(0.8), ..ALL_AT_ONCE };
const CASES: usize = 3200;

/// The share of trials in which harm is found at some look, and the looks at which it was.
fn found(school: School, trials: u64) -> (f64, Vec<u32>) {
    let looks: Vec<u32> = (1..=trials).filter_map(|seed| first(&school, seed)).collect();
    (looks.len() as f64 / trials as f64, looks)
}

fn first(school: &School, seed: u64) -> Option<u32> {
    let cases = school.trial(Reason::ErrorRun, seed);
    let mut looks = looks(cases.len().min(CASES)).collect::<Vec<_>>().into_iter();
    assert_eq!(looks.len(), 5);
    looks.find(|(look, count)| harmful(&cases[..*count], *look).is_some()).map(|(look, _)| look)
}

#[test]
fn planted_harm_is_found() {
    let none = SCHOOL.without_effect();
    for (name, school) in
        [("worse answers", School { help: -0.6, ..none }), ("more leave", School { leaving: 0.7, ..none })]
    {
        let (share, looks) = found(school, 100);
        let at = [0, 1, 2, 3, 4].map(|look| looks.iter().filter(|found| **found == look).count());
        let truth = school.truth(&[Outcome::Success, Outcome::Left]);
        println!("{name}: truth {truth:+.3?}, found in {share:.2}, by look {at:?}");
        assert!(share >= 0.95, "{name}: {share}");
    }
}

#[test]
fn a_message_that_helps_is_never_stopped() {
    let (share, _) = found(School { help: 0.4, leaving: -0.3, ..SCHOOL }, 200);
    println!("helps: stopped in {share:.3}");
    assert!(share == 0.0, "{share}");
}

#[test]
fn a_message_that_does_nothing_is_stopped_in_one_trial_of_twenty_at_most() {
    let trials = 400;
    let (share, _) = found(SCHOOL.without_effect(), trials);
    println!("nothing: stopped in {share:.3}");
    assert!(share <= at_most(0.05, trials as usize), "{share}");
}

/// Where hardly anybody leaves and few are held out, often none of those leaves: that is not to be taken for certain.
#[test]
fn what_is_rare_and_hardly_ever_held_out_is_not_taken_for_harm() {
    const TRIALS: usize = 1_000;
    let random = &mut fastrand::Rng::with_seed(1);
    for held_out in [0.1, 0.2, 0.5] {
        for leaving in [0.02, 0.05, 0.08, 0.15, 0.3] {
            let case = |cluster: u64, random: &mut fastrand::Rng| {
                let treated = random.f64() >= held_out;
                let stayed = random.f64() >= leaving;
                let successes = (0..HORIZON).filter(|_| random.f64() < 0.5).count() as u8;
                Case {
                    tenant: "school".into(),
                    cluster,
                    reason: Reason::ErrorRun,
                    wording: treated.then_some(0),
                    treated,
                    propensity: 1.0 - held_out,
                    wording_propensity: 1.0,
                    expected: 0.5,
                    before: random.f64(),
                    ability: random.f64(),
                    age_band: AgeBand::Unknown,
                    opportunity: random.u32(1..50),
                    at_secs: None,
                    followed: Followed { stayed, opportunities: HORIZON, successes, rapid: 0, remembered: None },
                }
            };
            let harmed = |_: &usize| {
                let cases: Vec<Case> = (0..200).map(|cluster| case(cluster, random)).collect();
                harmful(&cases, 0).is_some()
            };
            let share = (0..TRIALS).filter(harmed).count() as f64 / TRIALS as f64;
            println!("{held_out} held out, {leaving} leave: stopped in {share:.3}");
            assert!(share <= at_most(0.025, TRIALS), "{share}");
        }
    }
}
