//! What comes of decisions that were made by lot: an event is held against those that are followed.

use super::{Observation, Passage};
use crate::{
    event::Event,
    learner::{AllFollowed, AllHeard, Came, Follow, Followed, Heard, Learner, Since, Spoken, WINDOW, short},
    reason::Outcome,
};

/// Another day begins so long after a decision, in seconds: whoever works before and after a night has slept, and nobody's
/// evening is split by midnight.
const ANOTHER_DAY_SECS: u64 = 12 * 60 * 60;

/// The end of a skill's hash; never zero, which means none.
#[must_use]
pub fn skill_mark(skill: u32) -> u16 {
    (skill as u16).max(1)
}

/// Counts an event that was taken in towards the decisions that are followed. What came of them comes back, and of the wordings
/// that were heard.
pub fn follow(learner: &mut Learner, event: &Event, passage: &Passage, seen: &Observation) -> (AllFollowed, AllHeard) {
    let (mut came, mut heard) = (AllFollowed::new(), AllHeard::new());
    if learner.follows.is_empty() {
        return (came, heard);
    }
    let Learner { follows, said, session, .. } = learner;
    // Old news says nothing of what came after.
    let opportunity = seen.sums.filter(|_| !passage.late);
    let right = opportunity.map(|sums| sums.successes > 0);
    let rapid = seen.answer.is_some_and(|answer| answer.rapid);
    let at_secs = passage.at.and_then(|at| u64::try_from(at.as_secs()).ok());
    follows.retain(|follow| {
        let of_it = |spoken: &&Spoken| spoken.sequence == follow.number;
        let Some(said) = said.spoken.iter().find(of_it) else { return false };
        let mut tell = |came_of_it| {
            let followed = Followed { number: follow.number, reason: said.reason, came: came_of_it };
            // There is room for two of each.
            let _ = came.try_push(followed);
        };
        if let Some(since) = &mut follow.since {
            if let Some(right) = right.filter(|_| said.in_session) {
                since.made = (since.made + 1).min(WINDOW);
                // Where the learner was sent by a message, what comes of it is the message's own doing.
                if !event.suggested {
                    since.count(right, rapid);
                }
            }
            if since.opportunities < WINDOW && said.in_session && !session.ended {
                return true;
            }
            tell(Came::Opportunities(*since));
            // What nobody saw has not led to anything.
            if let Some(wording) = follow.wording.filter(|_| said.outcome != Some(Outcome::NotShown)) {
                let _ = heard.try_push(Heard { reason: said.reason, wording, chance: follow.chance, since: *since });
            }
            // A chance is of use no more.
            (follow.since, follow.chance) = (None, 0);
        }
        if follow.skill == 0 || said.at_secs == 0 {
            return false;
        }
        let another_day = at_secs.is_some_and(|at| at.saturating_sub(said.at_secs) >= ANOTHER_DAY_SECS);
        let here = || event.skills.iter().any(|skill| skill_mark(short(*skill)) == follow.skill);
        match right {
            Some(right) if another_day && here() => {
                tell(Came::Return { right });
                false
            }
            _ => true,
        }
    });
    (came, heard)
}

impl Since {
    fn count(&mut self, right: bool, rapid: bool) {
        self.opportunities += 1;
        self.successes += u8::from(right);
        self.rapid += u8::from(rapid);
    }
}

impl Follow {
    /// Follows a decision from here on.
    #[must_use]
    pub fn new(number: u64, wording: Option<u8>, chance: u8, learner: &Learner) -> Self {
        let skill = learner.skills.first().map_or(0, |skill| skill_mark(skill.id));
        Self { number, wording, chance, skill, since: Some(Since::default()) }
    }
}
