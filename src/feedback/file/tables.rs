//! The tables of a policy file. Field comments are the descriptions in the published schema.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::values::{
    Name, PlacementName, SelectionName, Share, SuggestionName, TimeOfDay, UnitName, VolumeName, Whole,
};
use crate::reason::Reason;

/// A Hearten policy: when something is said to a learner, and how much.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Hearten policy")]
pub(super) struct File {
    /// The layout of this file.
    #[allow(dead_code, reason = "there is one layout; another would be read differently")]
    pub layout: Whole<1, 1>,
    /// What the policy is called; a hash of the file is added to it in decisions.
    pub name: Name,
    /// Decide, spend budgets, and say nothing.
    #[serde(default)]
    pub shadow: bool,
    /// How much is said, over all reasons.
    pub restraint: RestraintTable,
    /// When a teacher should have a look.
    pub attention: AttentionTable,
    /// What each reason asks for.
    pub reasons: Reasons,
}

/// How much is said, over all reasons.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct RestraintTable {
    /// Opportunities between two messages of a kind.
    pub cooldown: Whole<0, 1000>,
    /// Seconds between any two messages, where the clock is known.
    pub pause_secs: Whole<0, 86400>,
    /// Encouragements a session, at most.
    pub encouragements_per_session: Whole<0, 10>,
    /// Messages an hour at work, at most.
    pub per_hour: Whole<0, 10>,
    /// Messages in 24 hours (in eight hours at work where the clock is not known), at most.
    pub per_day: Whole<0, 10>,
    /// After so many messages of a reason that were dismissed or found unhelpful, fewer of it are said, until one is found
    /// helpful; 0 changes nothing. 3 unless stated.
    pub dismissals: Option<Whole<0, 3>>,
    /// How many of it are said in 24 hours then, at most. 1 unless stated.
    pub dismissed_per_day: Option<Whole<1, 10>>,
    /// Silence shorter than this is never being stuck, in seconds.
    pub stuck_floor_secs: Whole<1, 3600>,
    /// How long a message stays valid, in seconds.
    pub valid_secs: Whole<5, 3600>,
    /// Arriving later than this, in seconds, an event is stale.
    pub stale_secs: Whole<1, 86400>,
    /// When nothing is said, in the learner's time zone; may go over midnight. Where no time zone is known, it does not apply.
    #[schemars(with = "Option<QuietHoursTable>")]
    pub quiet_hours: Option<Spanned<QuietHoursTable>>,
}

/// A part of the day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct QuietHoursTable {
    /// When it begins.
    pub from: TimeOfDay,
    /// When it is over.
    pub until: TimeOfDay,
}

/// When a teacher should have a look.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub(super) struct AttentionTable {
    /// Estimates in a row at which frustration was high.
    pub frustration_high_for: Whole<2, 60>,
    /// The wheel-spinning estimate from which on, 0 to 1.
    pub wheel_spinning: Share,
    /// Opportunities at the skill, at least.
    pub wheel_spinning_opportunities: Whole<2, 100>,
}

/// What one reason asks for, and how often it may speak.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonTable {
    /// Whether it may speak at all.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Of the reasons that are met, the one with the lowest number wins.
    #[schemars(with = "Whole<1, 100>")]
    pub priority: Spanned<Whole<1, 100>>,
    /// What the reason is met from. What it counts and which values are allowed depends on the reason.
    #[schemars(with = "Option<f32>")]
    pub threshold: Option<Spanned<f32>>,
    /// Instead of a threshold: about so many moments an hour at work are to come over it, by the learner's own past. For reasons
    /// that look at an estimate.
    #[schemars(with = "Option<f32>", extend("exclusiveMinimum" = 0, "maximum" = 12))]
    pub alerts_per_hour: Option<Spanned<f32>>,
    /// Attempts that must be known of the learner.
    pub evidence: Whole<0, 32>,
    /// Estimates in a row that must come over the threshold. More than 1 only for reasons that look at an estimate.
    #[schemars(with = "Option<Whole<1, 15>>")]
    pub running: Option<Spanned<Whole<1, 15>>>,
    /// Opportunities between two messages of this reason.
    pub cooldown: Whole<0, 1000>,
    /// Messages of this reason a session, at most.
    pub per_session: Option<Whole<1, 10>>,
    /// Messages of this reason an hour at work, at most.
    pub per_hour: Option<Whole<1, 10>>,
    /// Messages of this reason in 24 hours (in eight hours at work where the clock is not known), at most.
    pub per_day: Option<Whole<1, 10>>,
    /// The next step that goes with the message.
    pub suggestion: Option<SuggestionName>,
    /// Where the message is shown: encouragements inline and celebrations as a toast unless stated.
    pub placement: Option<PlacementName>,
    /// The volumes it may reach.
    #[schemars(with = "Vec<VolumeName>", length(min = 1))]
    pub volumes: Spanned<Vec<VolumeName>>,
    /// This share of its messages is held out by lot, to learn whether they help (`hearten trial report`). Not for `stuck`, nor
    /// where the suggestion is to ask the teacher.
    #[schemars(with = "Option<f32>", extend("minimum" = 0.001, "maximum" = 0.9))]
    pub trial: Option<Spanned<f32>>,
    /// Who is held out together: each decision of each learner by itself unless stated, or a class for a day.
    #[schemars(with = "Option<UnitName>")]
    pub trial_unit: Option<Spanned<UnitName>>,
    /// Where the trial shows harm, it is not said any more. Asks for a trial.
    #[schemars(with = "Option<bool>")]
    pub guard: Option<Spanned<bool>>,
    /// How its wordings are chosen: they go round unless stated. `adaptive` asks for a trial.
    #[schemars(with = "Option<SelectionName>")]
    pub selection: Option<Spanned<SelectionName>>,
}

fn yes() -> bool {
    true
}

macro_rules! reasons {
    ($($field:ident: $reason:ident),* $(,)?) => {
        /// What each reason asks for. All of them are named; one that should never speak has `enabled = false`.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        #[schemars(inline)]
        pub(super) struct Reasons {
            $(
                #[schemars(with = "ReasonTable")]
                $field: Spanned<ReasonTable>,
            )*
        }

        impl Reasons {
            pub fn each(&self) -> Vec<(Reason, &Spanned<ReasonTable>)> {
                vec![$((Reason::$reason, &self.$field)),*]
            }
        }
    };
}

reasons! {
    streak_milestone: StreakMilestone,
    comeback: Comeback,
    persistence_paid_off: PersistencePaidOff,
    mastery_reached: MasteryReached,
    personal_best: PersonalBest,
    real_improvement: RealImprovement,
    frustration_rising: FrustrationRising,
    error_run: ErrorRun,
    wheel_spinning: WheelSpinning,
    slow_struggle: SlowStruggle,
    stuck: Stuck,
    hint_reliance: HintReliance,
    rapid_guessing: RapidGuessing,
    low_confidence_success: LowConfidenceSuccess,
    long_session: LongSession,
}
