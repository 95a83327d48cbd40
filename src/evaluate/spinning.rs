//! Wheel-spinning (Beck & Gong 2013): a learner without three right in a row at a skill by its fifth opportunity, for whom it
//! stays so to the tenth.

use std::collections::HashMap;

use super::{
    Opportunity, Section, Witness,
    judge::{Better, Judge, Scored},
};
use crate::{
    measure::{Survival, Weights},
    signals::MASTERY_RUN,
};

/// The opportunity after which it is predicted.
const ASKED_AT: u8 = 5;
/// The opportunity by which it is decided.
const DECIDED_AT: u8 = 10;

/// A learner at a skill not mastered by the fifth opportunity, as of that.
#[derive(Clone, Copy, Debug)]
pub struct Spell {
    /// The opportunity that was the fifth, among [`Witness::opportunities`].
    pub place: usize,
    /// Those of the five that were met.
    pub met: u8,
    /// The opportunity at which it was mastered, or the last there was, the tenth at most.
    pub until: u8,
    /// It was mastered then.
    pub mastered: bool,
}

impl Spell {
    /// Whether the wheel spun; `None` if the log ends before that is decided.
    #[must_use]
    pub fn spun(&self) -> Option<bool> {
        match (self.mastered, self.until) {
            (true, _) => Some(false),
            (false, DECIDED_AT) => Some(true),
            (false, _) => None,
        }
    }
}

/// What is known of a learner at a skill.
#[derive(Clone, Copy, Default)]
struct Sequence {
    opportunities: u8,
    met: u8,
    run: u8,
    mastered: bool,
    spell: Option<usize>,
}

impl Sequence {
    /// Counts an opportunity; whether there was anything left to decide.
    fn take(&mut self, met: bool) -> bool {
        if self.mastered || self.opportunities >= DECIDED_AT {
            return false;
        }
        self.opportunities += 1;
        self.met += u8::from(met);
        self.run = if met { self.run + 1 } else { 0 };
        self.mastered = self.run >= MASTERY_RUN;
        true
    }
}

/// All of them, by the first skill of each opportunity.
#[must_use]
pub fn spells(opportunities: &[Opportunity]) -> Vec<Spell> {
    let mut sequences: HashMap<(u32, u32), Sequence> = HashMap::new();
    let mut spells: Vec<Spell> = Vec::new();
    for (place, opportunity) in opportunities.iter().enumerate().filter(|(_, opportunity)| opportunity.skill != 0) {
        let sequence = sequences.entry((opportunity.learner, opportunity.skill)).or_default();
        if !sequence.take(opportunity.met) {
            continue;
        }
        if sequence.opportunities == ASKED_AT && !sequence.mastered {
            sequence.spell = Some(spells.len());
            spells.push(Spell { place, met: sequence.met, until: ASKED_AT, mastered: false });
        }
        if let Some(spell) = sequence.spell.and_then(|place| spells.get_mut(place)) {
            (spell.until, spell.mastered) = (sequence.opportunities, sequence.mastered);
        }
    }
    spells
}

/// Every opportunity from the second to the ninth at a skill not mastered by then, and whether it stays so to the tenth; those
/// for which the log does not tell are left out.
#[must_use]
pub fn spun(opportunities: &[Opportunity]) -> Vec<(usize, bool)> {
    let mut sequences: HashMap<(u32, u32), Sequence> = HashMap::new();
    let mut waiting: HashMap<(u32, u32), Vec<usize>> = HashMap::new();
    let mut decided = Vec::new();
    for (place, opportunity) in opportunities.iter().enumerate().filter(|(_, opportunity)| opportunity.skill != 0) {
        let key = (opportunity.learner, opportunity.skill);
        let sequence = sequences.entry(key).or_default();
        if !sequence.take(opportunity.met) {
            continue;
        }
        let places = waiting.entry(key).or_default();
        if sequence.mastered || sequence.opportunities == DECIDED_AT {
            decided.extend(places.drain(..).map(|place| (place, !sequence.mastered)));
        } else if sequence.opportunities >= 2 {
            places.push(place);
        }
    }
    decided.sort_unstable();
    decided
}

pub(super) fn section(judge: &Judge, witness: &Witness) -> Option<Section> {
    let spells = spells(&witness.opportunities);
    let at = |spell: &Spell| witness.opportunities.get(spell.place);
    let column = |spells: &[Spell], value: fn(&Opportunity) -> f32| -> Vec<f32> {
        spells.iter().filter_map(at).map(value).collect()
    };
    let score = |opportunity: &Opportunity| {
        let [.., wheel_spinning] = opportunity.after.scores;
        wheel_spinning
    };
    let rivals = |spells: &[Spell]| {
        vec![
            ("count of right answers", spells.iter().map(|spell| -f32::from(spell.met)).collect::<Vec<_>>()),
            ("exponentially weighted errors", column(spells, |opportunity| opportunity.ew_errors)),
            ("learner's mean", column(spells, |opportunity| opportunity.mean_errors)),
        ]
    };
    let learners = |spells: &[Spell]| -> Vec<u32> {
        spells.iter().filter_map(at).map(|opportunity| opportunity.learner).collect()
    };

    let decided: Vec<Spell> = spells.iter().copied().filter(|spell| spell.spun().is_some()).collect();
    let outcomes: Vec<bool> = decided.iter().filter_map(Spell::spun).collect();
    let (clusters, ours) = (learners(&decided), column(&decided, score));
    let scored = Scored { outcomes: &outcomes, clusters: &clusters, ours: &ours, rivals: &rivals(&decided) };
    let mut measures = vec![judge.auc("AUC, censored dropped", &scored)?];
    measures.extend(judge.errors(&Scored { rivals: &[], ..scored }));

    let (all_clusters, all_ours) = (learners(&spells), column(&spells, score));
    let times: Vec<u8> = spells.iter().map(|spell| spell.until).collect();
    let events: Vec<bool> = spells.iter().map(|spell| spell.mastered).collect();
    let all = Scored { outcomes: &events, clusters: &all_clusters, ours: &all_ours, rivals: &rivals(&spells) };
    measures.extend(judge.compare("concordance, censored used", Better::Higher, &all, |scores| {
        let survival = Survival::new(scores, &times, &events, &all_clusters);
        move |weights: &Weights| survival.concordance(weights)
    }));

    let mut section =
        Section::new("wheel-spinning at the fifth opportunity", "spinning", &outcomes, &clusters, measures);
    let censored = spells.len() - decided.len();
    let share = 100.0 * censored as f64 / spells.len().max(1) as f64;
    section
        .notes
        .push(format!("{censored} of {} sequences ({share:.1} %) end before the tenth: censored", spells.len()));
    Some(section)
}
