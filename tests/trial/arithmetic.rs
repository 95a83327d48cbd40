//! The arithmetic of trials, piece by piece.

use std::sync::Arc;

use hearten::{
    learner::AgeBand,
    reason::Reason,
    trial::{
        Case, DETECTABLE, Followed, Groups, Missing, Moderator, Outcome, Report, Sample, harmful, holm, look, looks,
        more, planned, quantile,
    },
};

/// A case whose controls never change.
fn case(cluster: u64, treated: bool, successes: u8) -> Case {
    Case {
        tenant: "school".into(),
        cluster,
        reason: Reason::ErrorRun,
        wording: treated.then_some(0),
        treated,
        propensity: 0.6,
        wording_propensity: 1.0,
        expected: 0.5,
        before: 0.2,
        ability: 0.0,
        age_band: AgeBand::Unknown,
        opportunity: 20,
        at_secs: None,
        followed: Followed { stayed: true, opportunities: 5, successes, rapid: 0, remembered: None },
    }
}

/// Cases of all sorts: `learners` with one to nine each.
fn mixed(learners: u64, seed: u64) -> Vec<Case> {
    let random = &mut fastrand::Rng::with_seed(seed);
    let tenants: [Arc<str>; 2] = ["a".into(), "b".into()];
    let mut cases = Vec::new();
    for cluster in 0..learners {
        for _ in 0..random.u32(1..10) {
            let treated = random.f64() < 0.6;
            let opportunities = random.u8(0..6);
            let followed = Followed {
                stayed: opportunities == 5,
                opportunities,
                successes: random.u8(0..=opportunities),
                rapid: random.u8(0..=opportunities),
                remembered: [None, Some(false), Some(true)][random.usize(0..3)],
            };
            cases.push(Case {
                tenant: tenants[cluster as usize % 2].clone(),
                wording: treated.then(|| random.u8(0..2)),
                wording_propensity: if treated { 0.5 } else { 1.0 },
                propensity: 0.4 + 0.4 * random.f64(),
                expected: random.f64(),
                before: random.f64(),
                ability: 2.0 * random.f64() - 1.0,
                age_band: AgeBand::ALL[random.usize(0..5)],
                opportunity: random.u32(0..300),
                followed,
                ..case(cluster, treated, 0)
            });
        }
    }
    cases
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9 * (1.0 + a.abs()), "{a} and {b}");
}

#[test]
fn with_one_chance_and_without_controls_the_effect_is_the_difference_in_means() {
    let random = &mut fastrand::Rng::with_seed(1);
    let cases: Vec<Case> = (0..200).map(|at| case(at / 4, random.bool(), random.u8(0..6))).collect();
    let mean = |treated: bool| {
        let arm: Vec<f64> =
            cases.iter().filter(|case| case.treated == treated).map(|case| Outcome::Success.of(case)).collect();
        arm.iter().sum::<f64>() / arm.len() as f64
    };
    let sample = Sample::new(&cases);
    let effect = sample.effect(Outcome::Success).unwrap();
    near(effect.value, mean(true) - mean(false));
    // Controls that never change are no parameters: 50 learners less two.
    near(effect.freedom, 48.0);
    let wording = Sample::wording(&cases, 0).effect(Outcome::Success).unwrap();
    near(wording.value, effect.value);
    near(wording.error, effect.error);
}

#[test]
fn the_error_is_that_of_leaving_out_one_learner_after_another() {
    let cases: Vec<Case> = mixed(30, 2).into_iter().map(|case| Case { propensity: 0.6, ..case }).collect();
    let effect = |without: Option<u64>| {
        let kept = cases.iter().filter(|case| Some(case.cluster) != without);
        Sample::new(kept).effect(Outcome::Success).unwrap()
    };
    let all = effect(None);
    let changes = (0..30).map(|cluster| (effect(Some(cluster)).value - all.value).powi(2));
    near(all.error, changes.sum::<f64>().sqrt());
}

