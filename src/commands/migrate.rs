//! `hearten migrate`.

use clap::Args;
use hearten::store::{Layout, Postgres};

use super::{Problem, print, store::Which};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    store: Which,
    /// Without parts: for databases that spread tables over machines themselves. Only where there are no tables yet.
    #[arg(long)]
    plain: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Problem> {
    let layout = if arguments.plain { Layout::Plain } else { Layout::Partitioned };
    let roots = arguments.store.roots()?;
    let migrated = Postgres::migrate(arguments.store.database()?, roots.as_deref(), layout).await?;
    print(&match migrated.made {
        0 => format!("the database is at version {}, as it should be\n", migrated.version),
        made => format!("{made} changes made; the database is at version {}\n", migrated.version),
    })
}
