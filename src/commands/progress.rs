//! How far a long command has come: a bar on a terminal, a line now and then elsewhere.

use std::{
    io::{IsTerminal as _, stderr},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use tokio::time::Instant;

/// Between two lines where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);

/// Follows one stretch of work.
pub(super) struct Progress {
    what: &'static str,
    bar: ProgressBar,
    told: Instant,
}

impl Progress {
    /// Of `what`, there are about `all`.
    pub(super) fn new(what: &'static str, all: u64) -> Self {
        let bar = if stderr().is_terminal() { ProgressBar::new(all) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} {msg}, {eta} left") {
            bar.set_style(style);
        }
        bar.set_length(all);
        bar.set_message(what);
        Self { what, bar, told: Instant::now() }
    }

    /// So many are done; how many there are was a guess.
    pub(super) fn at(&mut self, done: u64) {
        self.bar.set_length(self.bar.length().unwrap_or_default().max(done));
        self.bar.set_position(done);
        if !stderr().is_terminal() && self.told.elapsed() >= EVERY {
            self.told = Instant::now();
            eprintln!("hearten: {done} of about {} {}", self.bar.length().unwrap_or_default(), self.what);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
