//! What is asked, made up: few names, so that everybody uses the same.

use hearten::rpc::pb::{self, event::Action, preferences::Volume, stream_sessions_request::Message as Sent};
use proptest::prelude::*;

use crate::{
    in_process::{answer, event, mask, moment, report, wish},
    seen::Known,
    sent::Request,
};

/// One call, before it is known what there is to ask about.
#[derive(Clone, Debug)]
pub enum Op {
    Submit {
        event: Made,
        dry_run: bool,
    },
    /// Events of a log with times of its own, or without; a session around them.
    Stream {
        events: Vec<Made>,
        replay: bool,
        outcome: Option<(usize, i32)>,
    },
    Batch {
        events: Vec<Made>,
        decide: i32,
    },
    /// A day without a network, for everybody the same: more events of one learner than are remembered.
    Day(usize),
    Report {
        decision: usize,
        outcome: i32,
    },
    Explain {
        decision: usize,
    },
    Learner(usize),
    Learners,
    Prefer {
        learner: usize,
        volume: i32,
        locale: &'static str,
    },
    List {
        class: usize,
        token: Option<usize>,
    },
    Watch {
        class: usize,
    },
    /// What items are like is taken up: no call, and everybody's at once.
    Renew,
}

/// An event in a few numbers.
#[derive(Clone, Debug)]
pub struct Made {
    learner: usize,
    id: u32,
    class: usize,
}

const LEARNERS: [&str; 2] = ["ana", "ben"];
pub const CLASSES: [&str; 2] = ["7b", "8a"];
/// Long enough ago that what a log says comes before now, and not so long that nobody needs attention any more.
const AGO_MS: i64 = 6 * 3_600_000;
const DAY_MS: i64 = 24 * 3_600_000;

fn made() -> impl Strategy<Value = Made> {
    let numbers = (0..LEARNERS.len(), 0..200_u32, 0..CLASSES.len());
    numbers.prop_map(|(learner, id, class)| Made { learner, id, class })
}

pub fn ops() -> impl Strategy<Value = Op> {
    let some = |most| prop::collection::vec(made(), 1..most);
    prop_oneof![
        6 => (made(), prop::bool::weighted(0.1)).prop_map(|(event, dry_run)| Op::Submit { event, dry_run }),
        3 => (some(8), any::<bool>(), prop::option::of((any::<usize>(), 1..6)))
            .prop_map(|(events, replay, outcome)| Op::Stream { events, replay, outcome }),
        4 => (some(16), 0..4).prop_map(|(events, decide)| Op::Batch { events, decide }),
        3 => (0..LEARNERS.len()).prop_map(Op::Day),
        2 => (any::<usize>(), 1..6).prop_map(|(decision, outcome)| Op::Report { decision, outcome }),
        2 => any::<usize>().prop_map(|decision| Op::Explain { decision }),
        2 => (0..LEARNERS.len()).prop_map(Op::Learner),
        1 => Just(Op::Learners),
        1 => (0..LEARNERS.len(), 0..5, prop::sample::select(vec!["", "en", "pt-BR", "ar"]))
            .prop_map(|(learner, volume, locale)| Op::Prefer { learner, volume, locale }),
        // Often, as mostly nobody needs attention.
        6 => (0..CLASSES.len(), prop::option::weighted(0.3, any::<usize>()))
            .prop_map(|(class, token)| Op::List { class, token }),
        1 => (0..CLASSES.len()).prop_map(|class| Op::Watch { class }),
        1 => Just(Op::Renew),
    ]
}

