//! The four estimates: score, calibration, level and trend, and the signals each is made of.

use super::{Feature, Features, Model};
use crate::learner::{Learner, Level, Mood, Unit, logistic};

/// Scores at which the level rises to moderate and to high.
const RISES_AT: [f32; 2] = [0.40, 0.65];
/// Scores below which it falls back again.
const FALLS_AT: [f32; 2] = [0.30, 0.55];
/// Weight of the newest score in the slow average that the trend is told from.
const TREND_WEIGHT: f32 = 0.3;
/// A score this far from its slow average is moving.
const TREND_STEP: f32 = 0.05;
/// Attempts below which too little is known.
const ENOUGH_ATTEMPTS: u32 = 5;
/// Opportunities at a skill below which too little is known about spinning on it.
const ENOUGH_OPPORTUNITIES: u16 = 2;

/// What is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// What errors, their surprise and their timing usually go with.
    Frustration,
    /// The learner's own likely confidence.
    Confidence,
    /// Rapid guessing and answers taken from hints.
    Disengagement,
    /// That the skill in hand will not be mastered within ten opportunities.
    WheelSpinning,
}

impl Head {
    /// All of them, in the record's order.
    pub const ALL: [Self; 4] = [Self::Frustration, Self::Confidence, Self::Disengagement, Self::WheelSpinning];

    /// Its table in the model file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Frustration => "frustration",
            Self::Confidence => "confidence",
            Self::Disengagement => "disengagement",
            Self::WheelSpinning => "wheel_spinning",
        }
    }

    /// What the learner said, where that stands in for the estimate.
    fn reported(self, learner: &Learner) -> Option<f32> {
        let [frustration, confidence] = learner.reports;
        let report = match self {
            Self::Frustration => frustration,
            Self::Confidence => confidence,
            Self::Disengagement | Self::WheelSpinning => return None,
        };
        (report.left > 0).then(|| report.intensity.get())
    }
}

/// How far a score may be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calibration {
    /// Observed frequencies match it on held-out logs.
    Calibrated,
    /// It orders learners; it is not a probability.
    Uncalibrated,
    /// Too little is known.
    Insufficient,
}

/// Where a score is heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Up.
    Rising,
    /// Neither.
    Steady,
    /// Down.
    Falling,
}

/// One estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Zero to one.
    pub score: f32,
    /// How far to trust it.
    pub calibration: Calibration,
    /// In three steps, with hysteresis.
    pub level: Level,
    /// Against its own past.
    pub trend: Trend,
    /// The score is what the learner said, not what the model believes.
    pub reported: bool,
}

/// How it is going.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assessment {
    /// In the order of [`Head::ALL`].
    pub estimates: [Estimate; 4],
    /// Chance that the next unassisted attempt is right.
    pub p_next_correct: f32,
    /// Attempts ever counted.
    pub attempts: u32,
}

/// Something seen, and what it adds to a head's log-odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// What was seen.
    pub feature: Feature,
    /// On what it weighs.
    pub head: Head,
    /// How much of it there is.
    pub value: f32,
    /// What it adds.
    pub contribution: f32,
}

/// How it is going, as the record stands. Changes nothing.
#[must_use]
pub fn assess(model: &Model, learner: &Learner, features: &Features) -> Assessment {
    assessment(model, learner, believe(model, learner, features), features.p_next)
}

/// The scores as the model has them, whatever the learner said.
#[must_use]
pub fn believe(model: &Model, learner: &Learner, features: &Features) -> [f32; 4] {
    Head::ALL.map(|head| score(model, learner, head, features))
}

/// Lets an event that says something about the learner move levels and trends; then as [`assess`].
pub fn feel(model: &Model, learner: &mut Learner, features: &Features) -> Assessment {
    let scores = believe(model, learner, features);
    for (mood, score) in learner.moods.iter_mut().zip(scores) {
        // The first score is all there is to compare it with.
        let usual = if *mood == Mood::default() { score } else { mood.usual.get() };
        let before = if *mood == Mood::default() { score } else { mood.score.get() };
        mood.usual = Unit::new(usual + TREND_WEIGHT * (before - usual));
        mood.score = Unit::new(score);
        mood.level = level(mood.level, score);
        mood.high_for = if mood.level == Level::High { (mood.high_for + 1).min(63) } else { 0 };
    }
    assessment(model, learner, scores, features.p_next)
}

fn assessment(model: &Model, learner: &Learner, scores: [f32; 4], p_next_correct: f32) -> Assessment {
    let mut known = learner.moods.iter().zip(scores);
    let estimates = Head::ALL.map(|head| {
        let (mood, score) = known.next().map_or_else(Default::default, |(mood, score)| (*mood, score));
        let (calibration, trend) = (calibration(model, learner, head), trend(&mood));
        match head.reported(learner) {
            // What learners say of themselves is not ours to calibrate.
            Some(score) => {
                let (level, calibration) = (level(Level::Low, score), Calibration::Uncalibrated);
                Estimate { score, calibration, level, trend, reported: true }
            }
            // Before the first answer there is no past that a level could hang on to.
            None => {
                let level = if mood == Mood::default() { level(Level::Low, score) } else { mood.level };
                Estimate { score, calibration, level, trend, reported: false }
            }
        }
    });
    Assessment { estimates, p_next_correct, attempts: learner.progress.attempts }
}

/// What the estimates are made of: every feature that weighs on one now.
pub fn signals(model: &Model, features: &Features) -> impl Iterator<Item = Signal> {
    let weights = Head::ALL.into_iter().flat_map(|head| model.head(head).weights.iter().map(move |each| (head, *each)));
    weights.filter_map(|(head, (feature, weight))| {
        let value = features.get(feature);
        let contribution = weight * value;
        (contribution.abs() >= 0.001).then_some(Signal { feature, head, value, contribution })
    })
}

fn score(model: &Model, learner: &Learner, head: Head, features: &Features) -> f32 {
    // A skill once mastered is not spun on.
    if head == Head::WheelSpinning && learner.skills.first().is_none_or(|skill| skill.mastered) {
        return 0.0;
    }
    let linear = model.head(head);
    let sum = |sum: f32, (feature, weight): &(Feature, f32)| sum + weight * features.get(*feature);
    logistic(linear.weights.iter().fold(linear.bias, sum))
}

fn calibration(model: &Model, learner: &Learner, head: Head) -> Calibration {
    let enough = match head {
        Head::WheelSpinning => learner.skills.first().is_some_and(|skill| skill.opportunities >= ENOUGH_OPPORTUNITIES),
        _ => learner.progress.attempts >= ENOUGH_ATTEMPTS,
    };
    match enough {
        false => Calibration::Insufficient,
        true if model.is_calibrated(head) => Calibration::Calibrated,
        true => Calibration::Uncalibrated,
    }
}

fn level(before: Level, score: f32) -> Level {
    let [moderate, high] = if before == Level::High { [FALLS_AT[0], FALLS_AT[1]] } else { RISES_AT };
    let moderate = if before == Level::Low { moderate } else { FALLS_AT[0] };
    match score {
        score if score >= high => Level::High,
        score if score >= moderate => Level::Moderate,
        _ => Level::Low,
    }
}

fn trend(mood: &Mood) -> Trend {
    match mood.score.get() - mood.usual.get() {
        change if change > TREND_STEP => Trend::Rising,
        change if change < -TREND_STEP => Trend::Falling,
        _ => Trend::Steady,
    }
}
