//! An event is put into the record.

use super::{
    Passage,
    constants::{
        ACTIVE_UNTIMED_MS, BROKEN_STREAK, DERIVED_RESPONSE_CAP_MS, ERROR_RUN_FULL, FAST_RETRY_MS, RATE_WEIGHT,
        RECENT_WEIGHT, RECORD_FLOOR, RELIEF, SMALL_RELIEF, is_milestone,
    },
    fault, pace,
    pace::Usual,
    skill,
};
use crate::{
    event::{Action, Attempt, Event, Hint},
    learner::{F24, Gauge, Learner, Opportunity, Place, push, short},
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

/// What an answer showed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Answer {
    /// It was right.
    pub correct: bool,
    /// It was the first action on the item.
    pub unassisted: bool,
    /// It came too quickly to have been read.
    pub rapid: bool,
    /// A moment's thought went into it, as far as is known.
    pub considered: bool,
    /// Deviations above the usual response time.
    pub slowness: Option<f32>,
    /// The last error was on another item.
    pub elsewhere: bool,
    /// A hard skill was just mastered.
    pub just_mastered: bool,
    /// The run has just become the longest.
    pub longest_run: bool,
    /// The run has just reached a milestone.
    pub milestone: bool,
}

/// Takes an event in. `expected` is the chance, as believed before, that it would be right.
pub fn observe(learner: &mut Learner, event: &Event, passage: &Passage, expected: f32, usual: &Usual) -> Observation {
    let in_hand = learner.place.clone();
    let seen = take_in(learner, event, passage, expected, usual);
    // Old news of another item does not take the learner away from the one in hand.
    if passage.late && learner.place.item != in_hand.item {
        learner.place = in_hand;
    }
    seen
}

/// Runs start anew. Where learners were not told the results, as in an examination, what is said afterwards must not tell.
pub fn forget_runs(learner: &mut Learner) {
    end_run(learner);
    learner.progress.error_run = 0;
    learner.progress.slump = 0;
    for skill in &mut learner.skills {
        skill.run = 0;
    }
}

fn take_in(learner: &mut Learner, event: &Event, passage: &Passage, expected: f32, usual: &Usual) -> Observation {
    let mut seen = Observation { slump: learner.progress.slump, ..Observation::default() };
    if let Action::Attempt(attempt) = event.action {
        let arrived = arrive(learner, event, passage, attempt.number);
        // A faulty item says nothing about the learner.
        if !learner.place.faulty {
            let time = response_time(learner, passage, attempt, arrived, usual);
            answer(learner, event, passage, attempt, expected, time, &mut seen);
            if let (Some(ms), false) = (time.ms, time.rapid) {
                pace::learn(&mut learner.pace, usual, ms);
            }
        }
        learner.place.since = passage.at;
        return seen;
    }
    match event.action {
        Action::Hint(shown) => {
            arrive(learner, event, passage, None);
            if !learner.place.faulty {
                hint(learner, event, passage, shown, &mut seen);
            }
            learner.place.since = passage.at;
        }
        Action::ItemStarted => {
            let again = learner.place.closed || event.item.map(short) != Some(learner.place.item);
            if again {
                learner.place = fresh_place(learner, event);
            }
            learner.place.since = passage.at;
            // Whoever is shown an item has the page before them.
            learner.place.hidden = false;
            learner.place.interrupted = false;
        }
        Action::FocusChanged { hidden } => {
            learner.place.hidden = hidden;
            learner.place.interrupted = true;
        }
        Action::Skip => {
            arrive(learner, event, passage, None);
            learner.place.closed = true;
        }
        Action::ContentFault => fault::take_back(learner, event),
        Action::SessionEnded => learner.session.ended = true,
        Action::Attempt(_) | Action::SelfReport { .. } => {}
    }
    seen
}

/// Puts the learner at the event's item, anew where it is another one or the old visit is over; whether it was.
fn arrive(learner: &mut Learner, event: &Event, passage: &Passage, number: Option<u32>) -> bool {
    let place = &learner.place;
    let other = event.item.map(short) != Some(place.item);
    let restarted = number == Some(1) && place.errors > 0;
    let anew = other || place.closed || restarted;
    if anew {
        learner.place = fresh_place(learner, event);
        learner.place.since = passage.before;
    }
    anew
}

