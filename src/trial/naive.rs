//! What a platform without silence would believe.

use super::{
    Case, Effect, Missing, Sample,
    groups::{FEWEST_CLUSTERS, FEWEST_DECISIONS},
    regression::Rows,
};

/// How much better learners did after a message than before it: over cases in which it was said and anything followed, the
/// share right after it less the share right before it. It takes for the message's doing what would have come anyway: messages
/// come at bad moments, and after a bad moment most do better by themselves. Only told to be held against the effect.
///
/// # Errors
///
/// If there is nothing to tell it from.
pub fn naive(sample: &Sample<'_>) -> Result<Effect, Missing> {
    let mut rows = Rows::new(1);
    let (mut cases, mut clusters) = (0_usize, 0_usize);
    let mut last = None;
    for decision in &sample.decisions {
        let Case { treated, followed, before, .. } = decision.case;
        if *treated && followed.opportunities > 0 {
            let after = f64::from(followed.successes) / f64::from(followed.opportunities);
            rows.push(decision.cluster, 1.0, after - before, &[1.0]);
            cases += 1;
            clusters += usize::from(last != Some(decision.cluster));
            last = Some(decision.cluster);
        }
    }
    if cases < FEWEST_DECISIONS {
        return Err(Missing::TooFewDecisions);
    }
    if clusters < FEWEST_CLUSTERS {
        return Err(Missing::TooFewLearners);
    }
    let coefficient = rows.fit().into_iter().next().ok_or(Missing::NothingSaid)?;
    Effect::new(coefficient, clusters as f64 - 1.0)
}
