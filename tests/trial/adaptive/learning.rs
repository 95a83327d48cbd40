//! What comes of it in schools: the best wordings are found, none is given up, a shift is followed, kinds lend from each other.

use super::school::{FLOOR, PERIOD_DAYS, School, leader};

/// Mean success shares of six wordings: the best is better by a quarter of an answer in five.
const SHARES: [f64; 6] = [0.50, 0.50, 0.51, 0.55, 0.49, 0.47];
const BEST: usize = 3;
const SCHOOLS: u64 = 100;

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Two periods, sixty decisions a day: 3,360. In the second period every wording still comes, and no less often than the floor
/// says.
#[test]
fn the_best_is_found_and_none_is_given_up() {
    let (mut led, mut better, mut gain, mut chance) = (0, 0, 0.0, 0.0);
    let (mut late, mut least) = ([0.0; 6], 1.0_f64);
    for seed in 0..SCHOOLS {
        let mut school = School::new(seed, &[60], 0.0, 6);
        let (mut total, mut realised) = (0.0, [0.0; 6]);
        for day in 0..2 * PERIOD_DAYS {
            let right = |_, said: Option<u8>| SHARES[usize::from(said.unwrap())];
            school.goes_on(right, |_, told| {
                assert!(told.chances.iter().all(|chance| *chance >= FLOOR));
                total += SHARES[usize::from(told.wording)] - mean(&SHARES);
                realised[usize::from(told.wording)] += f64::from(u8::from(day >= PERIOD_DAYS));
            });
        }
        let chances = school.chances_of(0);
        led += u32::from(leader(&chances) == BEST);
        chance += f64::from(chances[BEST]) / 256.0 / SCHOOLS as f64;
        better += u32::from(total > 0.0);
        gain += total / (2 * PERIOD_DAYS * 60) as f64 / SCHOOLS as f64;
        for (late, realised) in late.iter_mut().zip(realised) {
            let share = realised / (PERIOD_DAYS * 60) as f64;
            least = least.min(share);
            *late += share / SCHOOLS as f64;
        }
    }
    eprintln!("best leads in {led} of {SCHOOLS}, chance {chance:.3}; better than rotation in {better} by {gain:+.4}");
    eprintln!("shares in the second period {late:.3?}, the least in any school {least:.4}");
    assert!(led >= 95 && better >= 95 && gain > 0.01, "{led} {better} {gain}");
    let floor = f64::from(FLOOR) / 256.0;
    // Six wordings in a hundred schools: the least of 600 is hardly 4.5 standard deviations below.
    let noise = 4.5 * (floor * (1.0 - floor) / (PERIOD_DAYS * 60) as f64).sqrt();
    assert!(late.iter().all(|share| *share >= floor) && least >= floor - noise, "{late:?} {least}");
}

/// Wordings that differ by a tenth of an answer in five: two periods of sixty decisions a day do not always tell which is best. What
/// is drawn is the better for it all the same.
#[test]
fn small_differences_are_told_less_often() {
    let small = [0.50, 0.50, 0.505, 0.52, 0.495, 0.49];
    let schools = 3 * SCHOOLS;
    let (mut led, mut better, mut gain) = (0, 0, 0.0);
    for seed in 0..schools {
        let mut school = School::new(4000 + seed, &[60], 0.0, 6);
        let mut total = 0.0;
        for _ in 0..2 * PERIOD_DAYS {
            let right = |_, said: Option<u8>| small[usize::from(said.unwrap())];
            school.goes_on(right, |_, told| total += small[usize::from(told.wording)] - mean(&small));
        }
        led += u32::from(leader(&school.chances_of(0)) == BEST);
        better += u32::from(total > 0.0);
        gain += total / (2 * PERIOD_DAYS * 60) as f64 / schools as f64;
    }
    eprintln!("small differences: best leads in {led} of {schools}; better than rotation in {better} by {gain:+.4}");
    assert!(led >= 180 && better >= 240 && gain > 0.001, "{led} {better} {gain}");
}

/// The best changes on day 40, in the midst of a period. Two periods later nothing from before is left in the sums.
#[test]
fn a_shift_is_followed_within_two_periods() {
    let shift = 40;
    let mut after = SHARES;
    after.swap(BEST, 5);
    let (mut led_before, mut led_soon, mut led) = (0, 0, 0);
    for seed in 0..SCHOOLS {
        let mut school = School::new(1000 + seed, &[60], 0.0, 6);
        for day in 0..shift + 2 * PERIOD_DAYS {
            if day == shift {
                led_before += u32::from(leader(&school.chances_of(0)) == BEST);
            }
            if day == shift + PERIOD_DAYS {
                led_soon += u32::from(leader(&school.chances_of(0)) == 5);
            }
            let now = if day < shift { SHARES } else { after };
            school.goes_on(|_, said| now[usize::from(said.unwrap())], |_, _| ());
        }
        led += u32::from(leader(&school.chances_of(0)) == 5);
    }
    eprintln!(
        "old best led in {led_before}; new best leads after 28 days in {led_soon}, after 56 in {led} of {SCHOOLS}"
    );
    assert!(led_before >= 90 && led >= 90, "{led_before} {led}");
}

/// Three decisions a day among a hundred of others who are alike, against a school of their own.
#[test]
fn a_kind_with_few_learners_lends_from_the_others() {
    let schools = 40;
    let right = |_, said: Option<u8>| SHARES[usize::from(said.unwrap())];
    let worth = |school: &School, kind| {
        let chances = school.chances_of(kind);
        chances.iter().zip(SHARES).map(|(chance, share)| f64::from(*chance) / 256.0 * share).sum::<f64>()
    };
    let (mut nearer, mut pooled, mut alone) = (0, 0.0, 0.0);
    for seed in 0..schools {
        let mut among = School::new(2000 + seed, &[100, 3], 0.0, 6);
        let mut own = School::new(2000 + seed, &[0, 3], 0.0, 6);
        for _ in 0..14 {
            among.goes_on(right, |_, _| ());
            own.goes_on(right, |_, _| ());
        }
        let (with, without) = (worth(&among, 1), worth(&own, 1));
        nearer += u32::from(with > without);
        pooled += (with - mean(&SHARES)) / schools as f64;
        alone += (without - mean(&SHARES)) / schools as f64;
    }
    eprintln!("42 decisions: better pooled in {nearer} of {schools}; gain {pooled:+.4} pooled, {alone:+.4} alone");
    assert!(nearer * 10 >= 9 * schools as u32 && pooled > 2.0 * alone, "{nearer} {pooled} {alone}");
}

/// The best of one kind is the worst of the other.
#[test]
fn a_kind_that_truly_differs_comes_to_differ() {
    let mut other = SHARES;
    other.swap(BEST, 5);
    let schools = 50;
    let (mut led, mut led_other) = (0, 0);
    for seed in 0..schools {
        let mut school = School::new(3000 + seed, &[60, 40], 0.0, 6);
        for _ in 0..2 * PERIOD_DAYS {
            let right = |kind: usize, said: Option<u8>| [SHARES, other][kind][usize::from(said.unwrap())];
            school.goes_on(right, |_, _| ());
        }
        led += u32::from(leader(&school.chances_of(0)) == BEST);
        led_other += u32::from(leader(&school.chances_of(1)) == 5);
    }
    eprintln!("kinds that differ: each led by its own best in {led} and {led_other} of {schools}");
    assert!(led * 10 >= 9 * schools as u32 && led_other * 10 >= 9 * schools as u32, "{led} {led_other}");
}
