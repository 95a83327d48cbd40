//! Restraint: what holds a message back, and the budget it spends.
//!
//! There is one budget, and it is the list of the last messages. A message that nobody saw has spent nothing: one reported as
//! not shown, and one whose time is over without a word while a later one was reported.

use arrayvec::ArrayVec;

use super::{Policy, Rule, quiet};
use crate::{
    event::Timestamp,
    learner::{Learner, SPOKEN, Spoken},
    reason::{Cause, Held, Kind, Limit, Outcome, Reason},
};

const HOUR_SECS: u64 = 60 * 60;
const DAY_SECS: u64 = 24 * HOUR_SECS;
/// A day of a learner whose clock is not known, in hours at work.
const UNTIMED_DAY_SECS: u64 = 8 * HOUR_SECS;

/// The cause of silence that goes with a limit.
pub(super) fn cause(held: Held) -> Cause {
    match held.limit {
        Limit::Cooldown | Limit::Pause | Limit::ReasonCooldown => Cause::Cooldown,
        Limit::QuietHours => Cause::QuietHours,
        Limit::Guard => Cause::Trial,
        _ => Cause::Cap,
    }
}

/// The learner's clocks at a decision, and what was said before it.
struct Past<'a> {
    policy: &'a Policy,
    learner: &'a Learner,
    now: Option<u64>,
    active: u64,
    /// The number of the last message that was reported on; zero where none was.
    reported: u64,
}

impl<'a> Past<'a> {
    fn new(policy: &'a Policy, learner: &'a Learner, at: Option<Timestamp>) -> Self {
        let now = at.and_then(|at| u64::try_from(at.as_secs()).ok());
        let reported = learner.said.spoken.iter().filter(|spoken| spoken.outcome.is_some());
        let reported = reported.map(|spoken| spoken.sequence).max().unwrap_or_default();
        Self { policy, learner, now, active: learner.clock.active_ms / 1000, reported }
    }

    /// Nobody saw it. What a policy that only watches would have said counts as if it was seen.
    fn unseen(&self, spoken: &Spoken) -> bool {
        match spoken.outcome {
            // It counts as if it had been said and seen, so that all that follows is the same but for the message.
            _ if spoken.held_out => false,
            Some(outcome) => outcome == Outcome::NotShown,
            None => {
                let over = spoken.at_secs.saturating_add(self.policy.restraint.valid_secs);
                // Reports come in their own time: silence says something once a later message was reported. What has no
                // number nobody can report on.
                let passed_over = spoken.sequence > 0 && self.reported > spoken.sequence;
                passed_over && spoken.at_secs > 0 && self.now.is_some_and(|now| now > over)
            }
        }
    }

    /// The messages that count, newest last.
    fn counted(&self) -> ArrayVec<&'a Spoken, SPOKEN> {
        self.learner.said.spoken.iter().filter(|spoken| !self.unseen(spoken)).collect()
    }

    fn opportunities_since(&self, spoken: &Spoken) -> u32 {
        self.learner.progress.opportunities.saturating_sub(spoken.opportunity)
    }

    /// Seconds until the pause after it is over, by the clock if there is one.
    fn pausing(&self, spoken: &Spoken) -> Option<u64> {
        let now = self.now.filter(|_| spoken.at_secs > 0)?;
        left(self.policy.restraint.pause_secs, now.saturating_sub(spoken.at_secs))
    }

    /// Seconds until it is no longer of this hour at work; `None` if it is not.
    fn left_of_hour(&self, spoken: &Spoken) -> Option<u64> {
        left(HOUR_SECS, self.active.saturating_sub(spoken.active_secs))
    }

    /// Seconds until it is no longer of this day, by the clock if there is one.
    fn left_of_day(&self, spoken: &Spoken) -> Option<u64> {
        match self.now {
            Some(now) if spoken.at_secs > 0 => left(DAY_SECS, now.saturating_sub(spoken.at_secs)),
            _ => left(UNTIMED_DAY_SECS, self.active.saturating_sub(spoken.active_secs)),
        }
    }

    /// Opportunities until a message like this may follow: of its reason, or of its kind.
    fn cooling(&self, spoken: &Spoken, cooldown: u32) -> Option<u32> {
        cooldown.checked_sub(self.opportunities_since(spoken)).filter(|left| *left > 0)
    }

    /// A limit counts it yet, so it must not be forgotten.
    fn needed(&self, spoken: &Spoken) -> bool {
        let rule = self.policy.rule(spoken.reason);
        let of_reason = rule.is_some_and(|rule| self.cooling(spoken, rule.cooldown).is_some());
        let by_session =
            spoken.reason.kind() == Kind::Encouragement || rule.is_some_and(|rule| rule.caps.per_session.is_some());
        self.cooling(spoken, self.policy.restraint.cooldown).is_some()
            || of_reason
            || spoken.in_session && by_session
            || self.left_of_hour(spoken).is_some()
            || self.left_of_day(spoken).is_some()
    }

    /// Which message may be forgotten to make room for another; an error if none may.
    fn room(&self) -> Result<Option<usize>, Held> {
        let spoken = &self.learner.said.spoken;
        if !spoken.is_full() {
            return Ok(None);
        }
        let followed = |spoken: &Spoken| self.learner.follows_closely(spoken.sequence);
        let unseen = spoken.iter().position(|spoken| self.unseen(spoken) && !followed(spoken));
        let free = unseen.or_else(|| spoken.iter().position(|spoken| !self.needed(spoken) && !followed(spoken)));
        let wait = spoken.first().and_then(|oldest| self.left_of_day(oldest)).unwrap_or(0);
        free.map(Some).ok_or(Held::secs(Limit::Memory, wait))
    }
}

