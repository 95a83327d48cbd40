//! The tables of the page.

use hearten::trial::{Arms, Line, Primary, Report, Table, Tally, Told};

use crate::commands::markup::escape;

/// What every table of effects begins with.
const COLUMNS: [&str; 7] = ["reason", "said", "held out", "learners", "effect", "p", "verdict"];

pub(super) fn primary(report: &Report) -> String {
    let rows = report.reasons.iter().map(|Primary { reason, tally, told, .. }| row(reason, cells(*tally, told)));
    table("Effect on success by reason", &COLUMNS, &rows.collect::<String>())
}

/// What stands beside the primary effects.
pub(super) fn beside(report: &Report) -> String {
    let rows = report.reasons.iter().map(|Primary { reason, more, naive, came_back, .. }| {
        let [said, held_out] = arms(*came_back);
        row(reason, [or_dash(*more), or_dash(*naive), said, held_out].map(cell).concat())
    });
    let more = format!("more to tell {}", report.size);
    let columns = ["reason", &more, "before-after", "back: said", "back: held out"];
    table("How many more it takes, and what one would believe without silence", &columns, &rows.collect::<String>())
}

pub(super) fn lines(of: &Table, name: impl Fn(&Line) -> String) -> String {
    let means = of.lines.iter().any(|line| line.means.is_some());
    let rows = of.lines.iter().map(|line| {
        let means = line.means.map_or_else(String::new, |means| arms(means).map(cell).concat());
        row(&name(line), cells(line.tally, &line.told) + &means)
    });
    let mut columns = COLUMNS.to_vec();
    columns.extend(means.then_some(["mean: said", "mean: held out"]).into_iter().flatten());
    table(&of.title(), &columns, &rows.collect::<String>())
}

fn cells(tally: Tally, told: &Told) -> String {
    let Tally { said, held_out, clusters } = tally;
    let counts = [said, held_out, clusters].map(|count| cell(count.to_string()));
    let p = told.adjusted.map(|p| if p < 0.001 { "&lt;0.001".to_owned() } else { format!("{p:.3}") });
    let word = format!("<td class=\"word\">{}</td>", told.words());
    [counts.concat(), cell(or_dash(told.effect)), cell(or_dash(p)), word].concat()
}

fn table(caption: &str, columns: &[&str], rows: &str) -> String {
    let columns: String = columns
        .iter()
        .map(|column| match *column {
            "verdict" => "<th scope=\"col\" class=\"word\">verdict</th>".to_owned(),
            column => format!("<th scope=\"col\">{}</th>", escape(column)),
        })
        .collect();
    format!(
        "<div class=\"wide\">\n<table>\n<caption>{}</caption>\n<thead><tr>{columns}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</div>\n",
        escape(caption)
    )
}

fn row(name: &str, cells: String) -> String {
    format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escape(name))
}

fn cell(text: String) -> String {
    format!("<td>{text}</td>")
}

fn arms(arms: Arms) -> [String; 2] {
    [arms.said, arms.held_out].map(|mean| or_dash(mean.map(|mean| format!("{mean:.3}"))))
}

fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}