fn fresh_place(learner: &Learner, event: &Event) -> Place {
    let item = event.item.map_or(0, short);
    let Place { hidden, interrupted, .. } = learner.place;
    // Another visit neither mends an item reported faulty nor takes back the answer it gave away.
    let same = learner.place.item == item;
    let (faulty, given_away) = (same && learner.place.faulty, same && learner.place.given_away);
    Place { item, hidden, interrupted, faulty, given_away, ..Place::default() }
}

fn answer(
    learner: &mut Learner,
    event: &Event,
    passage: &Passage,
    attempt: Attempt,
    expected: f32,
    time: ResponseTime,
    seen: &mut Observation,
) {
    let correct = attempt.correct;
    let item = learner.place.item;
    let first = is_untouched(learner) && attempt.number.is_none_or(|number| number == 1);
    let ResponseTime { ms: response_ms, rapid, slowness } = time;
    let mut shown = Answer {
        correct,
        unassisted: first,
        rapid,
        // Where the time is not known, a first try gets the benefit of the doubt.
        considered: !rapid && response_ms.map_or(first, |ms| ms >= FAST_RETRY_MS),
        slowness,
        elsewhere: item == 0 || learner.progress.error_item != item,
        ..Answer::default()
    };

    if rapid {
        // Quick and right where that was to be expected is fluency.
        learner.gauges.add(Gauge::Rapid, if correct { 1.0 - 2.0 * expected } else { 1.0 });
    }
    learner.progress.attempts = learner.progress.attempts.saturating_add(1);
    if first {
        shown.just_mastered = opportunity(learner, event, passage, correct);
        seen.sums = Some(Sums::one(correct, response_ms.map(pace::log_secs)));
    }
    if correct {
        right(learner, first, expected, &mut shown);
    } else {
        let fast = !first && learner.place.hints == 0 && response_ms.is_some_and(|ms| ms < FAST_RETRY_MS);
        wrong(learner, first, expected, if rapid { None } else { slowness }, fast);
    }
    learner.place.opened = true;
    learner.place.closed = correct || attempt.last;
    remember(learner, event, Opportunity { correct, first, ..Opportunity::default() });
    learner.place.interrupted = learner.place.hidden;
    seen.answer = Some(shown);
}

/// How long an answer took, as far as that is known.
#[derive(Clone, Copy)]
struct ResponseTime {
    ms: Option<i64>,
    /// Too quick to have been read.
    rapid: bool,
    /// Deviations above the usual.
    slowness: Option<f32>,
}

/// As stated, or derived. A time since something else happened, at another item, is too short wherever answers are handed
/// in together: it is never held against the learner.
fn response_time(learner: &Learner, passage: &Passage, attempt: Attempt, arrived: bool, usual: &Usual) -> ResponseTime {
    let stated = attempt.response_ms.map(i64::from);
    let ms = stated.or_else(|| derived_response(learner, passage));
    let rapid = ms.is_some_and(|ms| usual.is_rapid(ms)) && (stated.is_some() || !arrived);
    ResponseTime { ms, rapid, slowness: ms.and_then(|ms| usual.slowness(&learner.pace, ms)) }
}

/// The time since the item was shown or last acted on, where that is the learner's own.
fn derived_response(learner: &Learner, passage: &Passage) -> Option<i64> {
    let (at, since) = (passage.at?, learner.place.since?);
    let gap = at - since;
    let theirs = !passage.late && !learner.place.interrupted && (1..=DERIVED_RESPONSE_CAP_MS).contains(&gap);
    theirs.then_some(gap)
}

fn right(learner: &mut Learner, first: bool, expected: f32, shown: &mut Answer) {
    let progress = &mut learner.progress;
    progress.error_run = 0;
    if !first {
        learner.gauges.relieve(SMALL_RELIEF);
        return;
    }
    progress.slump = 0;
    progress.success_run = progress.success_run.saturating_add(1);
    progress.run_surprise = F24::new(progress.run_surprise.get() + 1.0 - expected);
    shown.milestone = is_milestone(progress.success_run);
    shown.longest_run =
        progress.best_run >= RECORD_FLOOR && progress.success_run == progress.best_run.saturating_add(1);
    learner.gauges.relieve(RELIEF);
    learner.gauges.add(Gauge::UnexpectedSuccess, 1.0 - expected);
}