impl Made {
    /// The id says what it is, so that it comes again with the same contents as often as with others.
    fn event(&self, timed: bool) -> pb::Event {
        let (learner, id) = (LEARNERS[self.learner], format!("e{}", self.id));
        let plain = match self.id % 16 {
            kind @ 0..=10 => answer(learner, &id, kind < 2),
            11 => event(learner, &id, Action::Skip(pb::Skip {})),
            12 => event(learner, &id, Action::Hint(pb::Hint { level: 1, bottom_out: true })),
            13 => event(learner, &id, Action::ContentFault(pb::ContentFault {})),
            14 => {
                let report = pb::SelfReport { feeling: 1, intensity: Some(0.75) };
                event(learner, &id, Action::SelfReport(report))
            }
            _ => event(learner, &id, Action::SessionEnded(pb::SessionEnded {})),
        };
        let midnight = hearten::clock::now().as_millis() / DAY_MS * DAY_MS;
        let at = midnight - AGO_MS + i64::from(self.id) * 20_000;
        pb::Event {
            item_id: format!("q{}", self.id % 7),
            class_id: CLASSES[self.class].to_owned(),
            session_id: "monday".to_owned(),
            untimed: !timed,
            occurred_at: if timed { moment(at) } else { None },
            ..plain
        }
    }
}

impl Op {
    /// What is sent, given what was heard; none where everybody's snapshot is renewed.
    pub fn request(self, known: &Known) -> Option<Request> {
        let events = |events: Vec<Made>, timed| events.iter().map(|made| made.event(timed)).collect::<Vec<_>>();
        Some(match self {
            Self::Submit { event, dry_run } => {
                Request::Submit(pb::SubmitEventRequest { event: Some(event.event(false)), view: 0, dry_run })
            }
            Self::Stream { events: made, replay, outcome } => {
                let open = pb::Open {
                    learner_id: "ana".to_owned(),
                    session_id: "tuesday".to_owned(),
                    replay,
                    ..Default::default()
                };
                let outcome = outcome.map(|(decision, outcome)| {
                    Sent::Outcome(pb::OutcomeReport {
                        outcome,
                        ..report(&known.decision(decision), pb::Outcome::Shown)
                    })
                });
                let middle = events(made, replay).into_iter().map(Sent::Event).chain(outcome);
                let messages = [Sent::Open(open)].into_iter().chain(middle).chain([Sent::Close(pb::Close::default())]);
                Request::Stream(messages.collect())
            }
            Self::Batch { events: made, decide } => {
                Request::Batch(pb::BatchSubmitEventsRequest { events: events(made, false), decide, view: 2 })
            }
            Self::Day(learner) => {
                let made = (0..40).map(|number| Made { learner, id: 1000 + number, class: 0 });
                let events = events(made.collect(), false);
                Request::Batch(pb::BatchSubmitEventsRequest { events, ..Default::default() })
            }
            Self::Report { decision, outcome } => {
                let report = pb::OutcomeReport { outcome, ..report(&known.decision(decision), pb::Outcome::Shown) };
                Request::Report(pb::ReportOutcomesRequest { outcomes: vec![report] })
            }
            Self::Explain { decision } => {
                Request::Explain(pb::ExplainDecisionRequest { decision_id: known.decision(decision) })
            }
            Self::Learner(learner) => {
                Request::Learner(pb::GetLearnerRequest { learner_id: LEARNERS[learner].to_owned(), view: 0 })
            }
            Self::Learners => {
                let learner_ids = LEARNERS.map(str::to_owned).to_vec();
                Request::Learners(pb::BatchGetLearnersRequest { learner_ids, view: pb::View::Full.into() })
            }
            Self::Prefer { learner, volume, locale } => {
                let volume = Volume::try_from(volume).unwrap_or(Volume::Unspecified);
                let preferences =
                    pb::Preferences { volume: volume.into(), locale: locale.to_owned(), ..Default::default() };
                Request::Prefer(pb::UpdatePreferencesRequest {
                    update_mask: mask(&["volume", "locale"]),
                    ..wish(LEARNERS[learner], preferences)
                })
            }
            Self::List { class, token } => Request::List(pb::ListLearnersNeedingAttentionRequest {
                class_id: CLASSES[class].to_owned(),
                page_size: 1,
                page_token: token.map(|token| known.token(token)).unwrap_or_default(),
            }),
            Self::Watch { class } => Request::Watch(CLASSES[class].to_owned()),
            Self::Renew => return None,
        })
    }
}
