//! Many questions at once.

/// Adjusts the p values of a family so that calling those below 0.05 an effect is wrong about any of them in at most 5 of
/// 100 families, however they depend on each other (Holm 1979, Scandinavian Journal of Statistics 6). In the order given.
#[must_use]
pub fn holm(family: &[f64]) -> Vec<f64> {
    let mut order: Vec<(usize, f64)> = family.iter().copied().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| a.total_cmp(b));
    let mut adjusted = vec![1.0; family.len()];
    let mut least = 0.0_f64;
    for (rank, (place, p)) in order.into_iter().enumerate() {
        least = least.max(p * (family.len() - rank) as f64).min(1.0);
        if let Some(adjusted) = adjusted.get_mut(place) {
            *adjusted = least;
        }
    }
    adjusted
}
