//! A database in the making. Servers refuse it until it is whole.

use std::{collections::HashSet, time::SystemTime};

use deadpool_postgres::{Object, Pool, Transaction};

use super::{Layout, Postgres, batch, fault::Fault, open_error, pool, schema, statements, sums::Columns};
use crate::{
    event::Timestamp,
    store::{Begun, Describe, Error, Pending, Rest, Restoring, Whole},
};

/// Which export is being put in, and which was.
const IMPORTING: &str = "importing";
const IMPORTED: &str = "imported";

const FACT: &str = "select value from hearten_meta where name = $1";
const STATE: &str = "insert into hearten_meta (name, value) values ($1, $2) \
on conflict (name) do update set value = excluded.value";
const FORGET: &str = "delete from hearten_meta where name = $1";

const EMPTY: &str = "\
select not (exists (select from hearten_learners) or exists (select from hearten_decisions) \
or exists (select from hearten_statistics) or exists (select from hearten_statistics_log) \
or exists (select from hearten_tombstones) or exists (select from hearten_policies))";

const VERSIONS: &str = "\
select count(*) from unnest($1::text[], $2::text[], $3::bigint[]) as new (tenant, learner, version) \
join hearten_learners as kept on kept.tenant = new.tenant and kept.learner = new.learner and kept.version = new.version";

/// Set, not added: as often as it is done, they are there once.
const SET_STATISTICS: &str = "\
insert into hearten_statistics (tenant, kind, subject, attempts, successes, timed, log_time, \
log_time_squared, ability, slope_score, slope_information, changed_at) \
select tenant, kind, subject, attempts, successes, timed, log_time, \
log_time_squared, ability, slope_score, slope_information, now() \
from unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], \
$8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[]) \
as new (tenant, kind, subject, attempts, successes, timed, log_time, log_time_squared, ability, slope_score, \
slope_information) on conflict (tenant, kind, subject) do nothing";

const INSERT_TOMBSTONES: &str = "\
insert into hearten_tombstones (hash, erased_at) select *, now() from unnest($1::bytea[]) on conflict (hash) do nothing";

const INSERT_POLICY: &str = "insert into hearten_policies (tenant, policy, published_at) values ($1, $2, $3) \
on conflict (tenant) do nothing";

struct Making {
    pool: Pool,
    id: String,
}

impl Postgres {
    /// Begins to fill a database from an export, or goes on with it; makes its tables where there are none.
    ///
    /// # Errors
    /// [`Error::Open`] if the database cannot be reached, or holds what is not from this export.
    pub async fn restore(url: &str, roots: Option<&[u8]>, id: &str, secret: [u8; 16]) -> Result<Begun, Error> {
        let (config, pool) = pool(url, roots, Some("hearten import"))?;
        match schema::check(&pool).await {
            Ok(_) | Err(Fault::HalfImported) => {}
            Err(Fault::Unprepared) => {
                schema::migrate(&pool, Layout::default()).await.map_err(|fault| open_error(&config, &fault))?;
            }
            Err(fault) => return Err(open_error(&config, &fault)),
        }
        if served(&pool).await {
            return Err(open_error(&config, &Fault::Served));
        }
        let finished = begin(&pool, id, secret).await.map_err(|fault| open_error(&config, &fault))?;
        Ok(if finished { Begun::Finished } else { Begun::Open(Box::new(Making { pool, id: id.to_owned() })) })
    }
}

/// Whether servers are connected: they would go on under a secret that is no longer the store's. Databases that tell nothing of
/// connections are believed to have none.
async fn served(pool: &Pool) -> bool {
    let Ok(client) = pool.get().await else { return false };
    let servers = client
        .query_one(
            "select count(*) from pg_stat_activity where application_name = 'hearten' and datname = current_database()",
            &[],
        )
        .await;
    servers.is_ok_and(|row| row.try_get::<_, i64>(0).is_ok_and(|count| count > 0))
}

