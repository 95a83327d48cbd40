//! The database, taken out learner by learner.

use std::{collections::HashMap, time::SystemTime};

use deadpool_postgres::{Object, Transaction};
use tokio::try_join;
use tokio_postgres::{IsolationLevel, Row};

use super::{GONE, Postgres, ask::soon, fault::Fault};
use crate::{
    event::Timestamp,
    store::{Kept, Key, Moving, Pending, Published, Record, Whole},
};

/// A planner takes what lies between two keys for half of the table, as it looks at tenants only.
const BY_INDEX: &str = "set local enable_seqscan = off; set local enable_bitmapscan = off";

const LEARNERS: &str = "\
select tenant, learner, version, heard_at, record from hearten_learners \
where (tenant, learner) > ($1, $2) and version < 9223372036854775807 order by tenant, learner limit $3";

const DECISIONS: &str = "\
select tenant, learner, number, decided_at, entry from hearten_decisions \
where (tenant, learner) >= ($1, $2) and (tenant, learner) <= ($3, $4) order by tenant, learner, number";

/// Oldest first, so that of several for a message the last is the one that holds.
const OUTCOMES: &str = "\
select tenant, learner, number, outcome from hearten_outcomes \
where (tenant, learner) >= ($1, $2) and (tenant, learner) <= ($3, $4) order by version";

const LISTS: &str = "\
select tenant, learner, class from hearten_attention \
where (tenant, learner) >= ($1, $2) and (tenant, learner) <= ($3, $4)";

const TOMBSTONES: &str = "select hash from hearten_tombstones";

const POLICIES: &str = "select tenant, policy, published_at from hearten_policies order by tenant";

/// As the database last counted them for its own use.
const ABOUT: &str = "\
select coalesce(sum(greatest(counted.reltuples, 0)), 0)::bigint from pg_partition_tree('hearten_learners') as part \
join pg_class as counted on counted.oid = part.relid where part.isleaf";

impl Moving for Postgres {
    fn learners<'a>(&'a self, after: Option<&'a Key>, limit: usize) -> Pending<'a, Vec<Whole>> {
        Box::pin(async move {
            let page = async |client: &mut Object| {
                // One moment for all tables, so that every learner is whole.
                let moment = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
                let moment = moment.start().await?;
                moment.batch_execute(BY_INDEX).await?;
                let learners = page(&moment, after, limit).await?;
                moment.commit().await?;
                Ok(learners)
            };
            let until = soon();
            self.ask_again(|| self.state.once(until, page)).await
        })
    }

    fn tombstones(&self) -> Pending<'_, Vec<[u8; 16]>> {
        Box::pin(async {
            let rows = self.query(TOMBSTONES, &[]).await?;
            let hash = |row: &Row| -> Result<[u8; 16], Fault> {
                row.try_get::<_, Vec<u8>>(0)?.try_into().map_err(|_| Fault::Unreadable("a tombstone"))
            };
            Ok(rows.iter().map(hash).collect::<Result<_, _>>()?)
        })
    }

    fn policies(&self) -> Pending<'_, Vec<Published>> {
        Box::pin(async {
            let rows = self.query(POLICIES, &[]).await?;
            let policy = |row: &Row| -> Result<Published, Fault> {
                Ok(Published { tenant: row.try_get(0)?, policy: row.try_get(1)?, at: moment(row.try_get(2)?) })
            };
            Ok(rows.iter().map(policy).collect::<Result<_, _>>()?)
        })
    }

    fn about(&self) -> Pending<'_, u64> {
        Box::pin(async {
            let rows = self.query(ABOUT, &[]).await?;
            let count: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose().map_err(Fault::from)?;
            Ok(count.unwrap_or_default() as u64)
        })
    }
}

async fn page(now: &Transaction<'_>, after: Option<&Key>, limit: usize) -> Result<Vec<Whole>, Fault> {
    let (tenant, learner) = after.map_or(("", ""), |key| (key.tenant(), key.learner()));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = now.query(&now.prepare_cached(LEARNERS).await?, &[&tenant, &learner, &limit]).await?;
    let mut learners = Vec::with_capacity(rows.len());
    for row in &rows {
        let version: i64 = row.try_get(2)?;
        debug_assert!(version < GONE);
        let record = Record { version: version as u64, bytes: row.try_get(4)? };
        let heard_at = Some(moment(row.try_get(3)?));
        learners.push(Whole { key: key(row)?, record, heard_at, decisions: Vec::new(), classes: Vec::new() });
    }
    let (Some(first), Some(last)) = (learners.first(), learners.last()) else { return Ok(learners) };
    let ends: [&str; 4] = [first.key.tenant(), first.key.learner(), last.key.tenant(), last.key.learner()];
    let [first_tenant, first_learner, last_tenant, last_learner] = &ends;
    let ends: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [first_tenant, first_learner, last_tenant, last_learner];
    let (decisions, outcomes, lists) =
        try_join!(now.prepare_cached(DECISIONS), now.prepare_cached(OUTCOMES), now.prepare_cached(LISTS),)?;
    let (decisions, outcomes, lists) =
        try_join!(now.query(&decisions, &ends), now.query(&outcomes, &ends), now.query(&lists, &ends),)?;
    let mut reported: HashMap<(Key, i64), u8> = HashMap::new();
    for row in &outcomes {
        let outcome = u8::try_from(row.try_get::<_, i16>(3)?);
        reported.insert((key(row)?, row.try_get(2)?), outcome.map_err(|_| Fault::Unreadable("an outcome"))?);
    }
    let mut decided: HashMap<Key, Vec<Kept>> = HashMap::new();
    for row in &decisions {
        let (key, number): (Key, i64) = (key(row)?, row.try_get(2)?);
        let outcome = reported.get(&(key.clone(), number)).copied();
        let kept = Kept { number: number as u64, at: Some(moment(row.try_get(3)?)), bytes: row.try_get(4)?, outcome };
        decided.entry(key).or_default().push(kept);
    }
    let mut listed: HashMap<Key, Vec<u64>> = HashMap::new();
    for row in &lists {
        let class: i64 = row.try_get(2)?;
        listed.entry(key(row)?).or_default().push(class as u64);
    }
    for whole in &mut learners {
        whole.decisions = decided.remove(&whole.key).unwrap_or_default();
        whole.classes = listed.remove(&whole.key).unwrap_or_default();
        whole.classes.sort_unstable();
    }
    Ok(learners)
}

fn key(row: &Row) -> Result<Key, Fault> {
    let (tenant, learner): (&str, &str) = (row.try_get(0)?, row.try_get(1)?);
    Ok(Key::new(tenant, learner))
}

/// The database counts microseconds, and we milliseconds.
fn moment(at: SystemTime) -> Timestamp {
    let since = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
