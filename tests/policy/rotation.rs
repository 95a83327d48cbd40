//! Of the wordings of a reason the one least recently heard is next: none comes again before all others, across restarts and
//! whatever was not shown.

use hearten::{
    engine::Reply,
    event::Event,
    learner::{AgeBand, Locale},
    messages::Catalogues,
    reason::{Outcome, Reason, Verdict},
};
use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    histories::{At, HOUR, History, Room, Scribe, answer, config, step},
    plan::Plan,
};

/// What happens to one message, and before the next.
#[derive(Clone, Copy, Debug)]
enum Happens {
    Heard,
    NotShown,
    /// Not shown, then shown after all.
    Late,
    Restart,
    /// The learner grows up, or moves.
    Changes(AgeBand, &'static str),
}

fn happens() -> impl Strategy<Value = Happens> {
    use Happens::{Changes, Heard, Late, NotShown, Restart};
    prop_oneof![
        5 => Just(Heard),
        3 => Just(NotShown),
        1 => Just(Late),
        1 => Just(Restart),
        1 => (select(&AgeBand::ALL[..]), select(&["en", "de", "ar", "ja"][..])).prop_map(|(age, locale)| Changes(age, locale)),
    ]
}

fn wording(reply: &Reply) -> Option<u8> {
    match reply.decision.as_ref()?.verdict {
        Verdict::Spoken { wording, .. } => Some(wording),
        _ => None,
    }
}

fn err(room: &Room, scribe: &mut Scribe) -> (Event, Reply) {
    let event = scribe.event(&step(3 * HOUR, At::New, answer(false, 20_000)));
    let reply = room.submit(&event);
    (event, reply)
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn the_least_recently_heard_is_next(course in vec(happens(), 12..40)) {
        let plan = Plan::only(&[Reason::ErrorRun]);
        let wordings = usize::from(Catalogues::builtin().each().next().unwrap().wordings(Reason::ErrorRun));
        let mut scribe = Scribe::new("ana", &History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() });
        let mut room = Room::under(plan.policy());
        let mut heard: Vec<u8> = Vec::new();
        for happens in course {
            let (event, reply) = err(&room, &mut scribe);
            // Ten an hour at work are the most.
            let Some(chosen) = wording(&reply) else { continue };
            // All but one of those there are.
            prop_assert!(!heard.iter().rev().take(wordings - 1).any(|earlier| *earlier == chosen), "{heard:?} {chosen}");
            if heard.len() >= wordings {
                let age = |wording: u8| heard.iter().rposition(|earlier| *earlier == wording);
                prop_assert_eq!((0..wordings as u8).min_by_key(|wording| age(*wording)), Some(chosen));
            }
            match happens {
                Happens::NotShown | Happens::Late => room.report(&reply, Outcome::NotShown).map(drop).unwrap(),
                Happens::Heard => {}
                Happens::Restart => room = room.restarted(plan.policy()),
                Happens::Changes(age, locale) => room.prefer(&event, |wanted| {
                    (wanted.age_band, wanted.locale) = (age, Locale::parse(locale));
                }),
            }
            if matches!(happens, Happens::Late) {
                room.report(&reply, Outcome::Shown).unwrap();
            }
            if !matches!(happens, Happens::NotShown) {
                heard.push(chosen);
            }
        }
    }
}

#[test]
fn what_was_not_shown_is_said_next_even_if_it_was_the_first() {
    let plan = Plan::only(&[Reason::ErrorRun]);
    let mut scribe =
        Scribe::new("ana", &History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() });
    let room = Room::under(plan.policy());
    let (_, first) = err(&room, &mut scribe);
    room.report(&first, Outcome::NotShown).unwrap();
    let (_, again) = err(&room, &mut scribe);
    assert_eq!(wording(&again), wording(&first));
    let (_, next) = err(&room, &mut scribe);
    assert_ne!(wording(&next), wording(&first));
}

#[test]
fn a_policy_that_only_watches_uses_up_no_wording() {
    let plan = Plan::only(&[Reason::ErrorRun]);
    let mut scribe =
        Scribe::new("ana", &History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() });
    let room = Room::under(plan.policy());
    let (_, first) = err(&room, &mut scribe);
    room.adopt(Plan { shadow: true, ..plan.clone() }.policy());
    for _ in 0..4 {
        assert_eq!(wording(&err(&room, &mut scribe).1), None);
    }
    room.adopt(plan.policy());
    let (_, next) = err(&room, &mut scribe);
    assert_eq!(wording(&next), wording(&first).map(|wording| (wording + 1) % 6));
}
