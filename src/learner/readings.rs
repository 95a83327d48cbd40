//! What one decision is made on, in steps coarse enough to keep.
//!
//! Decisions look at these rounded values and at nothing else. A decision kept in the record can therefore be explained, and
//! checked, with exactly the numbers it was made on.

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

    /// The frustration estimate, 0 to 1.
    Frustration,
    /// The confidence estimate, 0 to 1.
    Confidence,
    /// The disengagement estimate, 0 to 1.
    Disengagement,
    /// The wheel-spinning estimate, 0 to 1.
    WheelSpinning,
    /// How many estimates in a row frustration was high.
    FrustrationHighFor,
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
}

/// How many readings are yes or no.
pub(super) const FLAGS: usize = 12;
/// How many readings are levels rather than yes or no.
pub(super) const LEVELS: usize = 16;

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
        Self::Frustration,
        Self::Confidence,
        Self::Disengagement,
        Self::WheelSpinning,
        Self::FrustrationHighFor,
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
            Self::Frustration => "frustration",
            Self::Confidence => "confidence",
            Self::Disengagement => "disengagement",
            Self::WheelSpinning => "wheel_spinning",
            Self::FrustrationHighFor => "frustration_high_for",
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
        }
    }

    /// The number of the lowest step, and the size of a step. Zero is always a step, and the one that costs least to keep.
    fn scale(self) -> (i16, f32) {
        match self {
            Self::Frustration | Self::Confidence | Self::Disengagement | Self::WheelSpinning | Self::RunSurprise => {
                (0, 1.0 / 255.0)
            }
            Self::Slowness => (-128, 1.0 / 16.0),
            Self::RecentRapid | Self::RecentHelp => (0, 1.0 / 16.0),
            Self::Gain => (-128, 1.0 / 127.0),
            _ => (0, 1.0),
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
                let (lowest, step) = reading.scale();
                if let Some(level) = self.levels.get_mut(place) {
                    let lowest = f32::from(lowest);
                    *level = (value / step).round().clamp(lowest, lowest + 255.0) as i16 as u8;
                }
            }
        }
    }

    /// Notes a yes or no.
    pub fn flag(&mut self, reading: Reading, holds: bool) {
        self.set(reading, if holds { 1.0 } else { 0.0 });
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
                step * if lowest < 0 { f32::from(level as i8) } else { f32::from(level) }
            }
        }
    }
}