/// What is left of a span.
fn left(span: u64, passed: u64) -> Option<u64> {
    span.checked_sub(passed).filter(|left| *left > 0)
}

/// What holds this message back, if anything.
pub(super) fn holds(policy: &Policy, rule: &Rule, learner: &Learner, at: Option<Timestamp>) -> Option<Held> {
    let past = Past::new(policy, learner, at);
    let counted = past.counted();
    let counted = || counted.iter().copied();
    let (restraint, reason) = (&policy.restraint, rule.reason());
    let kind = reason.kind();
    let count = |limit| move |wait: u32| Held::new(limit, wait);
    let secs = |limit| move |wait: u64| Held::secs(limit, wait);
    let of_kind = |spoken: &&Spoken| spoken.reason.kind() == kind;
    let of_reason = |spoken: &&Spoken| spoken.reason == reason;
    let in_session = |spoken: &&Spoken| spoken.in_session;

    let quiet = restraint.quiet_hours.and_then(|hours| quiet::left(hours, learner.preferences.time_zone, at));
    // Of any, not of the last: that may have had no clock.
    let pause = counted().filter_map(|spoken| past.pausing(spoken)).max();
    let cooldown = counted().filter(of_kind).filter_map(|spoken| past.cooling(spoken, restraint.cooldown)).max();
    let own_cooldown = counted().filter(of_reason).filter_map(|spoken| past.cooling(spoken, rule.cooldown)).max();

    let session = counted().filter(in_session);
    let encouraged =
        kind == Kind::Encouragement && session.filter(of_kind).count() as u32 >= restraint.encouragements_per_session;
    let own_session = counted().filter(in_session).filter(of_reason).count() as u32;
    let own_session = rule.caps.per_session.is_some_and(|cap| own_session >= cap);

    // The wait is over when as many are out of the span as the cap leaves no room for.
    let capped = |left: ArrayVec<u64, SPOKEN>, cap: u32| {
        let over = left.len().checked_sub(cap as usize)?;
        left.get(over).or(left.last()).copied().or(Some(0))
    };
    let hour = || counted().filter_map(|spoken| past.left_of_hour(spoken)).collect();
    let own_hour = || counted().filter(of_reason).filter_map(|spoken| past.left_of_hour(spoken)).collect();
    let day = || counted().filter_map(|spoken| past.left_of_day(spoken)).collect();
    let own_day = || counted().filter(of_reason).filter_map(|spoken| past.left_of_day(spoken)).collect();

    let dismissals = learner.said.dismissals.get(reason as usize - 1).copied().unwrap_or_default();
    let turned_away = restraint.dismissals > 0 && dismissals >= restraint.dismissals;

    // Of several the one that lasts longest: what is told of the wait is to hold for all of them. An hour at work is no
    // shorter than one by the clock, so it comes after it.
    let session = encouraged.then_some(Limit::Session).or(own_session.then_some(Limit::ReasonSession));
    let timed = [
        pause.map(secs(Limit::Pause)),
        quiet.map(secs(Limit::QuietHours)),
        capped(day(), restraint.per_day).map(secs(Limit::Day)),
        rule.caps.per_day.and_then(|cap| capped(own_day(), cap)).map(secs(Limit::ReasonDay)),
        turned_away.then(|| capped(own_day(), restraint.dismissed_per_day)).flatten().map(secs(Limit::Dismissed)),
        capped(hour(), restraint.per_hour).map(secs(Limit::Hour)),
        rule.caps.per_hour.and_then(|cap| capped(own_hour(), cap)).map(secs(Limit::ReasonHour)),
    ];
    let cooling = [own_cooldown.map(count(Limit::ReasonCooldown)), cooldown.map(count(Limit::Cooldown))];
    let longest = |held: &Held| held.wait;
    session
        .map(|limit| Held::new(limit, 0))
        .or_else(|| timed.into_iter().flatten().max_by_key(longest))
        .or_else(|| cooling.into_iter().flatten().max_by_key(longest))
        .or_else(|| past.room().err())
}

/// Spends the budget of a message: of one that says this wording, or is held out by a trial and says none.
pub(super) fn spend(policy: &Policy, rule: &Rule, learner: &mut Learner, wording: Option<u8>, at: Option<Timestamp>) {
    let past = Past::new(policy, learner, at);
    let (now, active, reason) = (past.now, past.active, rule.reason());
    // Where there was no room nothing is said, so here there is.
    if let Ok(Some(place)) = past.room() {
        let gone = learner.said.spoken.remove(place);
        learner.follows.retain(|follow| follow.number != gone.sequence);
    }
    let message = Spoken {
        // What only would have been said is no message that anybody could report on.
        sequence: if policy.shadow { 0 } else { learner.sequence },
        reason,
        at_secs: now.unwrap_or(0),
        active_secs: active,
        opportunity: learner.progress.opportunities,
        in_session: true,
        outcome: None,
        held_out: wording.is_none(),
    };
    // Full only if a message was to be said that restraint would have held back.
    let _ = learner.said.spoken.try_push(message);
    if let Some(wording) = wording.filter(|_| !policy.shadow) {
        learner.said.heard(reason, wording);
    }
    match reason {
        Reason::LongSession => learner.session.break_proposed_at = at,
        Reason::RealImprovement => learner.progress.improved_at = learner.progress.opportunities,
        Reason::Stuck => {
            learner.session.nudges = learner.session.nudges.saturating_add(1);
            learner.place.nudged = true;
        }
        _ => {}
    }
}
