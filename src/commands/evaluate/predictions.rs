//! What was believed at each attempt, one line each, for whoever wants to judge for themselves.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use hearten::rpc::pb;

use crate::commands::Problem;

const HEADER: &str =
    "event_id\tlearner_id\titem_id\tcorrect\tp_next_correct\tconfidence\tfrustration\tdisengagement\twheel_spinning";

/// The file. It takes its place when it is whole, so that a run that fails leaves what was there.
pub(super) struct Predictions {
    path: PathBuf,
    /// Where it is written until then; `None` for what is no plain file, such as a terminal.
    part: Option<PathBuf>,
    out: BufWriter<File>,
}

impl Predictions {
    pub fn create(path: &Path) -> Result<Self, Problem> {
        let plain = fs::metadata(path).map_or(true, |about| about.is_file());
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = plain.then(|| PathBuf::from(part));
        let failed = |error| failed(path, error);
        let mut out = BufWriter::new(File::create(part.as_deref().unwrap_or(path)).map_err(failed)?);
        writeln!(out, "{HEADER}").map_err(failed)?;
        Ok(Self { path: path.to_owned(), part, out })
    }

    /// `p_next` as believed before the answer, scores after it. Ids hold no tabs and no line breaks.
    pub fn line(&mut self, event: &pb::Event, correct: bool, p_next: f32, scores: [f32; 4]) -> Result<(), Problem> {
        let [frustration, confidence, disengagement, wheel_spinning] = scores;
        let pb::Event { event_id, learner_id, item_id, .. } = event;
        let correct = u8::from(correct);
        writeln!(
            self.out,
            "{event_id}\t{learner_id}\t{item_id}\t{correct}\t{p_next:.6}\t{confidence:.6}\t{frustration:.6}\t{disengagement:.6}\t{wheel_spinning:.6}"
        )
        .map_err(|error| failed(&self.path, error))
    }

    pub fn close(mut self) -> Result<(), Problem> {
        self.out.flush().map_err(|error| failed(&self.path, error))?;
        match self.part.take() {
            Some(part) => fs::rename(part, &self.path).map_err(|error| failed(&self.path, error)),
            None => Ok(()),
        }
    }
}

impl Drop for Predictions {
    fn drop(&mut self) {
        if let Some(part) = &self.part {
            // What remains of a run that failed is of no use to anybody.
            let _ = fs::remove_file(part);
        }
    }
}

fn failed(path: &Path, error: io::Error) -> Problem {
    Problem::from(error).about(&format!("cannot write {}", path.display()))
}
