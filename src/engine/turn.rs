//! One event through the core: time passes, an expectation forms, the event is taken in, a decision falls. Pure.

use super::{Link, Rules};
use crate::{
    estimate::{Assessment, Features, Model, Terms, assess, feel},
    event::{Action, Event, Mode, Timestamp},
    feedback::{Context, Decided, Drawn, Lots, attend, decide, learn, read, rewards, watch},
    learner::{AllFollowed, Learner, Locale, Seen, Trace, short},
    reason::{Reason, Verdict},
    signals::{Expected, LATE_TOLERANCE_MS, Observation, Usual, advance, follow, forget_runs, observe, usual},
    statistics::{Snapshot, Subject, Sums},
};

/// Nudges a session, whatever a policy says: each is an interruption.
const NUDGES: u8 = 2;

/// What one event adds to the sums: all, its item, its skills.
pub type Added = Vec<(Subject, Sums)>;

/// What is asked of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// A decision is wanted.
    pub decide: bool,
    /// It may be made although the event is stale.
    pub catch_up: bool,
    /// Learners are told whether answers are right.
    pub correctness_shown: bool,
    /// The language the platform asks for, where the learner asks for none.
    pub locale: Option<Locale>,
    /// What lots are drawn from.
    pub lots: Lots,
    /// What tells of the batch that it came in.
    pub link: Link,
}

impl Default for Ask {
    fn default() -> Self {
        Self {
            decide: true,
            catch_up: false,
            correctness_shown: true,
            locale: None,
            lots: Lots::default(),
            link: Link::default(),
        }
    }
}

/// What came of one event.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What was known before it.
    pub terms: Terms,
    /// What was believed before it.
    pub expected: Expected,
    /// How long answers at its item usually take.
    pub usual: Usual,
    /// It was old news of its device.
    pub late: bool,
    /// What it showed.
    pub seen: Observation,
    /// What there is to weigh after it.
    pub features: Features,
    /// How it is going after it.
    pub assessment: Assessment,
    /// What it adds to the sums.
    pub added: Added,
    /// The decision, where one was asked for.
    pub decided: Option<Trace>,
    /// What was left to chance in it, if anything was.
    pub drawn: Option<Drawn>,
    /// What came of earlier decisions that were made by lot.
    pub followed: AllFollowed,
}

/// Applies one event that is not known yet, under the hash of its id.
pub fn apply(rules: &Rules, learner: &mut Learner, event: &Event, statistics: &Snapshot, ask: Ask, id: u64) -> Turn {
    rules.adopt(learner);
    let passage = advance(learner, event);
    let untold = event.mode != Mode::Practice || !ask.correctness_shown;
    if std::mem::replace(&mut learner.session.untold, untold) && !untold {
        forget_runs(learner);
    }
    if let Some(class) = event.class.filter(|_| !passage.late) {
        learner.class = class;
    }
    let terms = Model::terms(learner, event.item, &event.skills, statistics);
    let expected = rules.model.weigh(&terms);
    let usual = usual(event.item, statistics).for_learner(learner);
    let seen = observe(learner, event, &passage, expected, &usual);
    let (followed, heard) = follow(learner, event, &passage, &seen);
    let telling = matches!(event.action, Action::Attempt(_) | Action::Hint(_) | Action::ContentFault);
    let features = Features::of(&rules.model, learner, statistics);
    let assessment =
        if telling { feel(&rules.model, learner, &features) } else { assess(&rules.model, learner, &features) };
    if telling {
        watch(&rules.policy, learner, &assessment);
        attend(&rules.policy, learner, &assessment, passage.at);
    }
    learner.sequence += 1;
    learner.before = ask.link.sum(learner);
    let decided = ask.decide.then(|| {
        let stale = event.clocks.delay_ms() > rules.policy.restraint.stale_ms;
        let context = Context {
            // A catch-up decision is about now, however old the event.
            at: if ask.catch_up { passage.at.and(event.clocks.received_at.or(passage.at)) } else { passage.at },
            occurred_at: passage.at,
            mode: event.mode,
            late: passage.late,
            stale: stale && !event.untimed && !ask.catch_up,
            correctness_shown: ask.correctness_shown,
            locale: ask.locale,
            lots: ask.lots,
            event: id,
        };
        reach(rules, learner, &seen, &assessment, &context, statistics, false)
    });
    if telling {
        learn(&rules.policy, learner, &assessment);
    }
    let mut added = added(event, seen.sums);
    added.extend(heard.iter().flat_map(|heard| rewards(heard, learner, ask.locale, passage.at)));
    let (decided, drawn) = decided.map_or((None, None), |(trace, drawn)| (Some(trace), drawn));
    let verdict = decided.map_or(Verdict::Undecided, |trace| trace.verdict);
    learner.remember(Seen::new(id, event.contents(), verdict));
    let late = passage.late;
    Turn { terms, expected, usual, late, features, assessment, added, seen, decided, drawn, followed }
}