#[test]
fn weights_undo_chances_that_differ() {
    // Of the able two thirds are told, and they do better anyway; of the others one third. The message does nothing.
    let mut cases = Vec::new();
    for cluster in 0..60 {
        for turn in 0..3 {
            let able = cluster % 2 == 0;
            let propensity = if able { 2.0 / 3.0 } else { 1.0 / 3.0 };
            let treated = if able { turn > 0 } else { turn == 0 };
            // Noise that is the same in both arms.
            let successes = if able { 4 } else { 1 } + u8::from((cluster / 2 + turn) % 3 == 0);
            cases.push(Case { propensity, ..case(cluster, treated, successes) });
        }
    }
    let effect = Sample::new(&cases).effect(Outcome::Success).unwrap();
    near(effect.value + 1.0, 1.0);
}

#[test]
fn the_order_of_cases_changes_nothing() {
    let cases = mixed(40, 3);
    let report = Report::new(&cases, DETECTABLE).to_string();
    let random = &mut fastrand::Rng::with_seed(4);
    for _ in 0..5 {
        let mut other = cases.clone();
        random.shuffle(&mut other);
        assert_eq!(Report::new(&other, DETECTABLE).to_string(), report);
    }
}

#[test]
fn a_control_in_other_units_changes_nothing() {
    let cases = mixed(40, 5);
    let scaled: Vec<Case> =
        cases.iter().map(|case| Case { ability: 3.0 + 1e4 * case.ability, ..case.clone() }).collect();
    let [a, b] = [&cases, &scaled].map(|cases| Sample::new(cases).effect(Outcome::Success).unwrap());
    near(a.value, b.value);
    near(a.error, b.error);
}

#[test]
fn a_control_that_repeats_another_changes_nothing() {
    let cases = mixed(40, 6);
    let constant: Vec<Case> = cases.iter().map(|case| Case { before: 0.5, ..case.clone() }).collect();
    let repeated: Vec<Case> = cases.iter().map(|case| Case { before: case.expected, ..case.clone() }).collect();
    let [a, b] = [&constant, &repeated].map(|cases| Sample::new(cases).effect(Outcome::Left).unwrap());
    near(a.value, b.value);
    near(a.error, b.error);
    near(a.freedom, b.freedom);
}

#[test]
fn learners_of_two_tenants_with_the_same_number_are_two() {
    let mut cases = mixed(20, 7);
    cases.iter_mut().for_each(|case| case.cluster /= 2);
    assert_eq!(Sample::new(&cases).tally().clusters, 20);
}

#[test]
fn groups_have_all_cases_between_them_and_thirds_are_thirds() {
    let cases = mixed(60, 8);
    let sample = Sample::new(&cases);
    for moderator in Moderator::ALL {
        let groups = moderator.groups(&sample);
        let tallies = groups.tallies(&sample);
        assert_eq!(tallies.iter().map(|tally| tally.said + tally.held_out).sum::<usize>(), cases.len());
        if moderator == Moderator::Ability {
            let sizes: Vec<usize> = tallies.iter().map(|tally| tally.said + tally.held_out).collect();
            assert!(sizes.iter().all(|size| size.abs_diff(cases.len() / 3) <= 1), "{sizes:?}");
        }
    }
    assert_eq!(Groups::one(&sample).names, ["all"]);
}

#[test]
fn many_tenants_are_the_largest_and_the_others() {
    let cases: Vec<Case> = (0..300_u64)
        .map(|at| Case {
            tenant: format!("t{:02}", at % 15 * (at % 2)).into(),
            ..case(at, at % 3 == 0, (at % 6) as u8)
        })
        .collect();
    let sample = Sample::new(&cases);
    let names = Moderator::Tenant.groups(&sample).names;
    assert_eq!(names.len(), 13);
    assert_eq!(names.first().unwrap(), "t00");
    assert_eq!(names.last().unwrap(), "others");
}

#[test]
fn chances_of_never_and_always_are_left_out_and_counted() {
    let sound = mixed(30, 9);
    let mut cases = sound.clone();
    let odd = [
        Case { propensity: 0.0, ..case(1, true, 1) },
        Case { propensity: 1.0, ..case(1, true, 1) },
        Case { propensity: f64::NAN, ..case(1, true, 1) },
        Case { wording_propensity: 0.0, ..case(1, true, 1) },
        Case { expected: f64::NAN, ..case(1, true, 1) },
        Case { ability: f64::INFINITY, ..case(1, true, 1) },
        case(1, true, 6),
    ];
    cases.extend(odd);
    let (with, without) = (Report::new(&cases, DETECTABLE), Report::new(&sound, DETECTABLE));
    assert_eq!((with.unusable, without.unusable), (7, 0));
    assert_eq!(with.reasons, without.reasons);
    assert_eq!(with.tables, without.tables);
}

