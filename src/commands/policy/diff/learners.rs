//! Whom it concerns: learners with decisions that change, and each of these decisions.

use std::cmp::Reverse;

use hearten::reason::Verdict;
use serde::Serialize;

use super::story::Story;

/// One learner with decisions that change, and how many messages there are.
#[derive(Serialize)]
pub(super) struct Heard<'a> {
    pub learner: &'a str,
    pub changed: usize,
    pub a: usize,
    pub b: usize,
    #[serde(skip)]
    pub story: &'a Story,
}

/// One decision that changes.
#[derive(Serialize)]
pub(super) struct Change<'a> {
    pub learner: &'a str,
    pub event: &'a str,
    pub a: String,
    pub b: String,
}

/// The most changed first.
pub(super) fn heard(stories: &[Story]) -> Vec<Heard<'_>> {
    let heard = stories.iter().map(|story| {
        let [a, b] = story.said_at().map(|at| at.len());
        Heard { learner: &story.learner, changed: story.changed(), a, b, story }
    });
    let mut heard: Vec<Heard> = heard.filter(|heard| heard.changed > 0).collect();
    heard.sort_unstable_by_key(|heard| (Reverse(heard.changed), heard.learner));
    heard
}

/// Learner by learner, as the log names them.
pub(super) fn changes(stories: &[Story]) -> Vec<Change<'_>> {
    let moments = stories.iter().flat_map(|story| story.moments.iter().map(move |moment| (story, moment)));
    let changed = moments.filter_map(|(story, moment)| {
        let [a, b] = moment.verdicts.map(told);
        Some(Change { learner: &story.learner, event: moment.changed.as_ref()?.as_str(), a, b })
    });
    changed.collect()
}

/// Such as `said error-run`, or `silent cooldown (error-run)` where something was held back.
pub(super) fn told(verdict: Verdict) -> String {
    match verdict {
        Verdict::Undecided => "undecided".to_owned(),
        Verdict::Spoken { reason, .. } => format!("said {}", reason.name()),
        Verdict::Silent { cause, instead_of: None } => format!("silent {}", cause.name()),
        Verdict::Silent { cause, instead_of: Some(reason) } => format!("silent {} ({})", cause.name(), reason.name()),
    }
}
