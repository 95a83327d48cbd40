//! `hearten export`: a whole store as files of lines.

use std::{path::PathBuf, sync::Arc};

use clap::Args;
use hearten::{
    moving,
    store::{Embedded, Moving},
};

use super::{
    Problem,
    progress::Progress,
    store::{Place, Which},
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The directory to write to; made where there is none. If it holds the beginning of this export, that is gone on with.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    #[command(flatten)]
    store: Which,
}

pub(crate) async fn run(Arguments { directory, store: which }: Arguments) -> Result<(), Problem> {
    let store: Arc<dyn Moving> = match which.store {
        Place::Embedded => Arc::new(Embedded::open_existing(&which.data_dir).map_err(in_use)?),
        Place::Postgres(_) => Arc::new(which.open_database().await?),
        Place::Memory => return Err(Problem::new("--store memory keeps nothing that could be exported")),
    };
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

/// A copy can be made while it is in use.
pub(super) fn in_use(error: hearten::store::Error) -> Problem {
    let problem = Problem::from(error);
    if problem.to_string().contains("another process has it open") {
        return problem.and("`hearten backup` makes a copy of it meanwhile, which can be exported with --data-dir");
    }
    problem
}
