//! Cases as an estimator takes them: weighted, centred, by cluster.

use super::{
    Arms, Case, Effect, Groups, Missing, Outcome, Tally,
    regression::{Coefficient, Rows},
};

/// Controls are taken up only as far as they leave so many degrees of freedom.
const SPARE: usize = 10;
const CONTROLS: usize = 4;

/// Cases of one reason, those of a cluster together.
#[derive(Clone, Debug)]
pub struct Sample<'a> {
    pub(super) decisions: Vec<Decision<'a>>,
}

/// A case and how it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision<'a> {
    pub case: &'a Case,
    /// Clusters, counted from zero.
    pub cluster: usize,
    weight: f64,
    /// One if it was said and zero if not, less the numerator probability p̃.
    centred: f64,
}

impl<'a> Sample<'a> {
    /// Messages against silence. With p the chance that it was said and p̃ its mean over cases, a case weighs p̃/p if it was
    /// said and (1 − p̃)/(1 − p) if it was held out; where p never changes, all weigh one.
    #[must_use]
    pub fn new(cases: impl IntoIterator<Item = &'a Case>) -> Self {
        let cases: Vec<&Case> = cases.into_iter().filter(|case| case.is_usable()).collect();
        let numerator = mean(&cases, |case| case.propensity);
        Self::weighed(cases, numerator, |case| case.propensity)
    }

    /// One wording against silence. The cases are those in which this wording was said and those held out; those with other
    /// wordings take no part.
    ///
    /// Of a decision, this wording was said with chance p·q and nothing with chance 1 − p. A case weighs p̃/(p·q) if it was said
    /// and (1 − p̃)/(1 − p) if it was held out: then a decision counts, on average over chance, with p̃ for the one and 1 − p̃
    /// for the other, whatever it was like, so the two sets are alike but for the message. That holds for any constant p̃. The
    /// one taken, p̄q̄/(p̄q̄ + 1 − p̄), makes all weigh the same where p and q never change; q̄ is the harmonic mean over cases
    /// where it was said, since a wording is more often met where it was likely. It takes q > 0 wherever the reason is
    /// tried: the effect is over all its decisions.
    #[must_use]
    pub fn wording(cases: impl IntoIterator<Item = &'a Case>, wording: u8) -> Self {
        let cases: Vec<&Case> = cases
            .into_iter()
            .filter(|case| case.is_usable() && (!case.treated || case.wording == Some(wording)))
            .collect();
        let said: Vec<&Case> = cases.iter().copied().filter(|case| case.treated).collect();
        let chosen = mean(&said, |case| case.wording_propensity.recip()).recip();
        let message = mean(&cases, |case| case.propensity);
        let numerator = message * chosen / (message * chosen + 1.0 - message);
        Self::weighed(cases, numerator, |case| case.propensity * case.wording_propensity)
    }

    /// The chance of being held out, in the mean over decisions.
    pub(super) fn held_out_chance(&self) -> f64 {
        let chances = self.decisions.iter().map(|decision| 1.0 - decision.case.propensity);
        chances.sum::<f64>() / self.decisions.len().max(1) as f64
    }

    /// `chance` is that of what was said.
    fn weighed(mut cases: Vec<&'a Case>, numerator: f64, chance: impl Fn(&Case) -> f64) -> Self {
        // Learners of two tenants may have the same number.
        let key = |case: &&'a Case| (&case.tenant, case.cluster);
        cases.sort_by(|a, b| key(a).cmp(&key(b)));
        let decisions = cases.chunk_by(|a, b| key(a) == key(b)).enumerate().flat_map(|(cluster, cases)| {
            let chance = &chance;
            cases.iter().map(move |&case| {
                let (weight, centred) = if case.treated {
                    (numerator / chance(case), 1.0 - numerator)
                } else {
                    ((1.0 - numerator) / (1.0 - case.propensity), -numerator)
                };
                Decision { case, cluster, weight, centred }
            })
        });
        Self { decisions: decisions.collect() }
    }

