//! What a trial tells of wordings that were drawn with chances that changed all the while.

use hearten::{
    learner::AgeBand,
    statistics::{Sums, Wording},
    trial::{Case, DETECTABLE, Followed, Outcome, Report, Sample},
};

use super::school::{REASON, School, normal};

const RUNS: u64 = 400;
const DAYS: u64 = 40;
const WORDINGS: u8 = 4;
const SILENCE: f64 = 0.3;
/// What a wording adds to the chance of a right answer, by kind: what helps one harms the other.
const EFFECTS: [[f64; WORDINGS as usize]; 2] = [[0.12, 0.04, 0.0, -0.03], [-0.06, 0.04, 0.0, 0.08]];
/// The kinds differ by themselves, and everybody gets better with time.
const USUAL: [f64; 2] = [0.35, 0.6];
const TREND: f64 = 0.1;

fn right(kind: usize, said: Option<u8>, day: u64) -> f64 {
    let effect = said.map_or(0.0, |wording| EFFECTS[kind][usize::from(wording)]);
    USUAL[kind] + effect + TREND * day as f64 / DAYS as f64
}

/// A decision of each kind is as likely, on any day. Mean success with a wording, or with none, by trying all of very many.
fn truth(said: Option<u8>) -> f64 {
    let random = &mut fastrand::Rng::with_seed(0);
    let tries = 1_000_000;
    let sum: f64 = (0..tries)
        .map(|at| (right(at % 2, said, at as u64 / 2 % DAYS) + 0.15 * normal(random)).clamp(0.02, 0.98))
        .sum();
    sum / tries as f64
}

/// One trial, and what the sums say of each wording at its end.
fn trial(seed: u64) -> (Vec<Case>, Vec<f64>) {
    let mut school = School::new(seed, &[25, 25], SILENCE, WORDINGS);
    let mut noise = fastrand::Rng::with_seed(!seed);
    let mut cases = Vec::new();
    for day in 0..DAYS {
        school.goes_on(
            |kind, said| right(kind, said, day),
            |pupil, told| {
                let believed = 0.7 * pupil.ability + 0.05 * normal(&mut noise);
                cases.push(Case {
                    tenant: "school".into(),
                    cluster: told.pupil as u64,
                    reason: REASON,
                    wording: (!told.held_out).then_some(told.wording),
                    treated: !told.held_out,
                    propensity: 1.0 - SILENCE,
                    wording_propensity: told.chance.get(),
                    expected: (0.5 + believed).clamp(0.0, 1.0),
                    before: noise.f64(),
                    ability: believed,
                    age_band: AgeBand::Unknown,
                    opportunity: 20 + day as u32,
                    at_secs: None,
                    followed: Followed {
                        stayed: true,
                        opportunities: 5,
                        successes: told.successes,
                        rapid: 0,
                        remembered: None,
                    },
                });
            },
        );
    }
    let worth = |number| {
        let of = |period| school.known.get(Wording { reason: REASON, number, among: None, period }.subject());
        let mut sums: Sums = of(0);
        sums += of(1);
        sums.worth(0.0, 0.0)
    };
    (cases, (0..WORDINGS).map(worth).collect())
}

/// Mean and standard error.
fn summary(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

/// Chances follow what was seen, kinds differ, and all get better with time: whoever is told what is likely then is not like the
/// others. With the chances recorded the effects come out, and without them they do not.
#[test]
fn intervals_of_wordings_hold_the_truth_whatever_was_learnt_meanwhile() {
    let silent = truth(None);
    let truths: Vec<f64> = (0..WORDINGS).map(|wording| truth(Some(wording))).collect();
    let mut told = vec![Vec::new(); truths.len()];
    let (mut covered, mut fooled) = (vec![0.0; truths.len()], vec![Vec::new(); truths.len()]);
    let mut fooled_covered = vec![0.0; truths.len()];
    let mut worths = vec![Vec::new(); truths.len()];
    for seed in 0..RUNS {
        let (cases, worth) = trial(5000 + seed);
        let even: Vec<Case> = cases.iter().map(|case| Case { wording_propensity: 1.0, ..case.clone() }).collect();
        for (place, truth) in truths.iter().enumerate() {
            let effect = |cases| Sample::wording(cases, place as u8).effect(Outcome::Success).unwrap();
            let holds = |effect: &hearten::trial::Effect| (effect.low..=effect.high).contains(&(truth - silent));
            let (weighed, plain) = (effect(&cases), effect(&even));
            covered[place] += f64::from(u8::from(holds(&weighed))) / RUNS as f64;
            fooled_covered[place] += f64::from(u8::from(holds(&plain))) / RUNS as f64;
            told[place].push(weighed.value);
            fooled[place].push(plain.value);
            worths[place].push(worth[place]);
        }
    }
    let mut most_off = 0.0_f64;
    for (place, truth) in truths.iter().enumerate() {
        let ((mean, error), (plain, plain_error)) = (summary(&told[place]), summary(&fooled[place]));
        let ((worth, worth_error), true_effect) = (summary(&worths[place]), truth - silent);
        eprintln!(
            "wording {place}: truth {true_effect:+.4}, weighed {mean:+.4} ± {error:.4} covers {:.3}, not weighed {plain:+.4} covers {:.3}; \
             worth {worth:.4} ± {worth_error:.4} of {truth:.4}",
            covered[place], fooled_covered[place]
        );
        // The truth is itself known to about 0.0002.
        assert!((mean - true_effect).abs() < 0.0005 + 3.3 * error, "{place}: {mean} for {true_effect}");
        assert!((worth - truth).abs() < 0.0005 + 3.3 * worth_error, "{place}: {worth} for {truth}");
        // One standard error of a share of 0.95 in 400 is 0.011.
        assert!((0.914..=0.986).contains(&covered[place]), "{place}: {}", covered[place]);
        most_off = most_off.max((plain - true_effect).abs() / plain_error);
    }
    let all = covered.iter().sum::<f64>() / covered.len() as f64;
    eprintln!("covered over all {all:.4}; not weighed the worst is {most_off:.0} standard errors off");
    assert!((0.93..=0.97).contains(&all), "{all}");
    assert!(most_off > 10.0, "{most_off}");
}

/// What the report says of wordings is that estimate.
#[test]
fn the_report_weighs_wordings_by_their_chances() {
    let (cases, _) = trial(5000);
    let report = Report::new(&cases, DETECTABLE);
    let lines = &report.tables.iter().find(|table| table.name == "wording").unwrap().lines;
    assert_eq!(lines.len(), usize::from(WORDINGS));
    for (line, wording) in lines.iter().zip(0..) {
        let (told, own) =
            (line.told.effect.unwrap(), Sample::wording(&cases, wording).effect(Outcome::Success).unwrap());
        // The report takes cases in another order.
        assert!((told.value - own.value).abs() + (told.error - own.error).abs() < 1e-9, "{told:?} {own:?}");
    }
}
