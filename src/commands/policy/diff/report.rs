//! What changes, in figures.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{
    learners::{Change, Heard, changes, heard},
    rates::{Rates, percentile},
    reasons::{Counts, Row, rows, total},
    story::Story,
};

/// What was compared.
pub(super) struct About {
    pub log: String,
    /// Version of A and of B, and what they were called on the command line.
    pub policies: [(Arc<str>, String); 2],
    pub model_version: String,
    pub learns: bool,
}

/// Everything that is told, and what `--json` prints.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    /// Decisions that change.
    pub changed: usize,
    pub events: usize,
    pub attempts: usize,
    /// Events left out because their id was known already.
    pub known: u64,
    pub learners: usize,
    /// Those with half an hour at work or more.
    pub learners_half_an_hour: usize,
    pub policies: Policies,
    pub changes: Changes,
    pub per_reason: Vec<Row>,
    /// Those with decisions that change, the most changed first.
    pub per_learner: Vec<Heard<'a>>,
    pub decisions: Vec<Change<'a>>,
    #[serde(skip)]
    pub about: About,
}

#[derive(Serialize)]
pub(super) struct Policies {
    pub a: Figures,
    pub b: Figures,
}

/// One policy over the log.
#[derive(Serialize)]
pub(super) struct Figures {
    pub version: String,
    pub messages: usize,
    pub per_reason: BTreeMap<&'static str, usize>,
    pub one_message_in_attempts: Option<f64>,
    pub busiest_hour_p50: usize,
    pub busiest_hour_p90: usize,
    pub busiest_hour_most: usize,
    pub per_hour_p50: Option<f64>,
    pub per_hour_p90: Option<f64>,
}

/// What becomes of the decisions that change.
#[derive(Serialize)]
pub(super) struct Changes {
    pub gone: usize,
    pub new: usize,
    /// Said under both, for different reasons.
    pub moved: usize,
    /// Silent under both, for different causes or instead of different reasons.
    pub silent: usize,
}

impl<'a> Report<'a> {
    pub fn new(about: About, known: u64, stories: &'a [Story], rates: &Rates) -> Self {
        let moments = || stories.iter().flat_map(|story| &story.moments);
        let attempts = moments().filter(|moment| moment.answer.is_some()).count();
        let (per_reason, decisions) = (rows(stories), changes(stories));
        let Counts { gone, new, moved_away: moved, .. } = total(&per_reason, None);
        let silent = decisions.len() - gone - new - moved;
        let [(version_a, _), (version_b, _)] = &about.policies;
        let ([busiest_a, busiest_b], [hour_a, hour_b]) = (&rates.busiest, &rates.per_hour);
        let said = |side: fn(Counts) -> usize| per_reason.iter().map(move |row| (row.reason.name(), side(row.counts)));
        Self {
            changed: decisions.len(),
            events: moments().count(),
            attempts,
            known,
            learners: stories.len(),
            learners_half_an_hour: hour_a.len(),
            policies: Policies {
                a: Figures::new(version_a, attempts, said(|counts| counts.a), busiest_a, hour_a),
                b: Figures::new(version_b, attempts, said(|counts| counts.b), busiest_b, hour_b),
            },
            changes: Changes { gone, new, moved, silent },
            per_learner: heard(stories),
            per_reason,
            decisions,
            about,
        }
    }
}

impl Figures {
    fn new(
        version: &Arc<str>,
        attempts: usize,
        said: impl Iterator<Item = (&'static str, usize)>,
        busiest: &[usize],
        per_hour: &[f64],
    ) -> Self {
        let per_reason: BTreeMap<&'static str, usize> = said.filter(|(_, count)| *count > 0).collect();
        let messages = per_reason.values().sum();
        let busiest = |percent| percentile(busiest, percent).unwrap_or(0);
        Self {
            version: version.to_string(),
            messages,
            per_reason,
            one_message_in_attempts: (messages > 0).then(|| attempts as f64 / messages as f64),
            busiest_hour_p50: busiest(50),
            busiest_hour_p90: busiest(90),
            busiest_hour_most: busiest(100),
            per_hour_p50: percentile(per_hour, 50),
            per_hour_p90: percentile(per_hour, 90),
        }
    }
}
