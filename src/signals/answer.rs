//! An answer: how long it took, and what it changes.

use super::{
    Passage,
    ability::Expected,
    constants::{
        BROKEN_STREAK, DERIVED_RESPONSE_CAP_MS, ERROR_RUN_FULL, FAST_RETRY_MS, RECORD_FLOOR, RELIEF, SMALL_RELIEF,
        is_milestone,
    },
    pace,
    pace::Usual,
    progress::{end_run, opportunity},
    visit::{is_untouched, remember},
};
use crate::{
    event::{Attempt, Event},
    learner::{F24, Gauge, LastAnswer, Learner, Opportunity, Report, Unit},
    statistics::Sums,
};

/// Slowness is kept in sixteenths of a deviation.
const SLOWNESS_STEPS: f32 = 16.0;

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

/// Takes an answer in: what it showed, and what it adds to the sums.
pub(super) fn answer(
    learner: &mut Learner,
    event: &Event,
    passage: &Passage,
    attempt: Attempt,
    believed: Expected,
    time: ResponseTime,
) -> (Answer, Option<Sums>) {
    let Expected { probability: expected, easiness, .. } = believed;
    let met = believed.met(&learner.progress);
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
    for report in &mut learner.reports {
        report.left = report.left.saturating_sub(1);
        if report.left == 0 {
            *report = Report::default();
        }
    }
    if first {
        shown.just_mastered = opportunity(learner, event, passage, easiness, correct);
    }
    if correct {
        right(learner, first, expected, &mut shown);
    } else {
        let fast = !first && learner.place.hints == 0 && response_ms.is_some_and(|ms| ms < FAST_RETRY_MS);
        wrong(learner, first, expected, if rapid { None } else { slowness }, fast);
    }
    learner.progress.last = LastAnswer {
        known: true,
        correct,
        expected: Unit::new(expected),
        slowness: (slowness.unwrap_or(0.0) * SLOWNESS_STEPS).round() as i8,
    };
    learner.place.opened = true;
    learner.place.closed = correct || attempt.last;
    remember(learner, event, Opportunity { correct, first, ..Opportunity::default() });
    learner.place.interrupted = false;
    (shown, first.then(|| Sums::one(correct, response_ms.map(pace::log_secs), met)))
}

/// How long an answer took, as far as that is known.
#[derive(Clone, Copy, Default)]
pub(super) struct ResponseTime {
    pub ms: Option<i64>,
    /// Too quick to have been read.
    pub rapid: bool,
    /// Deviations above the usual.
    pub slowness: Option<f32>,
}

/// As stated, or derived. A time since something at another item is too short wherever answers are handed in together: one
/// too short to be true is not known.
pub(super) fn response_time(
    learner: &Learner,
    passage: &Passage,
    attempt: Attempt,
    arrived: bool,
    usual: &Usual,
) -> ResponseTime {
    let stated = attempt.response_ms.map(i64::from);
    let ms = stated.or_else(|| derived_response(learner, passage));
    let rapid = ms.is_some_and(|ms| usual.is_rapid(ms));
    if rapid && stated.is_none() && arrived {
        return ResponseTime::default();
    }
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
    progress.form = progress.form.max(0);
    if !first {
        learner.gauges.relieve(SMALL_RELIEF);
        return;
    }
    progress.slump = 0;
    progress.form = progress.form.saturating_add(1);
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
    progress.form = progress.form.min(0).saturating_sub(1);
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
