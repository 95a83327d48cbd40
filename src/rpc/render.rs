//! From the domain's answers to the API's; fields by their numbers in `proto/hearten/v1`.

use pbjson_types::Timestamp as Moment;

use super::{pb, preferences, presence::Presence, sent::Ids, wire::Written};
use crate::{
    engine::{Decision, Profile, Reply, Report, Rules},
    estimate::{Calibration, Estimate, Head, Model, Signal, Trend, signals},
    feedback::because,
    learner::Level,
    messages::{Direction, Message},
    reason::{Held, Kind, Placement, Reason, Unit, Verdict},
};

pub(super) fn assessment(report: &Report, model: &Model, to: &mut Written) {
    for (field, each) in (1..).zip(&report.assessment.estimates) {
        to.message(field, |to| estimate(each, to));
    }
    to.double(5, rounded(report.assessment.p_next_correct));
    to.number(6, report.assessment.attempts);
    for signal in report.features.iter().flat_map(|features| signals(model, features)) {
        to.message(7, |to| weighed(&signal, to));
    }
    to.text(8, &model.version);
    to.number(9, report.statistics_version);
}

/// Four decimals: more would claim what is not known.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

fn estimate(estimate: &Estimate, to: &mut Written) {
    use pb::estimate as of;
    let calibration = match estimate.calibration {
        Calibration::Calibrated => of::Calibration::Calibrated,
        Calibration::Uncalibrated => of::Calibration::Uncalibrated,
        Calibration::Insufficient => of::Calibration::Insufficient,
    };
    let level = match estimate.level {
        Level::Low => of::Level::Low,
        Level::Moderate => of::Level::Moderate,
        Level::High => of::Level::High,
    };
    let trend = match estimate.trend {
        Trend::Rising => of::Trend::Rising,
        Trend::Steady => of::Trend::Steady,
        Trend::Falling => of::Trend::Falling,
    };
    to.double(1, rounded(estimate.score));
    to.number(2, calibration as u64);
    to.number(3, level as u64);
    to.number(4, trend as u64);
    to.flag(5, estimate.reported);
}

pub(super) fn head(head: Head) -> pb::Head {
    match head {
        Head::Frustration => pb::Head::Frustration,
        Head::Confidence => pb::Head::Confidence,
        Head::Disengagement => pb::Head::Disengagement,
        Head::WheelSpinning => pb::Head::WheelSpinning,
    }
}

fn weighed(signal: &Signal, to: &mut Written) {
    to.text(1, signal.feature.name());
    to.number(2, head(signal.head) as u64);
    to.double(3, rounded(signal.value));
    to.double(4, rounded(signal.contribution));
}

/// A decision as the API shows it, as the field of a message; nothing where none was asked for, or what was said is no longer known.
pub(super) fn decision(rules: &Rules, decision: &Decision, presence: Presence, field: u32, to: &mut Written) {
    let message = decision.message.as_deref();
    if decision.verdict == Verdict::Undecided || matches!(decision.verdict, Verdict::Spoken { .. }) && message.is_none()
    {
        return;
    }
    to.message(field, |to| {
        to.text(1, &decision.name());
        match (decision.verdict, message) {
            (Verdict::Spoken { reason, .. }, Some(message)) => {
                to.made(2, &feedback(decision, reason, message, presence));
            }
            (Verdict::Silent { cause, instead_of }, _) => to.message(3, |to| {
                to.number(1, cause as u64);
                to.number(2, instead_of.map_or(0, |reason| reason as u64));
                to.text(3, &because(&rules.policy, cause, instead_of, decision.held));
                decision.held.iter().for_each(|limit| to.made(4, &held(*limit)));
            }),
            _ => {}
        }
        to.text(4, &decision.policy_version);
    });
}

/// The answer to an event, by what the event is told by.
pub(super) fn reply(ids: &Ids, reply: &Reply, presence: Presence, to: &mut Written) {
    to.text(1, &ids.event_id);
    to.text(2, &ids.learner_id);
    to.text(3, &ids.session_id);
    to.message(4, |to| assessment(&reply.report, &reply.rules.model, to));
    reply.decision.iter().for_each(|each| decision(&reply.rules, each, presence, 5, to));
    to.flag(6, reply.duplicate);
}

/// The server speaks first.
pub(super) fn nudge(session_id: &str, reply: &Reply, presence: Presence, to: &mut Written) {
    to.text(1, reply.pending.key.learner());
    to.text(2, session_id);
    to.message(3, |to| assessment(&reply.report, &reply.rules.model, to));
    reply.decision.iter().for_each(|each| decision(&reply.rules, each, presence, 4, to));
}

