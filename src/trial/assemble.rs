//! From cases to a report.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Arms, Case, Effect, Groups, Line, Missing, Moderator, Outcome, Primary, Report, Sample, Table, Tally, Told,
    Verdict, holm, naive, sizing,
};
use crate::reason::Reason;

impl Report {
    /// Takes a trial's cases in any order; `size` is an effect on success that it should be able to find.
    #[must_use]
    pub fn new(cases: &[Case], size: f64) -> Self {
        let usable: Vec<&Case> = cases.iter().filter(|case| case.is_usable()).collect();
        let mut by_reason: BTreeMap<Reason, Vec<&Case>> = BTreeMap::new();
        for case in &usable {
            by_reason.entry(case.reason).or_default().push(case);
        }
        let samples: Vec<(Reason, Sample<'_>)> =
            by_reason.into_iter().map(|(reason, cases)| (reason, Sample::new(cases))).collect();
        let said = usable.iter().filter(|case| case.treated).count();
        let clusters: BTreeSet<_> = usable.iter().map(|case| (&case.tenant, case.cluster)).collect();
        let tenants: BTreeSet<_> = usable.iter().map(|case| &case.tenant).collect();
        let moderators = Moderator::ALL.into_iter().filter_map(|by| moderated(&samples, by));
        Self {
            tally: Tally { said, held_out: usable.len() - said, clusters: clusters.len() },
            tenants: tenants.len(),
            unusable: cases.len() - usable.len(),
            size,
            reasons: primary(&samples, size),
            tables: [secondary(&samples), wordings(&samples)].into_iter().flatten().chain(moderators).collect(),
        }
    }
}

fn primary(samples: &[(Reason, Sample<'_>)], size: f64) -> Vec<Primary> {
    let effects = samples.iter().map(|(_, sample)| (Outcome::Success, sample.effect(Outcome::Success))).collect();
    let of = |((reason, sample), told): (&(Reason, Sample<'_>), Told)| {
        let tally = sample.tally();
        let decisions = tally.said + tally.held_out;
        Primary {
            reason: reason.name(),
            tally,
            told,
            more: match told.effect {
                Some(effect) => sizing::more(decisions, effect.error, size),
                None => sizing::first(decisions, sample.held_out_chance(), size),
            },
            naive: naive(sample).ok(),
            came_back: sample.means(|case| f64::from(u8::from(case.followed.remembered.is_some()))),
        }
    };
    samples.iter().zip(family(effects)).map(of).collect()
}

fn secondary(samples: &[(Reason, Sample<'_>)]) -> Option<Table> {
    let each = samples.iter().flat_map(|(reason, sample)| Outcome::SECONDARY.map(|outcome| (reason, sample, outcome)));
    let lines = each.map(|(reason, sample, outcome)| {
        let means = Some(sample.means(|case| outcome.of(case)));
        (reason.name(), outcome.name().to_owned(), sample.tally(), outcome, sample.effect(outcome), means)
    });
    table(Table::OUTCOMES, lines.collect())
}

fn wordings(samples: &[(Reason, Sample<'_>)]) -> Option<Table> {
    let lines = samples.iter().flat_map(|(reason, all)| {
        let wordings: BTreeSet<u8> = all.cases().filter(|case| case.treated).filter_map(|case| case.wording).collect();
        wordings.into_iter().map(move |wording| {
            // Counted from one, as in message ids.
            let sample = Sample::wording(all.cases(), wording);
            let effect = sample.effect(Outcome::Success);
            (
                reason.name(),
                format!("wording {}", u16::from(wording) + 1),
                sample.tally(),
                Outcome::Success,
                effect,
                None,
            )
        })
    });
    table("wording", lines.collect())
}

/// None where no reason has more than one group.
fn moderated(samples: &[(Reason, Sample<'_>)], by: Moderator) -> Option<Table> {
    let grouped: Vec<(&(Reason, Sample<'_>), Groups)> =
        samples.iter().map(|each| (each, by.groups(&each.1))).filter(|(_, groups)| groups.names.len() > 1).collect();
    let lines = grouped.iter().flat_map(|((reason, sample), groups)| {
        let effects = sample.effects(Outcome::Success, groups);
        let lines = groups.names.iter().zip(groups.tallies(sample)).zip(effects);
        lines.map(|((name, tally), effect)| (reason.name(), name.clone(), tally, Outcome::Success, effect, None))
    });
    table(by.name(), lines.collect())
}

/// A line before its family is known.
type Raw = (&'static str, String, Tally, Outcome, Result<Effect, Missing>, Option<Arms>);

fn table(name: &'static str, raw: Vec<Raw>) -> Option<Table> {
    let told = family(raw.iter().map(|(_, _, _, outcome, effect, _)| (*outcome, *effect)).collect());
    let lines = raw.into_iter().zip(told);
    let lines = lines.map(|((reason, of, tally, _, _, means), told)| Line { reason, of, tally, told, means });
    let lines: Vec<Line> = lines.collect();
    (!lines.is_empty()).then_some(Table { name, lines })
}

/// Adjusts a family; effects that cannot be told are no part of it.
fn family(effects: Vec<(Outcome, Result<Effect, Missing>)>) -> Vec<Told> {
    let p: Vec<f64> = effects.iter().filter_map(|(_, effect)| effect.ok()).map(|effect| effect.p).collect();
    let mut adjusted = holm(&p).into_iter();
    let told = effects.into_iter().map(|(outcome, effect)| match effect {
        Ok(effect) => Told::new(outcome, effect, adjusted.next().unwrap_or(1.0)),
        Err(missing) => Told { effect: None, adjusted: None, missing: Some(missing), verdict: Verdict::Untold },
    });
    told.collect()
}
