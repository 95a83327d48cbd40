//! The tables of the page.

use hearten::reason::Kind;

use crate::commands::{
    markup::escape,
    policy::diff::{
        reasons::{Counts, total},
        report::Report,
        told::{LEARNERS, RATES},
    },
};

fn table(caption: &str, columns: &[&str], rows: &str) -> String {
    let columns: String = columns.iter().map(|column| format!("<th scope=\"col\">{column}</th>")).collect();
    format!(
        "<div class=\"wide\">\n<table>\n<caption>{caption}</caption>\n<thead><tr>{columns}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

fn row(class: &str, name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let cells: String = cells.into_iter().map(|cell| format!("<td>{cell}</td>")).collect();
    format!("<tr{class}><th scope=\"row\">{name}</th>{cells}</tr>\n")
}

pub(super) fn reasons(report: &Report) -> String {
    let line = |class, name: &str, counts: Counts| {
        let Counts { a, b, gone, new, moved_away, moved_here } = counts;
        row(class, name, [a, b, gone, new, moved_away, moved_here].map(|count| count.to_string()))
    };
    let sum = |name, kind| line(" class=\"sum\"", name, total(&report.per_reason, kind));
    let mut rows = String::new();
    for (kind, all) in [(Kind::Celebration, "celebrations"), (Kind::Encouragement, "encouragements")] {
        let of_kind = report.per_reason.iter().filter(|row| row.reason.kind() == kind);
        rows.extend(of_kind.map(|row| line("", row.reason.name(), row.counts)));
        rows += &sum(all, Some(kind));
    }
    rows += &sum("messages", None);
    let caption = "Messages by reason. Moved: said under both policies, for different reasons.";
    table(caption, &["reason", "under A", "under B", "gone", "new", "moved away", "moved here"], &rows)
}

pub(super) fn rates(report: &Report) -> String {
    let policies = &report.policies;
    let rows = RATES.map(|(name, figure)| row("", name, [figure(&policies.a), figure(&policies.b)]));
    table("Rates, over learners.", &["rate", "under A", "under B"], &rows.concat())
}

pub(super) fn learners(report: &Report) -> String {
    let heard = report.per_learner.iter().take(LEARNERS);
    let rows: String = heard
        .map(|heard| row("", &escape(heard.learner), [heard.changed, heard.a, heard.b].map(|count| count.to_string())))
        .collect();
    let caption = match report.per_learner.len().saturating_sub(LEARNERS) {
        0 => "Learners with decisions that change.".to_owned(),
        more => format!("The {LEARNERS} learners with most decisions that change; there are {more} more."),
    };
    table(&caption, &["learner", "changed decisions", "messages under A", "messages under B"], &rows)
}
