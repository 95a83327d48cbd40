//! Measures agree with what scikit-learn, SciPy and NumPy say of the same rows, and with plain definitions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use std::sync::atomic::{AtomicUsize, Ordering};

use hearten::measure::{Bootstrap, Errors, Interval, RankCorrelation, Ranked, Survival, Weights};

// Forty rows of eight learners. Every constant below comes from scikit-learn 1.9.1, SciPy 1.17.1 and NumPy 2.4.6, with
//
//     p, y, c, said = np.array(SIXTY_FOURTHS) / 64, np.array(OUTCOMES), np.array(LEARNERS), np.array(SAID)
//     w = np.array(DRAWN)[c]

/// Predictions in 64ths, which are exact in any float.
const SIXTY_FOURTHS: [u8; 40] = [
    55, 47, 44, 0, 49, 64, 5, 17, 35, 47, 35, 40, 58, 47, 25, 44, 40, 61, 3, 44, 2, 40, 25, 12, 9, 26, 52, 26, 26, 38,
    64, 26, 38, 30, 40, 30, 44, 38, 44, 64,
];
const OUTCOMES: [u8; 40] = [
    1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 0,
    1, 0,
];
const LEARNERS: [u32; 40] = [
    1, 6, 1, 5, 0, 2, 4, 0, 6, 0, 2, 6, 4, 4, 7, 0, 3, 7, 6, 6, 2, 6, 6, 4, 2, 3, 4, 5, 7, 5, 2, 7, 1, 3, 2, 5, 3, 2,
    3, 7,
];
/// What the learners said of themselves, one to five.
const SAID: [u8; 40] = [
    5, 3, 3, 1, 5, 5, 1, 3, 4, 3, 3, 4, 3, 4, 2, 5, 4, 5, 1, 4, 1, 2, 3, 1, 3, 1, 5, 2, 4, 4, 3, 4, 5, 3, 3, 3, 3, 5,
    3, 5,
];
const TIMES: [u8; 40] = [
    3, 3, 2, 3, 4, 6, 1, 1, 3, 3, 3, 3, 4, 2, 1, 6, 2, 3, 2, 6, 1, 3, 2, 1, 3, 3, 4, 1, 3, 3, 5, 1, 2, 5, 3, 3, 4, 3,
    3, 6,
];
const EVENTS: [u8; 40] = [
    1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1,
    1, 1,
];
/// How often each learner was drawn in one replicate.
const DRAWN: [u16; 8] = [2, 0, 1, 3, 0, 1, 0, 1];

fn predictions() -> Vec<f32> {
    SIXTY_FOURTHS.iter().map(|&n| f32::from(n) / 64.0).collect()
}

fn bools(column: &[u8]) -> Vec<bool> {
    column.iter().map(|&n| n == 1).collect()
}

/// Every learner once, and as drawn.
fn weightings() -> [Weights; 2] {
    [Weights::ones(8), Weights::from(DRAWN.to_vec())]
}

#[track_caller]
fn near(value: Option<f64>, expected: f64, tolerance: f64) {
    let value = value.expect("a value");
    assert!((value - expected).abs() <= tolerance, "{value} is not {expected}");
}

#[test]
fn auc_is_that_of_scikit_learn() {
    let ranked = Ranked::new(&predictions(), &bools(&OUTCOMES), &LEARNERS);
    // roc_auc_score(y, p), roc_auc_score(y, p, sample_weight=w)
    let expected = [0.7070707070707071, 0.5213903743315508];
    for (weights, expected) in weightings().iter().zip(expected) {
        near(ranked.auc(weights), expected, 1e-12);
    }
}

#[test]
fn log_loss_is_that_of_scikit_learn() {
    // q = np.clip(p, 1e-6, 1 - 1e-6); log_loss(y, q), log_loss(y, q, sample_weight=w)
    let expected = [0.9274745077892682, 1.0177313603174898];
    for (weights, expected) in weightings().iter().zip(expected) {
        near(Errors::new(&predictions(), &bools(&OUTCOMES), &LEARNERS).log_loss(weights), expected, 1e-10);
    }
}

