//! The learner at an item: arriving, being there, coming back.

use super::{Passage, constants::FRESH_AFTER};
use crate::{
    event::Event,
    learner::{Learner, Opportunity, Place, push, short},
};

/// Puts the learner at the event's item, anew where it is another one or the old visit is over; whether it was.
pub(super) fn arrive(learner: &mut Learner, event: &Event, passage: &Passage, number: Option<u32>) -> bool {
    let place = &learner.place;
    let other = event.item.map(short) != Some(place.item);
    let restarted = number == Some(1) && place.errors > 0;
    let anew = other || place.closed || restarted;
    if anew {
        learner.place = fresh_place(learner, event);
        learner.place.since = passage.before;
    }
    anew
}

/// A visit from its beginning.
pub(super) fn fresh_place(learner: &Learner, event: &Event) -> Place {
    let item = event.item.map_or(0, short);
    let Place { hidden, interrupted, .. } = learner.place;
    // Coming back at once neither mends an item reported faulty nor takes back the answer it gave away.
    let same = learner.place.item == item;
    let (faulty, given_away) = (same && learner.place.faulty, same && learner.place.given_away);
    Place { item, hidden, interrupted, faulty, given_away, ..Place::default() }
}

/// Whether nothing was done at the item in hand: an item met again within a few attempts is no new opportunity.
pub(super) fn is_untouched(learner: &Learner) -> bool {
    let item = learner.place.item;
    let mut lately = learner.attempts.iter().rev().take(FRESH_AFTER);
    !learner.place.opened && (item == 0 || lately.all(|attempt| !attempt.is_at(item)))
}

/// Keeps what was done at the item in hand, in case the item is faulty.
pub(super) fn remember(learner: &mut Learner, event: &Event, done: Opportunity) {
    let skill = event.skills.first().map_or(0, |hash| Opportunity::skill(short(*hash)));
    push(&mut learner.attempts, Opportunity { item: learner.place.item & Opportunity::ITEM_BITS, skill, ..done });
}
