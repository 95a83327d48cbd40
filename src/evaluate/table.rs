//! A report for people.

use std::fmt;

use super::{Figure, Measure, Report, Rival, Section};

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>6.3} [{:.3}, {:.3}]", self.value, self.low, self.high)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { model_version, warm, learners, answers, .. } = self;
        writeln!(f, "{answers} answers of {learners} learners, model {model_version}")?;
        match warm {
            0 => writeln!(f, "cold: nothing was known of items before the log began")?,
            _ => writeln!(f, "warm: items were known from {warm} opportunities before the log began")?,
        }
        writeln!(f, "In brackets 95 % intervals over learners drawn anew; a gain above zero is ours.")?;
        if self.sections.is_empty() {
            writeln!(f, "\nNothing to measure: it takes answers, some right and some wrong.")?;
        }
        for section in &self.sections {
            let Section { name, outcome, rows, learners, share, .. } = section;
            writeln!(f, "\n{name}: {rows} rows of {learners} learners, {:.1} % {outcome}", share * 100.0)?;
            for Measure { name, ours, rivals } in &section.measures {
                writeln!(f, "  {name:<42} {ours}")?;
                for Rival { name, figure, gain } in rivals {
                    writeln!(f, "    {name:<40} {figure}   gain {gain:+}")?;
                }
            }
            for note in &section.notes {
                writeln!(f, "  {note}")?;
            }
        }
        Ok(())
    }
}
