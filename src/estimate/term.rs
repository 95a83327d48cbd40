//! What the expectation may look at, by the name it has in the model file.

use super::Bound;

/// One number about a learner before an attempt at an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Term {
    /// The item's easiness for everybody, shrunk to its skills and to all items (log-odds).
    Easiness,
    /// Mean ability of those who met the item (log-odds): where the able are right, others may not be.
    Company,
    /// How much more the learner's standing tells at this item than at others (log-odds).
    Discrimination,
    /// Opportunities met (log of one more).
    Successes,
    /// Opportunities missed (log of one more).
    Failures,
    /// The learner's ability against the items met (log-odds).
    Ability,
    /// The same over the last few opportunities.
    RecentAbility,
    /// Wrong answers in a row, five at most.
    ErrorRun,
    /// The skills were met before: 1, or the share of those that were.
    SkillMet,
    /// Opportunities met at the skills (log of one more).
    SkillSuccesses,
    /// Opportunities missed at the skills (log of one more).
    SkillFailures,
    /// The learner's ability at the skills beyond being able in general (log-odds).
    SkillAbility,
    /// Opportunities met in a row at the skills, three at most.
    SkillRun,
    /// The first skill is the one in hand.
    SameSkill,
    /// The item is among the last eight attempts.
    ItemSeen,
    /// And was right the last time.
    ItemRight,
    /// The item is in hand: an earlier answer or a hint there is not an end.
    Retry,
}

/// A value per term, in the order of [`Term::ALL`].
pub type Terms = [f32; Term::ALL.len()];

impl Term {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Easiness,
        Self::Company,
        Self::Discrimination,
        Self::Successes,
        Self::Failures,
        Self::Ability,
        Self::RecentAbility,
        Self::ErrorRun,
        Self::SkillMet,
        Self::SkillSuccesses,
        Self::SkillFailures,
        Self::SkillAbility,
        Self::SkillRun,
        Self::SameSkill,
        Self::ItemSeen,
        Self::ItemRight,
        Self::Retry,
    ];

    /// Its name in model files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Easiness => "easiness",
            Self::Company => "company",
            Self::Discrimination => "discrimination",
            Self::Successes => "successes",
            Self::Failures => "failures",
            Self::Ability => "ability",
            Self::RecentAbility => "recent_ability",
            Self::ErrorRun => "error_run",
            Self::SkillMet => "skill_met",
            Self::SkillSuccesses => "skill_successes",
            Self::SkillFailures => "skill_failures",
            Self::SkillAbility => "skill_ability",
            Self::SkillRun => "skill_run",
            Self::SameSkill => "same_skill",
            Self::ItemSeen => "item_seen",
            Self::ItemRight => "item_right",
            Self::Retry => "retry",
        }
    }

    /// What its weight must keep to, so that a right answer never lowers what is expected of its skills.
    #[must_use]
    pub fn bound(self) -> Bound {
        match self {
            Self::Failures | Self::SkillFailures | Self::ItemSeen | Self::Retry => Bound::Free,
            Self::Company | Self::ErrorRun => Bound::AtMostZero,
            _ => Bound::AtLeastZero,
        }
    }
}
