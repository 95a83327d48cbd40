//! Time passes: clocks, sessions and decay.

use super::constants::{ACTIVE_GAP_MS, COUNT_RESTART_MS, LATE_TOLERANCE_MS, SESSION_GAP_MS, SESSION_OPPORTUNITIES};
use crate::{
    event::{Action, Event, Timestamp},
    learner::{Learner, Place, Session, short},
};

/// The time between the newest event and this one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage {
    /// When this one happened; `None` where only the order is known.
    pub at: Option<Timestamp>,
    /// When the one before happened.
    pub before: Option<Timestamp>,
    /// Milliseconds that passed, as far as they are known.
    pub elapsed_ms: i64,
    /// This one is older than what its device reported already.
    pub late: bool,
}

/// Lets time pass up to `event`. Reads of the clock that go backwards pass no time.
pub fn advance(learner: &mut Learner, event: &Event) -> Passage {
    let at = event.at();
    let before = learner.clock.last_at;
    let late = is_late(learner, event, at);
    let gap_ms = match (at, before) {
        (Some(at), Some(before)) if !late => (at - before).max(0),
        _ => 0,
    };
    let response_ms = match event.action {
        Action::Attempt(attempt) if at.is_some() && !late => attempt.response_ms.map_or(0, i64::from),
        _ => 0,
    };
    // The answer took its time, whatever resolution the clock has.
    let elapsed_ms = gap_ms.max(response_ms);

    learner.gauges.decay(elapsed_ms);
    let at_work = elapsed_ms.min(ACTIVE_GAP_MS) as u64;
    learner.clock.active_ms = learner.clock.active_ms.saturating_add(at_work);
    if !late {
        begin_session(learner, event, at, gap_ms);
        pause(learner, at, gap_ms - response_ms);
        let clock = &mut learner.clock;
        clock.last_at = at.max(before);
        // Another device's clock, count and page say nothing about this one's.
        if clock.device != event.device {
            learner.place.hidden = false;
            (clock.device, clock.device_at, clock.device_seq) = (event.device, None, 0);
        }
        clock.device_at = at.max(clock.device_at);
        clock.device_seq = event.device_seq.unwrap_or(clock.device_seq);
    }
    Passage { at, before, elapsed_ms, late }
}

/// Counts beat clocks. Another device's events are never late: its clock and its queue are its own. Nor is an event that
/// was dated on arrival: only the server's own clock can have gone back.
fn is_late(learner: &Learner, event: &Event, at: Option<Timestamp>) -> bool {
    let clock = &learner.clock;
    if clock.device != event.device {
        return false;
    }
    match (event.device_seq, at, clock.device_at) {
        // A count that falls while the clock goes on was restarted.
        (Some(seq), Some(at), Some(newest)) if clock.device_seq > 0 && event.clocks.occurred_at.is_some() => {
            let restarted = seq == 1 && at - newest > LATE_TOLERANCE_MS || at - newest > COUNT_RESTART_MS;
            seq <= clock.device_seq && !restarted
        }
        (Some(seq), _, _) if clock.device_seq > 0 => seq <= clock.device_seq,
        (_, Some(at), Some(newest)) if event.clocks.occurred_at.is_some() => newest - at > LATE_TOLERANCE_MS,
        _ => false,
    }
}

fn begin_session(learner: &mut Learner, event: &Event, at: Option<Timestamp>, gap_ms: i64) {
    let session = &learner.session;
    let named = event.session;
    let over = match named {
        Some(id) if id != session.id => true,
        Some(_) => session.ended,
        None if at.is_some() => session.ended || gap_ms > SESSION_GAP_MS,
        None => session.ended || session.opportunities >= SESSION_OPPORTUNITIES,
    };
    if !over {
        learner.session.started_at = learner.session.started_at.or(at);
        return;
    }
    // Whoever goes back and forth between two sessions is spoken to as often as in one, and still is where they were.
    let switched = named.is_some() && !session.ended && at.is_some() && gap_ms <= SESSION_GAP_MS;
    let nudges = if switched { session.nudges } else { 0 };
    if !switched {
        learner.said.spoken.iter_mut().for_each(|spoken| spoken.in_session = false);
        learner.reports = Default::default();
    }
    let untold = learner.session.untold;
    learner.session = Session { id: named.unwrap_or(0), started_at: at, nudges, untold, ..Session::default() };
    let same_item = event.item.is_none_or(|item| short(item) == learner.place.item);
    if !(switched && same_item) {
        learner.place = Place::default();
    }
}

/// A break is a break: what counts as time without one starts anew, and after a long one so do runs of errors and of high
/// estimates.
fn pause(learner: &mut Learner, at: Option<Timestamp>, gap_ms: i64) {
    if gap_ms > ACTIVE_GAP_MS {
        learner.session.started_at = at;
        learner.session.break_proposed_at = None;
    }
    if gap_ms > SESSION_GAP_MS {
        learner.progress.error_run = 0;
        learner.progress.slump = 0;
        learner.progress.form = learner.progress.form.max(0);
        learner.reports = Default::default();
        learner.watches.iter_mut().for_each(|watch| watch.running = 0);
        for mood in &mut learner.moods {
            mood.high_for = 0;
        }
    }
}
