//! Logistic regression with bounded signs: the optimum scikit-learn and scipy find, and nothing that depends on luck.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used, clippy::panic)]

use hearten::estimate::Bound::{self, AtLeastZero, AtMostZero, Free};
use hearten::fit::{Design, Failed, Solution, logistic};

/// Columns, outcome, weight. The second column goes along with the first.
const ROWS: [([f32; 3], bool, f32); 30] = [
    ([2.0, 155.0, 0.0], false, 0.5),
    ([0.5, 120.0, 0.0], false, 2.0),
    ([0.75, 115.0, 0.0], false, 1.0),
    ([1.75, 235.0, 0.0], true, 0.5),
    ([0.25, 170.0, 1.0], false, 0.5),
    ([1.25, 185.0, 0.0], true, 1.0),
    ([1.5, 170.0, 0.0], true, 2.0),
    ([-1.25, 100.0, 0.0], true, 1.0),
    ([-2.0, 25.0, 1.0], false, 1.0),
    ([-0.75, 185.0, 1.0], false, 2.0),
    ([-1.0, 75.0, 1.0], false, 2.0),
    ([1.5, 70.0, 0.0], true, 1.0),
    ([1.75, 205.0, 1.0], false, 1.0),
    ([-2.0, -10.0, 0.0], false, 1.0),
    ([0.0, 175.0, 0.0], true, 0.5),
    ([1.25, 150.0, 0.0], false, 0.5),
    ([-1.5, -10.0, 1.0], false, 1.0),
    ([1.25, 30.0, 1.0], false, 1.0),
    ([-1.5, 60.0, 1.0], false, 1.0),
    ([-0.25, 0.0, 0.0], true, 0.5),
    ([1.25, 50.0, 1.0], true, 0.5),
    ([-0.75, 90.0, 0.0], false, 0.5),
    ([-0.75, 180.0, 1.0], false, 1.0),
    ([-1.0, 75.0, 1.0], true, 2.0),
    ([1.0, 185.0, 0.0], false, 1.0),
    ([-1.0, 165.0, 1.0], false, 1.0),
    ([2.0, 205.0, 1.0], true, 1.0),
    ([-0.25, 120.0, 1.0], false, 2.0),
    ([0.0, 90.0, 1.0], true, 1.0),
    ([0.0, 105.0, 1.0], true, 1.0),
];

const PENALTY: f64 = 0.05;

fn design(times: usize) -> Design {
    let mut design = Design::new(3);
    for (row, outcome, weight) in ROWS.iter().cycle().take(ROWS.len() * times) {
        design.push(row, *outcome, *weight).unwrap();
    }
    design
}

fn fitted(bounds: [Bound; 3], prior: [f32; 3]) -> Solution {
    logistic(&design(1), &bounds, &prior, PENALTY).unwrap()
}

#[track_caller]
fn close(found: &Solution, bias: f32, weights: [f32; 3]) {
    let near = |found: f32, wanted: f32| (found - wanted).abs() < 1e-6;
    assert!(near(found.bias, bias), "{found:?}");
    assert!(found.weights.iter().zip(weights).all(|(&found, wanted)| near(found, wanted)), "{found:?}");
}

/// With X, y, w from `ROWS`:
///
/// ```python
/// m = np.average(X, axis=0, weights=w); s = np.sqrt(np.average((X - m) ** 2, axis=0, weights=w)); Z = (X - m) / s
/// r = LogisticRegression(C=1 / (0.05 * w.sum()), tol=1e-12, max_iter=10000).fit(Z, y, sample_weight=w)
/// b = r.coef_[0] / s; print(r.intercept_[0] - b @ m, b)
/// ```
#[test]
fn free_is_scikit_learns_optimum() {
    close(&fitted([Free; 3], [0.0; 3]), -0.101_596_77, [0.442_700_53, -0.001_646_9, -0.444_791_66]);
}

