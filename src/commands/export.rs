//! `hearten export`: a whole store as files of lines.

use std::path::PathBuf;

use clap::Args;
use hearten::moving;

use super::{Problem, progress::Progress, store::Which};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The directory to write to; made where there is none. If it holds the beginning of this export, that is gone on with.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    #[command(flatten)]
    store: Which,
}

pub(crate) async fn run(Arguments { directory, store: which }: Arguments) -> Result<(), Problem> {
    let store = which.open_kept().await?;
    let mut progress = Progress::new("learners", store.about().await?);
    let moved = moving::export(&*store, &which.store.to_string(), &directory, |done| progress.at(done)).await?;
    drop(progress);
    let kept = if moved.before == 0 { String::new() } else { format!(", {} of them by an earlier run", moved.before) };
    eprintln!(
        "hearten: {} holds {} learners{kept}, with {} decisions: it tells as much as the store",
        directory.display(),
        moved.learners,
        moved.decisions
    );
    Ok(())
}
