//! The store in PostgreSQL: any number of servers on one database, each with learners in memory and none of them theirs.
//!
//! A commit waits in its learner's lane ([`lane`]) and goes out with what gathered there as one transaction ([`batch`]): records
//! are written only over the version they were made of, so whatever other servers do, a learner has one history. What a
//! database is asked while serving is in [`statements`].

mod ask;
mod batch;
mod connect;
mod erase;
mod fault;
mod fold;
mod gathered;
mod lane;
mod moving;
mod policies;
mod restoring;
mod schema;
mod statements;
mod sums;

use std::{
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, SystemTime},
};

use arc_swap::ArcSwapOption;
use deadpool_postgres::Pool;
use tokio::task::JoinSet;
use tokio_postgres::{Config, IsolationLevel, Row};

use self::{
    ask::{in_long_time, soon},
    connect::{Cut, Tls},
    fault::Fault,
    lane::{Lanes, State},
};
pub use self::{
    policies::Policies,
    schema::{Layout, Migrated},
};
use super::{
    Commit, Erased, Erasure, Error, Key, Meter, Past, Pending, Receipt, Record, Store,
    deltas::{self, OfTenants},
    tombstone::tombstone,
};
use crate::{
    event::Timestamp,
    statistics::{Subject, Sums},
};

/// How often a database is looked at, whether anything is asked of it or not.
const PULSE: Duration = Duration::from_secs(1);
/// How often it is seen to that coming months have a part.
const MONTHS: Duration = Duration::from_secs(6 * 3_600);
/// Rows changed by transactions that began this long before others ended were not seen with those; they are read again.
const OVERLAP: Duration = Duration::from_secs(15);
/// The version of a learner who is being erased.
const GONE: i64 = i64::MAX;

/// A database that this server shares with others.
pub struct Postgres {
    lanes: ArcSwapOption<Lanes>,
    /// The lanes, which end when nobody can queue any more.
    running: tokio::sync::Mutex<JoinSet<()>>,
    /// Whoever looks whether the database is there, and who adds up what was counted.
    looking: tokio::sync::Mutex<JoinSet<()>>,
    state: Arc<State>,
    config: Config,
    tls: Tls,
    /// The newest change of the sums that was seen.
    seen: Mutex<Option<SystemTime>>,
}

impl Postgres {
    /// Connects to a database that [`Postgres::migrate`] has prepared. `roots` are the certificates to trust, in PEM, where not the
    /// system's.
    ///
    /// # Errors
    /// [`Error::Open`] if the address is wrong, the database cannot be reached, or its tables are not those of this release.
    pub async fn open(url: &str, roots: Option<&[u8]>) -> Result<Self, Error> {
        let (config, tls) = address(url, roots)?;
        let cut = Cut::default();
        let pool = connect::pool(config.clone(), tls.clone(), cut.clone()).map_err(|error| unusable(&error))?;
        let secret = schema::check(&pool).await.map_err(|fault| open_error(&config, &fault))?;
        let state = State {
            pool,
            cut,
            secret,
            meter: Arc::default(),
            reachable: AtomicBool::new(true),
            crowded: AtomicBool::default(),
        };
        let state = Arc::new(state);
        // Without the right to make them, somebody else does.
        state.make_months().await;
        let (lanes, running) = Lanes::start(Arc::clone(&state));
        let mut looking = JoinSet::new();
        let (pulse, folder) = (Arc::clone(&state), Arc::clone(&state));
        looking.spawn(async move { pulse.keep_looking().await });
        looking.spawn(async move { folder.keep_folding().await });
        let (lanes, running, looking) = (ArcSwapOption::from_pointee(lanes), running.into(), looking.into());
        Ok(Self { lanes, running, looking, state, config, tls, seen: Mutex::default() })
    }

    /// Makes or brings up to date the tables of a database; safe to repeat, and to run while servers are running.
    ///
    /// # Errors
    /// [`Error::Open`] if that cannot be done.
    pub async fn migrate(url: &str, roots: Option<&[u8]>, layout: Layout) -> Result<Migrated, Error> {
        let (config, pool) = pool(url, roots, None)?;
        schema::migrate(&pool, layout).await.map_err(|fault| open_error(&config, &fault))
    }

    /// All sums as they are at one moment, with what is not yet added to them.
    async fn all_sums(&self) -> Result<OfTenants, Fault> {
        let mut client = self.state.unhurried().await?;
        let moment = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let moment = moment.start().await?;
        let (rows, log) =
            (moment.query(statements::STATISTICS, &[]).await?, moment.query(statements::WHOLE_LOG, &[]).await?);
        moment.commit().await?;
        self.note(&rows)?;
        let mut all = sums::read(&rows)?;
        for row in &log {
            // What cannot be read is of a newer release, which will add it.
            let _ = deltas::add(row.try_get(0)?, &mut all);
        }
        Ok(all)
    }

