//! An event is put into the record.

use super::{
    Passage,
    ability::Expected,
    answer::{Answer, answer, response_time},
    constants::{CONFIDENCE_REPORT_ANSWERS, FRUSTRATION_REPORT_ANSWERS},
    fault, pace,
    pace::Usual,
    progress::{end_run, opportunity},
    visit::{arrive, fresh_place, is_untouched, remember},
};
use crate::{
    event::{Action, Event, Feeling, Hint},
    learner::{Gauge, Learner, Opportunity, Place, Report, Unit, short},
    statistics::Sums,
};

/// What an event showed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Observation {
    /// The answer, if it was one that counts.
    pub answer: Option<Answer>,
    /// What it adds to the sums of its item, its skills and of all: nothing unless it was an opportunity.
    pub sums: Option<Sums>,
    /// Wrong answers since the last opportunity met, before this event.
    pub slump: u8,
}

/// Takes an event in.
pub fn observe(
    learner: &mut Learner,
    event: &Event,
    passage: &Passage,
    expected: Expected,
    usual: &Usual,
) -> Observation {
    let in_hand = learner.place.clone();
    let seen = take_in(learner, event, passage, expected, usual);
    if passage.late {
        // Old news of another item does not take the learner away from the one in hand. Of that one it tells what was done there, and
        // does not open again what is done.
        let same = learner.place.item == in_hand.item;
        learner.place = if same { late_at(in_hand, &learner.place, event) } else { in_hand };
    }
    seen
}

/// A visit of which old news came.
fn late_at(in_hand: Place, told: &Place, event: &Event) -> Place {
    let Place { hidden, interrupted, .. } = in_hand;
    // Without a time it may be of an earlier visit.
    let timed = event.clocks.occurred_at.is_some() && !event.untimed;
    let since = if timed { in_hand.since.max(told.since) } else { in_hand.since };
    let closed = in_hand.closed || timed && told.closed && event.at() >= since;
    let nudged = in_hand.nudged || told.nudged;
    Place { since, closed, hidden, interrupted, nudged, ..told.clone() }
}

fn take_in(learner: &mut Learner, event: &Event, passage: &Passage, expected: Expected, usual: &Usual) -> Observation {
    let mut seen = Observation { slump: learner.progress.slump, ..Observation::default() };
    if let Action::Attempt(attempt) = event.action {
        let arrived = arrive(learner, event, passage, attempt.number);
        // A faulty item says nothing about the learner.
        if !learner.place.faulty {
            let time = response_time(learner, passage, attempt, arrived, usual);
            let (shown, sums) = answer(learner, event, passage, attempt, expected, time);
            (seen.answer, seen.sums) = (Some(shown), sums);
            if let (Some(ms), false) = (time.ms, time.rapid) {
                pace::learn(&mut learner.pace, usual, ms);
            }
        }
        learner.place.since = passage.at;
        is_here(learner, passage);
        return seen;
    }
    match event.action {
        Action::Hint(shown) => {
            arrive(learner, event, passage, None);
            if !learner.place.faulty {
                hint(learner, event, passage, shown, expected, &mut seen);
            }
            learner.place.since = passage.at;
            is_here(learner, passage);
        }
        // Where the learner was then says nothing about now.
        Action::ItemStarted | Action::FocusChanged { .. } | Action::SessionEnded if passage.late => {}
        Action::ItemStarted => {
            let again = learner.place.closed || event.item.map(short) != Some(learner.place.item);
            if again {
                learner.place = fresh_place(learner, event);
            }
            learner.place.since = passage.at;
            learner.place.interrupted = false;
            is_here(learner, passage);
        }
        Action::FocusChanged { hidden } => {
            learner.place.hidden = hidden;
            learner.place.interrupted = true;
        }
        Action::Skip => {
            arrive(learner, event, passage, None);
            learner.place.closed = true;
            is_here(learner, passage);
        }
        Action::ContentFault => fault::take_back(learner, event),
        Action::SessionEnded => learner.session.ended = true,
        Action::SelfReport { .. } if passage.late => {}
        Action::SelfReport { feeling, thousandths } => {
            let [frustration, confidence] = &mut learner.reports;
            let intensity = Unit::new(f32::from(thousandths) / 1000.0);
            match feeling {
                // The answer that ends a report is the first that it says nothing about.
                Feeling::Frustration => *frustration = Report { intensity, left: FRUSTRATION_REPORT_ANSWERS + 1 },
                Feeling::Confidence => *confidence = Report { intensity, left: CONFIDENCE_REPORT_ANSWERS + 1 },
            }
        }
        Action::Attempt(_) => {}
    }
    seen
}

/// Whoever does something has the page before them: browsers say that a page is gone, seldom that the next one is there.
fn is_here(learner: &mut Learner, passage: &Passage) {
    learner.place.hidden &= passage.late;
}

/// A hint as the first action on an item takes the opportunity (Corbett & Anderson 1995 count it as an error).
fn hint(
    learner: &mut Learner,
    event: &Event,
    passage: &Passage,
    shown: Hint,
    expected: Expected,
    seen: &mut Observation,
) {
    learner.gauges.add(Gauge::Help, if shown.bottom_out { 2.0 } else { 1.0 });
    learner.place.hints = learner.place.hints.saturating_add(1);
    learner.place.given_away |= shown.bottom_out;
    let untouched = is_untouched(learner);
    learner.place.opened = true;
    if untouched {
        let met = expected.met(&learner.progress);
        end_run(learner);
        learner.progress.form = learner.progress.form.min(0);
        opportunity(learner, event, passage, expected.easiness, false);
        remember(learner, event, Opportunity { first: true, hint: true, ..Opportunity::default() });
        seen.sums = Some(Sums::one(false, None, met));
    }
}
