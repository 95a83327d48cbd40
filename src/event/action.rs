//! What can be done.

use super::Invalid;

/// The longest response time, in milliseconds: a day.
pub(super) const MAX_RESPONSE_MS: i64 = 24 * 60 * 60 * 1000;

/// One thing a learner did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Answered.
    Attempt(Attempt),
    /// Was shown a hint.
    Hint(Hint),
    /// Left the item unanswered.
    Skip,
    /// Was shown the item.
    ItemStarted,
    /// The page was hidden, or came back.
    FocusChanged {
        /// It was hidden.
        hidden: bool,
    },
    /// Said how it is going.
    SelfReport {
        /// About what.
        feeling: Feeling,
        /// How strongly, 0 to 1,000 thousandths.
        thousandths: u16,
    },
    /// The item has a fault.
    ContentFault,
    /// Left.
    SessionEnded,
}

impl Action {
    /// Checks a self-report as platforms send it.
    pub fn self_report(feeling: Option<Feeling>, intensity: Option<f64>) -> Result<Self, Invalid> {
        let feeling = feeling.ok_or_else(|| {
            Invalid::new("self_report.feeling", "is required: FEELING_FRUSTRATION or FEELING_CONFIDENCE")
        })?;
        let field = "self_report.intensity";
        let intensity = intensity.ok_or_else(|| Invalid::new(field, "is required: 0 to 1"))?;
        if !(0.0..=1.0).contains(&intensity) {
            return Err(Invalid::new(field, format!("is {intensity}: 0 to 1 is allowed")));
        }
        Ok(Self::SelfReport { feeling, thousandths: (intensity * 1000.0).round() as u16 })
    }
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Whether it was right.
    pub correct: bool,
    /// From the item being shown, or the attempt before, in milliseconds; never zero.
    pub response_ms: Option<u32>,
    /// 1 for the first at the item.
    pub number: Option<u32>,
    /// No further attempt is allowed.
    pub last: bool,
}

impl Attempt {
    /// Checks an answer as platforms send it.
    pub fn parse(
        correct: Option<bool>,
        score: Option<f64>,
        response_ms: Option<i64>,
        number: u32,
        last: bool,
    ) -> Result<Self, Invalid> {
        if let Some(score) = score
            && !(0.0..=1.0).contains(&score)
        {
            return Err(Invalid::new("attempt.score", format!("is {score}: 0 to 1 is allowed")));
        }
        let correct = match (correct, score) {
            (None, None) => {
                return Err(Invalid::new("attempt.correct", "is required (or attempt.score): true or false"));
            }
            (Some(true), Some(0.0)) => {
                return Err(Invalid::new("attempt.score", "is 0 while attempt.correct is true: leave one out"));
            }
            (Some(false), Some(1.0)) => {
                return Err(Invalid::new("attempt.score", "is 1 while attempt.correct is false: leave one out"));
            }
            (Some(correct), _) => correct,
            (None, Some(score)) => score >= 1.0,
        };
        let response_ms = response_ms.map(response_time).transpose()?.flatten();
        Ok(Self { correct, response_ms, number: (number > 0).then_some(number), last })
    }
}

/// A clock that did not run says nothing: zero is unknown.
fn response_time(ms: i64) -> Result<Option<u32>, Invalid> {
    let field = "attempt.response_time";
    if ms < 0 {
        return Err(Invalid::new(field, format!("is negative ({ms} ms): 0 to 24 h is allowed")));
    }
    if ms > MAX_RESPONSE_MS {
        return Err(Invalid::new(field, format!("is {} s: 0 to 24 h (86400 s) is allowed", ms as f64 / 1e3)));
    }
    Ok(u32::try_from(ms).ok().filter(|ms| *ms > 0))
}

/// A hint that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// 1 for the item's first.
    pub level: u32,
    /// The one that gives the answer away.
    pub bottom_out: bool,
}

/// What a self-report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feeling {
    /// Frustration.
    Frustration,
    /// Confidence in the last answer.
    Confidence,
}
