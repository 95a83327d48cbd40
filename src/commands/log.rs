//! A log, line by line.

use std::{
    fs::File,
    io::{BufRead, BufReader, IsTerminal, Read as _},
    path::{Path, PathBuf},
};

use hearten::{
    event::Event,
    rpc::{self, pb},
};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::commands::Problem;

/// Far more than an event may have, and no memory that counts.
const MAX_LINE_BYTES: usize = 1 << 20;

/// Events of a log, in its order. Ends at the first line that is not an event, and says which it is.
pub(super) struct Log {
    path: PathBuf,
    reader: BufReader<File>,
    text: Vec<u8>,
    line: usize,
    bar: ProgressBar,
}

impl Log {
    pub(super) fn open(path: &Path) -> Result<Self, Problem> {
        let failed = |error| Problem::from(error).about(&format!("cannot read {}", path.display()));
        let file = File::open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        let bar = if std::io::stderr().is_terminal() { ProgressBar::new(length) } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes}, {eta} left") {
            bar.set_style(style);
        }
        Ok(Self { path: path.to_owned(), reader: BufReader::new(file), text: Vec::new(), line: 0, bar })
    }

    /// The bar that follows the reading; hidden where there is no terminal.
    pub(super) fn bar(&self) -> ProgressBar {
        self.bar.clone()
    }
}

impl Iterator for Log {
    type Item = Result<pb::Event, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.text.clear();
            self.line += 1;
            let place = || format!("{}:{}", self.path.display(), self.line);
            match self.reader.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', &mut self.text) {
                Ok(0) => return None,
                Ok(_) if self.text.strip_suffix(b"\n").unwrap_or(&self.text).len() > MAX_LINE_BYTES => {
                    let problem = Problem::new("the line is longer than 1 MiB: each has one event");
                    return Some(Err(problem.about(&place())));
                }
                Ok(bytes) => self.bar.inc(bytes as u64),
                Err(error) => return Some(Err(Problem::from(error).about(&place()))),
            }
            // A byte order mark is what some editors put in front.
            let text = self.text.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&self.text).trim_ascii();
            if !text.is_empty() {
                return Some(read(text).map_err(|error| Problem::from(error).about(&place())));
            }
        }
    }
}

/// As protobuf JSON has it: what is null was left out.
fn read(text: &[u8]) -> serde_json::Result<pb::Event> {
    serde_json::from_slice(text).or_else(|error| {
        let mut value = serde_json::from_slice(text).unwrap_or_default();
        if take_nulls_out(&mut value) { serde_json::from_value(value) } else { Err(error) }
    })
}

/// Whether there were any.
fn take_nulls_out(value: &mut Value) -> bool {
    let Value::Object(fields) = value else { return false };
    let all = fields.len();
    fields.retain(|_, field| !field.is_null());
    let here = fields.len() < all;
    fields.values_mut().fold(here, |any, field| take_nulls_out(field) | any)
}

/// Every valid event of a log, in its order. What the API would refuse is left out, and how much that was is told.
pub(super) fn each(
    path: &Path,
    mut take: impl FnMut(&pb::Event, &Event) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let log = Log::open(path)?;
    let bar = log.bar();
    let mut refused = 0;
    for sent in log {
        let sent = sent?;
        match rpc::event(&sent, None) {
            Ok(event) => take(&sent, &event)?,
            Err(_) => refused += 1,
        }
    }
    bar.finish_and_clear();
    if refused > 0 {
        eprintln!(
            "hearten: {}: {refused} events the API would refuse were left out; `hearten replay` says why",
            path.display()
        );
    }
    Ok(())
}