/// With m, s, Z as above:
///
/// ```python
/// def f(p):
///     z = Z @ p[:-1] + p[-1]; q = w * (1 / (1 + np.exp(-z)) - y) / w.sum(); d = p[:-1] - prior * s
///     return w @ (np.logaddexp(0, z) - y * z) / w.sum() + 0.05 / 2 * d @ d, np.append(Z.T @ q + 0.05 * d, q.sum())
/// p = minimize(f, np.zeros(4), jac=True, method="L-BFGS-B", bounds=bounds + [(None, None)],
///              options=dict(ftol=0, gtol=1e-10, maxiter=10000)).x
/// b = p[:-1] / s; print(p[-1] - b @ m, b)
/// ```
#[test]
fn bounded_is_scipys_optimum() {
    let one = fitted([AtLeastZero, AtLeastZero, AtMostZero], [0.0; 3]);
    close(&one, -0.288_999_83, [0.404_223_95, 0.0, -0.450_106_1]);
    let two = fitted([AtMostZero, AtLeastZero, AtLeastZero], [0.0; 3]);
    close(&two, -0.789_729_3, [0.0, 0.002_385_31, 0.0]);
    let drawn = fitted([Free, AtLeastZero, Free], [0.5, 0.02, -1.0]);
    close(&drawn, -0.489_694_45, [0.437_951_94, 0.002_246_32, -0.591_192_1]);
    // At its bound is at its bound, not near it.
    assert_eq!((one.weights[1], two.weights[0], two.weights[2]), (0.0, 0.0, 0.0));
}

#[test]
fn signs_hold_whatever_the_bounds_and_the_prior() {
    let all = [Free, AtLeastZero, AtMostZero];
    for number in 0..27 {
        let bounds = [all[number % 3], all[number / 3 % 3], all[number / 9]];
        for prior in [[0.0; 3], [-2.0, -0.1, 3.0], [2.0, 0.1, -3.0]] {
            let found = fitted(bounds, prior);
            let holds = bounds.iter().zip(&found.weights).all(|(bound, &weight)| match bound {
                Free => weight.is_finite(),
                AtLeastZero => weight >= 0.0,
                AtMostZero => weight <= 0.0,
            });
            assert!(holds, "{bounds:?} {prior:?} {found:?}");
        }
    }
}

#[test]
fn the_same_again_and_however_many_rows_there_are_of_each() {
    let bits =
        |fitted: &Solution| [fitted.bias, fitted.weights[0], fitted.weights[1], fitted.weights[2]].map(f32::to_bits);
    // Enough for several chunks and an end of one.
    let many = design(1000);
    let first = logistic(&many, &[Free; 3], &[0.0; 3], PENALTY).unwrap();
    let again = logistic(&many, &[Free; 3], &[0.0; 3], PENALTY).unwrap();
    assert_eq!(bits(&first), bits(&again));
    let once = fitted([Free; 3], [0.0; 3]);
    close(&first, once.bias, [once.weights[0], once.weights[1], once.weights[2]]);
}

#[test]
fn a_constant_column_keeps_its_prior() {
    let mut design = Design::new(4);
    for ([a, b, c], outcome, weight) in ROWS {
        design.push(&[a, b, c, 0.1], outcome, weight).unwrap();
    }
    let without = fitted([Free; 3], [0.0; 3]);
    for (bound, kept) in [(Free, 0.25), (AtLeastZero, 0.25), (AtMostZero, 0.0)] {
        let found = logistic(&design, &[Free, Free, Free, bound], &[0.0, 0.0, 0.0, 0.25], PENALTY).unwrap();
        assert_eq!(found.weights[3], kept);
        let bias = found.bias + kept * 0.1;
        close(&Solution { bias, ..found }, without.bias, [without.weights[0], without.weights[1], without.weights[2]]);
    }
}

#[test]
fn what_cannot_be_learned_from_is_refused() {
    let mut one = Design::new(2);
    assert_eq!(logistic(&one, &[Free; 2], &[0.0; 2], 1.0), Err(Failed::Empty));
    one.push(&[1.0, 2.0], true, 1.0).unwrap();
    one.push(&[2.0, 1.0], true, 1.0).unwrap();
    // Weighs nothing, so it does not make a second class.
    one.push(&[2.0, 1.0], false, 0.0).unwrap();
    assert_eq!(one.len(), 2);
    let failed = logistic(&one, &[Free; 2], &[0.0; 2], 1.0).unwrap_err();
    assert_eq!(
        (failed.to_string().as_str(), failed),
        ("every outcome is true: nothing to tell apart", Failed::OneClass(true))
    );

    assert_eq!(one.push(&[1.0], true, 1.0), Err(Failed::Shape { width: 2, found: 1 }));
    assert_eq!(one.push(&[1.0, f32::NAN], true, 1.0), Err(Failed::Value));
    assert_eq!(one.push(&[1.0, 1.0], true, -1.0), Err(Failed::Value));
    assert_eq!(logistic(&one, &[Free; 3], &[0.0; 2], 1.0), Err(Failed::Shape { width: 2, found: 3 }));
    assert_eq!(logistic(&one, &[Free; 2], &[0.0; 1], 1.0), Err(Failed::Shape { width: 2, found: 1 }));
    assert_eq!(logistic(&one, &[Free; 2], &[0.0; 2], 0.0), Err(Failed::Value));
}
