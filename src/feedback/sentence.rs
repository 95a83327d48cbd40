//! Decisions in plain English, for teachers and for the people who run a platform.

use super::Policy;
use crate::{
    learner::{Reading, Readings},
    reason::{Cause, Held, Kind, Limit, Reason, Verdict},
};

/// A cause of silence as a sentence.
#[must_use]
pub fn because(policy: &Policy, cause: Cause, instead_of: Option<Reason>, held: Option<Held>) -> String {
    let mut sentence = clause(policy, cause, instead_of, held);
    // All of them begin with a plain letter.
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence.push('.');
    sentence
}

/// With a capital letter in front.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// The same as the end of a sentence.
fn clause(policy: &Policy, cause: Cause, instead_of: Option<Reason>, held: Option<Held>) -> String {
    let limits = &policy.restraint;
    let what = noun(instead_of);
    if let Some(held) = held {
        return limit(policy, held, instead_of);
    }
    match cause {
        Cause::NothingToSay => "nothing calls for a message".to_owned(),
        Cause::InsufficientEvidence => "too little is known of this learner yet".to_owned(),
        Cause::Cooldown => format!("the last {what} was too short a time ago"),
        Cause::Cap => format!(
            "enough was said: at most {} encouragements a session, {} messages an hour at work and {} a day",
            limits.encouragements_per_session, limits.per_hour, limits.per_day
        ),
        Cause::Dominated => "another reason had more to say".to_owned(),
        Cause::SwitchedOff => "messages are switched off for this learner".to_owned(),
        Cause::LowerVolume => "this learner has asked for fewer messages".to_owned(),
        Cause::NotPractice => "graded work and examinations are left alone".to_owned(),
        Cause::Late => "the event is older than what is already known from its device".to_owned(),
        Cause::Stale => format!("the event arrived more than {} s after it occurred", limits.stale_ms / 1000),
        Cause::Hidden => "the page is hidden, or learners are not told whether answers are right".to_owned(),
        Cause::ContentFault => "the item in hand was reported faulty".to_owned(),
        Cause::Shadow => "the policy only watches for now".to_owned(),
        Cause::Trial => "it was held out by lot, to learn whether messages like it help".to_owned(),
        Cause::QuietHours => "these are quiet hours where the learner is".to_owned(),
    }
}

fn noun(reason: Option<Reason>) -> &'static str {
    match reason.map(Reason::kind) {
        Some(Kind::Celebration) => "celebration",
        Some(Kind::Encouragement) | None => "encouragement",
    }
}

/// Which limit held a message back, and when it may be said again.
fn limit(policy: &Policy, Held { limit, wait }: Held, reason: Option<Reason>) -> String {
    let limits = &policy.restraint;
    let what = noun(reason);
    let caps = reason.and_then(|reason| policy.rule(reason)).map(|rule| rule.caps).unwrap_or_default();
    let cap = |cap: Option<u32>| cap.unwrap_or_default();
    if [(Limit::Hour, limits.per_hour), (Limit::Day, limits.per_day)].contains(&(limit, 0)) {
        return "the policy allows no message at all".to_owned();
    }
    if (limit, limits.encouragements_per_session) == (Limit::Session, 0) {
        return "the policy allows no encouragement".to_owned();
    }
    let more = plural(wait.into(), "more opportunity", "more opportunities");
    match limit {
        Limit::Cooldown => format!("the last {what} was a moment ago, and the next may come after {more}"),
        Limit::ReasonCooldown => format!("the same was said a moment ago, and may be said again after {more}"),
        Limit::Pause => format!("the last message was a short time ago, and the next may come in {}", time(wait)),
        Limit::Session => {
            format!(
                "this session has had its {}",
                plural(limits.encouragements_per_session, "encouragement", "encouragements")
            )
        }
        Limit::ReasonSession => {
            format!("this session has heard the same {}", plural(cap(caps.per_session), "time", "times"))
        }
        Limit::Hour => {
            let cap = plural(limits.per_hour, "message", "messages");
            format!("this hour at work has had its {cap}, and the next may come after {} at work", time(wait))
        }
        Limit::ReasonHour => {
            let cap = plural(cap(caps.per_hour), "time", "times");
            format!("the same was said {cap} in this hour at work, and may be said again after {} at work", time(wait))
        }
        Limit::Day => {
            let cap = plural(limits.per_day, "message", "messages");
            format!("this day has had its {cap}, and the next may come in {}", time(wait))
        }
        Limit::ReasonDay => {
            let cap = plural(cap(caps.per_day), "time", "times");
            format!("the same was said {cap} today, and may be said again in {}", time(wait))
        }
        Limit::Dismissed => {
            let times = plural(limits.dismissals.into(), "time", "times");
            let cap = if limits.dismissed_per_day == 1 {
                "once".to_owned()
            } else {
                format!("{} times", limits.dismissed_per_day)
            };
            let wait = time(wait);
            format!(
                "the learner has turned this away {times}, so it is said {cap} a day at most, and may be said again in {wait}"
            )
        }
        Limit::QuietHours => format!("these are quiet hours where the learner is, for another {}", time(wait)),
        Limit::Guard => {
            "a trial showed that messages of this reason do harm, and they are not said any more".to_owned()
        }
        Limit::Memory => "as many messages as can be remembered still count".to_owned(),
    }
}

