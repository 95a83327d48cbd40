//! What one decision is made on, in steps coarse enough to keep.
//!
//! Decisions look at these rounded values and at nothing else. A decision kept in the record can therefore be explained, and
//! checked, with exactly the numbers it was made on.

use super::scalar::nearest;

/// One thing a decision may look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Reading {
    /// An answer was given. Yes or no.
    Answer,
    /// It was right. Yes or no.
    Correct,
    /// It was the first action on the item. Yes or no.
    Unassisted,
    /// It came too quickly to have been read. Yes or no.
    Rapid,
    /// It took five seconds at least; where the time is not known, a first try gets the benefit of the doubt. Yes or no.
    Considered,
    /// The last error was on another item. Yes or no.
    Elsewhere,
    /// The bottom-out hint was shown on this item. Yes or no.
    GivenAway,
    /// The skill has just seen its first three in a row. Yes or no.
    JustMastered,
    /// The run of right answers has just become the longest yet. Yes or no.
    LongestRun,
    /// The run of right answers has just reached 5, 10, 20 or another 20. Yes or no.
    Milestone,
    /// The learner has gone quiet on the item. Yes or no.
    Idle,
    /// The clock is known. Yes or no.
    Timed,
    /// Frustration is what the learner said it was. Yes or no.
    SelfReported,
    /// The learner wants celebrations only, or nothing. Yes or no.
    CelebrationsOnly,
    /// The learner wants what matters most only, or nothing. Yes or no.
    Quiet,

    /// The frustration estimate, 0 to 1.
    Frustration,
    /// The confidence estimate, 0 to 1.
    Confidence,
    /// Attempts known of the learner, 32 at most.
    Attempts,
    /// The wheel-spinning estimate, 0 to 1.
    WheelSpinning,
    /// Estimates in a row at which frustration met the policy's threshold, 15 at most, where the policy asks for more than one; 15
    /// where the learner said so.
    FrustrationRunning,
    /// Wrong answers in a row.
    ErrorRun,
    /// Right, unassisted answers in a row.
    SuccessRun,
    /// Wrong answers since the last unassisted right one.
    Slump,
    /// Wrong answers at this item.
    ItemErrors,
    /// Mean surprise over the run of right answers, 0 to 1.
    RunSurprise,
    /// Response time against the usual, in deviations, −8 to 8; 0 where unknown.
    Slowness,
    /// Rapid answers, fading over 180 s.
    RecentRapid,
    /// Hints, fading over 180 s.
    RecentHelp,
    /// Opportunities at the skill.
    SkillOpportunities,
    /// Minutes since the session began, or since a break was proposed.
    SessionMinutes,
    /// Recent success rate less the long-run one, −1 to 1; 0 for 20 opportunities after it was celebrated.
    Gain,
    /// Estimates in a row at which confidence met the policy's threshold, 15 at most.
    ConfidenceRunning,
    /// The same for wheel-spinning.
    WheelSpinningRunning,
    /// Where an alert budget puts the threshold on frustration, 0 to 1; 0 where there is none.
    FrustrationAlert,
    /// The same for confidence.
    ConfidenceAlert,
    /// The same for wheel-spinning.
    WheelSpinningAlert,
}

/// How many readings are yes or no.
pub(super) const FLAGS: usize = 15;
/// How many readings are levels rather than yes or no.
pub(super) const LEVELS: usize = 21;

impl Reading {
    /// All of them, in the record's order.
    pub const ALL: [Self; FLAGS + LEVELS] = [
        Self::Answer,
        Self::Correct,
        Self::Unassisted,
        Self::Rapid,
        Self::Considered,
        Self::Elsewhere,
        Self::GivenAway,
        Self::JustMastered,
        Self::LongestRun,
        Self::Milestone,
        Self::Idle,
        Self::Timed,
        Self::SelfReported,
        Self::CelebrationsOnly,
        Self::Quiet,
        Self::Frustration,
        Self::Confidence,
        Self::Attempts,
        Self::WheelSpinning,
        Self::FrustrationRunning,
        Self::ErrorRun,
        Self::SuccessRun,
        Self::Slump,
        Self::ItemErrors,
        Self::RunSurprise,
        Self::Slowness,
        Self::RecentRapid,
        Self::RecentHelp,
        Self::SkillOpportunities,
        Self::SessionMinutes,
        Self::Gain,
        Self::ConfidenceRunning,
        Self::WheelSpinningRunning,
        Self::FrustrationAlert,
        Self::ConfidenceAlert,
        Self::WheelSpinningAlert,
    ];

