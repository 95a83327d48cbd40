//! Model files.

use hearten::estimate::{Head, Model, Unusable};

use super::{
    engine::{Shape, Target, refused, taken},
    policies::TOML,
};

#[test]
fn model() {
    let seeds = vec![Model::BUILTIN.as_bytes().to_vec()];
    let most = 2 * Model::BUILTIN.len();
    Target { seeds, most, words: TOML, ..Target::new("model", Shape::Text, 1_500) }.run(|input| {
        let Ok(text) = std::str::from_utf8(input) else { return refused("no text") };
        match Model::parse(text) {
            Ok(model) => {
                for head in Head::ALL {
                    let linear = model.head(head);
                    assert!(linear.bias.is_finite() && linear.weights.iter().all(|(_, weight)| weight.is_finite()));
                }
                let mut again = Model::parse(&format!("{text}\n# x\n")).unwrap();
                again.version.clone_from(&model.version);
                assert_eq!(again, model);
                let weights = Head::ALL.map(|head| (model.head(head).weights.len(), model.is_calibrated(head)));
                taken(weights)
            }
            Err(unusable) => {
                let line = match &unusable {
                    Unusable::Value { line, .. } => *line,
                    Unusable::Shape(error) => 1 + text[..error.span().unwrap_or_default().start].matches('\n').count(),
                };
                assert!((1..=text.lines().count() + 1).contains(&line), "{unusable}");
                refused(match &unusable {
                    Unusable::Value { problem, .. } => problem,
                    Unusable::Shape(error) => error.message(),
                })
            }
        }
    });
}
