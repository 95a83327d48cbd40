//! A log, line by line.

use std::{
    fs::File,
    io::{BufRead, BufReader, IsTerminal},
    path::{Path, PathBuf},
};

use hearten::rpc::pb;
use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::Problem;

/// Events of a log, in its order. Ends at the first line that is not an event, and says which it is.
pub(super) struct Log {
    path: PathBuf,
    reader: BufReader<File>,
    text: String,
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
        Ok(Self { path: path.to_owned(), reader: BufReader::new(file), text: String::new(), line: 0, bar })
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
            match self.reader.read_line(&mut self.text) {
                Ok(0) => return None,
                Ok(bytes) => self.bar.inc(bytes as u64),
                Err(error) => return Some(Err(Problem::from(error).about(&place()))),
            }
            // A byte order mark is what some editors put in front.
            let text = self.text.trim_start_matches('\u{FEFF}').trim();
            if !text.is_empty() {
                let event = serde_json::from_str(text);
                return Some(event.map_err(|error| Problem::from(error).about(&place())));
            }
        }
    }
}