    /// The name it goes by in explanations.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Correct => "correct",
            Self::Unassisted => "unassisted",
            Self::Rapid => "rapid",
            Self::Considered => "considered",
            Self::Elsewhere => "elsewhere",
            Self::GivenAway => "given_away",
            Self::JustMastered => "just_mastered",
            Self::LongestRun => "longest_run",
            Self::Milestone => "milestone",
            Self::Idle => "idle",
            Self::Timed => "timed",
            Self::SelfReported => "self_reported",
            Self::CelebrationsOnly => "celebrations_only",
            Self::Quiet => "quiet",
            Self::Frustration => "frustration",
            Self::Confidence => "confidence",
            Self::Attempts => "attempts",
            Self::WheelSpinning => "wheel_spinning",
            Self::FrustrationRunning => "frustration_running",
            Self::ErrorRun => "error_run",
            Self::SuccessRun => "success_run",
            Self::Slump => "slump",
            Self::ItemErrors => "item_errors",
            Self::RunSurprise => "run_surprise",
            Self::Slowness => "slowness",
            Self::RecentRapid => "recent_rapid",
            Self::RecentHelp => "recent_help",
            Self::SkillOpportunities => "skill_opportunities",
            Self::SessionMinutes => "session_minutes",
            Self::Gain => "gain",
            Self::ConfidenceRunning => "confidence_running",
            Self::WheelSpinningRunning => "wheel_spinning_running",
            Self::FrustrationAlert => "frustration_alert",
            Self::ConfidenceAlert => "confidence_alert",
            Self::WheelSpinningAlert => "wheel_spinning_alert",
        }
    }

    /// The number of the lowest step, and the size of a step. Zero is always a step, and the one that costs least to keep.
    fn scale(self) -> (i16, f32) {
        match self {
            Self::Frustration
            | Self::Confidence
            | Self::WheelSpinning
            | Self::RunSurprise
            | Self::FrustrationAlert
            | Self::ConfidenceAlert
            | Self::WheelSpinningAlert => (0, 1.0 / 255.0),
            Self::Slowness => (-128, 1.0 / 16.0),
            Self::RecentRapid | Self::RecentHelp => (0, 1.0 / 16.0),
            Self::Gain => (-128, 1.0 / 127.0),
            _ => (0, 1.0),
        }
    }
}

/// So many attempts are as good as any more.
const MANY_ATTEMPTS: f32 = 32.0;

impl Reading {
    /// Counted from the other end where most learners are there: zero costs nothing.
    fn turned(self, value: f32) -> f32 {
        if self == Self::Attempts { MANY_ATTEMPTS - value.clamp(0.0, MANY_ATTEMPTS) } else { value }
    }
}

/// Which levels are counts: mostly small.
pub(super) const COUNTS: u32 = bit(Reading::FrustrationRunning)
    | bit(Reading::ErrorRun)
    | bit(Reading::SuccessRun)
    | bit(Reading::Slump)
    | bit(Reading::ItemErrors)
    | bit(Reading::SkillOpportunities)
    | bit(Reading::ConfidenceRunning)
    | bit(Reading::WheelSpinningRunning);

const fn bit(level: Reading) -> u32 {
    1 << (level as usize - FLAGS)
}

/// Flags that are asked for all at once, and which of them have to be a yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    asked: u16,
    yes: u16,
}

impl Flags {
    /// Asks for a yes, or a no, of a reading that is one of them; what else there is, is not asked for here.
    pub fn ask(&mut self, reading: Reading, yes: bool) {
        if (reading as usize) < FLAGS {
            let bit = 1 << reading as usize;
            self.asked |= bit;
            self.yes |= if yes { bit } else { 0 };
        }
    }
}

/// All readings of one decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    pub(super) flags: u16,
    pub(super) levels: [u8; LEVELS],
}

impl Readings {
    /// Notes a value, to the nearest step it can be kept in.
    pub fn set(&mut self, reading: Reading, value: f32) {
        let place = reading as usize;
        match place.checked_sub(FLAGS) {
            None => {
                let bit = 1 << place;
                self.flags = if value > 0.0 { self.flags | bit } else { self.flags & !bit };
            }
            Some(place) => {
                let value = reading.turned(value);
                let (lowest, step) = reading.scale();
                if let Some(level) = self.levels.get_mut(place) {
                    let lowest = i32::from(lowest);
                    *level = nearest(value / step).clamp(lowest, lowest + 255) as u8;
                }
            }
        }
    }

    /// Notes a yes or no.
    pub fn flag(&mut self, reading: Reading, holds: bool) {
        self.set(reading, if holds { 1.0 } else { 0.0 });
    }

    /// Whether every flag is as it was asked for.
    #[must_use]
    pub fn have(&self, flags: Flags) -> bool {
        self.flags & flags.asked == flags.yes
    }

    /// The value as noted.
    #[must_use]
    pub fn get(&self, reading: Reading) -> f32 {
        let place = reading as usize;
        match place.checked_sub(FLAGS) {
            None => f32::from(self.flags >> place & 1),
            Some(place) => {
                let (lowest, step) = reading.scale();
                let level = self.levels.get(place).copied().unwrap_or_default();
                reading.turned(step * if lowest < 0 { f32::from(level as i8) } else { f32::from(level) })
            }
        }
    }
}
