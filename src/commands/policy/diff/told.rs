//! What text and page say in the same words.

use super::report::{Figures, Report};

/// So many learners are told of.
pub(super) const LEARNERS: usize = 20;
/// What no log can show.
pub(super) const NUDGES: &str = "nudges need a live stream and are left out";

/// A rate's name, and how it reads under one policy.
type Rate = (&'static str, fn(&Figures) -> String);

pub(super) const RATES: [Rate; 6] = [
    ("one message in so many attempts", |policy| decimal(policy.one_message_in_attempts, 1)),
    ("busiest hour at work: median", |policy| policy.busiest_hour_p50.to_string()),
    ("busiest hour at work: 90th percentile", |policy| policy.busiest_hour_p90.to_string()),
    ("busiest hour at work: most", |policy| policy.busiest_hour_most.to_string()),
    ("messages per hour at work: median", |policy| decimal(policy.per_hour_p50, 2)),
    ("messages per hour at work: 90th percentile", |policy| decimal(policy.per_hour_p90, 2)),
];

/// How the rates are defined, a line each.
pub(super) fn definitions(report: &Report) -> [String; 3] {
    [
        format!(
            "Busiest hour: the most messages a learner has within 3,600 s at work; over all {} learners.",
            report.learners
        ),
        format!(
            "Per hour: a learner's messages by hours at work; over the {} with half an hour at work or more.",
            report.learners_half_an_hour
        ),
        "Time at work counts pauses up to five minutes; an untimed opportunity counts 72 s.".to_owned(),
    ]
}

fn decimal(value: Option<f64>, places: usize) -> String {
    value.map_or_else(|| "-".to_owned(), |value| format!("{value:.places$}"))
}
