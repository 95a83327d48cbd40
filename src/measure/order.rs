//! Rows by score: sorted once, then walked once per measurement.

use super::Weights;

/// A row in its place: its score, its cluster and whatever else the measure needs of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<T> {
    score: f32,
    pub cluster: u32,
    pub tag: T,
}

/// Rows, the lowest score first.
#[derive(Clone, Debug)]
pub(super) struct Order<T>(Vec<Row<T>>);

impl<T: Copy> Order<T> {
    /// Sorts the rows. There are none if the columns differ in length or a score is not a number.
    pub fn new(scores: &[f32], tags: impl ExactSizeIterator<Item = T>, clusters: &[u32]) -> Self {
        let sound = scores.len() == clusters.len() && scores.len() == tags.len() && !scores.iter().any(|s| s.is_nan());
        if !sound {
            return Self(Vec::new());
        }
        let columns = scores.iter().zip(clusters).zip(tags);
        let mut rows: Vec<_> = columns.map(|((&score, &cluster), tag)| Row { score, cluster, tag }).collect();
        rows.sort_unstable_by(|a, b| a.score.total_cmp(&b.score));
        Self(rows)
    }

    /// The rows in groups of equal score, the lowest first.
    pub fn ties(&self) -> impl Iterator<Item = &[Row<T>]> {
        self.0.chunk_by(|a, b| a.score == b.score)
    }

    /// Compares every row that belongs higher with every row that belongs lower. `belongs` says where a row does:
    /// higher (`true`), lower (`false`), or that it takes no part.
    pub fn pairs(&self, weights: &Weights, belongs: impl Fn(T) -> Option<bool>) -> Pairs {
        let mut pairs = Pairs::default();
        let (mut all_lower, mut all_higher) = (0_u64, 0_u64);
        for tie in self.ties() {
            let (mut lower, mut higher) = (0_u64, 0_u64);
            for row in tie {
                let weight = u64::from(weights.of(row.cluster));
                match belongs(row.tag) {
                    Some(true) => higher += weight,
                    Some(false) => lower += weight,
                    None => {}
                }
            }
            pairs.concordant += higher as f64 * (all_lower as f64 + lower as f64 / 2.0);
            all_lower += lower;
            all_higher += higher;
        }
        pairs.compared = all_lower as f64 * all_higher as f64;
        pairs
    }
}

/// Pairs of rows, weighted by both.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pairs {
    /// Those whose scores are in the right order; ties count half.
    concordant: f64,
    compared: f64,
}

impl Pairs {
    /// The share in the right order, if there is anything to compare.
    pub fn share(self) -> Option<f64> {
        (self.compared > 0.0).then(|| self.concordant / self.compared)
    }
}

impl std::iter::Sum for Pairs {
    fn sum<I: Iterator<Item = Self>>(pairs: I) -> Self {
        pairs.fold(Self::default(), |sum, pairs| Self {
            concordant: sum.concordant + pairs.concordant,
            compared: sum.compared + pairs.compared,
        })
    }
}
