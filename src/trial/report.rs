//! What a trial has shown.

use serde::Serialize;

use super::{Effect, Missing, Outcome, Tally};

/// The effect on success that a trial is asked to find: a quarter of an answer in five.
pub const DETECTABLE: f64 = 0.05;
/// How often a family of effects may be wrong.
const ERROR: f64 = 0.05;

/// The effects of a trial.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Usable decisions, and of whom.
    #[serde(flatten)]
    pub tally: Tally,
    /// Platforms' customers in it.
    pub tenants: usize,
    /// Decisions that nothing can be told from, such as those with a chance of 0 or 1.
    pub unusable: usize,
    /// The effect that [`Primary::more`] is for.
    pub size: f64,
    /// The effect on success of each reason: one family.
    pub reasons: Vec<Primary>,
    /// Everything else, each table a family of its own.
    pub tables: Vec<Table>,
}

/// What messages of a reason do to success.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Primary {
    /// The reason's name.
    pub reason: &'static str,
    /// What there is to go by.
    #[serde(flatten)]
    pub tally: Tally,
    /// What it says.
    #[serde(flatten)]
    pub told: Told,
    /// How many more decisions it takes to tell an effect of [`Report::size`]; by what is usual, where there is too little to tell it by.
    pub more: Option<u64>,
    /// What a platform without silence would believe: how much better answers are after a message than before.
    pub naive: Option<Effect>,
    /// The shares that came back to the skill on another day.
    pub came_back: Arms,
}

/// A family of effects.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// What the lines differ by.
    pub name: &'static str,
    /// The effects.
    pub lines: Vec<Line>,
}

/// One effect of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// The reason's name.
    pub reason: &'static str,
    /// The outcome, the wording or the group.
    pub of: String,
    /// What there is to go by.
    #[serde(flatten)]
    pub tally: Tally,
    /// What it says.
    #[serde(flatten)]
    pub told: Told,
    /// The outcome's mean in either arm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub means: Option<Arms>,
}

/// A mean where the message was said and where it was held out, weighted as the cases are; none without cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Arms {
    /// Where it was said.
    pub said: Option<f64>,
    /// Where it was held out.
    pub held_out: Option<f64>,
}

/// An effect within its family.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Told {
    /// The effect.
    pub effect: Option<Effect>,
    /// Its p, adjusted for the family by Holm's procedure.
    pub adjusted: Option<f64>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Missing>,
    /// In a word.
    pub verdict: Verdict,
}

/// What an effect comes to; by the adjusted p, not by the interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It helps.
    Helps,
    /// It harms.
    Harms,
    /// Neither was shown. That is not to say that there is no effect.
    NoEffectShown,
    /// There is nothing to tell it from.
    Untold,
}

impl Table {
    /// The name of the table whose lines differ by outcome; all others are about success.
    pub const OUTCOMES: &str = "outcome";
}

impl Told {
    pub(super) fn new(outcome: Outcome, effect: Effect, adjusted: f64) -> Self {
        let verdict = match (adjusted < ERROR, (effect.value > 0.0) == outcome.more_is_better()) {
            (false, _) => Verdict::NoEffectShown,
            (true, true) => Verdict::Helps,
            (true, false) => Verdict::Harms,
        };
        Self { effect: Some(effect), adjusted: Some(adjusted), missing: None, verdict }
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self.verdict {
            Verdict::Helps => "helps",
            Verdict::Harms => "harms",
            Verdict::NoEffectShown => "no effect shown",
            Verdict::Untold => self.missing.unwrap_or(Missing::NoCases).words(),
        }
    }
}
