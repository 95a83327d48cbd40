//! A report for people.

use std::fmt;

use super::{
    Arms, Effect, Line, Primary, Report, Table, Tally, Told,
    words::{BEFORE_AFTER, CAME_BACK, MORE, READING, SUCCESS},
};

/// The first column is as wide as its widest name, and at least this.
const NAME: usize = 24;

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:+.3} [{:+.3}, {:+.3}]", self.value, self.low, self.high)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { said, held_out, clusters } = self.tally;
        let (decisions, tenants) = (said + held_out, self.tenants);
        writeln!(f, "{decisions} randomised decisions: {said} said, {held_out} held out")?;
        writeln!(f, "of {clusters} learners, or classes where these are randomised; tenants: {tenants}")?;
        if self.unusable > 0 {
            writeln!(f, "{} more are unusable: their chances or counts cannot be", self.unusable)?;
        }
        if self.reasons.is_empty() {
            return writeln!(f, "\nNothing to tell: it takes decisions of a trial, some said and some held out.");
        }
        writeln!(f, "\n{READING}\n{SUCCESS}\n")?;
        writeln!(f, "{}", head(NAME, "reason", ""))?;
        for Primary { reason, tally, told, .. } in &self.reasons {
            writeln!(f, "{}", line(NAME, reason, *tally, told, None))?;
        }
        self.beside(f)?;
        self.tables.iter().try_for_each(|table| write!(f, "\n{table}"))
    }
}

impl Report {
    /// What stands beside the primary effects.
    fn beside(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = format!("more to tell {}", self.size);
        writeln!(f, "\n{:<NAME$}{more:>20}   {:<26}{:>10}{:>10}", "reason", "before-after", "back: said", "held out")?;
        for Primary { reason, more, naive, came_back, .. } in &self.reasons {
            let more = or_dash(more.as_ref());
            let naive = or_dash(naive.as_ref());
            writeln!(f, "{reason:<NAME$}{more:>20}   {naive:<26}{}", arms(*came_back))?;
        }
        writeln!(f, "{MORE}\n{BEFORE_AFTER}\n{CAME_BACK}")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |line: &Line| format!("{}, {}", line.reason, line.of);
        let width = self.lines.iter().map(|line| name(line).chars().count() + 1).max().unwrap_or(0).max(NAME);
        let means = if self.lines.iter().any(|line| line.means.is_some()) { "mean: said  held out" } else { "" };
        writeln!(f, "{}", head(width, &self.title(), means))?;
        for each in &self.lines {
            writeln!(f, "{}", line(width, &name(each), each.tally, &each.told, each.means))?;
        }
        self.notes().into_iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}

fn head(width: usize, name: &str, means: &str) -> String {
    let head = format!(
        "{name:<width$}{:>8}{:>10}{:>10}   {:<26}{:>7}   {:<22}{means}",
        "said", "held out", "learners", "effect", "p", "verdict"
    );
    head.trim_end().to_owned()
}

fn line(width: usize, name: &str, tally: Tally, told: &Told, means: Option<Arms>) -> String {
    let Tally { said, held_out, clusters } = tally;
    let (effect, p) = (or_dash(told.effect.as_ref()), or_dash(told.adjusted.map(p).as_ref()));
    let (words, means) = (told.words(), means.map_or_else(String::new, arms));
    let line = format!("{name:<width$}{said:>8}{held_out:>10}{clusters:>10}   {effect:<26}{p:>7}   {words:<22}{means}");
    line.trim_end().to_owned()
}

fn arms(arms: Arms) -> String {
    let mean = |mean: Option<f64>| or_dash(mean.map(|mean| format!("{mean:.3}")).as_ref());
    format!("{:>10}{:>10}", mean(arms.said), mean(arms.held_out))
}

fn or_dash(value: Option<&impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

/// As precise as it is worth.
fn p(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}