/// The learner has gone quiet: speaks, or changes nothing. What it decided to say.
pub fn nudge(
    rules: &Rules,
    learner: &mut Learner,
    locale: Option<Locale>,
    now: Timestamp,
    statistics: &Snapshot,
) -> Option<Trace> {
    // Once an item, so that between two events one nudge at most takes a number.
    if learner.place.nudged {
        return None;
    }
    let mut next = learner.clone();
    rules.adopt(&mut next);
    next.sequence += 1;
    next.nudges |= 1;
    let context = Context {
        at: Some(now),
        occurred_at: Some(now),
        mode: Mode::Practice,
        late: false,
        stale: false,
        correctness_shown: true,
        locale,
        // Whoever is stuck is never left alone for a trial.
        lots: Lots::default(),
        event: 0,
    };
    let assessment = assess(&rules.model, &next, &Features::of(&rules.model, &next, statistics));
    let (trace, _) = reach(rules, &mut next, &Observation::default(), &assessment, &context, statistics, true);
    matches!(trace.verdict, Verdict::Spoken { .. }).then(|| {
        *learner = next;
        trace
    })
}

/// How long a learner may be quiet at the item in hand before it means being stuck, in milliseconds; `None` where silence
/// means nothing.
#[must_use]
pub fn patience_ms(rules: &Rules, learner: &Learner, event: &Event, turn: &Turn) -> Option<i64> {
    let place = &learner.place;
    let waiting = place.item != 0 && !place.closed && !place.hidden && !place.nudged && !place.faulty;
    // Once the answer is given away there is nothing to be stuck at.
    let waiting = waiting && !place.given_away;
    let allowed =
        !learner.session.ended && learner.session.nudges < NUDGES && rules.policy.rule(Reason::Stuck).is_some();
    // News from a while ago says nothing about a learner who is quiet now.
    let fresh = event.clocks.delay_ms() <= rules.policy.restraint.stale_ms
        && event.at().is_some_and(|at| learner.clock.last_at.is_none_or(|newest| newest - at <= LATE_TOLERANCE_MS));
    let live = event.mode == Mode::Practice && fresh && !turn.late;
    (waiting && allowed && live).then(|| {
        // Whoever is given extended time is stuck later than others, wherever others are.
        let floor = rules.policy.restraint.stuck_floor_ms as f32 * turn.usual.allowance.exp();
        turn.usual.percentile_95_ms(&learner.pace).max(floor as i64)
    })
}

fn reach(
    rules: &Rules,
    learner: &mut Learner,
    seen: &Observation,
    assessment: &Assessment,
    context: &Context,
    statistics: &Snapshot,
    idle: bool,
) -> (Trace, Option<Drawn>) {
    let readings = read(learner, seen, assessment, context.occurred_at, idle);
    let Decided { verdict, held, drawn } =
        decide(&rules.policy, &rules.catalogues, learner, &readings, statistics, context);
    let at_secs = context.at.and_then(|at| u64::try_from(at.as_secs()).ok());
    let statistics = statistics.version();
    let trace = Trace { sequence: learner.sequence, at_secs, verdict, held, readings, statistics };
    learner.traces.push(&trace);
    (trace, drawn)
}

fn added(event: &Event, sums: Option<Sums>) -> Added {
    let Some(sums) = sums else { return Added::new() };
    let mut added = Added::with_capacity(2 + event.skills.len());
    let item = event.item.map(Subject::Item);
    let skills = event.skills.iter().map(|hash| Subject::Skill(short(*hash)));
    added.extend([Subject::All].into_iter().chain(item).chain(skills).map(|subject| (subject, sums)));
    added
}
