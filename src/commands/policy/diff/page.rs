//! The report as a page: one file that needs nothing but a browser.

mod bars;
mod columns;
mod tables;
mod timeline;
mod window;

use super::{
    rates::Rates,
    report::{Changes, Report},
    told::{NUDGES, definitions},
};
use crate::commands::markup::escape;

const STYLE: &str = include_str!("page/style.css");
/// So many learners are shown at work.
const EXAMPLES: usize = 6;
/// Of A and B, wherever their bars stand.
const SIDES: &str = concat!(
    r#"<ul class="key-list"><li><svg class="key" viewBox="0 0 14 14" aria-hidden="true"><rect class="a" width="14" height="14" rx="2"/></svg> under A</li>"#,
    r#"<li><svg class="key" viewBox="0 0 14 14" aria-hidden="true"><rect class="b" width="14" height="14" rx="2"/></svg> under B</li></ul>"#
);

pub(super) fn page(report: &Report, rates: &Rates) -> String {
    let sections = [header(report), reasons(report), rates_of(report, rates), learners(report)].concat();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Policies compared: {changed} decisions change</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{sections}</main>\n</body>\n</html>\n",
        changed = report.changed,
    )
}

fn header(report: &Report) -> String {
    let Report { about, changed, events, learners, attempts, known, .. } = report;
    let Changes { gone, new, moved, silent } = &report.changes;
    let headline = match changed {
        0 => "No decision changes".to_owned(),
        1 => "1 decision changes".to_owned(),
        many => format!("{many} decisions change"),
    };
    let [a, b] = [("A", &about.policies[0]), ("B", &about.policies[1])]
        .map(|(side, (version, called))| format!("{side}: <code>{}</code> ({})", escape(version), escape(called)));
    let known = if *known > 0 { format!("; {known} more were known already") } else { String::new() };
    let cards: String = [
        (gone, "messages no longer said"),
        (new, "messages newly said"),
        (moved, "messages for another reason"),
        (silent, "silent in another way"),
    ]
    .map(|(count, what)| format!("<li><b>{count}</b>{what}</li>\n"))
    .concat();
    format!(
        "<h1>{headline}</h1>\n\
         <p>{a}<br>{b}</p>\n\
         <p class=\"quiet\"><code>{}</code>: {events} events of {learners} learners, {attempts} attempts{known}. Model \
         <code>{}</code>, item statistics {}; {NUDGES}.</p>\n<ul class=\"changes\">\n{cards}</ul>\n",
        escape(&about.log),
        escape(&about.model_version),
        if about.learns { "learnt on the way" } else { "frozen" },
    )
}

fn reasons(report: &Report) -> String {
    format!(
        "<h2>What is said</h2>\n{}<figure>\n<figcaption>Messages by reason</figcaption>\n{SIDES}\n{}</figure>\n",
        tables::reasons(report),
        bars::bars(&report.per_reason),
    )
}

fn rates_of(report: &Report, rates: &Rates) -> String {
    let definitions = definitions(report).join(" ");
    format!(
        "<h2>How much is said</h2>\n{}<p class=\"quiet\">{definitions}</p>\n\
         <figure>\n<figcaption>Learners by messages in their busiest hour at work</figcaption>\n{SIDES}\n{}</figure>\n\
         <figure>\n<figcaption>Learners by messages per hour at work</figcaption>\n{SIDES}\n{}</figure>\n",
        tables::rates(report),
        columns::busiest_hour(rates),
        columns::per_hour(rates),
    )
}

fn learners(report: &Report) -> String {
    if report.per_learner.is_empty() {
        return "<h2>Whom it concerns</h2>\n<p>Nobody: every decision is the same under both policies.</p>\n"
            .to_owned();
    }
    let examples: String = report.per_learner.iter().take(EXAMPLES).map(timeline::timeline).collect();
    format!(
        "<h2>Whom it concerns</h2>\n{}<h2>Learners at work</h2>\n{}{examples}",
        tables::learners(report),
        timeline::KEY
    )
}
