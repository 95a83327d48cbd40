//! The report as a page: one file that needs nothing but a browser.

mod forest;
mod tables;

use hearten::trial::{
    Report, Table, Tally,
    words::{BEFORE_AFTER, CAME_BACK, MORE, READING, SUCCESS},
};

use self::forest::{Row, forest};
use crate::commands::markup::escape;

const STYLE: &str = include_str!("page/style.css");

pub(crate) fn page(report: &Report) -> String {
    let tables: String = report.tables.iter().map(table).collect();
    let sections = [header(report), primary(report), tables].concat();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Do messages help? A trial of {decisions} decisions</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{sections}</main>\n</body>\n</html>\n",
        decisions = report.tally.said + report.tally.held_out,
    )
}

fn header(report: &Report) -> String {
    let Tally { said, held_out, clusters } = report.tally;
    let unusable = match report.unusable {
        0 => String::new(),
        many => format!(" {many} more are unusable: their chances or counts cannot be."),
    };
    format!(
        "<h1>Do messages help?</h1>\n\
         <p>{decisions} randomised decisions: {said} said, {held_out} held out; of {clusters} learners, or classes where these are \
         randomised; tenants: {tenants}.{unusable}</p>\n<p class=\"quiet\">{READING}</p>\n",
        decisions = said + held_out,
        tenants = report.tenants,
    )
}

fn primary(report: &Report) -> String {
    if report.reasons.is_empty() {
        return "<p>Nothing to tell: it takes decisions of a trial, some said and some held out.</p>\n".to_owned();
    }
    let rows: Vec<Row<'_>> =
        report.reasons.iter().map(|primary| Row { name: primary.reason.to_owned(), told: &primary.told }).collect();
    format!(
        "<h2>Success</h2>\n<p class=\"quiet\">{SUCCESS}</p>\n{}{}{}\
         <p class=\"quiet\">{MORE} {BEFORE_AFTER} {CAME_BACK}</p>\n",
        forest("success", "Effect on success by reason", &rows),
        tables::primary(report),
        tables::beside(report),
    )
}

fn table(table: &Table) -> String {
    let notes = table.notes().join(" ");
    let of = |line: &hearten::trial::Line| format!("{}, {}", line.reason, line.of);
    // Outcomes have no scale in common: each has a plot of its own.
    let mut plots: Vec<(String, Vec<Row<'_>>)> = Vec::new();
    for line in &table.lines {
        let title = if table.name == Table::OUTCOMES {
            format!("Effect on the outcome “{}”", line.of)
        } else {
            table.title()
        };
        let row = Row { name: of(line), told: &line.told };
        match plots.iter_mut().find(|(other, _)| *other == title) {
            Some((_, rows)) => rows.push(row),
            None => plots.push((title, vec![row])),
        }
    }
    let plots = plots.iter().enumerate();
    let plots: String = plots.map(|(at, (title, rows))| forest(&format!("{}-{at}", table.name), title, rows)).collect();
    format!("<h2>{}</h2>\n<p class=\"quiet\">{notes}</p>\n{plots}{}", escape(&table.title()), tables::lines(table, of))
}

#[cfg(test)]
mod tests;