/// Whether it was finished before.
async fn begin(pool: &Pool, id: &str, secret: [u8; 16]) -> Result<bool, Fault> {
    let mut client = pool.get().await?;
    let transaction = client.transaction().await?;
    // Two who begin at once: the second waits here and finds what the first has begun.
    transaction.batch_execute("lock table hearten_meta in exclusive mode").await?;
    let fact = async |name: &str| -> Result<Option<Vec<u8>>, Fault> {
        Ok(transaction.query_opt(FACT, &[&name]).await?.map(|row| row.try_get(0)).transpose()?)
    };
    if fact(IMPORTED).await?.is_some_and(|whole| whole == id.as_bytes()) {
        return Ok(true);
    }
    match fact(IMPORTING).await? {
        Some(theirs) if theirs == id.as_bytes() => return Ok(false),
        Some(_) => return Err(Fault::OtherImport),
        None => {}
    }
    if !transaction.query_one(EMPTY, &[]).await?.try_get::<_, bool>(0)? {
        return Err(Fault::Taken);
    }
    transaction.execute(STATE, &[&IMPORTING, &id.as_bytes()]).await?;
    transaction.execute(STATE, &[&schema::SECRET, &&secret[..]]).await?;
    transaction.commit().await?;
    Ok(false)
}

impl Making {
    async fn with<T>(&self, work: impl AsyncFnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, Error> {
        let done = async {
            let mut client: Object = self.pool.get().await?;
            let transaction = client.transaction().await?;
            let done = work(&transaction).await?;
            transaction.commit().await?;
            Ok(done)
        };
        done.await.map_err(|fault: Fault| Error::Write(fault.reason()))
    }
}

impl Restoring for Making {
    fn put<'a>(&'a self, learners: Vec<Whole>, about: Describe) -> Pending<'a, u64> {
        Box::pin(self.with(async move |transaction| put(transaction, &learners, about).await))
    }

    fn finish<'a>(&'a self, rest: Rest) -> Pending<'a, ()> {
        Box::pin(self.with(async move |transaction| {
            finish(transaction, &rest).await?;
            transaction.execute(FORGET, &[&IMPORTING]).await?;
            transaction.execute(STATE, &[&IMPORTED, &self.id.as_bytes()]).await?;
            Ok(())
        }))
    }
}

async fn put(transaction: &Transaction<'_>, learners: &[Whole], about: Describe) -> Result<u64, Fault> {
    let rows = Learners::of(learners);
    let insert = transaction.prepare_cached(statements::INSERT_LEARNERS).await?;
    let written = transaction
        .query(&insert, &[&rows.tenants, &rows.learners, &rows.versions, &rows.heard, &rows.records])
        .await?;
    let new = written.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    let new: HashSet<(String, String)> = new.collect::<Result<_, Fault>>()?;
    if new.len() < learners.len() {
        let same = transaction.prepare_cached(VERSIONS).await?;
        let same = transaction.query_one(&same, &[&rows.tenants, &rows.learners, &rows.versions]).await?;
        if same.try_get::<_, i64>(0)? != learners.len() as i64 {
            return Err(Fault::Taken);
        }
    }
    let is_new = |whole: &&Whole| new.contains(&(whole.key.tenant().to_string(), whole.key.learner().to_string()));
    let learners: Vec<&Whole> = learners.iter().filter(is_new).collect();
    decisions(transaction, &learners, about).await?;
    lists(transaction, &learners).await?;
    Ok(new.len() as u64)
}

/// Columns of learners.
struct Learners<'a> {
    tenants: Vec<&'a str>,
    learners: Vec<&'a str>,
    versions: Vec<i64>,
    heard: Vec<SystemTime>,
    records: Vec<&'a [u8]>,
}

impl<'a> Learners<'a> {
    fn of(learners: &'a [Whole]) -> Self {
        Self {
            tenants: learners.iter().map(|whole| whole.key.tenant()).collect(),
            learners: learners.iter().map(|whole| whole.key.learner()).collect(),
            versions: learners.iter().map(|whole| whole.record.version as i64).collect(),
            heard: learners.iter().map(|whole| time(whole.heard_at)).collect(),
            records: learners.iter().map(|whole| whole.record.bytes.as_slice()).collect(),
        }
    }
}

