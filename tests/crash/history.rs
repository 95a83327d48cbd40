//! An endless history of twenty learners: each event is known by its number.

use hearten::rpc::pb::{self, event::Action};
use pbjson_types::Timestamp;

pub const LEARNERS: usize = 20;

/// splitmix64: small, seeded, good enough.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// What is decided of an event by its number alone.
fn dice(number: usize) -> Random {
    Random(number as u64 ^ 0xC0FF_EE00)
}

pub fn learner_of(number: usize) -> usize {
    dice(number).below(LEARNERS)
}

pub fn name(learner: usize) -> String {
    format!("learner-{learner}")
}

/// Half of the learners have a clock. They struggle for a while, then do well for a while, and do everything one can do.
pub fn event(number: usize) -> pb::Event {
    let mut dice = dice(number);
    let learner = dice.below(LEARNERS);
    let item = format!("item-{}", number / 40 % 50 + dice.below(3));
    let odds = if number / 500 % 2 == learner % 2 { 8 } else { 3 };
    let action = match dice.below(40) {
        0..=2 => Action::Hint(pb::Hint { level: 1, bottom_out: dice.below(3) == 0 }),
        3 => Action::Skip(pb::Skip {}),
        4 => Action::ItemStarted(pb::ItemStarted {}),
        5 => Action::FocusChanged(pb::FocusChanged { hidden: dice.below(2) == 0 }),
        6 => Action::SelfReport(pb::SelfReport { feeling: pb::Feeling::Confidence.into(), intensity: Some(0.5) }),
        7 => Action::ContentFault(pb::ContentFault {}),
        8 => Action::SessionEnded(pb::SessionEnded {}),
        _ => Action::Attempt(pb::Attempt {
            correct: Some(dice.below(10) < odds),
            response_time: Some(pb::Duration { seconds: dice.below(90) as i64, nanos: 0 }),
            ..pb::Attempt::default()
        }),
    };
    let untimed = learner % 2 == 1;
    let moment = Timestamp { seconds: 1_790_000_000 + 7 * number as i64, nanos: 0 };
    pb::Event {
        event_id: number.to_string(),
        learner_id: name(learner),
        item_id: item,
        skill_ids: vec![format!("skill-{}", number / 100 % 7)],
        session_id: if learner.is_multiple_of(4) { format!("session-{}", number / 300) } else { String::new() },
        occurred_at: (!untimed).then_some(moment),
        untimed,
        action: Some(action),
        ..pb::Event::default()
    }
}
