//! Whether a trial of the size that is told finds what it was sized for.

use hearten::{
    reason::Reason,
    trial::{Outcome, Sample, more},
};

use crate::school::{PLAIN, School};

#[test]
fn a_trial_of_the_size_told_finds_its_effect_in_four_of_five() {
    let truth = PLAIN.truth(&[Outcome::Success])[0];
    // A pilot that is far too small; the mean of a hundred, so that its own luck does not decide.
    let pilots: Vec<(usize, f64)> = (1..=100)
        .map(|seed| {
            let cases = School { learners: 20, ..PLAIN }.trial(Reason::ErrorRun, seed);
            (cases.len(), Sample::new(&cases).effect(Outcome::Success).unwrap().error)
        })
        .collect();
    let decisions = pilots.iter().map(|(cases, _)| cases).sum::<usize>() / 100;
    let error = (pilots.iter().map(|(_, error)| error * error).sum::<f64>() / 100.0).sqrt();
    let all = decisions + more(decisions, error, truth).unwrap() as usize;
    // A learner brings five decisions on average.
    let school = School { learners: all / 5, ..PLAIN };
    let found = (1..=600_u64).filter(|seed| {
        let cases = school.trial(Reason::ErrorRun, 1000 + seed);
        Sample::new(&cases).effect(Outcome::Success).unwrap().low > 0.0
    });
    let power = found.count() as f64 / 600.0;
    println!("sized for {truth:.3}: {decisions} decisions in the pilot, {all} in all; found in {power:.3}");
    // Rather more than asked for: of few learners the error comes out a little large.
    assert!((0.75..=0.88).contains(&power), "{power}");
}