#[test]
fn brier_is_that_of_scikit_learn() {
    // brier_score_loss(y, p), brier_score_loss(y, p, sample_weight=w)
    let expected = [0.23087158203125, 0.2709209735576923];
    for (weights, expected) in weightings().iter().zip(expected) {
        near(Errors::new(&predictions(), &bools(&OUTCOMES), &LEARNERS).brier(weights), expected, 1e-12);
    }
}

#[test]
fn calibration_error_is_that_of_the_bins_by_hand() {
    // A row of n 64ths is in bin ⌊15 n / 64⌋, 64 itself in the last. Per bin, predictions and outcomes summed in 64ths:
    //
    //     bin  rows, in 64ths        every learner once            as drawn
    //       0  0 2 3                   5 −  0·64 →   5             2 −  0·64 →   2
    //       1  5                       5 −  0·64 →   5             none
    //       2  9 12                   21 −  0·64 →  21             9 −  0·64 →   9
    //       3  17                     17 −  1·64 →  47            34 −  2·64 →  94
    //       5  25 25                  50 −  0·64 →  50            25 −  0·64 →  25
    //       6  26 26 26 26           104 −  1·64 →  40           156 −  3·64 →  36
    //       7  30 30                  60 −  2·64 →  68           120 −  4·64 → 136
    //       8  35 35 38 38 38        184 −  2·64 →  56           111 −  1·64 →  47
    //       9  40 40 40 40           160 −  2·64 →  32           160 −  4·64 →  96
    //      10  44 44 44 44 44        220 −  4·64 →  36           352 −  5·64 →  32
    //      11  47 47 47 49           190 −  1·64 → 126           192 −  0·64 → 192
    //      12  52 55                 107 −  2·64 →  21           none
    //      13  58                     58 −  0·64 →  58           none
    //      14  61 64 64 64           253 −  3·64 →  61           253 −  3·64 →  61
    //                                        626 of 40 rows              730 of 39
    let expected = [626.0 / 64.0 / 40.0, 730.0 / 64.0 / 39.0];
    for (weights, expected) in weightings().iter().zip(expected) {
        near(Errors::new(&predictions(), &bools(&OUTCOMES), &LEARNERS).calibration_error(weights), expected, 1e-12);
    }
}

#[test]
fn rank_correlation_is_that_of_scipy() {
    let said: Vec<f32> = SAID.iter().copied().map(f32::from).collect();
    let correlation = RankCorrelation::new(&predictions(), &said, &LEARNERS);
    // spearmanr(p, said).statistic, spearmanr(np.repeat(p, w), np.repeat(said, w)).statistic
    let expected = [0.6375947004500497, 0.5951087176203034];
    for (weights, expected) in weightings().iter().zip(expected) {
        near(correlation.rho(weights), expected, 1e-12);
    }
    let opposite: Vec<f32> = said.iter().map(|said| -said).collect();
    near(RankCorrelation::new(&opposite, &said, &LEARNERS).rho(&Weights::ones(8)), -1.0, 1e-12);
}

#[test]
fn concordance_is_that_of_all_pairs() {
    let (scores, events) = (predictions(), bools(&EVENTS));
    let survival = Survival::new(&scores, &TIMES, &events, &LEARNERS);
    for weights in weightings() {
        let (mut concordant, mut compared) = (0.0, 0.0);
        for short in 0..40 {
            for long in 0..40 {
                let outlasted = TIMES[long] > TIMES[short] || (TIMES[long] == TIMES[short] && !events[long]);
                if !events[short] || !outlasted {
                    continue;
                }
                let weight = f64::from(weights.of(LEARNERS[short])) * f64::from(weights.of(LEARNERS[long]));
                compared += weight;
                concordant += weight
                    * match scores[long].total_cmp(&scores[short]) {
                        std::cmp::Ordering::Greater => 1.0,
                        std::cmp::Ordering::Equal => 0.5,
                        std::cmp::Ordering::Less => 0.0,
                    };
            }
        }
        near(survival.concordance(&weights), concordant / compared, 1e-12);
    }
}

