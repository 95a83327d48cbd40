//! Decisions in plain English, for teachers and for the people who run a platform.

use std::fmt::{self, Display, Formatter, Write as _};

use super::Policy;
use crate::{
    learner::{Reading, Readings},
    reason::{Cause, Held, Kind, Limit, Reason, Verdict},
};

/// A cause of silence as a sentence.
#[must_use]
pub fn because(policy: &Policy, cause: Cause, instead_of: Option<Reason>, held: Option<Held>) -> String {
    // Written with every silence, so without a text for each part of it; few are longer.
    let mut sentence = String::with_capacity(128);
    match plain(cause).filter(|_| held.is_none()) {
        Some(plain) => sentence.extend([plain, "."]),
        None => {
            let clause = Clause { policy, cause, instead_of, held };
            // A text takes whatever is written.
            let _ = write!(sentence, "{clause}.");
        }
    }
    // All of them begin with a plain letter.
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
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
struct Clause<'a> {
    policy: &'a Policy,
    cause: Cause,
    instead_of: Option<Reason>,
    held: Option<Held>,
}

impl Display for Clause<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { policy, cause, instead_of, held } = *self;
        let limits = &policy.restraint;
        if let Some(held) = held {
            return limit(f, policy, held, instead_of);
        }
        match cause {
            Cause::Cooldown => write!(f, "the last {} was too short a time ago", noun(instead_of)),
            Cause::Cap => write!(
                f,
                "enough was said: at most {} encouragements a session, {} messages an hour at work and {} a day",
                limits.encouragements_per_session, limits.per_hour, limits.per_day
            ),
            Cause::Stale => write!(f, "the event arrived more than {} s after it occurred", limits.stale_ms / 1000),
            _ => f.write_str(plain(cause).unwrap_or_default()),
        }
    }
}

/// What is said of a cause that has no numbers.
fn plain(cause: Cause) -> Option<&'static str> {
    Some(match cause {
        Cause::Cooldown | Cause::Cap | Cause::Stale => return None,
        Cause::NothingToSay => "nothing calls for a message",
        Cause::InsufficientEvidence => "too little is known of this learner yet",
        Cause::Dominated => "another reason had more to say",
        Cause::SwitchedOff => "messages are switched off for this learner",
        Cause::LowerVolume => "this learner has asked for fewer messages",
        Cause::NotPractice => "graded work and examinations are left alone",
        Cause::Late => "the event is older than what is already known from its device",
        Cause::Hidden => "the page is hidden, or learners are not told whether answers are right",
        Cause::ContentFault => "the item in hand was reported faulty",
        Cause::Shadow => "the policy only watches for now",
        Cause::Trial => "it was held out by lot, to learn whether messages like it help",
        Cause::QuietHours => "these are quiet hours where the learner is",
    })
}

fn noun(reason: Option<Reason>) -> &'static str {
    match reason.map(Reason::kind) {
        Some(Kind::Celebration) => "celebration",
        Some(Kind::Encouragement) | None => "encouragement",
    }
}

/// Which limit held a message back, and when it may be said again.
fn limit(f: &mut Formatter<'_>, policy: &Policy, Held { limit, wait }: Held, reason: Option<Reason>) -> fmt::Result {
    let limits = &policy.restraint;
    let what = noun(reason);
    let caps = reason.and_then(|reason| policy.rule(reason)).map(|rule| rule.caps).unwrap_or_default();
    let times = |cap: Option<u32>| plural(cap.unwrap_or_default(), "time", "times");
    if [(Limit::Hour, limits.per_hour), (Limit::Day, limits.per_day)].contains(&(limit, 0)) {
        return f.write_str("the policy allows no message at all");
    }
    if (limit, limits.encouragements_per_session) == (Limit::Session, 0) {
        return f.write_str("the policy allows no encouragement");
    }
    let more = plural(wait.into(), "more opportunity", "more opportunities");
    let wait = Minutes(wait);
    match limit {
        Limit::Cooldown => write!(f, "the last {what} was a moment ago, and the next may come after {more}"),
        Limit::ReasonCooldown => write!(f, "the same was said a moment ago, and may be said again after {more}"),
        Limit::Pause => write!(f, "the last message was a short time ago, and the next may come in {wait}"),
        Limit::Session => {
            let cap = plural(limits.encouragements_per_session, "encouragement", "encouragements");
            write!(f, "this session has had its {cap}")
        }
        Limit::ReasonSession => write!(f, "this session has heard the same {}", times(caps.per_session)),
        Limit::Hour => {
            let cap = plural(limits.per_hour, "message", "messages");
            write!(f, "this hour at work has had its {cap}, and the next may come after {wait} at work")
        }
        Limit::ReasonHour => {
            let cap = times(caps.per_hour);
            write!(f, "the same was said {cap} in this hour at work, and may be said again after {wait} at work")
        }
        Limit::Day => {
            let cap = plural(limits.per_day, "message", "messages");
            write!(f, "this day has had its {cap}, and the next may come in {wait}")
        }
        Limit::ReasonDay => {
            write!(f, "the same was said {} today, and may be said again in {wait}", times(caps.per_day))
        }
        Limit::Dismissed => {
            let times = plural(limits.dismissals.into(), "time", "times");
            write!(f, "the learner has turned this away {times}, so it is said ")?;
            match limits.dismissed_per_day {
                1 => f.write_str("once")?,
                cap => write!(f, "{cap} times")?,
            }
            write!(f, " a day at most, and may be said again in {wait}")
        }
        Limit::QuietHours => write!(f, "these are quiet hours where the learner is, for another {wait}"),
        Limit::Guard => {
            f.write_str("a trial showed that messages of this reason do harm, and they are not said any more")
        }
        Limit::Memory => f.write_str("as many messages as can be remembered still count"),
    }
}

/// So many of something.
struct Plural(u32, &'static str);

fn plural(count: u32, one: &'static str, many: &'static str) -> Plural {
    Plural(count, if count == 1 { one } else { many })
}

impl Display for Plural {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(count, what) = self;
        write!(f, "{count} {what}")
    }
}

/// Minutes, or hours where there are many.
struct Minutes(u16);

impl Display for Minutes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            minutes @ 0..=90 => write!(f, "{minutes} min"),
            minutes => write!(f, "{} h", minutes.div_ceil(60)),
        }
    }
}

/// A decision and what it was made on, as one sentence.
#[must_use]
pub fn summary(policy: &Policy, verdict: Verdict, readings: &Readings, held: Option<Held>) -> String {
    let clause = |cause, instead_of| Clause { policy, cause, instead_of, held };
    match verdict {
        Verdict::Undecided => "No decision was asked for.".to_owned(),
        Verdict::Spoken { reason, .. } => match reason.kind() {
            Kind::Celebration => format!("Celebrated, because {}.", evidence(reason, readings)),
            Kind::Encouragement => format!("Encouraged, because {}.", evidence(reason, readings)),
        },
        Verdict::Silent { cause, instead_of: None } => {
            format!("Stayed silent, because {}.", clause(cause, None))
        }
        Verdict::Silent { cause, instead_of: Some(reason) } => {
            format!("Stayed silent although {}, because {}.", evidence(reason, readings), clause(cause, Some(reason)))
        }
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
