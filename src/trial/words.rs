//! What every report says of its figures, whoever shows them.

use super::{Outcome, Table};

/// How a line reads.
pub const READING: &str = "An effect is the outcome where a message was said less the outcome where it was held out, in brackets\n\
its 95 % interval taken by itself. p is adjusted for all lines of its table (Holm), and verdicts go by it.";
/// What success is.
pub const SUCCESS: &str = "Success: right answers beyond those expected among the next five opportunities, by five. An effect of 0.05 is\n\
a quarter of an answer. Answers that were not given count as neither, and nobody is left out for leaving.";
/// What [`super::Primary::more`] is.
pub const MORE: &str = "More: further randomised decisions until an effect of the size named would be found in 80 of 100 trials; where there\n\
are too few to tell by, for outcomes that spread by 0.22, as in simulated schools.";
/// What [`super::Primary::naive`] is.
pub const BEFORE_AFTER: &str = "Before-after is what a platform without silence would believe: the share right after a message less the\n\
share right before it. It takes for the message's doing what would have come anyway; it is told only for comparison.";
/// What [`super::Primary::came_back`] is.
pub const CAME_BACK: &str = "Back: the share that came back to the skill on another day.";

impl Outcome {
    /// What it is, in a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Success => SUCCESS,
            Self::Left => {
                "Left: the share of decisions after which the session ended before the fifth opportunity; less is better."
            }
            Self::Rapid => "Rapid: rapid guesses among the next five opportunities, by five; fewer is better.",
            Self::Remembered => {
                "Remembered: the share that came back to the skill on another day and was right; more is better."
            }
        }
    }
}

impl Table {
    /// Its heading.
    #[must_use]
    pub fn title(&self) -> String {
        match self.name {
            Self::OUTCOMES => "Other outcomes".to_owned(),
            name => format!("Success by {name}"),
        }
    }

    /// What is to be known of its lines.
    #[must_use]
    pub fn notes(&self) -> Vec<&'static str> {
        match self.name {
            Self::OUTCOMES => Outcome::SECONDARY.map(Outcome::words).to_vec(),
            "wording" => vec!["Each wording against silence, over all decisions of the reason."],
            _ => Vec::new(),
        }
    }
}
