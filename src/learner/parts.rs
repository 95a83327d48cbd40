//! The parts of a learner's record.

use super::{F24, LogOdds, Readings, Unit};
use crate::{
    event::Timestamp,
    reason::{Held, Reason, Verdict},
};

/// Where the learner is in time, by the server's clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clock {
    /// The newest event; `None` until one is timed.
    pub last_at: Option<Timestamp>,
    /// Time at work, in milliseconds: gaps count for five minutes at most, an untimed opportunity for 72 s.
    pub active_ms: u64,
    /// The device last heard from.
    pub device: u32,
    /// Its newest event.
    pub device_at: Option<Timestamp>,
    /// Its newest count.
    pub device_seq: u64,
}

/// The sitting under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The hash of its id; zero where the platform names none.
    pub id: u32,
    /// Since when it has gone on without a break of five minutes.
    pub started_at: Option<Timestamp>,
    /// Opportunities in it.
    pub opportunities: u32,
    /// Nudges decided in it.
    pub nudges: u8,
    /// It was ended; the next event begins another.
    pub ended: bool,
    /// The learner was not told the last results: an examination, graded work, or a platform that keeps them.
    pub untold: bool,
    /// When a break was last proposed in it.
    pub break_proposed_at: Option<Timestamp>,
}

/// Counts, rates and runs over all items.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Attempts, retries included.
    pub attempts: u32,
    /// Opportunities: first actions on an item.
    pub opportunities: u32,
    /// Opportunities met by a right, unassisted answer.
    pub successes: u32,
    /// Success rate over about the last five opportunities.
    pub recent_rate: F24,
    /// Success rate over about the last twenty.
    pub rate: F24,
    /// How able the learner is, against the items met: log-odds above everybody's.
    pub ability: LogOdds,
    /// The same over the last few opportunities.
    pub recent_ability: LogOdds,
    /// The last answer.
    pub last: LastAnswer,
    /// The run under way as estimates see it: opportunities met in a row, or wrong answers below zero. The runs below are
    /// what may be spoken of, and are forgotten where they may not.
    pub form: i8,
    /// Wrong answers in a row.
    pub error_run: u8,
    /// Wrong answers since the last opportunity met.
    pub slump: u8,
    /// Opportunities met in a row.
    pub success_run: u16,
    /// The longest such run that has ended.
    pub best_run: u16,
    /// How surprising the run under way was, summed over it.
    pub run_surprise: F24,
    /// The item of the last error.
    pub error_item: u32,
    /// The opportunity at which improvement was last celebrated.
    pub improved_at: u32,
}

/// The last answer, as estimates see it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LastAnswer {
    /// There was one.
    pub known: bool,
    /// It was right.
    pub correct: bool,
    /// How likely it was to be right, as believed before.
    pub expected: Unit,
    /// Sixteenths of a deviation above the usual response time; zero where that is not known.
    pub slowness: i8,
}

/// The item in hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Its short hash; zero before the first.
    pub item: u32,
    /// When it was shown, or last acted on.
    pub since: Option<Timestamp>,
    /// Wrong answers at it.
    pub errors: u8,
    /// Hints shown.
    pub hints: u8,
    /// The bottom-out hint was shown.
    pub given_away: bool,
    /// Something was done at it.
    pub opened: bool,
    /// It was solved, skipped or finally failed.
    pub closed: bool,
    /// The page is hidden.
    pub hidden: bool,
    /// The page was hidden since `since`: the time is not the learner's.
    pub interrupted: bool,
    /// The learner was nudged at it.
    pub nudged: bool,
    /// It was reported faulty.
    pub faulty: bool,
}

/// How the learner's log response times lie against each item's usual one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pace {
    /// Mean offset, in natural-log units.
    pub offset: F24,
    /// Times known, up to 255.
    pub known: u8,
}

/// One skill.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Skill {
    /// Its short hash.
    pub id: u32,
    /// Opportunities.
    pub opportunities: u16,
    /// Those met.
    pub successes: u16,
    /// How able the learner is at it beyond being able in general: log-odds.
    pub ability: LogOdds,
    /// Opportunities met in a row, up to three.
    pub run: u8,
    /// Three in a row were seen.
    pub mastered: bool,
}

/// A past attempt, or a hint that took the opportunity, kept so that a content fault can take it back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opportunity {
    /// The end of the item's short hash.
    pub item: u32,
    /// The end of the first skill's short hash.
    pub skill: u16,
    /// It was right.
    pub correct: bool,
    /// It was a first action.
    pub first: bool,
    /// It was a hint.
    pub hint: bool,
}

impl Opportunity {
    /// How much is kept of an item's hash: among the last eight, two items are taken for one once in two million times.
    pub const ITEM_BITS: u32 = (1 << 24) - 1;
    /// How much is kept of a skill's hash.
    pub const SKILL_BITS: u16 = (1 << 13) - 1;

    /// What is kept of a skill's short hash.
    #[must_use]
    pub fn skill(id: u32) -> u16 {
        id as u16 & Self::SKILL_BITS
    }

    /// Whether it was at the item of this short hash.
    #[must_use]
    pub fn is_at(&self, item: u32) -> bool {
        self.item == item & Self::ITEM_BITS
    }

    /// It was a wrong answer.
    #[must_use]
    pub fn failed(&self) -> bool {
        !self.correct && !self.hint
    }
}

/// One estimate's own past.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mood {
    /// The newest score.
    pub score: Unit,
    /// Its slow average, for the trend.
    pub usual: Unit,
    /// The newest level.
    pub level: Level,
    /// How many estimates in a row the level was high.
    pub high_for: u8,
}

/// A score in three steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Level {
    /// Low.
    #[default]
    Low = 0,
    /// Moderate.
    Moderate = 1,
    /// High.
    High = 2,
}

/// What the learner said about how it is going, while it stands in for an estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How strongly.
    pub intensity: Unit,
    /// For how many more answers it does; at zero the estimate counts again.
    pub left: u8,
}

/// How often a policy's threshold on one estimate was met, and where it lies if the learner's own past sets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Estimates in a row that met it, up to 15.
    pub running: u8,
    /// The threshold, in 65,535ths; zero until there is one.
    pub threshold: u16,
}

/// The learner is on the list of those a teacher should see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attention {
    /// Why.
    pub reason: Reason,
    /// Since when, in whole seconds since 1970; zero where there was no clock.
    pub since_secs: u64,
    /// The end of the short hash of the skill it is about, among those known; zero where it is about none.
    pub skill: u16,
}

/// A past decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trace {
    /// Its number among the learner's events and nudges.
    pub sequence: u64,
    /// When, in whole seconds since 1970; `None` where there was no clock.
    pub at_secs: Option<u64>,
    /// What it came to.
    pub verdict: Verdict,
    /// The limit that held a message back, if one did.
    pub held: Option<Held>,
    /// What it was made on.
    pub readings: Readings,
    /// The item statistics in use.
    pub statistics: u64,
}

impl Default for Trace {
    fn default() -> Self {
        Self {
            sequence: 0,
            at_secs: None,
            verdict: Verdict::Undecided,
            held: None,
            readings: Readings::default(),
            statistics: 0,
        }
    }
}