#[test]
fn no_cases_one_arm_and_one_learner_are_told_in_words() {
    let empty = Report::new(&[], DETECTABLE);
    assert!(empty.reasons.is_empty() && empty.tables.is_empty());
    assert!(empty.to_string().contains("Nothing to tell"));
    let said: Vec<Case> = (0..40).map(|at| case(at, true, (at % 6) as u8)).collect();
    assert!(Report::new(&said, DETECTABLE).to_string().contains("nothing was held out"));
    let one: Vec<Case> = (0..40).map(|at| case(7, at % 2 == 0, (at % 6) as u8)).collect();
    assert!(Report::new(&one, DETECTABLE).to_string().contains("too few learners"));
    let same: Vec<Case> = (0..40).map(|at| case(at, at % 2 == 0, 3)).collect();
    assert_eq!(Sample::new(&same).effect(Outcome::Success), Err(Missing::NoVariation));
    for cases in [said, one, same] {
        let report = Report::new(&cases, DETECTABLE);
        assert!(!report.to_string().contains("NaN"));
        assert!(!serde_json::to_string(&report).unwrap().contains("NaN"));
        assert_eq!(harmful(&cases, 0), None);
    }
}

/// Nothing does more harm than what everybody runs away from.
#[test]
fn the_largest_harm_is_told_and_stopped_though_nothing_varies() {
    let cases = |count: u64, of_five: [u8; 2], stayed: [bool; 2]| -> Vec<Case> {
        let told = |at: u64| {
            let (treated, side) = (!at.is_multiple_of(3), usize::from(!at.is_multiple_of(3)));
            let followed = Followed {
                stayed: stayed[side],
                opportunities: 5,
                successes: of_five[side],
                rapid: 0,
                remembered: None,
            };
            Case { followed, ..case(at, treated, 0) }
        };
        (0..count).map(told).collect()
    };
    for (cases, outcome, whole) in [
        (cases(200, [3, 3], [true, false]), Outcome::Left, 1.0),
        (cases(200, [5, 0], [true, true]), Outcome::Success, -1.0),
    ] {
        let effect = Sample::new(&cases).effect(outcome).unwrap();
        assert!((effect.value - whole).abs() < 0.05 && effect.low < whole && whole < effect.high, "{effect:?}");
        let harm = harmful(&cases, 0).unwrap();
        assert_eq!(harm.outcome, outcome);
        assert!(harm.bound.abs() > 0.9);
        assert!(Report::new(&cases, DETECTABLE).to_string().contains("harms"));
    }
    let fewer = Sample::new(&cases(30, [3, 3], [true, false])).effect(Outcome::Left).unwrap();
    let more = Sample::new(&cases(300, [3, 3], [true, false])).effect(Outcome::Left).unwrap();
    assert!(fewer.error > 5.0 * more.error, "{fewer:?} {more:?}");
    let neither = cases(200, [3, 3], [true, true]);
    assert_eq!(Sample::new(&neither).effect(Outcome::Left), Err(Missing::NoVariation));
    // Of classes that are randomised as one, a few that differ by chance are not as many decisions.
    let class = |case: &Case| Case { cluster: u64::from(case.treated) * 2 + case.cluster % 5 / 2, ..case.clone() };
    let classes: Vec<Case> = cases(200, [3, 3], [true, false]).iter().map(class).collect();
    assert_eq!(Sample::new(&classes).tally().clusters, 5);
    assert_eq!(harmful(&classes, 0), None);
    assert_eq!(harmful(&neither, 0), None);
}