#[test]
fn concordance_of_four_rows_by_hand() {
    // a ends at 1, b is censored at 1, c ends at 2, d is censored at 3. Comparable: ab tied, ac wrong, ad and cd right;
    // neither bc nor bd, for nobody knows how long b would have lasted.
    let survival = Survival::new(&[0.4, 0.4, 0.1, 0.9], &[1, 1, 2, 3], &[true, false, true, false], &[0, 1, 2, 3]);
    near(survival.concordance(&Weights::ones(4)), 2.5 / 4.0, 1e-12);
    // With c twice: ac counts twice, cd too.
    near(survival.concordance(&Weights::from(vec![1, 1, 2, 1])), 3.5 / 6.0, 1e-12);
    // Without a only cd is left.
    near(survival.concordance(&Weights::from(vec![0, 1, 1, 1])), 1.0, 1e-12);
    // Without an event nothing is.
    assert_eq!(survival.concordance(&Weights::from(vec![0, 1, 0, 1])), None);
}

#[test]
fn a_confident_mistake_costs_a_bounded_log_loss() {
    let cost = 1e6_f64.ln();
    near(Errors::new(&[0.0], &[true], &[0]).log_loss(&Weights::ones(1)), cost, 1e-9);
    near(Errors::new(&[1.0], &[false], &[0]).log_loss(&Weights::ones(1)), cost, 1e-9);
}

#[test]
fn what_says_nothing_measures_nothing() {
    let (one, none) = (Weights::ones(1), Weights::from(vec![0]));
    let all = |scores: &[f32], outcomes: &[bool], clusters: &[u32], weights: &Weights| {
        let numbers: Vec<f32> = outcomes.iter().map(|&outcome| f32::from(u8::from(outcome))).collect();
        let times = vec![1; outcomes.len()];
        [
            Ranked::new(scores, outcomes, clusters).auc(weights),
            Survival::new(scores, &times, outcomes, clusters).concordance(weights),
            RankCorrelation::new(scores, &numbers, clusters).rho(weights),
            Errors::new(scores, outcomes, clusters).log_loss(weights),
            Errors::new(scores, outcomes, clusters).brier(weights),
            Errors::new(scores, outcomes, clusters).calibration_error(weights),
        ]
    };
    // However short, what is left would do.
    let (scores, outcomes, clusters) = ([0.2, 0.7, 0.9], [true, false, true], [0, 0, 0]);
    assert!(all(&scores, &outcomes, &clusters, &one).iter().all(Option::is_some));
    assert!(all(&scores[..2], &outcomes[..2], &clusters[..2], &one).iter().all(Option::is_some));

    let nothing = [None; 6];
    assert_eq!(all(&scores, &outcomes, &clusters, &none), nothing, "no weight");
    assert_eq!(all(&scores, &outcomes, &[1, 1, 1], &one), nothing, "unknown clusters");
    assert_eq!(all(&[0.2, 0.7, f32::NAN], &outcomes, &clusters, &one), nothing, "not a number");
    assert_eq!(all(&scores[..2], &outcomes, &clusters, &one), nothing, "a score short");
    assert_eq!(all(&scores, &outcomes[..2], &clusters, &one), nothing, "an outcome short");
    assert_eq!(all(&scores, &outcomes, &clusters[..2], &one), nothing, "a cluster short");
    assert_eq!(all(&[], &[], &[], &one), nothing, "no rows");
    let short = Survival::new(&scores[..2], &[1, 1], &outcomes, &clusters[..2]);
    assert_eq!(short.concordance(&one), None, "a time short");
    assert_eq!(Ranked::new(&[0.2, 0.7], &[true, true], &[0, 0]).auc(&one), None, "one class");
    assert_eq!(RankCorrelation::new(&[0.2, 0.7], &[3.0, 3.0], &[0, 0]).rho(&one), None, "all alike");
}

