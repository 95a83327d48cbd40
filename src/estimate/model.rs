//! The coefficients, read from one file.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Feature, Head};

/// Model files that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Not TOML, or not of this shape.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// A feature nobody computes.
    #[error("[{head}] names `{feature}`, which is not a feature")]
    UnknownFeature {
        /// The table.
        head: &'static str,
        /// The key.
        feature: String,
    },
    /// A weight that breaks what the head promises.
    #[error("[{head}] {feature} = {weight}: {rule}")]
    Weight {
        /// The table.
        head: &'static str,
        /// The key.
        feature: String,
        /// The value.
        weight: f32,
        /// What would be right.
        rule: &'static str,
    },
}

/// All coefficients.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its name, in every assessment.
    pub version: String,
    /// The chance that the next unassisted attempt is right.
    pub expectation: ExpectationWeights,
    heads: [Linear; 4],
}

/// Weights of the expectation.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is explained in model.toml")]
pub struct ExpectationWeights {
    pub bias: f32,
    pub item: f32,
    pub learner: f32,
    pub skill: f32,
    pub success_run: f32,
    pub error_run: f32,
}

/// One head: a bias and weighted features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// Log-odds when every feature is zero.
    pub bias: f32,
    /// The features it looks at.
    pub weights: Vec<(Feature, f32)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    expectation: ExpectationWeights,
    frustration: BTreeMap<String, f32>,
    confidence: BTreeMap<String, f32>,
    disengagement: BTreeMap<String, f32>,
    wheel_spinning: BTreeMap<String, f32>,
}

impl Model {
    /// The model that comes with this release.
    pub fn builtin() -> Result<Self, Unusable> {
        Self::parse(include_str!("model.toml"))
    }

    /// Reads a model file and checks what its heads promise.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        let file: File = toml::from_str(text)?;
        let ExpectationWeights { bias, item, learner, skill, success_run, error_run } = file.expectation;
        if let Some(weight) = [bias, item, learner, skill, success_run, error_run].into_iter().find(|w| !w.is_finite())
        {
            let (head, feature) = ("expectation", "a weight".to_owned());
            return Err(Unusable::Weight { head, feature, weight, rule: "must be a finite number" });
        }
        let heads = [
            linear(Head::Frustration, file.frustration)?,
            linear(Head::Confidence, file.confidence)?,
            linear(Head::Disengagement, file.disengagement)?,
            linear(Head::WheelSpinning, file.wheel_spinning)?,
        ];
        Ok(Self { version: file.version, expectation: file.expectation, heads })
    }

    /// The weights of one head.
    #[must_use]
    pub fn head(&self, head: Head) -> &Linear {
        let [frustration, confidence, disengagement, wheel_spinning] = &self.heads;
        match head {
            Head::Frustration => frustration,
            Head::Confidence => confidence,
            Head::Disengagement => disengagement,
            Head::WheelSpinning => wheel_spinning,
        }
    }
}

fn linear(head: Head, table: BTreeMap<String, f32>) -> Result<Linear, Unusable> {
    let mut linear = Linear::default();
    for (name, weight) in table {
        let refuse = |rule| Unusable::Weight { head: head.name(), feature: name.clone(), weight, rule };
        if !weight.is_finite() {
            return Err(refuse("must be a finite number"));
        }
        if name == "bias" {
            linear.bias = weight;
            continue;
        }
        let Some(feature) = Feature::named(&name) else {
            return Err(Unusable::UnknownFeature { head: head.name(), feature: name });
        };
        if head == Head::Frustration && !(feature.is_struggle() && weight >= 0.0) {
            return Err(refuse("only struggle gauges, weighing zero or more: an error never lowers frustration"));
        }
        linear.weights.push((feature, weight));
    }
    Ok(linear)
}