#[test]
fn holm_is_monotone_and_lies_between_the_raw_p_and_bonferroni() {
    // Holm 1979's steps by hand: 0.005·4, 0.01·3, 0.03·2, and 0.04·1 raised to the one before it.
    let adjusted = holm(&[0.01, 0.04, 0.03, 0.005]);
    adjusted.iter().zip([0.03, 0.06, 0.06, 0.02]).for_each(|(a, b)| near(*a, b));
    assert_eq!(holm(&[]), Vec::<f64>::new());
    let random = &mut fastrand::Rng::with_seed(10);
    for _ in 0..200 {
        let p: Vec<f64> = (0..random.usize(1..12)).map(|_| random.f64().powi(3)).collect();
        let adjusted = holm(&p);
        for (a, adjusted_a) in p.iter().zip(&adjusted) {
            assert!(*adjusted_a >= *a && *adjusted_a <= (a * p.len() as f64).min(1.0));
            assert!(p.iter().zip(&adjusted).all(|(b, adjusted_b)| a > b || adjusted_a <= adjusted_b));
        }
    }
}

/// From the printed table, three decimals.
#[test]
fn quantiles_of_student_are_those_of_the_table() {
    let table = [
        (1.0, [6.314, 12.706, 63.657]),
        (2.0, [2.920, 4.303, 9.925]),
        (5.0, [2.015, 2.571, 4.032]),
        (10.0, [1.812, 2.228, 3.169]),
        (30.0, [1.697, 2.042, 2.750]),
        (120.0, [1.658, 1.980, 2.617]),
        (1e6, [1.645, 1.960, 2.576]),
    ];
    for (freedom, values) in table {
        for (chance, value) in [0.95, 0.975, 0.995].into_iter().zip(values) {
            let found = quantile(chance, freedom);
            assert!((found - value).abs() <= 0.000_51, "{freedom} {chance}: {found}");
        }
    }
}

#[test]
fn looks_come_at_doublings() {
    let at = |cases| looks(cases).map(|(_, count)| count).collect::<Vec<usize>>();
    assert!(at(199).is_empty());
    assert_eq!(at(200), [200]);
    assert_eq!(at(399), [200]);
    assert_eq!(at(1_700), [200, 400, 800, 1_600]);
    assert!(looks(1_700).map(|(look, _)| look).eq(0..4));
    assert_eq!(at(usize::MAX).len(), 57);
}

/// Whatever becomes of old cases, a look is made once: so all of them together are wrong as seldom as is promised.
#[test]
fn no_look_is_made_twice() {
    let cases: Vec<Case> =
        (0..450).map(|n| Case { at_secs: Some(n), ..case(n % 40, n % 3 > 0, (n % 6) as u8) }).collect();
    let all = look(&cases, |_, _| true, |_, _, _| false);
    assert_eq!(all.iter().map(|look| look.number).collect::<Vec<_>>(), [0, 1]);
    assert!(all.iter().all(|look| look.harm.is_none() && look.reason == Reason::ErrorRun));
    // Retention takes the oldest, and the first 200 are others then.
    let later = look(&cases[50..], |_, _| true, |_, _, number| number < 2);
    assert_eq!(later, []);
    assert_eq!(look(&cases, |_, _| false, |_, _, _| false), []);
    // Harm ends it.
    let harm: Vec<Case> =
        (0..450).map(|n| case(n % 40, n % 3 > 0, if n % 3 > 0 { (n % 2) as u8 } else { 4 })).collect();
    let looks = look(&harm, |_, _| true, |_, _, _| false);
    assert!(looks.len() == 1 && looks[0].harm.is_some(), "{looks:?}");
}

#[test]
fn how_many_it_takes() {
    // An error that finds an effect just so: 0.05 / (1.96 + 0.84).
    assert_eq!(more(1000, 0.05 / 2.801_585, 0.05), Some(0));
    assert_eq!(more(1000, 2.0 * 0.05 / 2.801_585, 0.05), Some(3000));
    assert_eq!(more(1000, 0.02, 0.0), None);
    // 0.3²·2.8016²/(0.05²·0.2·0.8) = 1,765.9
    assert_eq!(planned(0.05, 0.3, 0.2, 1.0), Some(1766));
    assert_eq!(planned(0.05, 0.3, 0.5, 1.0), Some(1131));
}

#[test]
fn a_small_trial_as_a_table() {
    insta::assert_snapshot!("a small trial", Report::new(&mixed(24, 11), DETECTABLE).to_string());
}