#[test]
fn a_seed_draws_the_same_again() {
    let ranked = Ranked::new(&predictions(), &bools(&OUTCOMES), &LEARNERS);
    let interval = |seed| Bootstrap::new(8, 200, seed).interval(|weights| ranked.auc(weights)).unwrap();
    assert_eq!(interval(1), interval(1));
    assert_ne!(interval(1), interval(2));
    let Interval { low, high } = interval(1);
    assert!(low < 0.7070707070707071 && high > 0.7070707070707071, "{low} {high}");
}

#[test]
fn every_replicate_draws_as_many_as_there_are() {
    let drawn = |weights: &Weights| Some((0..30).map(|cluster| f64::from(weights.of(cluster))).sum());
    assert_eq!(Bootstrap::new(30, 50, 3).interval(drawn), Some(Interval { low: 30.0, high: 30.0 }));
}

#[test]
fn percentiles_are_those_of_numpy() {
    // np.percentile([3, -1.5, 8.25, 0, 4, 4, 10.5], [2.5, 97.5]); whichever replicate meets which value.
    let (values, next) = ([3.0, -1.5, 8.25, 0.0, 4.0, 4.0, 10.5], AtomicUsize::new(0));
    let interval = Bootstrap::new(1, 7, 0).interval(|_| Some(values[next.fetch_add(1, Ordering::Relaxed)])).unwrap();
    near(Some(interval.low), -1.275, 1e-12);
    near(Some(interval.high), 10.1625, 1e-12);
}

#[test]
fn an_interval_needs_half_of_the_replicates() {
    let with = |sound: usize| {
        let next = AtomicUsize::new(0);
        let metric = |_: &Weights| (next.fetch_add(1, Ordering::Relaxed) < sound).then_some(1.0);
        Bootstrap::new(1, 10, 0).interval(metric)
    };
    assert_eq!(with(5), Some(Interval { low: 1.0, high: 1.0 }));
    assert_eq!(with(4), None);
    assert_eq!(Bootstrap::new(1, 0, 0).interval(|_| Some(1.0)), None);
}

#[test]
fn the_interval_of_a_mean_is_the_analytic_one_of_clusters_not_of_rows() {
    // Each learner has five equal rows, worth no more than one: np.mean(x) ± 1.96 np.std(x) / √n, n counting learners.
    let mut random = fastrand::Rng::with_seed(11);
    let learners: Vec<f32> = (0..1000).map(|_| random.f32()).collect();
    let clusters: Vec<u32> = (0..5000).map(|row| row / 5).collect();
    let rows: Vec<f32> = clusters.iter().map(|&cluster| learners[cluster as usize]).collect();
    let squares: Vec<f64> = learners.iter().map(|&x| f64::from(x).powi(2)).collect();
    let mean = squares.iter().sum::<f64>() / 1000.0;
    let variance = squares.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 1000.0;
    let reach = 1.96 * (variance / 1000.0).sqrt();

    // With nothing true, the Brier score is the mean of squares.
    let metric = |weights: &Weights| Errors::new(&rows, &[false; 5000], &clusters).brier(weights);
    let interval = Bootstrap::new(1000, 2000, 5).interval(metric).unwrap();
    near(Some(interval.low), mean - reach, 0.08 * reach);
    near(Some(interval.high), mean + reach, 0.08 * reach);
}

#[test]
fn a_model_differs_from_itself_by_nothing() {
    let (scores, outcomes) = (predictions(), bools(&OUTCOMES));
    let doubled: Vec<f32> = scores.iter().map(|score| score * 2.0).collect();
    let (a, b) = (Ranked::new(&scores, &outcomes, &LEARNERS), Ranked::new(&doubled, &outcomes, &LEARNERS));
    let difference = |weights: &Weights| Some(a.auc(weights)? - b.auc(weights)?);
    let interval = Bootstrap::new(8, 200, 9).interval(difference);
    assert_eq!(interval, Some(Interval { low: 0.0, high: 0.0 }));
}
