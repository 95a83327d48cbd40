//! `hearten migrate`.

use clap::Args;
use hearten::store::{Layout, Postgres};

use super::{Problem, print, store::Database};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    database: Database,
    /// Without parts: for databases that spread tables over machines themselves. Only where there are no tables yet.
    #[arg(long)]
    plain: bool,
}

pub(crate) async fn run(arguments: Arguments) -> Result<(), Problem> {
    let layout = if arguments.plain { Layout::Plain } else { Layout::Partitioned };
    let roots = arguments.database.roots()?;
    let migrated = Postgres::migrate(arguments.database.address()?, roots.as_deref(), layout).await?;
    print(&match migrated.made {
        0 => format!("the database is at version {}, as it should be\n", migrated.version),
        made => format!("{made} changes made; the database is at version {}\n", migrated.version),
    })
}