fn wrong(learner: &mut Learner, first: bool, expected: f32, slowness: Option<f32>, fast_retry: bool) {
    let broken = learner.progress.success_run >= BROKEN_STREAK;
    end_run(learner);
    let progress = &mut learner.progress;
    progress.error_run = progress.error_run.saturating_add(1);
    progress.slump = progress.slump.saturating_add(1);
    progress.error_item = learner.place.item;
    learner.place.errors = learner.place.errors.saturating_add(1);

    let run = f32::from(progress.error_run) / ERROR_RUN_FULL;
    let gauges = &mut learner.gauges;
    // At a retry nobody is sure any more: half the surprise.
    gauges.add(Gauge::UnexpectedError, if first { expected } else { expected / 2.0 });
    gauges.add(Gauge::ErrorRun, run.min(1.0));
    gauges.add(Gauge::BrokenStreak, f32::from(u8::from(broken)));
    gauges.add(Gauge::SlowError, slowness.map_or(0.0, |z| ((z - 1.0) / 2.0).clamp(0.0, 1.0)));
    gauges.add(Gauge::FastRetry, f32::from(u8::from(fast_retry)));
}

/// A hint as the first action on an item takes the opportunity (Corbett & Anderson 1995 count it as an error).
fn hint(learner: &mut Learner, event: &Event, passage: &Passage, shown: Hint, seen: &mut Observation) {
    learner.gauges.add(Gauge::Help, if shown.bottom_out { 2.0 } else { 1.0 });
    learner.place.hints = learner.place.hints.saturating_add(1);
    learner.place.given_away |= shown.bottom_out;
    let untouched = is_untouched(learner);
    learner.place.opened = true;
    if untouched {
        end_run(learner);
        opportunity(learner, event, passage, false);
        remember(learner, event, Opportunity { first: true, hint: true, ..Opportunity::default() });
        seen.sums = Some(Sums::one(false, None));
    }
}

/// Whether nothing was done at the item in hand, as far as is remembered: a solved item seen again soon is no new
/// opportunity.
fn is_untouched(learner: &Learner) -> bool {
    let item = learner.place.item;
    !learner.place.opened && (item == 0 || learner.attempts.iter().all(|attempt| attempt.item != item))
}

/// Keeps what was done at the item in hand, in case the item is faulty.
fn remember(learner: &mut Learner, event: &Event, done: Opportunity) {
    let skill = event.skills.first().map_or(0, |hash| short(*hash) as u16);
    push(&mut learner.attempts, Opportunity { item: learner.place.item, skill, ..done });
}

fn end_run(learner: &mut Learner) {
    let progress = &mut learner.progress;
    progress.best_run = progress.best_run.max(progress.success_run);
    progress.success_run = 0;
    progress.run_surprise = F24::ZERO;
}

/// Counts an opportunity; whether a hard skill was just mastered by it.
fn opportunity(learner: &mut Learner, event: &Event, passage: &Passage, met: bool) -> bool {
    if passage.at.is_none() {
        learner.clock.active_ms = learner.clock.active_ms.saturating_add(ACTIVE_UNTIMED_MS);
    }
    learner.session.opportunities = learner.session.opportunities.saturating_add(1);
    let progress = &mut learner.progress;
    let newest = 1.0 / (progress.opportunities as f32 + 2.0);
    // Before the first opportunity the rates stand at an even chance.
    if progress.opportunities == 0 {
        progress.recent_rate = F24::new(0.5);
        progress.rate = F24::new(0.5);
    }
    progress.recent_rate = skill::toward(progress.recent_rate, met, newest.max(RECENT_WEIGHT));
    progress.rate = skill::toward(progress.rate, met, newest.max(RATE_WEIGHT));
    progress.opportunities = progress.opportunities.saturating_add(1);
    progress.successes = progress.successes.saturating_add(u32::from(met));
    skill::count(learner, event, met)
}
