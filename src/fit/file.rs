//! Coefficients as a file.

use std::fmt::Write;

use crate::estimate::{Head, Linear, Model, Term, Unusable, Weights};

/// Coefficients on their way into a file.
#[derive(Clone, Debug)]
pub struct Fitted {
    name: String,
    pub(super) calibrated: Vec<Head>,
    pub(super) expectation: Weights,
    heads: [Linear; 4],
}

impl Fitted {
    pub(super) fn new(name: &str, model: &Model) -> Self {
        let heads = Head::ALL.map(|head| model.head(head).clone());
        Self { name: name.to_owned(), calibrated: Vec::new(), expectation: model.expectation.clone(), heads }
    }

    pub(super) fn set(&mut self, head: Head, linear: Linear) {
        if let Some(place) = self.heads.get_mut(head as usize) {
            *place = linear;
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
    let _ = writeln!(text, "\n[{name}]\nbias = {bias:.4}");
    for (name, weight) in weights.filter(|(_, weight)| weight.abs() >= 0.000_05) {
        let _ = writeln!(text, "{name} = {weight:.4}");
    }
}
