//! A policy: what each reason asks for, and how much is said at all.

use std::sync::Arc;

use arrayvec::ArrayVec;

use super::{Comparison, Condition, Conditions, Threshold, Trial, Trigger, Unusable, file};
use crate::{
    learner::{Readings, Volume},
    reason::{Kind, Placement, Reason, Suggestion},
};

/// What decisions follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Its name and a hash of the file, in every decision.
    pub version: Arc<str>,
    /// It decides and says nothing.
    pub shadow: bool,
    /// The reasons that may speak, best first: of those that are met the first wins.
    pub rules: Vec<Rule>,
    /// How much is said.
    pub restraint: Restraint,
    /// Whom a teacher should see.
    pub attention: Criteria,
}

/// What one reason asks for, and how often it may speak.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The reason's trigger.
    pub trigger: &'static Trigger,
    /// All of these must hold: the trigger's, and the policy's thresholds.
    pub conditions: Conditions,
    /// Where its threshold lies, if it has one.
    pub level: Option<Level>,
    /// Estimates in a row that must come over it.
    pub running: u32,
    /// Attempts that must be known of the learner.
    pub evidence: u32,
    /// Opportunities between two messages of this reason.
    pub cooldown: u32,
    /// Messages of this reason, at most.
    pub caps: Caps,
    /// The next step that goes with it.
    pub suggestion: Option<Suggestion>,
    /// Where it is shown.
    pub placement: Placement,
    /// The volumes it may reach.
    pub volumes: Volumes,
    /// How many of its messages are held out, to learn whether they help.
    pub trial: Option<Trial>,
    /// Where a trial shows harm, it is not said any more.
    pub guard: bool,
    /// A trial showed that it does harm, and so it was not said any more: of a rule as it is kept to explain a decision.
    pub stopped: bool,
    /// How its wordings are chosen.
    pub selection: Selection,
}

/// How wordings are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// They go round.
    #[default]
    Rotation,
    /// Those that help are said more often, and none is given up.
    Adaptive,
}

/// Some of the volumes at which anything is said.
pub type Volumes = ArrayVec<Volume, { Volume::SPEAKING.len() }>;

/// Where a threshold lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    /// At a number.
    At(f32),
    /// Where so many moments an hour at work come over it, by the learner's own past.
    AlertsPerHour(f32),
}

/// At most so many messages of one reason; `None` leaves it to the restraint on all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// A session.
    pub per_session: Option<u32>,
    /// An hour at work.
    pub per_hour: Option<u32>,
    /// A day.
    pub per_day: Option<u32>,
}

/// How much is said, over all reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restraint {
    /// Opportunities between two messages of a kind.
    pub cooldown: u32,
    /// Seconds between any two messages.
    pub pause_secs: u64,
    /// Encouragements a session.
    pub encouragements_per_session: u32,
    /// Messages an hour at work.
    pub per_hour: u32,
    /// Messages in 24 hours (untimed: in eight hours at work).
    pub per_day: u32,
    /// After so many messages of a reason that were dismissed or found unhelpful …
    pub dismissals: u8,
    /// … it is said so often in 24 hours at most, until one is found helpful.
    pub dismissed_per_day: u32,
    /// Silence shorter than this is never being stuck, in milliseconds.
    pub stuck_floor_ms: i64,
    /// How long a message stays valid, in seconds.
    pub valid_secs: u64,
    /// Arriving later than this, an event is stale, in milliseconds.
    pub stale_ms: i64,
    /// When nothing is said, in the learner's time zone.
    pub quiet_hours: Option<QuietHours>,
}

/// A part of the day; it may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// Its first minute, counted from midnight.
    pub from: u16,
    /// The first minute after it.
    pub until: u16,
}

/// When a teacher should have a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Criteria {
    /// Estimates in a row at which frustration was high.
    pub frustration_high_for: u8,
    /// The wheel-spinning estimate …
    pub wheel_spinning: f32,
    /// … after so many opportunities at the skill.
    pub wheel_spinning_opportunities: u16,
}

