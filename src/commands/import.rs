//! `hearten import`: an export made a store.

use std::path::PathBuf;

use clap::Args;
use hearten::{
    moving,
    store::{Begun, Embedded, Postgres},
};

use super::{
    Problem,
    progress::Progress,
    store::{Place, Which},
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The directory that `hearten export` wrote.
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    #[command(flatten)]
    store: Which,
}

pub(crate) async fn run(Arguments { directory, store: which }: Arguments) -> Result<(), Problem> {
    let import = moving::Import::open(&directory)?;
    let (id, secret) = (import.id(), import.secret());
    let begun = match &which.store {
        Place::Embedded => Embedded::restore(&which.data_dir, id, secret)?,
        Place::Postgres(_) => {
            let database = which.database();
            Postgres::restore(database.address()?, database.roots()?.as_deref(), id, secret).await?
        }
        Place::Memory => return Err(Problem::new("--store memory keeps nothing that could be imported")),
    };
    let Begun::Open(store) = begun else {
        eprintln!("hearten: all of {} is there already", directory.display());
        return Ok(());
    };
    if import.policies() > 0 && which.store == Place::Embedded {
        eprintln!("hearten: the embedded store keeps no policies: those published stand in policies.jsonl");
    }
    let mut progress = Progress::new("learners", import.learners());
    let moved = import.run(&*store, |done| progress.at(done)).await?;
    drop(progress);
    let kept = if moved.before == 0 { String::new() } else { format!(", {} of them by an earlier run", moved.before) };
    eprintln!("hearten: the store holds {} learners{kept}, with {} decisions", moved.learners, moved.decisions);
    Ok(())
}
