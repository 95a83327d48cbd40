//! How often each cluster counts.

/// A multiplicity per cluster; every row counts as often as its cluster, and not at all if its cluster is unknown here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights(Vec<u16>);

impl Weights {
    /// Every cluster once: what the rows say as they are.
    #[must_use]
    pub fn ones(clusters: usize) -> Self {
        Self(vec![1; clusters])
    }

    /// How often the rows of a cluster count.
    #[must_use]
    pub fn of(&self, cluster: u32) -> u16 {
        self.0.get(cluster as usize).copied().unwrap_or(0)
    }
}

impl From<Vec<u16>> for Weights {
    fn from(multiplicities: Vec<u16>) -> Self {
        Self(multiplicities)
    }
}
