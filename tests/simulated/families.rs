//! How often any of several reasons is wrongly said to do something.

use std::collections::BTreeMap;

use hearten::{
    reason::Reason,
    trial::{Outcome, Report, Sample, Verdict, holm},
};

use crate::{
    at_most,
    school::{ALL_AT_ONCE, School},
};

const REASONS: [Reason; 5] =
    [Reason::ErrorRun, Reason::Comeback, Reason::SlowStruggle, Reason::RapidGuessing, Reason::LongSession];

#[test]
fn five_reasons_without_effect_are_a_false_alarm_in_one_family_of_twenty() {
    let school = School { learners: 40, ..ALL_AT_ONCE.without_effect() };
    let trials = 600;
    let (mut raw, mut adjusted) = (0, 0);
    for seed in 0..trials as u64 {
        let p: Vec<f64> = (0..)
            .zip(REASONS)
            .map(|(place, reason)| {
                let cases = school.trial(reason, seed * 5 + place);
                Sample::new(&cases).effect(Outcome::Success).unwrap().p
            })
            .collect();
        raw += usize::from(p.iter().any(|p| *p < 0.05));
        adjusted += usize::from(holm(&p).iter().any(|p| *p < 0.05));
    }
    let [raw, adjusted] = [raw, adjusted].map(|wrong| wrong as f64 / trials as f64);
    println!("family-wise false alarms: {raw:.3} raw, {adjusted:.3} after Holm");
    assert!(adjusted <= at_most(0.05, trials), "{adjusted}");
    assert!(raw > 0.15, "{raw}: without Holm one in five or so is expected");
}

/// The report says what its parts say.
#[test]
fn the_report_is_made_of_the_same_effects() {
    let school = School { learners: 40, ..ALL_AT_ONCE.without_effect() };
    let cases: Vec<_> = (0..).zip(REASONS).flat_map(|(seed, reason)| school.trial(reason, seed)).collect();
    let report = Report::new(&cases, 0.05);
    assert_eq!(report.reasons.len(), REASONS.len());
    let p: Vec<f64> = report.reasons.iter().map(|primary| primary.told.effect.unwrap().p).collect();
    let adjusted: Vec<f64> = report.reasons.iter().map(|primary| primary.told.adjusted.unwrap()).collect();
    assert_eq!(adjusted, holm(&p));
    for primary in &report.reasons {
        let cases = cases.iter().filter(|case| case.reason.name() == primary.reason);
        assert_eq!(primary.told.effect, Sample::new(cases).effect(Outcome::Success).ok());
        assert_eq!(primary.told.verdict != Verdict::NoEffectShown, primary.told.adjusted.unwrap() < 0.05);
    }
}

/// Every table is a family of its own.
#[test]
fn no_table_raises_a_false_alarm_more_often_than_it_says() {
    let school = School { learners: 100, ..ALL_AT_ONCE.without_effect() };
    let trials = 250;
    let mut wrong: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 0..trials as u64 {
        let cases: Vec<_> =
            (0..).zip(&REASONS[..2]).flat_map(|(n, reason)| school.trial(*reason, 7 * seed + n)).collect();
        for table in Report::new(&cases, 0.05).tables {
            let alarm = table.lines.iter().any(|line| matches!(line.told.verdict, Verdict::Helps | Verdict::Harms));
            *wrong.entry(table.name).or_default() += usize::from(alarm);
        }
    }
    println!("tables with a false alarm, of {trials}: {wrong:?}");
    assert_eq!(wrong.len(), 5);
    assert!(wrong.values().all(|wrong| *wrong as f64 / trials as f64 <= at_most(0.05, trials)), "{wrong:?}");
}
