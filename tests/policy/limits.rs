//! However a policy is written, what it says is kept to.

use std::collections::{BTreeMap, BTreeSet};

use hearten::{
    event::{Action, Hint, Mode},
    feedback::{Caps, Level, Policy, QuietHours, Restraint},
    learner::Zone,
    reason::{Cause, Kind, Limit, Reason, Verdict},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::{
    histories::{At, HOUR, History, MINUTE, Room, SECOND, Step, Twist, answer, config, history, step},
    life::{Told, live, live_with, spoken},
    plan::{Plan, Planned, plan},
};

const HOUR_SECS: i64 = 60 * 60;
const DAY_SECS: i64 = 24 * HOUR_SECS;

/// One message as far as limits go, taken from what could be heard and from no budget.
struct Heard {
    reason: Reason,
    at: Option<i64>,
    active: i64,
    opportunity: i64,
    session: u32,
}

impl Heard {
    fn of((told, reason): &(&Told, Reason)) -> Self {
        Self {
            reason: *reason,
            at: told.at_secs(),
            active: (told.after.clock.active_ms / 1000) as i64,
            opportunity: told.after.progress.opportunities.into(),
            session: told.after.session.id,
        }
    }

    fn within_an_hour_of(&self, last: &Self) -> bool {
        last.active - self.active < HOUR_SECS
    }

    /// By the clock, where both have one.
    fn within_a_day_of(&self, last: &Self) -> bool {
        match (self.at, last.at) {
            (Some(at), Some(last)) => last - at < DAY_SECS,
            _ => last.active - self.active < 8 * HOUR_SECS,
        }
    }
}

/// Which limits the last of these messages broke.
fn broken(policy: &Policy, heard: &[Heard]) -> Vec<Limit> {
    let (last, before) = heard.split_last().unwrap();
    let (all, own) = (&policy.restraint, policy.rule(last.reason).unwrap());
    let of_kind = |heard: &&Heard| heard.reason.kind() == last.reason.kind();
    let of_reason = |heard: &&Heard| heard.reason == last.reason;
    let in_session = |heard: &&Heard| heard.session == last.session;
    let this_hour = |heard: &&Heard| heard.within_an_hour_of(last);
    let today = |heard: &&Heard| heard.within_a_day_of(last);
    // A content fault takes opportunities back.
    let since = |heard: &Heard| (last.opportunity - heard.opportunity).max(0);
    let paused = |heard: &Heard| {
        heard.at.zip(last.at).is_none_or(|(before, now)| all.pause_secs == 0 || now - before >= all.pause_secs as i64)
    };
    // Of the last and those before it.
    let over = |count: usize, cap: Option<u32>| cap.is_some_and(|cap| count >= cap as usize);
    let encouraged = last.reason.kind() == Kind::Encouragement
        && over(before.iter().filter(of_kind).filter(in_session).count(), Some(all.encouragements_per_session));
    let broken = [
        (Limit::Cooldown, before.iter().filter(of_kind).any(|heard| since(heard) < all.cooldown.into())),
        (Limit::ReasonCooldown, before.iter().filter(of_reason).any(|heard| since(heard) < own.cooldown.into())),
        (Limit::Pause, !before.iter().all(paused)),
        (Limit::Session, encouraged),
        (Limit::Hour, over(before.iter().filter(this_hour).count(), Some(all.per_hour))),
        (Limit::Day, over(before.iter().filter(today).count(), Some(all.per_day))),
        (Limit::ReasonSession, over(before.iter().filter(of_reason).filter(in_session).count(), own.caps.per_session)),
        (Limit::ReasonHour, over(before.iter().filter(of_reason).filter(this_hour).count(), own.caps.per_hour)),
        (Limit::ReasonDay, over(before.iter().filter(of_reason).filter(today).count(), own.caps.per_day)),
    ];
    broken.into_iter().filter_map(|(limit, broken)| broken.then_some(limit)).collect()
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn no_limit_is_ever_passed(plan in plan(), history in history(6..24)) {
        let history = History { names_sessions: true, ..history };
        let policy = plan.policy();
        let told = live(&Room::under(policy.clone()), &history);
        let heard: Vec<Heard> = spoken(&told).iter().map(Heard::of).collect();
        for count in 1..=heard.len() {
            let broken = broken(&policy, &heard[..count]);
            prop_assert!(broken.is_empty(), "message {count}: {broken:?}");
        }
    }

    #[test]
    fn a_policy_is_what_is_written(plan in plan()) {
        let policy = plan.policy();
        let mut written: Vec<&Planned> = plan.rules.iter().filter(|rule| rule.enabled).collect();
        written.sort_by_key(|rule| rule.priority);
        prop_assert_eq!(policy.rules.len(), written.len());
        for (read, written) in policy.rules.iter().zip(written) {
            prop_assert_eq!(read.reason(), written.reason);
            prop_assert_eq!((read.running, read.evidence, read.cooldown), (written.running, written.evidence, written.cooldown));
            let caps = Caps { per_session: written.per_session, per_hour: written.per_hour, per_day: written.per_day };
            prop_assert_eq!(read.caps, caps);
            let level = written.threshold.map(Level::At).or(written.alerts_per_hour.map(Level::AlertsPerHour));
            prop_assert_eq!(read.level, level);
            prop_assert_eq!(read.volumes.iter().map(|volume| volume.name()).collect::<Vec<_>>(), written.volumes.clone());
        }
        let written = Restraint {
            cooldown: plan.cooldown,
            pause_secs: plan.pause_secs.into(),
            encouragements_per_session: plan.encouragements_per_session,
            per_hour: plan.per_hour,
            per_day: plan.per_day,
            dismissals: plan.dismissals.unwrap_or(3) as u8,
            dismissed_per_day: plan.dismissed_per_day.unwrap_or(1),
            stuck_floor_ms: 5_000,
            valid_secs: plan.valid_secs.into(),
            stale_ms: i64::from(plan.stale_secs) * 1000,
            quiet_hours: plan.quiet_hours.map(|(from, until)| QuietHours { from, until }),
        };
        prop_assert_eq!((policy.restraint, policy.shadow), (written, plan.shadow));
    }

    #[test]
    fn no_policy_praises_an_error(plan in plan(), history in history(2..12)) {
        for (told, reason) in spoken(&live(&Room::under(plan.policy()), &history)) {
            let right = matches!(told.event.action, Action::Attempt(attempt) if attempt.correct);
            prop_assert!(reason.kind() == Kind::Encouragement || right && !told.nudge, "{reason:?}");
        }
    }

    #[test]
    fn no_policy_speaks_of_old_news(plan in plan(), history in history(2..12)) {
        for (told, reason) in spoken(&live(&Room::under(plan.policy()), &history)) {
            let Told { event, before, .. } = told;
            prop_assert_eq!(event.mode, Mode::Practice);
            let delay = event.clocks.received_at.unwrap() - event.clocks.occurred_at.unwrap();
            prop_assert!(event.untimed || delay <= i64::from(plan.stale_secs) * 1000, "{reason:?} after {delay} ms");
            let newest = before.clock.device_at.filter(|_| before.clock.device == event.device);
            if let (Some(at), Some(newest), false) = (event.at(), newest, told.nudge) {
                prop_assert!(event.device_seq.is_some() || newest - at <= 2_000);
            }
        }
    }
}

/// What holds the last step's message back.
fn last_held(plan: &Plan, untimed: bool, steps: Vec<Step>) -> Option<Limit> {
    let history = History { untimed, names_sessions: false, counts: false, steps };
    let told = live(&Room::under(plan.policy()), &history);
    assert_eq!(told[0].reason(), Some(Reason::ErrorRun));
    let last = told.last().unwrap();
    let held = last.reply.decision.as_ref().unwrap().held.map(|held| held.limit);
    assert_eq!(held.is_none(), last.reason() == Some(Reason::ErrorRun));
    held
}

#[test]
fn every_limit_lasts_as_long_as_it_says_and_no_longer() {
    let errors = || Plan::only(&[Reason::ErrorRun]);
    let own = |change: fn(&mut Planned)| errors().with(Reason::ErrorRun, change);
    let wrong = |gap_ms| step(gap_ms, At::New, answer(false, 20_000));
    let right = |count| vec![step(MINUTE, At::New, answer(true, 20_000)); count];
    let looking = vec![step(5 * MINUTE, At::Same, Action::FocusChanged { hidden: false }); 11];
    let after = |gap_ms| vec![wrong(MINUTE), wrong(gap_ms)];
    let at_work = |gap_ms| [vec![wrong(MINUTE)], looking.clone(), vec![wrong(gap_ms)]].concat();
    let practised = |count| [vec![wrong(MINUTE)], right(count), vec![wrong(MINUTE)]].concat();
    // The policy, whether without a clock, what is a moment too soon, and what is in time.
    let cases = [
        (Limit::Pause, Plan { pause_secs: 600, ..errors() }, false, after(599 * SECOND), after(600 * SECOND)),
        (Limit::Day, Plan { per_day: 1, ..errors() }, false, after(24 * HOUR - SECOND), after(24 * HOUR)),
        (Limit::ReasonDay, own(|rule| rule.per_day = Some(1)), false, after(24 * HOUR - SECOND), after(24 * HOUR)),
        (Limit::Hour, Plan { per_hour: 1, ..errors() }, false, at_work(299 * SECOND), at_work(300 * SECOND)),
        (Limit::ReasonHour, own(|rule| rule.per_hour = Some(1)), false, at_work(299 * SECOND), at_work(300 * SECOND)),
        (Limit::Cooldown, Plan { cooldown: 3, ..errors() }, false, practised(1), practised(2)),
        (Limit::ReasonCooldown, own(|rule| rule.cooldown = 3), false, practised(1), practised(2)),
        // Where there is no clock, an opportunity is 72 s of work, and eight hours of that are a day.
        (Limit::Hour, Plan { per_hour: 1, ..errors() }, true, practised(48), practised(49)),
        (Limit::Day, Plan { per_day: 1, ..errors() }, true, practised(398), practised(399)),
    ];
    for (limit, plan, untimed, too_soon, in_time) in cases {
        assert_eq!(last_held(&plan, untimed, too_soon), Some(limit));
        assert_eq!(last_held(&plan, untimed, in_time), None, "{limit:?}");
    }
}

/// An event without a clock may speak at any time, and does not end the pause between those that have one.
#[test]
fn a_pause_outlasts_what_has_no_clock() {
    let plan = Plan { pause_secs: 600, ..Plan::only(&[Reason::ErrorRun]) };
    let wrong = step(10 * SECOND, At::New, answer(false, 5_000));
    let steps = vec![wrong.clone(), Step { twist: Twist::Untimed, ..wrong.clone() }, wrong];
    assert_eq!(last_held(&plan, false, steps[..2].to_vec()), None);
    assert_eq!(last_held(&plan, false, steps), Some(Limit::Pause));
}

/// A day is over sooner than an hour at work for whoever works a few minutes a day.
#[test]
fn what_counts_for_the_hour_at_work_is_not_forgotten_with_the_day() {
    let plan =
        Plan::only(&[Reason::ErrorRun, Reason::Comeback]).with(Reason::ErrorRun, |rule| rule.threshold = Some(2.0));
    let answer_in = |gap_ms, correct| step(gap_ms, At::New, answer(correct, 20_000));
    // One encouragement, an hour of hints, nine celebrations, a day off, and on.
    let hint = step(4 * MINUTE, At::Same, Action::Hint(Hint { level: 1, bottom_out: false }));
    let comebacks = vec![[answer_in(MINUTE, false), answer_in(MINUTE, true)]; 9].concat();
    let encouraged = vec![answer_in(MINUTE, false); 2];
    let day_off = vec![step(25 * HOUR, At::Nowhere, Action::FocusChanged { hidden: false })];
    let steps = [encouraged, vec![hint; 16], comebacks.clone(), day_off, comebacks].concat();
    let history = History { untimed: false, names_sessions: true, counts: false, steps };
    let told = live(&Room::under(plan.policy()), &history);
    let heard: Vec<Heard> = spoken(&told).iter().map(Heard::of).collect();
    assert!(heard.len() >= 10, "{}", heard.len());
    for count in 1..=heard.len() {
        assert_eq!(broken(&plan.policy(), &heard[..count]), [], "message {count}");
    }
}

/// Without speech and without limits the properties above would hold of anything: over a fixed corpus, all come about.
#[test]
fn every_limit_and_every_reason_comes_about() {
    let mut runner = TestRunner::deterministic();
    let (mut held, mut reasons) = (BTreeMap::<Limit, usize>::new(), BTreeSet::<Reason>::new());
    for _ in 0..400 {
        let (plan, history) = (plan(), history(6..24)).new_tree(&mut runner).unwrap().current();
        let room = Room::under(plan.policy());
        let zone = Zone::parse("Europe/Berlin");
        let told = live_with(&room, &history, |event, told| {
            if told.is_empty() {
                room.prefer(event, |preferences| preferences.time_zone = zone);
            }
        });
        for told in told {
            reasons.extend(told.reason());
            let limit = told.reply.decision.as_ref().unwrap().held;
            limit.into_iter().for_each(|limit| *held.entry(limit.limit).or_default() += 1);
            let quiet = matches!(told.verdict(), Verdict::Silent { cause: Cause::QuietHours, .. });
            assert_eq!(quiet, limit.is_some_and(|held| held.limit == Limit::QuietHours));
        }
    }
    eprintln!("{held:?}");
    // Where even ten messages cannot be remembered, a cap of ten was passed before.
    // Nothing is dismissed where nothing is reported: `dismissals` has that; nor does anybody guard where no trial is.
    let elsewhere = [Limit::Memory, Limit::Dismissed, Limit::Guard];
    let never = Limit::ALL.into_iter().filter(|limit| !held.contains_key(limit) && !elsewhere.contains(limit));
    assert_eq!(never.collect::<Vec<_>>(), []);
    let never = Reason::ALL.into_iter().filter(|reason| !reasons.contains(reason));
    assert_eq!(never.collect::<Vec<_>>(), []);
}