impl Policy {
    /// The policy that comes with this release, as a file.
    pub const BUILTIN: &str = include_str!("policy.toml");

    /// The policy that comes with this release.
    pub fn builtin() -> Result<Self, Unusable> {
        Self::parse(Self::BUILTIN)
    }

    /// A policy without reasons, for whoever wants estimates only.
    #[must_use]
    pub fn silent() -> Self {
        Self {
            version: Arc::from("silent"),
            shadow: true,
            rules: Vec::new(),
            restraint: Restraint {
                cooldown: 0,
                pause_secs: 0,
                encouragements_per_session: 0,
                per_hour: 0,
                per_day: 0,
                dismissals: 0,
                dismissed_per_day: 0,
                stuck_floor_ms: 0,
                valid_secs: 0,
                stale_ms: 0,
                quiet_hours: None,
            },
            attention: Criteria {
                frustration_high_for: u8::MAX,
                wheel_spinning: 1.0,
                wheel_spinning_opportunities: u16::MAX,
            },
        }
    }

    /// Reads a policy file and checks what is promised of it: all of it, or nothing.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        file::read(text)
    }

    /// The same with nothing left to chance: for whoever holds policies against each other, or against what they expect.
    #[must_use]
    pub fn without_trials(mut self) -> Self {
        for rule in &mut self.rules {
            (rule.trial, rule.guard, rule.selection) = (None, false, Selection::Rotation);
        }
        self
    }

    /// Something is left to chance.
    #[must_use]
    pub fn draws(&self) -> bool {
        self.rules.iter().any(|rule| rule.trial.is_some())
    }

    /// The rule of a reason, where it may speak.
    #[must_use]
    pub fn rule(&self, reason: Reason) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.reason() == reason)
    }
}

impl Rule {
    /// Where a message is shown unless a policy says otherwise: help beside the work, applause at the edge.
    #[must_use]
    pub fn usual_placement(reason: Reason) -> Placement {
        match reason.kind() {
            Kind::Encouragement => Placement::Inline,
            Kind::Celebration => Placement::Toast,
        }
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.trigger.reason
    }

    /// A rule of another day, as far as it explains a decision.
    #[must_use]
    pub fn kept(
        trigger: &'static Trigger,
        level: Option<Level>,
        running: u32,
        evidence: u32,
        volumes: Volumes,
    ) -> Self {
        let conditions = Self::conditions(trigger, level, running);
        let (cooldown, caps, suggestion, placement) = (0, Caps::default(), None, Placement::Inline);
        let (trial, guard, stopped, selection) = (None, false, false, Selection::Rotation);
        Self {
            trigger,
            conditions,
            level,
            running,
            evidence,
            cooldown,
            caps,
            suggestion,
            placement,
            volumes,
            trial,
            guard,
            stopped,
            selection,
        }
    }

    /// All its conditions hold.
    #[must_use]
    pub fn met(&self, readings: &Readings) -> bool {
        self.conditions.hold(readings)
    }

    /// What the trigger asks for and where the policy sets its thresholds: at so much, so many times running.
    pub(super) fn conditions(trigger: &Trigger, level: Option<Level>, running: u32) -> Conditions {
        let mut conditions = Conditions::default();
        trigger.gates.iter().for_each(|gate| conditions.push(*gate));
        if let (Some(measure), Some(level)) = (&trigger.measure, level) {
            let comparison = if measure.low { Comparison::AtMost } else { Comparison::AtLeast };
            let threshold = match (level, measure.watched) {
                (Level::AlertsPerHour(_), Some(watched)) => Threshold::Reading(watched.alert()),
                (Level::At(threshold) | Level::AlertsPerHour(threshold), _) => Threshold::Fixed(threshold),
            };
            conditions.push(Condition { reading: measure.reading, comparison, threshold });
            if let Some(watched) = measure.watched.filter(|_| running > 1) {
                conditions.push(Condition::at_least(watched.running(), running as f32));
            }
        }
        conditions
    }
}