    /// Remembers how far changes were seen.
    fn note(&self, rows: &[Row]) -> Result<(), Fault> {
        let newest = sums::newest(rows)?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = (*seen).max(newest);
        Ok(())
    }
}

impl State {
    /// Looks whether the database is there, so that health tells it and commits are taken again when it is back.
    async fn keep_looking(&self) {
        let mut pulse = tokio::time::interval(PULSE);
        let mut months = tokio::time::interval(MONTHS);
        pulse.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut cut_before = false;
        loop {
            let new_months = tokio::select! {
                _ = pulse.tick() => false,
                _ = months.tick() => true,
            };
            match self.look().await {
                Ok(()) => {
                    self.found();
                    cut_before = false;
                }
                // A pooler whose database is gone takes connections and ends them.
                Err(fault) if cut_before => self.away(&fault),
                Err(fault) => {
                    self.lost(&fault);
                    cut_before = fault.is_cut();
                }
            }
            if new_months {
                self.make_months().await;
            }
        }
    }
}

impl State {
    async fn look(&self) -> Result<(), Fault> {
        let until = soon();
        let ping = || self.once(until, async |client| Ok(client.query_one(statements::PING, &[]).await?));
        let read_only = self.again(ping).await?;
        if read_only.try_get::<_, &str>(0)? == "on" {
            // Another host is looked for.
            self.leave_connections();
            return Err(Fault::ReadOnly);
        }
        Ok(())
    }

    async fn make_months(&self) {
        if let Err(fault) = self.once(soon(), async |client| schema::make_months(client).await).await {
            tracing::debug!(error = %fault, "the database's next months have no tables yet");
        }
    }
}

fn address(url: &str, roots: Option<&[u8]>) -> Result<(Config, Tls), Error> {
    let tls = connect::tls(roots).map_err(|error| unusable(&error))?;
    Ok((connect::config(url).map_err(|error| unusable(&error))?, tls))
}

/// Connections under a name of their own, where one is given.
fn pool(url: &str, roots: Option<&[u8]>, name: Option<&str>) -> Result<(Config, Pool), Error> {
    let (mut config, tls) = address(url, roots)?;
    if let Some(name) = name {
        config.application_name(name);
    }
    let pool = connect::pool(config.clone(), tls, Cut::default()).map_err(|error| unusable(&error))?;
    Ok((config, pool))
}

fn unusable(error: &connect::Unusable) -> Error {
    Error::Open { path: "the database".into(), why: error.to_string().into() }
}

fn open_error(config: &Config, fault: &Fault) -> Error {
    Error::Open { path: connect::place(config).into(), why: fault.reason() }
}

/// Leaves address and secret out.
impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

impl Store for Postgres {
    fn shared(&self) -> bool {
        true
    }

    fn load<'a>(&'a self, key: &'a Key) -> Pending<'a, Option<Record>> {
        Box::pin(async {
            let rows = self.query(statements::LOAD, &[&key.tenant(), &key.learner()]).await?;
            let Some(row) = rows.first() else {
                let hash = tombstone(self.state.secret, key);
                let erased = self.query(statements::FIND_TOMBSTONES, &[&vec![hash]]).await?;
                return if erased.is_empty() { Ok(None) } else { Err(Error::Erased) };
            };
            let read = || -> Result<(i64, Vec<u8>), Fault> { Ok((row.try_get(0)?, row.try_get(1)?)) };
            match read()? {
                (GONE, _) => Err(Error::Erased),
                (version, bytes) => Ok(Some(Record { version: version as u64, bytes })),
            }
        })
    }

