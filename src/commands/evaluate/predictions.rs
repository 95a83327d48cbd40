//! What was believed at each attempt, one line each, for whoever wants to judge for themselves.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use hearten::rpc::pb;

use crate::commands::Problem;

const HEADER: &str =
    "event_id\tlearner_id\titem_id\tcorrect\tp_next_correct\tconfidence\tfrustration\tdisengagement\twheel_spinning";

/// The file.
pub(super) struct Predictions {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Predictions {
    pub fn create(path: &Path) -> Result<Self, Problem> {
        let failed = |error| Problem::from(error).about(&format!("cannot write {}", path.display()));
        let mut out = BufWriter::new(File::create(path).map_err(failed)?);
        writeln!(out, "{HEADER}").map_err(failed)?;
        Ok(Self { path: path.to_owned(), out })
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
        .map_err(|error| Problem::from(error).about(&format!("cannot write {}", self.path.display())))
    }

    pub fn close(mut self) -> Result<(), Problem> {
        self.out.flush().map_err(|error| Problem::from(error).about(&format!("cannot write {}", self.path.display())))
    }
}
