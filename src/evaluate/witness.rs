//! What was believed and what came, in rows.

use super::{
    Taken,
    agreement::Said,
    rival::{Before, Rivals},
};
use crate::{
    estimate::{Features, Model, Term, believe},
    event::{Action, Event},
    learner::short,
};

/// An answer, with what was believed before it.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// Whose.
    pub learner: u32,
    /// It was right.
    pub correct: bool,
    /// It was the first action on the item.
    pub first: bool,
    /// The chance that it would be right.
    pub expected: f32,
    /// It came too quickly to have been read.
    pub rapid: bool,
    /// Deviations above the usual response time, where that is known.
    pub slowness: Option<f32>,
    /// What the rivals said.
    pub rivals: Before,
}

/// What is believed after an event.
#[derive(Clone, Copy, Debug, Default)]
pub struct After {
    /// Frustration, confidence, disengagement, wheel-spinning.
    pub scores: [f32; 4],
}

/// A first action on an item, with what was believed after it.
#[derive(Clone, Copy, Debug)]
pub struct Opportunity {
    /// Whose.
    pub learner: u32,
    /// The first skill; zero where none is named.
    pub skill: u32,
    /// It was met by a right, unassisted answer.
    pub met: bool,
    /// The bottom-out hint was shown at it, then or later.
    pub given_away: bool,
    /// How long the answer took is known.
    pub timed: bool,
    /// It was answered too quickly to have been read.
    pub rapid: bool,
    /// Opportunities missed in a row, this one included.
    pub error_run: u32,
    /// What was believed after it.
    pub after: After,
    /// The exponentially weighted error rate after it.
    pub ew_errors: f32,
    /// One that hardly forgets.
    pub slow_ew_errors: f32,
    /// The learner's share of errors after it.
    pub mean_errors: f32,
}

/// Everything a log told.
#[derive(Debug, Default)]
pub struct Witness {
    /// All answers, in the order of the log.
    pub answers: Vec<Answer>,
    /// All opportunities.
    pub opportunities: Vec<Opportunity>,
    /// What learners said about themselves.
    pub said: Vec<Said>,
    /// Per learner, time at work in milliseconds.
    pub active_ms: Vec<u64>,
    rivals: Rivals,
    latest: Vec<Latest>,
}

/// What a learner's next event may refer to.
#[derive(Clone, Copy, Debug, Default)]
struct Latest {
    after: After,
    opportunity: Option<usize>,
    /// The last answer's correctness, then the item's easiness.
    rival: Option<f32>,
}

impl Witness {
    /// Takes down one event. Returns what is believed after it.
    pub fn see(&mut self, model: &Model, event: &Event, taken: &Taken) -> After {
        let learner = taken.number;
        let place = learner as usize;
        if self.latest.len() <= place {
            self.latest.resize(place + 1, Latest::default());
            self.active_ms.resize(place + 1, 0);
        }
        let mut latest = self.latest.get(place).copied().unwrap_or_default();
        // What a learner says about the last answer is held against what was believed before it was said.
        if let Action::SelfReport { feeling, thousandths } = event.action {
            let intensity = f32::from(thousandths) / 1000.0;
            let ew_errors = self.rivals.of(learner).ew_errors;
            self.said.push(Said::new(learner, feeling, intensity, latest.after.scores, latest.rival, ew_errors));
        }
        let features = Features::of(model, taken.learner, taken.statistics);
        let after = After { scores: believe(model, taken.learner, &features) };
        let skill = event.skills.first().map_or(0, |hash| short(*hash));
        let opportunity = taken.turn.seen.sums.map(|sums| sums.successes > 0);
        if let Some(answer) = taken.turn.seen.answer {
            self.answers.push(Answer {
                learner,
                correct: answer.correct,
                first: opportunity.is_some(),
                expected: taken.turn.expected.probability,
                rapid: answer.rapid,
                slowness: answer.slowness,
                rivals: self.rivals.before(learner, skill),
            });
            let easiness = taken.turn.terms.get(Term::Easiness as usize).copied().unwrap_or_default();
            latest.rival = Some(if answer.correct { 10.0 } else { 0.0 } + easiness);
        }
        if let Some(met) = opportunity {
            self.rivals.learn(learner, skill, met);
            let simple = self.rivals.of(learner);
            latest.opportunity = Some(self.opportunities.len());
            self.opportunities.push(Opportunity {
                learner,
                skill,
                met,
                given_away: false,
                timed: taken.turn.seen.sums.is_some_and(|sums| sums.timed > 0),
                rapid: taken.turn.seen.answer.is_some_and(|answer| answer.rapid),
                error_run: simple.error_run,
                after,
                ew_errors: simple.ew_errors,
                slow_ew_errors: simple.slow_ew_errors,
                mean_errors: 1.0 - simple.mean(),
            });
        }
        if let (Action::Hint(hint), Some(place)) = (event.action, latest.opportunity)
            && let Some(opportunity) = self.opportunities.get_mut(place)
        {
            opportunity.given_away |= hint.bottom_out;
        }
        latest.after = after;
        if let (Some(known), Some(active)) = (self.latest.get_mut(place), self.active_ms.get_mut(place)) {
            (*known, *active) = (latest, taken.learner.clock.active_ms);
        }
        after
    }

    /// How many learners there were.
    #[must_use]
    pub fn learners(&self) -> usize {
        self.latest.len()
    }
}
