//! Every number of this layer that one could argue with.
//!
//! | constant | source |
//! |---|---|
//! | session gap 30 min | convention of web analytics; DataShop's sessions end after 10 min, OLI's after 30 |
//! | rapid: 10 % of the item's mean, 10 s at most | normative threshold, Wise & Ma 2012; 1 s at most where the item's times are not known is a prior |
//! | mastery: three in a row | wheel-spinning criterion, Beck & Gong 2013 |
//! | retry within 5 s | on a logged tutor nine in ten successes after errors on the same item come within 5 s |
//! | ability steps: 1 / (1 + 0.1 n), at least 0.05 | the shape is Pelánek's (2016); the numbers by grid, on cross-validated learners of the development logs |
//! | extended time: half as much again | the usual accommodation in testing ("time and a half") |
//! | the rest | priors, chosen before any fit |

/// A session without an id ends after this much silence.
pub const SESSION_GAP_MS: i64 = 30 * 60 * 1000;
/// An untimed session without an id ends after this many opportunities.
pub const SESSION_OPPORTUNITIES: u32 = 50;
/// Gaps count as time at work up to this.
pub const ACTIVE_GAP_MS: i64 = 5 * 60 * 1000;
/// What an untimed opportunity counts as time at work: fifty make an hour.
pub const ACTIVE_UNTIMED_MS: u64 = 72_000;
/// An event this much older than the device's newest is late; below, it is clock noise.
pub const LATE_TOLERANCE_MS: i64 = 2_000;
/// A response time derived from a longer gap is not the learner's.
pub const DERIVED_RESPONSE_CAP_MS: i64 = 5 * 60 * 1000;

/// An answer in less than this share of the item's mean time was not read.
pub const RAPID_SHARE: f32 = 0.1;
/// Nothing slower than this is rapid, in seconds.
pub const RAPID_CAP_SECS: f32 = 10.0;
/// Nothing slower than this is rapid at an item whose own times are not known, in seconds.
pub const RAPID_UNKNOWN_SECS: f32 = 1.0;
/// A retry faster than this came without a thought, in milliseconds.
pub const FAST_RETRY_MS: i64 = 5_000;
/// The usual response time where nothing is known, in seconds.
pub const USUAL_SECS: f32 = 20.0;
/// The usual spread of log response times where nothing is known.
pub const USUAL_SPREAD: f32 = 0.8;

/// An item is a new opportunity again after this many attempts at others. More would silence whoever practises few items.
pub const FRESH_AFTER: usize = 3;
/// A device's count that falls was restarted if the clock went on by this much, in milliseconds: no event is on its way for
/// so long.
pub const COUNT_RESTART_MS: i64 = 60_000;

/// Opportunities met in a row that show mastery.
pub const MASTERY_RUN: u8 = 3;
/// A skill was hard if it was missed this often before it was mastered.
pub const HARD_SKILL_MISSES: u16 = 2;
/// A run this long must have been before a longer one is a record.
pub const RECORD_FLOOR: u16 = 5;
/// Errors in a row at which the error-run gauge gets its full step.
pub const ERROR_RUN_FULL: f32 = 5.0;
/// Right answers whose end is felt.
pub const BROKEN_STREAK: u16 = 3;
/// Opportunities after celebrated improvement in which it is not celebrated again.
pub const IMPROVEMENT_PAUSE: u32 = 20;

/// Weight of the newest opportunity in the recent success rate.
pub const RECENT_WEIGHT: f32 = 1.0 / 5.0;
/// Weight of the newest opportunity in the long-run success rate.
pub const RATE_WEIGHT: f32 = 1.0 / 20.0;
/// How far an ability moves with a result as surprising as can be: at first, and when much is known (log-odds).
pub const ABILITY_STEP: [f32; 2] = [1.0, 0.05];
/// How soon it moves less: by this share with every opportunity.
pub const ABILITY_SLOWDOWN: f32 = 0.1;
/// How far the ability over the last few opportunities moves.
pub const RECENT_ABILITY_STEP: f32 = 0.6;
/// How far the ability at a skill moves.
pub const SKILL_ABILITY_STEP: f32 = 0.5;
/// An item as easy as most, in log-odds: two in three are right.
pub const USUAL_EASINESS: f32 = 0.7;
/// How much of being able in general is expected to show at a skill.
pub const SKILL_ON_ABILITY: f32 = 0.7;

/// Weight of the newest response time in the learner's pace.
pub const PACE_WEIGHT: f32 = 1.0 / 20.0;

/// How much longer learners may take who are given extended time.
pub const EXTENDED_TIME: f32 = 1.5;

/// For how many answers what a learner says about frustration stands in for the estimate.
pub const FRUSTRATION_REPORT_ANSWERS: u8 = 5;
/// The same for confidence.
pub const CONFIDENCE_REPORT_ANSWERS: u8 = 1;

/// What remains of the struggle gauges after a right, unassisted answer.
pub const RELIEF: f32 = 0.5;
/// What remains of them after any other right answer.
pub const SMALL_RELIEF: f32 = 0.75;

/// Whether a run of right answers has just reached a milestone: 5, 10, 20 and every 20 from there.
#[must_use]
pub fn is_milestone(run: u16) -> bool {
    run == 5 || run == 10 || (run > 0 && run.is_multiple_of(20))
}
