//! Coefficients as a file.

use std::fmt::Write;

use crate::estimate::{Head, Linear, Model, Term, Unusable, Weights};

/// Coefficients on their way into a file.
#[derive(Clone, Debug)]
pub struct Fitted {
    name: String,
    pub(super) calibrated: Vec<Head>,
    expectation: Weights,
    heads: [Linear; 4],
}

impl Fitted {
    pub(super) fn new(name: &str, model: &Model) -> Self {
        let heads = Head::ALL.map(|head| model.head(head).clone());
        Self { name: name.to_owned(), calibrated: Vec::new(), expectation: model.expectation.clone(), heads }
    }

    pub(super) fn expect(&mut self, mut weights: Weights) {
        weights.bias = rounded(weights.bias);
        weights.weights = weights.weights.map(rounded);
        self.expectation = weights;
    }

    pub(super) fn set(&mut self, head: Head, linear: Linear) {
        if let Some(place) = self.heads.get_mut(head as usize) {
            place.bias = rounded(linear.bias);
            place.weights = linear.weights.into_iter().map(|(feature, weight)| (feature, rounded(weight))).collect();
        }
    }

    /// What a model reads from the file.
    pub fn model(&self) -> Result<Model, Unusable> {
        Model::parse(&self.text())
    }

    /// The file.
    #[must_use]
    pub fn text(&self) -> String {
        let calibrated: Vec<String> = self.calibrated.iter().map(|head| format!("\"{}\"", head.name())).collect();
        let mut text = format!(
            "# Coefficients on the log-odds scale; a weight that is not named is zero. Written by `hearten fit`.\n\
             name = \"{}\"\n# Estimates whose scores matched observed frequencies on held-out learners.\ncalibrated = [{}]\n",
            self.name,
            calibrated.join(", ")
        );
        let terms = Term::ALL.map(Term::name).into_iter().zip(self.expectation.weights);
        table(&mut text, "expectation", self.expectation.bias, terms);
        for (head, linear) in Head::ALL.into_iter().zip(&self.heads) {
            let weights = linear.weights.iter().map(|(feature, weight)| (feature.name(), *weight));
            table(&mut text, head.name(), linear.bias, weights);
        }
        text
    }
}

fn table(text: &mut String, name: &str, bias: f32, weights: impl Iterator<Item = (&'static str, f32)>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "\n[{name}]\nbias = {bias:?}");
    for (name, weight) in weights.filter(|(_, weight)| *weight != 0.0) {
        let _ = writeln!(text, "{name} = {weight:?}");
    }
}

/// No log tells more than four decimals of a weight.
fn rounded(weight: f32) -> f32 {
    (weight * 10_000.0).round() / 10_000.0
}
