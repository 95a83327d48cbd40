//! What the estimates have to beat: what a platform could compute in an afternoon.

use std::collections::HashMap;

/// Weight of the newest opportunity in the exponentially weighted error rates: the usual one, and one that hardly forgets and
/// starts as a mean.
const EW_WEIGHT: f32 = 0.2;
const SLOW_EW_WEIGHT: f32 = 0.02;
/// Where error rates start.
const USUAL_ERRORS: f32 = 0.35;
/// Bayesian Knowledge Tracing (Corbett & Anderson 1995): known at first, learnt at an opportunity, guessed, slipped. Guess and
/// slip are the bounds that Baker, Corbett & Aleven (2008) set on plausible values, known and learnt are common defaults.
const KNOWN: f64 = 0.4;
const LEARNT: f64 = 0.1;
const GUESS: f64 = 0.3;
const SLIP: f64 = 0.1;

/// Rivals at the next answer, by what they say before it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// The share of all answers so far that were right.
    pub base_rate: f32,
    /// Wrong answers in a row, as a score: the more, the lower.
    pub error_run: f32,
    /// One minus an exponentially weighted error rate.
    pub ew_errors: f32,
    /// The learner's mean so far.
    pub mean: f32,
    /// Bayesian Knowledge Tracing with standard parameters.
    pub knowledge_tracing: f32,
}

/// All rivals, on their way through a log.
#[derive(Debug, Default)]
pub struct Rivals {
    learners: HashMap<u32, Simple>,
    /// Chance that a learner does not know a skill: what is nearly known must not become known for good by rounding.
    unknown: HashMap<(u32, u32), f64>,
    answers: f32,
    right: f32,
}

/// What is kept of one learner.
#[derive(Clone, Copy, Debug)]
pub struct Simple {
    /// Exponentially weighted error rate.
    pub ew_errors: f32,
    /// The same, hardly forgetting.
    pub slow_ew_errors: f32,
    /// Opportunities missed in a row.
    pub error_run: u32,
    opportunities: f32,
    met: f32,
}

impl Default for Simple {
    fn default() -> Self {
        Self { ew_errors: USUAL_ERRORS, slow_ew_errors: USUAL_ERRORS, error_run: 0, opportunities: 0.0, met: 0.0 }
    }
}

impl Simple {
    /// The learner's mean, from one right and one wrong answer.
    #[must_use]
    pub fn mean(&self) -> f32 {
        (self.met + 1.0) / (self.opportunities + 2.0)
    }
}

impl Rivals {
    /// What they say before an answer.
    #[must_use]
    pub fn before(&self, learner: u32, skill: u32) -> Before {
        let simple = self.of(learner);
        let unknown = self.unknown.get(&(learner, skill)).copied().unwrap_or(1.0 - KNOWN);
        Before {
            base_rate: (self.right + 1.0) / (self.answers + 2.0),
            error_run: -(simple.error_run as f32),
            ew_errors: 1.0 - simple.ew_errors,
            mean: simple.mean(),
            knowledge_tracing: ((1.0 - unknown) * (1.0 - SLIP) + unknown * GUESS) as f32,
        }
    }

    /// What is kept of a learner.
    #[must_use]
    pub fn of(&self, learner: u32) -> Simple {
        self.learners.get(&learner).copied().unwrap_or_default()
    }

    /// Learns from an opportunity.
    pub fn learn(&mut self, learner: u32, skill: u32, met: bool) {
        let right = if met { 1.0 } else { 0.0 };
        self.answers += 1.0;
        self.right += right;
        let simple = self.learners.entry(learner).or_default();
        simple.ew_errors += EW_WEIGHT * (1.0 - right - simple.ew_errors);
        let slow = SLOW_EW_WEIGHT.max(1.0 / (simple.opportunities + 3.0));
        simple.slow_ew_errors += slow * (1.0 - right - simple.slow_ew_errors);
        simple.error_run = if met { 0 } else { simple.error_run + 1 };
        simple.opportunities += 1.0;
        simple.met += right;

        let unknown = self.unknown.entry((learner, skill)).or_insert(1.0 - KNOWN);
        let (if_known, if_not) = if met { (1.0 - SLIP, GUESS) } else { (SLIP, 1.0 - GUESS) };
        let doubt = *unknown * if_not / ((1.0 - *unknown) * if_known + *unknown * if_not);
        *unknown = doubt * (1.0 - LEARNT);
    }
}
