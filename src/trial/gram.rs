//! Sums of squares and products, and their inverse.

/// What the square of a column must leave, once everything before it is taken out, for it to say something of its own.
const LEAST: f64 = 1e-9;

/// Weighted sums of products of columns: Σ w·x·xᵀ.
#[derive(Clone, Debug)]
pub(super) struct Gram {
    pub(super) width: usize,
    /// Row by row.
    pub(super) cells: Vec<f64>,
}

/// The inverse where there is one; a column that only repeats those before it is left out, its row and column zero.
#[derive(Clone, Debug)]
pub(super) struct Inverse {
    width: usize,
    cells: Vec<f64>,
    /// Per column, whether it says something of its own.
    pub kept: Vec<bool>,
}

impl Gram {
    pub fn new(width: usize) -> Self {
        Self { width, cells: vec![0.0; width * width] }
    }

    /// Adds a row.
    pub fn add(&mut self, weight: f64, terms: &[f64]) {
        for (cells, term) in self.cells.chunks_exact_mut(self.width.max(1)).zip(terms) {
            add_scaled(cells, weight * term, terms);
        }
    }

    /// Without the rows of another.
    pub fn without(&self, other: &Self) -> Self {
        let cells = self.cells.iter().zip(&other.cells).map(|(all, part)| all - part).collect();
        Self { width: self.width, cells }
    }

    /// Sweeps column after column (Goodnight 1979, The American Statistician 33). Columns are scaled to the size they have in
    /// the whole, of which this may be a part: what rounding leaves of a column that is gone is not taken for one.
    pub fn inverse_within(&self, whole: &Self) -> Inverse {
        let width = self.width;
        let scales: Vec<f64> = (0..width).map(|at| scale(whole.cell(at, at))).collect();
        let mut rows: Vec<Vec<f64>> = self.cells.chunks_exact(width.max(1)).map(<[f64]>::to_vec).collect();
        for (row, scale) in rows.iter_mut().zip(&scales) {
            row.iter_mut().zip(&scales).for_each(|(cell, other)| *cell *= scale * other);
        }
        let kept = (0..width).map(|pivot| sweep(&mut rows, pivot)).collect();
        for (row, scale) in rows.iter_mut().zip(&scales) {
            row.iter_mut().zip(&scales).for_each(|(cell, other)| *cell *= scale * other);
        }
        Inverse { width, cells: rows.concat(), kept }
    }

    fn cell(&self, row: usize, column: usize) -> f64 {
        self.cells.get(row * self.width + column).copied().unwrap_or_default()
    }
}

impl Inverse {
    /// The inverse times a column.
    pub fn times(&self, column: &[f64]) -> Vec<f64> {
        let dot = |row: &[f64]| row.iter().zip(column).map(|(cell, value)| cell * value).sum();
        self.cells.chunks_exact(self.width.max(1)).map(dot).collect()
    }
}

/// One over the root of a sum of squares; a column of zeros stays one.
fn scale(square: f64) -> f64 {
    if square > 0.0 { square.sqrt().recip() } else { 1.0 }
}

/// Adds a multiple of a row to cells.
pub(super) fn add_scaled(cells: &mut [f64], factor: f64, row: &[f64]) {
    for (cell, value) in cells.iter_mut().zip(row) {
        *cell += factor * value;
    }
}

/// One step; a column that has nothing of its own is cleared instead.
fn sweep(rows: &mut [Vec<f64>], pivot: usize) -> bool {
    let Some(mut swept) = rows.get(pivot).cloned() else { return false };
    let own = swept.get(pivot).copied().unwrap_or_default();
    let keep = own > LEAST;
    if keep {
        swept.iter_mut().for_each(|cell| *cell /= own);
    } else {
        swept.fill(0.0);
    }
    for (at, row) in rows.iter_mut().enumerate() {
        let Some(factor) = row.get(pivot).copied().filter(|_| at != pivot) else { continue };
        add_scaled(row, -factor, &swept);
        set(row, pivot, if keep { -factor / own } else { 0.0 });
    }
    set(&mut swept, pivot, if keep { own.recip() } else { 0.0 });
    if let Some(row) = rows.get_mut(pivot) {
        *row = swept;
    }
    keep
}

fn set(row: &mut [f64], at: usize, value: f64) {
    if let Some(cell) = row.get_mut(at) {
        *cell = value;
    }
}