fn plural(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Minutes, or hours where there are many.
fn time(minutes: u16) -> String {
    match minutes {
        0..=90 => format!("{minutes} min"),
        _ => format!("{} h", minutes.div_ceil(60)),
    }
}

/// A decision and what it was made on, as one sentence.
#[must_use]
pub fn summary(policy: &Policy, verdict: Verdict, readings: &Readings, held: Option<Held>) -> String {
    match verdict {
        Verdict::Undecided => "No decision was asked for.".to_owned(),
        Verdict::Spoken { reason, .. } => match reason.kind() {
            Kind::Celebration => format!("Celebrated, because {}.", evidence(reason, readings)),
            Kind::Encouragement => format!("Encouraged, because {}.", evidence(reason, readings)),
        },
        Verdict::Silent { cause, instead_of: None } => {
            format!("Stayed silent, because {}.", clause(policy, cause, None, held))
        }
        Verdict::Silent { cause, instead_of: Some(reason) } => format!(
            "Stayed silent although {}, because {}.",
            evidence(reason, readings),
            clause(policy, cause, Some(reason), held)
        ),
    }
}

/// What a reason saw, for whoever was not there.
fn evidence(reason: Reason, readings: &Readings) -> String {
    let count = |reading| readings.get(reading) as u32;
    let wrong = |reading| plural(count(reading), "wrong answer", "wrong answers");
    match reason {
        Reason::StreakMilestone => {
            format!("{} first tries in a row were right, on items that were not easy", count(Reading::SuccessRun))
        }
        Reason::Comeback => format!("a first try at another item was right after {}", wrong(Reading::Slump)),
        Reason::PersistencePaidOff => format!("the item was solved after {}", wrong(Reading::ItemErrors)),
        Reason::MasteryReached => "three first tries in a row were right at a skill that had been hard".to_owned(),
        Reason::PersonalBest => {
            format!("{} first tries in a row were right, the longest run yet", count(Reading::SuccessRun))
        }
        Reason::RealImprovement => "recent answers were right clearly more often than earlier ones".to_owned(),
        Reason::FrustrationRising if readings.get(Reading::SelfReported) > 0.0 => {
            "the answer was wrong and the learner had reported frustration".to_owned()
        }
        Reason::FrustrationRising => {
            let score = readings.get(Reading::Frustration);
            format!("wrong answers have piled up (frustration estimate {score:.2})")
        }
        Reason::ErrorRun => format!("there were {} in a row", wrong(Reading::ErrorRun)),
        Reason::WheelSpinning => {
            let met = count(Reading::SkillOpportunities);
            format!("{} at one skill have not led to mastery", plural(met, "try", "tries"))
        }
        Reason::SlowStruggle => {
            format!("there were {} in a row, and the last took longer than usual", wrong(Reading::ErrorRun))
        }
        Reason::Stuck => "nothing has happened at the item for longer than usual".to_owned(),
        Reason::HintReliance => "an answer followed the hint that gives it away, after other hints".to_owned(),
        Reason::RapidGuessing => "wrong answers came too quickly to have been read".to_owned(),
        Reason::LowConfidenceSuccess => {
            let score = readings.get(Reading::Confidence);
            format!("a first try was right while confidence was likely low ({score:.2})")
        }
        Reason::LongSession => {
            format!(
                "work has gone on for {} without a break",
                plural(count(Reading::SessionMinutes), "minute", "minutes")
            )
        }
    }
}

/// Every reading by name, in the record's order.
pub fn named(readings: &Readings) -> impl Iterator<Item = (&'static str, f32)> {
    Reading::ALL.into_iter().map(|reading| (reading.name(), readings.get(reading)))
}