    /// Its cases, those of a cluster together.
    pub fn cases(&self) -> impl Iterator<Item = &'a Case> {
        self.decisions.iter().map(|decision| decision.case)
    }

    /// How much there is to go by.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Groups::one(self).tallies(self).into_iter().next().unwrap_or_default()
    }

    /// A mean in either arm, weighted as the cases are.
    #[must_use]
    pub fn means(&self, of: impl Fn(&Case) -> f64) -> Arms {
        let mean = |treated: bool| {
            let arm = self.decisions.iter().filter(|decision| decision.case.treated == treated);
            let (sum, all) = arm.fold((0.0, 0.0), |(sum, all), decision| {
                (sum + decision.weight * of(decision.case), all + decision.weight)
            });
            (all > 0.0).then(|| sum / all)
        };
        Arms { said: mean(true), held_out: mean(false) }
    }

    /// The effect over all cases.
    ///
    /// # Errors
    ///
    /// If there is nothing to tell it from.
    pub fn effect(&self, outcome: Outcome) -> Result<Effect, Missing> {
        self.effects(outcome, &Groups::one(self)).into_iter().next().unwrap_or(Err(Missing::NoCases))
    }

    /// The effect in each group: weighted and centred least squares (Boruvka, Almirall, Witkiewitz & Murphy 2018, JASA 113).
    ///
    /// The outcome is regressed on the groups, on controls known before the decision, and on A − p̃ in each group, whose
    /// coefficients are the effects. They are right however wrong the controls are: these only take out noise. Intervals go by
    /// Student's t with as many degrees of freedom as clusters less parameters (Liao, Klasnja, Tewari & Murphy 2016,
    /// Statistics in Medicine 35); of a group, its own of both.
    #[must_use]
    pub fn effects(&self, outcome: Outcome, groups: &Groups) -> Vec<Result<Effect, Missing>> {
        let count = groups.names.len();
        let clusters = self.decisions.last().map_or(0, |decision| decision.cluster + 1);
        let controls = clusters.saturating_sub(2 * count + SPARE).min(CONTROLS);
        let columns = Columns { groups: count, controls };
        let mut rows = Rows::new(columns.width());
        for (decision, &group) in self.decisions.iter().zip(&groups.members) {
            let terms = columns.terms(group, self::controls(decision.case), decision.centred);
            rows.push(decision.cluster, decision.weight, outcome.of(decision.case), &terms);
        }
        let fit = rows.fit();
        let controlled = fit.iter().skip(count).take(controls).filter(|control| control.kept).count();
        let told: Vec<(Coefficient, Tally)> =
            fit.into_iter().skip(count + controls).zip(groups.tallies(self)).collect();
        // Where a side does not vary, how sure the effect is comes of doubting that.
        for (group, (coefficient, _)) in told.iter().enumerate().filter(|(_, (_, tally))| tally.sound().is_ok()) {
            if coefficient.is_nothing() {
                continue;
            }
            if coefficient.is_certain() {
                let sides = [true, false].map(|treated| self.mean_of(groups, group, treated, |case| outcome.of(case)));
                self.doubt(groups, group, sides, Like::Cluster, &columns, &mut rows);
            } else if outcome.is_yes_or_no() {
                self.doubt(groups, group, [0.0, 1.0], Like::Decision, &columns, &mut rows);
            }
        }
        let doubted = rows.fit().into_iter().skip(count + controls);
        told.into_iter()
            .zip(doubted)
            .map(|((coefficient, tally), doubted)| {
                tally.sound()?;
                Effect::doubted(coefficient, doubted, tally.clusters as f64 - (2 + controlled) as f64)
            })
            .collect()
    }

    /// Adds two cases to either side of a group, one of either value (Agresti & Caffo 2000, The American Statistician 54). Where a side is
    /// all the same, as where hardly anybody leaves and few are held out, it would count as known for certain, and what little
    /// varies on the other side be taken for an effect.
    fn doubt(&self, groups: &Groups, group: usize, values: [f64; 2], like: Like, columns: &Columns, rows: &mut Rows) {
        let usual = [true, false].map(|treated| {
            std::array::from_fn(|at| {
                let control = |case: &Case| controls(case).get(at).copied().unwrap_or_default();
                self.mean_of(groups, group, treated, control)
            })
        });
        for (treated, usual) in [true, false].into_iter().zip(usual) {
            let Some(first) = self.members(groups, group, treated).next() else { continue };
            let weight = self.usual_weight(groups, group, treated, like);
            for value in values {
                rows.push_alone(weight, value, &columns.terms(group, usual, first.centred));
            }
        }
    }

    fn members(&self, groups: &Groups, group: usize, treated: bool) -> impl Iterator<Item = &Decision<'a>> {
        let all = self.decisions.iter().zip(&groups.members);
        all.filter(move |(each, of)| **of == group && each.case.treated == treated).map(|(each, _)| each)
    }

    fn usual_weight(&self, groups: &Groups, group: usize, treated: bool, like: Like) -> f64 {
        let (mut count, mut last, mut weight) = (0_usize, None, 0.0);
        for each in self.members(groups, group, treated) {
            weight += each.weight;
            count += usize::from(like == Like::Decision || last.replace(each.cluster) != Some(each.cluster));
        }
        weight / count.max(1) as f64
    }

    fn mean_of(&self, groups: &Groups, group: usize, treated: bool, of: impl Fn(&Case) -> f64) -> f64 {
        let side: Vec<&Case> = self.members(groups, group, treated).map(|each| each.case).collect();
        mean(&side, of)
    }
}

/// What a case that is added weighs as much as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Like {
    /// A decision.
    Decision,
    /// A cluster: where nothing tells how alike decisions of one are, all of them may be.
    Cluster,
}

/// What outcomes are regressed on: groups, controls, and the message in each group.
struct Columns {
    groups: usize,
    controls: usize,
}

impl Columns {
    fn width(&self) -> usize {
        2 * self.groups + self.controls
    }

    fn terms(&self, group: usize, controls: [f64; CONTROLS], centred: f64) -> Vec<f64> {
        let mut terms = vec![0.0; self.width()];
        let (own, rest) = terms.split_at_mut(self.groups);
        // What is estimated comes last, so that it is given up wherever anything else explains it.
        let (known, treated) = rest.split_at_mut(self.controls);
        known.iter_mut().zip(controls).for_each(|(term, value)| *term = value);
        for (terms, value) in [(own, 1.0), (treated, centred)] {
            if let Some(term) = terms.get_mut(group) {
                *term = value;
            }
        }
        terms
    }
}

/// What was known before the decision. One that never changes is dropped by the regression.
fn controls(case: &Case) -> [f64; CONTROLS] {
    [case.expected, case.before, case.ability, f64::from(case.opportunity).ln_1p()]
}

/// Zero over none.
fn mean(cases: &[&Case], of: impl Fn(&Case) -> f64) -> f64 {
    cases.iter().map(|case| of(case)).sum::<f64>() / cases.len().max(1) as f64
}
