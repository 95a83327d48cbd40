//! What may be asked of a server, at random.

use hearten::{
    event::{Action, Attempt, Event, Hint},
    learner::{Locale, Preferences, Volume},
    reason::Outcome,
};
use proptest::{collection::vec, option::weighted as maybe, prelude::*, sample::select};

use super::{LEARNERS, TENANTS, answer, server::RULES};

#[derive(Clone, Debug)]
pub struct Step {
    pub tenant: usize,
    pub learner: usize,
    /// Since the step before.
    pub gap_ms: i64,
    pub what: What,
}

#[derive(Clone, Debug)]
pub enum What {
    /// Something new happens, under the tenant's next id.
    Event {
        item: u64,
        class: Option<u64>,
        action: Action,
        dry_run: bool,
    },
    /// An event is sent again, by how far back.
    Again(usize),
    /// The id of an event is used again for another.
    Reused(usize),
    Repeat,
    /// The learner stays quiet for as long as the last answer says.
    Quiet,
    /// A message is reported, by how far back.
    Report(usize, Outcome),
    Explain(usize),
    Profile,
    Class,
    Prefer(Option<&'static str>, Volume),
    Struggling(u64),
    Batch,
    Renew,
    /// Everybody leaves memory.
    LetGo,
    Restart,
    /// The tenant has other rules from here on, or the usual ones.
    Own(Option<usize>),
    /// Everybody else has.
    Usual(usize),
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    vec(step(), 60..200)
}

fn step() -> impl Strategy<Value = Step> {
    let gap_ms = prop_oneof![8 => 1_000..40_000i64, 1 => 300_000..7_200_000i64];
    (0..TENANTS.len(), 0..LEARNERS.len(), gap_ms, what()).prop_map(|(tenant, learner, gap_ms, what)| Step {
        tenant,
        learner,
        gap_ms,
        what,
    })
}

fn what() -> impl Strategy<Value = What> {
    let rules = 0..RULES.len();
    let volume = select(vec![Volume::Normal, Volume::Normal, Volume::Quiet, Volume::CelebrationsOnly, Volume::Off]);
    let prefer = (select(vec![None, Some("de"), Some("en"), Some("ar")]), volume);
    prop_oneof![
        60 => (1..9u64, maybe(0.8, 7..9u64), action(), prop::bool::weighted(0.1))
            .prop_map(|(item, class, action, dry_run)| What::Event { item, class, action, dry_run }),
        10 => (0..12usize).prop_map(What::Again),
        2 => (0..10usize).prop_map(What::Reused),
        2 => Just(What::Repeat),
        6 => Just(What::Quiet),
        8 => (0..20usize, select(Outcome::ALL.to_vec())).prop_map(|(back, outcome)| What::Report(back, outcome)),
        6 => (0..20usize).prop_map(What::Explain),
        4 => Just(What::Profile),
        2 => Just(What::Class),
        1 => prefer.prop_map(|(locale, volume)| What::Prefer(locale, volume)),
        4 => (7..9u64).prop_map(What::Struggling),
        1 => Just(What::Batch),
        3 => Just(What::Renew),
        1 => Just(What::LetGo),
        1 => Just(What::Restart),
        1 => maybe(0.7, rules.clone()).prop_map(What::Own),
        1 => rules.prop_map(What::Usual),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let attempt = (prop::bool::weighted(0.35), 500..90_000u32, any::<bool>()).prop_map(|(correct, ms, last)| {
        Action::Attempt(Attempt { correct, response_ms: Some(ms), number: None, last })
    });
    prop_oneof![
        12 => attempt,
        2 => Just(Action::ItemStarted),
        1 => any::<bool>().prop_map(|bottom_out| Action::Hint(Hint { level: 1, bottom_out })),
        1 => Just(Action::ContentFault),
    ]
}

pub fn event(learner: &str, number: usize, step: (u64, Option<u64>, Action), ms: i64) -> Event {
    let (item, class, action) = step;
    Event { class, action, ..answer(learner, &format!("e{number}"), item, true, ms) }
}

pub fn preferences(locale: Option<&str>, volume: Volume) -> Preferences {
    Preferences { locale: locale.and_then(Locale::parse), volume, ..Preferences::default() }
}
