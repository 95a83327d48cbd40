//! Whom a teacher should see: learners who keep struggling, not those who were wrong once.

use super::Policy;
use crate::{
    estimate::{Assessment, Head},
    event::Timestamp,
    learner::{Attention, Learner, Level},
    reason::Reason,
};

/// So many opportunities met in a row are a way out, whatever came before; and as many errors are more than a slip.
const IN_A_ROW: i8 = 3;

/// Puts the learner on the list or takes them off, after an estimate. Whoever is on it stays until what put them there has
/// passed: frustration is no longer high or three came right in a row, or the skill is mastered, left for others or no longer spun on.
pub fn attend(policy: &Policy, learner: &mut Learner, assessment: &Assessment, at: Option<Timestamp>) {
    let before = learner.attention;
    if before.is_some_and(|attention| goes_on(learner, assessment, attention)) {
        return;
    }
    // What would be listed anew at once goes on: a learner's report is over an estimate, and a policy may ask for less than is high.
    let same = |found: &Attention| before.filter(|known| (known.reason, known.skill) == (found.reason, found.skill));
    learner.attention = found(policy, learner, assessment, at).map(|found| same(&found).unwrap_or(found));
}

fn goes_on(learner: &Learner, assessment: &Assessment, Attention { reason, skill: about, .. }: Attention) -> bool {
    let [frustration, .., spinning] = &assessment.estimates;
    match reason {
        Reason::WheelSpinning => match learner.skills.iter().position(|skill| skill.id as u16 == about) {
            Some(0) => spinning.level != Level::Low && learner.skills.first().is_some_and(|skill| !skill.mastered),
            Some(place) => learner.skills.get(place).is_some_and(|skill| !skill.mastered),
            None => false,
        },
        _ => frustration.level == Level::High && learner.progress.form < IN_A_ROW,
    }
}

/// What there is to list a learner for.
fn found(policy: &Policy, learner: &Learner, assessment: &Assessment, at: Option<Timestamp>) -> Option<Attention> {
    let criteria = &policy.attention;
    let [.., spinning] = &assessment.estimates;
    let since_secs = at.and_then(|at| u64::try_from(at.as_secs()).ok()).unwrap_or(0);
    let high_for = learner.moods.get(Head::Frustration as usize).map_or(0, |mood| mood.high_for);
    let skill = learner.skills.first();
    let enough = skill.is_some_and(|skill| skill.opportunities >= criteria.wheel_spinning_opportunities);
    if enough && spinning.score >= criteria.wheel_spinning {
        let skill = skill.map_or(0, |skill| skill.id as u16);
        Some(Attention { reason: Reason::WheelSpinning, since_secs, skill })
    } else if high_for >= criteria.frustration_high_for && learner.progress.form <= -IN_A_ROW {
        Some(Attention { reason: Reason::FrustrationRising, since_secs, skill: 0 })
    } else {
        None
    }
}