fn held(Held { limit, wait }: Held) -> pb::Held {
    let in_opportunities = limit.unit() == Unit::Opportunities;
    let timed = matches!(limit.unit(), Unit::Minutes | Unit::MinutesAtWork) && wait > 0;
    pb::Held {
        limit: limit as i32,
        opportunities: if in_opportunities { wait.into() } else { 0 },
        wait: timed.then_some(pb::Duration { seconds: i64::from(wait) * 60, nanos: 0 }),
    }
}

fn feedback(decision: &Decision, reason: Reason, message: &Message, presence: Presence) -> pb::Feedback {
    use pb::feedback as to;
    let kind = match reason.kind() {
        Kind::Encouragement => to::Kind::Encouragement,
        Kind::Celebration => to::Kind::Celebration,
    };
    let suggestion = decision.offer.suggestion.map_or(0, |step| step as i32);
    let valid_secs = decision.offer.valid_secs.into();
    let direction = match message.direction {
        Direction::LeftToRight => to::Direction::LeftToRight,
        Direction::RightToLeft => to::Direction::RightToLeft,
    };
    let (placement, politeness) = match decision.offer.placement {
        Placement::Inline => (to::Placement::Inline, to::Politeness::Polite),
        Placement::Toast => (to::Placement::Toast, to::Politeness::Polite),
        Placement::Interruptive => (to::Placement::Interruptive, to::Politeness::Assertive),
    };
    pb::Feedback {
        kind: kind.into(),
        reason: reason as i32,
        message_id: message.id.clone(),
        text: message.text.clone(),
        plain_text: message.plain_text.clone(),
        locale: message.locale.clone(),
        direction: direction.into(),
        reduced_motion: message.reduced_motion,
        display_time: Some(pb::Duration { seconds: message.display_secs.into(), nanos: 0 }),
        politeness: politeness.into(),
        placement: placement.into(),
        suggestion: if presence.offers(suggestion) { suggestion } else { 0 },
        valid_until: decision.at_secs.map(|at| moment(at.saturating_add(valid_secs))),
    }
}

pub(super) fn moment(secs: u64) -> Moment {
    Moment { seconds: i64::try_from(secs).unwrap_or(i64::MAX), nanos: 0 }
}

