//! The worked example, as it is printed.

use hearten::trial::{DETECTABLE, Outcome, Report, Verdict};

use crate::example::{SCHOOL, cases};

#[test]
fn the_worked_example() {
    let report = Report::new(&cases(), DETECTABLE);
    insta::assert_snapshot!("the worked example", report.to_string());
    let truth = SCHOOL.truth(&[Outcome::Success, Outcome::Left]);
    println!("truth of the worked example: success {:+.4}, left {:+.4}", truth[0], truth[1]);
    let [first, second, ..] = report.reasons.as_slice() else { panic!("three reasons") };
    let effect = first.told.effect.unwrap();
    assert!((effect.low..=effect.high).contains(&truth[0]));
    assert_eq!((first.told.verdict, second.told.verdict), (Verdict::Helps, Verdict::NoEffectShown));
}
