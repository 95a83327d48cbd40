//! The coefficients, read from one file.

use std::{collections::BTreeMap, hash::Hasher};

use serde::Deserialize;
use siphasher::sip::SipHasher13;
use toml::Spanned;

use super::{Bound, Feature, Head, Term, Weights};

/// Model files that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Not TOML, or not of this shape.
    #[error(transparent)]
    Shape(#[from] toml::de::Error),
    /// A value that breaks what is promised, or a name nobody knows.
    #[error("line {line}: {problem}")]
    Value {
        /// Counted from 1.
        line: usize,
        /// What is wrong, and what would be right.
        problem: String,
    },
}

/// All coefficients; the default has none, and expects even odds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Its name and a hash of the file, in every assessment.
    pub version: String,
    /// The chance that the next unassisted attempt is right.
    pub expectation: Weights,
    heads: [Linear; 4],
    calibrated: Vec<Head>,
}

/// One head: a bias and weighted features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// Log-odds when every feature is zero.
    pub bias: f32,
    /// The features it looks at.
    pub weights: Vec<(Feature, f32)>,
}

type Table = BTreeMap<Spanned<String>, Spanned<f32>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Spanned<String>,
    calibrated: Vec<Spanned<String>>,
    expectation: Table,
    frustration: Table,
    confidence: Table,
    disengagement: Table,
    wheel_spinning: Table,
}

impl Model {
    /// The file that comes with this release.
    pub const BUILTIN: &str = include_str!("model.toml");

    /// What a name may be.
    pub const NAMES: &str = "1 to 40 letters, digits, '-', '_' or '.'";

    /// Whether a model may be called that.
    #[must_use]
    pub fn may_be_called(name: &str) -> bool {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        (1..=40).contains(&name.len()) && name.chars().all(plain)
    }

    /// The model that comes with this release.
    pub fn builtin() -> Result<Self, Unusable> {
        Self::parse(Self::BUILTIN)
    }

    /// Reads a model file and checks what is promised of it. A weight that is not named is zero.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        let file: File = toml::from_str(text)?;
        let at = |place: std::ops::Range<usize>, problem| Unusable::Value { line: line(text, place.start), problem };
        let name = file.name.get_ref();
        if !Self::may_be_called(name) {
            return Err(at(file.name.span(), format!("name: {} are allowed", Self::NAMES)));
        }
        let mut calibrated = Vec::new();
        for named in &file.calibrated {
            let head = Head::ALL.into_iter().find(|head| head.name() == named.get_ref());
            let unknown = || at(named.span(), format!("calibrated: `{}` is no estimate", named.get_ref()));
            calibrated.push(head.ok_or_else(unknown)?);
        }

        let mut expectation = Weights::default();
        for (key, weight) in finite("expectation", &file.expectation, text)? {
            let term = Term::ALL.into_iter().find(|term| term.name() == key.get_ref());
            match term.and_then(|term| Some((term, expectation.weights.get_mut(term as usize)?))) {
                None if key.get_ref() == "bias" => expectation.bias = weight,
                None => return Err(at(key.span(), unknown("expectation", key, Term::ALL.map(Term::name)))),
                Some((term, _)) if !term.bound().allows(weight) => {
                    return Err(at(key.span(), broken("expectation", key, weight, term.bound())));
                }
                Some((_, place)) => *place = weight,
            }
        }
        let head = |head: Head, table: &Table| {
            let mut linear = Linear::default();
            let shape = head.shape();
            for (key, weight) in finite(head.name(), table, text)? {
                match shape.iter().find(|(feature, _)| feature.name() == key.get_ref()) {
                    None if key.get_ref() == "bias" => linear.bias = weight,
                    None => {
                        let names = shape.iter().map(|(feature, _)| feature.name());
                        return Err(at(key.span(), unknown(head.name(), key, names)));
                    }
                    Some((_, bound)) if !bound.allows(weight) => {
                        return Err(at(key.span(), broken(head.name(), key, weight, *bound)));
                    }
                    Some((feature, _)) => linear.weights.push((*feature, weight)),
                }
            }
            Ok(linear)
        };
        let heads = [
            head(Head::Frustration, &file.frustration)?,
            head(Head::Confidence, &file.confidence)?,
            head(Head::Disengagement, &file.disengagement)?,
            head(Head::WheelSpinning, &file.wheel_spinning)?,
        ];
        Ok(Self { version: format!("{name}-{:08x}", hash(text)), expectation, heads, calibrated })
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

    /// Whether observed frequencies matched a head on held-out logs.
    #[must_use]
    pub fn is_calibrated(&self, head: Head) -> bool {
        self.calibrated.contains(&head)
    }
}

fn finite<'a>(table: &str, weights: &'a Table, text: &str) -> Result<Vec<(&'a Spanned<String>, f32)>, Unusable> {
    let check = |(key, weight): (&'a Spanned<String>, &Spanned<f32>)| {
        let value = *weight.get_ref();
        if value.is_finite() && value.abs() <= MOST {
            return Ok((key, value));
        }
        let problem = format!("[{table}] {} = {value}: {} to {MOST} is allowed", key.get_ref(), -MOST);
        Err(Unusable::Value { line: line(text, key.span().start), problem })
    };
    weights.iter().map(check).collect()
}

/// Weights beyond this are no log-odds.
const MOST: f32 = 100.0;

fn unknown(table: &str, key: &Spanned<String>, known: impl IntoIterator<Item = &'static str>) -> String {
    let known: Vec<_> = known.into_iter().collect();
    format!("[{table}] `{}` is not among its weights: bias, {}", key.get_ref(), known.join(", "))
}

fn broken(table: &str, key: &Spanned<String>, weight: f32, bound: Bound) -> String {
    format!("[{table}] {} = {weight}: {}", key.get_ref(), bound.rule())
}

fn line(text: &str, place: usize) -> usize {
    1 + text.bytes().take(place).filter(|byte| *byte == b'\n').count()
}

fn hash(text: &str) -> u32 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish() as u32
}