pub(super) fn profile(learner_id: &str, profile: &Profile) -> pb::GetLearnerResponse {
    let rules = &profile.rules;
    let mut to = Written::default();
    to.text(1, learner_id);
    to.message(2, |to| assessment(&profile.report, &rules.model, to));
    to.made(3, &preferences::shown(&profile.preferences));
    profile.decisions.iter().for_each(|each| decision(rules, each, Presence::default(), 4, &mut to));
    to.number(5, profile.sequence);
    to.read()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        engine::{Engine, Number, Offer, Options, Statistics},
        estimate::{Assessment, Feature, Features},
        event::Timestamp,
        feedback::Policy,
        learner::Learner,
        reason::{Cause, Limit},
        statistics::Snapshot,
        store::{Key, Memory},
    };

    /// Taken to pieces, here and below, so that a field that is new in the API is missed here, and not by whoever waits for it.
    #[test]
    fn every_field_of_an_assessment_is_written() {
        let estimates = [
            (0.1, Calibration::Calibrated, Level::Low, Trend::Falling),
            (0.2, Calibration::Uncalibrated, Level::Moderate, Trend::Steady),
            (0.3, Calibration::Insufficient, Level::High, Trend::Rising),
            (0.4, Calibration::Calibrated, Level::High, Trend::Falling),
        ];
        let estimates = estimates.map(|(score, calibration, level, trend)| {
            let reported = score < 0.2;
            Estimate { score, calibration, level, trend, reported }
        });
        let assessment = Assessment { estimates, p_next_correct: 0.5, attempts: 300 };
        let model = Model::builtin().unwrap();
        let features = Features::of(&model, &Learner::default(), &Snapshot::default());
        let report = Report { assessment, features: Some(features), statistics_version: 1 << 40 };
        let mut written = Written::default();
        super::assessment(&report, &model, &mut written);
        let pb::Assessment {
            frustration,
            confidence,
            disengagement,
            wheel_spinning,
            p_next_correct,
            attempts,
            signals,
            model_version,
            statistics_version,
        } = written.read();
        let estimates = [frustration, confidence, disengagement, wheel_spinning].map(|estimate| {
            let pb::Estimate { score, calibration, level, trend, self_reported } = estimate.unwrap();
            (score, calibration, level, trend, self_reported)
        });
        let wanted = [(0.1, 1, 1, 3, true), (0.2, 2, 2, 2, false), (0.3, 3, 3, 1, false), (0.4, 1, 3, 3, false)];
        assert_eq!(estimates, wanted);
        assert_eq!(
            (p_next_correct, attempts, model_version, statistics_version),
            (0.5, 300, model.version.clone(), 1 << 40)
        );
        let told = |pb::Signal { name, head, value, contribution }| (name, head, value, contribution);
        let wanted = super::signals(&model, &features).map(|signal| {
            let Signal { feature, head, value, contribution } = signal;
            (feature.name().to_owned(), super::head(head) as i32, rounded(value), rounded(contribution))
        });
        let wanted: Vec<_> = wanted.collect();
        assert!(
            wanted.iter().any(|(name, head, value, _)| (&**name, *head, *value) == ("error_rate", 1, 0.5)),
            "{wanted:?}"
        );
        assert_eq!(signals.into_iter().map(told).collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn every_field_of_a_signal_is_written() {
        let feature = Feature::ErrorRun;
        let signal = Signal { feature, head: Head::Confidence, value: 2.0, contribution: -0.12344 };
        let mut written = Written::default();
        weighed(&signal, &mut written);
        let pb::Signal { name, head, value, contribution } = written.read();
        assert_eq!((&*name, head, value, contribution), ("error_run", 2, 2.0, -0.1234));
    }

    #[tokio::test]
    async fn every_field_of_an_answer_a_nudge_and_a_profile_is_written() {
        let rules = Rules::new(crate::estimate::Model::builtin().unwrap(), Policy::builtin().unwrap());
        let engine = Engine::open(rules, Arc::new(Memory::new()), Statistics::Learn).await.unwrap();
        let [event_id, learner_id, session_id] = ["e-1", "ana", "s-1"].map(str::to_owned);
        let action = Some(pb::event::Action::Attempt(pb::Attempt { correct: Some(true), ..pb::Attempt::default() }));
        let mut sent = pb::Event { event_id, learner_id, session_id, action, ..pb::Event::default() };
        let (now, key) = (Timestamp::from_millis(1_790_000_000_000), Key::new("default", "ana"));
        let event = crate::rpc::event(&sent, Some(now)).unwrap();
        engine.submit(&key, &event, Options::default(), now).await.unwrap();
        // Again, as only then every field is set.
        let reply = engine.submit(&key, &event, Options::default(), now).await.unwrap();

        let mut written = Written::default();
        super::reply(&Ids::take(&mut sent), &reply, Presence::default(), &mut written);
        let pb::Reply { event_id, learner_id, session_id, assessment, decision, duplicate } = written.read();
        assert_eq!((&*event_id, &*learner_id, &*session_id, duplicate), ("e-1", "ana", "s-1", true));
        assert_eq!(assessment.as_ref().map(|assessment| assessment.attempts), Some(1));
        assert!(decision.as_ref().is_some_and(|decision| decision.outcome.is_some()));

        let mut written = Written::default();
        super::nudge("s-2", &reply, Presence::default(), &mut written);
        let nudge = pb::Nudge {
            learner_id: "ana".to_owned(),
            session_id: "s-2".to_owned(),
            assessment: assessment.clone(),
            decision: decision.clone(),
        };
        assert_eq!(written.read::<pb::Nudge>(), nudge);

        let profile = engine.profile(&key, false, now).await.unwrap();
        let wanted = pb::GetLearnerResponse {
            learner_id: "ana".to_owned(),
            assessment,
            preferences: Some(preferences::shown(&profile.preferences)),
            recent_decisions: decision.into_iter().collect(),
            sequence: 1,
        };
        assert_eq!(super::profile("ana", &profile), wanted);
    }

    #[test]
    fn every_field_of_a_silence_is_written() {
        let rules = Rules::new(crate::estimate::Model::builtin().unwrap(), Policy::builtin().unwrap());
        let verdict = Verdict::Silent { cause: Cause::Cooldown, instead_of: Some(Reason::ErrorRun) };
        let silent = Decision {
            id: Some(Number { key: Key::new("default", "ana"), sequence: 7 }),
            verdict,
            held: Some(Held::new(Limit::Cooldown, 3)),
            at_secs: None,
            policy_version: "p-1".into(),
            message: None,
            offer: Offer { suggestion: None, valid_secs: 60, placement: Placement::Inline },
        };
        let mut written = Written::default();
        super::decision(&rules, &silent, Presence::default(), 5, &mut written);
        let pb::Reply { decision, .. } = written.read();
        let pb::Decision { decision_id, outcome, policy_version } = decision.unwrap();
        assert_eq!((decision_id, &*policy_version), (silent.name(), "p-1"));
        let Some(pb::decision::Outcome::Silence(silence)) = outcome else { panic!("{outcome:?}") };
        let pb::Silence { cause, would_have_been, detail, held } = silence;
        assert_eq!((cause, would_have_been), (Cause::Cooldown as i32, Reason::ErrorRun as i32));
        assert_eq!(
            detail,
            "The last encouragement was a moment ago, and the next may come after 3 more opportunities."
        );
        assert_eq!(held.map(|held| (held.limit, held.opportunities)), Some((Limit::Cooldown as i32, 3)));
    }
}