fn time(at: Option<Timestamp>) -> SystemTime {
    batch::time(at.unwrap_or_default())
}

async fn decisions(transaction: &Transaction<'_>, learners: &[&Whole], about: Describe) -> Result<(), Fault> {
    let kept = || learners.iter().flat_map(|whole| whole.decisions.iter().map(move |kept| (&whole.key, kept)));
    let told: Option<Vec<_>> = kept().map(|(_, kept)| about(&kept.bytes)).collect();
    let told = told.ok_or(Fault::Unreadable("a decision"))?;
    if told.is_empty() {
        return Ok(());
    }
    let tenants: Vec<&str> = kept().map(|(key, _)| key.tenant()).collect();
    let names: Vec<&str> = kept().map(|(key, _)| key.learner()).collect();
    let numbers: Vec<i64> = kept().map(|(_, kept)| kept.number as i64).collect();
    let times: Vec<SystemTime> = kept().map(|(_, kept)| time(kept.at)).collect();
    let reasons: Vec<&str> = told.iter().map(|about| about.reason.name()).collect();
    let messages: Vec<&str> = told.iter().map(|about| about.message_id.as_str()).collect();
    let policies: Vec<&str> = told.iter().map(|about| about.policy_version.as_str()).collect();
    let entries: Vec<&[u8]> = kept().map(|(_, kept)| kept.bytes.as_slice()).collect();
    let insert = transaction.prepare_cached(statements::INSERT_DECISIONS).await?;
    let columns: [&(dyn tokio_postgres::types::ToSql + Sync); 8] =
        [&tenants, &names, &numbers, &times, &reasons, &messages, &policies, &entries];
    transaction.execute(&insert, &columns).await?;

    let reported = || kept().filter_map(|(key, kept)| Some((key, kept, i16::from(kept.outcome?))));
    let tenants: Vec<&str> = reported().map(|(key, ..)| key.tenant()).collect();
    let names: Vec<&str> = reported().map(|(key, ..)| key.learner()).collect();
    let numbers: Vec<i64> = reported().map(|(_, kept, _)| kept.number as i64).collect();
    // Older than whatever will be reported.
    let versions = vec![0_i64; numbers.len()];
    let times: Vec<SystemTime> = reported().map(|(_, kept, _)| time(kept.at)).collect();
    let outcomes: Vec<i16> = reported().map(|(.., outcome)| outcome).collect();
    let insert = transaction.prepare_cached(statements::INSERT_OUTCOMES).await?;
    transaction.execute(&insert, &[&tenants, &names, &numbers, &versions, &times, &outcomes]).await?;
    Ok(())
}

async fn lists(transaction: &Transaction<'_>, learners: &[&Whole]) -> Result<(), Fault> {
    let places = || learners.iter().flat_map(|whole| whole.classes.iter().map(move |class| (&whole.key, *class)));
    let tenants: Vec<&str> = places().map(|(key, _)| key.tenant()).collect();
    let classes: Vec<i64> = places().map(|(_, class)| class as i64).collect();
    let names: Vec<&str> = places().map(|(key, _)| key.learner()).collect();
    if !tenants.is_empty() {
        let insert = transaction.prepare_cached(statements::INSERT_ATTENTION).await?;
        transaction.execute(&insert, &[&tenants, &classes, &names]).await?;
    }
    Ok(())
}

async fn finish(transaction: &Transaction<'_>, rest: &Rest) -> Result<(), Fault> {
    let set = transaction.prepare_cached(SET_STATISTICS).await?;
    for rows in rest.statistics.chunks(1_000) {
        let columns = Columns::of(rows.iter().map(|(tenant, subject, sums)| (&**tenant, *subject, sums)));
        transaction.execute(&set, &columns.parameters()).await?;
    }
    let hashes: Vec<&[u8]> = rest.tombstones.iter().map(|hash| &hash[..]).collect();
    transaction.execute(INSERT_TOMBSTONES, &[&hashes]).await?;
    for policy in &rest.policies {
        transaction.execute(INSERT_POLICY, &[&policy.tenant, &policy.policy, &time(Some(policy.at))]).await?;
    }
    Ok(())
}
