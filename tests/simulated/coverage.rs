//! Whether intervals hold the truth as often as they say.

use hearten::{
    reason::Reason,
    trial::{Missing, Moderator, Outcome, Sample, naive},
};

use crate::school::{ALL_AT_ONCE, Chances, PLAIN, School};

/// Of so many trials the share that covers is off by 0.7 points, one standard error.
const TRIALS: u64 = 1000;
const OUTCOMES: [Outcome; 4] = [Outcome::Success, Outcome::Left, Outcome::Rapid, Outcome::Remembered];

/// The primary interval covers in 93 to 97 of 100 trials: the nominal 95 give or take 2.9 standard errors. The other outcomes
/// are rare events: 92 to 99.
fn covers(name: &str, school: School) {
    covers_in(name, school, [0.93, 0.97]);
}

fn covers_in(name: &str, school: School, primary: [f64; 2]) {
    let truth = school.truth(&OUTCOMES);
    let mut covered = [0.0; 4];
    let mut sums = [[0.0; 2]; 4];
    for seed in 1..=TRIALS {
        let cases = school.trial(Reason::ErrorRun, seed);
        let sample = Sample::new(&cases);
        for (place, outcome) in OUTCOMES.into_iter().enumerate() {
            let effect = sample.effect(outcome).unwrap();
            covered[place] += f64::from(u8::from((effect.low..=effect.high).contains(&truth[place])));
            sums[place][0] += effect.value;
            sums[place][1] += effect.value * effect.value;
        }
    }
    let trials = TRIALS as f64;
    for (place, outcome) in OUTCOMES.into_iter().enumerate() {
        let (share, [mean, square]) = (covered[place] / trials, sums[place].map(|sum| sum / trials));
        println!("{name:<14}{:<12}truth {:+.4} mean {mean:+.4} covered {share:.3}", outcome.name(), truth[place]);
        let [least, most] = if outcome == Outcome::Success { primary } else { [0.92, 0.99] };
        assert!((least..=most).contains(&share), "{name}, {}: {share}", outcome.name());
        // The truth is itself known to about 0.001.
        let noise = 0.001 + 3.09 * ((square - mean * mean) / trials).sqrt();
        assert!((mean - truth[place]).abs() < noise, "{name}, {}: {mean} for {}", outcome.name(), truth[place]);
    }
}

#[test]
fn in_a_plain_school() {
    covers("plain", PLAIN);
    covers("no effect", PLAIN.without_effect());
}

#[test]
fn after_bad_runs_that_pass_by_themselves() {
    covers("bad runs", School { bad_runs: true, ..PLAIN });
}

#[test]
fn when_those_who_fail_leave_and_messages_change_that() {
    covers("drop-out", School { informative: true, leaving: -0.8, ..PLAIN });
}

#[test]
fn when_everybody_gets_better_with_time() {
    covers("trend", School { trend: 0.4, ..PLAIN });
}

#[test]
fn when_chances_change_with_the_learner() {
    covers("chances", School { chances: Chances::Adaptive, help_by_ability: 0.5, ..PLAIN });
}

#[test]
fn with_all_of_that_at_once() {
    covers("all", ALL_AT_ONCE);
    covers("all, no effect", ALL_AT_ONCE.without_effect());
}

#[test]
fn of_few_learners() {
    covers("16 learners", School { learners: 16, decisions: 12, ..ALL_AT_ONCE });
    // Down to as few as are told of: the correction for small samples errs on the careful side.
    covers_in("8 learners", School { learners: 8, decisions: 20, ..ALL_AT_ONCE }, [0.93, 0.99]);
    covers_in("5 learners", School { learners: 5, decisions: 40, ..ALL_AT_ONCE }, [0.93, 0.99]);
    covers_in("5 classes", School { learners: 100, decisions: 3, class: 20, ..ALL_AT_ONCE }, [0.93, 0.99]);
}

#[test]
fn of_classes_randomised_as_one() {
    covers("classes", School { learners: 240, decisions: 3, class: 8, ..ALL_AT_ONCE });
}

/// Each group's interval against its own truth, which a trial of very many learners tells.
#[test]
fn of_wordings_and_of_thirds_by_ability() {
    // Wordings are chosen by ability, and so does the effect depend on it: what the weights are for.
    let school = School { learners: 90, help_by_ability: 0.6, ..ALL_AT_ONCE };
    let truth = school.truth(&[Outcome::Success])[0];
    let cases = School { learners: 60_000, ..school }.trial(Reason::ErrorRun, 0);
    let all = Sample::new(&cases);
    let by_third = all.effects(Outcome::Success, &Moderator::Ability.groups(&all));
    let by_third: Vec<f64> = by_third.into_iter().map(|effect| effect.unwrap().value).collect();
    let trials = 1000;
    let (mut wording, mut thirds) = (0.0, [0.0; 3]);
    for seed in 1..=trials {
        let cases = school.trial(Reason::ErrorRun, seed);
        let effect = Sample::wording(&cases, 1).effect(Outcome::Success).unwrap();
        wording += f64::from(u8::from((effect.low..=effect.high).contains(&truth)));
        let sample = Sample::new(&cases);
        let effects = sample.effects(Outcome::Success, &Moderator::Ability.groups(&sample));
        for ((count, effect), truth) in thirds.iter_mut().zip(effects).zip(&by_third) {
            let effect = effect.unwrap();
            *count += f64::from(u8::from((effect.low..=effect.high).contains(truth)));
        }
    }
    let shares = [wording, thirds[0], thirds[1], thirds[2]].map(|count| count / trials as f64);
    println!(
        "wording {:.3}, thirds {:.3} {:.3} {:.3}; truths {truth:+.4} {by_third:+.4?}",
        shares[0], shares[1], shares[2], shares[3]
    );
    // Cut points that move from trial to trial blur the thirds' truths a little.
    assert!(shares.iter().all(|share| (0.93..=0.97).contains(share)), "{shares:?}");
}

#[test]
fn before_and_after_is_fooled() {
    let school = School { bad_runs: true, ..PLAIN }.without_effect();
    let trials = 400;
    let (mut fooled, mut sum) = (0, 0.0);
    for seed in 1..=trials {
        let cases = school.trial(Reason::ErrorRun, seed);
        let believed = naive(&Sample::new(&cases)).unwrap();
        fooled += u32::from(believed.low > 0.0);
        sum += believed.value;
    }
    println!("before-after: no effect in truth, above zero in {fooled} of {trials}, mean {:+.3}", sum / trials as f64);
    assert!(fooled * 100 >= trials as u32 * 99, "{fooled}");
}

#[test]
fn an_arm_that_is_empty_or_a_single_learner_tells_nothing() {
    let cases = PLAIN.trial(Reason::ErrorRun, 1);
    let effect = |keep: &dyn Fn(&hearten::trial::Case) -> bool| {
        Sample::new(cases.iter().filter(|case| keep(case))).effect(Outcome::Success).unwrap_err()
    };
    assert_eq!(effect(&|case| case.treated), Missing::NothingHeldOut);
    assert_eq!(effect(&|case| !case.treated), Missing::NothingSaid);
    assert_eq!(effect(&|_| false), Missing::NoCases);
    assert_eq!(effect(&|case| case.cluster < 3), Missing::TooFewDecisions);
    let long = School { learners: 4, decisions: 40, ..PLAIN }.trial(Reason::ErrorRun, 1);
    assert_eq!(Sample::new(&long).effect(Outcome::Success).unwrap_err(), Missing::TooFewLearners);
}
