//! Weighted least squares, with errors by cluster.

use super::gram::{Gram, add_scaled};

/// Rows of a regression; those of one cluster stand together.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    width: usize,
    rows: Vec<Row>,
    /// `width` of them a row.
    terms: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    cluster: usize,
    weight: f64,
    outcome: f64,
}

/// A coefficient.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coefficient {
    pub value: f64,
    /// Its variance; none if it rests on a single cluster.
    pub variance: Option<f64>,
    /// Whether its column says something that those before it do not.
    pub kept: bool,
}

/// An error this small beside its effect only says that outcomes did not vary.
const ROUNDING: f64 = 1e-9;

impl Coefficient {
    /// What it is about does not vary on either side.
    pub fn is_certain(&self) -> bool {
        self.variance.is_some_and(|variance| variance.sqrt() <= ROUNDING * (1.0 + self.value.abs()))
    }

    /// It does not vary at all.
    pub fn is_nothing(&self) -> bool {
        self.is_certain() && self.value.abs() <= ROUNDING
    }
}

impl Rows {
    pub fn new(width: usize) -> Self {
        Self { width, rows: Vec::new(), terms: Vec::new() }
    }

    /// Adds a row, as wide as all.
    pub fn push(&mut self, cluster: usize, weight: f64, outcome: f64, terms: &[f64]) {
        self.rows.push(Row { cluster, weight, outcome });
        self.terms.extend_from_slice(terms);
    }

    /// Adds a row that is a cluster by itself, after all others.
    pub fn push_alone(&mut self, weight: f64, outcome: f64, terms: &[f64]) {
        let cluster = self.rows.last().map_or(0, |row| row.cluster + 1);
        self.push(cluster, weight, outcome, terms);
    }

    /// Solves, and says how sure that is: the sandwich over clusters under a working model of independence, with the
    /// correction for small samples by Mancl & DeRouen (2001, Biometrics 57).
    ///
    /// With G = Σ Gᵢ over clusters, Gᵢ = Xᵢᵀ Wᵢ Xᵢ, and sᵢ = Xᵢᵀ Wᵢ eᵢ of the residuals, the correction's (I − Hᵢ)⁻¹ comes
    /// out as dᵢ = (G − Gᵢ)⁻¹ sᵢ, and the variance as Σ dᵢ dᵢᵀ. That dᵢ is by how much the coefficients change when the cluster
    /// is left out. No matrix is larger than the number of columns.
    pub fn fit(&self) -> Vec<Coefficient> {
        let mut all = Gram::new(self.width);
        let mut moments = vec![0.0; self.width];
        for (row, terms) in self.rows.iter().zip(self.terms()) {
            all.add(row.weight, terms);
            add_scaled(&mut moments, row.weight * row.outcome, terms);
        }
        let inverse = all.inverse_within(&all);
        let values = inverse.times(&moments);
        let mut variances = vec![Some(0.0); self.width];
        let mut terms = self.terms();
        for cluster in self.rows.chunk_by(|a, b| a.cluster == b.cluster) {
            let mut own = Gram::new(self.width);
            let mut scores = vec![0.0; self.width];
            for (row, terms) in cluster.iter().zip(&mut terms) {
                own.add(row.weight, terms);
                let fitted: f64 = values.iter().zip(terms).map(|(value, term)| value * term).sum();
                add_scaled(&mut scores, row.weight * (row.outcome - fitted), terms);
            }
            let others = all.without(&own).inverse_within(&all);
            for ((variance, change), kept) in variances.iter_mut().zip(others.times(&scores)).zip(others.kept) {
                *variance = variance.filter(|_| kept).map(|sum| sum + change * change);
            }
        }
        let columns = values.into_iter().zip(variances).zip(inverse.kept);
        columns.map(|((value, variance), kept)| Coefficient { value, variance, kept }).collect()
    }

    fn terms(&self) -> impl Iterator<Item = &[f64]> {
        self.terms.chunks_exact(self.width.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of rows scaled by the roots of their weights, Hᵢ = Xᵢ G⁻¹ Xᵢᵀ is as large as its cluster, and symmetric.
    #[test]
    fn the_variance_is_mancl_and_derouens_written_out() {
        let random = &mut fastrand::Rng::with_seed(1);
        let mut rows = Rows::new(3);
        for cluster in 0..6 {
            for _ in 0..2 + cluster % 3 {
                rows.push(cluster, 0.5 + random.f64(), random.f64(), &[1.0, random.f64(), random.f64()]);
            }
        }
        let scaled: Vec<(usize, f64, Vec<f64>)> = rows
            .rows
            .iter()
            .zip(rows.terms())
            .map(|(row, terms)| {
                let root = row.weight.sqrt();
                (row.cluster, root * row.outcome, terms.iter().map(|term| root * term).collect())
            })
            .collect();
        let fit = rows.fit();
        let mut all = Gram::new(3);
        scaled.iter().for_each(|(_, _, terms)| all.add(1.0, terms));
        let bread = all.inverse_within(&all);
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let values: Vec<f64> = fit.iter().map(|coefficient| coefficient.value).collect();
        let mut variances = [0.0; 3];
        for cluster in scaled.chunk_by(|a, b| a.0 == b.0) {
            let size = cluster.len();
            let mut rest = Gram { width: size, cells: vec![0.0; size * size] };
            for (row, (_, _, a)) in cluster.iter().enumerate() {
                for (column, (_, _, b)) in cluster.iter().enumerate() {
                    rest.cells[row * size + column] = f64::from(u8::from(row == column)) - dot(a, &bread.times(b));
                }
            }
            let residuals: Vec<f64> = cluster.iter().map(|(_, outcome, terms)| outcome - dot(terms, &values)).collect();
            let corrected = rest.inverse_within(&rest).times(&residuals);
            let mut score = vec![0.0; 3];
            cluster.iter().zip(corrected).for_each(|((_, _, terms), residual)| add_scaled(&mut score, residual, terms));
            bread.times(&score).iter().zip(&mut variances).for_each(|(change, sum)| *sum += change * change);
        }
        for (coefficient, variance) in fit.iter().zip(variances) {
            assert!((coefficient.variance.unwrap() / variance - 1.0).abs() < 1e-10, "{coefficient:?} {variance}");
        }
    }

    #[test]
    fn a_column_that_repeats_others_and_one_that_rests_on_a_cluster_are_told() {
        let mut rows = Rows::new(4);
        for at in 0..12 {
            let value = f64::from(at);
            rows.push(
                at as usize / 2,
                1.0,
                value * value,
                &[1.0, value, 3.0 - 2.0 * value, f64::from(u8::from(at < 2))],
            );
        }
        let fit = rows.fit();
        assert_eq!(fit.iter().map(|coefficient| coefficient.kept).collect::<Vec<_>>(), [true, true, false, true]);
        assert_eq!(fit[2].value, 0.0);
        assert!(fit[1].variance.is_some() && fit[3].variance.is_none());
    }
}
