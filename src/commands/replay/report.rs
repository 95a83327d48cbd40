//! What a replay prints: a line for everything said, then how often each reason spoke and each cause kept silent.

use std::{
    collections::BTreeMap,
    io::{BufWriter, IsTerminal, Stdout, Write, stdout},
};

use hearten::{
    event::MAX_ID_BYTES,
    reason::{Kind, Reason},
};
use indicatif::ProgressBar;

use crate::commands::Problem;

/// What came of one event.
pub(super) enum Decided {
    Spoken {
        reason: Reason,
        message_id: String,
        text: String,
    },
    Silent(&'static str),
    /// It was known already.
    Duplicate,
    /// It was not taken.
    Refused(String),
    /// No decision was asked for.
    Nothing,
}

pub(super) struct Report {
    out: BufWriter<Stdout>,
    bar: ProgressBar,
    events: u64,
    spoken: BTreeMap<Reason, u64>,
    silent: BTreeMap<&'static str, u64>,
    duplicates: u64,
    refused: u64,
}

impl Report {
    pub(super) fn new(bar: ProgressBar) -> Self {
        Self {
            out: BufWriter::new(stdout()),
            bar,
            events: 0,
            spoken: BTreeMap::new(),
            silent: BTreeMap::new(),
            duplicates: 0,
            refused: 0,
        }
    }

    /// Prints a line, on a terminal out of the bar's way.
    fn print(&mut self, line: &str) -> Result<(), Problem> {
        let Self { out, bar, .. } = self;
        if out.get_ref().is_terminal() {
            bar.suspend(|| writeln!(out, "{line}").and_then(|()| out.flush()))?;
        } else {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    pub(super) fn line(&mut self, learner: &str, event: &str, decided: Decided) -> Result<(), Problem> {
        self.events += 1;
        match decided {
            Decided::Spoken { reason, message_id, text } => {
                *self.spoken.entry(reason).or_default() += 1;
                self.print(&format!("{learner}\t{event}\t{}\t{message_id}\t{text}", reason.name()))?;
            }
            Decided::Silent(cause) => *self.silent.entry(cause).or_default() += 1,
            Decided::Duplicate => self.duplicates += 1,
            Decided::Refused(why) => {
                self.refused += 1;
                self.print(&format!("{}\t{}\trefused\t{why}", printable(learner), printable(event)))?;
            }
            Decided::Nothing => {}
        }
        Ok(())
    }

    pub(super) fn close(mut self) -> Result<(), Problem> {
        self.bar.finish_and_clear();
        let out = &mut self.out;
        let said: u64 = self.spoken.values().sum();
        let plural = |count: u64| if count == 1 { "" } else { "s" };
        writeln!(out, "\n{} event{}, {said} message{}", self.events, plural(self.events), plural(said))?;
        for kind in [Kind::Celebration, Kind::Encouragement] {
            for (reason, count) in self.spoken.iter().filter(|(reason, _)| reason.kind() == kind) {
                let label = if kind == Kind::Celebration { "celebration" } else { "encouragement" };
                writeln!(out, "{count:>9}  {label:<14}{}", reason.name())?;
            }
        }
        for (cause, count) in &self.silent {
            writeln!(out, "{count:>9}  silence       {cause}")?;
        }
        for (count, what) in [(self.duplicates, "known already"), (self.refused, "refused")] {
            if count > 0 {
                writeln!(out, "{count:>9}  {what}")?;
            }
        }
        Ok(out.flush()?)
    }
}

/// What stands for an id and may be none: it must not look like lines of its own, nor steer a terminal. One too long to be any is left
/// out, as the server does.
fn printable(id: &str) -> String {
    if id.len() > MAX_ID_BYTES {
        return String::new();
    }
    id.chars().map(|letter| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}