    fn decision<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            let rows = self.query(statements::DECISION, &[&key.tenant(), &key.learner(), &(number as i64)]).await?;
            Ok(rows.first().map(|row| row.try_get(0)).transpose().map_err(Fault::from)?)
        })
    }

    fn decisions<'a>(&'a self, key: &'a Key, after: u64, limit: usize) -> Pending<'a, Vec<Past>> {
        Box::pin(async move {
            let (tenant, learner) = (key.tenant(), key.learner());
            let rows =
                self.query(statements::DECISIONS, &[&tenant, &learner, &(after as i64), &(limit as i64)]).await?;
            let mut past = Vec::with_capacity(rows.len());
            for row in &rows {
                let number: i64 = row.try_get(0).map_err(Fault::from)?;
                let bytes = row.try_get(1).map_err(Fault::from)?;
                past.push(Past { number: number as u64, bytes, outcome: None });
            }
            let (Some(first), Some(last)) = (past.first(), past.last()) else { return Ok(past) };
            let range = [first.number as i64, last.number as i64];
            let rows = self.query(statements::OUTCOMES, &[&tenant, &learner, &range[0], &range[1]]).await?;
            for row in &rows {
                let (number, outcome): (i64, i16) =
                    (row.try_get(0).map_err(Fault::from)?, row.try_get(1).map_err(Fault::from)?);
                if let Ok(place) = past.binary_search_by_key(&(number as u64), |past| past.number)
                    && let Some(past) = past.get_mut(place)
                {
                    past.outcome = u8::try_from(outcome).ok();
                }
            }
            Ok(past)
        })
    }

    fn outcome<'a>(&'a self, key: &'a Key, number: u64) -> Pending<'a, Option<u8>> {
        Box::pin(async move {
            let rows = self.query(statements::OUTCOME, &[&key.tenant(), &key.learner(), &(number as i64)]).await?;
            let outcome: Option<i16> = rows.first().map(|row| row.try_get(0)).transpose().map_err(Fault::from)?;
            Ok(outcome.and_then(|outcome| u8::try_from(outcome).ok()))
        })
    }

    fn attention<'a>(
        &'a self,
        tenant: &'a str,
        class: u64,
        after: &'a str,
        limit: usize,
    ) -> Pending<'a, Vec<Arc<str>>> {
        Box::pin(async move {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = self.query(statements::ATTENTION, &[&tenant, &(class as i64), &after, &limit]).await?;
            let ids: Result<Vec<String>, _> = rows.iter().map(|row| row.try_get(0)).collect();
            Ok(ids.map_err(Fault::from)?.into_iter().map(Arc::from).collect())
        })
    }

    fn statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>> {
        Box::pin(async { Ok(in_long_time(self.state.again(|| self.all_sums())).await?.listed()) })
    }

    fn changed_statistics(&self) -> Pending<'_, Vec<(Arc<str>, Subject, Sums)>> {
        Box::pin(async {
            // A row of the log goes in the transaction that adds it, so this may be done twice.
            let until = soon();
            self.ask_again(|| self.state.once(until, async |client| fold::everything(client).await)).await?;
            let seen = *self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            let since = seen.map_or(SystemTime::UNIX_EPOCH, |seen| seen - OVERLAP);
            let rows = self.query_slowly(statements::CHANGED_STATISTICS, &[&since]).await?;
            self.note(&rows)?;
            Ok(sums::read(&rows)?.listed())
        })
    }

    fn commit(&self, commit: Commit) -> Receipt {
        match &*self.lanes.load() {
            Some(lanes) => lanes.push(commit),
            None => Receipt::settled(Err(Error::Closed)),
        }
    }

    fn erase<'a>(&'a self, erasure: Erasure) -> Pending<'a, Erased> {
        Box::pin(async move {
            let secret = self.state.secret;
            self.ask(async |client| erase::erase(client, secret, &erasure).await).await
        })
    }

    fn forget_decisions(&self, before: Timestamp) -> Pending<'_, u64> {
        Box::pin(async move {
            let before = batch::time(before);
            let forget = async {
                let client = self.state.unhurried().await?;
                let dropped = schema::drop_months(&client, before).await?;
                client.execute(statements::FORGET_OUTCOMES, &[&before]).await?;
                Ok::<_, Fault>(dropped + client.execute(statements::FORGET_DECISIONS, &[&before]).await?)
            };
            Ok(in_long_time(forget).await?)
        })
    }

    fn unheard(&self, before: Timestamp, limit: usize) -> Pending<'_, Vec<Key>> {
        Box::pin(async move {
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = self.query_slowly(statements::UNHEARD, &[&batch::time(before), &limit]).await?;
            let key = |row: &Row| -> Result<Key, Fault> {
                let (tenant, learner): (String, String) = (row.try_get(0)?, row.try_get(1)?);
                Ok(Key::new(&tenant, &learner))
            };
            Ok(rows.iter().map(key).collect::<Result<_, _>>()?)
        })
    }

    fn secret(&self) -> [u8; 16] {
        self.state.secret
    }

    fn healthy(&self) -> bool {
        let open = self.lanes.load().as_ref().is_some_and(|lanes| lanes.are_open());
        open && self.state.reachable.load(Ordering::Acquire)
    }

    fn meter(&self) -> &Arc<Meter> {
        &self.state.meter
    }

    fn close(&self) -> Pending<'_, ()> {
        Box::pin(async {
            // The lanes write what waits and end.
            self.lanes.store(None);
            while self.running.lock().await.join_next().await.is_some() {}
            self.looking.lock().await.shutdown().await;
            // Where that fails, whoever opens the database next does it.
            let _ = self.ask(async |client| fold::everything(client).await).await;
            Ok(())
        })
    }
}
