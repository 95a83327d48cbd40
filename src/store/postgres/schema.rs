//! The tables: numbered changes, each made once, and what a server looks at before it serves.

use std::time::SystemTime;

use deadpool_postgres::{ClientWrapper, Object, Pool, Transaction};
use tokio_postgres::error::SqlState;

use super::{connect::UNHURRIED, fault::Fault};
use crate::store::random;

/// All changes there were, oldest first. One that was released is never edited.
const MIGRATIONS: [&str; 1] = [include_str!("migrations/0001_first.sql")];
/// Parts that learners are spread over.
const PARTS: u32 = 8;
/// The tables whose parts are months.
const BY_MONTH: [&str; 2] = ["hearten_decisions", "hearten_outcomes"];
/// Facts of the database about itself.
pub(super) const SECRET: &str = "secret";
const LAYOUT: &str = "layout";
/// Whose row is held by the server that adds up the log of statistics.
const FOLDING: &str = "folding";
const PARTITIONED: &[u8] = b"partitioned";
const PLAIN: &[u8] = b"plain";

/// How the tables lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Learners are spread over parts by a hash, decisions and outcomes over months.
    #[default]
    Partitioned,
    /// No table has parts: for databases that spread tables over machines themselves.
    Plain,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The number of the newest change.
    pub version: usize,
    /// How many were made now.
    pub made: usize,
}

/// Makes the changes that were not made yet, each with everything it consists of or not at all.
pub(super) async fn migrate(pool: &Pool, layout: Layout) -> Result<Migrated, Fault> {
    let mut client = Object::take(pool.get().await?);
    client.batch_execute(UNHURRIED).await?;
    let begun = client
        .batch_execute(
            "create table if not exists hearten_migrations \
             (version bigint primary key, made_at timestamptz not null default now())",
        )
        .await;
    made_by_somebody(begun)?;
    let mut made = 0;
    for (number, change) in (1_i64..).zip(MIGRATIONS) {
        let transaction = client.transaction().await?;
        // Whoever comes second waits here.
        let mine = transaction
            .execute(
                "insert into hearten_migrations (version) values ($1) on conflict (version) do nothing",
                &[&number],
            )
            .await?;
        if mine == 0 {
            continue;
        }
        transaction.batch_execute(&layout.of(change)).await?;
        if number == 1 {
            fill(&transaction, layout).await?;
        }
        transaction.commit().await?;
        made += 1;
    }
    make_months(&client).await?;
    Ok(Migrated { version: MIGRATIONS.len(), made })
}

async fn fill(transaction: &Transaction<'_>, layout: Layout) -> Result<(), Fault> {
    let secret = random().map_err(|_| Fault::Unreadable("the system's source of randomness"))?;
    let name = if layout == Layout::Plain { PLAIN } else { PARTITIONED };
    for (fact, value) in [(SECRET, &secret[..]), (LAYOUT, name), (FOLDING, b"")] {
        transaction.execute("insert into hearten_meta (name, value) values ($1, $2)", &[&fact, &value]).await?;
    }
    if layout == Layout::Partitioned {
        for part in 0..PARTS {
            let part = format!(
                "create table hearten_learners_{part} partition of hearten_learners \
                 for values with (modulus {PARTS}, remainder {part}) with (fillfactor = 80)"
            );
            transaction.batch_execute(&part).await?;
        }
        for table in BY_MONTH {
            // For whatever falls into no month that was made in time.
            transaction.batch_execute(&format!("create table {table}_other partition of {table} default")).await?;
        }
    }
    Ok(())
}

impl Layout {
    /// A change as it is made in this layout.
    fn of(self, change: &str) -> String {
        match self {
            Self::Partitioned => change.replace("/*[", "").replace("]*/", ""),
            Self::Plain => change.to_owned(),
        }
    }
}

