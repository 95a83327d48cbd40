//! The report as text.

use std::fmt::{Display, Formatter, Result};

use hearten::reason::Kind;

use super::{
    reasons::{Counts, total},
    report::{Changes, Report},
    told::{LEARNERS, NUDGES, RATES, definitions},
};

impl Display for Report<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.header(f)?;
        self.reasons(f)?;
        self.rates(f)?;
        self.learners(f)?;
        writeln!(f, "\nchanged: {}", self.changed)
    }
}

impl Report<'_> {
    fn header(&self, f: &mut Formatter<'_>) -> Result {
        let Self { about, events, learners, attempts, known, .. } = self;
        writeln!(f, "{}: {events} events of {learners} learners, {attempts} attempts", about.log)?;
        if *known > 0 {
            writeln!(f, "{known} more were known already")?;
        }
        for (side, (version, called)) in ["A", "B"].iter().zip(&about.policies) {
            writeln!(f, "{side}: {version} ({called})")?;
        }
        let statistics = if about.learns { "learnt on the way" } else { "frozen" };
        writeln!(f, "model {}, item statistics {statistics}; {}\n", about.model_version, NUDGES)
    }

    fn reasons(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(
            f,
            "{:<24}{:>8}{:>8}{:>8}{:>8}{:>12}{:>12}",
            "said", "A", "B", "gone", "new", "moved away", "moved here"
        )?;
        let mut line = |name: &str, counts: &Counts| {
            let Counts { a, b, gone, new, moved_away, moved_here } = counts;
            writeln!(f, "{name:<24}{a:>8}{b:>8}{gone:>8}{new:>8}{moved_away:>12}{moved_here:>12}")
        };
        for (kind, all) in [(Kind::Celebration, "celebrations"), (Kind::Encouragement, "encouragements")] {
            for row in self.per_reason.iter().filter(|row| row.reason.kind() == kind) {
                line(&format!("  {}", row.reason.name()), &row.counts)?;
            }
            line(all, &total(&self.per_reason, Some(kind)))?;
        }
        line("messages", &total(&self.per_reason, None))?;
        let Changes { gone, new, moved, silent } = &self.changes;
        writeln!(
            f,
            "\n{gone} no longer said, {new} newly said, {moved} said for another reason; silent in another way: {silent}\n"
        )
    }

    fn rates(&self, f: &mut Formatter<'_>) -> Result {
        writeln!(f, "{:<42}{:>10}{:>10}", "", "A", "B")?;
        for (name, figure) in RATES {
            writeln!(f, "{name:<42}{:>10}{:>10}", figure(&self.policies.a), figure(&self.policies.b))?;
        }
        definitions(self).iter().try_for_each(|definition| writeln!(f, "{definition}"))
    }

    fn learners(&self, f: &mut Formatter<'_>) -> Result {
        if self.per_learner.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n{:>8}{:>8}{:>8}  learner", "changed", "A", "B")?;
        for heard in self.per_learner.iter().take(LEARNERS) {
            writeln!(f, "{:>8}{:>8}{:>8}  {}", heard.changed, heard.a, heard.b, heard.learner)?;
        }
        match self.per_learner.len().saturating_sub(LEARNERS) {
            0 => Ok(()),
            more => writeln!(f, "and {more} more"),
        }
    }
}