/// The secret of a database whose tables are those of this release.
pub(super) async fn check(pool: &Pool) -> Result<[u8; 16], Fault> {
    let client = pool.get().await?;
    let version = client.query_one("select coalesce(max(version), 0)::bigint from hearten_migrations", &[]).await;
    let version: i64 = match version {
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => return Err(Fault::Unprepared),
        version => version?.try_get(0)?,
    };
    match usize::try_from(version) {
        Ok(version) if version == MIGRATIONS.len() => {}
        Ok(version) if version > MIGRATIONS.len() => return Err(Fault::Newer),
        _ => return Err(Fault::Unprepared),
    }
    if client.query_opt("select from hearten_meta where name = 'importing'", &[]).await?.is_some() {
        return Err(Fault::HalfImported);
    }
    let secret = client.query_one("select value from hearten_meta where name = $1", &[&SECRET]).await?;
    let secret: Vec<u8> = secret.try_get(0)?;
    secret.try_into().map_err(|_| Fault::Unreadable("the database's secret"))
}

/// Makes the parts of this month and the next two, where tables have parts by month. The database's clock says which they are.
pub(super) async fn make_months(client: &ClientWrapper) -> Result<(), Fault> {
    if plain(client).await? {
        return Ok(());
    }
    let months = client
        .query(
            "select to_char(month, 'YYYY_MM'), to_char(month, 'YYYY-MM-DD'), \
             to_char(month + interval '1 month', 'YYYY-MM-DD') from generate_series(date_trunc('month', now() at time zone \
             'utc'), date_trunc('month', now() at time zone 'utc') + interval '2 months', interval '1 month') as month",
            &[],
        )
        .await?;
    for table in BY_MONTH {
        for month in &months {
            let (name, from, to): (&str, &str, &str) = (month.try_get(0)?, month.try_get(1)?, month.try_get(2)?);
            let there = client.query_one("select to_regclass($1) is not null", &[&format!("{table}_{name}")]).await?;
            if !there.try_get::<_, bool>(0)? {
                let part = format!(
                    "create table if not exists {table}_{name} partition of {table} \
                     for values from ('{from} 00:00:00+00') to ('{to} 00:00:00+00')"
                );
                match made_by_somebody(client.batch_execute(&part).await) {
                    // Rows of this month came before its table, and lie with all others.
                    Err(Fault::Database(error)) if error.code() == Some(&SqlState::CHECK_VIOLATION) => {}
                    made => made?,
                }
            }
        }
    }
    Ok(())
}

/// Two who make a table at once may both find none, and one of them a moment later that there is one.
fn made_by_somebody(made: Result<(), tokio_postgres::Error>) -> Result<(), Fault> {
    match made {
        Err(error)
            if [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_TABLE, SqlState::DUPLICATE_OBJECT]
                .iter()
                .any(|state| error.code() == Some(state)) =>
        {
            Ok(())
        }
        made => Ok(made?),
    }
}

/// Drops the months that ended before this time, which takes no time whatever is in them. Returns how many decisions they held.
pub(super) async fn drop_months(client: &ClientWrapper, before: SystemTime) -> Result<u64, Fault> {
    if plain(client).await? {
        return Ok(0);
    }
    let mut dropped = 0;
    for table in BY_MONTH {
        let months = client
            .query(
                "select relid::text from pg_partition_tree($1::text::regclass) where isleaf \
                 and relid::text ~ '_[0-9]{4}_[0-9]{2}$' \
                 and (to_date(right(relid::text, 7), 'YYYY_MM') + interval '1 month') at time zone 'utc' <= $2",
                &[&table, &before],
            )
            .await?;
        for month in months {
            let name: String = month.try_get(0)?;
            if table == "hearten_decisions" {
                let held = client.query_one(&format!("select count(*) from {name}"), &[]).await?;
                dropped += held.try_get::<_, i64>(0)? as u64;
            }
            client.batch_execute(&format!("drop table if exists {name}")).await?;
        }
    }
    Ok(dropped)
}

async fn plain(client: &ClientWrapper) -> Result<bool, Fault> {
    let layout = client.query_one("select value from hearten_meta where name = $1", &[&LAYOUT]).await?;
    Ok(layout.try_get::<_, &[u8]>(0)? == PLAIN)
}
